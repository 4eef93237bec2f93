//! Requests that are refused before the gate: no handler runs, and the sender is told why.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::{
    client::{Answer, Call, call, get, parts},
    program::{Counters, gate, served, windows},
};

async fn refused(calls: impl IntoIterator<Item = Call>, line: &str, counters: &Counters) {
    for call in calls {
        let answer = call.send().await;
        let sent = String::from_utf8_lossy(&call.bytes()).into_owned();
        assert_eq!(answer.line(), line, "{sent}");
        assert!(answer.json()["message"].is_string());
        assert_no_cors(&answer);
    }
    assert_eq!(counters.ran(), 0, "no handler runs");
}

fn assert_no_cors(answer: &Answer) {
    let cors = answer.headers.iter().find(|(name, _)| name.starts_with("access-control-"));
    assert_eq!(cors, None);
}

#[tokio::test]
async fn n_host_rebind() {
    let (served, counters) = served().await;
    let editor = call(&served, "editor");
    let port = served.addresses()[0].port();
    let hosts = [
        format!("evil.test:{port}"),
        format!("0.0.0.0:{port}"),
        format!("127.0.0.1:{port}"),
        format!("localhost:{port}"),
        format!("[::1]:{port}"),
        format!("editor.localhost.:{port}"),
        format!("editor.localhost:{}", port ^ 1),
        format!("a.editor.localhost:{port}"),
        format!("editor.localhost.evil.test:{port}"),
        format!("me@editor.localhost:{port}"),
        format!("editor.localhost:{port}, evil.test"),
        "editor.localhost".into(),
        String::new(),
    ];
    // Also with the origin that a rebound page has, and for pages: they are what it would read the script from.
    let calls = hosts.iter().flat_map(|host| {
        let rebound = editor.clone().with("host", host);
        [
            rebound.clone(),
            rebound.with("origin", &format!("http://{host}")),
            get(&served, "editor", "/").with("host", host),
        ]
    });
    refused(calls, "421 failed unknown_host", &counters).await;

    let twice = editor.clone().and("host", editor.header("host"));
    let none = editor.clone().without("host");
    let mut absolute = editor.clone();
    absolute.path = "http://evil.test/portcullis/add".into();
    refused([twice, none, absolute], "421 failed unknown_host", &counters).await;

    let shouted = editor.header("host").to_uppercase();
    assert_eq!(editor.with("host", &shouted).send().await.line(), "200 ok 3", "hosts have no case");
}

