//! A mark that a template puts on its inline scripts and styles, and that nobody can know before.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// A mark for the inline scripts and styles of one response: what bears it as its `nonce` may run.
///
/// For pages that a template makes. A handler asks for it, and the policy of its response then admits it; it is another
/// one for each response. A page that never changes is better served as a [`Page`](crate::Page).
///
/// ```
/// use axum::response::Html;
/// use portcullis_http::Nonce;
///
/// async fn page(nonce: Nonce) -> Html<String> {
///     Html(format!(r#"<!doctype html><script nonce="{nonce}" type="module">import "/main.js";</script>"#))
/// }
/// # let _: axum::Router = axum::Router::new().route("/", axum::routing::get(page));
/// ```
///
/// Put it on scripts that you wrote, never on text of somebody else, and fill in what varies as data (an attribute, or
/// a call), not as code. A response with a policy of its own names the nonce in it by itself.
#[derive(Clone)]
pub struct Nonce(Arc<str>);

impl Nonce {
    /// 128 random bits.
    fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(STANDARD.encode(bytes).into()))
    }

    /// The text, which needs no escape in an attribute.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Without the text: with it, whoever can write into the page could run a script there.
impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce(..)")
    }
}

/// Where the nonce of a response is left for its policy. It travels with the request.
#[derive(Clone, Default)]
pub(crate) struct Slot(Arc<OnceLock<Nonce>>);

impl Slot {
    pub(crate) fn get(&self) -> Option<&Nonce> {
        self.0.get()
    }
}

impl<S: Sync> FromRequestParts<S> for Nonce {
    type Rejection = NoNonce;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, NoNonce> {
        let slot = parts.extensions.get::<Slot>().ok_or(NoNonce::NoWindow)?;
        let fresh = Self::random().map_err(|_| NoNonce::NoRandomness)?;
        Ok(slot.0.get_or_init(|| fresh).clone())
    }
}

/// Why there is no nonce.
#[derive(Debug)]
#[non_exhaustive]
pub enum NoNonce {
    /// The request did not come through a window of a program: nothing would put the nonce into a policy.
    NoWindow,
    /// The system gives no random bytes.
    NoRandomness,
}

impl fmt::Display for NoNonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoWindow => {
                "a nonce is for the pages of a window: give this route to `Program::window`, and not to a server beside it"
            }
            Self::NoRandomness => "the system gives no random bytes, so no nonce can be made",
        })
    }
}

impl std::error::Error for NoNonce {}

/// The author's mistake, or the system's: the page says that something is wrong, and the log says what.
impl IntoResponse for NoNonce {
    fn into_response(self) -> Response {
        tracing::error!(target: "portcullis", "{self}");
        (StatusCode::INTERNAL_SERVER_ERROR, self.to_string()).into_response()
    }
}
