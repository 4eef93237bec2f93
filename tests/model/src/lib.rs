//! The reference model: the whole decision once more, as a naive program, written from the words of the design alone and
//! compared with the real code.
//!
//! - [`world`] is what there is to decide about, and [`file`](mod@file) writes it as capability files;
//! - [`model`] decides, [`dead`] says what the build has to refuse, [`callers`] are all who can call;
//! - [`real`] takes the same world through the real code, and [`compare`](mod@compare) holds the two against each other;
//! - [`source`] writes a world as Rust, and [`compiled`] says which of them the real macros get to see;
//! - [`random`] makes worlds of bytes, [`exhaustive`] every small one, and [`smaller`] makes one with a difference small.
//!
//! `cargo run --release -p portcullis-tests-model -- 1000000` compares a million random worlds.

pub mod callers;
pub mod columns;
pub mod compare;
pub mod compiled;
pub mod dead;
pub mod exhaustive;
pub mod file;
pub mod mend;
pub mod model;
pub mod mutant;
pub mod names;
pub mod random;
pub mod real;
pub mod run;
pub mod smaller;
pub mod source;
pub mod world;

pub use compare::{Counts, Difference, compare, fuzz};
pub use model::{Model, Mutant};
pub use world::World;
