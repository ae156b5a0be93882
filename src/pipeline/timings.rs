//! How long the stages of a build took.

use std::time::{Duration, Instant};

/// The stages of a build with their wall times, in order.
#[derive(Debug, Clone, Default)]
pub struct Timings {
    /// Name and duration of each stage.
    pub stages: Vec<(&'static str, Duration)>,
}

/// A watch that runs while a build does.
pub(super) struct Running<'a> {
    stages: Vec<(&'static str, Duration)>,
    current: Option<(&'static str, Instant)>,
    on_stage: &'a mut dyn FnMut(&'static str),
}

impl Timings {
    pub(super) fn start(on_stage: &mut dyn FnMut(&'static str)) -> Running<'_> {
        Running { stages: Vec::new(), current: None, on_stage }
    }

    /// Returns the time of all stages.
    pub fn total(&self) -> Duration {
        self.stages.iter().map(|(_, duration)| *duration).sum()
    }
}

impl Running<'_> {
    /// Ends the stage at hand and begins another.
    pub(super) fn stage(&mut self, name: &'static str) {
        self.end();
        (self.on_stage)(name);
        self.current = Some((name, Instant::now()));
    }

    fn end(&mut self) {
        if let Some((name, began)) = self.current.take() {
            self.stages.push((name, began.elapsed()));
        }
    }

    pub(super) fn finish(mut self) -> Timings {
        self.end();
        Timings { stages: self.stages }
    }
}
