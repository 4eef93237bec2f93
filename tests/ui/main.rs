//! What must not compile, and what the compiler says then: one folder a case, with capability files of its own.
//!
//! `macro/` holds errors that our macros make, which are the same on every toolchain; `rustc/` those that rustc makes,
//! whose wording belongs to the toolchain that `rust-toolchain.toml` pins.
//! After a wanted change: `TRYBUILD=overwrite cargo test -p portcullis-tests --test ui`, then read every message as a
//! stranger would.

#[test]
fn errors_that_the_macros_make() {
    trybuild::TestCases::new().compile_fail("ui/macro/*/case.rs");
}

#[test]
fn errors_that_rustc_makes() {
    trybuild::TestCases::new().compile_fail("ui/rustc/*/case.rs");
}
