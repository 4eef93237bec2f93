//! Articles fetched from real sites: the one of the program, and some that behave badly.

use std::time::Duration;

use axum::{Router, response::Redirect, routing::get};

use super::{Data, articles, start};
use crate::{
    clips::{self, CollectError},
    fetch::{self, FetchError},
    site,
};

/// Fetches a path of a site, as the collector might.
async fn fetch(router: Router, path: &str) -> Result<fetch::Page, FetchError> {
    let url = format!("{}{path}", start(router).await.address());
    fetch::get(articles().admit(url).unwrap().into_inner(), Duration::from_secs(2)).await
}

/// A site with one article of one text.
fn one(text: Vec<u8>) -> Router {
    Router::new().route("/articles/one", get(async || ([("content-type", "text/plain")], text)))
}

#[tokio::test]
async fn an_article_becomes_a_clip_that_says_where_it_is_from() {
    let data = Data::new();
    let site = start(site::router()).await.address();
    let article = articles().admit(format!("{site}/articles/names?from=tests")).unwrap();
    clips::collect_article(article, data.write("a.md")).await.unwrap();
    let clip = data.text("clips/a.md");
    assert!(clip.starts_with("# What a name may hide\n"), "{clip}");
    assert!(clip.ends_with(&format!("\n\nClipped from <{site}/articles/names?from=tests>\n")), "{clip}");
}

#[tokio::test]
async fn a_clip_is_not_written_over() {
    let data = Data::new();
    let (before, site) = (data.text("clips/welcome.md"), start(site::router()).await);
    let article = articles().admit(format!("{}/articles/names", site.address())).unwrap();
    let error = clips::collect_article(article, data.write("welcome.md")).await.unwrap_err();
    assert!(matches!(error, CollectError::Clip(error) if error.code() == "already_exists"));
    assert_eq!(data.text("clips/welcome.md"), before);
}

#[tokio::test]
async fn a_redirect_to_another_article_is_followed() {
    let page = fetch(site::router(), "/articles/today").await.unwrap();
    assert_eq!(page.url.path(), "/articles/names");
}

#[tokio::test]
async fn a_redirect_is_asked_about_as_if_the_caller_had_sent_it() {
    let elsewhere = [
        ("/admin", "no `allow` entry of this caller's grants matches the address"),
        ("../admin", "no `allow` entry of this caller's grants matches the address"),
        ("drafts/merger", "a `deny` entry of this caller's grants matches the address"),
        ("//localhost/articles/names", "no `allow` entry of this caller's grants matches the address"),
        ("http://me@site.localhost/articles/names", "the address has a user name or a password"),
        (
            "file:///etc/passwd",
            "the address is malformed: the scheme is one whose addresses are never admitted",
        ),
    ];
    for (to, why) in elsewhere {
        let router = site::router().route("/articles/away", get(async move || Redirect::to(to)));
        let error = fetch(router, "/articles/away").await.unwrap_err();
        assert_eq!(error, FetchError::Redirect { why: why.into() }, "{to}");
    }
}

#[tokio::test]
async fn redirects_end() {
    let circle = Router::new().route("/articles/circle", get(async || Redirect::to("/articles/circle")));
    let error = fetch(circle, "/articles/circle").await.unwrap_err();
    assert_eq!(error, FetchError::TooManyRedirects { limit: fetch::HOPS });
}

#[tokio::test]
async fn an_article_has_a_largest_size() {
    assert_eq!(
        fetch(one(vec![b'x'; fetch::LARGEST]), "/articles/one").await.unwrap().text.len(),
        fetch::LARGEST
    );
    let error = fetch(one(vec![b'x'; fetch::LARGEST + 1]), "/articles/one").await.unwrap_err();
    assert_eq!(error, FetchError::TooLarge { limit: fetch::LARGEST });
}

#[tokio::test]
async fn an_article_is_text() {
    let image = Router::new().route("/articles/one", get(async || ([("content-type", "image/png")], "text")));
    assert_eq!(fetch(image, "/articles/one").await.unwrap_err(), FetchError::NotText);
    assert_eq!(fetch(one(vec![0xff]), "/articles/one").await.unwrap_err(), FetchError::NotText);
}

#[tokio::test]
async fn a_site_that_never_answers_is_given_up() {
    let slow = Router::new().route("/articles/slow", get(async || std::future::pending::<()>().await));
    let url = format!("{}/articles/slow", start(slow).await.address());
    let asked = fetch::get(articles().admit(url).unwrap().into_inner(), Duration::from_millis(100));
    assert_eq!(asked.await.unwrap_err(), FetchError::TooSlow { seconds: 0 });
}

#[tokio::test]
async fn what_is_not_there_is_told_by_its_status() {
    let error = fetch(site::router(), "/articles/none").await.unwrap_err();
    assert_eq!(error, FetchError::Status { status: 404 });
}
