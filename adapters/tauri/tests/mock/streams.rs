//! Replies in parts: their order, their end, and that no more is sent than a page has room for.

use serde_json::{Value, json};

use crate::{
    page::{Body, Settled, a_while, ask, begin, invoke, more, until},
    work::{Working, working},
};

const STREAM: &str = r#"{"stream":true}"#;

impl Working {
    /// Opens a stream of items that fill a part each, as call 7 through channel 3.
    fn counts(&self, to: usize) {
        let settled = ask(&self.main, "open 7 3", "count", json!({"to": to, "size": 70_000}));
        assert_eq!(settled, Settled::Resolved(serde_json::from_str(STREAM).unwrap()));
    }

    fn parts(&self) -> usize {
        self.program.heard("main", 3).len()
    }
}

#[test]
fn a_stream_comes_whole_and_in_order() {
    let working = working();
    let opened = ask(&working.main, "open 1 3", "count", json!({"to": 40_000, "size": 0}));
    assert_eq!(opened, Settled::Resolved(json!({"stream": true})));
    let over = || working.program.lines(3).last().is_some_and(|line| line == "z");
    let mut said = 0;
    until(|| working.parts() > 0);
    while !over() {
        until(|| working.parts() > said || over());
        said += 1;
        more(&working.main, 1, "count");
    }
    let lines = working.program.lines(3);
    assert_eq!(lines.len(), 40_001);
    assert!(lines.iter().zip(0..40_000).all(|(line, number)| *line == format!("i\"{number}\"")));
    let indices = working.program.heard("main", 3).into_iter().map(|said| said.index);
    assert!(indices.eq(0..working.parts()));
    until(|| working.work.going_on() == 0);
}

#[test]
fn the_ninth_part_is_not_sent_before_one_of_eight_has_been_used() {
    let working = working();
    working.counts(100);
    until(|| working.parts() == 8);
    a_while();
    assert_eq!((working.parts(), working.work.made()), (8, 8), "nothing is made in advance either");
    more(&working.main, 7, "count");
    until(|| working.parts() == 9);
    a_while();
    assert_eq!(working.parts(), 9);
}

#[test]
fn a_page_cannot_say_that_it_has_used_more_than_it_was_sent() {
    let working = working();
    working.counts(1000);
    until(|| working.parts() == 8);
    // Whatever it says in one breath: never more than eight on top of what it had.
    ask(&working.main, "cancel 9", "count", json!({}));
    for _ in 0..3 {
        more(&working.main, 8, "count");
    }
    a_while();
    assert_eq!(working.parts(), 8, "another call's credit is its own");
    let settled = ask(&working.main, "open 8 4", "silent", json!({}));
    assert_eq!(settled, Settled::Resolved(json!({"stream": true})));
    for _ in 0..1000 {
        more(&working.main, 8, "silent");
    }
    a_while();
    assert_eq!(working.program.heard("main", 4).len(), 0);
}

#[test]
fn a_stream_ends_as_its_command_says() {
    let working = working();
    ask(&working.main, "open 1 3", "count", json!({"to": 0, "size": 0}));
    until(|| working.program.lines(3) == ["z"]);
    let settled = ask(&working.main, "open 2 4", "count", json!({"to": 13, "size": 0}));
    assert_eq!(settled, Settled::Resolved(json!({"error": "not that far"})));
    assert_eq!(
        ask(&working.main, "open 3 5", "add", json!({"a": 1, "b": 1})),
        Settled::Resolved(json!({"ok": 2}))
    );
    let settled = ask(&working.main, "open 4 6", "later", json!({"ms": 1}));
    assert_eq!(settled, Settled::Resolved(json!({"ok": 1})));
    assert!(working.program.heard("main", 4).is_empty() && working.program.heard("main", 6).is_empty());
}

#[test]
fn a_call_with_channels_sends_through_the_one_that_was_opened() {
    let working = working();
    let climb = |id: u32, steps: u32| {
        let arguments = json!({"steps": steps, "onStep": "__CHANNEL__:99"});
        ask(&working.main, &format!("open {id} {id}"), "climb", arguments)
    };
    assert_eq!(climb(1, 3), Settled::Resolved(json!({"stream": true})));
    until(|| working.program.lines(1).last().is_some_and(|line| line == "o3"));
    assert_eq!(working.program.lines(1), ["con_step 0", "con_step 1", "con_step 2", "o3"].map(named));
    climb(2, 13);
    until(|| working.program.lines(2).last().is_some_and(|line| line == "e\"slipped\""));
    assert!(working.program.heard("main", 99).is_empty());
}

