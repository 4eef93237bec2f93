//! The forms that the function of a command may have: what it is called, where it stands, what it returns, which
//! attributes it carries.

use portcullis::prelude::*;
use portcullis_tests::{call, line};
use serde::Serialize;

#[derive(Serialize)]
struct Oops {
    why: &'static str,
}

type Answer<T> = Result<T, Oops>;

#[portcullis::command(public("a test"))]
fn half(number: u32) -> Answer<u32> {
    if number.is_multiple_of(2) { Ok(number / 2) } else { Err(Oops { why: "odd" }) }
}

#[portcullis::command(public("a test"))]
async fn half_later(number: u32) -> Answer<u32> {
    std::future::ready(()).await;
    half(number)
}

#[portcullis::command(public("a test"))]
fn nested() -> Result<Result<u8, String>, String> {
    Ok(Err("inner".to_owned()))
}

#[portcullis::command(public("a test"))]
fn nothing() {}

#[portcullis::command(public("a test"))]
fn fails_with_nothing() -> Result<(), ()> {
    Err(())
}

#[portcullis::command(public("a test"))]
fn note(note: String) -> String {
    note
}

#[portcullis::command(public("a test"))]
fn call_it(call: u8) -> u8 {
    call
}

#[portcullis::command(public("a test"))]
async fn run(call: u8, run: u8, slot: u8, body: u8) -> u8 {
    call + run + slot + body
}

#[portcullis::command(public("a test"), rename_all = "snake_case")]
#[allow(clippy::used_underscore_binding, reason = "the names are what is tested")]
fn calls(r#call: u8, call_on_: u8, __gate: u8) -> u8 {
    call + call_on_ + __gate
}

#[portcullis::command(public("a test"))]
fn changes(mut number: u8) -> u8 {
    number += 1;
    number
}

/// A command with everything on it.
///
/// In two paragraphs.
#[portcullis::command(public("a test"))]
#[allow(non_snake_case)]
#[must_use]
#[inline]
fn Documented() -> u8 {
    1
}

#[portcullis::command(public("a test"))]
#[deprecated = "call the other one"]
fn old() -> u8 {
    2
}

#[portcullis::command(public("a test"))]
#[expect(clippy::inherent_to_string, reason = "an attribute that must stay on the function")]
#[allow(unfulfilled_lint_expectations)]
const fn constant() -> u8 {
    3
}

mod inner {
    pub(crate) mod deep {
        #[portcullis::command(public("a test"))]
        pub(in crate::arguments) fn of_a_module() -> &'static str {
            "of a module"
        }
    }

    #[portcullis::command(public("a test"))]
    pub(super) fn of_the_parent() -> &'static str {
        "of the parent"
    }

    pub(super) use deep::of_a_module as reexported;
}

