//! The WebSocket of hot reload: bytes that go through, for a page of the window only. That it is one has been checked
//! before, in `door`.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;

use super::{
    Server,
    forward::{self, told},
};
use crate::{refusal::Refusal, stop::Stop};

const ASKED: [HeaderName; 3] =
    [header::SEC_WEBSOCKET_KEY, header::SEC_WEBSOCKET_VERSION, header::SEC_WEBSOCKET_EXTENSIONS];
const ANSWERED: [HeaderName; 3] =
    [header::SEC_WEBSOCKET_ACCEPT, header::SEC_WEBSOCKET_PROTOCOL, header::SEC_WEBSOCKET_EXTENSIONS];

pub(crate) fn is_asked_for(request: &Request) -> bool {
    let upgrade = request.headers().get(header::UPGRADE).map(HeaderValue::as_bytes);
    request.method() == Method::GET
        && upgrade.is_some_and(|upgrade| upgrade.eq_ignore_ascii_case(b"websocket"))
}

pub(crate) async fn connect(server: &Server, mut asked: Request, stop: Stop) -> Result<Response, Refusal> {
    let page = hyper::upgrade::on(&mut asked);
    let mut request = forward::request(server, &asked).map_err(|why| server.is_silent(&why))?;
    let headers = request.headers_mut();
    copy(&ASKED, asked.headers(), headers);
    if let Some(protocols) = protocols(asked.headers()) {
        headers.insert(header::SEC_WEBSOCKET_PROTOCOL, protocols);
    }
    upgrade(headers);
    // Development servers ask for a page of their own, and for the window's this has been asked.
    if let Ok(origin) = HeaderValue::from_str(&server.origin.to_string()) {
        headers.insert(header::ORIGIN, origin);
    }
    let answer = server.client.request(request).await.map_err(|why| server.is_silent(&told(&why)))?;
    if answer.status() != StatusCode::SWITCHING_PROTOCOLS {
        // Whatever else it says, the browser only learns that there is no socket.
        return Err(server.is_silent(&format_args!("it answers {} to a WebSocket", answer.status())));
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    copy(&ANSWERED, answer.headers(), response.headers_mut());
    upgrade(response.headers_mut());
    let theirs = hyper::upgrade::on(answer);
    tokio::spawn(async move {
        tokio::select! {
            () = join(page, theirs) => {}
            () = stop.begun() => {}
        }
    });
    Ok(response)
}

/// Carries bytes both ways until one side ends. Why it ends is for neither to know: the page connects again.
async fn join(page: OnUpgrade, theirs: OnUpgrade) {
    let (Ok(page), Ok(theirs)) = tokio::join!(page, theirs) else { return };
    let (mut page, mut theirs): (TokioIo<Upgraded>, _) = (TokioIo::new(page), TokioIo::new(theirs));
    let _ = tokio::io::copy_bidirectional(&mut page, &mut theirs).await;
}

/// The subprotocols that a page offers, without those that are the gate's: one of them is a token.
fn protocols(headers: &HeaderMap) -> Option<HeaderValue> {
    let offered =
        headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
    let theirs: Vec<_> = offered
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|name| !name.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("portcullis")))
        .collect();
    if theirs.is_empty() { None } else { HeaderValue::from_str(&theirs.join(", ")).ok() }
}

fn upgrade(headers: &mut HeaderMap) {
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
}

fn copy(names: &[HeaderName], from: &HeaderMap, to: &mut HeaderMap) {
    for name in names {
        for value in from.get_all(name) {
            to.append(name, value.clone());
        }
    }
}
