//! What the host gives: state, the principal, proof of a permission, and what other crates add.

use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

use std::sync::Arc;

use portcullis::{Granted, Host, HostArgument, Need, Unavailable, prelude::*};
use portcullis_tests::{block_on, call, line};
use portcullis_tests_clock::Started;

/// Do as the tests say.
#[derive(Permission)]
#[permission(id = "host:test")]
struct Test;

#[portcullis::command(permission(Test))]
fn remember(text: &str, notes: State<'_, Mutex<Vec<String>>>) -> usize {
    let mut notes = notes.lock().unwrap();
    notes.push(text.to_owned());
    notes.len()
}

#[portcullis::command(permission(Test))]
async fn remember_later(notes: State<'_, Mutex<Vec<String>>>, text: String) -> usize {
    std::future::ready(()).await;
    let mut notes = notes.lock().unwrap();
    notes.push(text);
    notes.len()
}

#[portcullis::command(permission(Test))]
fn number(number: State<'_, u8>) -> u8 {
    *number
}

#[portcullis::command(permission(Test))]
fn who(principal: &Principal, copy: Principal, granted: Granted<'_, Test>) -> String {
    assert_eq!(&copy, principal);
    assert_eq!(granted.principal(), principal);
    format!("{principal}; {granted:?}")
}

/// A host argument that is made anew for each call.
struct Doubled(u8);

impl<'a> HostArgument<'a> for Doubled {
    const NEEDS: &'static [Need] = &[Need::of::<u8>()];
    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        host.value::<u8>().map(|number| Self(number * 2)).ok_or_else(Unavailable::of::<u8>)
    }
}

/// A host argument that is lent.
struct Settings {
    language: &'static str,
}

impl<'a> HostArgument<'a> for &'a Settings {
    const NEEDS: &'static [Need] = &[Need::of::<Settings>()];
    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        host.value().ok_or_else(Unavailable::of::<Settings>)
    }
}

#[portcullis::command(permission(Test))]
fn own_by_value(doubled: Doubled) -> u8 {
    doubled.0
}

#[portcullis::command(permission(Test))]
fn own_by_reference(settings: &Settings) -> &'static str {
    settings.language
}

#[portcullis::command(permission(Test))]
async fn own_later(settings: &Settings, word: &str, doubled: Doubled) -> String {
    std::future::ready(()).await;
    format!("{} {word} {}", settings.language, doubled.0)
}

#[portcullis::command(permission(Test))]
fn of_another_crate(since: Instant, lent: &Instant) -> bool {
    since == *lent
}

/// A host argument that needs nothing but the call.
struct Name(String);

impl<'a> HostArgument<'a> for Name {
    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        Ok(Self(format!("{} for {}", host.command_name(), host.principal())))
    }
}

#[portcullis::command(permission(Test), name = "told-its-name")]
fn told_its_name(name: Name) -> String {
    name.0
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [
        remember, remember_later, number, who, own_by_value, own_by_reference, own_later, of_another_crate,
        told_its_name,
    ],
    capabilities: ["behaviour/capabilities/host/main.json"],
    windows: ["main"],
};

fn gate() -> Gate {
    let long_ago = Instant::now().checked_sub(Duration::from_secs(1)).unwrap();
    Gate::new(&AUTHORITY)
        .state(Mutex::new(Vec::<String>::new()))
        .state(3_u8)
        .state(Settings { language: "fr" })
        .state(Started(long_ago))
        .build()
        .unwrap()
}

fn session() -> Session {
    gate().session(Principal::window("main"))
}

#[test]
fn state_is_one_value_for_all_sessions() {
    let gate = gate();
    let (one, other) = (gate.session(Principal::window("main")), gate.session(Principal::window("main")));
    assert_eq!(line(&call(&one, "remember", r#"{"text":"a"}"#)), "ok 1");
    assert_eq!(line(&call(&other, "remember_later", r#"{"text":"b"}"#)), "ok 2");
    assert_eq!(line(&call(&one, "remember", r#"{"text":"c"}"#)), "ok 3");
}

#[test]
fn the_principal_may_be_taken() {
    assert_eq!(
        line(&call(&session(), "who", "")),
        "ok \"window `main`, local, main frame; Granted(host:test for window `main`, local, main frame)\""
    );
}

#[test]
fn the_value_of_a_session_goes_before_that_of_the_gate() {
    let gate = gate();
    let (own, plain) =
        (gate.session(Principal::window("main")).with(7_u8), gate.session(Principal::window("main")));
    assert_eq!(line(&call(&own, "number", "")), "ok 7");
    assert_eq!(line(&call(&plain, "number", "")), "ok 3");
}

#[test]
fn a_clone_of_a_session_keeps_the_values_it_was_cloned_with() {
    let first = session();
    let second = first.clone().with(7_u8);
    assert_eq!(line(&call(&first, "number", "")), "ok 3");
    assert_eq!(line(&call(&second.clone(), "number", "")), "ok 7");
}

#[test]
fn the_value_of_a_call_goes_before_that_of_the_session() {
    let session = session().with(7_u8);
    let reply = block_on(session.invoke(Request::json("number", b"").with(Arc::new(9_u8))));
    assert_eq!(line(&reply), "ok 9");
}

#[test]
fn a_value_of_another_type_that_comes_with_a_call_is_passed_over() {
    let session = session();
    let reply = block_on(session.invoke(Request::json("number", b"").with(Arc::new("nine"))));
    assert_eq!(line(&reply), "ok 3");
}

#[test]
fn a_host_argument_of_the_program_may_be_taken_by_value() {
    assert_eq!(line(&call(&session(), "own_by_value", "")), "ok 6");
}

#[test]
fn a_host_argument_of_the_program_may_be_taken_by_reference() {
    assert_eq!(line(&call(&session(), "own_by_reference", "")), "ok \"fr\"");
}

#[test]
fn host_arguments_and_data_mix_in_an_asynchronous_command() {
    assert_eq!(line(&call(&session(), "own_later", r#"{"word":"\u0061"}"#)), "ok \"fr a 6\"");
}

#[test]
fn another_crate_may_add_host_arguments_of_types_that_are_not_its_own() {
    assert_eq!(line(&call(&session(), "of_another_crate", "")), "ok true");
}

#[test]
fn a_host_argument_may_ask_which_command_it_is_for() {
    assert_eq!(
        line(&call(&session(), "told-its-name", "")),
        "ok \"told-its-name for window `main`, local, main frame\""
    );
}

/// What the host gives has no name on the wire: a caller cannot put something in its place.
#[test]
fn a_caller_cannot_send_what_the_host_gives() {
    assert_eq!(
        line(&call(&session(), "number", r#"{"number":9}"#)),
        "invalid: unknown argument `number`: command `number` takes none"
    );
    assert_eq!(
        line(&call(&session(), "own_later", r#"{"word":"a","settings":{"language":"en"}}"#)),
        "invalid: unknown argument `settings`: command `own_later` takes `word`"
    );
}

#[test]
fn a_command_is_still_a_function() {
    let notes = Mutex::new(Vec::new());
    assert_eq!(remember("a", State::new(&notes)), 1);
    assert_eq!(block_on(remember_later(State::new(&notes), "b".to_owned())), 2);
}