macro_rules! getter {
    ($(#[$attribute:meta])* $visibility:vis $name:ident($argument:ident: $type:ty) -> $result:ty) => {
        $(#[$attribute])*
        #[portcullis::command(public("a test"))]
        $visibility fn $name($argument: $type) -> $result {
            $argument.into()
        }
    };
}

getter!(pub(crate) made_of_text(text: &str) -> String);
getter!(
    /// With a comment of its own.
    made_of_a_number(number: u8) -> u64
);

macro_rules! fixed {
    ($name:ident, $type:ty) => {
        #[portcullis::command(public("a test"))]
        fn $name(first: $type, second: Vec<$type>) -> usize {
            let _ = first;
            second.len()
        }
    };
}

fixed!(made_whole, u8);

macro_rules! optional {
    ($name:ident, $type:ty) => {
        #[portcullis::command(public("a test"))]
        fn $name(text: Option<$type>) -> String {
            format!("{text:?}")
        }
    };
}

optional!(made_optional, &str);

static AUTHORITY: Authority = portcullis::authority! {
    commands: [
        half, half_later, nested, nothing, fails_with_nothing, note, call_it, run, calls, changes, Documented, old,
        constant, inner::deep::of_a_module, inner::of_the_parent, made_of_text, made_of_a_number, made_whole,
        made_optional,
    ],
    windows: ["main"],
};

fn answer(command: &str, arguments: &str) -> String {
    super::both_ways::answer(&AUTHORITY, command, arguments)
}

#[test]
fn a_result_is_told_by_its_type_and_not_by_its_name() {
    assert_eq!(answer("half", r#"{"number":4}"#), "ok 2");
    assert_eq!(answer("half", r#"{"number":3}"#), r#"error {"why":"odd"}"#);
    assert_eq!(answer("half_later", r#"{"number":3}"#), r#"error {"why":"odd"}"#);
}

#[test]
fn only_the_outer_result_is_the_reply() {
    assert_eq!(answer("nested", ""), r#"ok {"Err":"inner"}"#);
}

#[test]
fn nothing_is_null() {
    assert_eq!(answer("nothing", ""), "ok null");
    assert_eq!(answer("fails_with_nothing", ""), "error null");
}

#[test]
fn a_command_and_its_argument_may_have_one_name() {
    assert_eq!(answer("note", r#"{"note":"x"}"#), "ok \"x\"");
}

#[test]
fn arguments_may_have_the_names_of_what_is_generated() {
    assert_eq!(answer("call_it", r#"{"call":1}"#), "ok 1");
    assert_eq!(answer("run", r#"{"call":1,"run":2,"slot":3,"body":4}"#), "ok 10");
    assert_eq!(answer("calls", r#"{"call":1,"call_on":2,"gate":3}"#), "ok 6");
}

#[test]
fn an_argument_may_be_mutable() {
    assert_eq!(answer("changes", r#"{"number":1}"#), "ok 2");
}

#[test]
fn attributes_stay_on_the_function() {
    assert_eq!(answer("Documented", ""), "ok 1");
    assert_eq!(answer("constant", ""), "ok 3");
}

#[test]
fn a_deprecated_command_is_listed_and_called_without_a_warning() {
    assert_eq!(answer("old", ""), "ok 2");
}

#[test]
fn a_command_may_be_seen_from_as_far_as_it_says() {
    assert_eq!(answer("of_a_module", ""), "ok \"of a module\"");
    assert_eq!(answer("of_the_parent", ""), "ok \"of the parent\"");
}

#[test]
fn a_command_may_be_listed_by_the_name_of_a_reexport() {
    static AUTHORITY: Authority = portcullis::authority! {
        commands: [inner::reexported],
        windows: ["main"],
    };
    assert_eq!(crate::answer(&AUTHORITY, "of_a_module", ""), "ok \"of a module\"");
    assert_eq!(crate::answer(&AUTHORITY, "reexported", ""), "denied");
}

#[test]
fn a_macro_may_make_commands() {
    assert_eq!(answer("made_of_text", r#"{"text":"\u0061"}"#), "ok \"a\"");
    assert_eq!(answer("made_of_a_number", r#"{"number":1}"#), "ok 1");
    assert_eq!(answer("made_whole", r#"{"first":1,"second":[2,3]}"#), "ok 2");
    assert_eq!(answer("made_optional", r#"{"text":"\u0061"}"#), r#"ok "Some(\"a\")""#);
}

#[test]
fn a_function_may_hold_commands_and_their_authority() {
    #[portcullis::command(public("a test"))]
    fn local(text: &str) -> usize {
        text.len()
    }
    static AUTHORITY: Authority = portcullis::authority! {
        commands: [local],
        windows: ["main"],
    };
    let session = crate::open(&AUTHORITY, Principal::window("main"));
    assert_eq!(line(&call(&session, "local", r#"{"text":"abc"}"#)), "ok 3");
}

#[test]
fn a_command_may_be_in_several_authorities() {
    static AUTHORITY: Authority = portcullis::authority! {
        commands: [half],
        windows: ["main"],
    };
    assert_eq!(crate::answer(&AUTHORITY, "half", r#"{"number":4}"#), "ok 2");
    assert_eq!(crate::answer(&AUTHORITY, "nothing", ""), "denied");
}
