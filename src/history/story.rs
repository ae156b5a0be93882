//! One repository with nearly everything that happens to files, and all that the room should say of it.

use git2::{Signature, Time};

use super::fixture::{Fixture, told};
use super::*;

/// A text that nothing else is like.
fn text(topic: &str) -> String {
    let lines = ["is what this is about", "needs a keeper", "costs money", "lasts", "ends"];
    let lines: Vec<String> = lines.iter().map(|line| format!("{topic} {line}.\n")).collect();
    format!("# {topic}\n\n## Why\n\n{}\n## How\n\n{}", lines[..3].concat(), lines[3..].concat())
}

/// Files as of one commit.
#[derive(Clone, Default)]
struct Tree(BTreeMap<Vec<u8>, (u32, String)>);

impl Tree {
    fn with(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.into(), (0o100_644, text.to_owned()));
        self
    }

    fn without(mut self, path: &str) -> Self {
        self.0.remove(path.as_bytes()).unwrap();
        self
    }

    fn moved(mut self, from: &str, to: &str) -> Self {
        let file = self.0.remove(from.as_bytes()).unwrap();
        self.0.insert(to.into(), file);
        self
    }

    fn mode(mut self, path: &str, mode: u32) -> Self {
        self.0.get_mut(path.as_bytes()).unwrap().0 = mode;
        self
    }
}

/// The repository while it is written.
struct Writing {
    f: Fixture,
}

impl Writing {
    fn commit(&mut self, parents: &[CommitId], message: &[u8], tree: &Tree) -> CommitId {
        let files = tree.0.iter();
        let entries: Vec<_> =
            files.map(|(path, (mode, text))| (*mode, &path[..], text.as_bytes())).collect();
        self.f.commit_entries(parents, message, &entries)
    }

    fn by(&mut self, name: &str, minutes_east: i32) {
        let email = format!("{}@n.example", name.to_lowercase());
        self.f.author = Signature::new(name, &email, &Time::new(0, minutes_east)).unwrap();
    }
}

/// Writes the repository: two roots, a chain and a cycle of renames, a rename by letter case, a revert, an octopus.
fn write() -> Fixture {
    let mut w = Writing { f: Fixture::new() };
    let (pumps, dikes, locks) = (text("Pumps"), text("Dikes"), text("Locks"));
    w.f.clock = 86_400 * 200; // 1970
    let start = Tree::default().with("pumps.md", &pumps).with("dikes.md", &dikes);
    let root = w.commit(&[], b"Begin", &start);
    w.f.clock = 1_700_000_000;
    w.by("Bram", -210);
    let edited = start.with("pumps.md", &pumps.replace("costs money", "costs little money"));
    let message =
        b"Say what pumps cost\n\nIt was asked.\n\nCo-authored-by: Chen <chen@n.example>\nReviewed-by: Dewi <dewi@n.example>\n";
    let edit = w.commit(&[root], message, &edited);
    w.by("Anna", 60);
    let reverted = edited.clone().with("pumps.md", &pumps);
    let revert = w.commit(&[edit], b"Revert \"Say what pumps cost\"", &reverted);
    let empty = w.commit(&[revert], b"Nothing at all", &reverted);
    // Round and round: pumps → machines → engines → pumps, one commit each.
    let one = reverted.moved("pumps.md", "machines.md");
    let one_id = w.commit(&[empty], b"Pumps are machines", &one);
    let two = one.moved("machines.md", "water/engines.md");
    let two_id = w.commit(&[one_id], b"Machines are engines", &two);
    let three = two.moved("water/engines.md", "pumps.md");
    let three_id = w.commit(&[two_id], b"Engines are pumps", &three);
    let cased = three.moved("dikes.md", "Dikes.md");
    let cased_id = w.commit(&[three_id], b"Dikes are proper", &cased);
    // A file becomes a link, and a file again.
    let linked = cased.clone().with("Dikes.md", "pumps.md").mode("Dikes.md", 0o120_000);
    let linked_id = w.commit(&[cased_id], b"Dikes are pumps", &linked);
    let unlinked_id = w.commit(&[linked_id], b"Dikes are dikes", &cased);
    // A second root, a name that is not UTF-8, a message that is not.
    let other = Tree::default().with("locks.md", &locks);
    let other_id = w.commit(&[], b"Begin elsewhere", &other);
    let mut odd = cased.clone();
    odd.0.insert(b"caf\xe9.md".to_vec(), (0o100_644, text("Coffee")));
    let odd_id = w.commit(&[unlinked_id], b"Caf\xe9 of the polder", &odd);
    let run = cased.clone().mode("pumps.md", 0o100_755);
    let run_id = w.commit(&[unlinked_id], b"Pumps run", &run);
    // An octopus of three branches, one of them with a root of its own.
    let mut all = odd.mode("pumps.md", 0o100_755);
    all.0.extend(other.0);
    w.f.clock = 4_102_444_800; // 2100
    let merged = w.commit(&[odd_id, run_id, other_id], b"Bring it together", &all);
    let gone = all.without("locks.md");
    w.commit(&[merged], b"Locks are gone", &gone);
    w.f
}

