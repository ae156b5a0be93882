//! The doorbell: something has changed, come and look. It carries no information, as what editors and systems say
//! about changes differs too much to be relied on, and looking is cheap.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::base::{Error, Result};

/// How long it must be quiet before the bell is heard: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(60);
/// How long the bell is held back at most.
const AT_MOST: Duration = Duration::from_millis(500);
/// How often files are looked at where the system does not tell.
const POLL: Duration = Duration::from_secs(1);

/// What to watch. Where two entries cover a path, the longer one counts: `.git/HEAD` watched inside `.git` excluded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WatchSet {
    /// Folders, with all that is in them, and single files. They need not exist yet.
    pub watched: Vec<PathBuf>,
    /// Folders and files whose changes do not count.
    pub excluded: Vec<PathBuf>,
}

/// Rings when something in a [`WatchSet`] changes.
pub(super) struct Doorbell {
    rings: Receiver<()>,
    watcher: Box<dyn Watcher>,
    /// Folders that did not exist when they were to be watched.
    missing: Vec<PathBuf>,
}

impl Doorbell {
    /// Begins to watch, by looking again and again where the system does not tell of changes.
    pub(super) fn install(set: &WatchSet) -> Result<Self> {
        let set = set.resolved();
        Self::with::<RecommendedWatcher>(&set).or_else(|_| Self::with::<PollWatcher>(&set)).map_err(
            |error| {
                let path = error.paths.first().cloned().unwrap_or_default();
                Error::io("watch", &path, std::io::Error::other(error.to_string()))
            },
        )
    }

    fn with<W: Watcher + 'static>(set: &WatchSet) -> notify::Result<Self> {
        let (ring, rings) = mpsc::channel();
        let filter = set.clone();
        let on_event = move |event: notify::Result<notify::Event>| {
            if event.map_or(true, |event| filter.is_rung_by(&event)) {
                // Nobody listens any more only when the server is going down.
                let _ = ring.send(());
            }
        };
        let watcher = W::new(on_event, Config::default().with_poll_interval(POLL))?;
        let mut doorbell = Self { rings, watcher: Box::new(watcher), missing: Vec::new() };
        for path in &set.watched {
            doorbell.watch(path)?;
        }
        Ok(doorbell)
    }

    /// Watches a folder, or the folder of a file: a file that is replaced by renaming is another file afterwards.
    fn watch(&mut self, path: &Path) -> notify::Result<()> {
        if path.is_dir() {
            return self.watcher.watch(path, RecursiveMode::Recursive);
        }
        if let Some(folder) = path.ancestors().skip(1).find(|folder| folder.is_dir()) {
            self.watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
        if !path.exists() {
            self.missing.push(path.to_owned());
        }
        Ok(())
    }

    /// Waits until something has changed and it has become quiet; `false` if nothing can change any more.
    pub(super) fn wait(&mut self) -> bool {
        let is_rung = self.rings.recv().is_ok();
        let first = Instant::now();
        while is_rung && first.elapsed() < AT_MOST {
            match self.rings.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(_) => break,
            }
        }
        for path in std::mem::take(&mut self.missing) {
            // What cannot be watched now is tried again after the next ring.
            if self.watch(&path).is_err() {
                self.missing.push(path);
            }
        }
        is_rung
    }
}

impl WatchSet {
    /// Returns the set with true paths, as systems report them.
    fn resolved(&self) -> Self {
        let resolve = |paths: &[PathBuf]| paths.iter().map(|path| true_path(path)).collect();
        Self { watched: resolve(&self.watched), excluded: resolve(&self.excluded) }
    }

    fn is_rung_by(&self, event: &notify::Event) -> bool {
        let is_reading = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
            EventKind::Access(_) => true,
            _ => false,
        };
        // An event that says “look again”, or does not say where, may be about anything.
        let is_anywhere = event.need_rescan() || event.paths.is_empty();
        is_anywhere || !is_reading && event.paths.iter().any(|path| self.covers(path))
    }

    /// Returns whether a change of this path counts.
    fn covers(&self, path: &Path) -> bool {
        let longest = |entries: &[PathBuf]| {
            let covering = entries.iter().filter(|entry| path.starts_with(entry));
            covering.map(|entry| entry.components().count()).max()
        };
        // A folder that comes or goes above a watched entry takes that entry with it.
        let is_above = || self.watched.iter().any(|entry| entry.starts_with(path));
        match longest(&self.watched) {
            Some(watched) => longest(&self.excluded).is_none_or(|excluded| excluded < watched),
            None => is_above(),
        }
    }
}

