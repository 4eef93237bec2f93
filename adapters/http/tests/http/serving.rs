//! Where a program listens, by what names it is found, and how it ends.

use std::{collections::HashSet, time::Duration};

use portcullis_http::{Error, Program};
use tokio::net::TcpListener;

use crate::{
    client::{call, get, parts},
    program::{gate, pages, served, windows},
};

#[tokio::test]
async fn it_listens_on_loopback_only() {
    let (served, _) = served().await;
    assert!(!served.addresses().is_empty());
    for address in served.addresses() {
        assert!(address.ip().is_loopback(), "{address}");
        let mut call = call(&served, "editor");
        call.address = *address;
        assert_eq!(call.send().await.line(), "200 ok 3");
    }
}

#[tokio::test]
async fn n_bind_any() {
    let (gate, counters) = gate();
    for any in ["0.0.0.0:0", "[::]:0"] {
        let Ok(listener) = TcpListener::bind(any).await else { continue };
        let refused = windows(&gate).serve_on(listener).await.unwrap_err();
        assert!(matches!(refused, Error::Reachable { .. }));
        let told = refused.to_string();
        assert!(told.contains(".reachable_from_other_machines()"), "{told}");
    }
    // Said explicitly, it listens, and asks for all that it asks for elsewhere.
    let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
    let served = windows(&gate).reachable_from_other_machines().serve_on(listener).await.unwrap();
    let port = served.addresses()[0].port();
    let mut editor = call(&served, "editor");
    editor.address = ([127, 0, 0, 1], port).into();
    assert_eq!(editor.clone().without("authorization").send().await.line(), "401 failed unauthorized");
    assert_eq!(
        editor.clone().with("host", &format!("0.0.0.0:{port}")).send().await.line(),
        "421 failed unknown_host"
    );
    assert_eq!(counters.ran(), 0);
    assert_eq!(editor.send().await.line(), "200 ok 3");

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    assert!(windows(&gate).serve_on(listener).await.is_ok());
}

#[tokio::test]
async fn with_ports_each_window_has_one_of_its_own() {
    let (gate, counters) = gate();
    let served = windows(&gate).ports().serve(0).await.unwrap();
    let (editor, viewer) = (call(&served, "editor"), call(&served, "viewer"));
    let ports: HashSet<u16> = served.addresses().iter().map(std::net::SocketAddr::port).collect();
    assert_eq!(ports.len(), 2);
    assert!(editor.header("host").starts_with("127.0.0.1:"));
    assert_eq!(viewer.clone().command("read_secret", "{}").send().await.line(), "403 failed denied");
    let across = editor.clone().with("origin", viewer.header("origin"));
    assert_eq!(across.send().await.line(), "403 failed foreign_origin");
    let borrowed = viewer.clone().with("authorization", editor.header("authorization"));
    assert_eq!(borrowed.send().await.line(), "401 failed unauthorized");
    let rebound = editor.clone().with("host", "evil.test");
    assert_eq!(rebound.send().await.line(), "421 failed unknown_host");
    assert_eq!(counters.ran(), 0);
    assert_eq!(viewer.send().await.line(), "200 ok 3");
    assert_eq!(editor.command("read_secret", "{}").send().await.line(), "200 ok \"the secret\"");
}

#[tokio::test]
async fn a_further_host_is_an_address_of_its_window() {
    let (gate, _) = gate();
    let program = windows(&gate)
        .allow_host("viewer", "devbox.local:8080")
        .allow_host("editor", "https://notes.example");
    let served = program.serve(0).await.unwrap();
    let at = |window: &str, host: &str, origin: &str| {
        let link = served.link_at(window, host).unwrap();
        assert_eq!(parts(&link).0, origin);
        call(&served, window).with("host", host.trim_start_matches("https://")).with("origin", origin)
    };
    let viewer = at("viewer", "devbox.local:8080", "http://devbox.local:8080");
    assert_eq!(viewer.send().await.line(), "200 ok 3");
    assert_eq!(viewer.command("read_secret", "{}").send().await.line(), "403 failed denied");
    let editor = at("editor", "https://notes.example", "https://notes.example");
    assert_eq!(editor.send().await.line(), "200 ok 3");
    let downgraded = editor.with("origin", "http://notes.example");
    assert_eq!(downgraded.send().await.line(), "403 failed foreign_origin");
    assert_eq!(served.link_at("editor", "devbox.local:8080"), None);
    assert_eq!(served.link("nobody"), None);
}

