//! Code of the program's that panics, behind a real socket: the call is answered, its page goes on, and so does everybody else.

#![allow(clippy::needless_pass_by_value, clippy::unused_async, reason = "commands are as they are called")]

use std::{
    fmt, io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use axum::Router;
use futures_util::{Stream, StreamExt as _, stream};
use portcullis::{Channel, Download, Emitter, Event, Gate, Streaming, Upload, prelude::*};
use portcullis_http::{Limits, Program, Served, Tokio};
use serde::{Deserialize, Serialize, Serializer};
use tokio::net::TcpListener;
use tracing::{Metadata, Subscriber, span};

use crate::{
    client::{Call, call, get},
    page::Page,
    raw::Raw,
    work::{Piece, Work, until},
};

/// Panics when it goes, and counts as under way until then.
struct Bomb {
    piece: Option<Piece>,
}

impl Bomb {
    fn of(work: &Work) -> Self {
        Self { piece: Some(work.begin()) }
    }
}

impl Drop for Bomb {
    fn drop(&mut self) {
        drop(self.piece.take());
        panic!("on purpose, when it goes")
    }
}

#[command(public("a test"))]
fn well() -> u8 {
    1
}

#[command(public("a test"))]
fn at_once() {
    panic!("on purpose")
}

#[command(public("a test"))]
async fn later() {
    tokio::task::yield_now().await;
    panic!("on purpose")
}

#[command(public("a test"), blocking)]
fn elsewhere() {
    panic!("on purpose")
}

/// Panics when it is read, and when it is written.
struct Unspeakable;

impl<'de> Deserialize<'de> for Unspeakable {
    fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        panic!("on purpose, when it is read")
    }
}

impl Serialize for Unspeakable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        panic!("on purpose, when it is written")
    }
}

#[command(public("a test"))]
fn reads(value: Option<Unspeakable>) -> bool {
    value.is_some()
}

#[command(public("a test"))]
fn writes() -> Unspeakable {
    Unspeakable
}

#[command(public("a test"))]
async fn waits(work: State<'_, Work>) {
    let _bomb = Bomb::of(&work);
    std::future::pending::<()>().await;
}

#[command(public("a test"))]
fn streams_and_panics() -> Streaming<u8> {
    Streaming::new(stream::iter(0..3).map(|number| {
        assert!(number < 2, "on purpose, at an item");
        number
    }))
}

#[command(public("a test"))]
async fn sends_and_panics(items: Channel<u8>) {
    items.send(&0).await.ok();
    items.send(&1).await.ok();
    panic!("on purpose, after items")
}

/// Numbers up to an end, or none, with something that panics when they go.
struct Numbers {
    left: Option<u8>,
    _bomb: Bomb,
}

impl Stream for Numbers {
    type Item = u8;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u8>> {
        let Some(left) = self.left else { return Poll::Pending };
        let next = left.checked_sub(1);
        self.left = Some(next.unwrap_or_default());
        Poll::Ready(next)
    }
}

#[command(public("a test"))]
fn counts(from: Option<u8>, work: State<'_, Work>) -> Streaming<u8> {
    Streaming::new(Numbers { left: from, _bomb: Bomb::of(&work) })
}

/// How large each part of a download is.
const PART: usize = 1000;

/// One after the other: what is there goes out before the next is asked for.
fn parts<T: Send + 'static>(
    items: impl Stream<Item = T> + Send + 'static,
) -> impl Stream<Item = T> + Send + 'static {
    items.then(|item| async {
        tokio::task::yield_now().await;
        item
    })
}

#[command(public("a test"))]
fn downloads(panics: bool, work: State<'_, Work>) -> Download {
    let bomb = Bomb::of(&work);
    Download::new(parts(stream::iter(0..3)).map(move |number| {
        let _held = &bomb;
        assert!(!panics || number < 2, "on purpose, in a download");
        Ok(vec![b'x'; PART].into())
    }))
}

/// An error that cannot be shown.
struct Nameless;

impl fmt::Display for Nameless {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("on purpose, when it is shown")
    }
}

impl fmt::Debug for Nameless {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("on purpose, when it is shown")
    }
}

