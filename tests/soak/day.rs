//! One caller's day: calls of all kinds, in the order of the dice, each with the answer that it must have.

use std::task::{Context, Waker};

use portcullis::{Attachment, Stream, prelude::*};
use portcullis_tests::{block_on, line};

use crate::program::ReadNotes;

/// How many calls a page makes before the next comes.
const CALLS_OF_A_SESSION: u32 = 64;

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    Text,
    Later,
    LaterError,
    Blocking,
    Denied,
    Unknown,
    Invalid,
    InScope,
    OutOfScope,
    StreamWhole,
    StreamGivenUp,
    ChannelWhole,
    ChannelGivenUp,
    Event,
    Optional,
    GivenUp,
    Panic,
    Bytes,
}

/// How often each kind is called, of a thousand.
pub(crate) const KINDS: [(Kind, u32); 19] = [
    (Kind::Plain, 420),
    (Kind::Text, 80),
    (Kind::Later, 110),
    (Kind::LaterError, 10),
    (Kind::Blocking, 60),
    (Kind::Denied, 40),
    (Kind::Unknown, 10),
    (Kind::Invalid, 30),
    (Kind::InScope, 60),
    (Kind::OutOfScope, 20),
    (Kind::StreamWhole, 20),
    (Kind::StreamGivenUp, 10),
    (Kind::ChannelWhole, 20),
    (Kind::ChannelGivenUp, 10),
    (Kind::Event, 40),
    (Kind::Optional, 20),
    (Kind::GivenUp, 25),
    (Kind::Panic, 5),
    (Kind::Bytes, 10),
];

/// How often each was called, in the order of [`KINDS`], and how many sessions and listeners there were.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) calls: [u64; KINDS.len()],
    pub(crate) sessions: u64,
    pub(crate) listeners: u64,
    pub(crate) heard: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        for (sum, more) in self.calls.iter_mut().zip(other.calls) {
            *sum += more;
        }
        self.sessions += other.sessions;
        self.listeners += other.listeners;
        self.heard += other.heard;
    }
}

pub(crate) struct Caller<'a> {
    gate: &'a Gate,
    session: Session,
    left: u32,
    listener: Option<Stream>,
    dice: u64,
    text: String,
    pub(crate) tally: Tally,
}

impl<'a> Caller<'a> {
    pub(crate) fn new(gate: &'a Gate, seed: u64) -> Self {
        Self {
            gate,
            session: session(gate),
            left: CALLS_OF_A_SESSION,
            listener: None,
            dice: seed,
            text: "x".repeat(1000),
            tally: Tally { sessions: 1, ..Tally::default() },
        }
    }

