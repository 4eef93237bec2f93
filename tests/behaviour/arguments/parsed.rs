//! Messages that are values already: what an adapter gives that has no text of them. Everything else in this folder goes this way
//! as well (`both_ways`).

use std::{
    borrow::Cow,
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use portcullis::{
    __private::{Keeps, Object},
    Attachment, Bytes, Host, NamedArgument, Unavailable,
    prelude::*,
};
use portcullis_tests::{block_on, line};
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json, value::RawValue};

use super::both_ways::{agree, by_text};

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Strict {
    whole: u8,
    part: Option<f32>,
    #[serde(default)]
    many: Vec<Strict>,
}

#[derive(Deserialize, Serialize)]
enum Choice {
    Unit,
    Empty(),
    One(i8),
    Two(u8, String),
    Named { a: u8, b: Option<bool> },
}

#[derive(Deserialize, Serialize)]
#[serde(tag = "kind")]
enum Tagged {
    A { x: i64 },
    B(Strict),
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Untagged {
    Number(u64),
    Text(String),
    List(Vec<Untagged>),
    Fields {
        #[serde(flatten)]
        rest: BTreeMap<String, Value>,
    },
}

#[derive(Deserialize, Serialize)]
struct Unit;

#[derive(Deserialize, Serialize)]
struct New(u16);

#[derive(Deserialize)]
struct Raw<'a> {
    #[serde(borrow)]
    raw: &'a RawValue,
}

#[derive(Deserialize)]
struct Borrowed<'a> {
    text: &'a str,
}

/// Of the bytes of a text, which nothing but a text has.
struct OfBytes(Vec<u8>);

impl<'de> Deserialize<'de> for OfBytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Taken;
        impl serde::de::Visitor<'_> for Taken {
            type Value = OfBytes;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<OfBytes, E> {
                Ok(OfBytes(bytes.to_vec()))
            }
        }
        deserializer.deserialize_bytes(Taken)
    }
}

/// Wants something, and says what it got instead.
struct Never;

impl<'de> Deserialize<'de> for Never {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Err(serde::de::Error::custom(format!("not {text}")))
    }
}

macro_rules! takes {
    ($($name:ident: $type:ty;)*) => {
        $(
            #[portcullis::command(public("a test"))]
            fn $name(value: $type) -> $type {
                value
            }
        )*
        const TAKES: &[&str] = &[$(stringify!($name)),*];
    };
}

takes! {
    strict: Strict; choice: Choice; tagged: Tagged; untagged: Untagged; unit_struct: Unit; new: New; anything: Value;
    signed: i64; small: i8; wide: i128; unsigned: u128; real: f64; single: f32; yes: bool; letter: char; owned: String;
    nothing: (); perhaps: Option<u8>; pair: (u8, String); three: [i8; 3]; list: Vec<Value>;
    by_name: BTreeMap<String, Value>; by_number: BTreeMap<i16, Value>; by_truth: BTreeMap<bool, u8>;
    by_choice: BTreeMap<char, u8>; raw_kept: Box<RawValue>;
}

#[portcullis::command(public("a test"))]
fn lent(text: &str, other: Option<&Path>, list: Option<&[u8]>) -> String {
    format!("{text} {other:?} {list:?}")
}

#[portcullis::command(public("a test"))]
async fn later(text: &str, cow: Cow<'_, str>, choice: Option<Choice>) -> Value {
    std::future::ready(()).await;
    json!([text, cow, choice])
}

#[portcullis::command(public("a test"))]
fn raw(raw: Raw<'_>) -> String {
    raw.raw.get().to_owned()
}

#[portcullis::command(public("a test"))]
async fn raws(one: Raw<'_>, two: Raw<'_>) -> String {
    std::future::ready(()).await;
    format!("{} {}", one.raw, two.raw)
}

#[portcullis::command(public("a test"))]
fn borrowed(value: Borrowed<'_>) -> String {
    value.text.to_owned()
}

#[portcullis::command(public("a test"))]
fn of_bytes(value: OfBytes) -> Vec<u8> {
    value.0
}

#[portcullis::command(public("a test"))]
fn never(value: Never) {
    let Never = value;
}

#[portcullis::command(public("a test"))]
fn bytes(b: Bytes, a: Option<Bytes>, note: &str) -> String {
    format!("{b:?} {a:?} {note}")
}

struct Name(String);

impl<'a> NamedArgument<'a> for Name {
    type Sent = ();
    fn take(_: Host<'a>, json: &'a [u8]) -> Result<Result<Self, String>, Unavailable> {
        Ok(serde_json::from_slice(json).map(Self).map_err(|_| "expected a name".to_owned()))
    }
}

