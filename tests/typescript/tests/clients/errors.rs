//! What keeps a client from being written is told all at once, each with the way out.

use portcullis::{prelude::*, typescript::Client};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod other {
    #[portcullis::data]
    pub(crate) struct Note {
        pub(crate) text: String,
    }

    #[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
    pub(crate) struct Plain {
        pub(crate) text: String,
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Opaque;

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct Wide {
    id: u64,
    inner: Option<Vec<Inner>>,
    when: std::time::Duration,
    any: serde_json::Value,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) enum Inner {
    One { size: usize },
}

#[portcullis::data]
pub(crate) struct Note {
    id: u32,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct Plain {
    id: u32,
}

#[portcullis::data]
pub(crate) struct Fine {
    id: u32,
}

#[portcullis::data]
pub(crate) struct Fine2 {
    fine: Fine,
}

#[portcullis::data]
pub(crate) struct Promise {
    of: u8,
}

#[command(public("a test"))]
fn untyped(opaque: Option<Opaque>) -> Result<String, Opaque> {
    opaque.map_or_else(|| Ok(String::new()), Err)
}

#[command(public("a test"))]
fn unnamed() -> impl Serialize {
    1
}

#[command(public("a test"))]
fn wide(id: u64, ids: &[i64], wide: Wide) -> Vec<u128> {
    let _ = (id, ids, wide);
    Vec::new()
}

#[command(public("a test"))]
fn one(note: Note, plain: Plain) -> other::Note {
    let _ = (note, plain);
    other::Note { text: String::new() }
}

#[command(public("a test"))]
fn two(plain: other::Plain) {
    drop(plain);
}

#[command(public("a test"))]
fn fine(fine: Fine2) -> Fine {
    fine.fine
}

#[command(public("a test"))]
fn promise() -> Promise {
    Promise { of: 1 }
}

#[command(public("a test"), name = "read-it")]
fn read_it() {}

#[command(public("a test"), name = "read_it")]
fn read_it_too() {}

/// What is wrong, with the lines of this file left out.
fn problems(authority: &'static Authority) -> Vec<String> {
    let error = Client::new(authority).window("main").text().unwrap_err();
    let place = regex_free(&error.to_string());
    place.split("\n\n").map(str::to_owned).collect()
}

/// `(tests/..rs:12)` as `(here)`.
fn regex_free(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(concat!("(", file!(), ":")) {
        out.push_str(before);
        out.push_str("(here)");
        rest = after.split_once(')').unwrap().1;
    }
    out + rest
}

static UNTYPED: Authority = authority! { commands: [untyped, unnamed], windows: ["main"] };
static WIDE: Authority = authority! { commands: [wide], windows: ["main"] };
static SAME: Authority = authority! { commands: [one, two], windows: ["main"] };
static FINE: Authority = authority! { commands: [fine], windows: ["main"] };
static NAMES: Authority = authority! { commands: [promise, read_it, read_it_too], windows: ["main"] };

#[test]
fn types_that_nothing_describes_are_named_with_who_has_them() {
    let help = "help: put `#[portcullis::data]` on it, or derive `schemars::JsonSchema` for it; for a type of another crate, \
                switch on that crate's or schemars' feature for it, or write a type of your own";
    assert_eq!(
        problems(&UNTYPED),
        [
            "there can be no TypeScript client for window `main`:".to_owned(),
            format!("the result of command `unnamed` (here) is a `impl ..`, which nothing describes\n{help}"),
            format!(
                "argument `opaque` of command `untyped` (here) is a `Option<clients::errors::Opaque>`, which nothing \
                 describes\n{help}"
            ),
            format!(
                "the error of command `untyped` (here) is a `clients::errors::Opaque`, which nothing describes\n{help}"
            ),
        ]
    );
}

#[test]
fn integers_that_javascript_cannot_hold_are_refused_but_for_those_of_time_and_of_any_json() {
    let larger = "which may be larger than a number in JavaScript holds";
    let field = "help: say how it is sent: `#[data(number)]`, `#[data(string)]` or `#[data(bigint)]` on the field, with \
                 `#[portcullis::data]` on the type; or give it a type of `portcullis::int`";
    let argument = |name: &str| {
        format!(
            "help: say how it is sent: `#[command(.., number({name}))]`, `string({name})` or `bigint({name})`"
        )
    };
    assert_eq!(
        problems(&WIDE),
        [
            "there can be no TypeScript client for window `main`:".to_owned(),
            format!("`Inner.One.size` is a `usize`, {larger}, and command `wide` (here) is sent it\n{field}"),
            format!("`Wide.id` is a `u64`, {larger}, and command `wide` (here) is sent it\n{field}"),
            format!("argument `id` of command `wide` (here) is a `u64`, {larger}\n{}", argument("id")),
            format!(
                "`[]` in argument `ids` of command `wide` (here) is a `i64`, {larger}\n{}",
                argument("ids")
            ),
            format!(
                "`[]` in the result of command `wide` (here) is a `u128`, {larger}\n\
                 help: say how it is sent: return `portcullis::int::Number`, `int::Digits` or `int::BigInt` of it"
            ),
        ]
    );
}

#[test]
fn two_types_of_one_name_are_both_named() {
    let help = "help: give one of them another name for clients: `#[schemars(rename = \"..\")]`";
    assert_eq!(
        problems(&SAME),
        [
            "there can be no TypeScript client for window `main`:".to_owned(),
            format!(
                "two types are named `Note`: `clients::errors::Note` and `clients::errors::other::Note`\n{help}"
            ),
            format!(
                "two types are named `Plain`: one of command `one` (here) and one of command `two` (here)\n{help}"
            ),
        ]
    );
}

#[test]
fn a_type_whose_name_ends_with_a_number_is_no_second_one() {
    let text = Client::new(&FINE).window("main").text().unwrap();
    assert!(text.contains("export type Fine2 = { fine: Fine };"), "{text}");
}

#[test]
fn names_that_clash_are_refused() {
    assert_eq!(
        problems(&NAMES),
        [
            "there can be no TypeScript client for window `main`:",
            "a type is named `Promise`, which the client needs for itself\n\
             help: give it another name for clients: `#[schemars(rename = \"..\")]`",
            "command `read-it` (here) and command `read_it` (here) would both be the function `readIt`\n\
             help: give one of them another `name`",
        ]
    );
}
