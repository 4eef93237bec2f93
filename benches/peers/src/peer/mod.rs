//! The peers: each a module with what somebody would write who used it.

pub mod axum;
pub mod gate;
pub mod hand;
pub mod inside;
pub mod jsonrpsee;
pub mod tarpc;
pub mod tauri;

use tokio::runtime::{Builder, Runtime};

use crate::{
    call::Lane,
    case::{Case, Input},
    command::Notes,
};

/// One of them, in the order of the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// A `match` and `serde_json`: nothing can be cheaper, and nothing checks.
    Hand,
    /// Portcullis, called by the program itself.
    Gate,
    /// Portcullis behind Tauri's `invoke`.
    Inside,
    /// Tauri's own macro, with an app manifest and capabilities.
    Tauri,
    /// A router of handlers.
    Axum,
    /// JSON-RPC.
    Jsonrpsee,
    /// Values of Rust through a channel.
    Tarpc,
}

impl Peer {
    /// All of them. The first is what the others are held against.
    pub const ALL: [Self; 7] =
        [Self::Hand, Self::Gate, Self::Inside, Self::Tauri, Self::Axum, Self::Jsonrpsee, Self::Tarpc];

    /// What the column is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hand => "by hand",
            Self::Gate => "Portcullis",
            Self::Inside => "Portcullis in Tauri",
            Self::Tauri => "Tauri",
            Self::Axum => "axum",
            Self::Jsonrpsee => "jsonrpsee",
            Self::Tarpc => "tarpc",
        }
    }

    /// Its way to what a case calls, if it has one.
    pub fn lane(self, case: Case, inputs: &[Input], notes: &Notes) -> Option<Box<dyn Lane>> {
        match self {
            Self::Hand => Some(Box::new(hand::Hand::new(case, inputs, notes))),
            Self::Gate => Some(Box::new(gate::InProcess::new(case, inputs, notes))),
            Self::Inside => Some(Box::new(inside::program(case, inputs, notes))),
            Self::Tauri => Some(Box::new(tauri::program(case, inputs, notes)?)),
            Self::Axum => Some(Box::new(axum::Routed::new(case, inputs, notes)?)),
            Self::Jsonrpsee => Some(Box::new(jsonrpsee::Module::new(case, inputs, notes)?)),
            Self::Tarpc => Some(Box::new(tarpc::Connected::new(case, inputs, notes)?)),
        }
    }
}

/// What waits for asynchronous peers: one thread, so that what is measured is the work and not how long threads take to
/// wake each other.
fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().expect("a runtime of one thread")
}

/// What is sent, in turn and for ever.
#[derive(Debug)]
struct Turn<T> {
    all: Vec<T>,
    next: usize,
}

impl<T: Clone> Turn<T> {
    fn new(all: Vec<T>) -> Self {
        Self { all, next: 0 }
    }

    fn next(&mut self) -> T {
        let one = self.all[self.next].clone();
        self.next = (self.next + 1) % self.all.len();
        one
    }
}
