//! Faults: code of the program's that panics, wherever it is called; what it has poisoned; what comes in the wrong order; and
//! what asks for much. After each, the call has its answer, the host has been told once, and everybody else is served.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it says, and these panic on purpose"
)]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unused_async,
    clippy::unnecessary_wraps,
    reason = "a command has the signature that a test is about"
)]

mod audit;
mod faulty;
mod orders;
mod panics;
mod poisoned;
mod pressure;
mod runtimes;
