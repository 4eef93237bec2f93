//! Sessions that outlive a run, and the links with a code that open them.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use portcullis_http::{Limits, Served, Sessions, SessionsError};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::{
    calls::until,
    client::{Call, call, exchange, get, opened},
    program::{Counters, gate, windows},
};

/// A folder, and the file in it that sessions are kept in.
fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sessions.json");
    (folder, path)
}

async fn served(sessions: &Sessions) -> (Served, Counters) {
    let (gate, counters) = gate();
    (windows(&gate).remember(sessions).serve(0).await.unwrap(), counters)
}

fn asked(served: &Served, window: &str) -> Call {
    exchange(served.addresses()[0], &served.link(window).unwrap())
}

/// The program again, once the run before has let go of the file; its pages are found where they were.
async fn again(path: &Path, calls: &mut [&mut Call]) -> Served {
    let mut sessions = Sessions::in_file(path);
    while matches!(sessions, Err(SessionsError::InUse { .. })) {
        tokio::time::sleep(Duration::from_millis(2)).await;
        sessions = Sessions::in_file(path);
    }
    let (served, _) = served(&sessions.unwrap()).await;
    let port = served.addresses()[0].port();
    for call in calls {
        let moved = |value: &str| format!("{}:{port}", value.rsplit_once(':').unwrap().0);
        let (host, origin) = (moved(call.header("host")), moved(call.header("origin")));
        **call = call.clone().with("host", &host).with("origin", &origin);
        call.address = served.addresses()[0];
    }
    served
}

async fn stopped(served: Served) {
    served.stop().now();
    served.until_stopped().await.unwrap();
}

