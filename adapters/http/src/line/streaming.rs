//! One stream on the line: a task of its own pulls it, as far as its page keeps up.

use std::sync::Arc;

use portcullis::Stream;
use tokio::sync::{Semaphore, mpsc};

use super::run::Turn;
use crate::answer::ROOM;

/// How many batches of a stream may be under way, or wait in the page, at once.
const AHEAD: usize = 4;

/// Lines of a stream, on their way to the socket.
pub(super) struct Batch {
    pub(super) turn: Turn,
    /// `s<id>` and the lines.
    pub(super) text: Vec<u8>,
    /// With the end of the stream.
    pub(super) last: bool,
}

/// How far a stream may go ahead of its page.
pub(super) struct Credit {
    left: Arc<Semaphore>,
    /// Batches that the page has been sent, and has not used up.
    sent: usize,
}

impl Credit {
    pub(super) fn new() -> Self {
        Self { left: Arc::new(Semaphore::new(AHEAD)), sent: 0 }
    }

    pub(super) fn left(&self) -> Arc<Semaphore> {
        Arc::clone(&self.left)
    }

    pub(super) fn sent_one(&mut self) {
        self.sent += 1;
    }

    /// The page has used one up. It cannot use more than it was sent, whatever it says.
    pub(super) fn used_one(&mut self) {
        if self.sent > 0 {
            self.sent -= 1;
            self.left.add_permits(1);
        }
    }
}

/// Pulls a stream to its end. What it has in hand is one batch; the queue to the socket is short, and all streams share
/// it.
pub(super) async fn pull(turn: Turn, mut stream: Stream, left: Arc<Semaphore>, batches: mpsc::Sender<Batch>) {
    loop {
        match left.acquire().await {
            Ok(one) => one.forget(),
            Err(_) => return,
        }
        let mut text = format!("s{}\n", turn.id).into_bytes();
        let last = !stream.lines(&mut text, ROOM).await;
        // It fails if the line is gone.
        if batches.send(Batch { turn, text, last }).await.is_err() || last {
            return;
        }
    }
}
