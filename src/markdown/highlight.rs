//! `==marked text==`.

use pulldown_cmark::{CowStr, Event, Tag};

use super::piece::{Piece, Spanned};

/// A place where marked text may begin or end.
struct Mark {
    piece: usize,
    at: usize,
    opens: bool,
    closes: bool,
    /// How many elements are open around it.
    depth: usize,
}

/// Finds the marks that belong together, in one block and on one level, and puts pieces in their stead.
pub(super) fn mark(pieces: Vec<Spanned<'_>>) -> Vec<Spanned<'_>> {
    let mut pairs: Vec<Mark> = Vec::new();
    let mut open: Option<Mark> = None;
    let mut depth = 0_usize;
    let mut in_code = false;
    for (index, (piece, _)) in pieces.iter().enumerate() {
        match piece {
            Piece::Markdown(Event::Start(tag)) => {
                depth += 1;
                in_code = matches!(tag, Tag::CodeBlock(_));
                if !is_inline(tag) {
                    open = None;
                }
            }
            Piece::Markdown(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                in_code = false;
                open = open.filter(|mark| mark.depth <= depth);
            }
            Piece::Markdown(Event::Text(text)) if !in_code => {
                for found in marks_in(text, index, depth) {
                    match open.take_if(|mark| found.closes && mark.depth == depth) {
                        Some(start) => pairs.extend([start, found]),
                        None if found.opens && open.is_none() => open = Some(found),
                        None => {}
                    }
                }
            }
            _ => {}
        }
    }
    split(pieces, &pairs)
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

fn marks_in(text: &str, piece: usize, depth: usize) -> impl Iterator<Item = Mark> {
    text.match_indices("==").filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + 2..].chars().next();
        let is_apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
        if before == Some('=') || after == Some('=') {
            return None;
        }
        // Next to an element there is no character, but something all the same.
        let opens =
            !after.is_some_and(char::is_whitespace) && before.is_none_or(|c| !c.is_alphanumeric());
        let closes =
            !before.is_some_and(char::is_whitespace) && after.is_none_or(|c| !c.is_alphanumeric());
        let is_alone = is_apart(before) && is_apart(after) && before.is_some() && after.is_some();
        (!is_alone && (opens || closes)).then_some(Mark { piece, at, opens, closes, depth })
    })
}

/// Cuts the texts at the marks, which come in pairs and in order.
fn split<'t>(pieces: Vec<Spanned<'t>>, pairs: &[Mark]) -> Vec<Spanned<'t>> {
    let mut out = Vec::with_capacity(pieces.len() + pairs.len() * 2);
    let mut marks = pairs.iter().enumerate().peekable();
    for (index, (piece, span)) in pieces.into_iter().enumerate() {
        let Piece::Markdown(Event::Text(text)) = &piece else {
            out.push((piece, span));
            continue;
        };
        let mut from = 0;
        while let Some((number, mark)) = marks.next_if(|(_, mark)| mark.piece == index) {
            push_text(&mut out, text, from..mark.at, &span);
            let edge = if number % 2 == 0 { Piece::OpenMark } else { Piece::CloseMark };
            out.push((edge, span.clone()));
            from = mark.at + 2;
        }
        if from == 0 {
            out.push((piece, span));
        } else {
            push_text(&mut out, text, from..text.len(), &span);
        }
    }
    out
}

fn push_text<'t>(
    out: &mut Vec<Spanned<'t>>,
    text: &CowStr<'t>,
    range: std::ops::Range<usize>,
    span: &std::ops::Range<usize>,
) {
    if !range.is_empty() {
        let text = text[range].to_owned();
        out.push((Piece::Markdown(Event::Text(text.into())), span.clone()));
    }
}
