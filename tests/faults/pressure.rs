//! Input that asks for much, and readers that never read: what is held meanwhile is bounded. Counted for this thread, in bytes;
//! nothing here is timed. (That an allocation fails cannot be tried: Rust ends the program then.)

use std::{
    collections::BTreeMap,
    hint::black_box,
    task::{Context, Waker},
};

use allocation_counter::{AllocationInfo, measure};
use portcullis::{
    Bytes, Channel, Emitter, Event, Streaming,
    prelude::*,
    scope::{Exact, Folded, Matches, UrlScope},
};
use portcullis_tests::{block_on, line};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{faulty::From, runtimes::Threads};

#[command(public("a test"))]
fn number(number: u64) -> u64 {
    number
}

#[command(public("a test"))]
fn float(number: f64, then: bool) -> (f64, bool) {
    (number, then)
}

#[command(public("a test"))]
fn text(text: String, then: bool) -> usize {
    text.len() + usize::from(then)
}

#[command(public("a test"))]
fn numbers(numbers: Vec<Option<u8>>, then: bool) -> usize {
    numbers.len() + usize::from(then)
}

#[command(public("a test"))]
fn texts(texts: Vec<String>, then: bool) -> usize {
    texts.len() + usize::from(then)
}

#[command(public("a test"))]
fn anything(anything: Value, then: bool) -> (Value, bool) {
    (anything, then)
}

#[command(public("a test"))]
fn map(map: BTreeMap<String, u8>, then: bool) -> usize {
    map.len() + usize::from(then)
}

/// One of two.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    One,
    Other,
}

#[command(public("a test"))]
fn kind(kind: Kind) -> Kind {
    kind
}

#[command(public("a test"))]
fn bytes(first: Bytes, second: Option<Bytes>) -> usize {
    first.len() + second.map_or(0, |second| second.len())
}

/// A word.
#[derive(Clone, Debug, Scope)]
struct Word {
    word: String,
}

impl Matches for Word {
    type Input = String;
    fn allows(&self, word: Exact<'_, String>) -> bool {
        *word == self.word
    }
    fn denies(&self, word: Folded<'_, String>) -> bool {
        word.as_text().contains(&self.word)
    }
}

/// Say words.
#[derive(Permission)]
#[permission(id = "words:say", scope = Word)]
struct Say;

#[command(permission(Say))]
fn say(word: Checked<Say>) -> usize {
    word.len()
}

/// Read files.
#[derive(Permission)]
#[permission(id = "files:read", scope = PathScope<Read>)]
struct ReadFiles;

#[command(permission(ReadFiles))]
fn read_file(file: Checked<ReadFiles>) -> String {
    format!("{:?}", file.name()).chars().take(100).collect()
}

/// Fetch pages.
#[derive(Permission)]
#[permission(id = "pages:fetch", scope = UrlScope)]
struct FetchPages;

#[command(permission(FetchPages))]
fn fetch(page: Checked<FetchPages>) -> usize {
    page.as_str().len()
}

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
struct ReadNotes;

#[command(permission(ReadNotes))]
fn read(note: Value) -> Value {
    note
}

/// Sends as much as there is room for, and more.
#[command(public("a test"))]
async fn floods(items: Channel<String>) -> usize {
    let item = "x".repeat(KILOBYTE);
    for _ in 0..MANY {
        let _ = black_box(items.try_send(&item));
    }
    std::future::pending().await
}

/// Never comes to an end.
#[command(public("a test"))]
fn endless() -> Streaming<String> {
    Streaming::new(From(|| Some("x".repeat(KILOBYTE))))
}

/// A text for whoever listens.
#[derive(Serialize, Event)]
#[event(public("a test"))]
struct News(String);

#[command(public("a test"))]
async fn never() {
    std::future::pending::<()>().await;
}

#[command(public("a test"))]
fn tells(news: Emitter<News>) {
    news.emit(&News("x".repeat(KILOBYTE)));
}

static AUTHORITY: Authority = authority! {
    commands: [
        number, float, text, numbers, texts, anything, map, kind, bytes, say, read_file, fetch, read, floods, endless, never, tells,
    ],
    events: [News],
    capabilities: ["faults/capabilities/pressure/main.json"],
    windows: ["main"],
    clients: ["agent"],
    bases: ["FILES"],
};

const KILOBYTE: usize = 1024;
const MEGABYTE: usize = 1024 * 1024;
const MANY: usize = 20_000;