    /// A number below this (Knuth's generator: the same day every day).
    fn roll(&mut self, below: u32) -> u32 {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.dice >> 33) % u64::from(below)).unwrap_or_default()
    }

    /// Makes one call. What is not answered as it must be is told.
    pub(crate) fn call(&mut self) -> Result<(), String> {
        if self.left == 0 {
            self.turn_the_page()?;
        }
        self.left -= 1;
        let mut roll = self.roll(1000);
        let mut index = 0;
        while let Some(&(_, weight)) = KINDS.get(index)
            && roll >= weight
        {
            roll -= weight;
            index += 1;
        }
        let Some(&(kind, _)) = KINDS.get(index) else { return Err("the kinds make no thousand".into()) };
        self.make(kind).map_err(|told| format!("{kind:?}: {told}"))?;
        if let Some(count) = self.tally.calls.get_mut(index) {
            *count += 1;
        }
        Ok(())
    }

    /// Another document: another session, and every other one listens.
    fn turn_the_page(&mut self) -> Result<(), String> {
        self.session = session(self.gate);
        self.left = CALLS_OF_A_SESSION;
        self.tally.sessions += 1;
        self.listener = None;
        if self.roll(2) == 0 {
            self.listener = Some(self.session.listen("news").map_err(|failure| failure.to_string())?);
            self.tally.listeners += 1;
        }
        Ok(())
    }

    fn answer(&self, command: &str, arguments: &str) -> String {
        line(&block_on(self.session.invoke(Request::json(command, arguments.as_bytes()))))
    }

    fn stream(&self, command: &str, arguments: &str) -> Result<Stream, String> {
        match block_on(self.session.invoke(Request::json(command, arguments.as_bytes()))) {
            Reply::Stream(stream) => Ok(stream),
            other => Err(line(&other)),
        }
    }

    fn make(&mut self, kind: Kind) -> Result<(), String> {
        match kind {
            Kind::Plain => {
                let (a, b) = (self.roll(1000), self.roll(1000));
                is(&self.answer("add", &format!(r#"{{"a":{a},"b":{b}}}"#)), &format!("ok {}", a + b))
            }
            Kind::Text => {
                let answer = self.answer("echo", &format!(r#"{{"text":"{}"}}"#, self.text));
                is(&answer, &format!(r#"ok "{}""#, self.text))
            }
            Kind::Later => is(&self.answer("later", r#"{"text":"loud"}"#), r#"ok "LOUD""#),
            Kind::LaterError => is(&self.answer("later", r#"{"text":""}"#), r#"error "nothing to say""#),
            Kind::Blocking => {
                let number = self.roll(1000);
                is(
                    &self.answer("elsewhere", &format!(r#"{{"number":{number}}}"#)),
                    &format!("ok {}", number * 2),
                )
            }
            Kind::Denied => is(&self.answer("secret", ""), "denied"),
            Kind::Unknown => is(&self.answer("unheard_of", r#"{"a":[1,2,3]}"#), "denied"),
            Kind::Invalid => match self.roll(3) {
                0 => begins(&self.answer("add", r#"{"a":1}"#), "invalid: missing argument `b`"),
                1 => begins(&self.answer("add", r#"{"a":1,"b":"two"}"#), "invalid: argument `b`"),
                _ => begins(&self.answer("later", r#"{"text":"#), "invalid: "),
            },
            Kind::InScope => is(&self.answer("say", r#"{"word":"yes"}"#), r#"ok "yes""#),
            Kind::OutOfScope => {
                let word = if self.roll(2) == 0 { "NO" } else { "never" };
                is(&self.answer("say", &format!(r#"{{"word":"{word}"}}"#)), "denied")
            }
            Kind::StreamWhole => whole(self.stream("count", r#"{"to":50}"#)?, "i50\nz\n"),
            Kind::StreamGivenUp => begun(self.stream("count", r#"{"to":1000000}"#)?, "i1\n"),
            Kind::ChannelWhole => whole(self.stream("climb", r#"{"steps":20}"#)?, "cstep 19\no20\n"),
            Kind::ChannelGivenUp => begun(self.stream("climb", r#"{"steps":1000000}"#)?, "cstep 0\n"),
            Kind::Event => self.tell(),
            Kind::Optional => self.switch(),
            Kind::GivenUp => {
                let mut call = Box::pin(self.session.invoke_owned(Request::json("never", b"")));
                if call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
                    return Err("it has ended".into());
                }
                Ok(())
            }
            Kind::Panic => is(&self.answer("panics", ""), "panicked"),
            Kind::Bytes => {
                let data = bytes::Bytes::from(vec![7; 4096]);
                let request = Request::json("reversed", br#"{"data":4096}"#);
                match block_on(self.session.invoke(request.attached(Attachment::Whole(data.clone())))) {
                    Reply::Bytes(bytes) if *bytes == *data => Ok(()),
                    other => Err(line(&other)),
                }
            }
        }
    }

    /// Emits, and hears what there is now and then: a listener that falls behind is told how much is lost.
    fn tell(&mut self) -> Result<(), String> {
        let number = self.roll(1000);
        is(&self.answer("tell", &format!(r#"{{"number":{number}}}"#)), "ok null")?;
        let now = self.roll(4) == 0;
        if let Some(listener) = self.listener.as_mut().filter(|_| now) {
            let mut text = Vec::new();
            let _ = listener.poll_lines(&mut Context::from_waker(Waker::noop()), &mut text, 64 * 1024);
            self.tally.heard +=
                u64::try_from(String::from_utf8_lossy(&text).lines().count()).unwrap_or_default();
        }
        Ok(())
    }

    fn switch(&self) -> Result<(), String> {
        self.session.switch_on::<ReadNotes>().map_err(|error| error.to_string())?;
        let answer = self.answer("read", r#"{"id":7}"#);
        self.session.switch_off::<ReadNotes>();
        is(&answer, r#"ok "note 7""#)?;
        if self.session.may_call("read") { Err("it is still on".into()) } else { Ok(()) }
    }
}

/// A session of the main window. (That of a test client, since a debug build tells on stderr what others are refused.)
fn session(gate: &Gate) -> Session {
    let main = Principal::window("main");
    if cfg!(debug_assertions) {
        portcullis::test::client(gate, main).session().clone()
    } else {
        gate.session(main)
    }
}

fn is(answer: &str, expected: &str) -> Result<(), String> {
    if answer == expected { Ok(()) } else { Err(answer.to_owned()) }
}

fn begins(answer: &str, expected: &str) -> Result<(), String> {
    if answer.starts_with(expected) { Ok(()) } else { Err(answer.to_owned()) }
}

/// Reads a stream to its end.
fn whole(mut stream: Stream, end: &str) -> Result<(), String> {
    let mut text = Vec::new();
    while block_on(stream.lines(&mut text, 256)) {}
    if text.ends_with(end.as_bytes()) { Ok(()) } else { Err(String::from_utf8_lossy(&text).into_owned()) }
}

/// Reads a little of a stream, and lets it go.
fn begun(mut stream: Stream, beginning: &str) -> Result<(), String> {
    let mut text = Vec::new();
    block_on(stream.lines(&mut text, 1));
    if text.starts_with(beginning.as_bytes()) {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&text).into_owned())
    }
}
