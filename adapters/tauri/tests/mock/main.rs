//! The adapter on Tauri's mock runtime: real messages through `on_message`, real `generate_handler!` beside the gate.

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
mod work;
