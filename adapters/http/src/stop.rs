//! The end of a program: no further requests, time for those that are under way, and then none at all.

use std::time::Duration;

use tokio_util::{
    sync::CancellationToken,
    task::{TaskTracker, task_tracker::TaskTrackerToken},
};

/// Stops a program. The clones stop the same one.
#[derive(Clone, Debug)]
pub struct Stop {
    stopping: CancellationToken,
    cut: CancellationToken,
    under_way: TaskTracker,
    grace: Duration,
}

impl Stop {
    pub(crate) fn new(grace: Duration) -> Self {
        Self {
            stopping: CancellationToken::new(),
            cut: CancellationToken::new(),
            under_way: TaskTracker::new(),
            grace,
        }
    }

    /// Takes no further requests, which are answered with 503 `stopping`, and lets those that are under way end.
    pub fn now(&self) {
        self.stopping.cancel();
        self.under_way.close();
    }

    /// Waits until the program has been stopped, and what was under way has ended or has had its
    /// [grace](crate::Program::grace). What has not ended by then is given up, and answered with 503 `stopping`.
    ///
    /// For a program that is [mounted](crate::Program::mount) into a server of its own, to wait for before that server
    /// ends. [`Served::until_stopped`](crate::Served::until_stopped) does it by itself.
    pub async fn finished(&self) {
        self.ended().await;
        self.cut.cancel();
    }

    /// Waits for requests to end, and cuts none off.
    pub(crate) async fn ended(&self) {
        self.begun().await;
        // Out of time is an end too.
        let _ = tokio::time::timeout(self.grace, self.under_way.wait()).await;
    }

    /// Waits until the program is to stop. What goes on for long (a connection that stays open) ends when it can.
    pub(crate) async fn begun(&self) {
        self.stopping.cancelled().await;
    }

    /// Waits until what is under way is given up.
    pub(crate) async fn out_of_time(&self) {
        self.cut.cancelled().await;
    }

    /// Waits until what was given up has said so to its page.
    pub(crate) async fn all_gone(&self) {
        self.under_way.wait().await;
    }

    pub(crate) fn cut_off(&self) {
        self.now();
        self.cut.cancel();
    }

    pub(crate) fn grace(&self) -> Duration {
        self.grace
    }

    /// Counts what a request that has begun leaves behind: hold this until it has ended.
    pub(crate) fn go_on(&self) -> TaskTrackerToken {
        self.under_way.token()
    }

    /// Lets a request begin: hold this until it has ended. `None` once the program is to stop.
    pub(crate) fn begin(&self) -> Option<TaskTrackerToken> {
        // Counted first, so that nothing begins unseen between the question and the count.
        let counted = self.go_on();
        (!self.stopping.is_cancelled()).then_some(counted)
    }
}
