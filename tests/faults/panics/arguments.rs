//! Panics while arguments are read and made.

use portcullis::{Host, HostArgument, NamedArgument, Unavailable, prelude::*};

use crate::{
    audit::Watched,
    faulty::{Bomb, Unreadable},
    runtimes::Threads,
};

#[command(public("a test"))]
fn well() -> u8 {
    1
}

#[command(public("a test"))]
fn reads(value: Unreadable) {
    let Unreadable = value;
}

#[command(public("a test"))]
fn reads_perhaps(value: Option<Unreadable>) -> bool {
    value.is_some()
}

#[command(public("a test"))]
fn reads_what_is_lent(value: &Unreadable) {
    let Unreadable = value;
}

#[command(public("a test"))]
async fn reads_later(value: Vec<Unreadable>) {
    drop(value);
}

#[command(public("a test"), blocking)]
fn reads_elsewhere(value: Unreadable) {
    let Unreadable = value;
}

/// The host's, and cannot be made.
struct Unmakable;

impl<'a> HostArgument<'a> for Unmakable {
    fn take(_: Host<'a>) -> Result<Self, Unavailable> {
        panic!("on purpose, when it is made")
    }
}

#[command(public("a test"))]
fn makes(value: Unmakable) {
    let Unmakable = value;
}

#[command(public("a test"), blocking)]
fn makes_elsewhere(value: Unmakable) {
    let Unmakable = value;
}

/// Made of what the message names, and cannot be.
struct Unnamable;

impl<'a> NamedArgument<'a> for Unnamable {
    type Sent = u8;
    fn take(_: Host<'a>, json: &'a [u8]) -> Result<Result<Self, String>, Unavailable> {
        panic!("on purpose, when it is made of {} bytes", json.len())
    }
}

#[command(public("a test"))]
async fn names(value: Unnamable) {
    let Unnamable = value;
}

/// What was read before goes when the next cannot be.
#[command(public("a test"))]
fn drops_what_it_has_read(first: Bomb, second: u8) -> u8 {
    drop(first);
    second
}

static AUTHORITY: Authority = authority! {
    commands: [
        well, reads, reads_perhaps, reads_what_is_lent, reads_later, reads_elsewhere, makes, makes_elsewhere, names,
        drops_what_it_has_read,
    ],
    windows: ["main"],
};

fn watched() -> Watched {
    Watched::new(Gate::new(&AUTHORITY).runtime(Threads))
}

#[test]
fn when_an_argument_is_read() {
    for command in ["reads", "reads_perhaps", "reads_what_is_lent"] {
        watched().panics(command, r#"{"value":1}"#, &["panicked"]);
    }
}

#[test]
fn when_an_argument_is_read_with_the_first_poll() {
    watched().panics("reads_later", r#"{"value":[1]}"#, &["panicked"]);
}

#[test]
fn when_an_argument_is_read_on_another_thread() {
    watched().panics("reads_elsewhere", r#"{"value":1}"#, &["panicked"]);
}

/// An argument that was not sent is asked whether it can do without: that is its code too.
#[test]
fn when_an_argument_that_was_not_sent_is_asked_for() {
    watched().panics("reads", "{}", &["panicked"]);
    assert_eq!(watched().call("reads_perhaps", "{}"), ["ok false"], "an `Option` asks nothing");
}

#[test]
fn when_a_host_argument_is_made() {
    watched().panics("makes", "", &["panicked"]);
    watched().panics("makes_elsewhere", "", &["panicked"]);
}

#[test]
fn when_a_named_argument_is_made() {
    watched().panics("names", r#"{"value":17}"#, &["panicked"]);
}

#[test]
fn when_what_was_read_goes_since_the_next_cannot_be_read() {
    watched().panics("drops_what_it_has_read", r#"{"first":null,"second":"x"}"#, &["panicked"]);
}