impl std::error::Error for Nameless {}

#[command(public("a test"))]
fn downloads_a_nameless_error() -> Download {
    let items = [Ok(vec![b'x'; PART].into()), Err(io::Error::other(Nameless))];
    Download::new(parts(stream::iter(items)))
}

#[command(public("a test"))]
async fn uploads(file: Upload) -> u8 {
    let mut file = file;
    let first = file.next().await;
    assert!(first.is_none(), "on purpose, at the first part");
    0
}

/// A number, if it can be told.
#[derive(Event)]
#[event(public("a test"))]
struct News(u8);

impl Serialize for News {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        assert!(self.0 < 2, "on purpose, when it is told");
        serializer.serialize_u8(self.0)
    }
}

#[command(public("a test"))]
fn tells(number: u8, news: Emitter<News>) {
    news.emit(&News(number));
}

static AUTHORITY: Authority = authority! {
    commands: [
        well, at_once, later, elsewhere, reads, writes, waits, streams_and_panics, sends_and_panics, counts, downloads,
        downloads_a_nameless_error, uploads, tells,
    ],
    events: [News],
    windows: ["main"],
};

/// Two of each: a place that is not given back shows at once.
fn few() -> Limits {
    Limits::new().calls_at_once(2).streams_at_once(2).lines_at_once(2).any_rate()
}

fn program() -> (Program, Work) {
    let work = Work::default();
    let gate = Gate::new(&AUTHORITY).state(work.clone()).runtime(Tokio).explain(false).build().unwrap();
    (Program::new(&gate).window("main", Router::new()).limits(few()), work)
}

async fn served() -> (Served, Work) {
    let (program, work) = program();
    (program.serve(0).await.unwrap(), work)
}

