//! What comes in parts, as bytes or as an event, and what needs threads: by way of the test client.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use portcullis::{
    Attachment, Bytes, Channel, Code, Download, Streaming,
    prelude::*,
    test::{Client, Part, Threads, client},
};
use serde_json::json;

use super::{AUTHORITY as NOTES, NoteChanged, Writer};

/// Counts, and says how far it is.
#[command(public("a test"))]
async fn count(to: u32, progress: Channel<u32>) -> Result<String, String> {
    for number in 1..=to {
        progress.send(&number).await.map_err(|error| error.to_string())?;
    }
    if to == 0 { Err("nothing to count".into()) } else { Ok("done".into()) }
}

#[command(public("a test"))]
fn numbers(to: u32) -> Result<Streaming<u32, String>, String> {
    if to == 0 {
        return Err("no numbers".into());
    }
    let mut next = 0;
    Ok(Streaming::fallible(Numbers(move || {
        next += 1;
        if next > to { None } else { Some(if next == 13 { Err("unlucky".to_owned()) } else { Ok(next) }) }
    })))
}

struct Numbers<F>(F);

impl<T, F: FnMut() -> Option<T> + Unpin> futures_core::Stream for Numbers<F> {
    type Item = T;
    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<T>> {
        std::task::Poll::Ready((self.0)())
    }
}

#[command(public("a test"))]
fn reversed(data: Bytes) -> Bytes {
    data.iter().rev().copied().collect::<Vec<u8>>().into()
}

#[command(public("a test"))]
fn picture() -> Download {
    Download::new(Numbers({
        let mut parts = vec![&b"c"[..], b"b", b"a"];
        move || parts.pop().map(|part| Ok(part.into()))
    }))
}

#[command(public("a test"))]
fn broken_picture() -> Download {
    let mut first = true;
    Download::new(Numbers(move || {
        Some(if std::mem::take(&mut first) {
            Ok((&b"a"[..]).into())
        } else {
            Err(std::io::Error::other("the disk is gone"))
        })
    }))
}

#[command(public("a test"), blocking)]
fn blocks() -> u32 {
    std::thread::sleep(Duration::from_millis(10));
    7
}

#[command(public("a test"), timeout = "30ms")]
async fn takes_too_long() {
    std::future::pending::<()>().await;
}

static AUTHORITY: Authority = authority! {
    commands: [count, numbers, reversed, picture, broken_picture, blocks, takes_too_long],
    windows: ["main"],
};

fn main() -> Client {
    let gate = Gate::new(&AUTHORITY).runtime(Threads).build().unwrap();
    client(&gate, Principal::window("main"))
}

fn said<T>(test: impl FnOnce() -> T) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| drop(test()))).unwrap_err();
    panic.downcast::<String>().map_or_else(|_| "no text".to_owned(), |text| *text)
}

#[test]
fn what_is_sent_through_a_channel_comes_before_the_value() {
    let mut parts = main().call("count", json!({ "to": 40 })).parts();
    assert_eq!(parts.expect_sent::<u32>("progress"), 1);
    assert_eq!(parts.next(), Some(Part::Sent { channel: "progress".into(), item: "2".into() }));
    assert_eq!(parts.sent::<u32>("progress"), (3..=40).collect::<Vec<_>>());
    assert_eq!(parts.next(), None);
    assert_eq!(parts.end().expect_ok::<String>(), "done");
}

#[test]
fn a_reply_without_parts_has_an_end_alone() {
    let mut parts = main().call("count", json!({ "to": 0 })).parts();
    assert_eq!(parts.sent::<u32>("progress"), [0_u32; 0]);
    assert_eq!(parts.end().expect_error::<String>(), "nothing to count");
    assert_eq!(main().call("numbers", json!({ "to": 0 })).expect_error::<String>(), "no numbers");
}

