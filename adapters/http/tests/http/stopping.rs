//! How a program ends: what is under way may end, and nothing else begins.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{
    calls::until,
    client::{call, get},
    program::{gate, served, windows},
    raw::Raw,
    work,
};

const LONG: Duration = Duration::from_hours(1);

#[tokio::test]
async fn a_call_that_is_under_way_ends_and_others_are_told_why_they_do_not_begin() {
    let (gate, counters) = gate();
    let served = windows(&gate).grace(LONG).serve(0).await.unwrap();
    let (editor, page) = (call(&served, "editor"), get(&served, "editor", "/"));
    let held = editor.clone().command("hold", "{}");
    let held = tokio::spawn(async move { held.send().await.line() });
    until(|| counters.running() == 1).await;

    let stop = served.stop();
    let stopped = tokio::spawn(served.until_stopped());
    stop.now();
    for asked in [&editor, &page] {
        let answer = asked.send().await;
        assert_eq!(answer.line(), "503 failed stopping");
        assert_eq!(answer.header("connection"), Some("close"));
        assert!(answer.json()["message"].as_str().unwrap().contains("start it again"));
    }
    assert_eq!(counters.ran(), 0);
    assert!(!stopped.is_finished() && !held.is_finished());

    counters.release();
    assert_eq!(held.await.unwrap(), "200 ok \"held\"");
    stopped.await.unwrap().unwrap();
    assert!(TcpStream::connect(editor.address).await.is_err());
}

#[tokio::test]
async fn a_connection_that_is_open_still_is_told_too() {
    let (gate, counters) = gate();
    let served = windows(&gate).grace(LONG).serve(0).await.unwrap();
    let editor = call(&served, "editor");
    let held = editor.clone().command("hold", "{}");
    let held = tokio::spawn(async move { held.send().await.line() });
    until(|| counters.running() == 1).await;
    let mut kept = TcpStream::connect(editor.address).await.unwrap();
    let alive = String::from_utf8(editor.bytes()).unwrap().replacen("connection: close", "x-kept: 1", 1);
    kept.write_all(alive.as_bytes()).await.unwrap();
    let mut bytes = [0; 4096];
    let read = kept.read(&mut bytes).await.unwrap();
    assert!(bytes[..read].starts_with(b"HTTP/1.1 200 "));

    served.stop().now();
    kept.write_all(alive.as_bytes()).await.unwrap();
    let mut rest = String::new();
    kept.read_to_string(&mut rest).await.unwrap();
    assert!(rest.contains("HTTP/1.1 503 ") && rest.contains("\"stopping\""), "{rest}");
    counters.release();
    assert_eq!(held.await.unwrap(), "200 ok \"held\"");
}

#[tokio::test]
async fn what_outlives_its_grace_is_given_up_and_answered() {
    let (gate, counters) = gate();
    let served = windows(&gate).grace(Duration::ZERO).serve(0).await.unwrap();
    let call = call(&served, "editor").command("forever", "{}");
    let waiting = tokio::spawn(async move { call.send().await.line() });
    until(|| counters.running() == 1).await;
    served.stop().now();
    served.until_stopped().await.unwrap();
    assert_eq!(waiting.await.unwrap(), "503 failed stopping");
    assert_eq!(counters.dropped(), 1);
}

#[tokio::test]
async fn a_grace_without_end_is_one() {
    let (gate, _) = gate();
    let served = windows(&gate).grace(Duration::MAX).serve(0).await.unwrap();
    served.stop().now();
    served.until_stopped().await.unwrap();
}

#[tokio::test]
async fn an_answer_in_parts_that_begins_after_the_end_was_announced_ends_like_any_other() {
    let (program, work) = work::program();
    let served = program.grace(LONG).serve(0).await.unwrap();
    let mut raw = Raw::send(&call(&served, "main").command("count_later", "{\"ms\":300}")).await;
    until(|| work.going_on() == 1).await;
    served.stop().now();
    let stopped = tokio::spawn(served.until_stopped());
    assert_eq!(raw.head().await.header("portcullis-reply"), Some("stream"));
    assert_eq!(raw.parts().await.unwrap(), b"i0\ni1\nz\n");
    stopped.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_program_that_is_dropped_gives_its_calls_up() {
    let (served, counters) = served().await;
    let call = call(&served, "editor").command("forever", "{}");
    let waiting = tokio::spawn(async move { call.send().await.line() });
    until(|| counters.running() == 1).await;
    drop(served);
    assert_eq!(waiting.await.unwrap(), "503 failed stopping");
    assert_eq!(counters.dropped(), 1);
}

#[tokio::test]
async fn a_mounted_program_stops_without_its_server() {
    let (gate, counters) = gate();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mounted = windows(&gate).grace(LONG).mount(address.port()).unwrap();
    let stop = mounted.stop();
    let link = mounted.links().get("editor").unwrap();
    tokio::spawn(async move { axum::serve(listener, mounted.into_router()).await });

    let editor = crate::client::from_link(address, &link);
    let held = editor.clone().command("hold", "{}");
    let held = tokio::spawn(async move { held.send().await.line() });
    until(|| counters.running() == 1).await;
    stop.now();
    let finished = tokio::spawn({
        let stop = stop.clone();
        async move { stop.finished().await }
    });
    assert_eq!(editor.send().await.line(), "503 failed stopping");
    assert!(!finished.is_finished());
    counters.release();
    assert_eq!(held.await.unwrap(), "200 ok \"held\"");
    finished.await.unwrap();
}
