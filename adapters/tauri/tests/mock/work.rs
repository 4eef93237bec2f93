//! A program whose commands take their time, and how much of it is going on.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures_util::{StreamExt as _, stream};
use portcullis::{
    Authority, Bytes, Channel, Download, Emitter, Event, Gate, Permission, State, Streaming, authority,
    command,
};
use portcullis_tauri::{GateExt as _, Handler};
use serde::Serialize;
use serde_json::json;
use tauri::WebviewWindow;

use crate::page::{Program, Settled, ask};

/// Do work.
#[derive(Permission)]
#[permission(id = "work:do")]
pub(crate) struct DoWork;

/// Hear ticks.
#[derive(Permission)]
#[permission(id = "ticks:hear")]
pub(crate) struct HearTicks;

/// Read secrets.
#[derive(Permission)]
#[permission(id = "secrets:read")]
pub(crate) struct ReadSecrets;

/// What has begun, what has ended, whichever way, and how much was made on the way.
#[derive(Clone, Default)]
pub(crate) struct Work(Arc<[AtomicUsize; 3]>);

impl Work {
    pub(crate) fn begun(&self) -> usize {
        self.0[0].load(Ordering::SeqCst)
    }

    pub(crate) fn going_on(&self) -> usize {
        let ended = self.0[1].load(Ordering::SeqCst);
        self.begun() - ended
    }

    pub(crate) fn made(&self) -> usize {
        self.0[2].load(Ordering::SeqCst)
    }

    fn make(&self) {
        self.0[2].fetch_add(1, Ordering::SeqCst);
    }

    fn begin(&self) -> Piece {
        self.0[0].fetch_add(1, Ordering::SeqCst);
        Piece(self.clone())
    }
}

/// Going on until it is dropped.
struct Piece(Work);

impl Drop for Piece {
    fn drop(&mut self) {
        self.0.0[1].fetch_add(1, Ordering::SeqCst);
    }
}

#[command(permission(DoWork))]
fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[command(permission(DoWork))]
async fn later(ms: u64, work: State<'_, Work>) -> u64 {
    let _piece = work.begin();
    tokio::time::sleep(Duration::from_millis(ms)).await;
    ms
}

#[command(permission(DoWork))]
async fn forever(work: State<'_, Work>) {
    let _piece = work.begin();
    std::future::pending::<()>().await;
}

#[command(permission(DoWork), blocking)]
fn think(ms: u64, work: State<'_, Work>) -> u64 {
    let _piece = work.begin();
    std::thread::sleep(Duration::from_millis(ms));
    ms
}

/// Counts, as fast as it is asked. Its items fill a part each.
#[command(permission(DoWork))]
fn count(to: usize, size: usize, work: State<'_, Work>) -> Result<Streaming<String>, String> {
    if to == 13 {
        return Err("not that far".to_owned());
    }
    let work = Work::clone(&work);
    let piece = work.begin();
    Ok(Streaming::new(stream::iter(0..to).map(move |number| {
        let _going_on = &piece;
        work.make();
        format!("{number}{}", "x".repeat(size))
    })))
}

#[command(permission(DoWork))]
async fn silent(work: State<'_, Work>) -> Streaming<u32> {
    let piece = work.begin();
    Streaming::new(stream::pending().inspect(move |_| {
        let _going_on = &piece;
    }))
}

#[command(permission(DoWork))]
async fn climb(steps: u32, on_step: Channel<u32>, work: State<'_, Work>) -> Result<u32, String> {
    let _piece = work.begin();
    for step in 0..steps {
        on_step.send(&step).await.map_err(|error| error.to_string())?;
        work.make();
    }
    match steps {
        13 => Err("slipped".to_owned()),
        99 => std::future::pending().await,
        _ => Ok(steps),
    }
}

/// Sends through a channel of Tauri's until nobody listens.
#[command(permission(DoWork))]
async fn tick(on_tick: tauri::ipc::Channel<u32>, work: State<'_, Work>) -> Result<(), tauri::Error> {
    let _piece = work.begin();
    for number in 0.. {
        on_tick.send(number)?;
        work.make();
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    Ok(())
}

#[command(permission(DoWork))]
fn joined(between: &str, first: Bytes, second: Option<Bytes>) -> Bytes {
    let second = second.unwrap_or_default();
    [&first[..], between.as_bytes(), &second[..]].concat().into()
}

#[command(permission(DoWork))]
fn reversed(data: Bytes) -> Bytes {
    data.iter().rev().copied().collect::<Vec<u8>>().into()
}

#[command(permission(DoWork))]
fn file(parts: usize, broken: bool, work: State<'_, Work>) -> Download {
    let work = Work::clone(&work);
    let piece = work.begin();
    let good = stream::iter(0..parts).map(move |_| {
        let _going_on = &piece;
        work.make();
        Ok(vec![b'x'; 1000].into())
    });
    let bad = broken.then(|| Err(std::io::ErrorKind::UnexpectedEof.into()));
    Download::new(good.chain(stream::iter(bad))).with_content_type("image/png").with_length(7)
}

#[command(permission(ReadSecrets))]
fn read_secret() -> &'static str {
    "the secret"
}

/// It ticks.
#[derive(Serialize, Event)]
#[event(permission(HearTicks))]
pub(crate) struct Ticked {
    pub(crate) number: u32,
}

static AUTHORITY: Authority = authority! {
    commands: [add, later, forever, think, count, silent, climb, tick, joined, reversed, file, read_secret],
    events: [Ticked],
    capabilities: ["tests/mock/capabilities/work/main.json"],
    windows: ["main", "other", "guest"],
};

/// A program with what it needs to be looked at from outside.
pub(crate) struct Working {
    pub(crate) program: Program,
    pub(crate) gate: Gate,
    pub(crate) work: Work,
    pub(crate) main: WebviewWindow<tauri::test::MockRuntime>,
}

pub(crate) fn working() -> Working {
    working_as(|handler| handler)
}

pub(crate) fn working_as(told: impl FnOnce(Handler) -> Handler) -> Working {
    let work = Work::default();
    let gate = portcullis_tauri::gate(&AUTHORITY).state(work.clone()).explain(false).build().unwrap();
    let program = Program::new(told(Handler::new(&gate)).or(tauri::generate_handler![]));
    let main = program.window("main");
    Working { program, gate, work, main }
}

impl Working {
    pub(crate) fn ticks(&self) -> Emitter<Ticked> {
        self.gate.emitter().unwrap()
    }

    /// `main` shows this page now.
    pub(crate) fn goes_to(&self, url: &str) {
        portcullis_tauri::test::show(&self.gate, self.main.as_ref(), &url.parse().unwrap());
    }
}

#[test]
fn the_program_works() {
    let working = working();
    assert_eq!(
        ask(&working.main, "call 1", "add", json!({"a": 1, "b": 2})),
        Settled::Resolved(json!({"ok": 3}))
    );
    assert!(working.gate.sessions_of(working.main.as_ref())[0].may_call("add"));
}
