//! Origins and their patterns: a line each for an origin, a pattern and an address.
//!
//! Oracle: the `url` crate, which is what a browser does. An origin that is accepted is the very text that it gives to that origin,
//! and a pattern admits only what it places at that scheme, host and port.

use portcullis_policy::origin::{Origin, Pattern};
use url::{Host, Url};

/// Holds `policy::origin` against the `url` crate.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.splitn(3, '\n');
    let (origin, pattern, address) =
        (lines.next().unwrap_or(""), lines.next().unwrap_or(""), lines.next().unwrap_or(""));
    let origin = Origin::parse(origin).ok();
    if let Some(origin) = &origin {
        is_an_origin(origin);
    }
    // What a browser makes of an address is an origin in the one form of it, if it is one at all.
    let of_address = Url::parse(address)
        .ok()
        .filter(|url| url.origin().is_tuple())
        .and_then(|url| Origin::parse(&url.origin().ascii_serialization()).ok());
    if let Some(origin) = &of_address {
        is_an_origin(origin);
    }
    let Ok(pattern) = Pattern::parse(pattern) else { return };
    let written = pattern.to_string();
    assert_eq!(Pattern::parse(&written), Ok(pattern), "a pattern is read as it is written");
    for origin in [origin, of_address].into_iter().flatten() {
        let Ok(url) = Url::parse(&origin.to_string()) else { continue };
        if url.scheme() == "file" {
            continue;
        }
        assert_eq!(pattern.matches(&origin), admits(&written, &url), "{written} and {origin}");
    }
}

/// What was accepted is what the parser of addresses makes of it.
fn is_an_origin(origin: &Origin) {
    let text = origin.to_string();
    assert_eq!(Origin::parse(&text).as_ref(), Ok(origin));
    // A file has no origin that anybody could be told of, and its addresses have rules of their own.
    if origin.scheme() == "file" {
        return;
    }
    let url = match Url::parse(&text) {
        Ok(url) => url,
        // Punycode that is none: no browser has such a host, so nobody can come from there.
        Err(error) => {
            assert!(origin.host().split('.').any(|label| label.starts_with("xn--")), "{text}: {error}");
            return;
        }
    };
    assert_eq!(url.scheme(), origin.scheme(), "{text}");
    assert_eq!(url.host_str(), Some(origin.host()), "{text}");
    assert_eq!(url.port(), origin.port(), "{text}");
    assert!(url.username().is_empty() && url.password().is_none(), "{text}");
    assert!(matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none(), "{text}");
    if url.origin().is_tuple() {
        assert_eq!(url.origin().ascii_serialization(), text);
    }
}

/// The definition, on the text of the pattern.
fn admits(pattern: &str, url: &Url) -> bool {
    let Some((scheme, rest)) = pattern.split_once("://") else { return false };
    let colon = rest.rfind(':').filter(|at| !rest[*at..].contains(']'));
    let (host, port) = match colon {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let actual = url.host_str().unwrap_or_default();
    let is_name = matches!(url.host(), Some(Host::Domain(_)));
    let host_fits = match host.strip_prefix("*.") {
        Some(parent) => {
            let (parent, labels): (Vec<&str>, Vec<&str>) =
                (parent.split('.').collect(), actual.split('.').collect());
            is_name && labels.len() > parent.len() && labels.ends_with(&parent)
        }
        None => host == "*" || host == actual,
    };
    let own = match url.scheme() {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        _ => None,
    };
    let port_fits = match port {
        Some("*") => true,
        Some(port) => url.port().or(own).is_some_and(|actual| actual.to_string() == port),
        None => url.port().is_none() || url.port() == own,
    };
    (scheme == "*" || scheme == url.scheme()) && host_fits && port_fits
}
