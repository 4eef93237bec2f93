//! Portcullis over real TCP, with requests written by hand, so that they can lie.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops on what it does not expect"
)]

mod bytes;
mod calls;
mod client;
mod faults;
mod limits;
mod line;
mod line_hostile;
mod line_upgrade;
mod orders;
mod origins;
mod page;
mod pages;
mod program;
mod raw;
mod refusals;
mod serving;
mod sessions;
mod stopping;
mod streams;
mod swaps;
mod work;