/// What a refusal may hold whatever was sent: its reason, for the log and for the caller.
const REASON: usize = 16 * KILOBYTE;

fn gate() -> Gate {
    let builder = Gate::new(&AUTHORITY).runtime(Threads).explain(false);
    builder.base("FILES", std::env::temp_dir()).build().unwrap()
}

fn session() -> Session {
    gate().session(Principal::window("main"))
}

/// The most that is held at once while a call is answered, once everything is there that is made once.
fn held(session: &Session, command: &str, arguments: &str, answer: &str) -> (usize, AllocationInfo) {
    let call = || {
        let reply = block_on(session.invoke(Request::json(command, arguments.as_bytes())));
        let told = line(&reply);
        assert!(told.starts_with(answer), "`{command}` answers: {}", &told[..told.len().min(200)]);
        assert!(told.len() < KILOBYTE, "a refusal is short: `{command}`: {} bytes", told.len());
    };
    call();
    let info = measure(call);
    (usize::try_from(info.bytes_max).unwrap(), info)
}

/// What is refused before any of it is kept: the size of it does not matter.
#[test]
fn what_is_refused_before_it_is_read_takes_nothing() {
    let session = session();
    let long = "x".repeat(MEGABYTE);
    let anything = format!(r#"{{"note":[{}null]}}"#, "null,".repeat(MEGABYTE / 5));
    let deep = "[".repeat(MEGABYTE);
    let cases: &[(&str, &str, String, &str)] = &[
        ("a command that may not be called", "read", anything, "denied"),
        ("a name that nobody has", &long, String::new(), "denied"),
        (
            "an argument that nobody takes",
            "number",
            format!(r#"{{"{long}":1}}"#),
            "invalid: unknown argument",
        ),
        ("a name that does not end", "number", format!(r#"{{"{long}"#), "invalid: "),
        ("a length that lies", "bytes", format!(r#"{{"first":{}}}"#, u64::MAX), "invalid: "),
        (
            "two that add up to nothing",
            "bytes",
            format!(r#"{{"first":{},"second":1}}"#, u64::MAX),
            "invalid: ",
        ),
        (
            "a length with a million digits",
            "bytes",
            format!(r#"{{"first":{}}}"#, "9".repeat(MEGABYTE)),
            "invalid: ",
        ),
        ("nothing but brackets", "anything", format!(r#"{{"anything":{deep}"#), "too_deep"),
        ("nothing but brackets, skipped", "number", format!(r#"{{"number":{deep}"#), "invalid: "),
        (
            "a number that has no end",
            "number",
            format!(r#"{{"number":{}}}"#, "9".repeat(MEGABYTE)),
            "invalid: ",
        ),
        (
            "a number that is too large",
            "float",
            format!(r#"{{"number":{}}}"#, "9".repeat(MEGABYTE)),
            "invalid: ",
        ),
        (
            "an exponent that has no end",
            "float",
            format!(r#"{{"number":1e{}}}"#, "9".repeat(MEGABYTE)),
            "invalid: ",
        ),
        ("a megabyte of spaces", "number", " ".repeat(MEGABYTE), "invalid: missing"),
        ("what follows the end", "number", format!(r#"{{"number":1}}{long}"#), "invalid: "),
        (
            "the same again and again",
            "number",
            format!(r#"{{"number":1{}}}"#, r#","number":1"#.repeat(100_000)),
            "invalid: argument `number` of command `number` is given twice",
        ),
    ];
    for (what, command, arguments, answer) in cases {
        let (most, info) = held(&session, command, arguments, answer);
        println!("{what}: {most} bytes for {}", command.len() + arguments.len());
        assert!(most <= REASON, "{what}: {most} bytes");
        assert_eq!(info.bytes_current, 0, "{what}: nothing is kept");
    }
}

/// What is read into a type of the command's, and refused at its end, takes what that type takes: so many times what was sent, and
/// no more. Most of it is Rust's: a `String` of no bytes is 24 bytes long, and 3 as it is sent; a vector that grows has twice what
/// it needs, and for a moment half of that again.
#[test]
fn what_is_refused_after_it_was_read_takes_so_many_times_what_was_sent() {
    let session = session();
    let then = r#","then":"no"}"#;
    let (long, nulls) = ("x".repeat(MEGABYTE), "null,".repeat(MEGABYTE / 5));
    let escaped = r"\u0061".repeat(MEGABYTE / 6);
    let keys = (0..100_000).map(|key| format!(r#""{key}":1"#)).collect::<Vec<_>>().join(",");
    let cases: &[(&str, &str, String, &str, usize)] = &[
        ("a text", "text", format!(r#"{{"text":"{long}"{then}"#), "invalid: ", 1),
        ("an escaped text", "text", format!(r#"{{"text":"{escaped}"{then}"#), "invalid: ", 1),
        ("an escaped name", "number", format!(r#"{{"{escaped}":1}}"#), "invalid: unknown argument", 1),
        ("nulls for numbers", "numbers", format!(r#"{{"numbers":[{nulls}null]{then}"#), "invalid: ", 2),
        ("nulls for anything", "anything", format!(r#"{{"anything":[{nulls}null]{then}"#), "invalid: ", 20),
        (
            "texts of no bytes",
            "texts",
            format!(r#"{{"texts":[{}""]{then}"#, r#""","#.repeat(MEGABYTE / 3)),
            "invalid: ",
            24,
        ),
        ("many keys", "map", format!(r#"{{"map":{{{keys}}}{then}"#), "invalid: ", 12),
        ("many keys for anything", "anything", format!(r#"{{"anything":{{{keys}}}{then}"#), "invalid: ", 12),
        ("a text for a number", "number", format!(r#"{{"number":"{long}"}}"#), "invalid: ", 4),
        // A type says the whole of it, and writes each byte as six. It is cut, once serde has made it.
        (
            "what is written longer than it was sent",
            "number",
            format!(r#"{{"number":"{}"}}"#, "\u{7f}".repeat(MEGABYTE)),
            "invalid: ",
            16,
        ),
        ("a kind that there is not", "kind", format!(r#"{{"kind":"{long}"}}"#), "invalid: ", 4),
        ("a word out of scope", "say", format!(r#"{{"word":"{long}"}}"#), "denied", 2),
        // It is not allowed, and so no denial is asked for its folded form.
        (
            "a word that folds to much",
            "say",
            format!(r#"{{"word":"{}"}}"#, "\u{fdfa}".repeat(MEGABYTE / 3)),
            "denied",
            2,
        ),
    ];
    for (what, command, arguments, answer, times) in cases {
        let sent = command.len() + arguments.len();
        let (most, info) = held(&session, command, arguments, answer);
        println!("{what}: {most} bytes for {sent}, {}.{} times", most / sent, most * 10 / sent % 10);
        assert!(most <= times * sent + REASON, "{what}: {most} bytes for {sent}");
        assert_eq!(info.bytes_current, 0, "{what}: nothing is kept");
    }
}

/// A denial is asked of the folded form, which may be longer than what was sent: eleven times, for one character of Arabic, in a
/// text that grows by doubling.
#[test]
fn what_is_asked_of_a_denial_takes_what_its_folded_form_takes() {
    let gate = gate();
    let client = gate.session(Principal::client("agent"));
    for (what, character) in [("one that folds to many", "\u{fdfa}"), ("marks without end", "\u{301}")] {
        let word = character.repeat(128 * KILOBYTE / character.len());
        let arguments = format!(r#"{{"word":"{word}"}}"#);
        let call = || {
            let reply = block_on(client.invoke(Request::json("say", arguments.as_bytes())));
            assert_eq!(line(&reply), format!("ok {}", word.len()));
        };
        call();
        let info = measure(call);
        let most = usize::try_from(info.bytes_max).unwrap();
        println!("{what}: {most} bytes for {}, {} times", arguments.len(), most / arguments.len());
        assert!(most <= 32 * arguments.len(), "{what}: {most} bytes");
        assert_eq!(info.bytes_current, 0);
    }
}

#[test]
fn what_paths_and_addresses_take_is_in_proportion() {
    let session = session();
    let long = MEGABYTE - 64;
    let inputs = [
        ("one name", "x".repeat(long)),
        ("many names", "x/".repeat(long / 2)),
        ("many steps up", "../".repeat(long / 3)),
        ("a long name and a step up", format!("{}/../x", "x".repeat(long))),
        ("what cannot be seen", "\u{200b}".repeat(long / 3)),
        ("what folds to many", "\u{fdfa}".repeat(long / 3)),
        ("what is written longer", "\u{7f}".repeat(long)),
        ("a long host", format!("https://{}/", "x".repeat(long))),
        ("many parts", format!("https://example.com/{}", "x/".repeat(long / 2 - 20))),
        ("many escapes", format!("https://example.com/{}", "%41".repeat(long / 3 - 20))),
    ];
    for (what, input) in inputs {
        for (command, name) in [("read_file", "file"), ("fetch", "page")] {
            let arguments = serde_json::json!({ name: input }).to_string();
            let call = || {
                let reply = block_on(session.invoke(Request::json(command, arguments.as_bytes())));
                let told = line(&reply);
                assert!(told.len() < KILOBYTE, "{what}: `{command}` says {} bytes", told.len());
            };
            call();
            let info = measure(call);
            let most = usize::try_from(info.bytes_max).unwrap();
            println!("{what}, {command}: {most} bytes, {} times", most / arguments.len());
            assert!(most <= 8 * arguments.len() + REASON, "{what}, {command}: {most} bytes");
            assert_eq!(info.bytes_current, 0, "{what}");
        }
    }
}

fn context() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

/// `l_backpressure`: sixteen items, and what they are made of.
#[test]
fn a_channel_that_nobody_reads_holds_sixteen_items() {
    let session = session();
    let mut kept = None;
    let info = measure(|| {
        let mut call = Box::pin(session.invoke_owned(Request::json("floods", b"")));
        kept = Some(call.as_mut().poll(&mut context()));
    });
    let most = usize::try_from(info.bytes_max).unwrap();
    println!("a channel: {most} bytes");
    // A line grows by doubling.
    assert!((16 * KILOBYTE..40 * KILOBYTE).contains(&most), "{most} bytes");
    drop(kept);
}

#[test]
fn a_stream_that_is_read_holds_nothing_of_what_was_read() {
    let session = session();
    let Reply::Stream(mut stream) = portcullis_tests::call(&session, "endless", "") else {
        panic!("no stream")
    };
    let mut text = Vec::new();
    assert!(block_on(stream.lines(&mut text, 64 * KILOBYTE)));
    let info = measure(|| {
        for _ in 0..MANY / 64 {
            text.clear();
            assert!(block_on(stream.lines(&mut text, 64 * KILOBYTE)));
        }
    });
    assert!(info.bytes_max < 4 * KILOBYTE as u64 && info.bytes_current == 0, "{info:?}");
}

/// However many listen, and however little they read: an event is held once, and 256 of them at the most.
#[test]
fn events_that_nobody_reads_are_bounded() {
    let gate = gate();
    let session = gate.session(Principal::window("main"));
    let news = gate.emitter::<News>().unwrap();
    let mut listeners: Vec<_> = (0..100).map(|_| session.listen("news").unwrap()).collect();
    for listener in &mut listeners {
        assert!(listener.poll_lines(&mut context(), &mut Vec::new(), 1).is_pending());
    }
    let item = News("x".repeat(KILOBYTE));
    let info = measure(|| {
        for _ in 0..MANY {
            news.emit(&item);
        }
    });
    let most = usize::try_from(info.bytes_max).unwrap();
    println!("events: {most} bytes");
    assert!((256 * KILOBYTE..640 * KILOBYTE).contains(&most), "{most} bytes");
    drop(listeners);
}

/// What comes and goes leaves nothing: sessions, listeners, calls that are given up or refused, grants that are switched.
#[test]
fn what_comes_and_goes_leaves_nothing() {
    let gate = gate();
    let round = || {
        let session = gate.session(Principal::window("main"));
        let mut listener = session.listen("news").unwrap();
        assert!(listener.poll_lines(&mut context(), &mut Vec::new(), 1).is_pending());
        let mut call = Box::pin(session.invoke_owned(Request::json("never", b"")));
        assert!(call.as_mut().poll(&mut context()).is_pending());
        session.switch_on::<ReadNotes>().unwrap();
        assert_eq!(line(&portcullis_tests::call(&session, "read", r#"{"note":[1]}"#)), "ok [1]");
        assert_eq!(line(&portcullis_tests::call(&session, "tells", "")), "ok null");
        drop(call);
        session.switch_off::<ReadNotes>();
        let clone = session.clone();
        drop(session);
        assert!(!clone.may_call("read"));
    };
    // As often as an event is kept, so that as many are when it is measured.
    for _ in 0..300 {
        round();
    }
    let info = measure(|| {
        for _ in 0..2_000 {
            round();
        }
    });
    println!("rounds: {info:?}");
    assert_eq!((info.count_current, info.bytes_current), (0, 0), "{info:?}");
}
