//! What a window is served: its own pages, the script, and headers that keep it apart from others.

use portcullis_http::Served;

use crate::{
    client::{call, get, parts},
    program::served,
};

#[tokio::test]
async fn each_window_has_pages_of_its_own() {
    let (served, _) = served().await;
    for window in ["editor", "viewer"] {
        let page = get(&served, window, "/").send().await;
        assert_eq!((page.status, page.body), (200, format!("<!doctype html><title>{window}</title>")));
    }
    assert_eq!(get(&served, "editor", "/nowhere").send().await.status, 404);
    assert_eq!(get(&served, "editor", "/").method("HEAD").send().await.status, 200);
}

#[tokio::test]
async fn a_window_serves_nothing_but_what_can_be_fetched() {
    let (served, _) = served().await;
    let posted = call(&served, "editor").command("", "");
    let mut posted = posted;
    posted.path = "/form".into();
    let answer = posted.send().await;
    assert_eq!(
        (answer.line(), answer.header("allow")),
        ("405 failed wrong_method".into(), Some("GET, HEAD"))
    );
}

#[tokio::test]
async fn every_response_that_may_be_a_document_keeps_the_window_apart() {
    let (served, _) = served().await;
    let page = get(&served, "editor", "/").send().await;
    let script = get(&served, "editor", "/portcullis.js").send().await;
    let refusal = get(&served, "editor", "/").with("host", "evil.test").send().await;
    let no_token = call(&served, "editor").without("authorization").send().await;
    for answer in [page, script, refusal, no_token] {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("origin-agent-cluster", "?1"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{name}");
        }
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
    }
    let own = get(&served, "editor", "/own-policy").send().await;
    assert_eq!(own.header("content-security-policy"), Some("default-src 'none'"));
}

#[tokio::test]
async fn the_answer_to_a_call_is_for_its_page_and_is_not_kept() {
    let (served, _) = served().await;
    let answer = call(&served, "editor").send().await;
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

async fn policy(served: &Served, path: &str) -> String {
    get(served, "editor", path).send().await.header("content-security-policy").unwrap().to_owned()
}

#[tokio::test]
async fn a_page_runs_what_its_author_wrote_into_it_and_no_more() {
    let (served, _) = served().await;
    let strict = policy(&served, "/").await;
    assert!(strict.contains("; script-src 'self'; style-src 'self'; "), "{strict}");
    let port = served.addresses()[0].port();
    assert!(strict.contains(&format!("; connect-src 'self' ws://editor.localhost:{port}; ")), "{strict}");

    // `printf 'a()' | openssl dgst -sha256 -binary | base64`, and the same of `p{}`
    let written = policy(&served, "/page").await;
    assert!(written.contains("; script-src 'self' 'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='; "));
    assert!(
        written.contains("; style-src 'self' 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='; "),
        "{written}"
    );
    assert!(!written.contains("unsafe"), "{written}");
    assert_eq!(
        get(&served, "editor", "/page").send().await.header("content-type"),
        Some("text/html; charset=utf-8")
    );
}

#[tokio::test]
async fn a_nonce_is_good_for_one_response() {
    let (served, _) = served().await;
    let mut seen = std::collections::HashSet::new();
    for _ in 0..3 {
        let answer = get(&served, "editor", "/template").send().await;
        let nonce = answer.body.split('\'').nth(1).unwrap().to_owned();
        let policy = answer.header("content-security-policy").unwrap();
        let source = format!("'self' 'nonce-{nonce}'");
        assert!(policy.contains(&format!("; script-src {source}; style-src {source}; ")), "{policy}");
        assert_eq!((nonce.len(), answer.header("cache-control")), (24, Some("no-store")));
        assert!(seen.insert(nonce));
    }
    assert!(!policy(&served, "/").await.contains("nonce"));
}

#[tokio::test]
async fn a_page_gets_no_more_than_it_asks_for() {
    let (served, _) = served().await;
    let page = get(&served, "editor", "/").send().await;
    assert!(page.header("permissions-policy").unwrap().contains("camera=()"));
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    assert_eq!(
        get(&served, "editor", "/portcullis.js").send().await.header("cache-control"),
        Some("no-cache")
    );
    let camera = get(&served, "editor", "/camera").send().await;
    assert_eq!(camera.header("permissions-policy"), Some("camera=(self)"));
    assert_eq!(camera.header("cache-control"), Some("max-age=9"));
}

#[tokio::test]
async fn n_token_not_servable() {
    let (served, _) = served().await;
    let links: Vec<String> = served.links().map(|(_, link)| link).collect();
    for path in
        ["/", "/portcullis.js", "/portcullis", "/portcullis/", "/portcullis/add", "/nowhere", "/?portcullis="]
    {
        for window in ["editor", "viewer"] {
            for asked in [get(&served, window, path), get(&served, window, path).with("origin", "null")] {
                let answer = asked.send().await;
                let whole = format!("{:?} {}", answer.headers, answer.body);
                for link in &links {
                    assert!(!whole.contains(parts(link).1), "{path}");
                }
            }
        }
    }
    // Nor does it get into a log by accident.
    let shown = format!("{served:?}");
    assert!(links.iter().all(|link| !shown.contains(parts(link).1)), "{shown}");
}

/// As far as HTTP shows it: nothing is used up by a page that is loaded, or by a call.
#[tokio::test]
async fn n_token_reload() {
    let (served, _) = served().await;
    for _ in 0..3 {
        assert_eq!(get(&served, "editor", "/").send().await.status, 200);
        assert_eq!(get(&served, "editor", "/portcullis.js").send().await.status, 200);
        assert_eq!(call(&served, "editor").send().await.line(), "200 ok 3");
    }
    let script = get(&served, "editor", "/portcullis.js").send().await;
    assert_eq!(script.header("content-type"), Some("text/javascript; charset=utf-8"));
    assert!(
        script.body.contains("globalThis.sessionStorage") && script.body.contains("history.replaceState")
    );
}

/// `n_endpoint_pin`: the script asks at the origin of its page, and takes no address from anywhere else.
#[tokio::test]
async fn n_endpoint_pin_the_script_asks_its_own_origin_only() {
    let (served, _) = served().await;
    let script = get(&served, "editor", "/portcullis.js").send().await.body;
    assert_eq!(script.matches("fetch(").count(), 1);
    assert!(script.contains("`${ORIGIN}/portcullis/${encodeURIComponent(command)}`"));
    assert_eq!(script.matches("new WebSocket(").count(), 1);
    assert!(script.contains("new WebSocket(`ws${ORIGIN.slice(4)}/portcullis`, "));
    assert!(script.contains("const { origin: ORIGIN } = location;"));
    assert!(
        !script.contains("URLSearchParams")
            && !script.contains("document.")
            && !script.contains("location.search)")
    );
}
