//! Every hop of a redirect is an address of its own. How they behave in a client and in a gate is tested outside of the
//! crate.

use super::{
    Is::{A, D, E},
    admit, parsed, verdict,
};
use crate::scope::{AdmittedUrl, Redirects};

#[test]
fn u_redirect_hop() {
    let page = admit(
        &["https://example.com", "http://example.com:8080"],
        &["https://example.com/private/*"],
        "https://example.com/",
    )
    .unwrap();
    let redirects = page.redirects();
    for (next, expected) in [
        ("https://example.com/next", A),
        ("http://example.com:8080/", A),
        ("http://example.com/", D),
        ("https://evil.com/", D),
        ("http://127.0.0.1/", D),
        ("https://example.com/PRIVATE/x", D),
        ("https://me@example.com/", E),
        ("https://example.com/..%2fx", E),
        ("https://example.com./", E),
        ("javascript:alert(1)", E),
        ("file:///etc/passwd", E),
    ] {
        assert_eq!(verdict(&redirects.admit(&parsed(next))), expected, "{next}");
    }
}

#[test]
fn a_hop_decides_about_the_next_as_the_first_did() {
    let page = admit(&["https://a.com", "https://b.com"], &[], "https://a.com/").unwrap();
    let second = page.redirects().admit(&parsed("https://b.com/")).unwrap();
    assert_eq!(second.as_str(), "https://b.com/");
    assert!(second.redirects().admit(&parsed("https://a.com/back")).is_ok());
    assert!(second.redirects().admit(&parsed("https://c.com/")).is_err());
}

#[test]
fn a_hop_that_is_too_long_is_refused() {
    let page = admit(&["https://a.com"], &[], "https://a.com/").unwrap();
    let next = format!("https://a.com/{}", "x".repeat(24_600));
    assert_eq!(verdict(&page.redirects().admit(&parsed(&next))), E);
}

#[test]
fn clients_may_keep_it_on_any_thread() {
    fn is_kept<T: Clone + Send + Sync + 'static>() {}
    is_kept::<Redirects>();
    is_kept::<AdmittedUrl>();
}