#[portcullis::command(public("a test"))]
fn named(name: Name, other: u8) -> String {
    format!("{} {other}", name.0)
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [
        strict, choice, tagged, untagged, unit_struct, new, anything, signed, small, wide, unsigned, real, single, yes, letter,
        owned, nothing, perhaps, pair, three, list, by_name, by_number, by_truth, by_choice, raw_kept, lent, later, raw,
        raws, borrowed, of_bytes, never, bytes, named,
    ],
    windows: ["main"],
};

fn session() -> Session {
    crate::open(&AUTHORITY, Principal::window("main"))
}

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        other => panic!("{other}"),
    }
}

fn answer(command: &str, value: Value) -> String {
    agree(&session(), command, object(value))
}

#[test]
fn every_form_of_data_is_read_as_from_a_text() {
    for value in forms() {
        for command in TAKES {
            answer(command, json!({ "value": value }));
        }
    }
}

/// What a type of serde's makes of one form and not of another: each at least once right, and once not.
fn forms() -> Vec<Value> {
    let mut forms = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(300),
        json!(-0.0),
        json!(1.0),
        json!(1.5),
        json!(1e300),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(18_446_744_073_709_551_616.0),
        json!(""),
        json!("a"),
        json!("ab"),
        json!("a\n\u{1f600}"),
        json!("at line 7, column 3"),
        json!([]),
        json!([1, "a"]),
        json!([1, 2, 3]),
        json!([1, 2, 3, 4]),
        json!({}),
        json!({ "1": 1, "-2": [] }),
        json!({ "1 ": 1 }),
        json!({ " 1": 1 }),
        json!({ "01": 1 }),
        json!({ "true": 1 }),
        json!({ "whole": 1 }),
        json!({ "whole": 1, "part": 0.1, "many": [{ "whole": 2 }] }),
        json!({ "whole": 1, "other": 1 }),
        json!({ "whole": 1, "many": [{ "whole": 2, "other": 1 }] }),
        json!([1, 0.5, []]),
        json!([1, null, [[2, null, []]], 4]),
        json!("Unit"),
        json!({ "Unit": null }),
        json!({ "Unit": 1 }),
        json!("Empty"),
        json!({ "Empty": [] }),
        json!({ "Empty": [1] }),
        json!("One"),
        json!({ "One": 1 }),
        json!({ "One": [1] }),
        json!({ "One": 1, "Two": 2 }),
        json!({ "Two": [1, "a"] }),
        json!({ "Two": [] }),
        json!({ "Two": [1, "a", 2] }),
        json!({ "Two": { "0": 1 } }),
        json!({ "Named": { "a": 1 } }),
        json!({ "Named": { "a": 1, "b": true, "c": 1 } }),
        json!({ "Named": [1, null] }),
        json!({ "Named": [1] }),
        json!({ "Other": 1 }),
        json!({ "kind": "A", "x": 1 }),
        json!({ "kind": "B", "whole": 1 }),
        json!({ "kind": "B", "whole": 1, "x": 1 }),
        json!({ "kind": "C" }),
        json!(["A", 1]),
        json!({ "x": 1 }),
        json!("not".repeat(400)),
        json!("\u{e9}".repeat(400)),
    ];
    // To the depth that is read, and not beyond.
    for levels in [2, 63, 64, 126, 127] {
        forms.push((1..levels).fold(json!([]), |inner, _| json!([inner])));
        forms.push((1..levels).fold(json!({}), |inner, _| json!({ "a": inner })));
    }
    forms
}

#[test]
fn the_forms_are_both_right_and_wrong_for_every_type() {
    let (forms, session) = (forms(), session());
    for command in TAKES {
        let right = |value: &&Value| {
            let text = json!({ "value": value }).to_string();
            by_text(&session, command, text.as_bytes()).starts_with("ok ")
        };
        let right = forms.iter().filter(right).count();
        let is_any = matches!(*command, "anything" | "raw_kept");
        assert!(right > 0 && (is_any || right < forms.len()), "{command}: {right}");
    }
}

