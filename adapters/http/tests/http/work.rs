//! A program whose commands take their time, and how much of it is going on.

#![allow(clippy::needless_pass_by_value, clippy::unused_async, reason = "commands are as they are called")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::Router;
use futures_util::{StreamExt as _, stream};
use portcullis::{Bytes, Channel, Download, Emitter, Event, Gate, Streaming, Upload, prelude::*};
use portcullis_http::{Program, Served, Tokio};
use serde::Serialize;

/// Do work.
#[derive(Permission)]
#[permission(id = "work:do")]
struct DoWork;

/// Read secrets.
#[derive(Permission)]
#[permission(id = "secrets:read")]
struct ReadSecrets;

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

    fn make(&self, amount: usize) {
        self.0[2].fetch_add(amount, Ordering::SeqCst);
    }

    pub(crate) fn begin(&self) -> Piece {
        self.0[0].fetch_add(1, Ordering::SeqCst);
        Piece(self.clone())
    }
}

/// Going on until it is dropped.
pub(crate) struct Piece(Work);

impl Drop for Piece {
    fn drop(&mut self) {
        self.0.0[1].fetch_add(1, Ordering::SeqCst);
    }
}

#[portcullis::command(permission(DoWork))]
fn add(a: i64, b: i64, work: State<'_, Work>) -> i64 {
    drop(work.begin());
    a + b
}

#[portcullis::command(permission(DoWork))]
async fn later(ms: u64, work: State<'_, Work>) -> u64 {
    let _piece = work.begin();
    tokio::time::sleep(Duration::from_millis(ms)).await;
    ms
}

#[portcullis::command(permission(DoWork))]
async fn forever(work: State<'_, Work>) {
    let _piece = work.begin();
    std::future::pending::<()>().await;
}

#[portcullis::command(permission(DoWork))]
fn repeat(text: &str, times: usize, work: State<'_, Work>) -> String {
    drop(work.begin());
    text.repeat(times)
}

#[portcullis::command(permission(DoWork))]
fn fail(why: String) -> Result<(), String> {
    Err(why)
}

#[portcullis::command(permission(DoWork))]
fn explode() {
    panic!("on purpose");
}

/// Counts, as fast as it is asked.
#[portcullis::command(permission(DoWork))]
fn count(to: usize, text: Option<String>, work: State<'_, Work>) -> Result<Streaming<String>, String> {
    if to == 13 {
        return Err("not that far".to_owned());
    }
    let (work, text) = (Work::clone(&work), text.unwrap_or_default());
    let piece = work.begin();
    Ok(Streaming::new(stream::iter(0..to).map(move |number| {
        let _going_on = &piece;
        work.make(1);
        format!("{number}{text}")
    })))
}

#[portcullis::command(permission(DoWork))]
async fn count_later(ms: u64, work: State<'_, Work>) -> Streaming<u32> {
    let _piece = work.begin();
    tokio::time::sleep(Duration::from_millis(ms)).await;
    Streaming::new(stream::iter(0..2))
}

#[portcullis::command(permission(DoWork))]
fn break_off(after: u32) -> Streaming<u32, String> {
    let items = (0..after).map(Ok).chain([Err("broken".to_owned())]);
    Streaming::fallible(stream::iter(items))
}

#[portcullis::command(permission(DoWork))]
fn silent(work: State<'_, Work>) -> Streaming<u32> {
    let piece = work.begin();
    Streaming::new(stream::pending().inspect(move |_| {
        let _going_on = &piece;
    }))
}

#[portcullis::command(permission(DoWork))]
async fn climb(steps: u32, on_step: Channel<u32>, work: State<'_, Work>) -> Result<u32, String> {
    let _piece = work.begin();
    for step in 0..steps {
        on_step.send(&step).await.map_err(|error| error.to_string())?;
        work.make(1);
    }
    if steps == 13 { Err("slipped".to_owned()) } else { Ok(steps) }
}

