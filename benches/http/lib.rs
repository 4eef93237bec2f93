//! The same few things twice: as commands behind a gate, and as bare axum handlers that check nothing. And a client for
//! both, which is the same for both.

#![forbid(unsafe_code)]

pub mod bare;
pub mod client;
pub mod guarded;
pub mod source;
