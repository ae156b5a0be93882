//! Tabs behind the fence that ends a block of code: CommonMark allows them, the parser does not.

use std::borrow::Cow;

/// Returns a text with spaces for such tabs, as long as it was.
pub(super) fn without_tabs(text: &str) -> Cow<'_, str> {
    let may_hold = ["`\t", "~\t", " \t"].iter().any(|mark| text.contains(mark));
    if !may_hold || !text.split_inclusive('\n').any(|line| fence_end(line).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut changed = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (kept, end) = line.split_at(fence_end(line).unwrap_or(line.len()));
        changed.push_str(kept);
        changed.extend(end.chars().map(|c| if c == '\t' { ' ' } else { c }));
    }
    Cow::Owned(changed)
}

/// Returns where the spaces begin that stand behind a fence, if tabs are among them and nothing but quote marks before it.
fn fence_end(line: &str) -> Option<usize> {
    let written = line.trim_end();
    let fence = written.trim_start_matches([' ', '\t', '>']);
    let first = fence.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let is_fence = fence.len() >= 3 && fence.chars().all(|c| c == first);
    (is_fence && line[written.len()..].contains('\t')).then_some(written.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_behind_a_fence_become_spaces() {
        assert_eq!(without_tabs("```\na\tb \t\n``` \t\nc\n"), "```\na\tb \t\n```  \nc\n");
        assert_eq!(without_tabs("> ~~~~\t\r\n\tx\n``\t"), "> ~~~~ \r\n\tx\n``\t");
        assert!(matches!(without_tabs("```\n\tx\n```\n"), Cow::Borrowed(_)));
    }
}
