//! One line of an access log.

use serde_json::Value;
use std::net::IpAddr;

use crate::base::Date;

/// Where servers that log JSON write the address that was asked for, below the line or below `request`.
const TARGETS: [&str; 4] = ["uri", "RequestPath", "request_uri", "path"];

/// Where they write the computer that asked.
const COMPUTERS: [&str; 5] = ["client_ip", "remote_ip", "ClientHost", "remote_addr", "client"];

/// Where they write when.
const TIMES: [&str; 5] = ["ts", "time", "StartUTC", "time_iso8601", "timestamp"];

/// A request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// What the log calls the computer that asked; may be empty.
    pub(super) computer: String,
    /// When.
    pub(super) day: Date,
    /// For what: the path with what follows `?`.
    pub(super) target: String,
}

impl Request {
    /// Reads a line in the common or the combined format, or of JSON; `None` if it is neither.
    pub(super) fn of(line: &str) -> Option<Self> {
        let line = line.trim();
        if line.starts_with('{') { Self::of_json(line) } else { Self::of_text(line) }
    }

    /// `10.0.0.1 - - [20/Nov/2026:13:55:36 +0100] "GET /robots.txt?nothing=a+b HTTP/1.1" 200 2326`; some servers write
    /// the name of the site before it.
    fn of_text(line: &str) -> Option<Self> {
        let (before, rest) = line.split_once('[')?;
        let (time, rest) = rest.split_once(']')?;
        let request = rest.split('"').nth(1)?;
        let target = request.split(' ').nth(1)?.to_owned();
        let words: Vec<&str> = before.split_whitespace().collect();
        let second = words.get(1).filter(|word| word.parse::<IpAddr>().is_ok());
        let computer = second.or(words.first())?;
        Some(Self {
            computer: (*computer).to_owned(),
            day: Date::parse(time.split(':').next()?)?,
            target,
        })
    }

    /// A line of Caddy, of Traefik, or of another server that is told to write JSON.
    fn of_json(line: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(line).ok()?;
        let first = |keys: &[&str]| {
            let places = [&value["request"], &value];
            let mut found =
                places.into_iter().flat_map(|place| keys.iter().map(|key| &place[*key]));
            found.find(|found| !found.is_null()).cloned()
        };
        let time = first(&TIMES)?;
        let day = match time.as_f64() {
            Some(seconds) => Date::from_epoch_millis((seconds * 1000.0) as i64)?,
            None => Date::parse(time.as_str()?)?,
        };
        let computer = first(&COMPUTERS);
        Some(Self {
            computer: computer.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned(),
            day,
            target: first(&TARGETS)?.as_str()?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: Option<[&str; 3]>) {
        let told = Request::of(line).map(|it| [it.computer, it.day.to_string(), it.target]);
        assert_eq!(told, expect.map(|it| it.map(str::to_owned)), "{line}");
    }

    #[test]
    fn common_and_combined_formats_are_read() {
        let expect = Some(["10.0.0.1", "2026-11-20", "/r?nothing=a+b"]);
        let rest = "[20/Nov/2026:13:55:36 +0100] \"GET /r?nothing=a+b HTTP/1.1\" 200 23";
        check(&format!("10.0.0.1 - - {rest}"), expect);
        check(&format!("10.0.0.1 - ann {rest} \"-\" \"Firefox\""), expect);
        check(&format!("wiki.example:443 10.0.0.1 - - {rest}"), expect);
        check(&rest.replace("20/Nov", "x"), None);
    }

    #[test]
    fn lines_of_json_are_read() {
        check(
            r#"{"ts":1795179336.5,"request":{"remote_ip":"10.0.0.1","method":"GET","uri":"/r?nothing=a"},"status":200}"#,
            Some(["10.0.0.1", "2026-11-20", "/r?nothing=a"]),
        );
        check(
            r#"{"ClientHost":"10.0.0.1","RequestPath":"/r","StartUTC":"2026-11-20T12:55:36Z","time":"2026-11-20T13:55:36Z"}"#,
            Some(["10.0.0.1", "2026-11-20", "/r"]),
        );
        check(r#"{"time":"2026-11-20","path":"/r"}"#, Some(["", "2026-11-20", "/r"]));
        check(r#"{"level":"info","msg":"started"}"#, None);
        check("{", None);
    }
}
