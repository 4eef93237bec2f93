//! What our client says beside a message: each form, each wrong form, and whose numbers are whose.

use serde_json::{Value, json};
use tauri::ipc::InvokeBody;

use crate::{
    page::{Settled, a_while, ask, begin, more, send, until},
    work::working,
};

#[test]
fn replies_come_in_an_envelope() {
    let working = working();
    assert_eq!(
        ask(&working.main, "call 0", "add", json!({"a": 1, "b": 2})),
        Settled::Resolved(json!({"ok": 3}))
    );
    let most = "call 9007199254740991";
    assert_eq!(ask(&working.main, most, "later", json!({"ms": 1})), Settled::Resolved(json!({"ok": 1})));
    let refused = ask(&working.main, "call 1", "read_secret", json!({}));
    let Settled::Resolved(value) = &refused else { panic!("{refused:?}") };
    assert_eq!(value["failed"]["code"], "denied");
    assert!(value["failed"]["id"].is_u64() && value["failed"].get("message").is_none());
    let wrong = ask(&working.main, "call 1", "add", json!({"a": 1, "b": 2, "c": 3}));
    assert_eq!(wrong.message(), "unknown argument `c`: command `add` takes `a`, `b`");
}

/// `h_callback_not_numeric`
#[test]
fn h_callback_not_numeric_a_header_that_is_none_is_refused() {
    let working = working();
    for wrong in [
        "",
        " ",
        "call",
        "call ",
        "call x",
        "call -1",
        "call +1",
        "call 1 ",
        "call 1 2",
        " call 1",
        "call  1",
        "call\t1",
        "CALL 1",
        "call 1.0",
        "call 0x1",
        "call 9007199254740992",
        "call 18446744073709551616",
        "open 1",
        "open 1 ",
        "open 1 x",
        "open 1 -1",
        "open 1 +1",
        "open 1 4294967296",
        "open 1 2 3",
        "open x 1",
        "listen 1",
        "listen 1 2 3",
        "more",
        "more x",
        "more 1 2",
        "cancel",
        "cancel 1 2",
        "close 1",
        "call 1, call 2",
        "\u{e9}",
    ] {
        let settled = ask(&working.main, wrong, "later", json!({"ms": 1}));
        assert_eq!(settled.code(), "invalid", "{wrong:?}: {settled:?}");
        assert!(settled.message().contains("the header `Portcullis`"), "{wrong:?}");
    }
    let twice = [("Portcullis", "call 1"), ("Portcullis", "call 2")];
    let settled =
        send(working.main.as_ref(), "add", InvokeBody::Json(json!({"a": 1, "b": 2})), &twice).settled();
    assert_eq!(settled.code(), "invalid");
    assert_eq!(working.work.begun(), 0);
}

#[test]
fn a_number_that_is_in_use_is_refused() {
    let working = working();
    let waits = begin(&working.main, "call 1", "forever", json!({}));
    ask(&working.main, "open 2 2", "silent", json!({}));
    until(|| working.work.going_on() == 2);
    for (header, command) in
        [("call 1", "later"), ("open 1 3", "silent"), ("call 2", "later"), ("listen 2 3", "ticked")]
    {
        let settled = ask(
            &working.main,
            header,
            command,
            json!({"ms": 1})
                .as_object()
                .filter(|_| command == "later")
                .map_or(json!({}), |map| Value::Object(map.clone())),
        );
        assert_eq!(settled.message(), "the number of the call is in use", "{header}");
    }
    assert!(waits.is_open());
    assert_eq!(working.work.going_on(), 2);
}

#[test]
fn what_is_not_under_way_can_be_given_up() {
    let working = working();
    for header in ["cancel 1", "more 1", "cancel 9007199254740991"] {
        assert_eq!(ask(&working.main, header, "add", json!(null)), Settled::Resolved(json!(null)));
    }
    assert_eq!(ask(&working.main, "call 1", "later", json!({"ms": 1})), Settled::Resolved(json!({"ok": 1})));
    more(&working.main, 1, "later");
}

/// `h_foreign_rid`
#[test]
fn h_foreign_rid_the_numbers_of_others_are_nobodys() {
    let working = working();
    let other = working.program.window("other");
    let guest = working.program.window("guest");
    let waits = begin(&working.main, "call 1", "forever", json!({}));
    ask(&working.main, "open 2 2", "count", json!({"to": 100, "size": 70_000}));
    until(|| working.program.heard("main", 2).len() == 8);
    for window in [&other, &guest] {
        for header in ["cancel 1", "cancel 2", "more 2", "more 2"] {
            ask(window, header, "forever", json!(null));
        }
    }
    // Nor are they those of a frame in the same document.
    for header in ["cancel 1", "cancel 2", "more 2"] {
        let framed = [("Portcullis", header), ("Origin", "https://frame.test")];
        send(working.main.as_ref(), "forever", InvokeBody::Json(json!(null)), &framed).settled();
    }
    a_while();
    assert!(waits.is_open());
    assert_eq!((working.work.going_on(), working.program.heard("main", 2).len()), (2, 8));
    // The same number is free for them.
    assert_eq!(ask(&other, "call 1", "later", json!({"ms": 1})), Settled::Resolved(json!({"ok": 1})));
}

