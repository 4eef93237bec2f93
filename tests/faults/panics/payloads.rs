//! What a panic throws: text or not, and what panics again when it is dropped. In each place where panics are caught.

use portcullis::{Emitter, Event, Streaming, prelude::*};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    audit::Watched,
    faulty::{From, WAYS, a_moment, throw},
    runtimes::Threads,
};

#[command(public("a test"))]
fn well() -> u8 {
    1
}

#[command(public("a test"))]
fn at_once(way: u8) {
    throw(way)
}

#[command(public("a test"))]
async fn later(way: u8) {
    a_moment().await;
    throw(way)
}

#[command(public("a test"), blocking)]
fn elsewhere(way: u8) {
    throw(way)
}

#[command(public("a test"))]
fn in_parts(way: u8) -> Streaming<u8> {
    Streaming::new(From(move || throw(way)))
}

struct Reads;

impl<'de> Deserialize<'de> for Reads {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        throw(u8::deserialize(deserializer)?)
    }
}

#[command(public("a test"))]
fn reads(way: Reads) {
    let Reads = way;
}

struct Writes(u8);

impl Serialize for Writes {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        throw(self.0)
    }
}

#[command(public("a test"))]
fn writes(way: u8) -> Writes {
    Writes(way)
}

/// Something that cannot be told.
#[derive(Event)]
#[event(public("a test"))]
struct Told(u8);

impl Serialize for Told {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        throw(self.0)
    }
}

#[command(public("a test"))]
fn emits(way: u8, told: Emitter<Told>) {
    told.emit(&Told(way));
}

/// Throws when it goes.
struct Throws(u8);

impl Drop for Throws {
    fn drop(&mut self) {
        throw(self.0)
    }
}

#[command(public("a test"))]
async fn goes(way: u8) {
    let _throws = Throws(way);
    a_moment().await;
}

static AUTHORITY: Authority = authority! {
    commands: [well, at_once, later, elsewhere, in_parts, reads, writes, emits, goes],
    events: [Told],
    windows: ["main"],
};

#[test]
fn whatever_is_thrown_is_answered() {
    let watched = Watched::new(Gate::new(&AUTHORITY).runtime(Threads));
    // Without a listener, an event is not written at all.
    let _listener = watched.session.listen("told").unwrap();
    for command in ["at_once", "later", "elsewhere", "reads", "writes", "emits", "goes"] {
        for way in 0..WAYS {
            watched.panics(command, &format!(r#"{{"way":{way}}}"#), &["panicked"]);
        }
    }
    for way in 0..WAYS {
        watched.panics("in_parts", &format!(r#"{{"way":{way}}}"#), &["f panicked"]);
    }
}

#[test]
fn whatever_a_hook_throws_the_refusal_is_answered() {
    for way in 0..WAYS {
        let gate = Gate::new(&AUTHORITY).runtime(Threads).explain(false).on_denial(move |_| throw(way));
        let session = gate.build().unwrap().session(Principal::window("main"));
        for _ in 0..2 {
            let answer = portcullis_tests::line(&portcullis_tests::call(&session, "unheard_of", ""));
            assert_eq!(answer, "denied");
            assert!(session.listen("unheard_of").is_err());
        }
        assert_eq!(portcullis_tests::line(&portcullis_tests::call(&session, "well", "")), "ok 1");
    }
}
