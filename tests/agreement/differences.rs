//! Checks differences of real texts: that everything which is shown, and everything which is said to be unchanged, is so.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use polder::history::{self, CommitMemo, Texts};
use polder::markdown::{self, Brief, Dialect, DifferenceWords};
use polder::source::State;

/// Checks as many revisions of a repository, chosen by chance but always the same; returns how many are wrong.
pub(crate) fn check(repository: &Path, most: usize) -> usize {
    let texts = Texts::open(repository);
    let mut counts = Counts::default();
    for (path, before, after) in revisions(repository).into_iter().take(most) {
        let read = |id: Option<[u8; 20]>| id.map_or(Some(Vec::new()), |id| texts.read(&id));
        let (Some(before), Some(after)) = (read(before), read(after)) else { continue };
        let (before, after) = (State::read(&before), State::read(&after));
        let found = source(&before.text, &after.text)
            .and_then(|()| body(before.body(), after.body(), &mut counts));
        counts.checked += 1;
        if let Err(why) = found {
            counts.wrong += 1;
            println!("  {path}: {why}");
        }
    }
    let Counts { checked, wrong, folds, exact } = counts;
    println!(
        "{}: {checked} differences, {wrong} wrong; {folds} places where parts are left out, {exact} with their exact number",
        repository.display(),
    );
    wrong
}

#[derive(Default)]
struct Counts {
    checked: usize,
    wrong: usize,
    folds: usize,
    exact: usize,
}

type Pair = (String, Option<[u8; 20]>, Option<[u8; 20]>);

/// Returns what each revision made of what, in an order that has nothing to do with anything.
fn revisions(repository: &Path) -> Vec<Pair> {
    let history = history::read(repository, None, |_| false, &mut CommitMemo::new(), None).value;
    let mut all: Vec<(u64, Pair)> = Vec::new();
    for (path, revisions) in &history.lineages {
        for revision in revisions {
            let commit = &history.commits[revision.commit];
            let change = &commit.changes[revision.change];
            let mut hasher = DefaultHasher::new();
            (path.as_str(), commit.id).hash(&mut hasher);
            let name = format!("{path} at {}", commit.id.short());
            all.push((hasher.finish(), (name, change.before, change.blob)));
        }
    }
    all.sort();
    all.into_iter().map(|(_, pair)| pair).collect()
}

/// Checks that the patch which is shown makes the one text of the other.
fn source(before: &str, after: &str) -> Result<(), String> {
    let html = markdown::source(before, after);
    let shown = plain(&html);
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let (mut made, mut at, mut last) = (String::new(), 0, "");
    for line in shown.trim_end_matches('\n').split('\n').filter(|_| !html.is_empty()) {
        if let Some(head) = line.strip_prefix("@@ -") {
            let numbers = head.split_once(' ').and_then(|(old, _)| old.split_once(','));
            let (start, length) = numbers.ok_or("the source has a broken head")?;
            let start: usize = start.parse().map_err(|_| "the source has a broken head")?;
            let start = if length == "0" { start } else { start - 1 };
            made.extend(old[at..start].iter().copied());
            at = start;
            continue;
        }
        let (sign, rest) = line.split_at(line.chars().next().map_or(0, char::len_utf8));
        match sign {
            " " | "-" => {
                if old.get(at).map(|line| shown_as(line)).as_deref() != Some(rest) {
                    return Err(format!("the source shows `{rest}` for another line"));
                }
                made.push_str(if sign == " " { old[at] } else { "" });
                at += 1;
            }
            "+" => made.extend([rest, "\n"]),
            "\\" if last == "+" => drop(made.pop()),
            _ => {}
        }
        last = sign;
    }
    made.extend(old[at..].iter().copied());
    let is_same = shown_as(&made) == shown_as(after) || lines(&made) == lines(after);
    if is_same { Ok(()) } else { Err("the source is no patch to the new text".to_owned()) }
}

fn lines(text: &str) -> Vec<String> {
    text.split('\n').map(shown_as).collect()
}

/// Returns a line as it is shown: with signs that would turn others around made visible.
fn shown_as(line: &str) -> String {
    let mut shown = String::new();
    for c in line.trim_end_matches('\n').chars() {
        match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                shown.push_str(&format!("⟨U+{:04X}⟩", c as u32));
            }
            '\r' => shown.push('␍'),
            c if c.is_control() && c != '\t' && c != '\n' => shown.push('\u{fffd}'),
            c => shown.push(c),
        }
    }
    shown
}

/// Checks that the rendered difference holds both texts, block by block, and that what it leaves out is the same in both.
fn body(before: &str, after: &str, counts: &mut Counts) -> Result<(), String> {
    let html = compare(before, after);
    if html.is_empty() {
        let is_same =
            blocks(&compare("", before), Side::New) == blocks(&compare("", after), Side::New);
        return if is_same { Ok(()) } else { Err("a change is not told".to_owned()) };
    }
    let whole = |text: &str| runs(blocks(&compare("", text), Side::New)).0.concat();
    let (old, skipped) = runs(blocks(&html, Side::Old));
    let (new, _) = runs(blocks(&html, Side::New));
    let wholes = (whole(before), whole(after));
    let mut fitting =
        Fitting { old: &old, new: &new, wholes: &wholes, skipped: &skipped, dead: BTreeSet::new() };
    let lengths = fitting.fit(0, (0, 0)).ok_or("what is shown is not what the texts say")?;
    counts.folds += lengths.len();
    // Blocks that are not read are counted by how their lines begin.
    let is_far = |is: usize, said: usize| is.abs_diff(said) > is.max(8);
    for (is, said) in lengths.into_iter().rev().zip(skipped) {
        counts.exact += usize::from(is == said);
        if is_far(is, said) {
            return Err(format!("{said} parts are said to be left out, there are {is}"));
        }
    }
    Ok(())
}

