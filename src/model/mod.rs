//! The wiki as one immutable value: pages, people, domains, contributions, folders, addresses.
//!
//! [`assemble()`] makes a [`Site`] of what was read; nothing changes it afterwards. Ids ([`PageIx`] …) are given in sorted order
//! and mean nothing outside one `Site`.

mod anchor;
mod assemble;
mod change_list;
mod contribution;
mod domain;
mod folder;
mod language;
mod language_folder;
mod names;
mod page;
mod pages;
mod past;
mod people;
mod person;
mod profile;
mod redirect;
mod reference;
mod route;
mod site;
mod title;
mod unpublished;
mod unseen;

pub use anchor::FormerAnchors;
pub use assemble::assemble;
pub use change_list::ChangeLists;
pub use contribution::{Contribution, Evidence};
pub use domain::Domain;
pub use folder::Folder;
pub use names::{PageNames, Tier};
pub use page::{Page, Pending, Review, State, Updated};
pub use past::{Dates, Small};
pub use person::Person;
pub use redirect::{Destination, Redirect, Redirects};
pub use reference::{field_reference, named_page};
pub use route::{Owner, Routes};
pub use site::Site;
pub use unpublished::{Absence, Unpublished};

// Why nothing of a file is published is a word of the source, which the model hands on.
pub use crate::source::Refusal;

crate::typed_id!(
    /// A page of a site.
    PageIx
);
crate::typed_id!(
    /// A person of a site.
    PersonIx
);
crate::typed_id!(
    /// A domain of a site.
    DomainIx
);
