//! The site that articles are fetched from: a real server on this machine. Like many a server inside of a house, it
//! trusts whoever reaches it, so whoever fetches for others must not be led astray.

use std::{io, net::Ipv4Addr};

use axum::{
    Router,
    http::header::CONTENT_TYPE,
    response::{Html, IntoResponse as _, Redirect},
    routing::{MethodRouter, get},
};
use tokio::net::TcpListener;

/// The port of the site, unless somebody is there already.
const PORT: u16 = 7980;

/// What may be collected.
pub const ARTICLES: [(&str, &str); 3] = [
    ("/articles/names", include_str!("../site/names.md")),
    ("/articles/redirects", include_str!("../site/redirects.md")),
    ("/articles/confirming", include_str!("../site/confirming.md")),
];

/// Where the site is.
pub struct Site {
    port: u16,
}

impl Site {
    /// Serves the site in the background, for as long as the program runs.
    pub async fn start() -> io::Result<Self> {
        let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)).await {
            Err(_) => TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?,
            free => free?,
        };
        Self::serve(listener, router())
    }

    pub(crate) fn serve(listener: TcpListener, router: Router) -> io::Result<Self> {
        let port = listener.local_addr()?.port();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { port })
    }

    /// `http://site.localhost:7980`
    pub fn address(&self) -> String {
        format!("http://site.localhost:{}", self.port)
    }
}

pub(crate) fn router() -> Router {
    let mut router = Router::new()
        .route("/", get(async || Html(include_str!("../site/index.html"))))
        .route("/articles/drafts/merger", markdown(include_str!("../site/drafts/merger.md")))
        .route("/admin", markdown(include_str!("../site/admin.md")))
        .route("/articles/today", get(async || Redirect::to("/articles/names")))
        .route("/articles/latest", get(async || Redirect::to("/admin")));
    for (path, text) in ARTICLES {
        router = router.route(path, markdown(text));
    }
    router
}

fn markdown(text: &'static str) -> MethodRouter {
    get(async move || ([(CONTENT_TYPE, "text/markdown; charset=utf-8")], text).into_response())
}
