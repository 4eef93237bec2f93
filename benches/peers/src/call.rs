//! A way to a command: messages that are made ready, and what becomes of them. What is measured is the sending.

use std::{
    hint::black_box,
    sync::{Arc, Barrier},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

/// What a call comes to, whichever way it went.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A value.
    Json(Value),
    /// Bytes as they are.
    Bytes(Vec<u8>),
    /// The caller may not.
    Refused,
    /// What no case expects.
    Other(String),
}

impl Answer {
    /// Whether two peers have said the same. A text may come as bytes: Tauri's file system plugin sends it so.
    #[must_use]
    pub fn is_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Json(one), Self::Json(other)) => one == other,
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            (Self::Json(Value::String(text)), Self::Bytes(bytes))
            | (Self::Bytes(bytes), Self::Json(Value::String(text))) => text.as_bytes() == bytes,
            (Self::Refused, Self::Refused) => true,
            _ => false,
        }
    }

    /// What bytes of JSON say.
    #[must_use]
    pub fn json(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).map_or_else(|error| Self::Other(error.to_string()), Self::Json)
    }
}

/// Sends messages on another thread.
pub type Elsewhere<M> = Box<dyn FnOnce(Vec<M>) + Send>;

/// One peer in one case.
pub trait Caller {
    /// What is sent.
    type Message: Send + 'static;
    /// What comes back.
    type Reply;

    /// Makes the next message ready: all that a transport would have done by then.
    fn message(&mut self) -> Self::Message;

    /// Sends messages one after the other.
    fn send(&self, messages: Vec<Self::Message>, each: impl FnMut(Self::Reply));

    /// What a reply says.
    fn answer(reply: Self::Reply) -> Answer;

    /// Something that sends messages to the same program from another thread.
    fn elsewhere(&self) -> Elsewhere<Self::Message>;
}

/// A [`Caller`] with its types forgotten.
pub trait Lane {
    /// What it answers to the next messages.
    fn answers(&mut self, calls: usize) -> Vec<Answer>;

    /// Makes messages ready, and has `around` send them.
    fn batch(&mut self, calls: usize, around: &mut dyn FnMut(&mut dyn FnMut()));

    /// How long so many calls take, sent by so many threads at once.
    fn threaded(&mut self, threads: usize, calls: usize) -> Duration;
}

impl<C: Caller> Lane for C {
    fn answers(&mut self, calls: usize) -> Vec<Answer> {
        let mut answers = Vec::new();
        let messages = (0..calls).map(|_| self.message()).collect();
        self.send(messages, |reply| answers.push(C::answer(reply)));
        answers
    }

    fn batch(&mut self, calls: usize, around: &mut dyn FnMut(&mut dyn FnMut())) {
        let mut messages: Vec<_> = (0..calls).map(|_| self.message()).collect();
        around(&mut || {
            self.send(std::mem::take(&mut messages), |reply| {
                drop(black_box(reply));
            });
        });
    }

    fn threaded(&mut self, threads: usize, calls: usize) -> Duration {
        let start = Arc::new(Barrier::new(threads + 1));
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let messages: Vec<_> = (0..calls / threads).map(|_| self.message()).collect();
                let (send, start) = (self.elsewhere(), Arc::clone(&start));
                thread::spawn(move || {
                    start.wait();
                    send(messages);
                })
            })
            .collect();
        start.wait();
        let began = Instant::now();
        for worker in workers {
            worker.join().expect("a thread that sends ends well");
        }
        began.elapsed()
    }
}

/// How long the sending of so many calls takes, so many of them made ready at once.
pub fn spent(lane: &mut dyn Lane, calls: usize, at_once: usize) -> Duration {
    let (mut left, mut spent) = (calls, Duration::ZERO);
    while left > 0 {
        let now = left.min(at_once);
        left -= now;
        lane.batch(now, &mut |send| {
            let start = Instant::now();
            send();
            spent += start.elapsed();
        });
    }
    spent
}
