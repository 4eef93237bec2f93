//! What a window is served: one page for both, which is told what it is called.

use axum::{
    Router,
    http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    response::{Html, IntoResponse as _},
    routing::get,
};

/// As strict as the one that a page gets by itself, but for pictures that the page has made out of bytes.
const POLICY: &str = "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'; object-src 'none'";

const SCRIPT: &str = "text/javascript; charset=utf-8";
const FILES: [(&str, &str, &str); 9] = [
    ("/style.css", "text/css; charset=utf-8", include_str!("../pages/style.css")),
    ("/icon.svg", "image/svg+xml", include_str!("../pages/icon.svg")),
    ("/app.js", SCRIPT, include_str!("../pages/app.js")),
    ("/attachments.js", SCRIPT, include_str!("../pages/attachments.js")),
    ("/dom.js", SCRIPT, include_str!("../pages/dom.js")),
    ("/importing.js", SCRIPT, include_str!("../pages/importing.js")),
    ("/list.js", SCRIPT, include_str!("../pages/list.js")),
    ("/problems.js", SCRIPT, include_str!("../pages/problems.js")),
    ("/sheet.js", SCRIPT, include_str!("../pages/sheet.js")),
];

/// The page of a window.
pub fn pages(window: &'static str) -> Router {
    let html = include_str!("../pages/index.html").replace("{window}", window);
    let page = get(async move || ([(CONTENT_SECURITY_POLICY, POLICY)], Html(html)));
    FILES.into_iter().fold(Router::new().route("/", page), |router, (path, kind, text)| {
        router.route(path, get(async move || ([(CONTENT_TYPE, kind)], text).into_response()))
    })
}
