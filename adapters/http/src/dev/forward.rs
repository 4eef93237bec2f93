//! One page, module or image of a development server: asked for without a name, and given on under the window's policy.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    response::Response,
};
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::body::Incoming;

use super::{Server, down};
use crate::{
    content::{INLINE_STYLES, Inline},
    refusal::Refusal,
};

/// Pages are read whole, for the scripts in them. This is far more than a page that a person wrote.
const MOST_HTML: usize = 16 * 1024 * 1024;

/// What a development server may be told. Everything else stays here: tokens, cookies, whatever comes to exist.
///
/// `Accept-Encoding` is not among them: a page must be readable here, and on one machine there is nothing to save.
const ASKED: [HeaderName; 8] = [
    header::ACCEPT,
    header::ACCEPT_LANGUAGE,
    header::CACHE_CONTROL,
    header::PRAGMA,
    header::USER_AGENT,
    HeaderName::from_static("sec-fetch-dest"),
    HeaderName::from_static("sec-fetch-mode"),
    HeaderName::from_static("sec-fetch-site"),
];

/// What else it may be told, but not of a page: one that has not changed would come without its text, and its scripts
/// could not be read.
const ASKED_OF_PARTS: [HeaderName; 6] = [
    header::IF_MATCH,
    header::IF_MODIFIED_SINCE,
    header::IF_NONE_MATCH,
    header::IF_RANGE,
    header::IF_UNMODIFIED_SINCE,
    header::RANGE,
];

/// What is between it and here only, and what a window's policy says instead.
const NOT_GIVEN_ON: [HeaderName; 11] = [
    header::CONNECTION,
    HeaderName::from_static("keep-alive"),
    header::PROXY_AUTHENTICATE,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    // A cookie would be one of the window's own, and of its neighbours.
    header::SET_COOKIE,
    header::CONTENT_SECURITY_POLICY,
    header::CONTENT_SECURITY_POLICY_REPORT_ONLY,
    // Clears what the window keeps.
    HeaderName::from_static("clear-site-data"),
];

pub(crate) async fn page(server: &Server, asked: Request) -> Result<Response, Refusal> {
    let is_document = asks_for_document(asked.headers());
    match answer(server, asked).await {
        Err(silent) if is_document => Ok(down::page(&silent)),
        answer => answer,
    }
}

async fn answer(server: &Server, asked: Request) -> Result<Response, Refusal> {
    let silent = |why: &dyn std::fmt::Display| server.is_silent(why);
    let request = request(server, &asked).map_err(|why| silent(&why))?;
    let answer = server.client.request(request).await.map_err(|why| silent(&told(&why)))?;
    let (mut parts, body) = answer.into_parts();
    for name in &NOT_GIVEN_ON {
        parts.headers.remove(name);
    }
    if let Some(moved) = moved(server, &parts.headers) {
        parts.headers.insert(header::LOCATION, moved);
    }
    if asked.method() == Method::GET && is_html(&parts.headers) {
        let html = read(body).await.map_err(|why| silent(&why))?;
        let mut admitted = Inline::of(&html).admitted();
        // Instead of hashes: beside one, a browser would not heed it. Hot reload puts styles into the page.
        INLINE_STYLES.clone_into(&mut admitted.styles);
        // Vite's client waits in one for a server that is started again.
        " blob:".clone_into(&mut admitted.workers);
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.extensions.insert(admitted);
        return Ok(Response::from_parts(parts, Body::from(html)));
    }
    Ok(Response::from_parts(parts, Body::new(body)))
}

/// A request of nobody's.
pub(crate) fn request(
    server: &Server,
    asked: &Request,
) -> Result<hyper::Request<Empty<hyper::body::Bytes>>, axum::http::Error> {
    let mut request = hyper::Request::builder()
        .method(asked.method())
        // An address that cannot be said is asked for as the root is: it is there as little.
        .uri(server.uri(asked.uri()).unwrap_or_default())
        .header(header::HOST, server.host());
    let of_parts = if asks_for_document(asked.headers()) { &[][..] } else { &ASKED_OF_PARTS };
    for name in ASKED.iter().chain(of_parts) {
        for value in asked.headers().get_all(name) {
            request = request.header(name, value);
        }
    }
    request.body(Empty::new())
}

async fn read(body: Incoming) -> Result<hyper::body::Bytes, Box<dyn std::error::Error + Send + Sync>> {
    Ok(Limited::new(body, MOST_HTML).collect().await?.to_bytes())
}

/// A redirect within the development server is one within the window.
fn moved(server: &Server, headers: &HeaderMap) -> Option<HeaderValue> {
    let there = headers.get(header::LOCATION)?.to_str().ok()?;
    let path = there.strip_prefix(&server.origin.to_string())?;
    HeaderValue::from_str(if path.starts_with('/') { path } else { "/" }).ok()
}

fn is_html(headers: &HeaderMap) -> bool {
    let said = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    said.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("text/html")
}

/// Whether somebody is to read the answer.
fn asks_for_document(headers: &HeaderMap) -> bool {
    match headers.get("sec-fetch-dest") {
        Some(dest) => dest == "document",
        None => headers
            .get(header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("text/html")),
    }
}

/// hyper's errors say what happened in their sources.
pub(crate) fn told(error: &hyper_util::client::legacy::Error) -> String {
    let mut source: Option<&dyn std::error::Error> = std::error::Error::source(error);
    let mut last = error.to_string();
    while let Some(deeper) = source {
        last = deeper.to_string();
        source = deeper.source();
    }
    last
}