#[tokio::test]
async fn what_cannot_be_served_is_refused_with_what_to_write() {
    let (gate, _) = gate();
    let told = |program: Program| program.mount(8080).unwrap_err().to_string();
    let program = || Program::new(&gate);
    let editor = || program().window("editor", pages("editor"));

    assert_eq!(told(program()), "the program has no window: add one with `.window(\"main\", pages)`");
    assert_eq!(
        told(program().window("Main_1", pages("x"))),
        "window label `Main_1` cannot be a name in `Main_1.localhost`: use at most 63 of a-z, 0-9 and `-` (not first, \
         not last, not third and fourth), or serve each window on a port of its own with `.ports()`"
    );
    assert_eq!(
        told(editor().window("editor", pages("x"))),
        "window `editor` is given twice: give each a label of its own"
    );
    assert_eq!(
        told(editor().allow_host("viewer", "a:1")),
        "host `a:1` is allowed for window `viewer`, which the program does not have"
    );
    assert_eq!(
        told(editor().allow_host("editor", "*")),
        "`*` cannot be allowed as a host: its host is not a host name; write it as the address bar shows it, such as \
         `devbox.local:8080` or `https://notes.example`"
    );
    assert_eq!(
        told(windows(&gate).allow_host("editor", "a:1").allow_host("viewer", "a:1")),
        "host `a:1` is given to window `editor` and to window `viewer`: pages of one host are not separate, so give \
         each a host of its own, under one scheme"
    );
    assert!(matches!(windows(&gate).ports().mount(1), Err(Error::OnePort)));

    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let refused = editor().serve(port).await.unwrap_err().to_string();
    assert!(refused.starts_with(&format!("cannot listen on 127.0.0.1:{port}: ")), "{refused}");
}

#[tokio::test]
async fn a_port_that_somebody_else_has_on_the_other_address_is_no_good() {
    let Ok(taken) = TcpListener::bind("[::1]:0").await else { return };
    let (gate, _) = gate();
    let refused = windows(&gate).serve(taken.local_addr().unwrap().port()).await.unwrap_err().to_string();
    assert!(refused.starts_with("cannot listen on [::1]:"), "{refused}");
}

#[tokio::test]
async fn it_mounts_into_a_server_of_the_program_s_own() {
    let (gate, _) = gate();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mounted = windows(&gate).mount(address.port()).unwrap();
    let link = mounted.links().get("viewer").unwrap();
    assert!(link.starts_with(&format!("http://viewer.localhost:{}/#portcullis=", address.port())), "{link}");
    tokio::spawn(async move { axum::serve(listener, mounted.into_router()).await });

    let (served, _) = served().await;
    let (origin, token) = parts(&link);
    let mut viewer = call(&served, "viewer")
        .with("host", &origin[7..])
        .with("origin", origin)
        .with("authorization", &format!("Bearer {token}"));
    viewer.address = address;
    assert_eq!(viewer.send().await.line(), "200 ok 3");
    assert_eq!(viewer.with("host", "evil.test").send().await.line(), "421 failed unknown_host");
}

#[tokio::test]
async fn a_stopped_program_takes_no_further_calls() {
    let (served, _) = served().await;
    let page = get(&served, "editor", "/");
    assert_eq!(page.send().await.status, 200);
    // A connection that is open and silent, as browsers keep them in reserve, does not hold it up for good.
    let _silent = tokio::net::TcpStream::connect(page.address).await.unwrap();
    let stop = served.stop();
    let waiting = tokio::spawn(served.until_stopped());
    stop.now();
    tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("in time").unwrap().unwrap();
    assert!(tokio::net::TcpStream::connect(page.address).await.is_err());
}

#[tokio::test]
async fn windows_that_the_program_does_not_declare_are_not_served() {
    let (gate, _) = gate();
    let refused = Program::new(&gate).window("other", pages("other")).serve(0).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "window `other` is not declared, so every call of it would be refused: write it in `windows: [..]` of `authority!`"
    );
}
