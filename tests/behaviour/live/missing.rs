//! What a gate was not given: found when it is built, and answered if it shows only in a call.

use portcullis::{Host, HostArgument, Need, Unavailable, prelude::*};
use portcullis_tests::{call, line};

struct Database;

struct Cache;

struct Window;

#[portcullis::command(public("a test"))]
fn both(database: State<'_, Database>, cache: State<'_, Cache>) {
    let (Database, Cache) = (database.get(), cache.get());
}

#[portcullis::command(public("a test"))]
fn one(window: State<'_, Window>) {
    let Window = window.get();
}

#[portcullis::command(public("a test"))]
fn none() {}

/// Says that it needs nothing, and does.
struct Undisclosed;

impl<'a> HostArgument<'a> for Undisclosed {
    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        host.value::<i128>().map(|_| Self).ok_or_else(Unavailable::of::<i128>)
    }
}

#[portcullis::command(public("a test"))]
fn undisclosed(undisclosed: Undisclosed) {
    let Undisclosed = undisclosed;
}

/// Has what it needs, and fails.
struct Choosy;

impl<'a> HostArgument<'a> for Choosy {
    const NEEDS: &'static [Need] = &[Need::of::<Window>()];
    fn take(_: Host<'a>) -> Result<Self, Unavailable> {
        Err(Unavailable::because("it is Sunday"))
    }
}

#[portcullis::command(public("a test"))]
async fn choosy(choosy: Choosy) {
    let Choosy = choosy;
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [both, one, none, undisclosed, choosy],
    windows: ["main"],
};

/// An error as people see it, without the lines and columns of this file.
fn shown(error: &portcullis::BuildError) -> String {
    let digits = |c: char| c.is_ascii_digit() || c == ':';
    let lines = error.to_string();
    let lines = lines.lines().map(|line| {
        if line.contains("--> ") { line.trim_end_matches(digits).replace('\\', "/") } else { line.to_owned() }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn l_missing_state_settles() {
    let error = Gate::new(&AUTHORITY).state(Cache).build().unwrap_err();
    assert_eq!(
        shown(&error),
        "the gate cannot be built:
  command `both` takes `database`, for which a value of type `behaviour::live::missing::Database` is needed, and none is given
    --> tests/behaviour/live/missing.rs
    help: add `.state(..)` with such a value, or `.per_session::<behaviour::live::missing::Database>()` if each session brings its own
  command `one` takes `window`, for which a value of type `behaviour::live::missing::Window` is needed, and none is given
    --> tests/behaviour/live/missing.rs
    help: add `.state(..)` with such a value, or `.per_session::<behaviour::live::missing::Window>()` if each session brings its own
  command `choosy` takes `choosy`, for which a value of type `behaviour::live::missing::Window` is needed, and none is given
    --> tests/behaviour/live/missing.rs
    help: add `.state(..)` with such a value, or `.per_session::<behaviour::live::missing::Window>()` if each session brings its own"
    );
}

#[test]
fn all_that_is_missing_is_named_in_the_order_of_the_source() {
    let text = Gate::new(&AUTHORITY).build().unwrap_err().to_string();
    let places: Vec<_> = ["`database`", "`cache`", "`window`", "`choosy`,"]
        .iter()
        .map(|name| text.find(name).unwrap())
        .collect();
    // The two of one command in the order of their names.
    assert!(places[1] < places[0] && places[0] < places[2] && places[2] < places[3], "{text}");
}

#[test]
fn a_value_that_is_given_twice_is_refused() {
    let gate = Gate::new(&AUTHORITY).state(Database).state(Cache).state(Window).state(Cache);
    assert_eq!(
        shown(&gate.build().unwrap_err()),
        "the gate cannot be built:
  a value of type `behaviour::live::missing::Cache` is given twice
    help: wrap one of them in a type of its own"
    );
}

#[test]
fn a_value_that_a_session_or_a_call_brings_need_not_be_given() {
    let gate = Gate::new(&AUTHORITY).state(Cache).per_session::<Database>().per_call::<Window>();
    assert!(gate.build().is_ok());
}

fn built() -> Gate {
    Gate::new(&AUTHORITY).state(Cache).per_session::<Database>().per_call::<Window>().build().unwrap()
}

#[test]
fn a_session_that_does_not_bring_its_value_is_answered() {
    let gate = built();
    assert_eq!(line(&call(&gate.session(Principal::window("main")), "both", "")), "internal");
    assert_eq!(line(&call(&gate.session(Principal::window("main")).with(Database), "both", "")), "ok null");
}

#[test]
fn a_call_that_does_not_bring_its_value_is_answered() {
    let session = built().session(Principal::window("main"));
    assert_eq!(line(&call(&session, "one", "")), "internal");
}

#[test]
fn a_host_argument_that_did_not_say_what_it_needs_is_answered() {
    let session = built().session(Principal::window("main"));
    assert_eq!(line(&call(&session, "undisclosed", "")), "internal");
}

#[test]
fn a_host_argument_that_fails_is_answered_and_its_reason_kept() {
    let session = built().session(Principal::window("main"));
    assert_eq!(line(&call(&session, "choosy", "")), "internal");
}

#[test]
fn what_is_missing_for_one_command_does_not_stop_another() {
    let session = built().session(Principal::window("main"));
    assert_eq!(line(&call(&session, "none", "")), "ok null");
}
