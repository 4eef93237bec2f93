//! Who calls: what Tauri says, and nothing that a message says of itself.

use portcullis::{Authority, Permission, Principal, authority, command};
use portcullis_tauri::GateExt as _;
use serde_json::{Value, json};
use tauri::{
    LogicalPosition, LogicalSize, Webview, WebviewUrl,
    ipc::{CallbackFn, InvokeBody},
    test::MockRuntime,
    webview::{InvokeRequest, WebviewBuilder},
    window::WindowBuilder,
};

use crate::page::{HOME, Program, Settled, a_while, ask, invoke, send, send_from, send_request};

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
struct ReadNotes;

/// Write notes.
#[derive(Permission)]
#[permission(id = "notes:write")]
struct WriteNotes;

#[command(permission(ReadNotes))]
fn read_note(caller: &Principal) -> String {
    caller.to_string()
}

#[command(permission(WriteNotes))]
fn write_note(caller: &Principal) -> String {
    caller.to_string()
}

static AUTHORITY: Authority = authority! {
    commands: [read_note, write_note],
    capabilities: ["tests/mock/capabilities/callers/main.json"],
    windows: ["main", "viewer-*"],
};

struct Notes {
    program: Program,
    gate: portcullis::Gate,
}

/// Tauri's own list lets everybody through to both commands.
fn notes() -> Notes {
    let gate = portcullis_tauri::gate(&AUTHORITY).explain(false).build().unwrap();
    let remote = [("read_note", "*://*:*/*"), ("write_note", "*://*:*/*")];
    Notes { program: Program::admitting(gate.handler(), &remote), gate }
}

impl Notes {
    fn goes_to(&self, webview: &Webview<MockRuntime>, url: &str) {
        portcullis_tauri::test::show(&self.gate, webview, &url.parse().unwrap());
    }
}

/// What comes of a call that Tauri is told to be from this address, with these `Origin` headers.
fn from(webview: &Webview<MockRuntime>, url: &str, command: &str, origins: &[&str]) -> Settled {
    let headers: Vec<_> = origins.iter().map(|origin| ("Origin", *origin)).collect();
    send_from(webview, url, command, InvokeBody::Json(json!({})), &headers).settled()
}

fn resolved(text: &str) -> Settled {
    Settled::Resolved(json!(text))
}

const OWN: &str = "window `main`, local, main frame";

#[test]
fn labels_are_tauris_and_not_the_messages() {
    let notes = notes();
    let viewer = notes.program.window("viewer-1");
    let lies = [
        ("Portcullis-Window", "main"),
        ("label", "main"),
        ("Tauri-Window-Label", "main"),
        ("Referer", "tauri://localhost"),
    ];
    let payload = json!({"label": "main", "window": "main", "webview": "main", "__TAURI_METADATA__": {"currentWindow": {"label": "main"}}});
    let settled = send(viewer.as_ref(), "write_note", InvokeBody::Json(payload.clone()), &lies).settled();
    assert_eq!(settled.code(), "denied");
    let settled = send(viewer.as_ref(), "read_note", InvokeBody::Json(payload), &lies).settled();
    assert_eq!(settled, resolved("window `viewer-1`, local, main frame"));
}

/// `a_deny_beats_allow_any_order`
#[test]
fn a_deny_beats_allow_any_order() {
    let notes = notes();
    let (first, second) = (notes.program.window("viewer-1"), notes.program.window("viewer-2"));
    assert_eq!(invoke(&first, "read_note", json!({})), resolved("window `viewer-1`, local, main frame"));
    assert_eq!(invoke(&second, "read_note", json!({})).code(), "denied");
}

/// `a_deny_context_exact`
#[test]
fn a_deny_context_exact() {
    let notes = notes();
    let main = notes.program.window("main");
    // Denied to a site in this window, and not to the program's own page in it.
    assert_eq!(invoke(&main, "write_note", json!({})), resolved(OWN));
    notes.goes_to(main.as_ref(), "https://notes.test/");
    assert_eq!(from(main.as_ref(), "https://notes.test/", "write_note", &[]).code(), "denied");
    notes.goes_to(main.as_ref(), HOME);
    assert_eq!(invoke(&main, "write_note", json!({})), resolved(OWN));
}

