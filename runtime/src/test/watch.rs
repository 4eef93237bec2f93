//! What a test sees of refusals: the whole reason, as `GateBuilder::on_denial` does, for one session alone.

use std::sync::{Arc, Mutex, PoisonError};

use crate::denial::Denial;

/// All refusals of a session, in order. It is a value of the session: one that has none is not watched.
#[derive(Clone, Default)]
pub(crate) struct Watch(Arc<Mutex<Vec<Denial>>>);

impl Watch {
    /// Keeps a refusal. It always does: for the caller, who is told so.
    pub(crate) fn see(&self, denial: Denial) -> bool {
        self.seen_mut(|seen| seen.push(denial));
        true
    }

    /// What was seen.
    pub(super) fn seen(&self) -> Vec<Denial> {
        self.seen_mut(|seen| seen.clone())
    }

    /// What was seen since the last time.
    pub(super) fn take(&self) -> Vec<Denial> {
        self.seen_mut(std::mem::take)
    }

    /// The refusal of this number.
    pub(super) fn find(&self, id: u64) -> Option<Denial> {
        self.seen_mut(|seen| seen.iter().find(|denial| denial.id == id).cloned())
    }

    fn seen_mut<T>(&self, with: impl FnOnce(&mut Vec<Denial>) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
