//! Addresses through a gate, and a client that follows the redirects of a real server.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it says"
)]

mod server;

use std::{
    error::Error,
    sync::{Arc, Mutex},
};

use portcullis::{Reason, prelude::*, scope::UrlScope};
use server::Server;

/// Fetch pages.
#[derive(Permission)]
#[permission(id = "pages:fetch", scope = UrlScope)]
struct Fetch;

#[command(permission(Fetch))]
async fn fetch(page: Checked<Fetch>) -> Result<String, String> {
    let redirects = page.redirects();
    let policy = reqwest::redirect::Policy::custom(move |attempt| {
        if attempt.previous().len() > 4 {
            return attempt.error("too many redirects");
        }
        match redirects.admit(attempt.url()) {
            Ok(_) => attempt.follow(),
            Err(refusal) => attempt.error(refusal),
        }
    });
    let told = |error: reqwest::Error| {
        let why = error.source().map(ToString::to_string).unwrap_or_default();
        format!("{error}: {why}")
    };
    let client = reqwest::Client::builder().no_proxy().redirect(policy).build().map_err(told)?;
    let page = page.into_inner().into_url();
    client.get(page).send().await.map_err(told)?.text().await.map_err(told)
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [fetch],
    capabilities: ["tests/urls/capabilities/main.json"],
    windows: ["main"],
};

/// A server, and a gate in front of what fetches from it.
struct Place {
    server: Server,
    gate: Gate,
    denials: Arc<Mutex<Vec<String>>>,
    runtime: tokio::runtime::Runtime,
}

impl Place {
    fn new() -> Self {
        let denials = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&denials);
        let gate = Gate::new(&AUTHORITY)
            .explain(false)
            .on_denial(move |denial| {
                let line = match &denial.reason {
                    Reason::OutOfScope { permission, argument, why } => {
                        format!("{permission} {argument}: {why}")
                    }
                    other => other.to_string(),
                };
                told.lock().unwrap().push(line);
            })
            .build()
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { server: Server::start(), gate, denials, runtime }
    }

    /// What a page is answered that asks for an address; `{port}` is the server's.
    fn fetch(&self, address: &str) -> Reply {
        let address = address.replace("{port}", &self.server.port.to_string());
        let arguments = serde_json::json!({ "page": address }).to_string();
        let session = self.gate.session(Principal::window("main"));
        self.runtime.block_on(session.invoke(Request::json("fetch", arguments.as_bytes())))
    }

    fn text(&self, address: &str) -> String {
        match self.fetch(address) {
            Reply::Ok(text) => serde_json::from_slice(&text).unwrap(),
            other => panic!("{address}: {other:?}"),
        }
    }

    fn denials(&self) -> Vec<String> {
        std::mem::take(&mut *self.denials.lock().unwrap())
    }
}

#[test]
fn an_admitted_address_is_fetched() {
    let place = Place::new();
    assert_eq!(place.text("http://127.0.0.1:{port}/public/page?x=1"), "page /public/page?x=1");
    assert_eq!(place.text("http://2130706433:{port}/x/../public/page"), "page /public/page");
    assert_eq!(place.denials(), [""; 0]);
}

#[test]
fn another_address_is_never_asked_for() {
    let place = Place::new();
    for (address, code) in [
        ("http://127.0.0.1:{port}/secret", "denied"),
        ("http://127.0.0.1:{port}/public/../secret", "denied"),
        ("http://127.0.0.1:{port}/public/Private/x", "denied"),
        ("http://127.0.0.1:{port}/public/..%2fsecret", "invalid"),
        ("http://u@127.0.0.1:{port}/public/page", "invalid"),
    ] {
        let Reply::Failed(failure) = place.fetch(address) else { panic!("{address} is fetched") };
        assert_eq!(failure.code().as_str(), code, "{address}");
        assert_eq!(place.denials().len(), 1, "{address}");
    }
    assert_eq!(place.server.asked(), [""; 0]);
}

#[test]
fn a_redirect_to_what_is_admitted_is_followed() {
    let place = Place::new();
    assert_eq!(place.text("http://127.0.0.1:{port}/public/to?/public/page"), "page /public/page");
    assert_eq!(
        place.text("http://127.0.0.1:{port}/public/to?http://localhost:{port}/also/x"),
        "page /also/x"
    );
    assert_eq!(place.denials(), [""; 0]);
}

#[test]
fn u_redirect_hop() {
    let place = Place::new();
    for (next, why) in [
        ("/secret", "no `allow` entry"),
        ("/public/private/x", "a `deny` entry"),
        ("/public/%70rivate/x", "a `deny` entry"),
        ("http://localhost:{port}/public/page", "no `allow` entry"),
        ("http://[::1]:{port}/public/page", "no `allow` entry"),
        ("https://127.0.0.1:{port}/secret", "no `allow` entry"),
        ("http://me@127.0.0.1:{port}/public/page", "a user name"),
        ("/public/..%2fsecret", "an encoded `/`"),
        // A hop that is admitted does not speak for the next.
        ("/public/to?/secret", "no `allow` entry"),
    ] {
        let address = format!("http://127.0.0.1:{{port}}/public/to?{next}");
        let Reply::Error(error) = place.fetch(&address) else { panic!("{next} is followed") };
        let error = String::from_utf8(error.clone()).unwrap();
        assert!(error.contains(why), "{next}: {error}");
        let [denial] = &place.denials()[..] else { panic!("{next}: told not once") };
        assert!(
            denial.starts_with("pages:fetch page: a redirect to http") && denial.contains(why),
            "{denial}"
        );
        assert!(!denial.contains("secret"), "{denial}");
        let asked = place.server.asked();
        assert!(asked.iter().all(|path| path.starts_with("/public/to?")), "{next}: {asked:?}");
    }
}

#[test]
fn how_many_hops_are_followed_is_the_clients_to_say() {
    let place = Place::new();
    let Reply::Error(error) = place.fetch("http://127.0.0.1:{port}/public/loop") else { panic!("it ends") };
    assert!(String::from_utf8_lossy(&error).contains("too many redirects"));
    assert_eq!(place.server.asked().len(), 5);
}
