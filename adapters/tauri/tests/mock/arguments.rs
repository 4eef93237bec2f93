//! What a plain `invoke` of an old page sends: as under Tauri's own macro, and what is wrong is named.

use portcullis::{Authority, Bytes, Permission, authority, command};
use portcullis_tauri::{Errors, GateExt as _, Handler};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tauri::{
    AppHandle, Manager as _, State, Webview,
    ipc::{InvokeBody, Request, Response},
    test::MockRuntime,
};

use crate::page::{Program, Settled, invoke, send};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Note {
    id: u32,
    its_text: Option<String>,
}

#[command(public("an example"))]
fn save(note_to_save: Note, at: Option<u64>, tags: Vec<String>) -> Value {
    json!([note_to_save, at, tags])
}

#[command(public("an example"), rename_all = "snake_case")]
fn snake(some_text: &str, r#type: Option<&str>) -> String {
    format!("{some_text} {type:?}")
}

#[command(public("an example"))]
fn anything(value: Value) -> Value {
    value
}

#[command(public("an example"))]
fn nothing() {}

#[command(public("an example"))]
fn optional(value: Option<u32>) -> Option<u32> {
    value
}

/// All of them at once, lent where they can be, across an `await`.
#[command(public("an example"))]
async fn all(
    text: &str,
    count: State<'_, u32>,
    ours: portcullis::State<'_, String>,
    app: AppHandle<MockRuntime>,
    webview: Webview<MockRuntime>,
    request: Request<'_>,
    caller: &portcullis::Principal,
) -> Result<String, String> {
    tokio::task::yield_now().await;
    let key = request.headers().get("x-key").and_then(|key| key.to_str().ok()).unwrap_or("none");
    let body = matches!(request.body(), InvokeBody::Json(Value::Object(_)));
    let name = &app.package_info().name;
    Ok(format!("{text} {} {} {name} {} {key} {body} {caller}", *count, *ours, webview.label()))
}

#[command(public("an example"), blocking)]
fn blocks(number: u32, count: State<'_, u32>, request: Request<'_>) -> (u32, bool) {
    (number + *count, request.headers().is_empty())
}

#[command(public("an example"))]
fn upload(data: Bytes, name: Option<&str>) -> String {
    format!("{} {name:?}", data.len())
}

#[command(public("an example"))]
fn read(request: Request<'_>) -> Response {
    match request.body() {
        InvokeBody::Raw(bytes) => Response::new(bytes.clone()),
        InvokeBody::Json(value) => Response::new(value.to_string()),
    }
}

/// Held for whoever asks.
#[derive(Permission)]
#[permission(id = "disk:wipe")]
struct Wipe;

#[command(permission(Wipe))]
fn wiped() {}

static AUTHORITY: Authority = authority! {
    commands: [save, snake, anything, nothing, optional, all, blocks, upload, read, wiped],
    capabilities: ["tests/mock/capabilities/main.json"],
    windows: ["main"],
};

fn program(told: impl FnOnce(Handler) -> Handler) -> Program {
    let gate = portcullis_tauri::gate(&AUTHORITY).state("ours".to_owned()).build().unwrap();
    let program = Program::new(told(Handler::new(&gate)).only());
    program.app.manage(7_u32);
    portcullis_tauri::check(&gate, program.app.handle()).unwrap();
    program
}

fn resolved(value: Value) -> Settled {
    Settled::Resolved(value)
}

#[test]
fn arguments_are_called_as_under_tauris_own_macro() {
    let program = program(|handler| handler);
    let main = program.window("main");
    let sent =
        json!({"noteToSave": {"id": 1, "itsText": "x"}, "at": 18_446_744_073_709_551_615_u64, "tags": ["é"]});
    assert_eq!(
        invoke(&main, "save", sent),
        resolved(json!([{"id": 1, "itsText": "x"}, 18_446_744_073_709_551_615_u64, ["é"]]))
    );
    let left_out = json!({"noteToSave": {"id": 1}, "tags": []});
    assert_eq!(invoke(&main, "save", left_out), resolved(json!([{"id": 1, "itsText": null}, null, []])));
    assert_eq!(
        invoke(&main, "snake", json!({"some_text": "a", "type": "b"})),
        resolved(json!("a Some(\"b\")"))
    );
    assert_eq!(
        invoke(&main, "snake", json!({"some_text": "\n\u{2028}"})),
        resolved(json!("\n\u{2028} None"))
    );
}

#[test]
fn everything_of_tauris_beside_data_and_beside_ours() {
    let program = program(|handler| handler);
    let main = program.window("main");
    let body = InvokeBody::Json(json!({"text": "hi"}));
    assert_eq!(
        send(main.as_ref(), "all", body, &[("x-key", "k")]).settled(),
        resolved(json!("hi 7 ours test main k true window `main`, local, main frame"))
    );
    assert_eq!(invoke(&main, "blocks", json!({"number": 3})), resolved(json!([10, true])));
}

/// `l_null_payload`
#[test]
fn l_null_payload_is_no_arguments() {
    let program = program(Handler::strict);
    let main = program.window("main");
    for (command, answer) in [("nothing", json!(null)), ("optional", json!(null))] {
        assert_eq!(invoke(&main, command, json!(null)), resolved(answer.clone()));
        assert_eq!(invoke(&main, command, json!({})), resolved(answer));
    }
    assert_eq!(
        invoke(&main, "anything", json!(null)).message().split_once(": ").unwrap().1,
        "missing argument `value` of command `anything`"
    );
}

