//! A commit's message: subject, body, and the people in its trailers.

use super::commit::Identity;

/// A message in parts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) subject: String,
    pub(super) body: String,
    pub(super) co_authors: Vec<Identity>,
    pub(super) reviewers: Vec<Identity>,
}

/// Takes a message apart.
///
/// Trailers are the `key: value` lines at the end, blank lines between them or not: hosts and people are careless
/// with these. Lines that name people (`…-by`) and `Change-Id` leave the body; others (`Fixes: #12`) stay.
pub(super) fn parse(text: &str) -> Message {
    let (subject, rest) = split_subject(text);
    let lines: Vec<&str> = rest.lines().collect();
    let is_passed = |line: &&&str| line.trim().is_empty() || trailer(line).is_some();
    let trailers = lines.iter().rev().take_while(is_passed).count();
    let (prose, end) = lines.split_at(lines.len() - trailers);
    let mut message = Message { subject, ..Message::default() };
    let mut body: Vec<&str> = prose.to_vec();
    for line in end {
        match trailer(line) {
            Some((key, value)) if is_taken_out(key) => message.credit(key, value),
            _ => body.push(line),
        }
    }
    message.body = tidy(&body);
    message
}

/// Returns the first paragraph as one line, as git shows it, and what follows.
fn split_subject(text: &str) -> (String, &str) {
    let text = text.trim_start();
    let first = text.split_inclusive('\n').take_while(|line| !line.trim().is_empty());
    let first = first.take_while(|line| !is_person(line)).map(str::len).sum();
    (crate::base::text::squeeze(&text[..first]), &text[first..])
}

fn is_person(line: &str) -> bool {
    trailer(line).is_some_and(|(key, _)| is_taken_out(key))
}

/// Returns key and value of a line such as `Reviewed-by: Anna <anna@example.org>`.
fn trailer(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.trim().split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_address = value.starts_with("//");
    (is_key && !is_address && !value.trim().is_empty()).then_some((key, value.trim()))
}

fn is_taken_out(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key.ends_with("-by") || key == "change-id"
}

impl Message {
    fn credit(&mut self, key: &str, value: &str) {
        match key.to_ascii_lowercase().as_str() {
            "co-authored-by" => self.co_authors.extend(Identity::parse_all(value)),
            "reviewed-by" | "acked-by" | "approved-by" => {
                self.reviewers.extend(Identity::parse_all(value));
            }
            _ => {}
        }
    }
}

/// Joins lines; without blank lines around them, and without the rule that squash merges draw above trailers.
fn tidy(lines: &[&str]) -> String {
    let body = lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n");
    let body = body.trim_matches('\n');
    let ruled = body.trim_end_matches('-');
    let is_ruled = body.len() - ruled.len() >= 3 && (ruled.is_empty() || ruled.ends_with('\n'));
    if is_ruled { ruled.trim_end().to_owned() } else { body.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(identities: &[Identity]) -> Vec<String> {
        identities.iter().map(|identity| format!("{}/{}", identity.name, identity.email)).collect()
    }

    #[test]
    fn trailers_are_read_in_any_case_and_paragraph() {
        let message = parse(
            "Pumps: mend order\n\nBecause.\n\nco-authored-BY: Bram <b@x>\n\nReviewed-by: Chen\nFixes: #12\n\
             Acked-By:  <d@x> \nSigned-off-by: E <e@x>\n",
        );
        assert_eq!(message.subject, "Pumps: mend order");
        assert_eq!(message.body, "Because.\n\n\nFixes: #12");
        assert_eq!(names(&message.co_authors), ["Bram/b@x"]);
        assert_eq!(names(&message.reviewers), ["Chen/", "/d@x"]);
    }

    #[test]
    fn prose_above_keeps_its_colons() {
        let message = parse(
            "Title\n\nCo-authored-by: not at the end <a@x>\n\nSee below: a list\nof two lines\n",
        );
        assert_eq!(message.co_authors, []);
        assert!(message.body.starts_with("Co-authored-by: not"), "{}", message.body);
    }

    #[test]
    fn trailer_right_below_the_subject_counts() {
        let message = parse("typo\nCo-authored-by: Bram <b@x>");
        assert_eq!((message.subject.as_str(), message.body.as_str()), ("typo", ""));
        assert_eq!(names(&message.co_authors), ["Bram/b@x"]);
    }

    #[test]
    fn subject_that_looks_like_a_trailer_is_the_subject() {
        let message = parse("Expenses: say who signs\n");
        assert_eq!(
            (message.subject.as_str(), message.body.as_str()),
            ("Expenses: say who signs", "")
        );
    }

    #[test]
    fn rule_of_a_squash_merge_is_dropped() {
        let message = parse("T\n\n* one\n\n---------\n\nCo-authored-by: Bram <b@x>\n");
        assert_eq!(message.body, "* one");
    }
}
