//! What `authority!` does in const evaluation: tables, and the assertions over them.
//! Plain `const fn`s, so that the same code is unit-tested at run time. Nothing here runs when a command is called.

pub mod checks;
pub(crate) mod entries;
pub(crate) mod sets;
pub(crate) mod sort;
pub(crate) mod suggest;
pub(crate) mod tables;
pub(crate) mod text;
