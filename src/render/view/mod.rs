//! THE THEME CONTRACT: what templates are given, field by field.
//!
//! Every template gets `site` ([`SiteView`]), `frame` ([`Frame`]), `lang` (the language of the interface on this page) and
//! `view` (the struct named after the template). Every `href` is relative to the page at hand and ready to print; texts are
//! plain and escaped by the template; fields whose name ends in `html` are safe HTML and printed with `| safe`.
//!
//! Functions: `t(key="…", n=…)` the text of the interface in the page's language; `asset(path="…")` the address of a
//! theme asset from the site's root (print `{{ frame.root }}{{ asset(path="site.css") }}`).
//!
//! Facts are chosen and shaped here and in `plan`; templates only print.

mod change;
mod code;
mod difference;
mod domain;
mod listing;
mod origin;
mod page;
mod person;
mod redirect;
mod search;
mod site;
mod wanted;

pub use change::*;
pub use code::*;
pub use difference::*;
pub use domain::*;
pub use listing::*;
pub use origin::*;
pub use page::*;
pub use person::*;
pub use redirect::*;
pub use search::*;
pub use site::*;
pub use wanted::*;
