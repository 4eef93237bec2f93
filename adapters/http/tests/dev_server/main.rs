//! A window in front of a development server: what goes to it, and what comes back.

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops on what it does not expect"
)]

#[path = "../http/client.rs"]
#[allow(dead_code, reason = "shared")]
mod client;
#[path = "../http/program.rs"]
#[allow(dead_code, reason = "shared")]
mod program;
mod vite;

use std::time::Duration;

use portcullis_http::{DevServer, Program, Served};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use client::{Call, call, get};
use program::{gate, pages};
use vite::{PREAMBLE, Vite, head};

async fn served_from(server: DevServer) -> Served {
    let (gate, _) = gate();
    let program = Program::new(&gate).window("editor", server).window("viewer", pages("viewer"));
    program.serve(0).await.unwrap()
}

async fn served() -> (Served, Vite) {
    let vite = Vite::start().await;
    (served_from(DevServer::new(&vite.url()).unwrap()).await, vite)
}

#[tokio::test]
async fn pages_and_modules_come_through_under_a_policy_of_the_window() {
    let (served, vite) = served().await;
    let page = get(&served, "editor", "/").send().await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains(PREAMBLE), "as it was written");
    assert_eq!((page.header("content-type"), page.header("etag")), (Some("text/html"), Some("W/\"1\"")));
    let policy = page.header("content-security-policy").unwrap();
    let hash = "'sha256-zBsXZuq5dWVjhrERRfkYv+1WGVpMcC1/aoMOMJE/Q70='";
    assert!(
        policy.contains(&format!(
            "; script-src 'self' {hash}; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
        )),
        "{policy}"
    );
    assert!(policy.contains("default-src 'self'; ") && policy.contains("frame-ancestors 'none'"), "{policy}");
    for name in ["access-control-allow-origin", "set-cookie", "keep-alive"] {
        assert_eq!(page.header(name), None, "{name}");
    }

    let module = get(&served, "editor", "/src/main.js?t=1").send().await;
    assert_eq!((module.status, &*module.body), (200, "export {};"));
    assert!(!module.header("content-security-policy").unwrap().contains("unsafe-inline"));
    let head = get(&served, "editor", "/").method("HEAD").send().await;
    assert_eq!((head.status, &*head.body), (200, ""));
    assert_eq!(get(&served, "editor", "/nowhere").send().await.status, 404);
    let moved = get(&served, "editor", "/moved").send().await;
    assert_eq!((moved.status, moved.header("location")), (302, Some("/app/")));
    assert_eq!(vite.asked().len(), 5);

    // The window is still one, and its neighbour has pages of its own.
    assert_eq!(call(&served, "editor").send().await.line(), "200 ok 3");
    assert!(get(&served, "viewer", "/").send().await.body.contains("<title>viewer</title>"));
    assert_eq!(vite.asked().len(), 5);
}

/// A `304` would bring the policy of a page without scripts, and a browser would put it on the page that it has.
#[tokio::test]
async fn a_page_that_has_not_changed_is_sent_again() {
    let (served, _) = served().await;
    let known = get(&served, "editor", "/").and("if-none-match", "W/\"1\"");
    for document in
        [known.clone().and("sec-fetch-dest", "document"), known.clone().and("accept", "text/html,*/*")]
    {
        let page = document.send().await;
        assert_eq!(page.status, 200);
        assert!(page.header("content-security-policy").unwrap().contains("'self' 'sha256-"));
    }
    let module = get(&served, "editor", "/src/main.js?t=1").and("if-none-match", "W/\"1\"").send().await;
    assert_eq!(module.status, 304);
}

#[tokio::test]
async fn nothing_that_names_somebody_goes_to_the_development_server() {
    let (served, vite) = served().await;
    let token = call(&served, "editor").header("authorization").to_owned();
    let asked = get(&served, "editor", "/src/main.js?t=1")
        .and("authorization", &token)
        .and("cookie", "session=secret")
        .and("referer", "http://editor.localhost/#portcullis=secret")
        .and("x-api-key", "secret")
        .and("proxy-authorization", "secret")
        .and("accept-encoding", "br")
        .and("accept", "*/*")
        .and("if-none-match", "W/\"1\"");
    assert_eq!(asked.send().await.status, 304);
    let head = vite.asked().remove(0);
    let mut lines: Vec<_> = head.trim_end().lines().collect();
    assert_eq!(lines.remove(0), "GET /src/main.js?t=1 HTTP/1.1");
    lines.sort_unstable();
    let host = format!("host: {}", vite.address);
    assert_eq!(lines, ["accept: */*", &*host, "if-none-match: w/\"1\""]);
}

#[tokio::test]
async fn what_is_the_gate_s_never_reaches_the_development_server() {
    let (served, vite) = served().await;
    assert!(
        get(&served, "editor", "/portcullis.js").send().await.body.contains("export async function invoke")
    );
    for path in
        ["/portcullis", "/portcullis.json", "/%70ortcullis/add", "/portcullis%2fadd", "//portcullis/add"]
    {
        let answer = get(&served, "editor", path).send().await;
        assert!((400..500).contains(&answer.status), "{path}: {answer:?}");
    }
    let editor = call(&served, "editor");
    assert_eq!(editor.send().await.line(), "200 ok 3");
    assert_eq!(editor.clone().command("no_such_command", "{}").send().await.line(), "403 failed denied");
    assert_eq!(editor.clone().method("GET").send().await.line(), "405 failed wrong_method");
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT"] {
        let mut page = editor.clone().method(method);
        page.path = "/src/main.js".into();
        assert!(page.send().await.status >= 400, "{method}");
    }
    assert_eq!(vite.asked(), [""; 0]);
}

