//! Data that a command takes by reference: the call holds it, and borrows from the message where it can.

use std::{borrow::Cow, collections::BTreeMap, path::Path};

use portcullis::prelude::*;
use serde::Deserialize;

#[portcullis::command(public("a test"))]
fn shout(text: &str) -> String {
    text.to_uppercase()
}

#[portcullis::command(public("a test"))]
async fn shout_later(text: &str, suffix: Option<&str>) -> String {
    std::future::ready(()).await;
    text.to_uppercase() + suffix.unwrap_or("!")
}

#[portcullis::command(public("a test"))]
fn maybe(text: Option<&str>) -> String {
    format!("{text:?}")
}

#[portcullis::command(public("a test"))]
#[allow(clippy::needless_lifetimes, reason = "that they are written is what is tested")]
fn echo<'a>(text: &'a str, other: Option<&'a str>) -> &'a str {
    other.unwrap_or(text)
}

#[portcullis::command(public("a test"))]
async fn echo_later<'a, 'b: 'a>(text: &'a str, other: Cow<'b, str>) -> (&'a str, Cow<'b, str>) {
    std::future::ready(()).await;
    (text, other)
}

#[portcullis::command(public("a test"))]
fn clone_on_write(text: Cow<'_, str>) -> Cow<'_, str> {
    text
}

#[portcullis::command(public("a test"))]
fn paths(file: &Path, other: Option<&Path>) -> String {
    let other = other.map_or("none".into(), Path::to_string_lossy);
    format!("{} {other}", file.display())
}

#[portcullis::command(public("a test"))]
fn lists(numbers: &[u32], words: &[String], more: Option<&[u8]>) -> String {
    format!("{numbers:?} {words:?} {more:?}")
}

#[portcullis::command(public("a test"))]
#[allow(clippy::ptr_arg, clippy::trivially_copy_pass_by_ref, reason = "what people write")]
fn owned(number: &u8, text: &String, map: &BTreeMap<String, u8>) -> String {
    format!("{number} {text} {map:?}")
}

#[derive(Debug, Deserialize)]
struct Point<'a> {
    x: f64,
    #[serde(borrow)]
    label: Cow<'a, str>,
}

#[portcullis::command(public("a test"))]
fn borrowing(point: Point<'_>) -> String {
    let kept = matches!(point.label, Cow::Borrowed(_));
    format!("{} at {}, borrowed: {kept}", point.label, point.x)
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [shout, shout_later, maybe, echo, echo_later, clone_on_write, paths, lists, owned, borrowing],
    windows: ["main"],
};

fn answer(command: &str, arguments: &str) -> String {
    super::both_ways::answer(&AUTHORITY, command, arguments)
}

#[test]
fn text_may_be_taken_by_reference() {
    assert_eq!(answer("shout", r#"{"text":"abc"}"#), "ok \"ABC\"");
}

#[test]
fn text_with_escapes_may_be_taken_by_reference() {
    assert_eq!(answer("shout", r#"{"text":"a\"b\u00e9\ud83d\ude00"}"#), "ok \"A\\\"BÉ😀\"");
}

#[test]
fn an_asynchronous_command_keeps_what_it_refers_to() {
    assert_eq!(answer("shout_later", r#"{"text":"a\n","suffix":"\u003f"}"#), r#"ok "A\n?""#);
}

#[test]
fn text_that_may_be_missing_may_be_taken_by_reference() {
    assert_eq!(answer("maybe", "{}"), r#"ok "None""#);
    assert_eq!(answer("maybe", r#"{"text":null}"#), r#"ok "None""#);
    assert_eq!(answer("maybe", r#"{"text":"a"}"#), r#"ok "Some(\"a\")""#);
    assert_eq!(answer("maybe", r#"{"text":"\u0061\t"}"#), r#"ok "Some(\"a\\t\")""#);
}

#[test]
fn text_that_is_missing_is_told() {
    assert_eq!(answer("shout", "{}"), "invalid: missing argument `text` of command `shout`");
    assert_eq!(
        answer("shout", r#"{"text":1}"#),
        "invalid: argument `text` of command `shout`: invalid type: integer `1`, expected a string"
    );
}

#[test]
fn lifetimes_may_be_written_out() {
    assert_eq!(answer("echo", r#"{"text":"a"}"#), r#"ok "a""#);
    assert_eq!(answer("echo", r#"{"text":"a","other":"b\n"}"#), r#"ok "b\n""#);
    assert_eq!(answer("echo_later", r#"{"text":"a\n","other":"b"}"#), r#"ok ["a\n","b"]"#);
}

#[test]
fn text_may_be_taken_as_a_cow() {
    assert_eq!(answer("clone_on_write", r#"{"text":"a\n"}"#), r#"ok "a\n""#);
}

#[test]
fn paths_may_be_taken_by_reference() {
    assert_eq!(answer("paths", r#"{"file":"a/\u0062"}"#), r#"ok "a/b none""#);
    assert_eq!(answer("paths", r#"{"file":"a","other":"b"}"#), r#"ok "a b""#);
}

#[test]
fn lists_may_be_taken_by_reference() {
    assert_eq!(answer("lists", r#"{"numbers":[1,2],"words":["a"]}"#), r#"ok "[1, 2] [\"a\"] None""#);
    assert_eq!(answer("lists", r#"{"numbers":[],"words":[],"more":[3]}"#), r#"ok "[] [] Some([3])""#);
}

#[test]
fn anything_that_deserializes_may_be_taken_by_reference() {
    assert_eq!(answer("owned", r#"{"number":1,"text":"t","map":{"k":2}}"#), r#"ok "1 t {\"k\": 2}""#);
}

#[test]
fn data_may_borrow_from_the_message() {
    assert_eq!(answer("borrowing", r#"{"point":{"x":1.5,"label":"p"}}"#), r#"ok "p at 1.5, borrowed: true""#);
    assert_eq!(
        answer("borrowing", r#"{"point":{"x":1.5,"label":"\u0070"}}"#),
        r#"ok "p at 1.5, borrowed: false""#
    );
}
