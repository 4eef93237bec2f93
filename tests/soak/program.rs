//! The program that is called all day: commands of every kind, events, scopes and an optional grant.

use std::{
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    task::{Context, Poll},
    thread,
    time::Duration,
};

use portcullis::{
    BuildError, Bytes, Channel, Emitter, Event, Runtime, Streaming,
    prelude::*,
    scope::{Exact, Folded, Matches},
};
use serde::Serialize;

/// Do work.
#[derive(Permission)]
#[permission(id = "work:do")]
struct DoWork;

/// Read notes, which the host switches on.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub(crate) struct ReadNotes;

/// Read secrets, which no window may.
#[derive(Permission)]
#[permission(id = "secrets:read")]
struct ReadSecrets;

/// A word.
#[derive(Clone, Debug, Scope)]
pub(crate) struct Word {
    word: String,
}

impl Matches for Word {
    type Input = String;
    fn allows(&self, word: Exact<'_, String>) -> bool {
        *word == self.word
    }
    fn denies(&self, word: Folded<'_, String>) -> bool {
        word.as_text().is(&self.word)
    }
}

/// Say words.
#[derive(Permission)]
#[permission(id = "words:say", scope = Word)]
struct Say;

/// What is under way.
#[derive(Clone, Default)]
pub(crate) struct UnderWay(Arc<AtomicUsize>);

impl UnderWay {
    fn begin(&self) -> Piece {
        self.0.fetch_add(1, Ordering::SeqCst);
        Piece(self.clone())
    }

    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// Under way until it is dropped.
struct Piece(UnderWay);

impl Drop for Piece {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Not ready the first time.
async fn a_moment() {
    let mut asked = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut asked, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[command(permission(DoWork))]
fn add(a: u64, b: u64) -> u64 {
    a + b
}

#[command(permission(DoWork))]
fn echo(text: String) -> String {
    text
}

#[command(permission(DoWork))]
async fn later(text: &str, work: State<'_, UnderWay>) -> Result<String, String> {
    let _piece = work.begin();
    a_moment().await;
    a_moment().await;
    if text.is_empty() { Err("nothing to say".to_owned()) } else { Ok(text.to_uppercase()) }
}

#[command(permission(DoWork), blocking)]
fn elsewhere(number: u64, work: State<'_, UnderWay>) -> u64 {
    let _piece = work.begin();
    number * 2
}

#[command(permission(ReadSecrets))]
fn secret() -> &'static str {
    "nobody's"
}

#[command(permission(Say))]
fn say(word: Checked<Say>) -> String {
    word.into_inner()
}

#[command(permission(DoWork))]
fn count(to: u32, work: State<'_, UnderWay>) -> Streaming<u32> {
    let piece = work.begin();
    let mut next = 0;
    Streaming::new(futures_util::stream::poll_fn(move |_: &mut Context<'_>| {
        let _under_way = &piece;
        next += 1;
        Poll::Ready((next <= to).then_some(next))
    }))
}

#[command(permission(DoWork))]
async fn climb(steps: u32, step: Channel<u32>, work: State<'_, UnderWay>) -> u32 {
    let _piece = work.begin();
    for number in 0..steps {
        if step.send(&number).await.is_err() {
            break;
        }
    }
    steps
}

/// There is news.
#[derive(Serialize, Event)]
#[event(permission(DoWork))]
struct News {
    number: u64,
    text: String,
}

#[command(permission(DoWork))]
fn tell(number: u64, news: Emitter<News>) {
    news.emit(&News { number, text: "news".repeat(16) });
}

#[command(permission(ReadNotes))]
fn read(id: u32) -> String {
    format!("note {id}")
}

#[command(permission(DoWork))]
async fn never(work: State<'_, UnderWay>) {
    let _piece = work.begin();
    std::future::pending::<()>().await;
}

#[command(permission(DoWork))]
async fn panics(work: State<'_, UnderWay>) -> Vec<u8> {
    let _piece = work.begin();
    a_moment().await;
    panic!("on purpose, now and then")
}

#[command(permission(DoWork))]
fn reversed(data: Bytes) -> Bytes {
    data.iter().rev().copied().collect::<Vec<u8>>().into()
}

static AUTHORITY: Authority = authority! {
    commands: [add, echo, later, elsewhere, secret, say, count, climb, tell, read, never, panics, reversed],
    events: [News],
    capabilities: ["soak/capabilities/main.json"],
    windows: ["main"],
    clients: ["owner"],
};

pub(crate) type Work = Box<dyn FnOnce() + Send>;

/// Two threads for blocking commands, which end with the pool, and a clock that stands still.
#[derive(Clone)]
pub(crate) struct Pool {
    work: mpsc::Sender<Work>,
    waiting: UnderWay,
}

impl Pool {
    fn new() -> Self {
        let (work, todo) = mpsc::channel::<Work>();
        let todo = Arc::new(Mutex::new(todo));
        for _ in 0..2 {
            let todo = Arc::clone(&todo);
            thread::spawn(move || {
                loop {
                    let next = todo.lock().map(|todo| todo.recv());
                    let Ok(Ok(work)) = next else { return };
                    work();
                }
            });
        }
        Self { work, waiting: UnderWay::default() }
    }

    /// Waits until nothing is left to do.
    pub(crate) fn settle(&self) {
        while self.waiting.count() > 0 {
            thread::yield_now();
        }
    }
}

impl Runtime for Pool {
    fn spawn_blocking(&self, work: Work) {
        let piece = self.waiting.begin();
        let _ = self.work.send(Box::new(move || {
            work();
            drop(piece);
        }));
    }

    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::pending())
    }
}

/// The gate, what is under way behind it, and its threads.
pub(crate) fn open() -> Result<(Gate, UnderWay, Pool), BuildError> {
    let (work, pool) = (UnderWay::default(), Pool::new());
    let gate = Gate::new(&AUTHORITY).state(work.clone()).runtime(pool.clone()).explain(false).build()?;
    Ok((gate, work, pool))
}
