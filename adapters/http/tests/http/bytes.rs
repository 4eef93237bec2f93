//! Raw bytes, both ways: whole, as they arrive, and as they come.

use std::time::Duration;

use portcullis_http::{Limits, Served};

use crate::{
    client::{Call, call},
    raw::Raw,
    work::{program, served, until},
};

/// A call with bytes beside its arguments.
fn framed(served: &Served, command: &str, arguments: &str, bytes: &[u8]) -> Call {
    let length = u32::try_from(arguments.len()).unwrap().to_be_bytes();
    call(served, "main")
        .with("content-type", "application/x-portcullis")
        .command(command, [&length[..], arguments.as_bytes(), bytes].concat())
}

/// The reply and the body of an answer with a length.
async fn whole(call: &Call) -> (String, Vec<u8>) {
    let mut raw = Raw::send(call).await;
    let head = raw.head().await;
    (format!("{} {}", head.status, head.header("portcullis-reply").unwrap()), raw.body().await)
}

#[tokio::test]
async fn bytes_go_both_ways_as_they_are() {
    const BYTES: usize = 8 * 1024 * 1024;
    let (program, _) = program();
    let served = program.limits(Limits::new().body(BYTES + 1024)).serve(0).await.unwrap();
    let sent: Vec<u8> = (0..BYTES).map(|at| u8::try_from(at * 7 % 251).unwrap()).collect();
    let (reply, mut got) = whole(&framed(&served, "reversed", &format!("{{\"data\":{BYTES}}}"), &sent)).await;
    got.reverse();
    assert_eq!(reply, "200 bytes");
    assert!(got == sent);
}