/// Returns a path without symbolic links, as far as it exists.
fn true_path(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for folder in path.ancestors() {
        if let Ok(true_folder) = folder.canonicalize() {
            let rest = path.strip_prefix(folder).unwrap_or(Path::new(""));
            return if rest.as_os_str().is_empty() { true_folder } else { true_folder.join(rest) };
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, Flag, ModifyKind};

    use super::*;

    const SOON: Duration = Duration::from_secs(20);

    fn set(watched: &[&str], excluded: &[&str]) -> WatchSet {
        let paths = |paths: &[&str]| paths.iter().map(PathBuf::from).collect();
        WatchSet { watched: paths(watched), excluded: paths(excluded) }
    }

    #[test]
    fn longer_entry_counts() {
        let set = set(&["/w", "/w/.git/HEAD", "/w/.git/refs"], &["/w/.git", "/w/public"]);
        for (path, expect) in [
            ("/w/a.md", true),
            ("/w/.git/index.lock", false),
            ("/w/.git/HEAD", true),
            ("/w/.git/refs/heads/main", true),
            ("/w/public/index.html", false),
            ("/w/publication.md", true),
            ("/elsewhere", false),
        ] {
            assert_eq!(set.covers(Path::new(path)), expect, "{path}");
        }
    }

    #[test]
    fn reading_does_not_ring_but_writing_and_doubt_do() {
        let set = set(&["/w"], &["/w/public"]);
        let rings =
            |kind, path: &str| set.is_rung_by(&notify::Event::new(kind).add_path(path.into()));
        assert!(!rings(EventKind::Access(AccessKind::Open(AccessMode::Read)), "/w/a.md"));
        assert!(rings(EventKind::Access(AccessKind::Close(AccessMode::Write)), "/w/a.md"));
        assert!(rings(EventKind::Modify(ModifyKind::Any), "/w/a.md"));
        assert!(rings(EventKind::Create(CreateKind::Any), "/w/a.md"));
        assert!(!rings(EventKind::Create(CreateKind::Any), "/w/public/a.html"));
        let overflow = notify::Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(set.is_rung_by(&overflow));
    }

    /// Returns a doorbell without a watcher.
    fn doorbell(rings: Receiver<()>) -> Doorbell {
        Doorbell { rings, watcher: Box::new(notify::NullWatcher), missing: Vec::new() }
    }

    #[test]
    fn several_rings_are_heard_as_one() {
        let (ring, rings) = mpsc::channel();
        let mut doorbell = doorbell(rings);
        for _ in 0..3 {
            ring.send(()).unwrap();
        }
        assert!(doorbell.wait());
        assert!(doorbell.rings.try_recv().is_err());
        ring.send(()).unwrap();
        drop(ring);
        assert!(doorbell.wait());
        assert!(!doorbell.wait());
    }

    #[test]
    fn endless_ringing_is_heard_too() {
        let (ring, rings) = mpsc::sync_channel(0);
        let ringer = std::thread::spawn(move || while ring.send(()).is_ok() {});
        let mut doorbell = doorbell(rings);
        assert!(doorbell.wait());
        drop(doorbell);
        ringer.join().unwrap();
    }

    fn rings_on<W: Watcher + 'static>(change: impl Fn(&Path), watched: &str) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("wiki/deep")).unwrap();
        std::fs::write(root.join("HEAD"), "ref: a").unwrap();
        let set = WatchSet { watched: vec![root.join(watched)], excluded: Vec::new() }.resolved();
        let doorbell = Doorbell::with::<W>(&set).unwrap();
        change(&root);
        doorbell.rings.recv_timeout(SOON).unwrap();
    }

    #[test]
    fn written_page_rings() {
        let write = |root: &Path| std::fs::write(root.join("wiki/deep/a.md"), "# A").unwrap();
        rings_on::<RecommendedWatcher>(write, "wiki");
        rings_on::<PollWatcher>(write, "wiki");
    }

    #[test]
    fn file_that_is_replaced_rings() {
        let replace = |root: &Path| {
            std::fs::write(root.join("HEAD.lock"), "ref: b").unwrap();
            std::fs::rename(root.join("HEAD.lock"), root.join("HEAD")).unwrap();
        };
        rings_on::<RecommendedWatcher>(replace, "HEAD");
    }

    #[test]
    fn folder_that_appears_later_is_watched_from_then_on() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let theme = root.join("theme");
        let set = WatchSet { watched: vec![theme.clone()], excluded: Vec::new() };
        let mut doorbell = Doorbell::install(&set).unwrap();
        std::fs::create_dir(&theme).unwrap();
        assert!(doorbell.wait());
        assert!(doorbell.missing.is_empty());
        std::fs::write(theme.join("page.html"), "").unwrap();
        doorbell.rings.recv_timeout(SOON).unwrap();
    }
}
