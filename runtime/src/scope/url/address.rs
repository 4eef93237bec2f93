//! From the text of an address to the decision about it. What has passed here is what is used: there is no second parser.

use std::cell::{Cell, OnceCell};

use portcullis_policy::url::{Malformed, check_host, check_path, check_scheme};
use url::{Host, Position, SyntaxViolation, Url};

use super::{UrlScope, fold, index::Key};
use crate::scope::{Grants, Refusal};

/// The longest address that is read, in bytes.
const LONGEST: usize = 8192;

/// What an address has at most after parsing: of a byte, three.
const LONGEST_PARSED: usize = 3 * LONGEST;

/// Reads an address that a caller has sent.
pub(super) fn parse(text: &str) -> Result<Url, Refusal> {
    if text.len() > LONGEST {
        return Err(Refusal::malformed("the address has more than 8192 bytes"));
    }
    // The parser forgets one that is empty, and tells only who listens. That costs something.
    let user = Cell::new(false);
    let see = |violation| user.set(user.get() || violation == SyntaxViolation::EmbeddedCredentials);
    let listener: Option<&dyn Fn(SyntaxViolation)> = if text.contains('@') { Some(&see) } else { None };
    let url = Url::options()
        .syntax_violation_callback(listener)
        .parse(text)
        .map_err(|error| Refusal::malformed(format!("this is no address: {error}")))?;
    if user.get() {
        return Err(named_user());
    }
    check(&url)?;
    Ok(url)
}

/// Judges what no entry can admit.
pub(super) fn check(url: &Url) -> Result<(), Refusal> {
    if url.as_str().len() > LONGEST_PARSED {
        return Err(Refusal::malformed("the address has more than 24576 bytes"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(named_user());
    }
    let host = match url.host() {
        Some(Host::Domain(_)) => check_host(&url[..Position::AfterHost]),
        // The parser writes them in one form.
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => Ok(()),
        None => Err(Malformed::Host),
    };
    check_scheme(url.scheme())
        .and(host)
        .and_then(|()| check_path(url.path()))
        .map_err(|fault| Refusal::malformed(format!("the address is malformed: {fault}")))
}

fn named_user() -> Refusal {
    Refusal::malformed("the address has a user name or a password")
}

/// Decides about an address that is not malformed.
pub(super) fn decide(url: &Url, grants: &Grants<UrlScope>) -> Result<(), Refusal> {
    let exact = Key {
        scheme: url.scheme(),
        host: url.host_str().unwrap_or_default(),
        port: url.port_or_known_default(),
        path: url.path(),
    };
    let is_web = matches!(url.scheme(), "http" | "https");
    let folded = OnceCell::new();
    let verdict = grants.decide(
        |part| (part.entries().is_all() && is_web) || part.rules().allow.has(exact),
        |part| {
            let (host, path) = folded.get_or_init(|| (fold::host(exact.host), fold::path(exact.path)));
            part.rules().deny.has(Key { host, path, ..exact })
        },
    );
    verdict.admitted("address")
}
