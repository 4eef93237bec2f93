//! What a call is answered with: a body that is there, or one that comes in parts, for as long as the page may have it.

use std::{convert::Infallible, io};

use axum::{
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use futures_util::{StreamExt as _, stream};
use portcullis::{Code, Download, Failure};
use tokio_util::task::task_tracker::TaskTrackerToken;

use crate::{keys::Pass, limits::Slot, refusal::Refusal, stop::Stop};

pub(crate) const REPLY: HeaderName = HeaderName::from_static("portcullis-reply");
const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// How much of a stream is sent at once, if it has so much: and the rest of the line that goes beyond it.
pub(crate) const ROOM: usize = 64 * 1024;

/// What a reply body is.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Ok,
    Error,
    Failed,
    Bytes,
    Download,
    Stream,
}

/// An answer in JSON.
pub(crate) fn json(status: StatusCode, kind: Kind, json: Vec<u8>) -> Response {
    response(status, kind, HeaderValue::from_static("application/json"), Body::from(json))
}

/// A failure of the gate.
pub(crate) fn failed(failure: &Failure) -> Response {
    json(status(failure.code()), Kind::Failed, failure.to_json())
}

/// Bytes that are there.
pub(crate) fn bytes(bytes: portcullis::Bytes) -> Response {
    response(StatusCode::OK, Kind::Bytes, BYTES, Body::from(bytes.into_inner()))
}

/// What an answer needs for as long as it is under way.
pub(crate) struct Held {
    pass: Pass,
    stop: Stop,
    /// The program waits for it.
    _under_way: TaskTrackerToken,
    /// The place that it takes among the calls or streams of its window.
    _slot: Slot,
}

impl Held {
    /// For an answer whose request has begun: it may end, also if the program is to stop by now.
    pub(crate) fn new(pass: Pass, stop: &Stop, slot: Slot) -> Self {
        Self { pass, stop: stop.clone(), _under_way: stop.go_on(), _slot: slot }
    }

    /// Why an answer in parts ends early, once it does.
    async fn cut(&self) -> Refusal {
        tokio::select! {
            () = self.pass.ended() => Refusal::SessionEnded,
            () = self.stop.out_of_time() => Refusal::Stopping,
        }
    }
}

/// Bytes as they come, pulled as fast as the page reads. If they break off, so does the body: the page is not told that
/// it has all of it.
pub(crate) fn download(download: Download, held: Held) -> Response {
    let content_type =
        download.content_type().and_then(|kind| HeaderValue::from_str(kind).ok()).unwrap_or(BYTES);
    let length = download.length();
    let parts = stream::unfold(Some((download, held)), async |state| {
        let (mut download, held) = state?;
        let part = tokio::select! {
            // Asked first: nothing more is sent in a session that has ended while the page did not read.
            biased;
            _ = held.cut() => Err(io::ErrorKind::ConnectionAborted.into()),
            part = download.next() => part?,
        };
        let next = part.is_ok().then_some((download, held));
        Some((part, next))
    });
    let mut response = response(StatusCode::OK, Kind::Download, content_type, Body::from_stream(parts));
    if let Some(length) = length {
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    response
}

/// Lines as they come, pulled as fast as the page reads.
pub(crate) fn lines(lines: portcullis::Stream, held: Held) -> Response {
    let parts = stream::unfold(Some((lines, held)), async |state| {
        let (mut lines, held) = state?;
        let mut text = Vec::new();
        let more = tokio::select! {
            biased;
            cut = held.cut() => {
                text = [b"f", &cut.to_json()[..], b"\n"].concat();
                false
            }
            more = lines.lines(&mut text, ROOM) => more,
        };
        Some((Ok::<_, Infallible>(Bytes::from(text)), more.then_some((lines, held))))
    });
    let kind = HeaderValue::from_static("application/x-ndjson");
    response(StatusCode::OK, Kind::Stream, kind, Body::from_stream(parts))
}

fn response(status: StatusCode, kind: Kind, content_type: HeaderValue, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        REPLY,
        HeaderValue::from_static(match kind {
            Kind::Ok => "ok",
            Kind::Error => "error",
            Kind::Failed => "failed",
            Kind::Bytes => "bytes",
            Kind::Download => "download",
            Kind::Stream => "stream",
        }),
    );
    response
}

fn status(code: Code) -> StatusCode {
    match code {
        Code::Denied => StatusCode::FORBIDDEN,
        Code::Invalid | Code::TooDeep => StatusCode::BAD_REQUEST,
        Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Code::Timeout => StatusCode::GATEWAY_TIMEOUT,
        Code::Cancelled => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
