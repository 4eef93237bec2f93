//! What may be switched on for a session, and nothing else may.

use portcullis::{Reason, prelude::*};
use portcullis_tests::{call, line};

use super::meaning::{AUTHORITY, Channel, Leave, Post, leave};
use crate::open;

fn guest() -> Session {
    open(&AUTHORITY, Principal::window("guest"))
}

fn post(session: &Session, channel: &str) -> String {
    line(&call(session, "post", &format!("{{\"channel\":\"{channel}\"}}")))
}

#[test]
fn what_is_optional_is_off_until_it_is_switched_on() {
    let guest = guest();
    assert!(!guest.may_call("leave"));
    guest.switch_on::<Leave>().unwrap();
    assert!(guest.may_call("leave"));
    assert_eq!(line(&call(&guest, "leave", "")), "ok null");
}

#[test]
fn a_refusal_says_that_it_could_be_switched_on() {
    let explains = Gate::new(&AUTHORITY).explain(true).build().unwrap();
    let answer = line(&call(&explains.session(Principal::window("guest")), "leave", ""));
    assert_eq!(
        answer,
        "denied: it needs `chat:leave`, which is optional and not switched on for this session"
    );
    assert!(!answer.contains(&format!("{:?}", Reason::Undeclared)));
}

#[test]
fn it_is_switched_on_for_one_session_alone() {
    let gate = Gate::new(&AUTHORITY).explain(false).build().unwrap();
    let (one, other) = (gate.session(Principal::window("guest")), gate.session(Principal::window("guest")));
    one.switch_on::<Leave>().unwrap();
    assert!(one.may_call("leave") && !other.may_call("leave"));
}

#[test]
fn clones_are_one_session() {
    let guest = guest();
    let clone = guest.clone();
    guest.switch_on::<Leave>().unwrap();
    assert!(clone.may_call("leave"));
}

#[test]
fn its_entries_are_those_of_the_capability() {
    let guest = guest();
    guest.switch_on::<Post>().unwrap();
    assert_eq!(post(&guest, "guests"), "ok \"guests\"");
    assert_eq!(post(&guest, "general"), "denied");
}

#[test]
fn entries_that_are_added_narrow_it_further_and_never_widen() {
    let guest = guest();
    let only = |name: &str| vec![Channel { name: name.into() }];
    guest.switch_on_within::<Post>(only("lobby")).unwrap();
    assert_eq!((post(&guest, "lobby"), post(&guest, "guests")), ("ok \"lobby\"".into(), "denied".into()));
    guest.switch_on_within::<Post>(only("general")).unwrap();
    assert_eq!((post(&guest, "general"), post(&guest, "lobby")), ("denied".into(), "denied".into()));
    guest.switch_on_within::<Post>(Vec::new()).unwrap();
    assert_eq!(post(&guest, "guests"), "denied");
}

#[test]
fn a_runtime_grant_bad_is_err() {
    let main = open(&AUTHORITY, Principal::window("main"));
    let error = main.switch_on::<Leave>().unwrap_err().to_string();
    assert!(
        error.starts_with("no capability that matches this session has `chat:leave` as `optional`"),
        "{error}"
    );
    assert!(!main.may_call("leave"));
}

#[test]
fn a_revoke_in_flight_leaves_no_later_call() {
    let guest = guest();
    guest.switch_on::<Post>().unwrap();
    assert_eq!(post(&guest, "guests"), "ok \"guests\"");
    guest.switch_off::<Post>();
    assert!(!guest.may_call("post"));
    assert_eq!(post(&guest, "guests"), "denied");
}

#[test]
fn switching_while_calls_run_never_lets_more_through_than_is_on() {
    let guest = guest();
    std::thread::scope(|threads| {
        let switching = threads.spawn(|| {
            for _ in 0..2_000 {
                guest.switch_on_within::<Post>(vec![Channel { name: "lobby".into() }]).unwrap();
                guest.switch_off::<Post>();
            }
        });
        while !switching.is_finished() {
            assert_eq!(post(&guest, "guests"), "denied");
        }
    });
    assert_eq!(post(&guest, "lobby"), "denied");
}

/// Asks the user, and switches on what the user has agreed to.
#[command(public("asks the user"))]
fn ask_to_leave(session: &Session) -> Result<(), String> {
    session.switch_on::<Leave>().map_err(|error| error.to_string())
}

static ASKS: Authority = authority! {
    commands: [ask_to_leave, leave],
    capabilities: ["behaviour/capabilities/scope_optional/main.json"],
    windows: ["guest"],
};

#[test]
fn a_command_can_switch_on_for_the_session_that_calls_it() {
    let guest = open(&ASKS, Principal::window("guest"));
    assert_eq!(line(&call(&guest, "leave", "")), "denied");
    assert_eq!(line(&call(&guest, "ask_to_leave", "")), "ok null");
    assert_eq!(line(&call(&guest, "leave", "")), "ok null");
}
