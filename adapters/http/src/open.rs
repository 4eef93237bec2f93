//! Opening a session: the page behind a link exchanges the link's code for a token. Host, origin and site have been
//! checked before, in `door`, as for a call.

use std::time::SystemTime;

use axum::{
    extract::Request,
    http::{Method, StatusCode},
    response::Response,
};
use portcullis::__private::quietly;
use serde::Deserialize;

use crate::{
    answer::{self, Kind},
    body::{self, Form},
    door::Window,
    keys::Keys,
    refusal::Refusal,
};

/// Stands where the name of a command stands. No command has a `~` in its name, and its percent-encoded form is the
/// name of a command that does not exist.
pub(crate) const NAME: &str = "~open";

/// A code has 64 characters.
const MOST_BYTES: usize = 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    code: String,
}

pub(crate) async fn open(window: &Window, request: Request) -> Result<Response, Refusal> {
    if request.method() != Method::POST {
        return Err(Refusal::WrongMethod { allowed: "POST" });
    }
    // Where links carry tokens there is nothing to exchange.
    let Keys::Kept(sessions) = &window.keys else { return Err(Refusal::Unauthorized) };
    if Form::of(request.headers()) != Some(Form::Json) {
        return Err(Refusal::WrongContentType);
    }
    // Before the code is looked at: who guesses does not learn that a guess was right.
    window.meter.begin_opening()?;
    let body = body::whole(request.into_body(), MOST_BYTES).await?;
    let Ok(Asked { code }) = serde_json::from_slice(&body) else { return Err(Refusal::NoCode) };

    let (sessions, label) = (sessions.clone(), window.label.clone());
    let opening = tokio::task::spawn_blocking(move || sessions.open(&label, code.as_bytes()));
    // An error says that the runtime ends, or that the exchange panicked: the code is used up.
    let opened = opening.await.ok().flatten().ok_or(Refusal::CodeUsed)?;
    let expires = opened.expires.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let json = serde_json::json!({ "token": opened.token.reveal(), "expires": expires });
    quietly(|| tracing::info!(target: "portcullis", window = &*window.label, "a session is opened"));
    Ok(answer::json(StatusCode::OK, Kind::Ok, json.to_string().into_bytes()))
}
