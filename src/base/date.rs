//! Calendar dates and moments, without a clock.

use std::fmt;

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::day::{self, Day};

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// Returns the day that a text names in any usual form, also with a time behind it.
    pub fn parse(text: &str) -> Option<Self> {
        match day::read(text)? {
            Day::Civil(year, month, day) => civil::Date::new(year, month, day).ok().map(Self),
            Day::Epoch(millis) => Self::from_epoch_millis(millis),
        }
    }

    /// Returns the day in UTC of a number of milliseconds since 1970.
    pub fn from_epoch_millis(millis: i64) -> Option<Self> {
        let moment = jiff::Timestamp::from_millisecond(millis).ok()?;
        Some(Self(moment.to_zoned(jiff::tz::TimeZone::UTC).date()))
    }

    /// Returns the day this many months and days later; the last day of the month where there is no such day.
    pub fn plus(self, months: i32, days: i32) -> Self {
        let span = jiff::Span::new().months(months).days(days);
        Self(self.0.saturating_add(span))
    }

    /// Returns the days from `earlier` to this day.
    pub fn days_since(self, earlier: Self) -> i32 {
        earlier.0.until(self.0).map_or(0, |span| span.get_days())
    }

    /// Returns the year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Returns the month, from 1.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// Returns the day of the month, from 1.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A moment, as git writes it: seconds since 1970 and the writer's distance from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// Minutes east of UTC.
    pub offset: i32,
}

impl Moment {
    /// Reads `2026-11-20T09:15:00+01:00` (or `…Z`).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let seconds = text.parse::<jiff::Timestamp>().ok()?.as_second();
        let offset = match text.strip_suffix(['Z', 'z']) {
            Some(_) => 0,
            None => {
                let (sign, hours) = text.get(text.len().checked_sub(6)?..)?.split_at_checked(1)?;
                let (hours, minutes) = hours.split_once(':')?;
                let offset = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
                if sign == "-" { -offset } else { offset }
            }
        };
        Some(Self { seconds, offset })
    }

    /// Returns the day at the writer's place. Moments outside years 1 to 9999 become the nearest day inside.
    pub fn date(self) -> Date {
        let local = self.seconds.saturating_add(i64::from(self.offset) * 60);
        let first = jiff::civil::date(1, 1, 1);
        let clamped = jiff::Timestamp::from_second(local)
            .map(|moment| moment.to_zoned(jiff::tz::TimeZone::UTC).date())
            .unwrap_or(if local < 0 { first } else { jiff::civil::date(9999, 12, 31) });
        Date(clamped.max(first))
    }

    /// Returns the time of day at the writer's place: `09:15`.
    pub fn clock(self) -> String {
        let [hour, minute, _] = self.of_day();
        format!("{hour:02}:{minute:02}")
    }

    /// Returns the hour, the minute and the second at the writer's place.
    fn of_day(self) -> [i64; 3] {
        let local = self.seconds.saturating_add(i64::from(self.offset) * 60);
        let of_day = local.rem_euclid(86_400);
        [of_day / 3600, of_day / 60 % 60, of_day % 60]
    }

    /// Returns `2026-11-20T09:15:00+01:00`.
    pub fn rfc3339(self) -> String {
        let [hour, minute, second] = self.of_day();
        let sign = if self.offset < 0 { '-' } else { '+' };
        let offset = self.offset.unsigned_abs();
        let (east_hours, east_minutes) = (offset / 60, offset % 60);
        let date = self.date();
        format!("{date}T{hour:02}:{minute:02}:{second:02}{sign}{east_hours:02}:{east_minutes:02}")
    }
}

/// A span of time between reviews: `6 months`, `1 year`, `90 days`, `2 weeks`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Whole months.
    pub months: i32,
    /// Days on top of them.
    pub days: i32,
}

impl Interval {
    /// Returns the interval that a text names.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let unit_at = text.find(|c: char| !c.is_ascii_digit() && c != ' ').unwrap_or(text.len());
        let number = text[..unit_at].trim();
        let number: i32 = if number.is_empty() { 1 } else { number.parse().ok()? };
        let (months, days) = match text[unit_at..].trim().trim_end_matches('s') {
            "day" | "dag" | "dagen" => (0, 1),
            "week" | "weken" => (0, 7),
            "month" | "maand" | "maanden" => (1, 0),
            "year" | "jaar" | "jaren" => (12, 0),
            _ => return None,
        };
        Some(Self { months: number.checked_mul(months)?, days: number.checked_mul(days)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_reads_the_day_of_a_timestamp() {
        assert_eq!(Date::parse("2026-03-01T09:00:00Z").unwrap().to_string(), "2026-03-01");
        assert_eq!(Date::parse("2026-13-01"), None);
        assert_eq!(Date::from_epoch_millis(1_648_503_477_252).unwrap().to_string(), "2022-03-28");
    }

    #[test]
    fn date_is_read_in_any_usual_form() {
        let forms = [
            "2026-04-03",
            "2026-4-3",
            "2026/04/03",
            "2026.04.03",
            "20260403",
            "2026-04-03 09:00",
            "2026-04-03T23:30:00+02:00",
            "\"2026-04-03\"",
            "[[2026-04-03]]",
            "[[days/2026-04-03|today]]",
            "3 April 2026",
            "April 3, 2026",
            "3 apr. 2026",
            "3rd April 2026",
            "Fri, 03 Apr 2026 09:00:00 +0200",
            "3-4-2026",
            "03.04.2026",
            "1775174400",
            "1775174400000",
        ];
        for form in forms {
            let read = Date::parse(form).map(|date| date.to_string());
            assert_eq!(read.as_deref(), Some("2026-04-03"), "{form}");
        }
        let read = |text| Date::parse(text).map(|date| date.to_string());
        assert_eq!(read("25/12/2026"), read("12/25/2026"));
        assert_eq!(read("5 maart 2026").as_deref(), Some("2026-03-05"));
        assert_eq!(read("2026-04").as_deref(), Some("2026-04-01"));
        for none in [
            "3/4/2026",
            "2026-13-01",
            "2026",
            "soon",
            "{{date}}",
            "",
            "v2026-04-03x",
            "1.2.3",
            "[[x",
        ] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn moment_is_told_in_the_writers_zone() {
        let moment = Moment { seconds: 1_700_000_000, offset: -330 };
        assert_eq!(moment.rfc3339(), "2023-11-14T16:43:20-05:30");
        assert_eq!(Moment::parse("2023-11-14T16:43:20-05:30"), Some(moment));
        assert_eq!(Moment::parse("2023-11-14T22:13:20Z"), Some(Moment { offset: 0, ..moment }));
        assert_eq!(Moment::parse("2023-11-14"), None);
        let far = Moment { seconds: i64::MAX, offset: 0 };
        assert_eq!(far.date().to_string(), "9999-12-31");
    }

    #[test]
    fn interval_reads_words() {
        assert_eq!(Interval::parse("6 months"), Some(Interval { months: 6, days: 0 }));
        assert_eq!(Interval::parse("2 weeks"), Some(Interval { months: 0, days: 14 }));
        assert_eq!(Interval::parse("soon"), None);
        let date = Date::parse("2026-01-31").unwrap().plus(1, 0);
        assert_eq!(date.to_string(), "2026-02-28");
    }
}