/// What panics and can be asked for by whichever way, with its arguments.
const PANICS: [(&str, &str); 5] =
    [("at_once", "{}"), ("later", "{}"), ("elsewhere", "{}"), ("reads", r#"{"value":1}"#), ("writes", "{}")];

/// The answer to `well`, over the same line.
async fn serves(page: &mut Page) {
    assert_eq!(page.ask("c99 well\n{}").await, "o99 1");
}

/// The lines of the stream with this id, to its end.
async fn lines(page: &mut Page, id: u32) -> Vec<String> {
    let mut lines = Vec::new();
    while !lines.last().is_some_and(|line: &String| line.starts_with(['z', 'o', 'e', 'f'])) {
        let text = page.hear().await;
        let batch = text.strip_prefix(&format!("s{id}\n")).unwrap_or_else(|| panic!("no batch: {text}"));
        lines.extend(batch.lines().map(str::to_owned));
    }
    lines
}

/// `l_panic_settles`
#[tokio::test]
async fn a_line_goes_on_whatever_panics_on_it() {
    let (served, _) = served().await;
    let mut page = Page::open(&served, "main").await;
    for _ in 0..3 {
        for (command, arguments) in PANICS {
            let answer = page.ask(format!("c1 {command}\n{arguments}")).await;
            assert!(answer.starts_with(r#"f1 {"code":"panicked","id":"#), "{command}: {answer}");
            serves(&mut page).await;
        }
        for (command, items) in
            [("streams_and_panics", ["i0", "i1"]), ("sends_and_panics", ["citems 0", "citems 1"])]
        {
            page.say(format!("c1 {command}\n{{}}")).await;
            let lines = lines(&mut page, 1).await;
            assert_eq!(lines[..2], items);
            assert!(lines[2].starts_with(r#"f{"code":"panicked","id":"#) && lines.len() == 3, "{lines:?}");
            serves(&mut page).await;
        }
    }
}

#[tokio::test]
async fn requests_go_on_whatever_panics_in_them() {
    let (served, _) = served().await;
    let request = |command: &str, arguments: &str| call(&served, "main").command(command, arguments);
    for _ in 0..3 {
        for (command, arguments) in PANICS {
            assert_eq!(request(command, arguments).send().await.line(), "500 failed panicked", "{command}");
        }
        let mut stream = Raw::send(&request("streams_and_panics", "{}")).await;
        assert_eq!(stream.head().await.status, 200);
        let mut text = Vec::new();
        while let Some(part) = stream.part().await.unwrap() {
            text.extend_from_slice(&part);
        }
        let text = String::from_utf8(text).unwrap();
        assert!(text.starts_with("i0\ni1\nf{\"code\":\"panicked\""), "{text}");
        assert_eq!(request("well", "{}").send().await.line(), "200 ok 1");
    }
}

/// What panics when it goes, goes with its stream, with a cancel, and with its page: the places are free again.
#[tokio::test]
async fn a_line_goes_on_whatever_panics_when_it_goes() {
    let (served, work) = served().await;
    for polite in [true, false] {
        let mut page = Page::open(&served, "main").await;
        for _ in 0..3 {
            page.say("c1 counts\n{\"from\":2}").await;
            assert_eq!(lines(&mut page, 1).await, ["i1", "i0", "z"]);
            page.say("c1 counts\n{}").await;
            page.say("c2 waits\n{}").await;
            until(|| work.going_on() == 2).await;
            for id in [1, 2] {
                let answer = page.ask(format!("x{id}")).await;
                assert!(answer.starts_with(&format!(r#"f{id} {{"code":"cancelled""#)), "{answer}");
            }
            until(|| work.going_on() == 0).await;
            serves(&mut page).await;
        }
        page.say("c1 counts\n{}").await;
        page.say("c2 waits\n{}").await;
        until(|| work.going_on() == 2).await;
        if polite {
            page.socket.close(None).await.unwrap();
        }
        drop(page);
        until(|| work.going_on() == 0).await;
    }
    let mut page = Page::open(&served, "main").await;
    serves(&mut page).await;
}

#[tokio::test]
async fn a_request_that_is_given_up_with_something_that_panics_when_it_goes() {
    let (served, work) = served().await;
    for _ in 0..4 {
        for (command, arguments) in [("waits", "{}"), ("counts", "{}")] {
            let raw = Raw::send(&call(&served, "main").command(command, arguments)).await;
            until(|| work.going_on() == 1).await;
            drop(raw);
            until(|| work.going_on() == 0).await;
        }
    }
    assert_eq!(call(&served, "main").command("well", "{}").send().await.line(), "200 ok 1");
}

/// The body breaks off: the page is not told that it has all of it.
#[tokio::test]
async fn a_download_that_panics_breaks_off() {
    let (served, work) = served().await;
    for (command, arguments, whole) in [
        ("downloads", r#"{"panics":true}"#, false),
        ("downloads", r#"{"panics":false}"#, true),
        ("downloads_a_nameless_error", "{}", false),
    ] {
        for _ in 0..3 {
            let mut download = Raw::send(&call(&served, "main").command(command, arguments)).await;
            assert_eq!(download.head().await.status, 200);
            let mut bytes = 0;
            let ended = loop {
                match download.part().await {
                    Ok(Some(part)) => bytes += part.len(),
                    Ok(None) => break true,
                    Err(()) => break false,
                }
            };
            assert_eq!(ended, whole, "{command} {arguments}");
            assert!(bytes <= 3 * PART, "{bytes}");
            assert_eq!(bytes == 3 * PART, whole);
            until(|| work.going_on() == 0).await;
            assert_eq!(call(&served, "main").command("well", "{}").send().await.line(), "200 ok 1");
        }
    }
}

#[tokio::test]
async fn an_upload_whose_command_panics_is_answered() {
    let (served, _) = served().await;
    let mut body = 2_u32.to_be_bytes().to_vec();
    body.extend_from_slice(b"{}");
    body.resize(100_000, 7);
    let request: Call =
        call(&served, "main").command("uploads", body).with("content-type", "application/x-portcullis");
    for _ in 0..4 {
        assert_eq!(request.send().await.line(), "500 failed panicked");
    }
    assert_eq!(call(&served, "main").command("well", "{}").send().await.line(), "200 ok 1");
}

#[tokio::test]
async fn an_event_that_cannot_be_told_harms_who_tells_it_alone() {
    let (served, _) = served().await;
    let (mut page, mut other) = (Page::open(&served, "main").await, Page::open(&served, "main").await);
    other.say("l1 news").await;
    assert_eq!(other.ask("c2 well\n{}").await, "o2 1");
    for _ in 0..3 {
        assert!(page.ask("c1 tells\n{\"number\":2}").await.starts_with(r#"f1 {"code":"panicked""#));
        assert_eq!(page.ask("c1 tells\n{\"number\":1}").await, "o1 null");
        assert_eq!(other.hear().await, "s1\ni1\n");
        other.say("m1").await;
    }
}

/// What prepares a session runs while the program starts, and its panic is the program's. It has listened on nothing by then that
/// is not free again.
#[tokio::test]
async fn a_session_that_cannot_be_prepared_is_the_programs_own_fault() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (broken, _) = program();
    let broken = broken.on_session(|_| panic!("on purpose, when a session is prepared"));
    let started = tokio::spawn(broken.serve_on(listener)).await;
    assert!(started.unwrap_err().is_panic());
    let (program, _) = program();
    let again = program.serve_on(TcpListener::bind(address).await.unwrap()).await.unwrap();
    assert_eq!(call(&again, "main").command("well", "{}").send().await.line(), "200 ok 1");
}

/// A page is the program's own code too. No answer is given for it, and its connection alone ends.
#[tokio::test]
async fn a_page_that_panics_ends_its_own_request_alone() {
    async fn page() -> &'static str {
        panic!("on purpose, in a page")
    }
    let gate = Gate::new(&AUTHORITY).state(Work::default()).runtime(Tokio).explain(false).build().unwrap();
    let pages = Router::new().route("/", axum::routing::get(page)).route("/well", axum::routing::get("well"));
    let served = Program::new(&gate).window("main", pages).limits(few()).serve(0).await.unwrap();
    let mut line = Page::open(&served, "main").await;
    for _ in 0..4 {
        assert_eq!(Raw::send(&get(&served, "main", "/")).await.body().await, b"");
        assert_eq!(get(&served, "main", "/well").send().await.body, "well");
        serves(&mut line).await;
    }
    // It is not waited for either.
    served.stop().now();
    served.until_stopped().await.unwrap();
}

/// A subscriber that panics at whatever it is told of the gate.
struct Explodes(Arc<AtomicUsize>);

impl Subscriber for Explodes {
    fn enabled(&self, of: &Metadata<'_>) -> bool {
        of.target() == "portcullis"
    }
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, _: &tracing::Event<'_>) {
        self.0.fetch_add(1, Ordering::SeqCst);
        panic!("on purpose, when it is told")
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

/// The gate bears with a log that panics. (All tasks of this test are on its thread, and so are told of there.)
#[tokio::test]
async fn a_log_that_panics_costs_no_answer() {
    let told = Arc::new(AtomicUsize::new(0));
    // While there is one subscriber alone, a thread that has none may switch an event off for everybody, by coming there first.
    let _another = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
    let _told = tracing::subscriber::set_default(Explodes(Arc::clone(&told)));
    let (served, work) = served().await;
    for round in 0..3 {
        let mut page = Page::open(&served, "main").await;
        assert!(page.ask("c1 at_once\n{}").await.starts_with(r#"f1 {"code":"panicked""#), "{round}");
        assert!(page.ask("c1 unheard_of\n{}").await.starts_with(r#"f1 {"code":"denied""#), "{round}");
        assert!(page.ask("l1 unheard_of").await.starts_with(r#"f1 {"code":"denied""#), "{round}");
        page.say("c2 waits\n{}").await;
        until(|| work.going_on() == 1).await;
        assert!(page.ask("x2").await.starts_with(r#"f2 {"code":"cancelled""#), "{round}");
        until(|| work.going_on() == 0).await;
        serves(&mut page).await;
        page.say("no frame").await;
        assert_eq!(page.closed().await.0, 1008);
        let request = |command: &str| call(&served, "main").command(command, "{}");
        assert_eq!(request("at_once").send().await.line(), "500 failed panicked");
        assert_eq!(request("unheard_of").send().await.line(), "403 failed denied");
        assert_eq!(request("well").with("authorization", "Bearer no").send().await.status, 401);
    }
    assert!(told.load(Ordering::SeqCst) >= 9);
}
