//! The next page: what the one before had open ends, a plain call goes on, and what comes of it is told to nobody.

use portcullis_tauri::{GateExt as _, Handler};
use serde_json::json;
use tauri::ipc::InvokeBody;

use crate::{
    page::{HOME, Settled, a_while, ask, begin, invoke, until},
    work::{Ticked, working},
};

#[test]
fn a_page_that_is_loaded_ends_streams_channels_and_listeners() {
    let working = working();
    ask(&working.main, "open 1 3", "silent", json!({}));
    ask(&working.main, "open 2 4", "count", json!({"to": 1_000_000, "size": 70_000}));
    ask(&working.main, "open 3 5", "climb", json!({"steps": 99, "onStep": "__CHANNEL__:5"}));
    let plain = begin(&working.main, "call 5", "later", json!({"ms": 1}));
    plain.settled();
    ask(&working.main, "listen 4 6", "ticked", json!(null));
    until(|| working.work.going_on() == 3);
    working.goes_to(HOME);
    until(|| working.work.going_on() == 0);
    let heard = || (3..7).map(|channel| working.program.heard("main", channel).len()).sum::<usize>();
    let before = heard();
    working.ticks().emit(&Ticked { number: 1 });
    a_while();
    assert_eq!(heard(), before);
    // The page that is there now has its own numbers.
    assert_eq!(
        ask(&working.main, "listen 4 8", "ticked", json!(null)),
        Settled::Resolved(json!({"stream": true}))
    );
    working.ticks().emit(&Ticked { number: 2 });
    until(|| working.program.lines(8).len() == 1);
}

#[test]
fn a_plain_call_goes_on_and_its_answer_goes_nowhere() {
    let working = working();
    let answer = begin(&working.main, "call 1", "later", json!({"ms": 100}));
    let plain = working.work.clone();
    until(|| plain.going_on() == 1);
    working.goes_to("https://elsewhere.test/");
    a_while();
    until(|| working.work.going_on() == 0);
    // It has come to its end, and what came of it is not told to the page that is there now.
    assert_eq!(answer.settled().code(), "cancelled");
}

/// Tauri's script sends a message the other way where a request breaks off, as it does when its page is left.
#[test]
fn a_call_that_is_sent_again_since_its_page_is_left_runs_once() {
    let working = working();
    let send = |header: &str, is_request: bool| {
        let headers = [("Portcullis", header), ("Tauri-Callback", "7")];
        let headers = if is_request { &headers[..] } else { &headers[..1] };
        let body = InvokeBody::Json(json!({"ms": 1}));
        crate::page::send(working.main.as_ref(), "later", body, headers).settled()
    };
    let done = Settled::Resolved(json!({"ok": 1}));
    assert_eq!(send("call 1", true), done);
    assert_eq!(send("call 1", false).code(), "cancelled");
    assert_eq!(send("open 2 3", true), done);
    working.goes_to(HOME);
    // It has come back, and goes on where it was.
    assert_eq!(send("open 2 3", false).code(), "cancelled");
    assert_eq!(working.work.begun(), 2);
    assert_eq!(send("call 4", false), done, "where requests are not possible, there is only the other way");
    assert_eq!(send("call 1", true), done, "a number may be used again");
}

#[test]
fn a_channel_of_tauris_ends_with_its_page() {
    let working = working();
    let answer = begin(&working.main, "call 1", "tick", json!({"onTick": "__CHANNEL__:5"}));
    until(|| working.program.heard("main", 5).len() > 3);
    working.goes_to("https://elsewhere.test/");
    until(|| working.work.going_on() == 0);
    let heard = working.program.heard("main", 5).len();
    a_while();
    assert_eq!(working.program.heard("main", 5).len(), heard);
    assert_eq!(answer.settled().code(), "cancelled");
}

#[test]
fn what_was_switched_on_for_a_page_is_off_for_the_next() {
    let working = working();
    assert_eq!(invoke(&working.main, "read_secret", json!({})).code(), "denied");
    let session = working.gate.sessions_of(working.main.as_ref()).remove(0);
    session.switch_on::<crate::work::ReadSecrets>().unwrap();
    assert_eq!(invoke(&working.main, "read_secret", json!({})), Settled::Resolved(json!("the secret")));
    working.goes_to(HOME);
    assert_eq!(invoke(&working.main, "read_secret", json!({})).code(), "denied");
}

