//! What a program declares, against what its capability files say: what meets nothing, and which kinds of callers there
//! are at all. Commands, permissions and scopes are not known here.
//!
//! Telling labels and origins apart needs no feature: a program's own tests do it too.

#[cfg(feature = "files")]
mod check;
#[cfg(feature = "files")]
mod classes;
mod origins;
mod walk;

use std::fmt;

#[cfg(feature = "files")]
use crate::files::{Capability, Problem};
use crate::origin::Pattern;

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
/// Reported are two capabilities of one identifier, a glob that meets no declared label, a webview without any window that
/// it could be in, and a client that is not declared. What is left is a capability that some caller can match.
///
/// ```
/// use portcullis_policy::{files, world};
/// let declared = world::Declared { windows: vec!["main".into()], ..Default::default() };
/// let text = r#"{ "identifier": "main", "windows": ["mian"], "permissions": ["notes:read"] }"#;
/// let problems = world::check(&declared, &files::read("main.json", text).capabilities);
/// assert_eq!(problems[0].help.as_deref(), Some("did you mean `main`?"));
/// ```
#[cfg(feature = "files")]
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
#[cfg(feature = "files")]
pub fn classes(
    declared: &Declared,
    capabilities: &[Capability],
    limit: usize,
) -> Result<Vec<Class>, TooMany> {
    classes::classes(declared, capabilities, limit)
}

/// The kinds of labels that a glob among `declared` matches: told apart by the owners of the other globs that match.
///
/// ```
/// use portcullis_policy::world;
/// let kinds = world::labels(&["viewer-?"], [(0, "*"), (1, "viewer-1")], 10_000).unwrap();
/// let kinds: Vec<_> = kinds.iter().map(|kind| (kind.matched.as_slice(), kind.witness.as_str())).collect();
/// assert_eq!(kinds, [(&[0, 1][..], "viewer-1"), (&[0], "viewer-x")]);
/// ```
///
/// # Errors
/// If it takes more than `limit` states to find out.
pub fn labels<'a>(
    declared: &[&str],
    owned: impl IntoIterator<Item = (usize, &'a str)>,
    limit: usize,
) -> Result<Vec<Kind>, TooMany> {
    walk::kinds(declared, owned, &mut Budget::new(limit))
}

/// The kinds of origins: told apart by the owners of the patterns that admit them. One that no pattern admits is
/// a kind too, if there is one.
///
/// ```
/// use portcullis_policy::{origin::Pattern, world};
/// let pattern = Pattern::parse("https://example.com").unwrap();
/// let kinds = world::origins(&[(7, pattern)], 10_000).unwrap();
/// assert!(kinds.iter().any(|kind| kind.matched == [7] && kind.witness == "https://example.com"));
/// assert!(kinds.iter().any(|kind| kind.matched.is_empty()));
/// ```
///
/// # Errors
/// If it takes more than `limit` states to find out.
pub fn origins(patterns: &[(usize, Pattern<'_>)], limit: usize) -> Result<Vec<Kind>, TooMany> {
    origins::kinds(patterns, &mut Budget::new(limit))
}

/// Labels, or origins, that nothing tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The owners of what matches them, sorted.
    pub matched: Vec<usize>,
    /// One of them. A label is a shortest one, and the empty one only if there is no other.
    pub witness: String,
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
