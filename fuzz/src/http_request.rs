//! Requests to the router of `portcullis-http`: a line with method and path, header lines, an empty line, and the body; `{main}` and
//! `{guest}` stand for the tokens of the two windows.
//!
//! Oracle: the table of refusals in the documentation of the crate, read off the request by itself. A command runs only for a `POST` with
//! the one right `Host`, the one right `Origin`, and the token of that window, which may call that; and if all of that is right for
//! `add`, it does run. No answer has a token in it that the request had not.

use std::time::Duration;

use axum::{
    body::Body,
    http::{HeaderMap, Request, Response},
};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use crate::program::{LIMIT, PORT, SERVED, runtime, with_tokens};

/// What any answer may have as its status.
const STATUSES: [u16; 14] = [200, 304, 400, 401, 403, 404, 405, 413, 415, 421, 426, 429, 500, 504];

/// Holds the door against the table of refusals.
pub fn check(data: &[u8]) {
    if data.len() > 4 * LIMIT {
        return;
    }
    let data = with_tokens(data);
    let Some((head, body)) = split(&data) else { return };
    let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let Some((method, uri)) = lines.next().and_then(|line| std::str::from_utf8(line).ok()?.split_once(' '))
    else {
        return;
    };
    let mut request = Request::builder().method(method).uri(uri);
    for line in lines {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { return };
        request = request.header(&line[..colon], line[colon + 1..].trim_ascii());
    }
    // What hyper would not take for a request never gets here.
    let Ok(request) = request.body(Body::from(body.to_vec())) else { return };
    let right = Right::of(&request);
    let path = request.uri().path().to_owned();

    SERVED.ran.take();
    let (response, body_sent) = runtime().block_on(async {
        let response = SERVED.router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let (parts, body) = response.into_parts();
        // It may go on for ever.
        let body = tokio::time::timeout(Duration::from_hours(1), body.collect()).await;
        (
            Response::from_parts(parts, ()),
            body.ok().and_then(Result::ok).map(http_body_util::Collected::to_bytes),
        )
    });
    let ran = SERVED.ran.take();

    let status = response.status().as_u16();
    assert!(STATUSES.contains(&status), "{status}");
    assert!(response.headers().contains_key("x-content-type-options"), "{response:?}");
    assert!(!response.headers().contains_key("access-control-allow-origin"), "{response:?}");
    let tokens = SERVED.tokens.iter().map(|(_, token)| token.as_bytes());
    let has = |bytes: &[u8], token: &[u8]| bytes.windows(token.len()).any(|part| part == token);
    // Who sends one is told of its own words: of a host, say, that there is none of that name.
    for token in tokens.filter(|token| !has(&data, token)) {
        let has = |bytes: &[u8]| has(bytes, token);
        assert!(!response.headers().values().any(|value| has(value.as_bytes())), "{response:?}");
        assert!(!body_sent.as_ref().is_some_and(|body| has(body)), "the body has a token");
    }
    for (by, command, bytes) in &ran {
        let window =
            right.window.unwrap_or_else(|| panic!("`{command}` ran, and nothing was right: {right:?}"));
        assert!(right.is_whole(), "`{command}` ran, and not all was right: {right:?}");
        assert!(by.contains(window), "`{command}` ran for {by} and not for {window}");
        assert!(*command != "secret" || window == "main", "`{window}` may not read secrets");
        assert!(*bytes <= LIMIT, "`{command}` was handed {bytes} bytes");
    }
    assert!(ran.len() <= 1, "one request is one call: {ran:?}");
    let is_add = path == "/portcullis/add" && right.is_whole() && right.json;
    if let Ok(Add { a: _, b: _ }) = serde_json::from_slice(body)
        && is_add
        && body.trim_ascii_start().starts_with(b"{")
        && body.len() <= LIMIT
    {
        assert_eq!((ran.len(), status), (1, 200), "all is right: {right:?}");
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Add {
    #[expect(dead_code, reason = "that it is there is enough")]
    a: i64,
    #[expect(dead_code, reason = "that it is there is enough")]
    b: i64,
}

/// The head, and what is behind the empty line.
fn split(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = data.windows(2).position(|two| two == b"\n\n")?;
    Some((&data[..at], &data[at + 2..]))
}

/// What of a request is right.
#[derive(Debug)]
struct Right {
    /// The window that its host is.
    window: Option<&'static str>,
    origin: bool,
    site: bool,
    method: bool,
    token: bool,
    json: bool,
    framed: bool,
}

impl Right {
    fn of<B>(request: &Request<B>) -> Self {
        let one = |name: &str| only(request.headers(), name);
        let host = one("host").map(|host| String::from_utf8_lossy(host).to_ascii_lowercase());
        let in_uri = request.uri().authority().map(|authority| authority.as_str().to_ascii_lowercase());
        let host = match (host, in_uri) {
            (Some(host), Some(in_uri)) if host != in_uri => None,
            (None, Some(_)) if request.headers().contains_key("host") => None,
            (host, in_uri) => host.or(in_uri),
        };
        let window =
            ["main", "guest"].into_iter().find(|window| host == Some(format!("{window}.localhost:{PORT}")));
        let own = window.map(|window| format!("http://{window}.localhost:{PORT}"));
        let token = SERVED
            .tokens
            .iter()
            .find(|(of, _)| Some(*of) == window)
            .map(|(_, token)| format!("bearer {token}"));
        let given = one("authorization").map(|given| {
            let (scheme, token) = given.split_at(given.len().min(7));
            [&scheme.to_ascii_lowercase(), token].concat()
        });
        let content_type = one("content-type").map(|of| String::from_utf8_lossy(of).to_ascii_lowercase());
        let is = |mime: &str| {
            content_type.as_ref().is_some_and(|of| of.split(';').next().unwrap_or_default().trim() == mime)
        };
        let site = request.headers().get("sec-fetch-site").map(axum::http::HeaderValue::as_bytes);
        Self {
            window,
            origin: own.is_some() && one("origin") == own.as_deref().map(str::as_bytes),
            site: matches!(site, None | Some(b"same-origin" | b"none")),
            method: request.method() == "POST",
            token: token.is_some() && given == token.map(String::into_bytes),
            json: is("application/json"),
            framed: is("application/x-portcullis"),
        }
    }

    fn is_whole(&self) -> bool {
        self.window.is_some()
            && self.origin
            && self.site
            && self.method
            && self.token
            && (self.json || self.framed)
    }
}

/// The value of a header that is there once.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a [u8]> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    values.next().is_none().then(|| value.as_bytes())
}