/// `o_child_webview_in_trusted_window`
#[test]
fn o_child_webview_in_trusted_window_has_not_the_rights_of_its_window() {
    let notes = notes();
    let window = WindowBuilder::new(&notes.program.app, "main").build().unwrap();
    let add = |label: &str| {
        let child = WebviewBuilder::new(label, WebviewUrl::default());
        window.add_child(child, LogicalPosition::new(0, 0), LogicalSize::new(1, 1)).unwrap()
    };
    let (own, advert) = (add("main"), add("advert"));
    assert_eq!(from(&own, HOME, "write_note", &[]), resolved(OWN));
    for command in ["write_note", "read_note"] {
        assert_eq!(from(&advert, HOME, command, &[]).code(), "denied");
        assert_eq!(from(&advert, "https://notes.test", command, &[]).code(), "denied");
    }
    // A webview that has moved is asked about where it is.
    let elsewhere = WindowBuilder::new(&notes.program.app, "viewer-1").build().unwrap();
    own.reparent(&elsewhere).unwrap();
    assert_eq!(from(&own, HOME, "write_note", &[]).code(), "denied");
    assert_eq!(
        from(&own, HOME, "read_note", &[]).code(),
        "denied",
        "a webview `main` in a viewer is not declared"
    );
}

#[test]
fn a_remote_page_is_judged_by_its_origin() {
    let notes = notes();
    let main = notes.program.window("main");
    notes.goes_to(main.as_ref(), "https://notes.test/page?x");
    let named = resolved("window `main`, https://notes.test, main frame");
    assert_eq!(from(main.as_ref(), "https://notes.test/page?x", "read_note", &[]), named);
    assert_eq!(from(main.as_ref(), "https://notes.test/", "read_note", &["https://notes.test"]), named);
    assert_eq!(from(main.as_ref(), "https://notes.test/", "write_note", &[]).code(), "denied");
    let viewer = notes.program.window("viewer-1");
    notes.goes_to(viewer.as_ref(), "https://notes.test/");
    assert_eq!(from(viewer.as_ref(), "https://notes.test/", "read_note", &[]).code(), "denied");
}

/// `o_port`, `o_userinfo`, `o_trailing_dot_case`, `o_scheme_only`, `o_first_label`
#[test]
fn o_port_o_userinfo_o_trailing_dot_case_o_scheme_only_o_first_label_are_other_places() {
    let notes = notes();
    let main = notes.program.window("main");
    for url in [
        "https://notes.test:444/",
        "http://notes.test/",
        "https://notes.test./",
        "https://notes.test.evil.test/",
        "https://notes.test@evil.test/",
        "https://evil.test/https://notes.test",
        "https://xnotes.test/",
        "wss://notes.test/",
        "https://evil.test/#@notes.test",
        "https://notes.test%2eevil.test/",
    ] {
        let Ok(shown) = url.parse::<tauri::Url>() else { continue };
        notes.goes_to(main.as_ref(), shown.as_str());
        for origins in [&[][..], &["https://notes.test"], &["tauri://localhost"]] {
            assert_eq!(
                from(main.as_ref(), shown.as_str(), "read_note", origins).code(),
                "denied",
                "{url} {origins:?}"
            );
            // Nor if Tauri takes it for what it pretends to be.
            assert_eq!(
                from(main.as_ref(), "https://notes.test", "read_note", origins).code(),
                "denied",
                "{url} {origins:?}"
            );
        }
    }
}

