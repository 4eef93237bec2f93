//! Bytes beside the JSON of a call, and in place of a reply.

use std::{
    io::{self, Read as _},
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use portcullis::{Attachment, Bytes, Download, Upload, prelude::*};
use portcullis_tests::{block_on, line};
use tokio::sync::mpsc;

use super::blocking::Threads;

#[portcullis::command(public("a test"))]
fn joined(name: &str, one: Bytes, other: Option<Bytes>) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{name}: {} {:?}", text(&one), other.map(|bytes| text(&bytes)))
}

#[portcullis::command(public("a test"))]
async fn echo(data: Bytes) -> Bytes {
    tokio::task::yield_now().await;
    data
}

#[portcullis::command(public("a test"))]
fn perhaps(data: bool) -> Result<Bytes, &'static str> {
    if data { Ok(Bytes::from(&b"yes"[..])) } else { Err("no") }
}

#[portcullis::command(public("a test"))]
async fn measured(file: Upload, name: String) -> Result<String, String> {
    let (mut file, mut bytes, mut parts) = (file, 0, 0);
    while let Some(part) = file.next().await {
        bytes += part.map_err(|error| error.to_string())?.len();
        parts += 1;
    }
    Ok(format!("{name}: {bytes} bytes in {parts} parts"))
}

#[portcullis::command(public("a test"), blocking)]
fn read(mut file: Upload) -> Result<String, String> {
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(|error| error.to_string())?;
    Ok(text)
}

#[portcullis::command(public("a test"))]
fn picture() -> Download {
    Download::from(bytes::Bytes::from_static(b"png")).with_content_type("image/png")
}

/// Gives back what it is sent, while it is sent.
#[portcullis::command(public("a test"))]
async fn back(file: Upload) -> Download {
    Download::new(file)
}

#[portcullis::command(public("a test"))]
fn explosive(when: String) -> Download {
    Download::new(Explosive(when))
}

/// Panics when it is asked, or when it goes.
struct Explosive(String);

impl futures_core::Stream for Explosive {
    type Item = io::Result<bytes::Bytes>;
    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        assert_ne!(self.0, "asked");
        Poll::Ready(Some(Ok(bytes::Bytes::from_static(b"x"))))
    }
}

impl Drop for Explosive {
    fn drop(&mut self) {
        panic!("when it goes");
    }
}

#[portcullis::command(public("a test"))]
fn nothing() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [joined, echo, perhaps, measured, read, picture, back, explosive, nothing],
    windows: ["main"],
};

fn session() -> Session {
    Gate::new(&AUTHORITY).runtime(Threads).build().unwrap().session(Principal::window("main"))
}

fn ask(command: &str, arguments: &str, attachment: Attachment) -> Reply {
    let session = session();
    block_on(session.invoke(Request::json(command, arguments.as_bytes()).attached(attachment)))
}

fn whole(text: &'static str) -> Attachment {
    Attachment::Whole(bytes::Bytes::from_static(text.as_bytes()))
}

/// Parts of a file, the last of which may fail.
struct Parts(Vec<io::Result<bytes::Bytes>>);

impl futures_core::Stream for Parts {
    type Item = io::Result<bytes::Bytes>;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop())
    }
}