#[tokio::test]
async fn a_refused_host_is_named_with_what_to_write() {
    let (served, _) = served().await;
    let message = async |host: &str| {
        let answer = call(&served, "editor").with("host", host).send().await;
        answer.json()["message"].as_str().unwrap().to_owned()
    };
    let told = message("devbox.local:8080").await;
    assert!(told.starts_with("`devbox.local:8080` is not an address of a window of this program"), "{told}");
    assert!(told.contains(r#".allow_host("<window>", "devbox.local:8080")"#), "{told}");
    let told = message(&"x\"\u{202e}".repeat(100)).await;
    assert!(told.len() < 1200 && !told.contains('\u{202e}'), "{told}");
}

#[tokio::test]
async fn o_null_missing_malformed() {
    let (served, counters) = served().await;
    let editor = call(&served, "editor");
    let own = editor.header("origin");
    let origins = [
        "null".to_owned(),
        "https://evil.test".to_owned(),
        "file://".to_owned(),
        "http://".to_owned(),
        String::new(),
        "*".to_owned(),
        own.replace("http:", "https:"),
        own.replace("http://", "http://me@"),
        own.replace("editor", "Editor"),
        own.replace("localhost", "localhost."),
        own.rsplit_once(':').unwrap().0.to_owned(),
        format!("{own}1"),
        format!("{own}/"),
        format!("{own} {own}"),
        call(&served, "viewer").header("origin").to_owned(),
    ];
    let lies = origins.iter().map(|origin| editor.clone().with("origin", origin));
    refused(lies, "403 failed foreign_origin", &counters).await;
    let missing = editor.clone().without("origin");
    let twice = editor.clone().and("origin", own);
    refused([missing, twice], "403 failed foreign_origin", &counters).await;
    // A page that another origin fetches, as far as a browser says so.
    let fetched = get(&served, "editor", "/").with("origin", "https://evil.test");
    refused([fetched], "403 failed foreign_origin", &counters).await;
}

/// `n_ws_origin`, for a WebSocket that the program's own pages have: any page may open one, so it must say where it is
/// from.
#[tokio::test]
async fn n_ws_origin_a_web_socket_is_for_pages_of_its_window_only() {
    let (served, counters) = served().await;
    let socket = get(&served, "editor", "/").and("upgrade", "websocket").and("sec-websocket-version", "13");
    let own = call(&served, "editor").header("origin").to_owned();
    let foreign = ["https://evil.test", "null", call(&served, "viewer").header("origin")]
        .map(|origin| socket.clone().and("origin", origin));
    refused(foreign, "403 failed foreign_origin", &counters).await;
    refused([socket.clone()], "403 failed foreign_origin", &counters).await;
    let leading = socket.clone().and("origin", &own).and("sec-fetch-site", "cross-site");
    let leading = leading.and("sec-fetch-mode", "navigate").and("sec-fetch-dest", "document");
    refused([leading], "403 failed cross_site", &counters).await;
    assert_eq!(socket.and("origin", &own).send().await.status, 200);
}

#[tokio::test]
async fn n_acao() {
    let (served, counters) = served().await;
    let preflight = call(&served, "editor")
        .method("OPTIONS")
        .without("authorization")
        .and("access-control-request-method", "POST")
        .and("access-control-request-headers", "authorization,content-type");
    refused([preflight.clone().with("origin", "https://evil.test")], "403 failed foreign_origin", &counters)
        .await;
    let open = preflight.clone().command("~open", "");
    refused([preflight, open], "405 failed wrong_method", &counters).await;
    assert_no_cors(&call(&served, "editor").send().await);
    // Even if a layer of the program says otherwise.
    let page = get(&served, "editor", "/permissive").send().await;
    assert_eq!((page.status, page.header("cross-origin-resource-policy")), (200, Some("same-origin")));
    assert_no_cors(&page);
}

#[tokio::test]
async fn n_simple_post() {
    let (served, counters) = served().await;
    // What a form or a `no-cors` fetch of any page may send without a preflight.
    let editor = call(&served, "editor");
    let types = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "",
    ];
    let simple = types.iter().map(|simple| editor.clone().with("content-type", simple));
    refused(simple, "415 failed wrong_content_type", &counters).await;
    let untyped = editor.clone().without("content-type");
    let twice = editor.clone().and("content-type", "text/plain");
    refused([untyped, twice], "415 failed wrong_content_type", &counters).await;
    let foreign = editor
        .with("origin", "https://evil.test")
        .without("authorization")
        .with("content-type", "text/plain");
    refused([foreign], "403 failed foreign_origin", &counters).await;
}

#[tokio::test]
async fn n_get_no_side_effect() {
    let (served, counters) = served().await;
    let methods = ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "post", "BREW"];
    let editor = call(&served, "editor");
    for method in methods {
        let answer = editor.clone().method(method).send().await;
        assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")), "{method}");
    }
    let image = get(&served, "editor", "/portcullis/add?a=1&b=2");
    refused([image], "403 failed foreign_origin", &counters).await;
}

