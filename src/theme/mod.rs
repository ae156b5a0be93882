//! Theme files in layers: the site's own `theme/`, the theme that the configuration names, and the built-in one.
//!
//! A theme holds `templates/*.html`, `assets/*`, `kinds/*.yml` and `messages/*.yml`. The nearest layer wins, file by file
//! (messages: key by key). All layers' templates are kept, so that one can extend the one below it.

mod asset;
mod kind;
mod layer;
mod message;

pub use asset::Asset;
pub use kind::{Field, FieldSort, Kind, Kinds, Label, Role};
pub use message::Messages;

use std::path::Path;

use crate::base::{Diagnostics, Error, Fingerprint, Fingerprinter, Result};
use layer::Layer;

/// Everything a theme gives, layers resolved.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Every template of every layer.
    pub templates: Vec<Template>,
    /// Assets, by path (`site.css`).
    pub assets: std::collections::BTreeMap<String, Asset>,
    /// The kinds of pages.
    pub kinds: Kinds,
    /// The texts of the interface.
    pub messages: Messages,
    /// Changes when anything above does.
    pub fingerprint: Fingerprint,
}

/// A template.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its name with the prefix of its layer: `page.html`, `theme/page.html`, `default/page.html`.
    pub name: String,
    /// Where it is, for messages.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// The prefixes of template names, nearest layer first; the site's own have none.
pub const PREFIXES: [&str; 2] = ["theme/", "default/"];

/// Loads the layers that exist.
///
/// # Errors
/// If a folder is missing or unreadable, or a kind or message file cannot be used.
pub fn load(own: Option<&Path>, named: Option<&Path>) -> Result<Theme> {
    let mut layers = Vec::new();
    if let Some(folder) = own {
        layers.push(Layer::of_folder("", folder)?);
    }
    if let Some(folder) = named {
        if !folder.is_dir() {
            let message = format!("there is no theme folder `{}`", folder.display());
            return Err(Error::refused(message, "mend `theme` in polder.yml"));
        }
        layers.push(Layer::of_folder(PREFIXES[0], folder)?);
    }
    layers.push(Layer::built_in(PREFIXES[1]));

    let mut found = Diagnostics::new();
    let theme = Theme {
        templates: layers.iter().flat_map(Layer::templates).collect(),
        assets: asset::collect(&layers),
        kinds: kind::collect(&layers, &mut found),
        messages: message::collect(&layers, &mut found),
        fingerprint: fingerprint(&layers),
    };
    if found.is_empty() {
        return Ok(theme);
    }
    found.sort();
    Err(Error::Unusable { message: "cannot use the theme".to_owned(), diagnostics: found })
}

fn fingerprint(layers: &[Layer]) -> Fingerprint {
    let mut all = Fingerprinter::new();
    for layer in layers {
        all.add(layer.prefix.as_bytes());
        for (path, bytes) in &layer.files {
            all.add(path.as_bytes()).add(bytes);
        }
    }
    all.finish()
}
