//! Clients: which commands are in whose, what they look like, what keeps one from being written.

#![allow(
    clippy::needless_pass_by_value,
    clippy::unwrap_used,
    clippy::unnecessary_wraps,
    clippy::unused_async,
    missing_docs,
    dead_code
)]

mod data;
mod errors;
mod files;
mod inline;
mod integers;
mod program;
mod providers;
mod windows;
