//! Runtimes of a host: one that works, and those that do not.

use std::{
    future::{pending, ready},
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    thread,
    time::Duration,
};

use portcullis::Runtime;

pub(crate) type Work = Box<dyn FnOnce() + Send>;
pub(crate) type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A thread for each piece of work, whose log is that of who asked for it. Its clock stands still.
pub(crate) struct Threads;

impl Runtime for Threads {
    fn spawn_blocking(&self, work: Work) {
        let log = tracing::dispatcher::get_default(Clone::clone);
        thread::spawn(move || tracing::dispatcher::with_default(&log, work));
    }
    fn sleep(&self, _: Duration) -> Sleep {
        Box::pin(pending())
    }
}

/// What a runtime does with work.
#[derive(Clone, Copy)]
pub(crate) enum Does {
    /// Runs it where it is asked to.
    RunsIt,
    /// Keeps it for later.
    KeepsIt,
    /// Lets it fall.
    DropsIt,
    /// Panics before it has looked at it.
    Panics,
    /// Runs it, and panics then.
    RunsItAndPanics,
}

/// What a runtime's clock does.
#[derive(Clone, Copy)]
pub(crate) enum Clock {
    StandsStill,
    /// All time is over at once.
    Races,
    PanicsWhenSet,
    PanicsWhenAsked,
    /// Panics when it goes, before or after its time.
    PanicsWhenGone {
        over: bool,
    },
}

/// A runtime with these faults, and the work that it keeps.
#[derive(Clone)]
pub(crate) struct Faulty {
    pub(crate) does: Does,
    pub(crate) clock: Clock,
    pub(crate) kept: Arc<Mutex<Vec<Work>>>,
}

impl Faulty {
    pub(crate) fn new(does: Does, clock: Clock) -> Self {
        Self { does, clock, kept: Arc::default() }
    }
}

impl Runtime for Faulty {
    fn spawn_blocking(&self, work: Work) {
        match self.does {
            Does::RunsIt => work(),
            Does::KeepsIt => self.kept.lock().unwrap().push(work),
            Does::DropsIt => drop(work),
            Does::Panics => panic!("on purpose: no threads"),
            Does::RunsItAndPanics => {
                work();
                panic!("on purpose, after the work")
            }
        }
    }

    fn sleep(&self, _: Duration) -> Sleep {
        match self.clock {
            Clock::StandsStill => Box::pin(pending()),
            Clock::Races => Box::pin(ready(())),
            Clock::PanicsWhenSet => panic!("on purpose: no clock"),
            Clock::PanicsWhenAsked => Box::pin(async { panic!("on purpose: the clock is broken") }),
            Clock::PanicsWhenGone { over } => Box::pin(Ends { over }),
        }
    }
}

struct Ends {
    over: bool,
}

impl Future for Ends {
    type Output = ();
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.over { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Drop for Ends {
    fn drop(&mut self) {
        panic!("on purpose, when a clock goes")
    }
}
