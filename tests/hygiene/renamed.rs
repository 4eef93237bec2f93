//! Generated code finds the crate under whatever name a program has for it.

#![allow(clippy::expect_used, reason = "a test stops where something is not as it says")]

use portcullis::{Gate, Principal};
use portcullis_tests::{call, line};

#[test]
fn a_program_that_renames_the_crate_is_guarded() {
    let gate = Gate::new(&portcullis_tests_renamed::AUTHORITY).state(7_u8).build();
    let session = gate.expect("the gate has what it needs").session(Principal::window("main"));
    assert_eq!(
        line(&call(&session, "read", r#"{"name":"a"}"#)),
        r#"ok "a 7 Granted(notes:read for window `main`, local, main frame)""#
    );
    assert_eq!(line(&call(&session, "later:read_later", r#"{"name":"a"}"#)), r#"error "a""#);
}