/// `h_purge_on_close`
#[test]
fn h_purge_on_close_a_window_that_is_gone_leaves_nothing() {
    let working = working();
    ask(&working.main, "open 1 3", "silent", json!({}));
    ask(&working.main, "open 2 4", "climb", json!({"steps": 99, "onStep": "__CHANNEL__:5"}));
    until(|| working.work.going_on() == 2);
    let waits = begin(&working.main, "call 3", "later", json!({"ms": 60}));
    until(|| working.work.going_on() == 3);
    portcullis_tauri::test::destroy(&working.gate, "main");
    until(|| working.work.going_on() == 0);
    assert_eq!(waits.settled().code(), "cancelled");
    assert!(working.gate.sessions_of(working.main.as_ref()).is_empty());
}

#[test]
fn another_window_goes_on() {
    let working = working();
    let other = working.program.window("other");
    ask(&other, "open 1 3", "silent", json!({}));
    ask(&working.main, "open 1 3", "silent", json!({}));
    until(|| working.work.going_on() == 2);
    portcullis_tauri::test::destroy(&working.gate, "main");
    until(|| working.work.going_on() == 1);
    working.goes_to(HOME);
    a_while();
    assert_eq!(working.work.going_on(), 1);
}

#[test]
fn a_label_that_is_taken_again_is_another_webview() {
    let working = working();
    ask(&working.main, "open 1 3", "silent", json!({}));
    until(|| working.work.going_on() == 1);
    let session = working.gate.sessions_of(working.main.as_ref()).remove(0);
    session.switch_on::<crate::work::ReadSecrets>().unwrap();
    assert_eq!(invoke(&working.main, "read_secret", json!({})), Settled::Resolved(json!("the secret")));
    // Closed by itself, as a child webview is: nobody tells of it.
    working.main.as_ref().close().unwrap();
    let child = tauri::webview::WebviewBuilder::new("main", tauri::WebviewUrl::default());
    let host = tauri::window::WindowBuilder::new(&working.program.app, "host").build().unwrap();
    let again =
        host.add_child(child, tauri::LogicalPosition::new(0, 0), tauri::LogicalSize::new(1, 1)).unwrap();
    until(|| working.work.going_on() == 0);
    assert!(working.gate.sessions_of(&again).is_empty());
}

#[test]
fn a_webview_that_has_called_before_tauri_tells_of_it_keeps_what_it_has() {
    let working = working();
    ask(&working.main, "open 1 3", "silent", json!({}));
    until(|| working.work.going_on() == 1);
    // Tauri tells plugins of a webview some time after it is there.
    let mut plugin = portcullis_tauri::plugin::<tauri::test::MockRuntime>(&working.gate);
    tauri::plugin::Plugin::webview_created(&mut plugin, working.main.as_ref().clone());
    a_while();
    assert_eq!(working.work.going_on(), 1);
}

/// `l_rate_limit`
#[test]
fn l_rate_limit_a_page_that_loads_itself_again_and_again_may_not_call_more() {
    let limits = portcullis_tauri::Limits::default().calls(3);
    let working = crate::work::working_as(|handler: Handler| handler.limits(limits));
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(begin(&working.main, "call 1", "forever", json!({})));
        working.goes_to(HOME);
    }
    until(|| working.work.going_on() == 3);
    assert_eq!(ask(&working.main, "call 1", "forever", json!({})).code(), "too_many");
    assert_eq!(
        ask(&working.main, "call 1", "add", json!({"a": 1, "b": 1})),
        Settled::Resolved(json!({"ok": 2}))
    );
    let other = working.program.window("other");
    assert_eq!(ask(&other, "call 1", "later", json!({"ms": 1})), Settled::Resolved(json!({"ok": 1})));
    assert!(answers.iter().all(crate::page::Answer::is_open));
}
