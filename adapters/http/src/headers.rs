//! What every response says to the browser: how a page is kept apart from others, and what it may do.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};

use crate::content::{Admitted, PLAIN, Policy, Slot};

const ALWAYS: [(HeaderName, &str); 7] = [
    // What is not said to be a script is none.
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // No other site loads anything from here, be it as an image or as a script.
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // No other site learns the address of a page, or that there is one.
    (header::REFERRER_POLICY, "no-referrer"),
    // As `frame-ancestors`, for what does not know that, and for a page whose own policy forgets it.
    (header::X_FRAME_OPTIONS, "DENY"),
    // Who opens a page, or is opened by it, has no handle of it.
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    // Windows are origins of one site: they are to have processes of their own where there are enough.
    (HeaderName::from_static("origin-agent-cluster"), "?1"),
    // Flash and PDF readers, as far as there are any, look for a file that lets other sites read.
    (HeaderName::from_static("x-permitted-cross-domain-policies"), "none"),
];

const FOR_ANSWERS: [(HeaderName, &str); 2] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

// `Cross-Origin-Embedder-Policy` is left to the page: the policy admits nothing from elsewhere anyway, and a page with a
// policy of its own would lose what it loads. `Strict-Transport-Security` belongs to whoever speaks TLS.

/// What would let pages of other origins read a response. A layer in a program's own router may have set them.
const NEVER: [HeaderName; 3] = [
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    HeaderName::from_static("access-control-allow-private-network"),
];

const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
/// What a page asks its user for, and what it can find out without asking. Who wants one of these sets the header. The
/// clipboard and full screen are not here: they need a click, and end with it.
const NO_PERMISSIONS: &str = "accelerometer=(), camera=(), \
                              display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), hid=(), \
                              idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), \
                              publickey-credentials-create=(), publickey-credentials-get=(), serial=(), usb=(), \
                              window-management=(), xr-spatial-tracking=()";

/// For every response that a browser may take for a document.
pub(crate) fn secure(headers: &mut HeaderMap) {
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for name in NEVER {
        headers.remove(name);
    }
    headers.entry(PERMISSIONS).or_insert(HeaderValue::from_static(NO_PERMISSIONS));
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(PLAIN));
}

/// For the answer to a call, which whoever has the token has asked for: it is no document, and what only a document is held to
/// would be a kilobyte for nothing.
pub(crate) fn answer(headers: &mut HeaderMap) {
    for (name, value) in FOR_ANSWERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// For what a window serves: what it may load and run, and how long it is kept.
pub(crate) fn page(response: &mut Response, policy: &Policy, slot: &Slot) {
    let admitted = response.extensions_mut().remove::<Admitted>();
    let policy = policy.with(admitted.as_ref(), slot.get());
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    if slot.get().is_some() {
        // Whoever gets it again from a cache gets a nonce that was known before.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    // The port may be another program's tomorrow, and this program may be a newer one: a browser is to ask.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
}
