//! What a program declares, against what its capability files say: what meets nothing, and which kinds of callers there
//! are at all. Commands, permissions and scopes are not known here.

mod check;
mod classes;
mod origins;
mod walk;

use std::fmt;

use crate::files::{Capability, Problem};

/// The callers that a program declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// Globs of the labels of its windows.
    pub windows: Vec<String>,
    /// Globs of the labels of its webviews, where they differ from those of their windows.
    pub webviews: Vec<String>,
    /// Exact names of callers that are no window.
    pub clients: Vec<String>,
}

/// What in the capabilities makes no sense together, or in a program that declares these callers.
///
/// Reported are two capabilities of one identifier, a glob that meets no declared label, a client that is not declared,
/// and a capability that no caller can match.
///
/// ```
/// use portcullis_policy::{files, world};
/// let declared = world::Declared { windows: vec!["main".into()], ..Default::default() };
/// let text = r#"{ "identifier": "main", "windows": ["mian"], "permissions": ["notes:read"] }"#;
/// let problems = world::check(&declared, &files::read("main.json", text).capabilities);
/// assert_eq!(problems[0].help.as_deref(), Some("did you mean `main`?"));
/// ```
pub fn check(declared: &Declared, capabilities: &[Capability]) -> Vec<Problem> {
    check::check(declared, capabilities)
}

/// The distinct sets of capabilities that the callers of this program can match, each with one such caller.
///
/// The answer is exact. A window caller has a label that `windows` declares, a webview label that is the same or, if
/// `webviews` declares any, one of those, and an origin, local or any that is not opaque. A capability matches it if
/// one of its window globs or one of its webview globs matches, and its `local` or one of its `remote` patterns admits
/// the origin. A client matches the capabilities that name it. Platforms and frames are left out of account. What
/// matches no capability is a class too. The classes are sorted by `matched`.
///
/// ```
/// use portcullis_policy::{files, world};
/// let declared = world::Declared { windows: vec!["main".into(), "viewer-*".into()], ..Default::default() };
/// let text = r#"[
///     { "identifier": "all", "windows": ["*"], "permissions": ["notes:read"] },
///     { "identifier": "main", "windows": ["main"], "permissions": ["notes:write"] },
/// ]"#;
/// let classes = world::classes(&declared, &files::read("all.json", text).capabilities, 10_000).unwrap();
/// let matched: Vec<_> = classes.iter().map(|class| class.matched.as_slice()).collect();
/// assert_eq!(matched, [&[][..], &[0], &[0, 1]]); // from elsewhere, a viewer, the main window
/// ```
///
/// # Errors
/// If it takes more than `limit` states to find out.
pub fn classes(
    declared: &Declared,
    capabilities: &[Capability],
    limit: usize,
) -> Result<Vec<Class>, TooMany> {
    classes::classes(declared, capabilities, limit)
}

/// The callers that match the same capabilities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// The capabilities that they match, as indices, sorted.
    pub matched: Vec<usize>,
    /// One of them.
    pub witness: Witness,
}

/// An example of a caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Witness {
    /// A page in a window.
    Window {
        /// The label of the window.
        window: String,
        /// The label of the webview.
        webview: String,
        /// The origin of the page; `None` is the program's own.
        origin: Option<String>,
    },
    /// A caller that is no window.
    Client(String),
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client(name) => write!(f, "client `{name}`"),
            Self::Window { window, webview, origin } => {
                write!(f, "window `{window}`")?;
                if webview != window {
                    write!(f, ", webview `{webview}`")?;
                }
                match origin {
                    Some(origin) => write!(f, " at {origin}"),
                    None => Ok(()),
                }
            }
        }
    }
}

/// The globs and patterns are too entangled to be told apart within the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// The limit that was given.
    pub limit: usize,
}

impl fmt::Display for TooMany {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "it takes more than {} states to tell the callers of this program apart; \
             write fewer globs with more than one `*`, and fewer origins",
            self.limit
        )
    }
}

impl std::error::Error for TooMany {}

/// How many states may still be looked at.
struct Budget {
    limit: usize,
    left: usize,
}

impl Budget {
    fn new(limit: usize) -> Self {
        Self { limit, left: limit }
    }

    fn spend(&mut self) -> Result<(), TooMany> {
        self.left = self.left.checked_sub(1).ok_or(TooMany { limit: self.limit })?;
        Ok(())
    }
}
