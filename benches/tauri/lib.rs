//! The same few commands twice: under Tauri's own macro, and behind a gate. And a page for both, which sends real messages on
//! Tauri's mock runtime.

#![forbid(unsafe_code)]

pub mod bare;
pub mod case;
pub mod guarded;
pub mod old;
pub mod page;
