//! Arguments on the wire: a letter for the command, for some a number of raw bytes to attach, and the text of the arguments.
//!
//! Oracle: a struct with the same fields, with `derive(Deserialize)` and `deny_unknown_fields`, that `serde_json` reads whole. Where
//! ours differs on purpose is said before it is asked: no bytes are an empty object, only an object is one (a derived struct may be
//! a list too), and how deep it may be is counted from the outermost bracket, whatever is in it. The raw bytes of a call are
//! those that its lengths speak of, each once, and no others. And a message that is values already is answered as the text of it is.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use portcullis::{Bytes, Code, Reply, Request, Session, prelude::*, test::block_on};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How deep arguments may be, in one of the two sessions.
const DEEP: usize = 16;
/// What is nested deeper is not compared.
const DEEPEST: usize = 120;

/// Something with all that serde has.
#[derive(Debug, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Shape {
    /// With a field.
    Circle {
        /// Any number.
        radius: f64,
    },
    /// With one that may be left out.
    Square {
        /// Perhaps.
        side: Option<u16>,
        /// If it is not sent, the empty text.
        #[serde(default)]
        label: String,
    },
    /// With nothing.
    Nothing,
}

#[command(public("is fuzzed"))]
fn add(a: i64, b: u8) -> Value {
    json!([a, b])
}

#[command(public("is fuzzed"))]
fn texts(the_text: &str, other: Option<&str>, c: char) -> Value {
    json!([the_text, other, c])
}

#[command(public("is fuzzed"))]
async fn anything(value: Value, maybe: Option<bool>) -> Value {
    json!([value, maybe])
}

#[command(public("is fuzzed"))]
async fn shapes(shapes: Vec<Shape>, map: BTreeMap<String, i32>, pair: (f32, Option<u64>), unit: ()) -> Value {
    let () = unit;
    json!([shapes, map, pair])
}

#[command(public("is fuzzed"))]
fn nothing() -> Value {
    json!([])
}

#[command(public("is fuzzed"))]
fn bytes(a: Bytes, b: Option<Bytes>, n: u32) -> Value {
    json!([a.to_vec(), b.map(|b| b.to_vec()), n])
}

static AUTHORITY: Authority = authority! {
    commands: [add, texts, anything, shapes, nothing, bytes],
    windows: ["main"],
};

