//! What a command may take, and what a caller is told when it sends something else.

use std::{borrow::Cow, path::Path, sync::Mutex};

use portcullis::{Granted, Need, Unavailable, prelude::*};
use portcullis_tests::{call, line};
use serde::{Deserialize, Serialize};

/// Do sums.
#[derive(Permission)]
#[permission(id = "sums:do")]
struct DoSums;

#[portcullis::command(permission(DoSums))]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[portcullis::command(permission(DoSums))]
async fn add_later(a: i64, b: i64) -> i64 {
    std::future::ready(()).await;
    a + b
}

#[portcullis::command(permission(DoSums))]
fn shout(text: &str, suffix: Option<&str>) -> String {
    text.to_uppercase() + suffix.unwrap_or("!")
}

#[portcullis::command(permission(DoSums))]
async fn shout_later(text: &str, note_state: State<'_, Mutex<Vec<String>>>) -> Result<usize, String> {
    std::future::ready(()).await;
    let mut all = note_state.lock().map_err(|e| e.to_string())?;
    all.push(text.to_owned());
    Ok(all.len())
}

#[derive(Debug, Deserialize, Serialize)]
struct Point<'a> {
    x: f64,
    #[serde(borrow)]
    label: Cow<'a, str>,
}

#[portcullis::command(permission(DoSums), rename_all = "snake_case", name = "describe-point")]
fn describe(the_point: Point<'_>, r#type: Option<String>) -> String {
    format!("{} at {} ({:?})", the_point.label, the_point.x, r#type)
}

#[portcullis::command(permission(DoSums))]
fn file_name(in_path: &Path, all_numbers: &[u32]) -> String {
    format!("{:?} {}", in_path.file_name(), all_numbers.len())
}

#[portcullis::command(permission(DoSums))]
fn who(principal: &Principal, granted: Granted<'_, DoSums>, copy: Principal) -> String {
    assert_eq!(&copy, principal);
    format!("{principal} / {granted:?}")
}

type Answer<T> = Result<T, Oops>;

#[derive(Serialize)]
struct Oops {
    why: &'static str,
}

#[portcullis::command(permission(DoSums))]
fn half(call: u32) -> Answer<u32> {
    if call % 2 == 0 { Ok(call / 2) } else { Err(Oops { why: "odd" }) }
}

#[portcullis::command(permission(DoSums))]
fn nothing() {}

#[portcullis::command(permission(DoSums))]
fn note(note: String) -> String {
    note
}

struct Language(String);

impl<'a> portcullis::HostArgument<'a> for Language {
    const NEEDS: &'static [Need] = &[Need::of::<u8>()];
    fn take(host: portcullis::Host<'a>) -> Result<Self, Unavailable> {
        host.value::<u8>().map(|n| Self(format!("language {n}"))).ok_or_else(Unavailable::of::<u8>)
    }
}

#[portcullis::command(permission(DoSums))]
fn language(language: Language) -> String {
    language.0
}

#[portcullis::command(permission)]
fn own(a: u8) -> u8 {
    a
}

#[portcullis::command(public("returns only a number"))]
fn version() -> u8 {
    7
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [
        add, add_later, shout, shout_later, describe, file_name, who, half, nothing, note, language, own, version,
    ],
    capabilities: ["behaviour/capabilities/sums.json"],
    windows: ["main", "other"],
};

fn main_window() -> Session {
    let gate = Gate::new(&AUTHORITY).state(Mutex::new(Vec::<String>::new())).state(3_u8).build().unwrap();
    gate.session(Principal::window("main"))
}

fn answer(command: &str, arguments: &str) -> String {
    line(&call(&main_window(), command, arguments))
}

#[test]
fn data_is_decoded_by_name_in_any_order() {
    assert_eq!(answer("add", r#"{"a":1,"b":2}"#), "ok 3");
    assert_eq!(answer("add", " { \"b\" : 2 , \"a\" : 1 } "), "ok 3");
    assert_eq!(answer("addLater", "{}"), "denied: there is no such command; did you mean `add_later`?");
    assert_eq!(answer("add_later", r#"{"a":1,"b":2}"#), "ok 3");
    assert_eq!(answer("note", r#"{"note":"x"}"#), "ok \"x\"");
    assert_eq!(answer("shout", r#"{"text":"a\"b\u00e9"}"#), "ok \"A\\\"BÉ!\"");
    assert_eq!(answer("shout", r#"{"text":"a","suffix":"?"}"#), "ok \"A?\"");
    assert_eq!(answer("shout_later", r#"{"text":"a"}"#), "ok 1");
    assert_eq!(
        answer("describe-point", r#"{"the_point":{"x":1.5,"label":"p"},"type":null}"#),
        "ok \"p at 1.5 (None)\""
    );
    assert_eq!(answer("file_name", r#"{"inPath":"/a/b","allNumbers":[1,2]}"#), "ok \"Some(\\\"b\\\") 2\"");
    assert_eq!(answer("half", r#"{"call":4}"#), "ok 2");
    assert_eq!(answer("half", r#"{"call":3}"#), r#"error {"why":"odd"}"#);
    assert_eq!(answer("nothing", ""), "ok null");
    assert_eq!(answer("language", ""), "ok \"language 3\"");
    assert_eq!(answer("own", r#"{"a":1}"#), "ok 1");
    assert_eq!(answer("version", ""), "ok 7");
    assert_eq!(
        answer("who", ""),
        "ok \"window `main`, local, main frame / Granted(sums:do for window `main`, local, main frame)\""
    );
    assert_eq!(
        answer("add", r#"{"a":1,"b":2,"c":3}"#),
        "invalid: unknown argument `c`: command `add` takes `a`, `b`"
    );
    assert_eq!(answer("add", r#"{"a":1}"#), "invalid: missing argument `b` of command `add`");
    assert_eq!(
        answer("add", r#"{"a":1,"b":"x"}"#),
        "invalid: argument `b` of command `add`: invalid type: string \"x\", expected i64"
    );
}
