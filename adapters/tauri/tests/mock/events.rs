//! Events: who hears them, and until when.

use serde_json::json;

use crate::{
    page::{Said, Settled, a_while, ask, until},
    work::{HearTicks, Ticked, working},
};
use portcullis_tauri::GateExt as _;

const STREAM: fn() -> Settled = || Settled::Resolved(json!({"stream": true}));

#[test]
fn an_event_reaches_whoever_may_hear_it() {
    let working = working();
    let other = working.program.window("other");
    assert_eq!(ask(&working.main, "listen 1 3", "ticked", json!(null)), STREAM());
    assert_eq!(ask(&working.main, "listen 2 4", "ticked", json!({})), STREAM());
    assert_eq!(ask(&other, "listen 1 3", "ticked", json!(null)).code(), "denied");
    working.ticks().emit(&Ticked { number: 1 });
    working.ticks().emit_to("other", &Ticked { number: 2 });
    working.ticks().emit_to("main", &Ticked { number: 3 });
    for channel in [3, 4] {
        until(|| working.program.lines(channel).len() == 2);
        assert_eq!(working.program.lines(channel), [r#"i{"number":1}"#, r#"i{"number":3}"#]);
    }
    assert!(working.program.heard("other", 3).is_empty());
}

#[test]
fn a_listener_that_is_given_up_hears_no_more() {
    let working = working();
    ask(&working.main, "listen 1 3", "ticked", json!(null));
    working.ticks().emit(&Ticked { number: 1 });
    until(|| working.program.lines(3).len() == 1);
    ask(&working.main, "cancel 1", "ticked", json!(null));
    until(|| ask(&working.main, "listen 1 4", "ticked", json!(null)) == STREAM());
    working.ticks().emit(&Ticked { number: 2 });
    until(|| working.program.lines(4).len() == 1);
    assert_eq!(working.program.lines(3).len(), 1);
}

/// `a_revoke_in_flight`
#[test]
fn a_revoke_in_flight_a_listener_hears_nothing_of_what_it_may_not() {
    let working = working();
    let other = working.program.window("other");
    assert_eq!(ask(&other, "listen 1 3", "ticked", json!(null)).code(), "denied");
    let session = working.gate.sessions_of(other.as_ref()).remove(0);
    session.switch_on::<HearTicks>().unwrap();
    assert_eq!(ask(&other, "listen 1 3", "ticked", json!(null)), STREAM());
    working.ticks().emit(&Ticked { number: 1 });
    let heard = || working.program.heard("other", 3).into_iter().map(Said::text).collect::<String>();
    until(|| heard().lines().count() == 1);
    session.switch_off::<HearTicks>();
    working.ticks().emit(&Ticked { number: 2 });
    a_while();
    session.switch_on::<HearTicks>().unwrap();
    working.ticks().emit(&Ticked { number: 3 });
    until(|| heard().lines().count() == 2);
    assert_eq!(heard(), "i{\"number\":1}\ni{\"number\":3}\n");
}

#[test]
fn events_and_commands_are_not_mistaken_for_each_other() {
    let working = working();
    assert_eq!(ask(&working.main, "call 1", "ticked", json!({})).code(), "denied");
    assert_eq!(ask(&working.main, "listen 1 3", "add", json!({"a": 1, "b": 2})).code(), "denied");
    assert_eq!(ask(&working.main, "open 1 3", "ticked", json!({})).code(), "denied");
}

#[test]
fn a_page_that_hears_nothing_is_told_how_much_it_missed() {
    let working = working();
    ask(&working.main, "listen 1 3", "ticked", json!(null));
    for number in 0..2000 {
        working.ticks().emit(&Ticked { number });
        if number < 20 {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    }
    until(|| working.program.heard("main", 3).len() == 8);
    a_while();
    // Eight parts, and the rest waits in a queue with an end.
    assert_eq!(working.program.heard("main", 3).len(), 8);
    for _ in 0..8 {
        crate::page::more(&working.main, 1, "ticked");
    }
    until(|| working.program.lines(3).iter().any(|line| line.starts_with('g')));
}