/// Channels are called as the argument is on the wire.
fn named(line: &str) -> String {
    line.replace("con_step", "conStep")
}

#[test]
fn a_plain_invoke_gets_each_item_through_its_own_channel() {
    let working = working();
    let arguments = json!({"steps": 13, "onStep": "__CHANNEL__:5"});
    assert_eq!(invoke(&working.main, "climb", arguments), Settled::Rejected(json!("slipped")));
    let items: Vec<_> = working.program.heard("main", 5).into_iter().map(|said| said.body).collect();
    assert_eq!(items, (0..13).map(|step| Body::Json(json!(step))).collect::<Vec<_>>());
    let arguments = json!({"steps": 2, "onStep": "__CHANNEL__:6"});
    assert_eq!(invoke(&working.main, "climb", arguments), Settled::Resolved(json!(2)));
}

#[test]
fn what_is_no_channel_is_refused_by_name() {
    let working = working();
    for wrong in [
        json!(5),
        json!("5"),
        json!("__CHANNEL__:"),
        json!("__CHANNEL__:-1"),
        json!("__CHANNEL__:4294967296"),
        json!(null),
    ] {
        for command in [("climb", "onStep"), ("tick", "onTick")] {
            let settled = invoke(&working.main, command.0, json!({command.1: wrong, "steps": 1}));
            assert_eq!(settled.code(), "invalid", "{wrong}");
            assert!(settled.message().contains(command.1), "{settled:?}");
        }
    }
}

#[test]
fn a_plain_invoke_of_a_stream_is_told_so() {
    let working = working();
    let settled = invoke(&working.main, "count", json!({"to": 3, "size": 0}));
    assert_eq!(settled.code(), "invalid");
    assert!(settled.message().contains("answers in parts"), "{settled:?}");
    let settled = ask(&working.main, "call 1", "climb", json!({"steps": 3}));
    assert_eq!(settled.code(), "invalid");
    until(|| working.work.going_on() == 0);
}

#[test]
fn a_download_comes_as_bytes_and_then_its_end() {
    let working = working();
    let settled = ask(&working.main, "open 1 3", "file", json!({"parts": 3, "broken": false}));
    assert_eq!(settled, Settled::Resolved(json!({"download": {"type": "image/png", "length": 7}})));
    until(|| working.parts() == 4);
    let bodies: Vec<_> = working.program.heard("main", 3).into_iter().map(|said| said.body).collect();
    let part = || Body::Bytes(vec![b'x'; 1000]);
    assert_eq!(bodies, [part(), part(), part(), Body::Json(json!("z\n"))]);
}

#[test]
fn a_download_is_sent_as_it_is_used_and_says_when_it_breaks() {
    let working = working();
    ask(&working.main, "open 1 3", "file", json!({"parts": 8, "broken": true}));
    until(|| working.parts() == 8);
    a_while();
    assert_eq!((working.parts(), working.work.made()), (8, 8));
    more(&working.main, 1, "file");
    until(|| working.parts() == 9);
    let end = working.program.heard("main", 3).pop().unwrap().text();
    let failure: Value = serde_json::from_str(end.strip_prefix('f').unwrap()).unwrap();
    assert_eq!(failure["code"], "internal");
}

#[test]
fn a_plain_invoke_of_a_download_gets_it_whole() {
    let working = working();
    let settled = invoke(&working.main, "file", json!({"parts": 3, "broken": false}));
    assert_eq!(settled, Settled::Bytes(vec![b'x'; 3000]));
    assert_eq!(invoke(&working.main, "file", json!({"parts": 1, "broken": true})).code(), "internal");
}

/// `l_cancel_drops_future`
#[test]
fn l_cancel_drops_future() {
    let working = working();
    for (id, command) in ["forever", "silent"].into_iter().enumerate() {
        let answer = begin(&working.main, &format!("open {id} 3"), command, json!({}));
        until(|| working.work.going_on() == 1);
        ask(&working.main, &format!("cancel {id}"), command, json!(null));
        until(|| working.work.going_on() == 0);
        let settled = answer.settled();
        assert!(
            settled.code() == "cancelled" || settled == Settled::Resolved(json!({"stream": true})),
            "{settled:?}"
        );
    }
    // In full flow, too, and while it waits for a page that reads nothing.
    working.counts(1_000_000);
    until(|| working.parts() == 8);
    ask(&working.main, "cancel 7", "count", json!({}));
    until(|| working.work.going_on() == 0);
    // Its id is free then.
    until(|| ask(&working.main, "call 7", "later", json!({"ms": 1})) == Settled::Resolved(json!({"ok": 1})));
}
