//! A router of axum without a socket: what `axum::serve` does with a request that hyper has read, and the body of the
//! response. Only `wipe` looks at who calls.

use std::{hint::black_box, path::PathBuf, sync::Arc};

use ::axum::{
    Json, Router,
    body::{Body as HttpBody, Bytes, to_bytes},
    extract::{Request, State},
    http::{
        StatusCode,
        header::{AUTHORIZATION, CONTENT_TYPE},
    },
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::post,
};
use serde::Deserialize;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use super::{Turn, runtime};
use crate::{
    call::{Answer, Caller, Elsewhere},
    case::{Body, Case, Input},
    command::{self, Item, Notes},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Add {
    a: i64,
    b: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Identity {
    items: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadNote {
    note: String,
}

async fn add(Json(Add { a, b }): Json<Add>) -> Json<i64> {
    Json(command::add(a, b))
}

async fn identity(Json(Identity { items }): Json<Identity>) -> Json<Vec<Item>> {
    Json(command::identity(items))
}

async fn flip(bytes: Bytes) -> Vec<u8> {
    command::flip(&bytes)
}

async fn read_note(State(notes): State<Arc<PathBuf>>, Json(ReadNote { note }): Json<ReadNote>) -> Response {
    match command::read_note(&notes, &note) {
        Ok(text) => Json(text).into_response(),
        Err(error) => (StatusCode::FORBIDDEN, error).into_response(),
    }
}

/// Lets an administrator pass.
async fn administrator(request: Request, next: Next) -> Response {
    let is = request.headers().get(AUTHORIZATION).is_some_and(|token| token == "administrator");
    if is { next.run(request).await } else { StatusCode::FORBIDDEN.into_response() }
}

/// A router with so many commands that do what `add` does.
#[must_use]
pub fn sized(names: impl Iterator<Item = &'static str>) -> Router {
    names.fold(Router::new(), |router, name| router.route(&format!("/{name}"), post(add)))
}

/// The caller.
#[derive(Debug)]
pub struct Routed {
    router: Router,
    turn: Turn<(String, Body)>,
    runtime: Runtime,
}

impl Routed {
    /// Of a program that can do what the case asks for.
    #[must_use]
    pub fn new(case: Case, inputs: &[Input], notes: &Notes) -> Option<Self> {
        let router = match case {
            Case::Capabilities(_) => return None,
            Case::Commands(_) => sized(inputs.iter().map(|input| input.command)),
            _ => Router::new()
                .route("/wipe", post(async || Json(())))
                .route_layer(from_fn(administrator))
                .route("/nothing", post(async || Json(())))
                .route("/add", post(add))
                .route("/identity", post(identity))
                .route("/flip", post(flip))
                .route("/read_note", post(read_note))
                .with_state(Arc::new(notes.folder().to_owned())),
        };
        let inputs = inputs.iter().map(|input| (format!("/{}", input.command), input.body)).collect();
        Some(Self { router, turn: Turn::new(inputs), runtime: runtime() })
    }
}

async fn send(router: &Router, messages: Vec<Request>, mut each: impl FnMut((StatusCode, bool, Bytes))) {
    for message in messages {
        let Ok(response) = router.clone().oneshot(black_box(message)).await;
        let (head, body) = response.into_parts();
        let is_json = head.headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
        each((head.status, is_json, to_bytes(body, usize::MAX).await.unwrap_or_default()));
    }
}

impl Caller for Routed {
    type Message = Request;
    type Reply = (StatusCode, bool, Bytes);

    fn message(&mut self) -> Request {
        let (path, body) = self.turn.next();
        let (kind, body) = match body {
            Body::Json(json) => ("application/json", HttpBody::from(json)),
            Body::Bytes(bytes) => ("application/octet-stream", HttpBody::from(bytes.to_vec())),
        };
        let request = Request::post(path).header(CONTENT_TYPE, kind).header(AUTHORIZATION, "viewer");
        request.body(body).expect("it is a request")
    }

    fn send(&self, messages: Vec<Request>, each: impl FnMut(Self::Reply)) {
        self.runtime.block_on(send(&self.router, messages, each));
    }

    fn answer((status, is_json, body): Self::Reply) -> Answer {
        match status {
            StatusCode::OK if is_json => Answer::json(&body),
            StatusCode::OK => Answer::Bytes(body.to_vec()),
            StatusCode::FORBIDDEN => Answer::Refused,
            other => Answer::Other(other.to_string()),
        }
    }

    fn elsewhere(&self) -> Elsewhere<Request> {
        let (router, runtime) = (self.router.clone(), runtime());
        Box::new(move |messages| {
            runtime.block_on(send(&router, messages, |reply| {
                drop(black_box(reply));
            }));
        })
    }
}
