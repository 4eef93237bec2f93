//! Data from the caller's message: which name is which argument, and what is there when nothing is sent.

use portcullis::prelude::*;
use serde::Deserialize;
use serde_json::Value;

#[portcullis::command(public("a test"))]
fn subtract(a: i64, b: i64) -> i64 {
    a - b
}

#[portcullis::command(public("a test"))]
async fn subtract_later(a: i64, b: i64) -> i64 {
    std::future::ready(()).await;
    a - b
}

#[portcullis::command(public("a test"))]
#[allow(clippy::used_underscore_binding, reason = "the name is what is tested")]
fn camel(the_first_name: &str, _second: u8, r#type: u8, x2_y: u8) -> String {
    format!("{the_first_name} {_second} {type} {x2_y}", r#type = r#type)
}

#[portcullis::command(public("a test"), rename_all = "snake_case")]
fn snake(the_first_name: &str, r#type: u8) -> String {
    format!("{the_first_name} {type}", r#type = r#type)
}

#[portcullis::command(public("a test"), name = "other-name.v2")]
fn renamed() {}

#[portcullis::command(public("a test"))]
fn r#match() {}

#[portcullis::command(public("a test"))]
fn maybe(value: Option<u8>) -> String {
    format!("{value:?}")
}

/// Not an `Option`, but read as one.
#[derive(Deserialize)]
#[serde(transparent)]
struct Perhaps(Option<u8>);

#[portcullis::command(public("a test"))]
fn perhaps(value: Perhaps) -> String {
    format!("{:?}", value.0)
}

#[portcullis::command(public("a test"))]
fn unit(value: ()) -> &'static str {
    let () = value;
    "unit"
}

#[portcullis::command(public("a test"))]
fn nothing() {}

#[portcullis::command(public("a test"))]
fn any(value: Value) -> Value {
    value
}

#[portcullis::command(public("a test"))]
fn tuple(pair: (u8, String), rest: [i8; 2]) -> String {
    format!("{pair:?} {rest:?}")
}

#[portcullis::command(public("a test"))]
fn extremes(small: i64, large: u64, huge: u128, real: f64) -> String {
    format!("{small} {large} {huge} {real}")
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [
        subtract, subtract_later, camel, snake, renamed, r#match, maybe, perhaps, unit, nothing, any, tuple, extremes,
    ],
    windows: ["main"],
};

fn answer(command: &str, arguments: &str) -> String {
    super::both_ways::answer(&AUTHORITY, command, arguments)
}

#[test]
fn data_is_taken_by_name() {
    assert_eq!(answer("subtract", r#"{"a":3,"b":1}"#), "ok 2");
}

#[test]
fn an_asynchronous_command_takes_the_same() {
    assert_eq!(answer("subtract_later", r#"{"a":3,"b":1}"#), "ok 2");
}

#[test]
fn the_order_does_not_matter() {
    assert_eq!(answer("subtract", r#"{"b":1,"a":3}"#), "ok 2");
}

#[test]
fn white_space_does_not_matter() {
    assert_eq!(answer("subtract", "\n\t { \"a\" : 3 \r\n, \"b\" : 1 } \n"), "ok 2");
}

#[test]
fn names_are_in_camel_case_on_the_wire() {
    assert_eq!(answer("camel", r#"{"theFirstName":"n","second":1,"type":2,"x2Y":3}"#), "ok \"n 1 2 3\"");
}

#[test]
fn rename_all_can_leave_names_as_they_are() {
    assert_eq!(answer("snake", r#"{"the_first_name":"n","type":2}"#), "ok \"n 2\"");
}

#[test]
fn escapes_in_a_name_are_what_they_spell() {
    assert_eq!(answer("subtract", r#"{"\u0061":3,"\u0062":1}"#), "ok 2");
}

#[test]
fn a_command_may_have_another_name_on_the_wire() {
    assert_eq!(answer("other-name.v2", ""), "ok null");
    assert_eq!(answer("renamed", ""), "denied");
}

#[test]
fn a_raw_identifier_is_called_without_its_mark() {
    assert_eq!(answer("match", ""), "ok null");
    assert_eq!(answer("r#match", ""), "denied");
}

#[test]
fn no_bytes_are_no_arguments() {
    assert_eq!(answer("nothing", ""), "ok null");
    assert_eq!(answer("nothing", " \n"), "ok null");
    assert_eq!(answer("nothing", " { } "), "ok null");
}

#[test]
fn an_option_that_is_not_sent_is_none() {
    assert_eq!(answer("maybe", "{}"), "ok \"None\"");
    assert_eq!(answer("maybe", ""), "ok \"None\"");
}

#[test]
fn an_option_that_is_null_is_none() {
    assert_eq!(answer("maybe", r#"{"value":null}"#), "ok \"None\"");
}

#[test]
fn an_option_that_is_sent_is_some() {
    assert_eq!(answer("maybe", r#"{"value":7}"#), "ok \"Some(7)\"");
}

#[test]
fn what_is_read_as_an_option_may_be_left_out_as_well() {
    assert_eq!(answer("perhaps", "{}"), "ok \"None\"");
}

#[test]
fn only_what_is_read_as_an_option_may_be_left_out() {
    assert_eq!(answer("unit", "{}"), "invalid: missing argument `value` of command `unit`");
    assert_eq!(answer("any", "{}"), "invalid: missing argument `value` of command `any`");
    assert_eq!(answer("unit", r#"{"value":null}"#), "ok \"unit\"");
}

#[test]
fn any_json_may_be_taken_as_it_is() {
    assert_eq!(answer("any", r#"{"value":{"a":[1,null,"}"]}}"#), r#"ok {"a":[1,null,"}"]}"#);
}

#[test]
fn tuples_and_arrays_are_lists() {
    assert_eq!(answer("tuple", r#"{"pair":[1,"x"],"rest":[-1,2]}"#), r#"ok "(1, \"x\") [-1, 2]""#);
}

#[test]
fn numbers_reach_a_command_whole() {
    let sent = r#"{"small":-9223372036854775808,"large":18446744073709551615,
        "huge":340282366920938463463374607431768211455,"real":1e-7}"#;
    assert_eq!(
        answer("extremes", sent),
        r#"ok "-9223372036854775808 18446744073709551615 340282366920938463463374607431768211455 0.0000001""#
    );
}
