//! What a page may load and run: its `Content-Security-Policy`. How it gets onto a response is in `headers`.

mod inline;
mod nonce;
mod page;

use std::fmt::Write as _;

use axum::http::HeaderValue;
use portcullis::Origin;

#[cfg(feature = "dev-server")]
pub(crate) use self::inline::Inline;
pub(crate) use self::nonce::Slot;
pub use self::{
    nonce::{NoNonce, Nonce},
    page::Page,
};

/// For what is no page of a window: a refusal, whose window may not be known.
pub(crate) const PLAIN: &str =
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

/// What the pages of one address may load and run, unless a page says something else of itself.
pub(crate) struct Policy {
    /// Its own WebSocket, as a source.
    line: String,
    plain: HeaderValue,
}

/// What one response adds to that: sources, each with a space before it. Travels with the response, as an extension.
#[derive(Clone, Default, Debug)]
pub(crate) struct Admitted {
    pub(crate) scripts: String,
    pub(crate) styles: String,
    pub(crate) workers: String,
}

impl Policy {
    pub(crate) fn of(origin: &Origin) -> Self {
        let line = line(origin);
        let plain = value(&text(&line, &Admitted::default()));
        Self { line, plain }
    }

    /// The policy of a response: what a `nonce` marks is admitted too, where there is one.
    pub(crate) fn with(&self, admitted: Option<&Admitted>, nonce: Option<&Nonce>) -> HeaderValue {
        if admitted.is_none() && nonce.is_none() {
            return self.plain.clone();
        }
        let mut admitted = admitted.cloned().unwrap_or_default();
        if let Some(nonce) = nonce {
            // To write to a text does not fail.
            let _ = write!(admitted.scripts, " 'nonce-{nonce}'");
            // Beside it a browser would not heed `'unsafe-inline'`, which admits all that the nonce does.
            if !admitted.styles.contains(INLINE_STYLES) {
                let _ = write!(admitted.styles, " 'nonce-{nonce}'");
            }
        }
        value(&text(&self.line, &admitted))
    }
}

/// Every style that is written into the page, now or by a script.
pub(crate) const INLINE_STYLES: &str = " 'unsafe-inline'";

/// Everything from the page's own origin, nothing inline. A form may not be sent: a command is called. No `<base>` may
/// turn addresses elsewhere, no plugin may run, and nobody may frame the page.
fn text(line: &str, Admitted { scripts, styles, workers }: &Admitted) -> String {
    format!(
        "default-src 'self'; script-src 'self'{scripts}; style-src 'self'{styles}; worker-src 'self'{workers}; \
         connect-src 'self'{line}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
    )
}

/// `'self'` includes the page's own WebSocket by now, but not in Safari before 16: so it is named. A number in brackets
/// is no host that a policy can name: there `'self'` has to do.
fn line(origin: &Origin) -> String {
    let origin = origin.to_string();
    match origin.split_once("://") {
        Some((_, host)) if host.starts_with('[') => String::new(),
        Some(("https", host)) => format!(" wss://{host}"),
        Some((_, host)) => format!(" ws://{host}"),
        None => String::new(),
    }
}

/// Hosts, hashes and nonces are all made of what a header may have; if not, nothing beyond the strictest is admitted.
fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(PLAIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(origin: &str) -> Policy {
        Policy::of(&Origin::parse(origin).unwrap())
    }

    #[test]
    fn the_page_s_own_line_is_named() {
        for (origin, line) in [
            ("http://editor.localhost:7878", "connect-src 'self' ws://editor.localhost:7878;"),
            ("http://a.localhost", "connect-src 'self' ws://a.localhost;"),
            ("https://notes.example", "connect-src 'self' wss://notes.example;"),
            ("http://127.0.0.1:7878", "connect-src 'self' ws://127.0.0.1:7878;"),
            ("http://[::1]:7878", "connect-src 'self';"),
        ] {
            let policy = of(origin).with(None, None);
            assert!(policy.to_str().unwrap().contains(line), "{policy:?}");
        }
    }

    #[test]
    fn what_a_response_adds_is_added_where_it_belongs() {
        let admitted = Admitted {
            scripts: " 'sha256-a='".into(),
            styles: " 'sha256-b='".into(),
            workers: " blob:".into(),
        };
        let policy = of("http://a.localhost").with(Some(&admitted), None);
        let policy = policy.to_str().unwrap();
        assert!(
            policy.contains("; script-src 'self' 'sha256-a='; style-src 'self' 'sha256-b=';"),
            "{policy}"
        );
        assert!(policy.contains("default-src 'self';") && policy.contains("frame-ancestors 'none'"));
    }
}
