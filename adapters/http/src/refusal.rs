//! Why a request does not get as far as the gate, and what its sender is told. What is asked, and when, is in `door`
//! and `call`.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use portcullis::{__private::quietly, Origin};

use crate::{
    answer::{self, Kind},
    limits::Busy,
};

/// Why a request does not get as far as the gate.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The host, as the request names it, is no address of a window.
    UnknownHost(Option<String>),
    /// The origin is missing, or not the window's own.
    ForeignOrigin { from: Option<String>, own: Origin },
    /// The browser says that a page of another site asks.
    CrossSite,
    /// The method is not the one, or two, that are served here.
    WrongMethod { allowed: &'static str },
    /// What is for `WebSocket` alone is asked for in another way.
    NoUpgrade,
    /// The token is missing, or not the window's own.
    Unauthorized,
    /// The session has ended while its call was under way.
    SessionEnded,
    /// What should bring the code of a link brings none.
    NoCode,
    /// The code of a link is used up, too old, or none at all.
    CodeUsed,
    /// The body is not JSON by its content type.
    WrongContentType,
    /// The body is larger than it may be.
    TooLarge { limit: usize },
    /// The body did not arrive whole.
    BrokenBody,
    /// The body says that its arguments are longer than it is.
    BadFrame,
    /// The window asks for more than it may.
    TooMany(Busy),
    /// The program ends.
    Stopping,
    /// The development server that the window's pages come from does not answer.
    #[cfg(feature = "dev-server")]
    NoDevServer { address: String, start: String, why: String },
}

impl From<Busy> for Refusal {
    fn from(busy: Busy) -> Self {
        Self::TooMany(busy)
    }
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Self::UnknownHost(_) => StatusCode::MISDIRECTED_REQUEST,
            Self::ForeignOrigin { .. } | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::WrongMethod { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::NoUpgrade => StatusCode::UPGRADE_REQUIRED,
            Self::Unauthorized | Self::SessionEnded | Self::CodeUsed => StatusCode::UNAUTHORIZED,
            Self::WrongContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BrokenBody | Self::BadFrame | Self::NoCode => StatusCode::BAD_REQUEST,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Stopping => StatusCode::SERVICE_UNAVAILABLE,
            #[cfg(feature = "dev-server")]
            Self::NoDevServer { .. } => StatusCode::BAD_GATEWAY,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::UnknownHost(_) => "unknown_host",
            Self::ForeignOrigin { .. } => "foreign_origin",
            Self::CrossSite => "cross_site",
            Self::WrongMethod { .. } => "wrong_method",
            Self::NoUpgrade => "no_upgrade",
            Self::Unauthorized | Self::SessionEnded => "unauthorized",
            Self::NoCode | Self::BadFrame => portcullis::Code::Invalid.as_str(),
            Self::CodeUsed => "code_used",
            Self::WrongContentType => "wrong_content_type",
            Self::TooLarge { .. } => portcullis::Code::TooLarge.as_str(),
            Self::BrokenBody => "broken_body",
            Self::TooMany(_) => "too_many",
            Self::Stopping => "stopping",
            #[cfg(feature = "dev-server")]
            Self::NoDevServer { .. } => "no_dev_server",
        }
    }

    fn message(&self) -> String {
        match self {
            Self::UnknownHost(None) => {
                "the request does not name one host; open the link that the program gave".to_owned()
            }
            Self::UnknownHost(Some(host)) => {
                let host = shown(host);
                format!(
                    "`{host}` is not an address of a window of this program; open the link that the program gave, or, if \
                     a window is meant to be reached by this name, let its program say so: \
                     `.allow_host(\"<window>\", \"{host}\")`"
                )
            }
            Self::ForeignOrigin { from: None, own } => {
                format!("a call must say what page it comes from (`Origin: {own}`), and this one does not")
            }
            Self::ForeignOrigin { from: Some(from), own } => {
                format!("a page of `{}` may not ask here: only pages of `{own}` may", shown(from))
            }
            Self::CrossSite => {
                "a page of another site may not ask here: open the link that the program gave in a tab of its own"
                    .to_owned()
            }
            Self::WrongMethod { allowed: "POST" } => "a command is called with POST".to_owned(),
            Self::WrongMethod { allowed } => format!("this is asked for with {allowed}"),
            Self::NoUpgrade => "this is opened as a WebSocket (version 13, protocol `portcullis`), as `/portcullis.js` does"
                .to_owned(),
            Self::Unauthorized => "this page has no valid token: open the link that the program gave (a token is good for \
                                   one window, and until the program ends or forgets it)"
                .to_owned(),
            Self::SessionEnded => {
                "the session of this page has ended, and the call with it: open a new link of the program".to_owned()
            }
            Self::NoCode => "a window is opened with `{\"code\": \"..\"}`, the code of a link".to_owned(),
            Self::CodeUsed => "this link has been opened before, is too old, or is another window's: a link opens its \
                               window once, so take a new one from the program (start it again if it shows its links \
                               only then)"
                .to_owned(),
            Self::WrongContentType => "arguments are sent as `Content-Type: application/json`, or, with bytes, as \
                                       `application/x-portcullis`"
                .to_owned(),
            Self::TooLarge { limit } => format!("the arguments are larger than the {limit} bytes that they may have"),
            Self::BadFrame => "what is sent as `Content-Type: application/x-portcullis` begins with the length of the \
                               arguments in four bytes, the highest first, and then has as many"
                .to_owned(),
            Self::BrokenBody => "the arguments did not arrive whole".to_owned(),
            Self::TooMany(busy) => busy.to_string(),
            Self::Stopping => {
                "the program is ending and takes no further requests: start it again, and open the link that it gives"
                    .to_owned()
            }
            #[cfg(feature = "dev-server")]
            Self::NoDevServer { address, start, why } => {
                format!("the development server at {address} gives no answer ({why}): if it does not run, start it with `{start}`")
            }
        }
    }

    /// Writes it to the log, and gives what its sender is told.
    pub(crate) fn told(&self) -> String {
        let message = self.message();
        // A subscriber is code of the program's: if it panics, the page is told all the same.
        quietly(|| {
            if let Self::TooMany(Busy::Rate(_)) = self {
                // Nothing else bounds how often this is told.
                tracing::debug!(target: "portcullis", code = self.code(), "request refused: {message}");
            } else {
                tracing::warn!(target: "portcullis", code = self.code(), "request refused: {message}");
            }
        });
        message
    }

    /// What its sender is told, and the log: `{"code":"stopping","message":".."}`. It has no number, since there is no call.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        serde_json::json!({ "code": self.code(), "message": self.told() }).to_string().into_bytes()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = answer::json(self.status(), Kind::Failed, self.to_json());
        match self {
            Self::WrongMethod { allowed } => {
                response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
            }
            Self::NoUpgrade => {
                response.headers_mut().insert(header::UPGRADE, HeaderValue::from_static("websocket"));
                response.headers_mut().insert(header::SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
            }
            Self::Unauthorized | Self::SessionEnded | Self::CodeUsed => {
                response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Self::TooMany(busy) => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(busy.retry_after()));
            }
            // What comes over this connection would be refused too.
            Self::Stopping => {
                response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            _ => {}
        }
        response
    }
}

/// A text of a stranger, as far as a message and a log may show it.
fn shown(text: &str) -> String {
    text.chars().take(128).flat_map(char::escape_debug).collect()
}
