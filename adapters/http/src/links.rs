//! The links that open windows: the only place where a secret is written out, but for the answer to a link's code.

use std::fmt;

use portcullis::Origin;

use crate::{place, sessions::Sessions};

/// The links that open the windows of a program, each with the token of its window, or, after
/// [`remember`](crate::Program::remember), with a code that is good once: every link that is asked for is a new one.
pub struct Links(pub(crate) Vec<Entry>);

/// One window.
pub(crate) struct Entry {
    pub(crate) window: Box<str>,
    /// The first is the one that links name.
    pub(crate) origins: Vec<Origin>,
    pub(crate) secret: Secret,
}

/// What a link carries.
pub(crate) enum Secret {
    Token(Box<str>),
    Code(Sessions),
}

impl Entry {
    fn at(&self, origin: &Origin) -> String {
        match &self.secret {
            Secret::Token(token) => format!("{origin}/#portcullis={token}"),
            Secret::Code(sessions) => match sessions.mint(&self.window) {
                Ok(code) => format!("{origin}/#portcullis-code={}", code.reveal()),
                // The page opens, and says of itself that it may not call.
                Err(error) => {
                    tracing::error!(target: "portcullis", "no random bytes for a link: {error}");
                    format!("{origin}/")
                }
            },
        }
    }
}

impl Links {
    /// The link that opens a window. `None` if the program has no such window.
    pub fn get(&self, window: &str) -> Option<String> {
        let entry = self.0.iter().find(|entry| &*entry.window == window)?;
        entry.origins.first().map(|origin| entry.at(origin))
    }

    /// The link that opens a window at a host that `allow_host` names. `None` if the window has no such host.
    pub fn at(&self, window: &str, host: &str) -> Option<String> {
        let entry = self.0.iter().find(|entry| &*entry.window == window)?;
        let asked = place::allowed(host).ok()?;
        entry.origins.iter().find(|origin| **origin == asked).map(|origin| entry.at(origin))
    }

    /// Every window with its link, in the order in which they were given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, String)> {
        self.0.iter().filter_map(|entry| {
            let origin = entry.origins.first()?;
            Some((&*entry.window, entry.at(origin)))
        })
    }
}

/// The addresses, without the tokens.
impl fmt::Debug for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().map(|entry| (&entry.window, &entry.origins))).finish()
    }
}