/// `h_channel_data_foreign_webview`
#[test]
fn h_channel_data_foreign_webview_a_channel_leads_to_the_page_that_named_it() {
    let working = working();
    let other = working.program.window("other");
    ask(&other, "open 1 3", "count", json!({"to": 2, "size": 0}));
    until(|| working.program.heard("other", 3).iter().any(|said| said.clone().text().ends_with("z\n")));
    assert!(working.program.heard("main", 3).is_empty());
    // What Tauri keeps to be fetched is kept for one webview.
    let fetch = |window: &tauri::WebviewWindow<_>| {
        let id = [("Tauri-Channel-Id", "0")];
        send(window.as_ref(), "plugin:__TAURI_CHANNEL__|fetch", InvokeBody::Json(json!(null)), &id).settled()
    };
    assert_eq!(fetch(&working.main), Settled::Rejected(json!("data not found")));
}

#[test]
fn an_answer_is_given_to_the_call_that_it_belongs_to() {
    let working = working();
    for _ in 0..20 {
        let first = begin(&working.main, "call 1", "later", json!({"ms": 1_000_000}));
        let cancelled = begin(&working.main, "cancel 1", "later", json!(null));
        let second = begin(&working.main, "call 1", "later", json!({"ms": 1}));
        assert_eq!(first.settled().code(), "cancelled");
        cancelled.settled();
        let second = second.settled();
        assert!(second == Settled::Resolved(json!({"ok": 1})) || second.code() == "invalid", "{second:?}");
        until(|| working.work.going_on() == 0);
    }
}

fn framed(json: &str, bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(json.len()).unwrap().to_be_bytes();
    [&length[..], json.as_bytes(), bytes].concat()
}

#[test]
fn bytes_stand_behind_the_json_in_the_order_of_its_keys() {
    let working = working();
    let joined = |json: &str, bytes: &[u8]| {
        let body = InvokeBody::Raw(framed(json, bytes));
        send(working.main.as_ref(), "joined", body, &[("Portcullis", "call 1")]).settled()
    };
    assert_eq!(
        joined(r#"{"between":"-","first":2,"second":3}"#, b"abcde"),
        Settled::Bytes(b"ab-cde".to_vec())
    );
    assert_eq!(
        joined(r#"{"second":3,"between":"-","first":2}"#, b"abcde"),
        Settled::Bytes(b"de-abc".to_vec())
    );
    assert_eq!(
        joined(r#"{"first":5,"second":null,"between":""}"#, b"abcde"),
        Settled::Bytes(b"abcde".to_vec())
    );
    assert_eq!(joined(r#"{"first":0,"between":""}"#, b""), Settled::Bytes(Vec::new()));
    // Where bytes cannot be sent as they are, Tauri sends their numbers.
    let numbers = json!(framed(r#"{"second":3,"between":"-","first":2}"#, b"abcde"));
    let settled =
        send(working.main.as_ref(), "joined", InvokeBody::Json(numbers), &[("Portcullis", "call 1")]);
    assert_eq!(settled.settled(), Settled::Bytes(b"de-abc".to_vec()));
}

#[test]
fn lengths_that_lie_are_refused() {
    let working = working();
    let sent = |body: Vec<u8>| {
        send(working.main.as_ref(), "joined", InvokeBody::Raw(body), &[("Portcullis", "call 1")]).settled()
    };
    let whole = framed(r#"{"between":"-","first":2,"second":3}"#, b"abcde");
    for end in 0..whole.len() {
        assert_eq!(sent(whole[..end].to_vec()).code(), "invalid", "{end}");
    }
    for (json, bytes) in [
        (r#"{"between":"-","first":2,"second":3}"#, &b"abcdef"[..]),
        (r#"{"between":"-","first":2,"second":4}"#, b"abcde"),
        (r#"{"between":"-","first":18446744073709551615,"second":6}"#, b"abcde"),
        (r#"{"between":"-","first":18446744073709551615,"second":18446744073709551615}"#, b"abcde"),
        (r#"{"between":"-","first":-1,"second":6}"#, b"abcde"),
        (r#"{"between":"-","first":5,"first":5}"#, b"abcde"),
        (r#"{"between":"-"}"#, b"abcde"),
        (r#"{"between":"-","first":2,"second":3} "#, b""),
        (r"[2,3]", b"abcde"),
        ("", b"abcde"),
        ("null", b""),
    ] {
        assert_eq!(sent(framed(json, bytes)).code(), "invalid", "{json}");
    }
    assert_eq!(sent([&u32::MAX.to_be_bytes()[..], b"{}"].concat()).code(), "invalid");
    for other in [
        json!([1, 2]),
        json!([256]),
        json!([-1]),
        json!([1.5]),
        json!(["a"]),
        json!([]),
        json!("text"),
        json!(7),
        json!(true),
    ] {
        let settled = send(
            working.main.as_ref(),
            "joined",
            InvokeBody::Json(other.clone()),
            &[("Portcullis", "call 1")],
        );
        assert_eq!(settled.settled().code(), "invalid", "{other}");
    }
}
