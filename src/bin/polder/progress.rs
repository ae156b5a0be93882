//! A sign of life on a terminal, for builds that take longer than a second.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How many stages a build has, for the bar.
const STAGES: u64 = 9;

/// A bar that appears after a second, on a terminal, unless it is to be quiet.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Returns the bar; it is hidden where nobody would see it.
    pub(crate) fn new(quiet: bool) -> Self {
        let is_seen = !quiet && std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(Some(STAGES), ProgressDrawTarget::hidden());
        let style =
            ProgressStyle::with_template("{bar:24} {msg}").expect("the template is well formed");
        bar.set_style(style);
        if is_seen {
            let delayed = bar.clone();
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_secs(1));
                if !delayed.is_finished() {
                    delayed.set_draw_target(ProgressDrawTarget::stderr());
                }
            });
        }
        Self { bar }
    }

    /// Says that a stage has begun.
    pub(crate) fn stage(&self, name: &'static str) {
        self.bar.inc(1);
        self.bar.set_message(name);
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
