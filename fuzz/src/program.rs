//! The program that the two targets over HTTP talk to: two windows, of which one may do less, and commands that count that they ran
//! and for whom.

use std::{
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::Duration,
};

use axum::{Router, response::Html, routing::get};
use portcullis::{Bytes, Emitter, Event, Gate, Streaming, Upload, prelude::*};
use portcullis_http::{Limits, Program, Tokio};
use serde::Serialize;
use tokio::runtime::{Builder, Runtime};

/// The most that arguments may have here.
pub(crate) const LIMIT: usize = 4096;
/// The port of all addresses.
pub(crate) const PORT: u16 = 4242;

/// Do work.
#[derive(Permission)]
#[permission(id = "work:do")]
struct DoWork;

/// Read secrets.
#[derive(Permission)]
#[permission(id = "secrets:read")]
struct ReadSecrets;

/// Something has happened.
#[derive(Serialize, Event)]
#[event(permission(DoWork))]
struct Happened {
    what: String,
}

/// What ran: the window that it ran for, the command, and how much it was handed.
#[derive(Clone, Default)]
pub(crate) struct Ran(Arc<Mutex<Vec<(String, &'static str, usize)>>>);

impl Ran {
    fn note(&self, by: &Principal, command: &'static str, bytes: usize) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((by.to_string(), command, bytes));
    }

    /// What ran since this was asked last.
    pub(crate) fn take(&self) -> Vec<(String, &'static str, usize)> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[command(permission(DoWork))]
fn add(a: i64, b: i64, by: Principal, ran: State<'_, Ran>) -> i64 {
    ran.note(&by, "add", 0);
    a.wrapping_add(b)
}

#[command(permission(DoWork))]
fn length(text: &str, by: Principal, ran: State<'_, Ran>) -> usize {
    ran.note(&by, "length", text.len());
    text.len()
}

#[command(permission(ReadSecrets))]
fn secret(by: Principal, ran: State<'_, Ran>) -> Result<&'static str, &'static str> {
    ran.note(&by, "secret", 0);
    Err("there is none")
}

#[command(permission(DoWork))]
async fn later(ms: u8, by: Principal, ran: State<'_, Ran>) -> u8 {
    ran.note(&by, "later", 0);
    tokio::time::sleep(Duration::from_millis(ms.into())).await;
    ms
}

#[command(permission(DoWork))]
async fn forever(by: Principal, ran: State<'_, Ran>) {
    ran.note(&by, "forever", 0);
    std::future::pending::<()>().await;
}

#[command(permission(DoWork))]
fn count(to: u16, by: Principal, ran: State<'_, Ran>) -> Streaming<u16> {
    ran.note(&by, "count", 0);
    Streaming::new(futures_util::stream::iter(0..to))
}

#[command(permission(DoWork))]
fn keep(one: Bytes, other: Option<Bytes>, by: Principal, ran: State<'_, Ran>) -> Bytes {
    let bytes = one.len() + other.as_ref().map_or(0, |other| other.len());
    ran.note(&by, "keep", bytes);
    other.unwrap_or(one)
}

#[command(permission(DoWork))]
async fn receive(mut data: Upload, by: Principal, ran: State<'_, Ran>) -> usize {
    ran.note(&by, "receive", 0);
    let mut length = 0;
    while let Some(Ok(part)) = data.next().await {
        length += part.len();
    }
    length
}

#[command(permission(DoWork))]
fn tell(what: String, to: Emitter<Happened>, by: Principal, ran: State<'_, Ran>) {
    ran.note(&by, "tell", what.len());
    to.emit(&Happened { what });
}

static AUTHORITY: Authority = authority! {
    commands: [add, length, secret, later, forever, count, keep, receive, tell],
    capabilities: ["capabilities/main.json", "capabilities/guest.json"],
    events: [Happened],
    windows: ["main", "guest"],
};

/// The program, mounted: what answers requests, and what lets a page of each window in.
pub(crate) struct Served {
    pub(crate) router: Router,
    pub(crate) ran: Ran,
    /// By window.
    pub(crate) tokens: [(&'static str, String); 2],
}

/// Made once: what is fuzzed is what comes in.
pub(crate) static SERVED: LazyLock<Served> = LazyLock::new(|| {
    let ran = Ran::default();
    let gate = Gate::new(&AUTHORITY)
        .state(ran.clone())
        .runtime(Tokio)
        // Else each refusal is a line on stderr.
        .on_denial(|_| {})
        .build()
        .expect("the gate has what it needs");
    let pages = || Router::new().route("/", get(|| async { Html("<!doctype html><title>x</title>") }));
    let mounted = Program::new(&gate)
        .limits(Limits::new().body(LIMIT).any_rate())
        .window("main", pages())
        .window("guest", pages())
        .mount(PORT)
        .expect("its windows are declared");
    let token = |window| {
        let link = mounted.links().get(window).expect("it has a link");
        link.split_once("#portcullis=").expect("it carries a token").1.to_owned()
    };
    let tokens = ["main", "guest"].map(|window| (window, token(window)));
    Served { router: mounted.into_router(), ran, tokens }
});

/// A runtime of one input: nothing of another is left in it. Its clock goes on by itself when nothing else is to be done.
pub(crate) fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without a driver")
}

/// Puts the tokens of this run where an input has their names.
pub(crate) fn with_tokens(text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    for (window, token) in &SERVED.tokens {
        let name = format!("{{{window}}}").into_bytes();
        while let Some(at) = text.windows(name.len()).position(|part| part == name) {
            text.splice(at..at + name.len(), token.bytes());
        }
    }
    text
}
