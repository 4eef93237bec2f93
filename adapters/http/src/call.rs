//! One call: from a request to the window's own origin, through the gate, to a response. Host and origin have been
//! checked before, in `door`.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use percent_encoding::percent_decode_str;
use portcullis::{Code, Reply};

use crate::{door::Window, refusal::Refusal};

const REPLY: HeaderName = HeaderName::from_static("portcullis-reply");

/// What a reply body is.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Ok,
    Error,
    Failed,
}

/// Asks what is left to ask, and carries the call through the gate.
///
/// If the client goes away, the future that this is part of is dropped, and the command with it.
pub(crate) async fn carry(
    window: &Window,
    limit: usize,
    command: &str,
    request: Request,
) -> Result<Response, Refusal> {
    if request.method() != Method::POST {
        return Err(Refusal::WrongMethod { allowed: "POST" });
    }
    let pass = bearer(request.headers()).and_then(|given| window.keys.admit(&window.label, given));
    let Some(pass) = pass else { return Err(Refusal::Unauthorized) };
    // Who has no token uses up nothing. Held until the call has been answered: its body is in memory as long.
    let _slot = window.meter.begin_call()?;
    if !is_json(request.headers()) {
        return Err(Refusal::WrongContentType);
    }
    let arguments = read(request.into_body(), limit).await?;
    // Decoded once. What is no text then is no command either, and is refused like one that does not exist.
    let command = percent_decode_str(command).decode_utf8_lossy();
    let reply = tokio::select! {
        reply = window.session.invoke(portcullis::Request::json(&command, &arguments)) => reply,
        () = pass.ended() => return Err(Refusal::SessionEnded),
    };
    Ok(match reply {
        Reply::Ok(json) => answer(StatusCode::OK, Kind::Ok, json),
        Reply::Error(json) => answer(StatusCode::OK, Kind::Error, json),
        Reply::Failed(failure) => answer(status(failure.code()), Kind::Failed, failure.to_json()),
        // Carried from the next commits on.
        Reply::Bytes(_) | Reply::Download(_) | Reply::Stream(_) => {
            let failure = portcullis::Failure::new(Code::Internal, None);
            answer(status(failure.code()), Kind::Failed, failure.to_json())
        }
    })
}

/// A response to a call.
pub(crate) fn answer(status: StatusCode, kind: Kind, json: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(json));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        REPLY,
        HeaderValue::from_static(match kind {
            Kind::Ok => "ok",
            Kind::Error => "error",
            Kind::Failed => "failed",
        }),
    );
    response
}

fn status(code: Code) -> StatusCode {
    match code {
        Code::Denied => StatusCode::FORBIDDEN,
        Code::Invalid => StatusCode::BAD_REQUEST,
        Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::Timeout => StatusCode::GATEWAY_TIMEOUT,
        Code::Cancelled => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The value of a header that stands there exactly once.
pub(crate) fn only(headers: &HeaderMap, name: HeaderName) -> Option<&HeaderValue> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    values.next().is_none().then_some(value)
}

fn bearer(headers: &HeaderMap) -> Option<&[u8]> {
    let (scheme, token) = only(headers, header::AUTHORIZATION)?.as_bytes().split_at_checked(7)?;
    scheme.eq_ignore_ascii_case(b"bearer ").then_some(token)
}

pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let content_type = only(headers, header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|value| value.split(';').next()).unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

pub(crate) async fn read(body: Body, limit: usize) -> Result<axum::body::Bytes, Refusal> {
    use axum::body::HttpBody as _;
    // What announces its length is refused before any of it is read.
    if body.size_hint().lower() > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Err(Refusal::TooLarge { limit });
    }
    match Limited::new(body, limit).collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Refusal::TooLarge { limit }),
        Err(_) => Err(Refusal::BrokenBody),
    }
}