#[test]
fn every_file_has_its_whole_story() {
    let f = write();
    let expect = [
        "Pumps run: modified pumps.md",
        "Engines are pumps: renamed pumps.md",
        "Machines are engines: renamed water/engines.md",
        "Pumps are machines: renamed machines.md",
        "Revert \"Say what pumps cost\": modified pumps.md",
        "Say what pumps cost: modified pumps.md",
        "Begin: added pumps.md",
    ];
    assert_eq!(f.story("pumps.md"), expect);
    let expect = [
        "Dikes are dikes: added Dikes.md",
        "Dikes are pumps: deleted Dikes.md",
        "Dikes are proper: renamed Dikes.md",
        "Begin: added dikes.md",
    ];
    assert_eq!(f.story("Dikes.md"), expect);
    assert_eq!(f.story("café.md"), ["Café of the polder: added café.md"]);
}

#[test]
fn what_is_gone_keeps_its_title_and_its_past() {
    let history = write().read();
    let [removal] = &history.removals[..] else { panic!("{:?}", history.removals) };
    assert_eq!(told(&history, &[removal.revision]), ["Locks are gone: deleted locks.md"]);
    assert_eq!(told(&history, &removal.earlier), ["Begin elsewhere: added locks.md"]);
    let commit = &history.commits[removal.revision.commit];
    assert_eq!(commit.changes[removal.revision.change].title, "Locks");
}

#[test]
fn every_commit_is_there_once_with_its_date_and_people() {
    let history = write().read();
    let dates: Vec<String> = history
        .commits
        .iter()
        .map(|commit| format!("{} {} {}", commit.authored.date(), commit.author.name, commit.subject))
        .collect();
    let expect = [
        "2100-01-01 Anna Locks are gone",
        "2100-01-01 Anna Bring it together",
        "2023-11-15 Anna Pumps run",
        "2023-11-15 Anna Café of the polder",
        "2023-11-15 Anna Begin elsewhere",
        "2023-11-15 Anna Dikes are dikes",
        "2023-11-15 Anna Dikes are pumps",
        "2023-11-15 Anna Dikes are proper",
        "2023-11-15 Anna Engines are pumps",
        "2023-11-15 Anna Machines are engines",
        "2023-11-15 Anna Pumps are machines",
        "2023-11-15 Anna Nothing at all",
        "2023-11-15 Anna Revert \"Say what pumps cost\"",
        "2023-11-14 Bram Say what pumps cost",
        "1970-07-20 Anna Begin",
    ];
    assert_eq!(dates, expect);
    let edit = &history.commits[13];
    assert_eq!((edit.co_authors[0].name.as_str(), edit.reviewers[0].name.as_str()), ("Chen", "Dewi"));
    assert_eq!((edit.body.as_str(), edit.authored.offset), ("It was asked.", -210));
}

#[test]
fn change_says_where_and_how_much() {
    let history = write().read();
    let of = |subject: &str| {
        let commit = history.commits.iter().find(|commit| commit.subject == subject).unwrap();
        commit.changes.iter().map(|change| (change.added, change.removed, change.sections.clone()))
    };
    let why = || vec![Section::Heading("Why".to_owned())];
    assert_eq!(of("Say what pumps cost").collect::<Vec<_>>(), [(1, 0, why())]);
    assert_eq!(of("Revert \"Say what pumps cost\"").collect::<Vec<_>>(), [(0, 1, why())]);
    assert_eq!(of("Nothing at all").count(), 0);
    assert_eq!(of("Bring it together").count(), 0);
    assert_eq!(of("Pumps run").collect::<Vec<_>>(), [(0, 0, vec![])]);
}
