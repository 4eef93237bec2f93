//! The adapter on Tauri's mock runtime: real messages through `on_message`, real `generate_handler!` beside the gate.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops on what it does not expect"
)]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    clippy::unused_async,
    reason = "commands are as they are called"
)]

mod arguments;
mod beside;
mod callers;
mod deadlock;
mod documents;
mod events;
mod host;
mod limits;
mod names;
mod page;
mod panics;
mod protocol;
mod remote;
mod results;
mod scopes;
mod state;
mod streams;
mod swaps;
mod work;