#[tokio::test]
async fn a_stranger_does_not_get_past_the_door() {
    let (served, vite) = served().await;
    let page = get(&served, "editor", "/src/main.js?t=1");
    for (stranger, line) in [
        (page.clone().with("host", "evil.test"), "421 failed unknown_host"),
        (page.clone().with("host", &vite.address.to_string()), "421 failed unknown_host"),
        (page.clone().and("origin", "https://evil.test"), "403 failed foreign_origin"),
        (page.clone().and("sec-fetch-site", "cross-site"), "403 failed cross_site"),
    ] {
        assert_eq!(stranger.send().await.line(), line);
    }
    assert_eq!(vite.asked(), [""; 0]);
}

fn socket(served: &Served, protocols: &str) -> Call {
    let origin = call(served, "editor").header("origin").to_owned();
    let mut socket = get(served, "editor", "/?token=of-vite")
        .and("origin", &origin)
        .and("upgrade", "websocket")
        .and("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
        .and("sec-websocket-version", "13")
        .and("sec-websocket-protocol", protocols);
    socket.body.clear();
    socket
}

async fn connected(socket: &Call) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(socket.address).await.unwrap();
    let bytes = String::from_utf8(socket.bytes()).unwrap();
    let bytes = bytes.replacen("connection: close", "connection: Upgrade", 1);
    stream.write_all(bytes.as_bytes()).await.unwrap();
    let head = head(&mut stream).await.unwrap();
    (stream, head)
}

#[tokio::test]
async fn hot_reload_goes_both_ways() {
    let (served, vite) = served().await;
    let offered = socket(&served, "vite-hmr, portcullis, portcullis.token.5f2c")
        .and("cookie", "session=secret")
        .and("authorization", "Bearer 5f2c");
    let (mut stream, answer) = connected(&offered).await;
    assert!(answer.starts_with("HTTP/1.1 101 "), "{answer}");
    assert!(
        answer.contains("\r\nsec-websocket-protocol: vite-hmr\r\n") && !answer.contains("set-cookie"),
        "{answer}"
    );
    let mut told = [0; 9];
    stream.read_exact(&mut told).await.unwrap();
    assert_eq!(&told, b"connected");
    stream.write_all(b"and back").await.unwrap();
    stream.read_exact(&mut told[..8]).await.unwrap();
    assert_eq!(&told[..8], b"and back");

    let head = vite.asked().remove(0);
    assert!(head.starts_with("GET /?token=of-vite HTTP/1.1\r\n"), "{head}");
    assert!(head.contains(&format!("\r\norigin: {}\r\n", vite.url())), "{head}");
    for never in ["5f2c", "secret", "portcullis", "editor.localhost"] {
        assert!(!head.contains(never), "{head}");
    }
}

/// `n_ws_origin`
#[tokio::test]
async fn n_ws_origin() {
    let (served, vite) = served().await;
    let own = socket(&served, "vite-hmr");
    let foreign = [
        own.clone().without("origin"),
        own.clone().with("origin", "https://evil.test"),
        own.clone().with("origin", "null"),
        own.clone().with("origin", &vite.url()),
        own.clone().with("origin", call(&served, "viewer").header("origin")),
    ];
    for socket in foreign {
        let (_, answer) = connected(&socket).await;
        assert!(answer.starts_with("HTTP/1.1 403 "), "{answer}");
    }
    let cross = own.clone().and("sec-fetch-site", "cross-site");
    let leading = cross.clone().and("sec-fetch-mode", "navigate").and("sec-fetch-dest", "document");
    for socket in [cross, leading] {
        assert!(connected(&socket).await.1.starts_with("HTTP/1.1 403 "));
    }
    assert!(connected(&own.clone().with("host", "evil.test")).await.1.starts_with("HTTP/1.1 421 "));
    assert_eq!(vite.asked(), [""; 0]);
    // A socket that the development server does not want is none.
    let (_, answer) = connected(&own.with("sec-websocket-protocol", "other")).await;
    assert!(answer.starts_with("HTTP/1.1 502 "), "{answer}");
}

#[tokio::test]
async fn hot_reload_ends_with_the_program() {
    let (served, _) = served().await;
    let (mut stream, answer) = connected(&socket(&served, "vite-hmr")).await;
    assert!(answer.starts_with("HTTP/1.1 101 "), "{answer}");
    served.stop().now();
    let ended = tokio::time::timeout(Duration::from_secs(20), served.until_stopped());
    ended.await.expect("in time").unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
}

#[tokio::test]
async fn a_development_server_that_is_down_is_told_with_what_starts_it() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let vite = DevServer::new(&format!("http://{nobody}")).unwrap().start_with("npm run dev && echo <hi>");
    let served = served_from(vite).await;
    let page = get(&served, "editor", "/");
    for document in
        [page.clone().and("sec-fetch-dest", "document"), page.clone().and("accept", "text/html,*/*")]
    {
        let answer = document.send().await;
        assert_eq!((answer.status, answer.header("content-type")), (502, Some("text/html; charset=utf-8")));
        assert!(answer.body.contains(&format!("http://{nobody}")), "{}", answer.body);
        assert!(answer.body.contains("`npm run dev &amp;&amp; echo &lt;hi&gt;`"), "{}", answer.body);
    }
    let module = page.clone().and("accept", "*/*").and("sec-fetch-dest", "script").send().await;
    assert_eq!(module.line(), "502 failed no_dev_server");
    assert!(
        module.json()["message"].as_str().unwrap().contains("if it does not run, start it with `npm run dev")
    );
    assert!(connected(&socket(&served, "vite-hmr")).await.1.starts_with("HTTP/1.1 502 "));
    // Commands need no development server.
    assert_eq!(call(&served, "editor").send().await.line(), "200 ok 3");
}