#[tokio::test]
async fn a_page_of_another_site_may_only_lead_here() {
    let (served, counters) = served().await;
    for site in ["cross-site", "same-site", "nonsense"] {
        let call = call(&served, "editor").and("sec-fetch-site", site);
        let leading = call.clone().and("sec-fetch-mode", "navigate").and("sec-fetch-dest", "document");
        let page = get(&served, "editor", "/").and("sec-fetch-site", site);
        let framed = page.clone().and("sec-fetch-mode", "navigate").and("sec-fetch-dest", "iframe");
        let script = get(&served, "editor", "/portcullis.js")
            .and("sec-fetch-site", site)
            .and("sec-fetch-mode", "no-cors")
            .and("sec-fetch-dest", "script");
        refused([call, leading, page.clone(), framed, script], "403 failed cross_site", &counters).await;
        let link = page.and("sec-fetch-mode", "navigate").and("sec-fetch-dest", "document");
        assert_eq!(link.send().await.status, 200);
    }
}

#[tokio::test]
async fn without_its_token_no_window_calls() {
    let (served, counters) = served().await;
    let editor = call(&served, "editor");
    let own = editor.header("authorization").to_owned();
    let none = editor.clone().without("authorization");
    let answer = none.send().await;
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    let wrong =
        ["Bearer", "Bearer ", "Basic eDp5", "Bearer 00", &own[7..], &own[..own.len() - 1]].map(str::to_owned);
    let wrong = wrong.into_iter().chain([format!("{own}0"), own.replace("Bearer ", "Bearer  ")]);
    let wrong: Vec<_> = wrong.map(|token| editor.clone().with("authorization", &token)).collect();
    refused(wrong, "401 failed unauthorized", &counters).await;
    let twice = editor.clone().and("authorization", &own);
    let mut in_query = none.clone();
    in_query.path.extend(["?portcullis=", &own[7..]]);
    refused([none, twice, in_query], "401 failed unauthorized", &counters).await;
}

#[tokio::test]
async fn the_token_of_one_window_is_no_good_for_another() {
    let (served, counters) = served().await;
    let (editor, viewer) = (call(&served, "editor"), call(&served, "viewer"));
    let borrowed = viewer.clone().with("authorization", editor.header("authorization"));
    refused([borrowed.command("read_secret", "{}")], "401 failed unauthorized", &counters).await;
    // Nor is its origin: the viewer's page asks at the editor's address, with whatever token.
    let across = viewer.clone().with("host", editor.header("host"));
    let with_both = across.clone().with("authorization", editor.header("authorization"));
    refused([across, with_both], "403 failed foreign_origin", &counters).await;
}

#[tokio::test]
async fn the_token_of_one_run_is_no_good_for_the_next() {
    let ((one, _), (other, counters)) = (served().await, served().await);
    let link = one.link("editor").unwrap();
    let old = format!("Bearer {}", parts(&link).1);
    refused([call(&other, "editor").with("authorization", &old)], "401 failed unauthorized", &counters).await;
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let (gate, counters) = gate();
    let served = windows(&gate).body_limit(64).serve(0).await.unwrap();
    let editor = call(&served, "editor");
    let text = |bytes: usize| format!(r#"{{"text":"{}"}}"#, "x".repeat(bytes - 11));
    let announced = editor.clone().command("length", text(65));
    let huge = editor.clone().command("length", "{}").and("content-length", "99999999999");
    // In chunks nothing is announced.
    let chunked = format!("41\r\n{}\r\n0\r\n\r\n", text(65));
    let chunked = editor.clone().command("length", chunked).and("transfer-encoding", "chunked");
    refused([announced.clone(), huge, chunked], "413 failed too_large", &counters).await;
    // Who may not call does not learn the limit.
    refused([announced.without("authorization")], "401 failed unauthorized", &counters).await;
    assert_eq!(editor.command("length", text(64)).send().await.line(), "200 ok 53");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_not_run() {
    let (served, counters) = served().await;
    let call = call(&served, "editor").and("content-length", "13");
    let mut stream = tokio::net::TcpStream::connect(call.address).await.unwrap();
    let bytes = call.bytes();
    stream.write_all(&bytes[..bytes.len() - 1]).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert_eq!(counters.ran(), 0);
    let smuggled = call.with("content-length", "0").and("transfer-encoding", "chunked");
    assert_eq!(smuggled.send().await.status, 400, "two lengths");
    assert_eq!(counters.ran(), 0);
}
