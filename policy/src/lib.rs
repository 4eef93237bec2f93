//! The policy language of Portcullis: what an id, a label glob and an origin are, and what stands in capability files.
//!
//! Without the feature `files` this crate has no dependency, and is what the runtime and the macros share: one meaning
//! of a label glob, of an origin pattern, of a hash, and of which callers there can be ([`world`]). With it, it also reads
//! capability files ([`files`]), puts them together ([`resolve`]) and compares them with what a program declares. It knows no command, no permission type and no scope type.
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

#[cfg(feature = "files")]
pub mod files;
pub mod form;
#[cfg(feature = "files")]
pub mod forms;
pub mod hash;
pub mod id;
pub mod label;
pub mod origin;
pub mod path;
#[cfg(feature = "patterns")]
pub mod pattern;
pub mod platform;
#[cfg(feature = "files")]
pub mod resolve;
#[cfg(feature = "files")]
pub mod suggest;
pub mod url;
pub mod world;
mod wrong;

pub use wrong::PatternError;