#[tokio::test]
async fn several_byte_arguments_follow_each_other() {
    let (served, _) = served().await;
    let joined = async |arguments: &str, bytes: &[u8]| {
        let (reply, body) = whole(&framed(&served, "joined", arguments, bytes)).await;
        format!("{reply} {}", String::from_utf8_lossy(&body))
    };
    let both = r#"{"second":3,"between":"-","first":2}"#;
    assert_eq!(joined(both, b"abcde").await, "200 bytes de-abc", "in the order of the message");
    assert_eq!(joined(r#"{"between":"-","first":5}"#, b"abcde").await, "200 bytes abcde-");
    assert_eq!(joined(r#"{"between":"-","first":0,"second":null}"#, b"").await, "200 bytes -");
    // More, or fewer, than it says: nothing is run with what is not its own.
    for (arguments, bytes) in [
        (both, &b"abcd"[..]),
        (both, b"abcdef"),
        (r#"{"between":"-","first":-1}"#, b"a"),
        (r#"{"between":"-","first":18446744073709551615,"second":2}"#, b"a"),
        (r#"{"between":"-","first":"a"}"#, b"a"),
        (r#"{"between":"-"}"#, b"a"),
    ] {
        let answer = joined(arguments, bytes).await;
        assert!(answer.starts_with("400 failed {\"code\":\"invalid\""), "{arguments}: {answer}");
    }
}

#[tokio::test]
async fn a_frame_that_does_not_fit_is_refused() {
    let (served, work) = served().await;
    let call = framed(&served, "reversed", "{\"data\":1}", b"a");
    for body in [&b""[..], b"\0\0\0", b"\0\0\0\x0b{\"data\":0}", b"\xff\xff\xff\xff{}", b"{\"data\":0}"] {
        let answer = call.clone().command("reversed", body).send().await;
        assert_eq!(answer.line(), "400 failed invalid", "{body:?}");
        assert!(answer.json()["message"].is_string());
    }
    for body in [&b""[..], b"\0\0\0", b"\0\0\0\x0b{\"name\":0}", b"\0\x10\0\0{}"] {
        let answer = call.clone().command("receive", body).send().await;
        assert_eq!(answer.line(), "400 failed invalid", "{body:?}");
    }
    let too_long = call.clone().command("receive", b"\xff\xff\xff\xff{}").send().await;
    assert_eq!(too_long.line(), "413 failed too_large");
    assert_eq!(work.begun(), 0);
}

#[tokio::test]
async fn a_framed_body_over_the_limit_is_refused() {
    let (program, work) = program();
    let served = program.limits(Limits::new().body(64)).serve(0).await.unwrap();
    let with =
        |bytes: usize| framed(&served, "reversed", &format!("{{\"data\":{bytes}}}"), &vec![b'x'; bytes]);
    assert_eq!(whole(&with(53)).await, ("200 bytes".into(), vec![b'x'; 53]));
    assert_eq!(work.begun(), 1);
    assert_eq!(with(54).send().await.line(), "413 failed too_large");
    assert_eq!(with(10_000).send().await.line(), "413 failed too_large");
    assert_eq!(work.begun(), 1);
    // What is taken as it arrives is for the command to bound; its arguments are not.
    let upload = framed(&served, "receive", r#"{"name":"x"}"#, &vec![0; 1_000_000]);
    assert_eq!(upload.send().await.line(), r#"200 ok ["x",1000000]"#);
    let name = format!(r#"{{"name":"{}"}}"#, "x".repeat(64));
    assert_eq!(framed(&served, "receive", &name, b"").send().await.line(), "413 failed too_large");
}

#[tokio::test]
async fn an_upload_is_handed_on_as_it_arrives() {
    let (served, work) = served().await;
    let upload = framed(&served, "receive", r#"{"name":"x"}"#, &[b'x'; 1000]);
    let head = upload.body.len() - 1000;
    let mut raw = Raw::begin(&upload, head + 10).await;
    until(|| work.made() == 10).await;
    raw.write(&[b'x'; 500]).await;
    until(|| work.made() == 510).await;
    assert_eq!(work.going_on(), 1);
    raw.write(&[b'x'; 490]).await;
    let answer = raw.head().await;
    assert_eq!((answer.status, answer.header("portcullis-reply")), (200, Some("ok")));
    assert_eq!(raw.body().await, b"[\"x\",1000]");
    // The arguments, too, may come byte by byte.
    let mut raw = Raw::begin(&upload, 0).await;
    for byte in &upload.body {
        raw.write(&[*byte]).await;
    }
    assert_eq!(raw.head().await.status, 200);
}

#[tokio::test]
async fn an_upload_that_breaks_off_is_no_whole_one() {
    let (served, work) = served().await;
    let upload = framed(&served, "receive", r#"{"name":"x"}"#, &[b'x'; 1000]);
    let raw = Raw::begin(&upload, upload.body.len() - 1).await;
    until(|| work.made() == 999).await;
    drop(raw);
    until(|| work.going_on() == 0).await;
    assert_eq!(work.begun(), 1);
    // One that is to be read whole does not get as far as its command.
    let whole = framed(&served, "reversed", r#"{"data":1000}"#, &[b'x'; 1000]);
    drop(Raw::begin(&whole, whole.body.len() - 1).await);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(work.begun(), 1);
}

#[tokio::test]
async fn a_command_may_leave_its_upload() {
    let (served, _) = served().await;
    // Its answer must be there for a browser that first sends everything.
    let upload = framed(&served, "receive_secret", "{}", &vec![0; 20_000_000]);
    let mut raw = Raw::begin(&upload, 100).await;
    assert_eq!(raw.head().await.header("portcullis-reply"), Some("ok"));
    raw.write(&upload.body[100..]).await;
    assert_eq!(raw.body().await, b"null");
}

#[tokio::test]
async fn who_may_not_call_is_refused_whatever_is_sent() {
    let (served, work) = served().await;
    let upload = |window: &str, command: &str, bytes: usize| {
        let from = framed(&served, command, "{}", &vec![0; bytes]);
        call(&served, window).with("content-type", "application/x-portcullis").command(command, from.body)
    };
    for bytes in [0, 1000, 1_000_000] {
        assert_eq!(upload("guest", "receive_secret", bytes).send().await.line(), "403 failed denied");
        assert_eq!(upload("guest", "no_such_command", bytes).send().await.line(), "403 failed denied");
    }
    // Far over the limit, it is refused before it has been sent.
    let huge = upload("guest", "receive_secret", 10).and("content-length", "99999999999");
    drop(Raw::send(&huge).await);
    assert_eq!(work.begun(), 0);
    assert_eq!(upload("main", "receive_secret", 10).send().await.line(), "200 ok null");
}

#[tokio::test]
async fn a_download_comes_as_it_is_made_and_waits_for_the_page() {
    let (served, work) = served().await;
    let parts = |parts: usize, broken: bool| {
        call(&served, "main").command("fetch_parts", format!(r#"{{"parts":{parts},"broken":{broken}}}"#))
    };
    let mut raw = Raw::send(&parts(3, false)).await;
    let head = raw.head().await;
    assert_eq!((head.status, head.header("portcullis-reply")), (200, Some("download")));
    assert_eq!(head.header("content-type"), Some("image/png"));
    assert_eq!(head.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(raw.parts().await.unwrap(), vec![b'x'; 3 * 64 * 1024]);

    let mut raw = Raw::send(&parts(100_000, false)).await;
    raw.head().await;
    let mut before = usize::MAX;
    while before != work.made() {
        before = work.made();
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert!(before < 500, "{before} parts of 64 KiB");
    drop(raw);
    until(|| work.going_on() == 0).await;

    // One that breaks off does not look whole.
    let answer = Raw::send(&parts(2, true)).await.body().await;
    assert!(!answer.ends_with(b"0\r\n\r\n"));
}
