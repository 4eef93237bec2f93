//! What a window shows while its development server does not answer.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::refusal::Refusal;

/// A page that says what to start. Plain, since its policy is as strict as any.
pub(crate) fn page(silent: &Refusal) -> Response {
    let message = silent.told();
    let mut response = Response::new(Body::from(format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>No development server</title>\n\
         <h1>The development server does not answer</h1>\n<p>{}</p>\n<p>Then reload this page.</p>\n",
        escaped(&message)
    )));
    *response.status_mut() = StatusCode::BAD_GATEWAY;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// For a path that is the gate's, and has nothing.
pub(crate) fn not_there() -> Response {
    (
        StatusCode::NOT_FOUND,
        "There is nothing here: paths that begin with /portcullis are the program's own, and are not asked of the \
         development server.\n",
    )
        .into_response()
}

/// As text of an HTML page.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c => escaped.push(c),
        }
    }
    escaped
}
