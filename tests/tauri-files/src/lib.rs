//! Tauri's capability and permission files, decided on by Tauri's own resolution and by this project's: where the two do
//! not agree, it is one of the differences that are listed, each with its reason and its test.
#![expect(clippy::panic, reason = "what is wrong here is wrong with the test that asks")]

pub mod callers;
pub mod compare;
pub mod corpus;
pub mod differences;
pub mod ours;
pub mod snapshot;
pub mod theirs;
pub mod translate;
pub mod tree;
pub mod unchanged;
pub mod world;
