//! How much a page may have under way at once.

use portcullis_tauri::Limits;
use serde_json::json;

use crate::{
    page::{Settled, ask, begin, invoke, until},
    work::working_as,
};

/// `l_rate_limit`
#[test]
fn l_rate_limit_calls_beyond_are_answered_and_do_not_begin() {
    let working = working_as(|handler| handler.limits(Limits::default().calls(2)));
    let _waiting = [1, 2].map(|id| begin(&working.main, &format!("call {id}"), "forever", json!({})));
    until(|| working.work.going_on() == 2);
    for settled in [
        ask(&working.main, "call 3", "later", json!({"ms": 1})),
        invoke(&working.main, "think", json!({"ms": 1})),
    ] {
        assert_eq!(settled.code(), "too_many", "{settled:?}");
    }
    assert_eq!(working.work.begun(), 2);
    ask(&working.main, "cancel 1", "forever", json!(null));
    until(|| ask(&working.main, "call 3", "later", json!({"ms": 1})) == Settled::Resolved(json!({"ok": 1})));
}

/// `l_rate_limit`
#[test]
fn l_rate_limit_a_call_that_turns_out_to_be_a_stream_counts_as_one() {
    let working = working_as(|handler| handler.limits(Limits::default().streams(2)));
    for id in 1..3 {
        let settled = ask(&working.main, &format!("open {id} {id}"), "silent", json!({}));
        assert_eq!(settled, Settled::Resolved(json!({"stream": true})));
    }
    assert_eq!(ask(&working.main, "open 3 3", "silent", json!({})).code(), "too_many");
    assert_eq!(ask(&working.main, "open 3 3", "count", json!({"to": 1, "size": 0})).code(), "too_many");
    assert_eq!(ask(&working.main, "listen 3 3", "ticked", json!({})).code(), "too_many");
    assert_eq!(
        invoke(&working.main, "climb", json!({"steps": 1, "onStep": "__CHANNEL__:5"})).code(),
        "too_many"
    );
    until(|| working.work.going_on() == 2);
    ask(&working.main, "cancel 1", "silent", json!(null));
    until(|| {
        ask(&working.main, "open 3 3", "silent", json!({})) == Settled::Resolved(json!({"stream": true}))
    });
}

#[test]
fn what_is_over_counts_no_more() {
    let working = working_as(|handler| handler.limits(Limits::default().calls(1).streams(1)));
    for id in 0..50 {
        let ended = |channel| working.program.lines(channel).last().is_some_and(|line| line == "z");
        let channel = 100 + id;
        let header = format!("open {id} {channel}");
        until(|| {
            ask(&working.main, &header, "count", json!({"to": 2, "size": 0})) != Settled::Resolved(json!({}))
        });
        until(|| ended(channel) || working.program.heard("main", channel).is_empty());
        until(|| {
            ask(&working.main, "call 1000", "later", json!({"ms": 0})) == Settled::Resolved(json!({"ok": 0}))
        });
    }
    until(|| working.work.going_on() == 0);
}

#[test]
fn a_download_that_is_taken_whole_has_an_end() {
    let working = working_as(|handler| handler.limits(Limits::default().whole(5_000)));
    assert_eq!(
        invoke(&working.main, "file", json!({"parts": 5, "broken": false})),
        Settled::Bytes(vec![b'x'; 5000])
    );
    assert_eq!(
        invoke(&working.main, "file", json!({"parts": 1_000_000, "broken": false})).code(),
        "too_large"
    );
    until(|| working.work.going_on() == 0);
    assert_eq!(working.work.made(), 11);
}
