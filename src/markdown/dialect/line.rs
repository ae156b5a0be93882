//! One line of a body, read from left to right as the blocks around it are taken off.

use std::ops::Range;

/// What is left of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'b> {
    body: &'b str,
    /// Where the line begins.
    pub(super) start: usize,
    /// Where the rest of it begins.
    pub(super) at: usize,
    /// Where its text ends.
    pub(super) end: usize,
    /// Where the next line begins.
    pub(super) next: usize,
    column: usize,
    /// Columns of a tab that was taken off in part.
    pub(super) spare: usize,
}

impl<'b> Line<'b> {
    /// Returns the line that begins at `start`.
    pub(super) fn at(body: &'b str, start: usize) -> Self {
        let next = body[start..].find('\n').map_or(body.len(), |length| start + length + 1);
        let end = start + body[start..next].trim_end_matches(['\n', '\r']).len();
        Self { body, start, at: start, end, next, column: 0, spare: 0 }
    }

    /// Returns what is left of it.
    pub(super) fn rest(&self) -> &'b str {
        &self.body[self.at..self.end]
    }

    /// Returns what is left of it without the white space around it.
    pub(super) fn text(&self) -> &'b str {
        self.rest().trim()
    }

    /// Returns whether nothing but white space is left.
    pub(super) fn is_blank(&self) -> bool {
        self.text().is_empty()
    }

    /// Returns by how many columns it is indented.
    pub(super) fn indent(&self) -> usize {
        let mut column = self.column;
        for byte in self.rest().bytes() {
            match byte {
                b' ' => column += 1,
                b'\t' => column += 4 - column % 4,
                _ => break,
            }
        }
        column - self.column + self.spare
    }

    /// Takes off up to so many columns of white space.
    pub(super) fn strip(&mut self, columns: usize) {
        let spare = self.spare.min(columns);
        self.spare -= spare;
        let mut wanted = columns - spare;
        while wanted > 0 && self.at < self.end {
            let width = match self.body.as_bytes()[self.at] {
                b' ' => 1,
                b'\t' => 4 - self.column % 4,
                _ => break,
            };
            self.at += 1;
            self.column += width;
            self.spare = width.saturating_sub(wanted);
            wanted = wanted.saturating_sub(width);
        }
    }

    /// Takes all white space off.
    pub(super) fn trim_start(&mut self) {
        self.strip(usize::MAX);
    }

    /// Takes off so many bytes, each one column wide.
    pub(super) fn advance(&mut self, bytes: usize) {
        self.at += bytes;
        self.column += bytes;
    }

    /// Returns the bytes of the body that `part`, a part of its rest, stands at.
    pub(super) fn place(&self, part: &str) -> Range<usize> {
        let start = part.as_ptr() as usize - self.body.as_ptr() as usize;
        start..start + part.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_are_taken_off_by_columns() {
        let mut line = Line::at("\t\tx\n", 0);
        line.strip(6);
        assert_eq!((line.rest(), line.spare, line.indent()), ("x", 2, 2));
        line.strip(9);
        assert_eq!((line.rest(), line.spare), ("x", 0));
    }
}