#[tokio::test]
async fn a_link_opens_its_window_once() {
    let (served, counters) = served(&Sessions::in_memory()).await;
    let first = asked(&served, "editor");
    let answer = first.send().await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let token = answer.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(token.len(), 64);
    let call = first.clone().command("add", r#"{"a":1,"b":2}"#);
    let call = call.and("authorization", &format!("Bearer {token}"));
    assert_eq!(call.send().await.line(), "200 ok 3");

    let replayed = first.send().await;
    assert_eq!(replayed.line(), "401 failed code_used");
    assert_eq!(replayed.header("www-authenticate"), Some("Bearer"));
    let told = replayed.json()["message"].as_str().unwrap().to_owned();
    assert!(told.contains("take a new one from the program"), "{told}");
    // What was opened goes on working, and a further link opens a further session.
    assert_eq!(opened(&served, "editor").await.send().await.line(), "200 ok 3");
    assert_eq!(call.send().await.line(), "200 ok 3");
    // The code itself is no token.
    let code = first.body[9..73].to_owned();
    let with_code = call.with("authorization", &format!("Bearer {}", String::from_utf8(code).unwrap()));
    assert_eq!(with_code.send().await.line(), "401 failed unauthorized");
    assert_eq!(counters.ran(), 3);
}

#[tokio::test]
async fn of_several_that_use_one_code_one_gets_in() {
    let (served, _) = served(&Sessions::in_memory()).await;
    let one = asked(&served, "editor");
    let tries: Vec<_> = (0..8)
        .map(|_| {
            let one = one.clone();
            tokio::spawn(async move { one.send().await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for tried in tries {
        statuses.push(tried.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401, 401, 401, 401, 401, 401, 401]);
}

#[tokio::test]
async fn a_session_outlives_the_run_and_only_its_digest_is_kept() {
    let (_folder, path) = file();
    let (served, _) = served(&Sessions::in_file(&path).unwrap()).await;
    let mut editor = opened(&served, "editor").await;
    let mut viewer = opened(&served, "viewer").await;
    let unopened = served.link("editor").unwrap();
    let kept = fs::read_to_string(&path).unwrap();
    for call in [&editor, &viewer] {
        assert!(!kept.contains(&call.header("authorization")[7..]), "{kept}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    stopped(served).await;

    let served = again(&path, &mut [&mut editor, &mut viewer]).await;
    assert_eq!(editor.clone().command("read_secret", "{}").send().await.line(), "200 ok \"the secret\"");
    assert_eq!(viewer.clone().command("read_secret", "{}").send().await.line(), "403 failed denied");
    // A session is one of its window, also in the next run.
    let borrowed = viewer.with("authorization", editor.header("authorization"));
    assert_eq!(borrowed.send().await.line(), "401 failed unauthorized");
    // A link that nobody opened has ended with its run.
    let port = served.addresses()[0].port();
    let code = unopened.split_once('#').unwrap().1;
    let late = exchange(served.addresses()[0], &format!("http://editor.localhost:{port}/#{code}"));
    assert_eq!(late.send().await.line(), "401 failed code_used");
}

#[tokio::test]
async fn a_code_is_one_of_its_window_and_of_its_time() {
    let (served, _) = served(&Sessions::in_memory()).await;
    let editor = asked(&served, "editor");
    let mut elsewhere = asked(&served, "viewer");
    elsewhere.body.clone_from(&editor.body);
    assert_eq!(elsewhere.send().await.line(), "401 failed code_used");
    assert_eq!(editor.send().await.status, 200, "nobody uses up the code of another window");

    let (served, _) = self::served(&Sessions::in_memory().codes_lasting(Duration::ZERO)).await;
    assert_eq!(asked(&served, "editor").send().await.line(), "401 failed code_used");
    let (served, _) = self::served(&Sessions::in_memory().lasting(Duration::ZERO)).await;
    assert_eq!(opened(&served, "editor").await.send().await.line(), "401 failed unauthorized");
    let (served, _) = self::served(&Sessions::in_memory().lasting(Duration::MAX)).await;
    assert_eq!(opened(&served, "editor").await.send().await.line(), "200 ok 3");
}

#[tokio::test]
async fn forgotten_sessions_end_at_once_and_for_good() {
    let (_folder, path) = file();
    let sessions = Sessions::in_file(&path).unwrap();
    let (served, counters) = served(&sessions).await;
    let mut editor = opened(&served, "editor").await;
    let mut viewer = opened(&served, "viewer").await;
    let unopened = asked(&served, "editor");
    let under_way = editor.clone().command("forever", "{}");
    let under_way = tokio::spawn(async move { under_way.send().await.line() });
    until(|| counters.running() == 1).await;

    sessions.forget_window("editor").unwrap();
    assert_eq!(under_way.await.unwrap(), "401 failed unauthorized");
    assert_eq!(counters.dropped(), 1);
    assert_eq!(editor.send().await.line(), "401 failed unauthorized");
    assert_eq!(unopened.send().await.line(), "401 failed code_used");
    assert_eq!(viewer.send().await.line(), "200 ok 3");
    stopped(served).await;
    drop(sessions);

    let served = again(&path, &mut [&mut editor, &mut viewer]).await;
    assert_eq!(editor.send().await.line(), "401 failed unauthorized");
    assert_eq!(viewer.send().await.line(), "200 ok 3");
    drop(served);

    let mut sessions = Sessions::in_file(&path);
    while let Err(SessionsError::InUse { .. }) = sessions {
        tokio::time::sleep(Duration::from_millis(2)).await;
        sessions = Sessions::in_file(&path);
    }
    let sessions = sessions.unwrap();
    let (served, _) = self::served(&sessions).await;
    let editor = opened(&served, "editor").await;
    sessions.forget_all().unwrap();
    assert_eq!(editor.send().await.line(), "401 failed unauthorized");
    assert!(fs::read_to_string(&path).unwrap().contains("\"sessions\": []"));
    assert_eq!(opened(&served, "editor").await.send().await.line(), "200 ok 3", "new links open new ones");
}

#[tokio::test]
async fn who_guesses_has_few_tries() {
    let (gate, counters) = gate();
    let limits = Limits::new().openings(1, Duration::from_hours(1), 2);
    let program = windows(&gate).remember(&Sessions::in_memory()).limits(limits);
    let served = program.serve(0).await.unwrap();
    let right = asked(&served, "editor");
    for guess in ["0".repeat(64), String::new()] {
        let guess = right.clone().command("~open", format!(r#"{{"code":"{guess}"}}"#));
        assert_eq!(guess.send().await.line(), "401 failed code_used");
    }
    let answer = right.send().await;
    assert_eq!(answer.line(), "429 failed too_many");
    assert!(answer.header("retry-after").is_some());
    assert_eq!(asked(&served, "viewer").send().await.status, 200, "a window at a time");
    assert_eq!(counters.ran(), 0);
}

#[tokio::test]
async fn a_code_is_exchanged_where_a_call_would_be_let_in() {
    let (served, counters) = served(&Sessions::in_memory()).await;
    let own = asked(&served, "editor");
    for (lie, line) in [
        (own.clone().with("host", "evil.test"), "421 failed unknown_host"),
        (own.clone().with("origin", "https://evil.test"), "403 failed foreign_origin"),
        (own.clone().with("origin", "null"), "403 failed foreign_origin"),
        (own.clone().without("origin"), "403 failed foreign_origin"),
        (own.clone().and("sec-fetch-site", "cross-site"), "403 failed cross_site"),
        (own.clone().method("GET"), "405 failed wrong_method"),
        (own.clone().with("content-type", "text/plain"), "415 failed wrong_content_type"),
        (own.clone().command("~open", "x".repeat(2000)), "413 failed too_large"),
        (own.clone().command("~open", "{}"), "400 failed invalid"),
        (own.clone().command("~open", r#"{"code":1}"#), "400 failed invalid"),
        (own.clone().command("~open", "[]"), "400 failed invalid"),
        // By any other name it is a command, and there is none of that name.
        (own.clone().command("%7Eopen", own.body.clone()), "401 failed unauthorized"),
        (own.clone().command("~open/", own.body.clone()), "401 failed unauthorized"),
    ] {
        assert_eq!(lie.send().await.line(), line, "{}", String::from_utf8_lossy(&lie.bytes()));
    }
    let encoded = opened(&served, "editor").await.command("%7Eopen", own.body.clone());
    assert_eq!(encoded.send().await.line(), "403 failed denied");
    assert_eq!(own.send().await.status, 200, "the code has not been used up by any of these");
    assert_eq!(counters.ran(), 0);
}

#[tokio::test]
async fn without_sessions_there_is_nothing_to_exchange() {
    let (gate, _) = gate();
    let served = windows(&gate).serve(0).await.unwrap();
    let asked = call(&served, "editor").command("~open", r#"{"code":"00"}"#);
    assert_eq!(asked.send().await.line(), "401 failed unauthorized");
}

/// A request that is sent again with its token is a new call: the token says who, and nothing says that it is the same
/// call. Whoever can replay it holds the token anyway.
#[tokio::test]
async fn a_call_that_is_sent_again_runs_again() {
    let (served, counters) = served(&Sessions::in_memory()).await;
    let call = opened(&served, "editor").await;
    for _ in 0..3 {
        assert_eq!(call.send().await.line(), "200 ok 3");
    }
    assert_eq!(counters.ran(), 3);
}

/// `n_token_not_servable`, where links carry codes.
#[tokio::test]
async fn n_token_not_servable_nothing_that_can_be_fetched_or_logged_has_a_code_or_a_token() {
    let sessions = Sessions::in_memory();
    let (served, _) = served(&sessions).await;
    let link = served.link("editor").unwrap();
    let code = link.split_once('=').unwrap().1.to_owned();
    let editor = opened(&served, "editor").await;
    let token = &editor.header("authorization")[7..];
    let mut shown = format!("{served:?} {sessions:?}");
    for path in ["/", "/portcullis.js", "/portcullis", "/portcullis/", "/portcullis/~open", "/nowhere"] {
        for asked in [get(&served, "editor", path), get(&served, "editor", path).with("origin", "null")] {
            let answer = asked.send().await;
            shown.extend([format!("{:?}", answer.headers), answer.body]);
        }
    }
    assert!(!shown.contains(&code) && !shown.contains(token));
}

#[test]
fn a_file_that_is_no_file_of_sessions_is_left_as_it_is() {
    let (_folder, path) = file();
    for text in
        ["", "notes of mine", "{}", "[]", r#"{"kind":"portcullis sessions","version":2,"sessions":[]}"#]
    {
        fs::write(&path, text).unwrap();
        let refused = Sessions::in_file(&path).unwrap_err();
        assert!(matches!(refused, SessionsError::Foreign { .. }), "{refused}");
        let told = refused.to_string();
        assert!(told.contains("is left as it is") && told.contains("name another file"), "{told}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

#[test]
fn what_cannot_be_kept_is_refused_with_what_to_do() {
    let (folder, path) = file();
    let told = |path: &Path| Sessions::in_file(path).unwrap_err().to_string();
    let nowhere = told(&folder.path().join("no/such/folder"));
    assert!(nowhere.contains("its folder must be there"), "{nowhere}");
    assert!(told(folder.path()).contains("it is not a file"));

    let first = Sessions::in_file(&path).unwrap();
    assert!(told(&path).contains("another run of the program keeps its sessions in"));
    drop(first);

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        for mode in [0o620, 0o602, 0o666] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert!(told(&path).contains("chmod 600"));
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    }
    assert!(Sessions::in_file(&path).is_ok());
}

#[tokio::test]
async fn a_file_that_can_no_longer_be_written_locks_nobody_out() {
    let (folder, path) = file();
    let sessions = Sessions::in_file(&path).unwrap();
    let (served, _) = served(&sessions).await;
    drop(folder);
    let editor = opened(&served, "editor").await;
    assert_eq!(editor.send().await.line(), "200 ok 3");
    // But nobody is told that a session is gone for good if the file may still say otherwise.
    let refused = sessions.forget_all().unwrap_err();
    assert!(matches!(refused, SessionsError::Write { .. }), "{refused}");
    assert_eq!(editor.send().await.line(), "401 failed unauthorized");
}

#[tokio::test]
async fn a_forgotten_session_ends_its_line() {
    let sessions = Sessions::in_memory();
    let (served, _) = served(&sessions).await;
    let editor = opened(&served, "editor").await;
    let offered = format!("portcullis, portcullis.token.{}", &editor.header("authorization")[7..]);
    let mut line = editor
        .without("authorization")
        .without("content-type")
        .method("GET")
        .and("upgrade", "websocket")
        .and("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
        .and("sec-websocket-version", "13")
        .and("sec-websocket-protocol", &offered);
    line.path = "/portcullis".into();
    line.body.clear();
    let asked =
        String::from_utf8(line.bytes()).unwrap().replacen("connection: close", "connection: Upgrade", 1);
    let mut stream = TcpStream::connect(line.address).await.unwrap();
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut head = vec![0; 13];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(head, b"HTTP/1.1 101 ");

    sessions.forget_all().unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
    let rest = String::from_utf8_lossy(&rest);
    assert!(rest.ends_with("the session of this page has ended"), "{rest}");
    // And there is no other for it.
    let mut stream = TcpStream::connect(line.address).await.unwrap();
    stream.write_all(asked.as_bytes()).await.unwrap();
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(head, b"HTTP/1.1 401 ");
}