/// `o_redirected_window`, `o_null_missing_malformed`
#[test]
fn o_null_missing_malformed_o_redirected_window_a_page_that_has_gone_elsewhere_is_no_longer_the_programs() {
    let notes = notes();
    let main = notes.program.window("main");
    assert_eq!(invoke(&main, "write_note", json!({})), resolved(OWN));
    for elsewhere in [
        "https://evil.test/",
        "http://localhost/",
        "data:text/html,x",
        "about:blank",
        "blob:tauri://localhost/1",
        "asset://localhost/x.html",
    ] {
        notes.goes_to(main.as_ref(), elsewhere);
        // Whatever Tauri has been told: on Linux it asks the webview, which may be on its way back.
        for (url, origins) in [
            (HOME, &[][..]),
            (HOME, &["tauri://localhost"]),
            (HOME, &["null"]),
            (HOME, &[""]),
            (elsewhere, &[]),
            (elsewhere, &["null"]),
        ] {
            for command in ["write_note", "read_note"] {
                let settled = from(main.as_ref(), url, command, origins);
                let refused = settled.code() == "denied"
                    || matches!(&settled, Settled::Rejected(Value::String(text)) if text.contains("not allowed"));
                let frame_of_ours = origins == ["tauri://localhost"];
                assert!(refused, "{elsewhere} as {url} {origins:?} {frame_of_ours}: {settled:?}");
            }
        }
    }
    notes.goes_to(main.as_ref(), "tauri://localhost/other");
    assert_eq!(invoke(&main, "write_note", json!({})), resolved(OWN));
}

/// `o_subframe_key`
#[test]
fn o_subframe_key_a_frame_that_has_the_key_is_a_frame() {
    let notes = notes();
    let main = notes.program.window("main");
    assert_eq!(from(main.as_ref(), HOME, "write_note", &["tauri://localhost"]), resolved(OWN));
    for origin in [
        "https://evil.test",
        "null",
        "tauri://localhost:81",
        "tauri://evil",
        "https://localhost",
        "",
        "\u{e9}",
        "tauri://localhost, x",
    ] {
        for url in [HOME, "https://notes.test", "https://evil.test"] {
            assert_eq!(from(main.as_ref(), url, "write_note", &[origin]).code(), "denied", "{origin} {url}");
            assert_eq!(from(main.as_ref(), url, "read_note", &[origin]).code(), "denied", "{origin} {url}");
        }
    }
    // A second header takes nothing back.
    assert_eq!(
        from(main.as_ref(), HOME, "write_note", &["tauri://localhost", "https://evil.test"]).code(),
        "denied"
    );
}

#[test]
fn a_page_cannot_make_sessions_without_end() {
    let notes = notes();
    let main = notes.program.window("main");
    for number in 0..300 {
        let origin = format!("https://frame-{number}.test");
        for url in [HOME, "https://notes.test", &origin] {
            from(main.as_ref(), url, "read_note", &[&origin]);
            from(main.as_ref(), url, "read_note", &[]);
        }
    }
    assert!(notes.gate.sessions_of(main.as_ref()).len() <= 4);
}

/// `o_subframe_key`: it is Tauri that drops a message without its key, and it does not answer. Nothing of ours is asked.
#[test]
fn o_subframe_key_a_message_with_a_wrong_key_does_not_get_here() {
    let notes = notes();
    let main = notes.program.window("main");
    for key in ["", "x", "__invoke-key__ ", "__INVOKE-KEY__"] {
        let answer = send_request(
            main.as_ref(),
            InvokeRequest {
                cmd: "write_note".to_owned(),
                callback: CallbackFn(0),
                error: CallbackFn(1),
                url: HOME.parse().unwrap(),
                body: InvokeBody::default(),
                headers: tauri::http::HeaderMap::default(),
                invoke_key: key.to_owned(),
            },
        );
        a_while();
        assert!(!answer.is_open(), "its answer is dropped");
    }
    assert!(notes.gate.sessions_of(main.as_ref()).is_empty());
}

#[test]
fn o_redirected_window_a_page_from_elsewhere_has_an_origin_once_it_was_seen_to_come() {
    let notes = notes();
    // No load has been seen, as where the plugin is registered with the first message: the webview may be on its way there.
    let url = WebviewUrl::External("https://notes.test/start".parse().unwrap());
    let main = notes.program.window_at("main", url);
    assert_eq!(from(main.as_ref(), HOME, "write_note", &[]).code(), "denied");
    assert_eq!(from(main.as_ref(), "https://notes.test/start", "read_note", &[]).code(), "denied");
    assert_eq!(ask(&main, "call 1", "write_note", json!({})).code(), "denied");
    portcullis_tauri::test::show(&notes.gate, main.as_ref(), &"https://notes.test/start".parse().unwrap());
    let settled = from(main.as_ref(), "https://notes.test/start", "read_note", &[]);
    assert_eq!(settled, resolved("window `main`, https://notes.test, main frame"));
}
