//! The program that the tests talk to.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{Router, response::Html, routing::get};
use portcullis::prelude::*;
use portcullis_http::{Nonce, Page, Program, Served};
use serde::Serialize;
use tokio::sync::Semaphore;

/// Add numbers.
#[derive(Permission)]
#[permission(id = "numbers:add")]
struct AddNumbers;

/// Read secrets.
#[derive(Permission)]
#[permission(id = "secrets:read")]
struct ReadSecrets;

/// How many commands have run, are running, and were given up; and who lets go of those that hold on.
#[derive(Clone)]
pub(crate) struct Counters(Arc<[AtomicUsize; 3]>, Arc<Semaphore>);

impl Default for Counters {
    fn default() -> Self {
        Self(Arc::default(), Arc::new(Semaphore::new(0)))
    }
}

impl Counters {
    pub(crate) fn ran(&self) -> usize {
        self.0[0].load(Ordering::SeqCst)
    }
    pub(crate) fn running(&self) -> usize {
        self.0[1].load(Ordering::SeqCst)
    }
    pub(crate) fn dropped(&self) -> usize {
        self.0[2].load(Ordering::SeqCst)
    }
    /// Lets one `hold` end.
    pub(crate) fn release(&self) {
        self.1.add_permits(1);
    }
    fn add(&self, which: usize) {
        self.0[which].fetch_add(1, Ordering::SeqCst);
    }
}

#[portcullis::command(permission(AddNumbers))]
fn add(a: i64, b: i64, counters: State<'_, Counters>) -> i64 {
    counters.add(0);
    a + b
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum HalfError {
    Odd { by: u32 },
}

#[portcullis::command(permission(AddNumbers))]
fn half(of: u32, counters: State<'_, Counters>) -> Result<u32, HalfError> {
    counters.add(0);
    if of.is_multiple_of(2) { Ok(of / 2) } else { Err(HalfError::Odd { by: 1 }) }
}

#[portcullis::command(permission(AddNumbers))]
fn length(text: Option<String>, counters: State<'_, Counters>) -> usize {
    counters.add(0);
    text.unwrap_or_default().len()
}

#[portcullis::command(permission(AddNumbers))]
fn explode(counters: State<'_, Counters>) {
    counters.add(0);
    panic!("on purpose");
}

#[portcullis::command(permission(AddNumbers))]
fn shape(value: &serde_json::Value, counters: State<'_, Counters>) -> bool {
    counters.add(0);
    value.is_array()
}

struct Dropped<'a>(&'a Counters);

impl Drop for Dropped<'_> {
    fn drop(&mut self) {
        self.0.add(2);
    }
}

#[portcullis::command(permission(AddNumbers))]
async fn forever(counters: State<'_, Counters>) {
    let _guard = Dropped(&counters);
    counters.add(1);
    std::future::pending::<()>().await;
}

/// Ends when it is released.
#[portcullis::command(permission(AddNumbers))]
async fn hold(counters: State<'_, Counters>) -> &'static str {
    counters.add(1);
    counters.1.acquire().await.unwrap().forget();
    "held"
}

#[portcullis::command(permission(ReadSecrets))]
fn read_secret(counters: State<'_, Counters>) -> &'static str {
    counters.add(0);
    "the secret"
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [add, half, length, explode, shape, forever, hold, read_secret],
    capabilities: ["tests/capabilities/editor.json", "tests/capabilities/viewer.json"],
    windows: ["editor", "viewer"],
};

/// A gate that tells its reasons to nobody, as in a release build.
pub(crate) fn gate() -> (Gate, Counters) {
    let counters = Counters::default();
    let gate = Gate::new(&AUTHORITY).state(counters.clone()).explain(false).build().unwrap();
    (gate, counters)
}

pub(crate) fn pages(label: &'static str) -> Router {
    let permissive = [("access-control-allow-origin", "*"), ("access-control-allow-credentials", "true")];
    Router::new()
        .route("/", get(move || async move { Html(format!("<!doctype html><title>{label}</title>")) }))
        .route("/permissive", get(move || async move { (permissive, "readable by all") }))
        .route("/own-policy", get(|| async { ([("content-security-policy", "default-src 'none'")], "own") }))
        .route("/page", get(Page::new("<style>p{}</style><script type=module>a()</script>")))
        .route(
            "/template",
            get(|nonce: Nonce| async move { Html(format!("<script nonce='{nonce}'>a()</script>")) }),
        )
        .route(
            "/camera",
            get(|| async {
                ([("permissions-policy", "camera=(self)"), ("cache-control", "max-age=9")], "camera")
            }),
        )
        .route("/form", axum::routing::post(|| async { "posted" }))
}

pub(crate) fn windows(gate: &Gate) -> Program {
    Program::new(gate).window("editor", pages("editor")).window("viewer", pages("viewer"))
}

/// Both windows on one port, by name.
pub(crate) async fn served() -> (Served, Counters) {
    let (gate, counters) = gate();
    (windows(&gate).serve(0).await.unwrap(), counters)
}
