//! People in a front-matter value: `A. Uthor (@handle), B. Writer <b@example.org>`.

/// Returns the people that a text names, each as one text. Placeholders such as `N/A` and `(to be found)` are nobody.
pub fn people_in(text: &str) -> Vec<String> {
    let text = text.replace(" and ", ", ").replace(" & ", ", ").replace(" en ", ", ");
    text.split([',', ';'])
        .map(str::trim)
        .filter(|name| !is_nobody(name))
        .map(str::to_owned)
        .collect()
}

fn is_nobody(name: &str) -> bool {
    let bare = name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_remark = name.starts_with('(') && name.ends_with(')');
    is_remark
        || matches!(
            bare.as_str(),
            "" | "n/a"
                | "na"
                | "none"
                | "tbd"
                | "tba"
                | "todo"
                | "unknown"
                | "null"
                | "nvt"
                | "n.v.t"
                | "nobody"
                | "niemand"
                | "onbekend"
                | "to be determined"
                | "to be decided"
                | "to be announced"
                | "to be found"
                | "nog te bepalen"
                | "vacant"
                | "vacature"
        )
        || bare.split_whitespace().count() > 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_apart() {
        assert_eq!(
            people_in("Eelco Dolstra, zimbatm, Silvan"),
            ["Eelco Dolstra", "zimbatm", "Silvan"]
        );
        assert_eq!(
            people_in("@ryantm, @domenkozar and @garbas"),
            ["@ryantm", "@domenkozar", "@garbas"]
        );
        assert_eq!(
            people_in("A. Uthor (@handle), B. Writer <b@example.org>"),
            ["A. Uthor (@handle)", "B. Writer <b@example.org>"]
        );
        assert!(people_in("(find a buddy later to help out with the RFC)").is_empty());
        assert!(people_in("N/A").is_empty());
    }
}
