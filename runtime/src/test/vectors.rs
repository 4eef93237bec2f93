//! Vectors: inputs that somebody has tried, or would try, and what must become of each of them. They are data, and can be
//! run over the scope of any permission; which one that is, is for a test to say.
//!
//! ```
//! use portcullis::{prelude::*, scope::{Exact, Folded, Matches}, test::vectors};
//! use serde_json::json;
//!
//! /// A printer, by its name.
//! #[derive(Scope)]
//! pub struct Printer {
//!     name: String,
//! }
//!
//! /// What a page asks for.
//! #[derive(serde::Deserialize)]
//! pub struct Job {
//!     printer: String,
//! }
//!
//! impl Matches for Printer {
//!     type Input = Job;
//!     fn allows(&self, job: Exact<'_, Job>) -> bool {
//!         job.printer == self.name
//!     }
//!     fn denies(&self, job: Folded<'_, Job>) -> bool {
//!         job.text(|job| &job.printer).is(&self.name)
//!     }
//! }
//!
//! /// Print.
//! #[derive(Permission)]
//! #[permission(id = "office:print", scope = Printer)]
//! pub struct Print;
//!
//! // Those that every scope of texts has to stand, in the form of this one's entries and inputs.
//! vectors::Vectors::read(vectors::TEXT)
//!     .entries(|name| json!({ "name": name }))
//!     .inputs(|name| json!({ "printer": name }))
//!     .run::<Print>(|scope| scope);
//!
//! // And some of its own.
//! let own = r#"[{
//!     "id": "a printer is meant by its whole name",
//!     "allow": [{ "name": "laser" }],
//!     "input": { "printer": "laser-2" },
//!     "expect": "refuse",
//!     "why": "what begins alike is another printer"
//! }]"#;
//! assert_eq!(vectors::run::<Print>(own, |scope| scope).run, 1);
//! ```
//!
//! The files are lists of objects with these keys:
//!
//! | key | |
//! |---|---|
//! | `id` | a name of its own; those of an attack begin with the id of the attack |
//! | `platform` | `"any"`, which is also what it is without this key, `"unix"`, `"linux"`, `"macos"` or `"windows"` |
//! | `allow` | entries, or `"all"` |
//! | `deny` | entries; it may be left out |
//! | `input` | what a caller sends |
//! | `repeat` | how often the text of `input` stands there, if more than once |
//! | `expect` | `"admit"`, `"refuse"`, `"malformed"` (no scope would admit it) or `"bad_entry"` (an entry is refused) |
//! | `why` | what there is to get wrong |

mod read;
mod run;

use std::fmt;

use serde_json::Value;

pub use run::{Counts, run};

/// Paths, for scopes with entries as those of `PathScope`. They begin with the base folder `$R`, which must be given.
pub const PATHS: &str = include_str!("../../vectors/paths.json");

/// Names, for scopes that compare whole texts: entries and inputs are strings, and no entry has a `*` or a `?` in it.
pub const TEXT: &str = include_str!("../../vectors/text.json");

/// Globs, for scopes whose entries are [`Glob`](crate::scope::Glob)s. Inputs are strings.
pub const GLOBS: &str = include_str!("../../vectors/globs.json");

/// Regular expressions, for scopes whose entries are `scope::Pattern`s (feature `pattern`). Inputs are strings.
pub const PATTERNS: &str = include_str!("../../vectors/patterns.json");

/// Addresses, for scopes with entries as those of `UrlScope` (feature `url`).
pub const URLS: &str = include_str!("../../vectors/urls.json");

/// Vectors that have been read.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Vectors(Vec<Vector>);

/// An input under some entries, and what must become of it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Vector {
    /// Its name. No two in a file have the same.
    pub id: String,
    /// Where it holds.
    pub platform: On,
    /// What is allowed.
    pub allow: Entries,
    /// What is denied.
    pub deny: Vec<Value>,
    /// What a caller sends.
    pub input: Value,
    /// What must become of it.
    pub expect: Outcome,
    /// What there is to get wrong.
    pub why: String,
}

/// Where a vector holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum On {
    /// On every platform.
    Any,
    /// On those that are a Unix.
    Unix,
    /// On Linux.
    Linux,
    /// On macOS.
    Macos,
    /// On Windows.
    Windows,
}

/// What a vector allows.
#[derive(Clone, Debug, PartialEq)]
pub enum Entries {
    /// Everything.
    All,
    /// What one of these matches.
    Only(Vec<Value>),
}

/// What becomes of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It is admitted.
    Admit,
    /// It is refused, since no entry allows it or one denies it.
    Refuse,
    /// It is refused, since it is nothing that any entry could allow.
    Malformed,
    /// An entry is refused, whatever the input.
    BadEntry,
}

impl Vectors {
    /// Reads vectors.
    ///
    /// # Panics
    ///
    /// If the text is no list of vectors, if a key is unknown, or if two have the same id: the test is wrong then.
    #[expect(clippy::panic, reason = "a test that is wrong must not pass")]
    pub fn read(json: &str) -> Self {
        match read::all(json) {
            Ok(vectors) => Self(vectors),
            Err(why) => panic!("these are no vectors: {why}"),
        }
    }

    /// Gives each entry another form: the one that the entries of another scope have.
    pub fn entries(mut self, form: impl Fn(Value) -> Value) -> Self {
        for vector in &mut self.0 {
            if let Entries::Only(entries) = &mut vector.allow {
                *entries = std::mem::take(entries).into_iter().map(&form).collect();
            }
            vector.deny = std::mem::take(&mut vector.deny).into_iter().map(&form).collect();
        }
        self
    }

    /// Gives each input another form.
    pub fn inputs(mut self, form: impl Fn(Value) -> Value) -> Self {
        for vector in &mut self.0 {
            vector.input = form(std::mem::take(&mut vector.input));
        }
        self
    }

    /// Leaves out those that another scope is not meant to stand, since it does not promise what they are about.
    pub fn without(mut self, is_left_out: impl Fn(&Vector) -> bool) -> Self {
        self.0.retain(|vector| !is_left_out(vector));
        self
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Vector> {
        self.0.iter()
    }
}

impl fmt::Display for On {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Any => "any",
            Self::Unix => "unix",
            Self::Linux => "linux",
            Self::Macos => "macos",
            Self::Windows => "windows",
        })
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Admit => "admit",
            Self::Refuse => "refuse",
            Self::Malformed => "malformed",
            Self::BadEntry => "bad_entry",
        })
    }
}