#[test]
fn what_is_no_object_is_refused() {
    let program = program(|handler| handler);
    let main = program.window("main");
    for payload in [json!([]), json!([1, 2]), json!("x"), json!(1), json!(true), json!([{"value": 1}])] {
        for command in ["anything", "nothing"] {
            let settled = invoke(&main, command, payload.clone());
            assert_eq!(settled.code(), "invalid", "{command} {payload}");
            assert!(settled.message().contains("JSON object"), "{settled:?}");
        }
    }
}

/// `l_deep_json`
#[test]
fn l_deep_json_is_answered() {
    let program = program(|handler| handler);
    let main = program.window("main");
    let deep = |levels: usize| (1..levels).fold(json!([]), |inner, _| json!([inner]));
    // The object of arguments is one level, and is read by itself.
    assert_eq!(invoke(&main, "anything", json!({"value": deep(120)})), resolved(deep(120)));
    for levels in [128, 200, 500] {
        assert_eq!(invoke(&main, "anything", json!({"value": deep(levels)})).code(), "too_deep", "{levels}");
    }
    let unread = json!({"value": 1, "other": deep(500)});
    assert_eq!(invoke(&main, "optional", unread), resolved(json!(1)), "what is not taken is not read");
}

#[test]
fn an_argument_that_is_not_taken_is_ignored_unless_the_handler_is_strict() {
    let lenient = program(|handler| handler);
    let main = lenient.window("main");
    let long = "é".repeat(100_000);
    assert_eq!(invoke(&main, "optional", json!({"value": 1, "valeu": 2, long: 3})), resolved(json!(1)));
    assert_eq!(invoke(&main, "nothing", json!({"\u{1b}[2J\n": 1})), resolved(json!(null)));
    // A host's argument is not the page's to give.
    assert_eq!(
        invoke(&main, "blocks", json!({"number": 1, "count": 9, "request": 1})),
        resolved(json!([8, true]))
    );
    let strict = program(Handler::strict);
    let main = strict.window("main");
    let settled = invoke(&main, "optional", json!({"value": 1, "valeu": 2}));
    assert_eq!(settled.code(), "invalid");
    assert!(settled.message().ends_with("unknown argument `valeu`: command `optional` takes `value`"));
}

#[test]
fn a_wrong_type_names_the_argument() {
    let program = program(|handler| handler);
    let main = program.window("main");
    for (command, sent, name) in [
        ("optional", json!({"value": "x"}), "value"),
        ("optional", json!({"value": -1}), "value"),
        ("optional", json!({"value": 4_294_967_296_u64}), "value"),
        ("save", json!({"noteToSave": {"id": 1, "itsText": 7}, "tags": []}), "noteToSave"),
        ("save", json!({"noteToSave": {"id": 1}}), "tags"),
        ("save", json!({"note_to_save": {"id": 1}, "tags": []}), "noteToSave"),
        ("snake", json!({"someText": "x"}), "some_text"),
    ] {
        let settled = invoke(&main, command, sent);
        assert_eq!(settled.code(), "invalid");
        assert!(settled.message().contains(&format!("`{name}`")), "{settled:?}");
    }
}

#[test]
fn raw_bytes_are_those_of_the_one_argument_that_takes_some() {
    let program = program(|handler| handler);
    let main = program.window("main");
    let sent = |command: &str, body: InvokeBody| send(main.as_ref(), command, body, &[]).settled();
    assert_eq!(sent("upload", InvokeBody::Raw(vec![1, 2, 3])), resolved(json!("3 None")));
    assert_eq!(sent("upload", InvokeBody::Raw(Vec::new())), resolved(json!("0 None")));
    // By `postMessage`, they come as numbers.
    assert_eq!(sent("upload", InvokeBody::Json(json!([1, 2, 255]))), resolved(json!("3 None")));
    assert_eq!(sent("upload", InvokeBody::Json(json!([1, 256]))).code(), "invalid");
    assert_eq!(sent("read", InvokeBody::Raw(vec![1, 2, 3])), Settled::Bytes(vec![1, 2, 3]));
    assert_eq!(sent("read", InvokeBody::Json(json!({"a": [1]}))), resolved(json!({"a": [1]})));
    assert_eq!(sent("nothing", InvokeBody::Raw(vec![1])), resolved(json!(null)));
    assert_eq!(sent("optional", InvokeBody::Raw(vec![1])), resolved(json!(null)));
    assert_eq!(sent("anything", InvokeBody::Raw(b"{\"value\":1}".to_vec())).code(), "invalid");
    // And not by a length in JSON, where no bytes came.
    assert_eq!(sent("upload", InvokeBody::Json(json!({"data": 3}))).code(), "invalid");
    assert_eq!(sent("upload", InvokeBody::Json(json!({"data": 0}))), resolved(json!("0 None")));
    assert_eq!(sent("upload", InvokeBody::Json(json!({"data": [1, 2]}))).code(), "invalid");
}

#[test]
fn a_page_of_tauris_may_be_told_in_an_envelope() {
    let program = program(|handler| handler.errors(Errors::Envelope));
    let main = program.window("main");
    assert_eq!(invoke(&main, "optional", json!({"value": 1})), resolved(json!({"ok": 1})));
    assert_eq!(invoke(&main, "optional", json!({"value": "x"})).code(), "invalid");
    assert!(matches!(invoke(&main, "nobody", json!({})), Settled::Resolved(_)));
}

#[test]
fn the_handler_of_a_gate_is_that_of_all_its_commands() {
    let gate = portcullis_tauri::gate(&AUTHORITY).state(String::new()).build().unwrap();
    let program = Program::new(gate.handler());
    let main = program.window("main");
    assert_eq!(invoke(&main, "nothing", json!({})), resolved(json!(null)));
}
