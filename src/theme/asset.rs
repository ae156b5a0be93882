//! Files that pages load: style sheets, scripts, icons.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::Fingerprint;

use super::layer::Layer;

/// One asset.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its path in the site, named by content: `assets/site.3f9c2e1a.css`.
    pub output_path: String,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// Returns every asset, the nearest layer's where several have it.
pub(super) fn collect(layers: &[Layer]) -> BTreeMap<String, Asset> {
    let mut assets = BTreeMap::new();
    for layer in layers {
        for (name, bytes) in layer.below("assets") {
            assets.entry(name.to_owned()).or_insert_with(|| Asset {
                output_path: named_by_content(name, bytes),
                bytes: bytes.as_ref().into(),
            });
        }
    }
    assets
}

fn named_by_content(name: &str, bytes: &[u8]) -> String {
    let print = Fingerprint::of(bytes).short();
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("assets/{stem}.{print}.{extension}"),
        None => format!("assets/{name}.{print}"),
    }
}
