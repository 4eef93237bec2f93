//! The line of a page: one WebSocket for all its calls, since a browser opens six connections to a host and no more.
//! Here it is asked for, and refused or opened; `frame` has what goes over it, `run` what is done.

mod frame;
mod run;
mod socket;
mod streaming;

use std::sync::Arc;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use hyper::upgrade::OnUpgrade;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use crate::{call::only, door::Window, refusal::Refusal, stop::Stop};

/// The path of the line.
pub(crate) const PATH: &str = "/portcullis";
/// The protocol that is spoken. The one with the token behind it is asked for by the page, and never said back.
const PROTOCOL: &str = "portcullis";
const TOKEN: &str = "portcullis.token.";
/// How much longer than its arguments a message may be: a letter, an id and a name.
const HEAD: usize = 1024;
/// The longest arguments that the page's script sends here (`LONG` in `script/line.js`), in bytes. They are read also where a
/// call may not have as many: that fails the one call, and a message that is too long for the line ends all of them.
const FROM_SCRIPT: usize = 3 * 256 * 1024;

/// Asks what is left to ask, and opens the line. Host, origin and site have been checked before, in `door`.
pub(crate) fn open(
    window: &Window,
    limit: usize,
    stop: &Stop,
    mut request: Request,
) -> Result<Response, Refusal> {
    if request.method() != Method::GET {
        return Err(Refusal::WrongMethod { allowed: "GET" });
    }
    let accept = accept_key(request.headers()).ok_or(Refusal::NoUpgrade)?;
    let offered = Offered::read(request.headers());
    let pass = offered.token.and_then(|given| window.keys.admit(&window.label, given));
    let Some(pass) = pass else { return Err(Refusal::Unauthorized) };
    let slot = window.meter.begin_line()?;
    // A server that cannot hand its connection over does not have this.
    let upgrade = request.extensions_mut().remove::<OnUpgrade>().ok_or(Refusal::NoUpgrade)?;

    // The program waits for its lines to end.
    let under_way = stop.begin().ok_or(Refusal::Stopping)?;
    let (session, meter, stop) = (window.session.clone(), Arc::clone(&window.meter), stop.clone());
    tokio::spawn(async move {
        // If it fails, the page is gone.
        if let Ok(upgraded) = upgrade.await {
            let socket = socket::open(upgraded, limit.max(FROM_SCRIPT).saturating_add(HEAD)).await;
            run::run(socket, session, &meter, limit, &pass, &stop).await;
        }
        drop((slot, under_way));
    });

    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    headers.insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(PROTOCOL));
    Ok(response)
}

/// The answer to the key of a WebSocket handshake. `None` if the request is none, or does not offer our protocol.
fn accept_key(headers: &HeaderMap) -> Option<HeaderValue> {
    let key = only(headers, header::SEC_WEBSOCKET_KEY)?;
    let is_handshake = listed(headers, &header::CONNECTION).any(|word| word.eq_ignore_ascii_case("upgrade"))
        && listed(headers, &header::UPGRADE).any(|word| word.eq_ignore_ascii_case("websocket"))
        && only(headers, header::SEC_WEBSOCKET_VERSION).is_some_and(|version| version == "13")
        // 16 bytes in base64.
        && key.len() == 24
        && Offered::read(headers).protocol;
    if is_handshake { HeaderValue::from_str(&derive_accept_key(key.as_bytes())).ok() } else { None }
}

/// The protocols that a page asks for: a script can send no header of its own with a WebSocket, but these.
#[derive(Default)]
struct Offered<'a> {
    protocol: bool,
    /// If there is one, and not two.
    token: Option<&'a [u8]>,
}

impl<'a> Offered<'a> {
    fn read(headers: &'a HeaderMap) -> Self {
        let mut offered = Self::default();
        let mut tokens = 0;
        for word in listed(headers, &header::SEC_WEBSOCKET_PROTOCOL) {
            offered.protocol |= word == PROTOCOL;
            if let Some(token) = word.strip_prefix(TOKEN) {
                tokens += 1;
                offered.token = (tokens == 1).then_some(token.as_bytes());
            }
        }
        offered
    }
}

/// The words of a header that is a list. What is no text counts for nothing.
fn listed<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}
