//! What a window is served: one page for both, which is told what it is called.

use axum::{
    Router,
    http::header::CONTENT_TYPE,
    response::{Html, IntoResponse as _},
    routing::get,
};

/// The page of a window.
pub fn pages(window: &'static str) -> Router {
    let html = include_str!("../pages/index.html").replace("{window}", window);
    let file = |kind: &'static str, text: &'static str| {
        get(async move || ([(CONTENT_TYPE, kind)], text).into_response())
    };
    Router::new()
        .route("/", get(async move || Html(html)))
        .route("/style.css", file("text/css; charset=utf-8", include_str!("../pages/style.css")))
        .route("/app.js", file("text/javascript; charset=utf-8", include_str!("../pages/app.js")))
        .route("/traps.json", file("application/json", include_str!("../pages/traps.json")))
        .route("/icon.svg", file("image/svg+xml", include_str!("../pages/icon.svg")))
}
