//! The adapter on Tauri's mock runtime: real messages through `on_message`, real `generate_handler!` beside the gate.

mod host;
mod page;
