//! Folders that hold a site's pages in one language, called as that language calls itself.

use std::collections::BTreeMap;

use crate::base::id::Table;
use crate::base::text::primary_language;

use super::folder::{Folders, ancestors};
use super::{Page, PageIx};

/// What languages call themselves, by tag in lower case.
const NAMES: [(&str, &str); 62] = [
    ("af", "Afrikaans"),
    ("ar", "العربية"),
    ("az", "Azərbaycanca"),
    ("be", "Беларуская"),
    ("bg", "Български"),
    ("bn", "বাংলা"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("cy", "Cymraeg"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("en-gb", "English (UK)"),
    ("en-us", "English (US)"),
    ("eo", "Esperanto"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("eu", "Euskara"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("fr-ca", "Français (Canada)"),
    ("fy", "Frysk"),
    ("ga", "Gaeilge"),
    ("gl", "Galego"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("hy", "Հայերեն"),
    ("id", "Bahasa Indonesia"),
    ("is", "Íslenska"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ka", "ქართული"),
    ("ko", "한국어"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("nb", "Norsk bokmål"),
    ("nl", "Nederlands"),
    ("nl-be", "Nederlands (België)"),
    ("nn", "Norsk nynorsk"),
    ("no", "Norsk"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("pt-br", "Português (Brasil)"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("sr", "Српски"),
    ("sv", "Svenska"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
    ("zh-cn", "简体中文"),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("zh-tw", "繁體中文"),
];

/// Calls folders by their language that have its tag for a name and no page of their own. `it` and `hr` may be departments:
/// most of the pages in such a folder are in that language, and there is another such folder beside it.
pub(super) fn name(folders: &mut Folders, pages: &Table<PageIx, Page>) {
    let mut fitting: BTreeMap<&str, usize> = BTreeMap::new();
    for page in pages.rows() {
        for path in ancestors(page.path.folder()) {
            let is_theirs = tag(path).is_some_and(|tag| {
                primary_language(&tag) == primary_language(&page.lang.to_lowercase())
            });
            *fitting.entry(path).or_default() += usize::from(is_theirs);
        }
    }
    let mut beside: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for (path, fitting) in fitting {
        let is_most = folders.get(path).is_some_and(|folder| fitting * 2 > folder.count);
        if let Some(name) = own_name(path).filter(|_| is_most) {
            let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
            beside.entry(parent).or_default().push((path, name));
        }
    }
    for (path, name) in beside.into_values().filter(|beside| beside.len() > 1).flatten() {
        if let Some(folder) = folders.get_mut(path).filter(|folder| folder.index.is_none()) {
            name.clone_into(&mut folder.title);
        }
    }
}

/// Returns the tag that a folder has for a name, if that is a language's.
fn tag(folder: &str) -> Option<String> {
    let tag = folder.rsplit('/').next()?.to_lowercase().replace('_', "-");
    NAMES.iter().any(|(known, _)| *known == tag).then_some(tag)
}

/// Returns what the language calls itself whose tag a folder has for a name.
fn own_name(folder: &str) -> Option<&'static str> {
    let tag = tag(folder)?;
    NAMES.iter().find(|(known, _)| *known == tag).map(|(_, name)| *name)
}