fn compare(before: &str, after: &str) -> String {
    let words = DifferenceWords { unchanged: "unchanged".to_owned(), ..DifferenceWords::default() };
    let told = markdown::difference(before, after, Dialect::default(), &words, Brief::Unwanted);
    markdown::with_pictures(&told.html, |_| None)
}

/// Two rows of blocks with gaps in them, to be found in two whole rows.
struct Fitting<'f> {
    old: &'f [Vec<String>],
    new: &'f [Vec<String>],
    wholes: &'f (Vec<String>, Vec<String>),
    /// How many blocks each gap is said to have.
    skipped: &'f [usize],
    /// Where nothing fits.
    dead: BTreeSet<(usize, usize, usize)>,
}

impl Fitting<'_> {
    /// Fits run `at` and those after it at two places; returns the lengths of the gaps, last first.
    fn fit(&mut self, at: usize, (old, new): (usize, usize)) -> Option<Vec<usize>> {
        if !self.dead.insert((at, old, new)) {
            return None;
        }
        let rest = (self.wholes.0.get(old..)?, self.wholes.1.get(new..)?);
        if !rest.0.starts_with(&self.old[at]) || !rest.1.starts_with(&self.new[at]) {
            return None;
        }
        let (old, new) = (old + self.old[at].len(), new + self.new[at].len());
        let Some(said) = self.skipped.get(at).copied() else {
            let is_end = old == self.wholes.0.len() && new == self.wholes.1.len();
            return is_end.then(Vec::new);
        };
        let same = self.wholes.0[old..].iter().zip(&self.wholes.1[new..]);
        let longest = same.take_while(|(a, b)| a == b).count();
        let lengths = std::iter::once(said).filter(|said| *said <= longest).chain(0..=longest);
        for length in lengths {
            if let Some(mut found) = self.fit(at + 1, (old + length, new + length)) {
                found.push(length);
                return Some(found);
            }
        }
        None
    }
}

/// Something that stands in a difference.
#[derive(Debug, PartialEq, Eq)]
enum Block {
    /// The text of a block, without white space.
    Text(String),
    /// So many blocks are left out.
    Gap(usize),
}

/// Returns the texts between the gaps, and what is said of these.
fn runs(blocks: Vec<Block>) -> (Vec<Vec<String>>, Vec<usize>) {
    let (mut runs, mut gaps) = (vec![Vec::new()], Vec::new());
    for block in blocks {
        match block {
            Block::Text(text) => runs.last_mut().expect("there is one run at least").push(text),
            Block::Gap(count) => {
                gaps.push(count);
                runs.push(Vec::new());
            }
        }
    }
    (runs, gaps)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

/// Returns the blocks of one side of a difference that are not empty.
fn blocks(html: &str, side: Side) -> Vec<Block> {
    const ASIDE: [(&str, &str); 6] = [
        ("<span class=\"sr\"", "</span>"),
        ("<span class=\"note\"", "</span>"),
        ("<span class=\"address\"", "</span>"),
        ("<code class=\"markup\"", "</code>"),
        ("<p class=\"note\"", "</p>"),
        ("<p class=\"alert-title\"", "</p>"),
    ];
    let (mark, class) = if side == Side::New { ("del", "gone") } else { ("ins", "new") };
    let (mut blocks, mut text, mut is_code) = (Vec::new(), String::new(), false);
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        if c != '<' {
            let end = rest.find('<').unwrap_or(rest.len());
            for piece in rest[..end].split_inclusive(|c| c == '\n' && is_code) {
                text.extend(plain(piece).chars().filter(|c| !c.is_whitespace()));
                if is_code && piece.ends_with('\n') {
                    flush(&mut blocks, &mut text);
                }
            }
            rest = &rest[end..];
            continue;
        }
        let tag = &rest[..=rest.find('>').unwrap_or(rest.len() - 1)];
        let is_other =
            tag.starts_with(&format!("<{mark}")) && tag[mark.len() + 1..].starts_with(['>', ' ']);
        let is_other_rule = tag.starts_with("<div") && tag.contains(&format!("class=\"{class}\""));
        let aside = ASIDE.iter().find(|(start, _)| tag.starts_with(start)).map(|(_, end)| *end);
        let until = if is_other {
            Some(format!("</{mark}>"))
        } else if is_other_rule {
            Some("</div>".to_owned())
        } else {
            aside.map(str::to_owned)
        };
        if let Some(until) = until {
            rest = rest.find(&until).map_or("", |at| &rest[at + until.len()..]);
            continue;
        }
        rest = &rest[tag.len()..];
        match tag {
            "<p class=\"fold\">" => {
                let count = rest.split(' ').next().and_then(|number| number.parse().ok());
                blocks.push(Block::Gap(count.unwrap_or(0)));
                rest = rest.find("</p>").map_or("", |at| &rest[at + 4..]);
            }
            "<hr>" => blocks.push(Block::Text("rule".to_owned())),
            "</p>" | "</h3>" | "</dt>" | "</tr>" => flush(&mut blocks, &mut text),
            "</pre>" => {
                flush(&mut blocks, &mut text);
                is_code = false;
            }
            _ => is_code |= tag.starts_with("<pre"),
        }
    }
    blocks
}

fn flush(blocks: &mut Vec<Block>, text: &mut String) {
    if !text.is_empty() {
        blocks.push(Block::Text(std::mem::take(text)));
    }
}

/// Returns the text of some HTML.
fn plain(html: &str) -> String {
    let mut text = String::new();
    for (at, piece) in html.split('<').enumerate() {
        let words = if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, it)| it) };
        text.push_str(words);
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&amp;", "&")
}
