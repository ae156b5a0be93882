//! The functions that templates may call; the list is closed, and each is pure.

use std::collections::BTreeMap;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::theme::Theme;

/// Adds `t(key=…)` and `asset(path=…)`.
pub(super) fn register(tera: &mut Tera, theme: &Theme) {
    let messages = theme.messages.clone();
    tera.register_function(
        "t",
        move |arguments: Kwargs, state: &State<'_>| -> TeraResult<String> {
            let key: String = arguments.must_get("key")?;
            let lang: String = state.get("lang")?.unwrap_or_else(|| "en".to_owned());
            let filled: Vec<(String, String)> =
                arguments.iter().map(|(name, value)| (name.to_string(), plain(value))).collect();
            let filled: Vec<(&str, &str)> =
                filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            messages
                .text(&lang, &key, &filled)
                .ok_or_else(|| tera::Error::message(format!("no language has a text `{key}`")))
        },
    );
    let assets: BTreeMap<String, String> = theme
        .assets
        .iter()
        .map(|(name, asset)| (name.clone(), asset.output_path.clone()))
        .collect();
    tera.register_function(
        "asset",
        move |arguments: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let path: String = arguments.must_get("path")?;
            let output = assets.get(&path).cloned();
            output.ok_or_else(|| tera::Error::message(format!("the theme has no asset `{path}`")))
        },
    );
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
