//! “Did you mean”.

/// Returns the candidate that is most like `word`, if one is like it at all.
pub fn closest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = super::fold::key(word);
    let scored = candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&word, &super::fold::key(candidate)), candidate));
    let best = scored.filter(|(score, _)| *score >= 0.84);
    // The first of equals wins, so that the order of the candidates decides and not chance.
    best.fold(None, |best: Option<(f64, &str)>, next| match best {
        Some(best) if best.0 >= next.0 => Some(best),
        _ => Some(next),
    })
    .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn closest_forgives_a_slip_and_no_more() {
        assert_eq!(closest("puropse", ["name", "purpose"]), Some("purpose"));
        assert_eq!(closest("colour", ["name", "purpose"]), None);
    }
}