#[test]
fn values_are_lent() {
    assert_eq!(answer("lent", json!({ "text": "a\n" })), r#"ok "a\n None None""#);
    assert_eq!(
        answer("lent", json!({ "text": "a", "other": "b", "list": [1] })),
        r#"ok "a Some(\"b\") Some([1])""#
    );
    assert_eq!(answer("lent", json!({ "text": "a", "other": null, "list": null })), r#"ok "a None None""#);
    assert_eq!(answer("later", json!({ "text": "a", "cow": "b\"" })), r#"ok ["a","b\"",null]"#);
    assert_eq!(
        answer("later", json!({ "text": "a", "cow": "", "choice": { "Named": [1, null] } })),
        r#"ok ["a","",{"Named":{"a":1,"b":null}}]"#
    );
    assert!(answer("lent", json!({ "text": null })).starts_with("invalid: "));
}

/// A `&RawValue` borrows the text of a value, and there is none until it is written.
#[test]
fn what_reads_nothing_but_text_is_given_one() {
    assert_eq!(answer("raw", json!({ "raw": { "raw": [1, { "a": "b" }] } })), r#"ok "[1,{\"a\":\"b\"}]""#);
    assert_eq!(answer("raws", json!({ "one": { "raw": 1 }, "two": { "raw": "x" } })), r#"ok "1 \"x\"""#);
    assert_eq!(answer("of_bytes", json!({ "value": "ab" })), "ok [97,98]");
}

/// The one thing that goes further than a text does, where a text that has escapes has nothing to borrow.
#[test]
fn text_that_was_escaped_may_be_borrowed() {
    let (session, object) = (session(), object(json!({ "value": { "text": "a\n" } })));
    let parsed = block_on(session.invoke(Request::parsed("borrowed", Some(&object), None)));
    assert_eq!(line(&parsed), r#"ok "a\n""#);
    let text = Value::Object(object).to_string();
    assert!(by_text(&session, "borrowed", text.as_bytes()).contains("expected a borrowed string"));
    assert_eq!(answer("borrowed", json!({ "value": { "text": "a" } })), r#"ok "a""#);
}

/// The words that a text's position is told with may be in what is told.
#[test]
fn what_is_told_is_told_whole() {
    for text in
        ["a at line 1 column 2", " at line ", "x", "", &"long ".repeat(200), &" at line 3".repeat(100)]
    {
        let told = answer("never", json!({ "value": text }));
        assert!(told.starts_with("invalid: argument `value` of command `never`: not "), "{told}");
        let told = answer("small", json!({ "value": text }));
        assert!(text.len() > 400 || told.ends_with(&format!("string {text:?}, expected i8")), "{told}");
    }
}

#[test]
fn an_integer_of_128_bits_is_none_beyond_what_a_value_holds() {
    assert_eq!(answer("unsigned", json!({ "value": u64::MAX })), "ok 18446744073709551615");
    assert_eq!(
        answer("unsigned", json!({ "value": 1e20 })),
        "invalid: argument `value` of command `unsigned`: invalid type: floating point `1e+20`, expected u128"
    );
}

#[test]
fn arguments_that_are_unknown_or_missing_are_refused() {
    assert_eq!(
        answer("lent", json!({ "text": "", "nobody": {} })),
        "invalid: unknown argument `nobody`: command `lent` takes `text`, `other`, `list`"
    );
    assert_eq!(answer("later", json!({})), "invalid: missing arguments `text`, `cow` of command `later`");
    // Without an object there is none of them.
    let none = line(&block_on(session().invoke(Request::parsed("later", None, None))));
    assert_eq!(none, by_text(&session(), "later", b""));
    assert_eq!(line(&block_on(session().invoke(Request::parsed("no_such", None, None)))), "denied");
}

static IGNORED: Mutex<Vec<(&str, String)>> = Mutex::new(Vec::new());

#[test]
fn what_nobody_takes_is_ignored_where_somebody_is_told_of_it() {
    fn told(command: &'static str, name: &str) {
        IGNORED.lock().unwrap_or_else(PoisonError::into_inner).push((command, name.to_owned()));
    }
    let gate = Gate::new(&AUTHORITY).explain(false).json_depth(3).build().unwrap();
    let session = gate.session(Principal::window("main"));
    // However deep: it is not read.
    let object = object(json!({ "deep": [[[[1]]]], "value": [[1]] }));
    let answer = line(&block_on(session.invoke(Request::parsed("anything", Some(&object), Some(told)))));
    assert_eq!(answer, "ok [[1]]");
    assert_eq!(*IGNORED.lock().unwrap_or_else(PoisonError::into_inner), [("anything", "deep".to_owned())]);
    assert!(agree(&session, "anything", object).starts_with("too_deep: "));
}

#[test]
fn values_are_nested_as_deep_as_the_gate_says_and_no_deeper() {
    for deepest in [0, 1, 2, 5, 126, 127, usize::MAX] {
        let gate = Gate::new(&AUTHORITY).explain(false).json_depth(deepest).build().unwrap();
        let session = gate.session(Principal::window("main"));
        let deepest = deepest.min(127);
        for levels in [0, 1, 2, 4, 5, 125, 126, 127, 128].into_iter().chain(deepest.checked_sub(1)) {
            let value = (0..levels).fold(json!(1), |inner, _| json!([inner]));
            agree(&session, "anything", object(json!({ "value": value })));
            agree(&session, "nothing", object(json!({ "value": value, "zzz": 1 })));
            agree(&session, "anything", object(json!({ "a": value, "value": 1 })));
        }
        agree(&session, "anything", Map::new());
    }
}

/// What parses a message reads the text behind this name as a value of its own, which begins to count its levels anew.
#[test]
fn l_deep_json_a_value_may_be_deeper_than_any_text_that_is_read() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let inside = json!({ "$serde_json::private::RawValue": deep(120) }).to_string();
    let sent = format!(r#"{{"value":{}}}"#, deep(100).replacen("[]", &format!("[{inside}]"), 1));
    let parsed: Object = serde_json::from_str(&sent).unwrap();
    assert_eq!(
        agree(&session(), "anything", parsed),
        "too_deep: the arguments of command `anything` are nested deeper than 127"
    );
}

#[test]
fn bytes_are_counted_in_the_order_of_the_values() {
    let session = session();
    let answer = |value: Value, bytes: &'static [u8]| {
        let object = object(value);
        let text = Value::Object(object.clone()).to_string();
        let with = |request: Request<'_>| {
            line(&block_on(session.invoke_owned(request.attached(Attachment::Whole(bytes.into())))))
        };
        let told = with(Request::json("bytes", text.as_bytes()));
        assert_eq!(with(Request::parsed("bytes", Some(&object), None)), told);
        told
    };
    assert!(answer(json!({ "a": 1, "b": 2, "note": "x" }), b"123").starts_with("ok "));
    assert!(answer(json!({ "a": null, "b": 3, "note": "x" }), b"123").starts_with("ok "));
    assert!(
        answer(json!({ "b": 2, "note": "x" }), b"123").contains("have 2 bytes by their lengths, and 3 came")
    );
    for wrong in [json!(-1), json!(1.5), json!("3"), json!(null), json!([3])] {
        assert!(answer(json!({ "b": wrong, "note": "x" }), b"123").starts_with("invalid: "), "{wrong}");
    }
}

#[test]
fn what_a_host_makes_of_a_value_is_made_of_its_text() {
    assert_eq!(answer("named", json!({ "name": "a\"b", "other": 1 })), r#"ok "a\"b 1""#);
    assert_eq!(
        answer("named", json!({ "name": [1], "other": 1 })),
        "invalid: argument `name` of command `named`: expected a name"
    );
    assert_eq!(answer("named", json!({ "other": 1 })), "invalid: missing argument `name` of command `named`");
}

/// As what comes with a message: it is code of the adapter's.
#[test]
fn what_keeps_the_values_may_panic_when_it_goes() {
    struct Panics(Object);
    impl Keeps for Panics {
        fn object(&self) -> Option<&Object> {
            Some(&self.0)
        }
    }
    impl Drop for Panics {
        fn drop(&mut self) {
            panic!("dropped");
        }
    }
    let session = session();
    let kept = |command, value| {
        line(&block_on(session.invoke_owned(Request::kept(command, Arc::new(Panics(object(value))), None))))
    };
    assert_eq!(kept("anything", json!({ "value": 1 })), "ok 1");
    assert_eq!(kept("no_such", json!({ "value": 1 })), "denied");
    assert!(kept("later", json!({ "text": "", "cow": "" })).starts_with("ok "));
    drop(Request::kept("anything", Arc::new(Panics(Object::new())), None));
}

/// JSON, mostly of the names and numbers that the types here know.
fn some_json() -> impl Strategy<Value = Value> {
    let name = || {
        prop_oneof![
            3 => prop::sample::select(vec![
                "whole", "part", "many", "Unit", "Empty", "One", "Two", "Named", "a", "b", "kind", "A", "B", "x", "0", "1", "-7",
                "true", "", "raw",
            ]).prop_map(str::to_owned),
            1 => any::<String>(),
        ]
    };
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2_i64..300).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        // Which a text has exactly.
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 64.0)),
        name().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name(), inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        failure_persistence: None,
        ..proptest::prelude::ProptestConfig::with_cases(256)
    })]

    #[test]
    fn any_json_is_answered_as_its_text_is(value in some_json(), other in some_json(), name in "value|text|cow|one|raw|[a-z]") {
        let session = session();
        for command in TAKES.iter().chain(&["lent", "later", "raw", "raws", "of_bytes", "never", "named"]) {
            agree(&session, command, object(json!({ "value": value, &*name: other })));
            agree(&session, command, object(json!({ "text": value, "cow": other, "one": value, "two": other })));
        }
    }
}
