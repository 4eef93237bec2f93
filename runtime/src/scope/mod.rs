// What people read of this module is in `docs/scopes.md`. Here is the way from the data that the macros write (`value`,
// `shape`, `entry`) to a decision (`enforce`, `matches`). Which grants are in force is decided in `in_force`, and no file
// format is known here.

mod audit;
mod enforce;
pub(crate) mod entry;
pub(crate) mod erased;
mod fold;
mod machine;
mod matches;
#[cfg(feature = "path")]
mod path;
#[cfg(feature = "pattern")]
mod pattern;
pub(crate) mod shape;
mod text;
#[cfg(feature = "url")]
mod url;
pub(crate) mod value;

#[cfg(feature = "url")]
pub use self::url::{AdmittedUrl, Redirects, UrlEntry, UrlInput, UrlPattern, UrlRules, UrlScope};
pub use audit::Auditor;
pub use enforce::{Admission, Enforce, Entries, Grants, Part, Refusal, Untrusted, Unusable, Verdict};
pub use entry::{EntryError, Scope};
pub use machine::Machine;
pub use matches::{Exact, Folded, FoldedText, Matches, Number};
#[cfg(feature = "pattern")]
pub use pattern::Pattern;
pub use portcullis_macros::Scope;
pub use text::Glob;

pub(crate) use erased::{Erased, entries, grants, part};
#[cfg(feature = "path")]
pub(crate) use path::Folders;
#[cfg(feature = "path")]
pub use path::{
    Access, Item, Kind, Listing, Located, Metadata, NoBase, PathEntry, PathError, PathInput, PathRules,
    PathScope, Read, ReadFile, Walk, Why, Write, WriteFile,
};
pub(crate) use value::{Allow, Forms, Key, Narrowing, Node, Value};