#[test]
fn items_of_a_stream_are_read_to_its_end() {
    let mut parts = main().call("numbers", json!({ "to": 3 })).parts();
    assert_eq!(parts.expect_item::<u32>(), 1);
    assert_eq!(parts.items::<u32>(), [2, 3]);
    parts.end().expect_ok::<()>();
}

#[test]
fn an_error_in_the_middle_is_the_end() {
    let mut parts = main().call("numbers", json!({ "to": 20 })).parts();
    assert_eq!(parts.items::<u32>().len(), 12);
    assert_eq!(parts.end().expect_error::<String>(), "unlucky");
}

#[test]
fn what_is_not_as_expected_is_shown() {
    let numbers = || main().call("numbers", json!({ "to": 1 }));
    assert!(said(|| numbers().expect_ok::<u32>()).ends_with("and it answers in parts: see `parts`"));
    assert!(said(|| numbers().parts().expect_sent::<u32>("progress")).ends_with("and it gave an item: 1"));
    assert!(
        said(|| numbers().parts().expect_item::<String>())
            .contains("something that is no `alloc::string::String`")
    );
    assert!(said(|| numbers().parts().expect_nothing()).ends_with("and it gave an item: 1"));
    let ended = said(|| {
        let mut parts = numbers().parts();
        (parts.items::<u32>(), parts.expect_item::<u32>())
    });
    assert!(ended.ends_with("was expected to go on with an item, and it came to its end"), "{ended}");
}

#[test]
fn parts_are_awaited_in_an_executor() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut parts = main().call_async("numbers", json!({ "to": 1 })).await.parts();
        assert_eq!(parts.next_async().await, Some(Part::Item("1".into())));
        assert_eq!(parts.next_async().await, None);
    });
}

#[test]
fn bytes_go_beside_the_arguments_and_come_back() {
    let sent = Attachment::Whole(b"abc"[..].into());
    assert_eq!(*main().call_attached("reversed", json!({ "data": 3 }), sent).expect_bytes(), *b"cba");
    assert_eq!(*main().call("picture", ()).expect_bytes(), *b"abc");
    assert!(said(|| main().call("picture", ()).expect_ok::<u32>()).ends_with("see `expect_bytes`"));
    let broken = said(|| main().call("broken_picture", ()).expect_bytes());
    assert!(broken.ends_with("broke off: the disk is gone"), "{broken}");
}

#[test]
fn what_blocks_and_what_takes_too_long_needs_no_executor_but_threads() {
    assert_eq!(main().call("blocks", ()).expect_ok::<u32>(), 7);
    let _ = main().call("takes_too_long", ()).expect_failed(Code::Timeout);
}

#[test]
fn events_are_heard_by_those_who_may() {
    let gate = Gate::new(&NOTES).per_session::<Writer>().build().unwrap();
    let changed = gate.emitter::<NoteChanged>().unwrap();
    let mut heard = client(&gate, Principal::window("main")).listen("note_changed").parts();
    heard.expect_nothing();
    changed.emit(&NoteChanged { id: 1 });
    changed.emit(&NoteChanged { id: 2 });
    assert_eq!(heard.expect_item::<NoteChanged>(), NoteChanged { id: 1 });
    assert_eq!(heard.expect_item::<NoteChanged>(), NoteChanged { id: 2 });
    heard.expect_nothing();
    let cli = client(&gate, Principal::client("cli"));
    assert!(matches!(cli.listen("note_changed").expect_denied(), portcullis::Reason::Denied { .. }));
    cli.listen("note_chagned").expect_unknown();
}

#[test]
fn an_event_that_does_not_come_is_not_waited_for_for_ever() {
    let gate = Gate::new(&NOTES).per_session::<Writer>().build().unwrap();
    let main = client(&gate, Principal::window("main")).patience(Duration::from_millis(20));
    let said = said(|| main.listen("note_changed").parts().expect_item::<NoteChanged>());
    assert!(said.starts_with("`note_changed` called by window `main`"), "{said}");
    assert!(said.contains("has not gone on within 20ms"), "{said}");
}
