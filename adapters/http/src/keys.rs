//! What lets a page in: the token of its window for this run, or a session that outlives it.

use std::{future, time::SystemTime};

use tokio_util::sync::CancellationToken;

use crate::{sessions::Sessions, token::Token};

/// What lets a page call as its window.
pub(crate) enum Keys {
    /// One token, as long as the program runs.
    Run(Token),
    /// A session for each link that has been opened.
    Kept(Sessions),
}

/// Somebody who has been let in, until that ends.
pub(crate) struct Pass(Option<(CancellationToken, SystemTime)>);

impl Keys {
    /// Lets in whoever has the token of this window.
    pub(crate) fn admit(&self, window: &str, token: &[u8]) -> Option<Pass> {
        match self {
            Self::Run(own) => own.is(token).then_some(Pass(None)),
            Self::Kept(sessions) => sessions.find(window, token).map(|session| Pass(Some(session))),
        }
    }
}

impl Pass {
    /// Waits until the session has been forgotten, or is over. A run's own token is good until the program ends.
    pub(crate) async fn ended(&self) {
        let Some((forgotten, expires)) = &self.0 else { return future::pending().await };
        let left = expires.duration_since(SystemTime::now()).unwrap_or_default();
        tokio::select! {
            () = forgotten.cancelled() => {}
            () = tokio::time::sleep(left) => {}
        }
    }
}
