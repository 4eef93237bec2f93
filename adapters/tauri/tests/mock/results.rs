//! What commands return, and what becomes of it: values, errors and bytes as under Tauri's own macro.

use std::collections::BTreeMap;

use portcullis::{Authority, authority, command};
use portcullis_tauri::{Errors, Handler};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use tauri::ipc::{InvokeResponseBody, Response};

use crate::page::{Program, Settled, ask, invoke};

#[derive(Serialize)]
#[serde(tag = "kind")]
enum NoteError {
    Missing { id: u32 },
}

#[command(public("an example"))]
fn fails(how: &str) -> Result<u32, String> {
    Err(how.to_owned())
}

#[command(public("an example"))]
async fn fails_typed(id: u32) -> Result<(), NoteError> {
    Err(NoteError::Missing { id })
}

#[command(public("an example"))]
fn fails_as_tauri() -> Result<(), tauri::Error> {
    Err(tauri::Error::WebviewNotFound)
}

/// More levels than can be read again.
#[command(public("an example"))]
fn fails_deep() -> Result<(), Value> {
    Err((0..300).fold(json!(1), |inner, _| json!([inner])))
}

#[command(public("an example"))]
fn encoded(json: String) -> Response {
    Response::new(json)
}

#[command(public("an example"))]
async fn encoded_later(json: String) -> Result<InvokeResponseBody, String> {
    tokio::task::yield_now().await;
    Ok(InvokeResponseBody::Json(json))
}

#[command(public("an example"))]
fn raw() -> Response {
    Response::new(vec![0_u8, 1, 255])
}

#[command(public("an example"))]
fn unencodable() -> BTreeMap<(u8, u8), u8> {
    [((1, 2), 3)].into()
}

struct Lies;

impl Serialize for Lies {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("cannot"))
    }
}

#[command(public("an example"))]
fn unencodable_error() -> Result<u32, Lies> {
    Err(Lies)
}

#[command(public("an example"))]
fn unit() {}

#[command(public("an example"))]
fn spoof() -> Value {
    json!({"failed": {"code": "denied", "id": 1}})
}

static AUTHORITY: Authority = authority! {
    commands: [
        fails, fails_typed, fails_as_tauri, fails_deep, encoded, encoded_later, raw, unencodable, unencodable_error, unit, spoof
    ],
    windows: ["main"],
};

fn program(told: impl FnOnce(Handler) -> Handler) -> Program {
    let gate = portcullis_tauri::gate(&AUTHORITY).build().unwrap();
    Program::new(told(Handler::new(&gate)).only())
}

#[test]
fn a_commands_own_error_is_a_value() {
    let program = program(|handler| handler);
    let main = program.window("main");
    assert_eq!(
        invoke(&main, "fails", json!({"how": "no \"file\""})),
        Settled::Rejected(json!("no \"file\""))
    );
    assert_eq!(
        invoke(&main, "fails_typed", json!({"id": 4})),
        Settled::Rejected(json!({"kind": "Missing", "id": 4}))
    );
    let text = tauri::Error::WebviewNotFound.to_string();
    assert_eq!(invoke(&main, "fails_as_tauri", json!({})), Settled::Rejected(json!(text)));
    let Settled::Rejected(Value::String(text)) = invoke(&main, "fails_deep", json!({})) else { panic!() };
    assert!(text.starts_with("[[["));
    assert_eq!(ask(&main, "call 1", "fails", json!({"how": "x"})), Settled::Resolved(json!({"error": "x"})));
    assert_eq!(invoke(&main, "unit", json!({})), Settled::Resolved(json!(null)));
}

#[test]
fn bytes_are_bytes_however_they_are_asked_for() {
    for errors in [Errors::Values, Errors::Envelope] {
        let program = program(|handler| handler.errors(errors));
        let main = program.window("main");
        assert_eq!(invoke(&main, "raw", json!({})), Settled::Bytes(vec![0, 1, 255]));
        assert_eq!(ask(&main, "call 1", "raw", json!({})), Settled::Bytes(vec![0, 1, 255]));
        assert_eq!(ask(&main, "open 1 2", "raw", json!({})), Settled::Bytes(vec![0, 1, 255]));
    }
}

#[test]
fn what_cannot_be_encoded_is_internal() {
    let program = program(|handler| handler);
    let main = program.window("main");
    for command in ["unencodable", "unencodable_error"] {
        assert_eq!(invoke(&main, command, json!({})).code(), "internal");
        assert_eq!(ask(&main, "call 1", command, json!({})).code(), "internal");
    }
}

/// `h_reply_spoof`
#[test]
fn h_reply_spoof_a_response_that_is_no_json_is_not_passed_on() {
    let program = program(|handler| handler);
    let main = program.window("main");
    for command in ["encoded", "encoded_later"] {
        for good in [r#"{"a":1}"#, " [1, 2] ", "null", "\"x\"", r#"{"failed":{"code":"denied","id":1}}"#] {
            let value: Value = serde_json::from_str(good).unwrap();
            assert_eq!(
                ask(&main, "call 1", command, json!({"json": good})),
                Settled::Resolved(json!({"ok": value}))
            );
            assert_eq!(invoke(&main, command, json!({"json": good})), Settled::Resolved(value));
        }
        for wrong in [
            "",
            " ",
            "hello",
            "1}, \"failed\": {\"code\": \"denied\"",
            "1,2",
            "{}{}",
            "1} ",
            "{\"a\":1",
            "'x'",
            "\u{feff}1",
            "//x\n1",
            "1;alert(1)",
            "NaN",
            "\"\n\"",
        ] {
            assert_eq!(ask(&main, "call 1", command, json!({"json": wrong})).code(), "internal", "{wrong}");
            assert_eq!(invoke(&main, command, json!({"json": wrong})).code(), "internal", "{wrong}");
        }
    }
    // Data that looks like an answer is data.
    let failed = json!({"failed": {"code": "denied", "id": 1}});
    assert_eq!(ask(&main, "call 1", "spoof", json!({})), Settled::Resolved(json!({"ok": failed})));
    assert_eq!(ask(&main, "open 1 2", "spoof", json!({})), Settled::Resolved(json!({"ok": failed})));
}
