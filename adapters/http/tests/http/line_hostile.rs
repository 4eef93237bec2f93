//! What a page must not send: the line is closed with a reason, and nobody else notices.

use futures_util::SinkExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio_tungstenite::tungstenite::protocol::Message;

use crate::{
    page::Page,
    work::{program, served, until},
};

/// `h_callback_not_numeric`, `h_reply_spoof`: a page cannot answer.
#[tokio::test]
async fn h_callback_not_numeric_h_reply_spoof_what_is_malformed_closes_the_line() {
    let (served, work) = served().await;
    let mut other = Page::open(&served, "main").await;
    other.say("c1 forever\n{}").await;
    let texts = [
        "",
        "c",
        "q1",
        "o1 3",
        "f1 {}",
        "add\n{}",
        "C1 add\n{}",
        "c1 add",
        "c1\n{}",
        "c add\n{}",
        "c-1 add\n{}",
        "c01 add\n{}",
        "c1.0 add\n{}",
        "c4294967296 add\n{}",
        "c99999999999999999999999 add\n{}",
        "c0x1 add\n{}",
        "l1",
        "m",
        "m1 ",
        "x",
        "x1\n",
        "x__proto__",
        "\u{feff}c1 add\n{}",
        "\0",
    ];
    for text in texts {
        let mut page = Page::open(&served, "main").await;
        page.say("c1 forever\n{}").await;
        page.say(text).await;
        let (code, reason) = page.closed().await;
        assert_eq!(code, 1008, "{text:?}");
        assert!(!reason.is_empty(), "{text:?}");
    }
    until(|| work.going_on() == 1).await;
    assert_eq!(other.ask("c2 add\n{\"a\":1,\"b\":2}").await, "o2 3");
}

/// `i_replay`: an id is in use once at a time. `h_foreign_rid`: it means nothing on another line.
#[tokio::test]
async fn i_replay_h_foreign_rid_an_id_in_use_is_not_used_again() {
    let (served, work) = served().await;
    let mut other = Page::open(&served, "main").await;
    other.say("c7 forever\n{}").await;
    for again in ["c7 add\n{\"a\":1,\"b\":2}", "c7 forever\n{}", "l7 saved"] {
        let mut page = Page::open(&served, "main").await;
        page.say("x7").await;
        page.say("c7 forever\n{}").await;
        page.say(again).await;
        assert_eq!(page.closed().await, (1008, "the id is in use: it has not been answered".into()));
    }
    until(|| work.going_on() == 1).await;
    assert_eq!(work.begun(), 4, "nothing ran twice, and the other line's is its own");
}

#[tokio::test]
async fn a_page_sends_text() {
    let (served, work) = served().await;
    let mut page = Page::open(&served, "main").await;
    page.socket.send(Message::binary(&b"c1 add\n{\"a\":1,\"b\":2}"[..])).await.unwrap();
    assert_eq!(page.closed().await, (1008, "a page sends text: bytes are sent with fetch".into()));
    assert_eq!(work.begun(), 0);
}

/// A frame as it goes over the wire, masked with zeros.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![first];
    match payload.len() {
        short @ 0..=125 => frame.push(0x80 | u8::try_from(short).unwrap()),
        long => {
            frame.push(0xff);
            frame.extend(u64::try_from(long).unwrap().to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

#[tokio::test]
async fn what_is_no_websocket_closes_the_line() {
    let (program, work) = program();
    let served = program.limits(portcullis_http::Limits::new().body(1024)).serve(0).await.unwrap();
    let (text, more, last) = (0x81, 0x01, 0x80);
    let good = b"c1 add\n{\"a\":1,\"b\":2}";
    // A kilobyte over what the page's script sends, which is more than the limit here.
    let long = vec![b'x'; 400_000];
    let in_two = [frame(more, &long), frame(last, &long)].concat();
    let huge = [&[text, 0xff][..], &u64::MAX.to_be_bytes()[..]].concat();
    let announced = [&[text, 0xff][..], &(1_u64 << 40).to_be_bytes()[..], &[0; 4]].concat();
    let mut unmasked = frame(text, good);
    unmasked[1] &= 0x7f;
    let cases = [
        ("invalid UTF-8", frame(text, b"c1 add\n{\"a\":\xff}"), 1007),
        ("half a character", frame(text, b"c1 add\n\xc3"), 1007),
        ("a surrogate", frame(text, b"c1 add\n\xed\xa0\x80"), 1007),
        ("too long", frame(text, &long.repeat(2)), 1009),
        ("too long in two frames", in_two, 1009),
        ("announced far too long", announced, 1009),
        ("a length that is none", huge, 0),
        ("not masked", unmasked, 1002),
        ("reserved bits", frame(text | 0x40, good), 1002),
        ("an unknown kind", frame(0x83, good), 1002),
        ("an unknown control frame", frame(0x8b, b""), 1002),
        ("nothing to continue", frame(last, good), 1002),
        ("a long ping", frame(0x89, &[0; 126]), 1002),
        ("a ping in parts", frame(0x09, b""), 1002),
    ];
    for (what, bytes, expected) in cases {
        let mut page = Page::open(&served, "main").await;
        page.socket.get_mut().write_all(&bytes).await.unwrap();
        if expected == 0 {
            drop(page);
            continue;
        }
        assert_eq!(page.closed().await.0, expected, "{what}");
    }
    assert_eq!(work.begun(), 0);
    let mut page = Page::open(&served, "main").await;
    assert_eq!(page.ask(std::str::from_utf8(good).unwrap()).await, "o1 3");
}

#[tokio::test]
async fn frames_in_parts_and_pings_between_them_are_welcome() {
    let (served, _) = served().await;
    let mut page = Page::open(&served, "main").await;
    let parts = [
        frame(0x01, b"c1 add\n{\"a\":"),
        frame(0x89, b"there?"),
        frame(0x00, b"1,"),
        frame(0x80, b"\"b\":2}"),
    ];
    for byte in parts.concat() {
        page.socket.get_mut().write_all(&[byte]).await.unwrap();
        page.socket.get_mut().flush().await.unwrap();
    }
    assert_eq!(page.hear().await, "o1 3");
}

/// `a_cmd_name_mangling`, `i_proto_pollution`
#[tokio::test]
async fn a_cmd_name_mangling_i_proto_pollution_odd_names_are_refused_like_any_unknown_command() {
    let (served, work) = served().await;
    let mut page = Page::open(&served, "main").await;
    let long = "a".repeat(100_000);
    for name in ["", " add", "add ", "%61dd", "ADD", "add\0", "add\r", "__proto__", "../add", &long] {
        assert!(
            page.ask(format!("c1 {name}\n{{}}")).await.starts_with(r#"f1 {"code":"denied","id":"#),
            "{name}"
        );
    }
    assert_eq!(work.begun(), 0);
}
