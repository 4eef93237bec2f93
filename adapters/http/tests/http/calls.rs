//! Calls that come as they should: how values, errors and failures travel.

use std::time::Duration;

use tokio::{io::AsyncWriteExt as _, net::TcpStream};

use crate::{
    client::{Call, call},
    program::served,
};

#[tokio::test]
async fn a_value_an_error_and_a_failure_are_told_apart() {
    let (served, _) = served().await;
    let editor = call(&served, "editor");
    let line = async |call: Call| call.send().await.line();

    assert_eq!(line(editor.clone()).await, "200 ok 3");
    assert_eq!(
        line(editor.clone().command("half", r#"{"of":3}"#)).await,
        r#"200 error {"kind":"odd","by":1}"#
    );
    assert_eq!(line(editor.clone().command("half", r#"{"of":"x"}"#)).await, "400 failed invalid");
    assert_eq!(line(editor.clone().command("explode", "{}")).await, "500 failed panicked");
    assert_eq!(line(editor.clone().command("read_secret", "{}")).await, "200 ok \"the secret\"");

    let viewer = call(&served, "viewer");
    assert_eq!(line(viewer.clone()).await, "200 ok 3");
    assert_eq!(line(viewer.command("read_secret", "{}")).await, "403 failed denied");

    let answer = editor.command("half", r#"{"of":"x"}"#).send().await;
    assert_eq!(
        answer.json()["message"],
        "argument `of` of command `half`: invalid type: string \"x\", expected u32"
    );
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_browser_s_own_headers_are_welcome() {
    let (served, _) = served().await;
    let call = call(&served, "editor")
        .with("content-type", "Application/JSON; charset=utf-8")
        .and("sec-fetch-site", "same-origin")
        .and("sec-fetch-mode", "cors")
        .and("sec-fetch-dest", "empty");
    assert_eq!(call.send().await.line(), "200 ok 3");
}

#[tokio::test]
async fn the_name_of_a_command_is_decoded_once() {
    let (served, counters) = served().await;
    let line =
        async |name: &str| call(&served, "editor").command(name, r#"{"a":1,"b":2}"#).send().await.line();
    assert_eq!(line("%61dd").await, "200 ok 3");
    let ran = counters.ran();
    let long = "a".repeat(8000);
    for name in ["%2561dd", "add/", "/add", "../add", "ADD", "add%00", "%ff", "", &long] {
        assert_eq!(line(name).await, "403 failed denied", "{name}");
    }
    assert_eq!(counters.ran(), ran);
}

/// `a_unregistered_eq_ungranted_reply`
#[tokio::test]
async fn a_unregistered_eq_ungranted_reply_an_unknown_command_is_refused_like_a_denied_one() {
    let (served, counters) = served().await;
    let viewer = call(&served, "viewer");
    let without_id = async |command: &str| {
        let answer = viewer.clone().command(command, "{}").send().await;
        let mut json = answer.json();
        assert!(json.as_object_mut().unwrap().remove("id").is_some());
        let headers: Vec<_> = answer
            .headers
            .into_iter()
            .filter(|(name, _)| name != "date" && name != "content-length")
            .collect();
        (answer.status, headers, json)
    };
    assert_eq!(without_id("read_secret").await, without_id("no_such_command").await);
    assert_eq!(counters.ran(), 0);
}

/// `l_deep_json`
#[tokio::test]
async fn l_deep_json_is_refused_and_the_program_lives() {
    let (served, _) = served().await;
    let editor = call(&served, "editor");
    let deep = format!(r#"{{"value":{}"#, "[".repeat(200_000));
    assert_eq!(editor.clone().command("shape", &deep).send().await.line(), "400 failed too_deep");
    let closed = format!(r#"{{"value":{}{}}}"#, "[".repeat(200_000), "]".repeat(200_000));
    assert_eq!(editor.clone().command("shape", &closed).send().await.line(), "400 failed too_deep");
    assert_eq!(editor.send().await.line(), "200 ok 3");
}

/// `l_null_payload`, `i_empty_body`
#[tokio::test]
async fn l_null_payload_i_empty_body_an_empty_or_odd_payload_is_answered() {
    let (served, _) = served().await;
    let length = async |body: &[u8]| call(&served, "editor").command("length", body).send().await.line();
    assert_eq!(length(b"").await, "200 ok 0");
    assert_eq!(length(b"{}").await, "200 ok 0");
    assert_eq!(length(br#"{"text":null}"#).await, "200 ok 0");
    for body in [b"null".as_slice(), b"[]", b"\"\"", b"0", b"{", b"{}{}", b"\xff\xfe", b"\0"] {
        assert_eq!(length(body).await, "400 failed invalid", "{body:?}");
    }
}

/// `l_cancel_drops_future`
#[tokio::test]
async fn l_cancel_drops_future_a_client_that_goes_away_gives_the_call_up() {
    let (served, counters) = served().await;
    let call = call(&served, "editor").command("forever", "{}");
    let mut stream = TcpStream::connect(call.address).await.unwrap();
    stream.write_all(&call.bytes()).await.unwrap();
    until(|| counters.running() == 1).await;
    assert_eq!(counters.dropped(), 0);
    drop(stream);
    until(|| counters.dropped() == 1).await;
}

pub(crate) async fn until(reached: impl Fn() -> bool) {
    let waited = async {
        while !reached() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waited).await.expect("in time");
}
