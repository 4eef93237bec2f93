//! A program whose commands take their time, and how much of it is going on.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::Router;
use portcullis::prelude::*;
use portcullis_http::{Program, Served};

/// Do work.
#[derive(Permission)]
#[permission(id = "work:do")]
struct DoWork;

/// Read secrets.
#[derive(Permission)]
#[permission(id = "secrets:read")]
struct ReadSecrets;

/// What has begun, and what has ended, whichever way.
#[derive(Clone, Default)]
pub(crate) struct Work(Arc<[AtomicUsize; 2]>);

impl Work {
    pub(crate) fn begun(&self) -> usize {
        self.0[0].load(Ordering::SeqCst)
    }

    pub(crate) fn going_on(&self) -> usize {
        let ended = self.0[1].load(Ordering::SeqCst);
        self.begun() - ended
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

#[portcullis::command(permission(ReadSecrets))]
fn read_secret(work: State<'_, Work>) -> &'static str {
    drop(work.begin());
    "the secret"
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [add, later, forever, repeat, fail, explode, read_secret],
    capabilities: ["tests/line/main.json", "tests/line/guest.json"],
    windows: ["main", "guest"],
};

pub(crate) fn program() -> (Program, Work) {
    let work = Work::default();
    let gate = Gate::new(&AUTHORITY).state(work.clone()).explain(false).build().unwrap();
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
