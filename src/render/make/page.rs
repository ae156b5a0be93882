//! The view of a page.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::id::Id;
use crate::base::yaml::{Node, Value};
use crate::base::{Date, UrlPath, fold};
use crate::links::{Link, Mention, Shows, Target};
use crate::markdown::Form;
use crate::model::{Evidence, Page, PageIx, PersonIx, field_reference, named_page};
use crate::render::view::{
    ActionView, BacklinkGroup, BacklinkView, FactView, HelpView, HelpedBy, LinkView, PageView,
    QuoteView, ReplyView, ReviewView, TocEntry,
};
use crate::theme::{FieldSort, Role};

use super::{Maker, file_name};

/// Kinds of contributions in the order in which a byline tells them. Authors stand in the byline already.
const DEEDS: [&str; 12] = [
    "answered",
    "asked",
    "reviewed",
    "suggested",
    "tested",
    "translated",
    "illustrated",
    "curated",
    "commented",
    "helped",
    "edited",
    "thanked",
];

/// The most people that a byline names for one kind of help.
const HELPERS: usize = 8;

impl Maker<'_> {
    /// Returns the view of a page.
    pub(in crate::render) fn page_view(&self, ix: PageIx) -> PageView {
        let page = &self.site().pages[ix];
        let backlinks = self.backlinks(ix);
        PageView {
            title: page.title.clone(),
            title_id: page.title_anchor.clone().unwrap_or_default(),
            kind: page.kind.clone(),
            kind_name: self.kind(page).map_or("", |kind| kind.name.text(self.lang)).to_owned(),
            lang: if page.lang == self.lang { String::new() } else { page.lang.clone() },
            status: self.status(page),
            state: self.state(page.state),
            review: page.review.map(|review| ReviewView {
                last: review.last.map(|date| self.date(date)),
                due: review.due.map(|date| self.date(date)),
            }),
            superseded_by: page
                .document
                .front_matter
                .superseded_by
                .as_ref()
                .map(|by| self.reference(page, &by.text)),
            summary: page.document.front_matter.summary.clone().unwrap_or_default(),
            authors: self.people(&page.authors),
            helpers: self.helpers(ix),
            owner: page.owner.map(|owner| self.person(owner)),
            domains: self.domain_links(&page.domains),
            groups: page.groups.iter().map(|group| self.link(*group)).collect(),
            tags: page.document.front_matter.tags.clone(),
            created: page.created.map(|date| self.date(date)),
            updated: page.updated.as_ref().map(|updated| self.updated(updated)),
            reworded: self.reworded(page),
            touched: self.touched(page),
            before: page.dates.before.map(|date| self.date(date)),
            pending: self.pending(page),
            seen: self.seen(page),
            revisions: page.revisions.len(),
            history_href: self.history_href(page),
            source_href: self.source(page),
            actions: self.actions(page),
            facts: self.page_facts(page),
            toc: self.toc(ix),
            body_html: self.facts.bodies[ix.index()].clone(),
            replies_to: page.replies_to.map(|parent| self.link(parent)),
            replies: self.replies(ix),
            children: self.children(ix),
            backlink_count: backlinks.iter().map(|group| group.links.len()).sum(),
            backlinks,
            mentions: self.mentions(ix),
            attachments: self.attachments(ix),
        }
    }

    /// Returns the address of a page's history; empty if nothing is known of it.
    pub(super) fn history_href(&self, page: &Page) -> String {
        if page.revisions.is_empty() { String::new() } else { self.href(&page.history_url) }
    }

    fn source(&self, page: &Page) -> Option<String> {
        let host = self.input().config.git_host.as_ref()?;
        Some(host.source(&self.in_repository(page.path.as_str())))
    }

    fn helpers(&self, ix: PageIx) -> Vec<HelpView> {
        let page = &self.site().pages[ix];
        let shown: BTreeSet<PersonIx> = page.authors.iter().copied().collect();
        let mut by_deed: BTreeMap<usize, (String, Vec<HelpedBy>)> = BTreeMap::new();
        for contribution in self.site().contributions_to(ix) {
            let person = &self.site().people[contribution.person];
            let by_commit = matches!(contribution.evidence, Evidence::Commits(_));
            let is_told = shown.contains(&contribution.person)
                && matches!(
                    contribution.did.as_str(),
                    "wrote" | "edited" | "asked" | "answered" | "commented"
                );
            // Who thanked whom stands on the person's page; an automated account is no helper.
            if is_told || contribution.did == "thanked" || (person.is_bot && by_commit) {
                continue;
            }
            let rank =
                DEEDS.iter().position(|deed| *deed == contribution.did).unwrap_or(DEEDS.len());
            let (_, people) =
                by_deed.entry(rank).or_insert_with(|| (contribution.did.clone(), Vec::new()));
            people.push(HelpedBy {
                person: self.person(contribution.person),
                note: contribution.note.clone(),
            });
        }
        let views = by_deed.into_values().map(|(did, mut people)| {
            people.truncate(HELPERS);
            HelpView { text: self.deed(&did), did, people }
        });
        views.collect()
    }

    /// Returns `reviewed by` and the like; a word of a site's own is shown as it is.
    fn deed(&self, did: &str) -> String {
        let key = format!("helped.{did}");
        let text = self.say(&key);
        if text == key { did.to_owned() } else { text }
    }

    fn actions(&self, page: &Page) -> Vec<ActionView> {
        let path = page.path.as_str();
        let id = if page.id.is_empty() { "index" } else { &page.id };
        let ask =
            format!("---\ntitle: \nkind: question\nstatus: open\nreplies-to: /{path}\n---\n\n");
        let action = |name: &'static str, href: Option<String>| {
            href.map(|href| ActionView { name, text: self.say(&format!("action.{name}")), href })
        };
        let question = self.create(&format!("questions/about-{}", file_name(id)), &ask);
        let actions = [
            action("improve", self.edit(path)),
            action("ask", question),
            action("thank", self.edit(path)),
        ];
        actions.into_iter().flatten().collect()
    }

    /// Returns what the front matter says beyond what every page shows: the fields of the kind, then other plain values.
    fn page_facts(&self, page: &Page) -> Vec<FactView> {
        let fields = self.kind(page).map(|kind| kind.fields.as_slice()).unwrap_or_default();
        let declared = fields.iter().filter_map(|field| {
            let node = page.field(&field.key)?;
            let values = self.values(page, node, field.sort);
            Some(FactView { label: field.label.text(self.lang).to_owned(), values })
        });
        let is_plain =
            self.input().config.is_written && matches!(self.facts.role(page), Role::Plain);
        let front = &page.document.front_matter;
        let is_special = |key: &str| {
            fields.iter().any(|field| field.key == key)
                || HIDDEN.contains(&key)
                || front.understands(key)
        };
        let others = front.other.iter().filter(|entry| !is_special(&entry.key));
        let others = others.filter_map(|entry| {
            let mut values = plain_values(&entry.node)?;
            for value in &mut values {
                if let Some(named) = named_page(&self.site().names, &value.text) {
                    *value = self.link(named);
                }
            }
            let is_shown = is_plain || values.iter().any(|value| !value.href.is_empty());
            is_shown.then(|| FactView { label: field_label(&entry.key), values })
        });
        let facts = self.keepers(page).into_iter().chain(declared).chain(others);
        facts.chain(self.named_by(page)).filter(|fact| !fact.values.is_empty()).collect()
    }

    /// Returns who stands for a page as `CODEOWNERS` says, where that is nobody whom the site knows.
    fn keepers(&self, page: &Page) -> Option<FactView> {
        let owners = page.code_owners.iter().filter(|_| page.owner.is_none());
        let plain = |text: &String| LinkView { text: text.clone(), href: String::new() };
        Some(FactView { label: self.say("page.owner"), values: owners.map(plain).collect() })
    }

    /// Returns the pages that name a page in fields of their own.
    fn named_by<'p>(&'p self, page: &Page) -> impl Iterator<Item = FactView> + 'p {
        let named = self.site().page_at(&page.url).and_then(|ix| self.site().named.get(&ix));
        named.into_iter().flatten().map(|(key, pages)| FactView {
            label: self.say_with("page.named-as", &[("field", &field_label(key))]),
            values: pages.iter().map(|ix| self.link(*ix)).collect(),
        })
    }

    fn values(&self, page: &Page, node: &Node, sort: FieldSort) -> Vec<LinkView> {
        let texts = node.items().iter().filter_map(Node::text);
        let plain = |text: &str| LinkView { text: text.to_owned(), href: String::new() };
        texts
            .map(|text| match sort {
                FieldSort::Text => plain(text),
                FieldSort::Date => Date::parse(text)
                    .map_or_else(|| plain(text), |date| plain(&self.date(date).text)),
                FieldSort::Person => self.site().person(text).map_or_else(
                    || plain(text),
                    |person| LinkView {
                        text: self.site().people[person].name.clone(),
                        href: self.person(person).href,
                    },
                ),
                FieldSort::Page => self.reference(page, text),
                FieldSort::Url if text.starts_with("https://") || text.starts_with("http://") => {
                    LinkView { text: text.to_owned(), href: text.to_owned() }
                }
                FieldSort::Url => plain(text),
            })
            .collect()
    }

    /// Returns the page that a value of the front matter names, as a link; the value as text if there is none.
    fn reference(&self, page: &Page, value: &str) -> LinkView {
        let found = field_reference(&self.site().names, page.path.folder(), value);
        found.map_or_else(
            || LinkView { text: value.to_owned(), href: String::new() },
            |ix| self.link(ix),
        )
    }

    /// Returns the headings on the page, its own and those of embedded texts, when there are at least three.
    fn toc(&self, ix: PageIx) -> Vec<TocEntry> {
        let contents = self.input().links.contents(self.site(), ix);
        let shown = contents.len() + usize::from(self.site().pages[ix].title_in_body);
        let entry = |shows: Shows<'_>| TocEntry {
            level: shows.level,
            title: shows.heading.text.clone(),
            href: crate::markdown::fragment(&shows.heading.anchor),
        };
        let contents = contents.into_iter().filter(|shows| shown >= 3 && shows.level <= 3);
        contents.take(CONTENTS).map(entry).collect()
    }

    fn replies(&self, ix: PageIx) -> Vec<ReplyView> {
        let page = &self.site().pages[ix];
        let accepted = page.field_text("accepted");
        let accepted = accepted
            .and_then(|value| field_reference(&self.site().names, page.path.folder(), value));
        let mut replies = self.facts.replies[ix.index()].clone();
        replies.sort_by_key(|reply| {
            (Some(*reply) != accepted, self.site().pages[*reply].created, *reply)
        });
        let view = |reply: PageIx| ReplyView {
            page: self.page(reply),
            accepted: Some(reply) == accepted,
            body_html: self.reply_body(reply),
        };
        replies.into_iter().map(view).collect()
    }

    /// Returns the text of a reply, written for the page that shows it.
    fn reply_body(&self, reply: PageIx) -> String {
        crate::render::body::shown_on(self.input(), reply, self.at)
    }

    fn children(&self, ix: PageIx) -> Vec<crate::render::view::PageRef> {
        let folder = self.site().folders.values().find(|folder| folder.index == Some(ix));
        let Some(folder) = folder.filter(|folder| !folder.path.is_empty()) else {
            return Vec::new();
        };
        let below = folder.folders.iter().filter_map(|path| self.site().folders.get(path)?.index);
        let mut children: Vec<PageIx> =
            folder.pages.iter().copied().chain(below).filter(|child| *child != ix).collect();
        children.retain(|child| self.facts.role(&self.site().pages[*child]) != Role::Reply);
        self.pages(&children)
    }

    /// Returns who links here, each page once, by domain; pages without a domain last.
    fn backlinks(&self, ix: PageIx) -> Vec<BacklinkGroup> {
        let mut by_page: BTreeMap<PageIx, Vec<&Link>> = BTreeMap::new();
        for link in self.input().links.to(ix) {
            by_page.entry(link.from).or_default().push(link);
        }
        let mut groups: BTreeMap<(bool, String), Vec<BacklinkView>> = BTreeMap::new();
        for (from, links) in by_page {
            let domain = self.site().pages[from].domains.first();
            let title = domain.map(|domain| self.site().domains[*domain].title.clone());
            let key = (title.is_none(), title.unwrap_or_default());
            groups.entry(key).or_default().extend(self.quotes(links.into_iter()));
        }
        let groups = groups.into_iter();
        groups.map(|((_, domain), links)| BacklinkGroup { domain, links }).collect()
    }

    /// Returns the pages on which links stand, each once, with the sentence of each link.
    pub(super) fn quotes<'l>(&self, links: impl Iterator<Item = &'l Link>) -> Vec<BacklinkView> {
        let mut views: Vec<(PageIx, BacklinkView)> = Vec::new();
        for link in links {
            if views.last().is_none_or(|(from, _)| *from != link.from) {
                let view = BacklinkView { page: self.link(link.from), quotes: Vec::new() };
                views.push((link.from, view));
            }
            let Some((_, view)) = views.last_mut().filter(|(_, view)| view.quotes.len() < QUOTED)
            else {
                continue;
            };
            let quote = QuoteView {
                before: link.sentence.before(),
                text: link.text().to_owned(),
                after: link.sentence.after(),
                embeds: link.form == Form::WikiEmbed,
            };
            let says_nothing =
                quote.before.is_empty() && quote.text.is_empty() && quote.after.is_empty();
            if (quote.embeds || !says_nothing) && !view.quotes.contains(&quote) {
                view.quotes.push(quote);
            }
        }
        views.into_iter().map(|(_, view)| view).collect()
    }

    fn mentions(&self, ix: PageIx) -> Vec<BacklinkView> {
        let mentions = self.input().links.mentions(ix).iter();
        let view = |mention: &Mention| BacklinkView {
            page: self.link(mention.from),
            quotes: vec![QuoteView {
                before: mention.sentence.before(),
                text: mention.sentence.text().to_owned(),
                after: mention.sentence.after(),
                embeds: false,
            }],
        };
        mentions.map(view).collect()
    }

    fn attachments(&self, ix: PageIx) -> Vec<LinkView> {
        let mut files = BTreeSet::new();
        for link in self.input().links.on(ix) {
            match &link.target {
                Target::File(file) => {
                    let is_picture = self.site().image_sizes.contains_key(file);
                    if !is_picture && !self.site().is_withheld(file) {
                        files.insert((file, UrlPath::of_file(file.as_str())));
                    }
                }
                Target::Code { file, .. } => {
                    files.insert((file, self.site().code_files[file].clone()));
                }
                _ => {}
            }
        }
        let view = |(file, url): (&crate::base::SourcePath, UrlPath)| LinkView {
            text: file.file_name().to_owned(),
            href: self.href(&url),
        };
        files.into_iter().map(view).collect()
    }
}

/// So many headings of a page are in its table of contents.
const CONTENTS: usize = 1_000;

/// So many links of one page to another are quoted there.
const QUOTED: usize = 20;

/// Keys that pages show elsewhere.
const HIDDEN: [&str; 1] = ["accepted"];

/// Returns a list of short texts, or nothing for anything else.
fn field_label(key: &str) -> String {
    fold::key(&key.replace(['-', '_'], " "))
}

fn plain_values(node: &Node) -> Option<Vec<LinkView>> {
    if matches!(node.value, Value::Map(_)) {
        return None;
    }
    let texts: Option<Vec<&str>> = node.items().iter().map(Node::text).collect();
    let texts = texts.filter(|texts| texts.iter().all(|text| text.chars().count() <= 120))?;
    Some(
        texts
            .into_iter()
            .map(|text| LinkView { text: text.to_owned(), href: String::new() })
            .collect(),
    )
}
