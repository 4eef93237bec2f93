//! Files and folders as a scope: entries and base folders (`entry`, `folders`), admission by the form of a name (`scope`,
//! with `find`, `place` and `rules`), and then handles beneath a root, decided on by their real names (`located` and what
//! it stands on).

mod entry;
mod error;
mod file;
#[cfg(any(target_os = "linux", target_os = "android"))]
mod filesystem;
mod find;
mod folders;
mod list;
mod located;
mod name;
mod open;
mod place;
mod read;
mod root;
mod rules;
mod scope;
#[cfg(all(test, unix))]
mod tests;
mod write;

pub use entry::PathEntry;
pub use error::{PathError, Why};
pub use file::{Kind, Metadata, ReadFile, WriteFile};
pub use folders::NoBase;
pub(crate) use folders::{Bases, Folders};
pub use list::{Item, Listing, Walk};
pub use located::{Access, Located, Read, Write};
pub use rules::PathRules;
pub use scope::{PathInput, PathScope};
