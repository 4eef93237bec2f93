//! What is known of a call in a test: who called what, and how long the test waits.

use std::{any::type_name, future::Future, time::Duration};

use serde::de::DeserializeOwned;

use super::{wait::within, watch::Watch};
use crate::{
    denial::{Denial, Reason},
    principal::Principal,
    session::Session,
};

/// One call of a test client.
#[derive(Clone)]
pub(super) struct Called {
    pub(super) command: String,
    pub(super) session: Session,
    pub(super) watch: Watch,
    pub(super) patience: Duration,
}

impl Called {
    pub(super) fn principal(&self) -> &Principal {
        self.session.principal()
    }

    /// The refusal of this number, with the whole reason.
    pub(super) fn denial(&self, id: u64) -> Option<Denial> {
        let mut denial = self.watch.find(id)?;
        if denial.reason.is_unknown() {
            // A gate that does not explain does not look for a name that is near.
            let is_event = matches!(denial.reason, Reason::UnknownEvent { .. });
            denial.reason = Reason::unknown(self.session.authority(), &self.command, is_event, true);
        }
        Some(denial)
    }

    /// Waits on this thread, as long as the test does.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that does not end must not pass")]
    pub(super) fn wait<F: Future>(&self, future: F, until: &str) -> F::Output {
        match within(future, self.patience) {
            Some(output) => output,
            None => panic!(
                "`{}` called by {} has not {until} within {:?}\n\
                 help: if it waits for an executor (timers, sockets, a pool), call it in one: \
                 `client.call_async(..).await` in a `#[tokio::test]`",
                self.command,
                self.principal(),
                self.patience
            ),
        }
    }

    /// Decodes what came. `what` is what the command did with it.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test that is wrong must not pass")]
    pub(super) fn decoded<T: DeserializeOwned>(&self, what: &str, json: &[u8]) -> T {
        match serde_json::from_slice(json) {
            Ok(value) => value,
            Err(error) => panic!(
                "`{}` called by {} {what} something that is no `{}`: {error}\n  it is: {}",
                self.command,
                self.principal(),
                type_name::<T>(),
                shown(json)
            ),
        }
    }

    /// Fails the test: `came` is fit to follow "the call".
    #[track_caller]
    #[expect(clippy::panic, reason = "a test whose expectation does not hold fails")]
    pub(super) fn unexpected(&self, expected: &str, came: &str) -> ! {
        panic!("`{}` called by {} was expected {expected}, and it {came}", self.command, self.principal())
    }
}

/// As much JSON as one wants to read.
pub(super) fn shown(json: &[u8]) -> String {
    const MOST: usize = 2_000;
    let text = String::from_utf8_lossy(json);
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{} .. ({} bytes)", text.get(..end).unwrap_or_default(), json.len()),
        None => text.into_owned(),
    }
}
