//! What a site calls its kinds, states and operators of search, in the languages of its interface.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::model::Site;
use crate::search::{OPERATORS, Wording};
use crate::theme::Theme;

/// The states that pages can be asked by.
const STATES: [&str; 5] = ["current", "due", "overdue", "draft", "superseded"];

/// Returns the words that search goes by.
pub(super) fn wording(config: &Config, theme: &Theme, site: &Site) -> Wording {
    let main = site.lang.as_str();
    let say = |lang: &str, key: String| theme.messages.text(lang, &key, &[]);
    let operators = OPERATORS.map(|operator| {
        let languages = [main].into_iter().chain(config.languages.iter().map(String::as_str));
        let words = languages.filter_map(|lang| say(lang, format!("operator.{operator}")));
        (operator.to_owned(), words.collect())
    });
    let states = STATES
        .iter()
        .filter_map(|state| Some(((*state).to_owned(), say(main, format!("state.{state}"))?)));
    let mut states: BTreeMap<String, String> = states.collect();
    for kind in theme.kinds.iter() {
        for (status, label) in &kind.statuses {
            let label = Some(label.text(main)).filter(|label| !label.is_empty());
            states.entry(status.clone()).or_insert_with(|| label.unwrap_or(status).to_owned());
        }
    }
    let kinds = theme.kinds.iter().map(|kind| (kind.id.clone(), kind.name.text(main).to_owned()));
    Wording {
        operators: operators.into_iter().collect(),
        kinds: kinds.filter(|(_, name)| !name.is_empty()).collect(),
        states,
        synonyms: config.search.synonyms.clone(),
        whole: config.search.whole.clone(),
        parts: config.search.parts.clone(),
    }
}
