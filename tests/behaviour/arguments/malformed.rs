//! Messages that are not what a command takes: each is answered with `invalid`, and with what is wrong.

use portcullis::prelude::*;
use serde_json::Value;

use super::both_ways;

#[portcullis::command(public("a test"))]
fn add(a: i64, b: u8) -> i64 {
    a + i64::from(b)
}

#[portcullis::command(public("a test"))]
fn any(value: Value) -> Value {
    value
}

#[portcullis::command(public("a test"))]
fn text(the_text: &str) -> String {
    the_text.to_owned()
}

#[portcullis::command(public("a test"))]
fn maybe(value: Option<u8>) -> String {
    format!("{value:?}")
}

#[portcullis::command(public("a test"))]
fn nothing() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [add, any, text, maybe, nothing],
    windows: ["main"],
};

fn answer(command: &str, arguments: impl AsRef<[u8]>) -> String {
    let session = crate::open(&AUTHORITY, Principal::window("main"));
    both_ways::invoke(&session, command, arguments.as_ref())
}

#[test]
fn an_unknown_argument_is_told_the_known_ones() {
    assert_eq!(
        answer("add", r#"{"a":1,"b":2,"c":3}"#),
        "invalid: unknown argument `c`: command `add` takes `a`, `b`"
    );
}

#[test]
fn a_command_without_arguments_says_so() {
    assert_eq!(
        answer("nothing", r#"{"c":3}"#),
        "invalid: unknown argument `c`: command `nothing` takes none"
    );
}

#[test]
fn names_differ_in_case() {
    assert_eq!(
        answer("text", r#"{"thetext":""}"#),
        "invalid: unknown argument `thetext`: command `text` takes `theText`"
    );
    assert_eq!(
        answer("text", r#"{"the_text":""}"#),
        "invalid: unknown argument `the_text`: command `text` takes `theText`"
    );
}

#[test]
fn a_missing_argument_is_named() {
    assert_eq!(answer("add", r#"{"a":1}"#), "invalid: missing argument `b` of command `add`");
}

#[test]
fn all_missing_arguments_are_named() {
    assert_eq!(answer("add", "{}"), "invalid: missing arguments `a`, `b` of command `add`");
}

#[test]
fn an_argument_of_another_type_is_named() {
    assert_eq!(
        answer("add", r#"{"a":1,"b":"x"}"#),
        "invalid: argument `b` of command `add`: invalid type: string \"x\", expected u8"
    );
}

#[test]
fn an_argument_that_is_no_option_cannot_be_null() {
    assert_eq!(
        answer("add", r#"{"a":1,"b":null}"#),
        "invalid: argument `b` of command `add`: invalid type: null, expected u8"
    );
}

#[test]
fn a_number_out_of_range_is_refused_and_not_cut() {
    for (number, shown) in [
        ("256", "integer `256`"),
        ("-1", "integer `-1`"),
        ("1e400", "number out of range"),
        ("1.5", "floating point `1.5`"),
    ] {
        let answer = answer("add", format!(r#"{{"a":1,"b":{number}}}"#));
        assert!(answer.starts_with("invalid: argument `b` of command `add`: "), "{answer}");
        assert!(answer.contains(shown), "{answer}");
    }
}

#[test]
fn an_argument_that_is_sent_twice_is_refused() {
    assert_eq!(
        answer("add", r#"{"a":1,"a":1,"b":2}"#),
        "invalid: argument `a` of command `add` is given twice"
    );
}

#[test]
fn an_argument_that_is_sent_twice_in_other_letters_is_refused() {
    assert_eq!(
        answer("add", r#"{"a":1,"b":2,"\u0061":1}"#),
        "invalid: argument `a` of command `add` is given twice"
    );
}

#[test]
fn an_option_that_is_sent_twice_is_refused_even_if_it_was_null() {
    assert_eq!(
        answer("maybe", r#"{"value":null,"value":1}"#),
        "invalid: argument `value` of command `maybe` is given twice"
    );
}

#[test]
fn what_is_no_object_is_refused() {
    for body in ["null", "[]", "[1,2]", "1", "\"a\"", "true", "\u{feff}{}", "nonsense"] {
        assert_eq!(
            answer("add", body),
            "invalid: the arguments of command `add` are not a JSON object: expected `{` at byte 0",
            "{body}"
        );
    }
}

/// `l_null_payload`
#[test]
fn l_null_payload() {
    assert!(answer("nothing", "null").starts_with("invalid: "));
    assert!(answer("nothing", [0_u8]).starts_with("invalid: "));
}

#[test]
fn what_follows_the_object_is_refused() {
    for (body, at) in [("{}x", 2), (r#"{"a":1,"b":2} {}"#, 14), (r#"{"a":1,"b":2}}"#, 13), ("{}\0", 2)] {
        assert_eq!(
            answer(if at == 2 { "nothing" } else { "add" }, body).rsplit_once(": ").unwrap().1,
            format!("expected the end at byte {at}"),
            "{body}"
        );
    }
}

#[test]
fn an_object_that_is_not_well_formed_is_refused() {
    for (body, wrong) in [
        ("{", "expected a name in quotes at byte 1"),
        ("{a:1}", "expected a name in quotes at byte 1"),
        ("{'a':1}", "expected a name in quotes at byte 1"),
        ("{,}", "expected a name in quotes at byte 1"),
        (r#"{"a":1,}"#, "expected a name in quotes at byte 7"),
        (r#"{"a":1,,"b":2}"#, "expected a name in quotes at byte 7"),
        (r#"{"a"}"#, "expected `:` at byte 4"),
        (r#"{"a" 1}"#, "expected `:` at byte 5"),
        (r#"{"a":1"#, "expected `,` or `}` at byte 6"),
        (r#"{"a":1 "b":2}"#, "expected `,` or `}` at byte 7"),
        (r#"{"a"#, "expected the end of a name at byte 3"),
        (r#"{"a\"#, "expected the end of a name at byte 4"),
        (r#"{"\x":1}"#, "expected a name in quotes at byte 1"),
        (r#"{"a":}"#, "expected value"),
        (r#"{"a":NaN}"#, "expected value"),
        (r#"{"a":01,"b":2}"#, "invalid number"),
        (r#"{"a":+1,"b":2}"#, "expected value"),
    ] {
        let answer = answer("add", body);
        assert!(answer.starts_with("invalid: "), "{body}: {answer}");
        assert!(answer.ends_with(wrong), "{body}: {answer}");
    }
}

#[test]
fn what_is_not_exactly_a_value_is_refused() {
    for body in [
        r#"{"a":1;"b":2}"#,
        r#"{"a":1/**/,"b":2}"#,
        r#"{"a":1x,"b":2}"#,
        r#"{"a":1"b":2}"#,
        r#"{"a":1-1,"b":2}"#,
        r#"{"a":"#,
        r#"{"a": "#,
    ] {
        assert!(answer("add", body).starts_with("invalid: "), "{body}");
    }
    for value in ["nullx", "truefalse", "\"a\"b", "[]]", "{}{}", "1.", "1e", "0x1", "--1"] {
        assert!(answer("any", format!(r#"{{"value":{value}}}"#)).starts_with("invalid: "), "{value}");
    }
}

#[test]
fn a_list_that_is_not_closed_swallows_nothing() {
    assert_eq!(
        answer("any", r#"{"value":[1,2}"#),
        "invalid: argument `value` of command `any`: expected `,` or `]`"
    );
}

/// As the message itself, as a value that is wanted, and under a name that is not.
#[test]
fn l_deep_json() {
    let deep = "[".repeat(100_000);
    assert!(answer("any", &deep).starts_with("invalid: "));
    assert!(answer("any", format!(r#"{{"other":{deep}"#)).starts_with("invalid: unknown argument `other`"));
    let refused = "too_deep: the arguments of command `any` are nested deeper than 127";
    assert_eq!(answer("any", format!(r#"{{"value":{deep}"#)), refused);
    assert_eq!(answer("any", r#"{"value":"#.repeat(100_000)), refused);
}

#[test]
fn arguments_are_nested_as_deep_as_the_gate_says_and_no_deeper() {
    let gate = Gate::new(&AUTHORITY).json_depth(64).build().unwrap();
    let session = gate.session(Principal::window("main"));
    let answer = |text: String| both_ways::invoke(&session, "any", text.as_bytes());
    let nested = |levels: usize| format!(r#"{{"value":{}{}}}"#, "[".repeat(levels), "]".repeat(levels));
    assert!(answer(nested(63)).starts_with("ok "));
    assert_eq!(answer(nested(64)), "too_deep: the arguments of command `any` are nested deeper than 64");
    // Brackets in a text are text, and so is a quote behind a backslash.
    assert!(answer(format!(r#"{{"value":"{}\"{}"}}"#, "[".repeat(100), "{".repeat(100))).starts_with("ok "));
    // What nobody reads has a depth too.
    assert!(answer(format!(r#"{{"other":{}"#, "[".repeat(100))).starts_with("invalid: unknown argument"));
    assert!(answer(format!(r#"{{"other":{}"#, "[".repeat(200))).starts_with("too_deep: "));
}

/// `l_deep_json`, whatever the gate says: what reads them goes no deeper.
#[test]
fn l_deep_json_a_gate_that_says_any_depth_has_a_depth_all_the_same() {
    let gate = Gate::new(&AUTHORITY).json_depth(usize::MAX).build().unwrap();
    let session = gate.session(Principal::window("main"));
    let answer = |levels: usize| {
        let text = format!(r#"{{"value":{}{}}}"#, "[".repeat(levels), "]".repeat(levels));
        both_ways::invoke(&session, "any", text.as_bytes())
    };
    assert!(answer(126).starts_with("ok ") && answer(1000).starts_with("too_deep: "));
}

#[test]
fn a_name_that_is_not_utf8_is_refused() {
    assert!(answer("add", b"{\"a\xff\":1}").starts_with("invalid: unknown argument `a\u{fffd}`"));
    assert!(answer("add", b"{\"\\u0061\xff\":1}").starts_with("invalid: "));
}

#[test]
fn text_that_is_not_utf8_is_refused() {
    assert_eq!(
        answer("text", b"{\"theText\":\"a\xff\"}"),
        "invalid: argument `theText` of command `text`: invalid unicode code point"
    );
    // Half a surrogate pair is no text either.
    assert!(answer("text", r#"{"theText":"\ud800"}"#).starts_with("invalid: argument `theText`"));
    assert!(answer("text", r#"{"\ud800":""}"#).starts_with("invalid: "));
}

#[test]
fn a_control_character_in_text_is_refused_unless_it_is_escaped() {
    assert!(answer("text", "{\"theText\":\"\n\"}").starts_with("invalid: argument `theText`"));
    assert_eq!(answer("text", r#"{"theText":"\n"}"#), r#"ok "\n""#);
}

#[test]
fn a_huge_name_is_not_sent_back_whole() {
    let answer = answer("add", format!(r#"{{"{}":1}}"#, "x".repeat(1_000_000)));
    let cut = "x".repeat(64);
    assert_eq!(answer, format!("invalid: unknown argument `{cut}`: command `add` takes `a`, `b`"));
}

#[test]
fn the_first_mistake_is_told_and_the_command_is_not_run() {
    assert_eq!(
        answer("add", r#"{"b":-1,"c":0}"#),
        "invalid: argument `b` of command `add`: invalid value: integer `-1`, expected u8"
    );
}
