//! A page whose author wrote scripts and styles into it.

use std::borrow::Cow;

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::{Admitted, inline::Inline};

/// An HTML page that is always the same, with its own inline scripts and styles: they may run, and no others.
///
/// ```
/// use axum::{Router, routing::get};
/// use portcullis_http::Page;
///
/// let page = Page::new(
///     r#"<!doctype html>
///     <style>body { color: teal }</style>
///     <script type="module">
///         import { invoke } from "/portcullis.js";
///         document.body.textContent = await invoke("hello", { name: "you" });
///     </script>"#,
/// );
/// let pages: Router = Router::new().route("/", get(page));
/// ```
///
/// Each `<script>` and `<style>` is hashed once, here, and the policy of the page names the hashes. So whoever can put
/// text into `html` can run scripts: give it what you wrote (`include_str!("index.html")`), never what a template filled
/// in. For that there is [`Nonce`](crate::Nonce).
///
/// Attributes such as `onclick` and `style` are not admitted by a hash: `addEventListener` and a class do the same. A
/// page with such is served, and said to be so in the log.
#[derive(Clone, Debug)]
pub struct Page {
    html: Bytes,
    admitted: Admitted,
}

impl Page {
    /// A page of this text.
    pub fn new(html: impl Into<Cow<'static, str>>) -> Self {
        let html = match html.into() {
            Cow::Borrowed(text) => Bytes::from_static(text.as_bytes()),
            Cow::Owned(text) => Bytes::from(text),
        };
        let inline = Inline::of(&html);
        for refused in &inline.refused {
            tracing::warn!(
                target: "portcullis",
                "{refused} in a page: browsers will refuse it; use a class, or `addEventListener`"
            );
        }
        Self { admitted: inline.admitted(), html }
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.html));
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, html);
        response.extensions_mut().insert(self.admitted);
        response
    }
}
