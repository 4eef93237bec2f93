//! One call: from a request to the window's own origin, through the gate, to a response. Host and origin have been
//! checked before, in `door`.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use percent_encoding::percent_decode_str;
use portcullis::{Attachment, Reply};

use crate::{
    answer::{self, Held, Kind},
    body::{self, Form},
    door::Window,
    refusal::Refusal,
    stop::Stop,
};

/// Asks what is left to ask, and carries the call through the gate.
///
/// If the client goes away, the future that this is part of is dropped, and the command with it; or the body of the
/// response, and the stream with it.
pub(crate) async fn carry(
    window: &Window,
    limit: usize,
    stop: &Stop,
    command: &str,
    request: Request,
) -> Result<Response, Refusal> {
    if request.method() != Method::POST {
        return Err(Refusal::WrongMethod { allowed: "POST" });
    }
    let pass = bearer(request.headers()).and_then(|given| window.keys.admit(&window.label, given));
    let Some(pass) = pass else { return Err(Refusal::Unauthorized) };
    // Who has no token uses up nothing. Held until the call has been answered: its body is in memory as long.
    let slot = window.meter.begin_call()?;
    let Some(form) = Form::of(request.headers()) else { return Err(Refusal::WrongContentType) };
    // Decoded once. What is no text then is no command either, and is refused like one that does not exist.
    let command = percent_decode_str(command).decode_utf8_lossy();

    let body = request.into_body();
    // Who may not call fills no memory.
    let (arguments, attachment) = if !window.session.may_call(&command) {
        body::drain(body, limit).await;
        (axum::body::Bytes::new(), Attachment::None)
    } else if form == Form::Json {
        (body::whole(body, limit).await?, Attachment::None)
    } else if window.session.takes_upload(&command) {
        body::arriving(body, limit).await?
    } else {
        body::framed(body, limit).await?
    };
    // The slot is the call's own: a command that goes on once it was given up, on another thread, still counts.
    let call = portcullis::Request::shared(&command, arguments).attached(attachment).with(slot.kept());
    let reply = tokio::select! {
        // Asked first: no command begins in a session that has ended while the body came.
        biased;
        () = pass.ended() => return Err(Refusal::SessionEnded),
        reply = window.session.invoke(call) => reply,
    };
    Ok(match reply {
        Reply::Ok(json) => answer::json(StatusCode::OK, Kind::Ok, json),
        Reply::Error(json) => answer::json(StatusCode::OK, Kind::Error, json),
        Reply::Failed(failure) => answer::failed(&failure),
        Reply::Bytes(bytes) => answer::bytes(bytes),
        Reply::Download(download) => answer::download(download, Held::new(pass, stop, slot)),
        Reply::Stream(lines) => answer::lines(lines, Held::new(pass, stop, window.meter.begin_stream()?)),
    })
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