#[portcullis::command(permission(DoWork), blocking)]
fn think(ms: u64, work: State<'_, Work>) -> u64 {
    let _piece = work.begin();
    std::thread::sleep(Duration::from_millis(ms));
    ms
}

#[portcullis::command(permission(DoWork), timeout = "50ms")]
async fn impatient(work: State<'_, Work>) {
    let _piece = work.begin();
    std::future::pending::<()>().await;
}

#[portcullis::command(permission(DoWork))]
fn reversed(data: Bytes, work: State<'_, Work>) -> Bytes {
    drop(work.begin());
    data.iter().rev().copied().collect::<Vec<u8>>().into()
}

#[portcullis::command(permission(DoWork))]
fn joined(between: &str, first: Bytes, second: Option<Bytes>) -> Bytes {
    let second = second.unwrap_or_default();
    [&first[..], between.as_bytes(), &second[..]].concat().into()
}

/// Counts what arrives, as it arrives.
#[portcullis::command(permission(DoWork))]
async fn receive(name: String, file: Upload, work: State<'_, Work>) -> Result<(String, usize), String> {
    let _piece = work.begin();
    let (mut file, mut bytes) = (file, 0);
    while let Some(part) = file.next().await {
        let part = part.map_err(|error| error.kind().to_string())?;
        bytes += part.len();
        work.make(part.len());
    }
    Ok((name, bytes))
}

#[portcullis::command(permission(ReadSecrets))]
async fn receive_secret(file: Upload, work: State<'_, Work>) {
    drop((file, work.begin()));
}

const PART: usize = 64 * 1024;

#[portcullis::command(permission(DoWork))]
fn fetch_parts(parts: usize, broken: bool, work: State<'_, Work>) -> Download {
    let work = Work::clone(&work);
    let piece = work.begin();
    let good = stream::iter(0..parts).map(move |_| {
        let _going_on = &piece;
        work.make(1);
        Ok(vec![b'x'; PART].into())
    });
    let bad = broken.then(|| Err(std::io::ErrorKind::UnexpectedEof.into()));
    Download::new(good.chain(stream::iter(bad))).with_content_type("image/png")
}

/// A secret is another than it was.
#[derive(Serialize, Event)]
#[event(permission(ReadSecrets))]
struct SecretChanged {
    to: u32,
}

/// There is news.
#[derive(Serialize, Event)]
#[event(permission(DoWork))]
struct News {
    number: u32,
}

#[portcullis::command(permission(DoWork))]
fn tell(number: u32, to: Option<String>, news: Emitter<News>, secret: Emitter<SecretChanged>) {
    match to {
        Some(label) => news.emit_to(&label, &News { number }),
        None => news.emit(&News { number }),
    }
    secret.emit(&SecretChanged { to: number });
}

#[portcullis::command(permission(ReadSecrets))]
fn read_secret(work: State<'_, Work>) -> &'static str {
    drop(work.begin());
    "the secret"
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [
        add, later, forever, repeat, fail, explode, read_secret, count, count_later, break_off, silent, climb, think, impatient, reversed,
        joined, receive, receive_secret, fetch_parts, tell
    ],
    events: [SecretChanged, News],
    capabilities: ["tests/line/main.json", "tests/line/guest.json"],
    windows: ["main", "guest"],
};

pub(crate) fn program() -> (Program, Work) {
    let work = Work::default();
    let gate = Gate::new(&AUTHORITY).state(work.clone()).runtime(Tokio).explain(false).build().unwrap();
    (Program::new(&gate).window("main", Router::new()).window("guest", Router::new()), work)
}

pub(crate) async fn served() -> (Served, Work) {
    let (program, work) = program();
    (program.serve(0).await.unwrap(), work)
}

pub(crate) async fn until(reached: impl Fn() -> bool) {
    let waited = async {
        while !reached() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waited).await.expect("in time");
}