/// As deep as a gate goes by itself, and not as deep.
static SESSIONS: LazyLock<[Session; 2]> = LazyLock::new(|| {
    let session = |gate: portcullis::GateBuilder| {
        gate.build().expect("it needs nothing").session(Principal::window("main"))
    };
    [session(Gate::new(&AUTHORITY)), session(Gate::new(&AUTHORITY).json_depth(DEEP))]
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Add {
    a: i64,
    b: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Texts {
    the_text: String,
    other: Option<String>,
    c: char,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Anything {
    value: Value,
    maybe: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Figures {
    shapes: Vec<Shape>,
    map: BTreeMap<String, i32>,
    pair: (f32, Option<u64>),
    unit: (),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lengths {
    a: usize,
    b: Option<usize>,
    n: u32,
}

/// Holds the reading of arguments against serde.
pub fn check(data: &[u8]) {
    let Some((command, body)) = data.split_first() else { return };
    let (name, expected): (_, fn(&[u8]) -> Option<Value>) = match command {
        b'a' => ("add", |body| read::<Add>(body).map(|Add { a, b }| json!([a, b]))),
        b't' => ("texts", |body| {
            read::<Texts>(body).map(|Texts { the_text, other, c }| json!([the_text, other, c]))
        }),
        b'v' => {
            ("anything", |body| read::<Anything>(body).map(|Anything { value, maybe }| json!([value, maybe])))
        }
        b's' => ("shapes", |body| {
            let Figures { shapes, map, pair, unit: () } = read(body)?;
            Some(json!([shapes, map, pair]))
        }),
        b'n' => ("nothing", |body| read::<Nothing>(body).map(|Nothing {}| json!([]))),
        b'b' => return check_bytes(body),
        _ => return,
    };
    for (session, deepest) in SESSIONS.iter().zip([127, DEEP]) {
        let reply = block_on(session.invoke(Request::json(name, body)));
        let again = block_on(session.invoke_owned(Request::shared(name, body.to_vec().into())));
        let depth = depth(body);
        // serde counts from the struct, whose values are read one by one here; and an answer has more around it. How deep
        // anything goes is a matter of `tests/behaviour/arguments`.
        if depth >= DEEPEST {
            assert!(matches!(reply, Reply::Ok(_)) || is_misunderstood(&reply), "{reply:?}");
            continue;
        }
        let got = value(&reply);
        assert_eq!(got, value(&again), "lent or kept, it is one message");
        let expected = expected(body).filter(|_| depth <= deepest).map(|value| reread(&value));
        assert_eq!(got, expected, "`{name}` of {:?}", String::from_utf8_lossy(body));
        agrees_with_values(session, name, body);
    }
}

/// Holds a message that is values already against the text of them; without floats, for what is written of one may be read as its
/// neighbour.
fn agrees_with_values(session: &Session, name: &str, body: &[u8]) {
    let Ok(parsed @ Value::Object(_)) = serde_json::from_slice(body) else { return };
    if has_float(&parsed) {
        return;
    }
    let text = parsed.to_string();
    let Value::Object(object) = parsed else { return };
    let written = told(&block_on(session.invoke(Request::json(name, text.as_bytes()))));
    let lent = told(&block_on(session.invoke(Request::parsed(name, Some(&object), None))));
    let kept = told(&block_on(session.invoke_owned(Request::kept(name, Arc::new(object), None))));
    assert_eq!([&lent, &kept], [&written; 2], "`{name}` of {text}");
}

fn has_float(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(values) => values.iter().any(has_float),
        Value::Object(object) => object.values().any(has_float),
        _ => false,
    }
}

/// A value, or the code and all that the caller is told.
fn told(reply: &Reply) -> Result<Value, (Code, Option<String>)> {
    match reply {
        Reply::Ok(json) => Ok(serde_json::from_slice(json).expect("an answer is JSON")),
        Reply::Failed(failure) => Err((failure.code(), failure.message().map(str::to_owned))),
        other => panic!("{other:?}"),
    }
}

/// As an answer is read: what is written of a float may be read as its neighbour.
fn reread(value: &Value) -> Value {
    serde_json::from_str(&value.to_string()).expect("a value is JSON")
}

/// What a derived struct is of a message.
fn read<T: for<'de> Deserialize<'de>>(body: &[u8]) -> Option<T> {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\t' | b'\r');
    match body.iter().find(|byte| !is_space(byte)) {
        None => serde_json::from_slice(b"{}").ok(),
        Some(b'{') => serde_json::from_slice(body).ok(),
        Some(_) => None,
    }
}

/// How deep the brackets are, by a count that knows strings and nothing else.
fn depth(body: &[u8]) -> usize {
    let (mut depth, mut deepest, mut quoted, mut bytes) = (0_usize, 0, false, body.iter());
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if quoted => drop(bytes.next()),
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The value of an answer; `None` if the message was not understood. Nothing else may happen.
fn value(reply: &Reply) -> Option<Value> {
    match reply {
        Reply::Ok(json) => Some(serde_json::from_slice(json).expect("an answer is JSON")),
        reply if is_misunderstood(reply) => None,
        other => panic!("{other:?}"),
    }
}

fn is_misunderstood(reply: &Reply) -> bool {
    matches!(reply, Reply::Failed(failure) if matches!(failure.code(), Code::Invalid | Code::TooDeep))
}

/// Two bytes for how many raw ones there are (up to 512), and the text.
fn check_bytes(data: &[u8]) {
    let Some(([high, low], body)) = data.split_first_chunk().map(|(head, body)| (*head, body)) else {
        return;
    };
    let raw: Vec<u8> =
        (0..(usize::from(high) << 8 | usize::from(low)) % 513).map(|at| at.to_le_bytes()[0]).collect();
    let attachment = portcullis::Attachment::Whole(raw.clone().into());
    let session = &SESSIONS[0];
    let got = value(&block_on(session.invoke(Request::json("bytes", body).attached(attachment))));
    let expected = read::<Lengths>(body).and_then(|Lengths { a, b, n }| {
        let total = a.checked_add(b.unwrap_or(0))?;
        if total != raw.len() {
            return None;
        }
        // They follow each other as the JSON names them.
        let a_first = keys(body).into_iter().find(|key| key != "n").is_some_and(|key| key == "a");
        let (first, second) = if a_first { raw.split_at(a) } else { (&raw[total - a..], &raw[..total - a]) };
        Some(json!([first, b.map(|_| second), n]))
    });
    if depth(body) < DEEPEST {
        assert_eq!(got, expected, "{} bytes and {:?}", raw.len(), String::from_utf8_lossy(body));
    }
}

/// The keys of an object in their order.
fn keys(body: &[u8]) -> Vec<String> {
    struct Keys(Vec<String>);
    impl<'de> Deserialize<'de> for Keys {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Visitor;
            impl<'de> serde::de::Visitor<'de> for Visitor {
                type Value = Keys;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                    let mut keys = Vec::new();
                    while let Some((key, serde::de::IgnoredAny)) = map.next_entry()? {
                        keys.push(key);
                    }
                    Ok(Keys(keys))
                }
            }
            deserializer.deserialize_map(Visitor)
        }
    }
    serde_json::from_slice(body).map(|Keys(keys)| keys).unwrap_or_default()
}