fn parts(of: &[&'static str], broken: bool) -> Attachment {
    let mut parts: Vec<_> = of.iter().map(|text| Ok(bytes::Bytes::from_static(text.as_bytes()))).collect();
    if broken {
        parts.push(Err(io::Error::other("gone")));
    }
    parts.reverse();
    Attachment::Stream(Upload::new(Parts(parts)))
}

#[test]
fn bytes_are_taken_in_the_order_in_which_the_message_names_them() {
    for (arguments, expected) in [
        (r#"{"one":3,"other":2,"name":"x"}"#, r#"ok "x: abc Some(\"de\")""#),
        (r#"{"other":2,"name":"x","one":3}"#, r#"ok "x: cde Some(\"ab\")""#),
    ] {
        assert_eq!(line(&ask("joined", arguments, whole("abcde"))), expected);
    }
    for left_out in [r#"{"one":3,"name":"x"}"#, r#"{"one":3,"name":"x","other":null}"#] {
        assert_eq!(line(&ask("joined", left_out, whole("abc"))), r#"ok "x: abc None""#);
    }
}

#[test]
fn lengths_must_add_up_to_the_bytes_that_came() {
    let refused = |arguments, attachment| {
        let answer = line(&ask("joined", arguments, attachment));
        assert!(answer.starts_with("invalid: "), "{answer}");
        answer
    };
    let answer = refused(r#"{"one":3,"name":"x"}"#, whole("ab"));
    assert!(answer.ends_with("have 3 bytes by their lengths, and 2 came with the message"), "{answer}");
    refused(r#"{"one":3,"name":"x"}"#, whole("abcd"));
    refused(r#"{"one":3,"name":"x"}"#, Attachment::None);
    refused(r#"{"one":18446744073709551615,"other":18446744073709551615,"name":"x"}"#, whole("ab"));
    refused(r#"{"one":-1,"name":"x"}"#, whole("ab"));
    refused(r#"{"one":[97,98],"name":"x"}"#, whole("ab"));
    refused(r#"{"one":null,"name":"x"}"#, whole(""));
    refused(r#"{"name":"x"}"#, whole(""));
}

#[test]
fn bytes_that_nothing_takes_are_refused() {
    assert!(line(&ask("nothing", "", whole("a"))).starts_with("invalid: "));
    assert_eq!(line(&ask("nothing", "", whole(""))), "ok null");
}

#[test]
fn nothing_is_copied_on_the_way() {
    let sent = bytes::Bytes::from(vec![7; 1 << 20]);
    let arguments = format!(r#"{{"data":{}}}"#, sent.len());
    let Reply::Bytes(reply) = ask("echo", &arguments, Attachment::Whole(sent.clone())) else { panic!() };
    assert_eq!(reply.as_ptr(), sent.as_ptr());
}

#[test]
fn a_result_may_be_bytes_or_an_error() {
    assert_eq!(ask("perhaps", r#"{"data":true}"#, Attachment::None), Reply::Bytes(Bytes::from(&b"yes"[..])));
    assert_eq!(line(&ask("perhaps", r#"{"data":false}"#, Attachment::None)), r#"error "no""#);
}

#[test]
fn an_upload_comes_in_parts() {
    let of = |attachment| line(&ask("measured", r#"{"name":"x","file":null}"#, attachment));
    assert_eq!(of(parts(&["ab", "c"], false)), r#"ok "x: 3 bytes in 2 parts""#);
    assert_eq!(of(whole("abcd")), r#"ok "x: 4 bytes in 1 parts""#);
    assert_eq!(of(parts(&["ab"], true)), r#"error "gone""#);
    assert_eq!(line(&ask("measured", r#"{"name":"x"}"#, parts(&[], false))), r#"ok "x: 0 bytes in 0 parts""#);
}

#[test]
fn a_blocking_command_reads_an_upload_as_a_file() {
    assert_eq!(line(&ask("read", "", parts(&["ab", "", "c"], false))), r#"ok "abc""#);
    assert_eq!(line(&ask("read", "", parts(&["ab"], true))), r#"error "gone""#);
}

/// Parts that come when somebody sends them.
struct Slow(mpsc::Receiver<bytes::Bytes>);

impl futures_core::Stream for Slow {
    type Item = io::Result<bytes::Bytes>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|part| part.map(Ok))
    }
}

fn slow() -> (mpsc::Sender<bytes::Bytes>, Attachment) {
    let (sender, parts) = mpsc::channel(8);
    (sender, Attachment::Stream(Upload::new(Slow(parts))))
}

/// `l_cancel_drops_future`, on a thread: one that waits for a page that sends nothing is not lost.
#[test]
fn l_cancel_drops_future_a_blocking_command_does_not_wait_for_the_bytes_of_a_call_that_is_given_up() {
    let session = session();
    let (sender, upload) = slow();
    let mut call = Box::pin(session.invoke(Request::json("read", b"").attached(upload)));
    assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    sender.try_send("ab".into()).unwrap();
    // It has read that when there is room again, and waits.
    while sender.capacity() < sender.max_capacity() {
        std::thread::yield_now();
    }
    std::thread::sleep(std::time::Duration::from_millis(20));
    drop(call);
    block_on(sender.closed());
}

#[test]
fn what_is_made_of_an_upload_may_come_after_the_command() {
    let session = session();
    let (sender, upload) = slow();
    let call = session.invoke(Request::json("back", b"").attached(upload));
    let Reply::Download(download) = block_on(call) else { panic!() };
    sender.try_send("ab".into()).unwrap();
    drop(sender);
    let mut download = pin!(download);
    let mut next =
        || block_on(std::future::poll_fn(|cx| futures_core::Stream::poll_next(download.as_mut(), cx)));
    assert_eq!(next().unwrap().unwrap(), "ab");
    assert!(next().is_none());
}

#[test]
fn l_panic_settles_a_download() {
    let ask = |when: &str| ask("explosive", &format!(r#"{{"when":"{when}"}}"#), Attachment::None);
    let Reply::Download(download) = ask("asked") else { panic!() };
    let mut download = pin!(download);
    let mut next =
        || block_on(std::future::poll_fn(|cx| futures_core::Stream::poll_next(download.as_mut(), cx)));
    assert_eq!(next().unwrap().unwrap_err().to_string(), "the command panicked");
    assert!(next().is_none());
    // The adapter drops what a page does not read to its end.
    drop(ask("dropped"));
}

#[test]
fn an_adapter_is_told_what_to_read_first_only_by_whoever_may_call() {
    let gate = Gate::new(&AUTHORITY).runtime(Threads).build().unwrap();
    let takes = |window: &str, command| gate.session(Principal::window(window)).takes_upload(command);
    assert!(takes("main", "measured") && takes("main", "read"));
    assert!(!takes("main", "joined") && !takes("main", "unheard_of") && !takes("other", "measured"));
}

#[test]
fn a_download_says_what_it_is() {
    let Reply::Download(download) = ask("picture", "", Attachment::None) else { panic!() };
    assert_eq!((download.content_type(), download.length()), (Some("image/png"), Some(3)));
    let mut download = pin!(download);
    let part = block_on(std::future::poll_fn(|cx| futures_core::Stream::poll_next(download.as_mut(), cx)));
    assert_eq!(part.unwrap().unwrap(), "png");
}
