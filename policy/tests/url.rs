//! URL patterns: what is read, and what is refused with what to write. Tests whose names start with `u_` are cases of
//! known attacks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use portcullis_policy::url::{Host, LONGEST, Malformed, Path, Pattern, Port, check_host, check_scheme};

#[track_caller]
fn pattern(text: &str) -> Pattern<'_> {
    match Pattern::parse(text) {
        Ok(pattern) => pattern,
        Err(error) => panic!("{error}"),
    }
}

#[track_caller]
fn refused(text: &str, message: &str, help: &str) {
    let Err(error) = Pattern::parse(text) else { panic!("`{text}` is accepted") };
    assert!(error.message().contains(message), "`{text}`: {error}");
    assert!(error.help().contains(help), "`{text}`: {error}");
    // What to write can be written.
    for suggestion in
        error.help().split('`').skip(1).step_by(2).filter(|text| text.contains("://") && !text.contains(".."))
    {
        if suggestion.len() > "https://".len() && !suggestion.ends_with("://") {
            assert!(Pattern::parse(suggestion).is_ok(), "`{text}`: `{suggestion}` is refused too");
        }
    }
}

#[test]
fn patterns_are_read() {
    for (text, scheme, host, port, path) in [
        ("https://example.com", "https", Host::Exact("example.com"), Port::Default, Path::Any),
        ("https://example.com/*", "https", Host::Exact("example.com"), Port::Default, Path::Any),
        ("https://example.com/**", "https", Host::Exact("example.com"), Port::Default, Path::Any),
        ("https://example.com:443", "https", Host::Exact("example.com"), Port::Default, Path::Any),
        ("https://example.com/", "https", Host::Exact("example.com"), Port::Default, Path::Exact("/")),
        ("https://example.com/a", "https", Host::Exact("example.com"), Port::Default, Path::Exact("/a")),
        ("https://example.com/a/", "https", Host::Exact("example.com"), Port::Default, Path::Exact("/a/")),
        ("https://*.example.com", "https", Host::Under("example.com"), Port::Default, Path::Any),
        (
            "https://example.com:8443/public/*",
            "https",
            Host::Exact("example.com"),
            Port::Exact(8443),
            Path::Below("/public"),
        ),
        ("wss://example.com/a/b/**", "wss", Host::Exact("example.com"), Port::Default, Path::Below("/a/b")),
        ("http://localhost:*", "http", Host::Exact("localhost"), Port::Any, Path::Any),
        ("http://127.0.0.1:3000", "http", Host::Exact("127.0.0.1"), Port::Exact(3000), Path::Any),
        ("http://[::1]:1", "http", Host::Exact("[::1]"), Port::Exact(1), Path::Any),
        (
            "https://xn--fa-hia.de/caf%C3%A9",
            "https",
            Host::Exact("xn--fa-hia.de"),
            Port::Default,
            Path::Exact("/caf%C3%A9"),
        ),
        ("ssh://git.example.com:22", "ssh", Host::Exact("git.example.com"), Port::Exact(22), Path::Any),
        (
            "https://example.com/100%25/a;b",
            "https",
            Host::Exact("example.com"),
            Port::Default,
            Path::Exact("/100%25/a;b"),
        ),
    ] {
        let found = pattern(text);
        assert_eq!(
            (found.scheme(), found.host(), found.port(), found.path()),
            (scheme, host, port, path),
            "{text}"
        );
    }
}

#[test]
fn what_is_printed_is_read_again_as_the_same() {
    for (text, printed) in [
        ("https://example.com/**", "https://example.com"),
        ("https://example.com:443/a/**", "https://example.com/a/*"),
        ("http://[::1]:1/", "http://[::1]:1/"),
        ("https://*.example.com:*/a", "https://*.example.com:*/a"),
    ] {
        assert_eq!(pattern(text).to_string(), printed);
        assert_eq!(pattern(printed), pattern(text));
    }
}

#[test]
fn what_means_every_host_is_refused() {
    refused("*", "every address", "\"allow\": \"all\"");
    refused("https://*", "every host", "\"allow\": \"all\"");
    refused("https://*/a/*", "every host", "`https://example.com`");
    refused("https://**", "every host", "");
    refused("https://*:8443", "every host", "");
    refused("*://example.com", "wildcard in its scheme", "an entry for each scheme");
    refused("http*://example.com", "wildcard in its scheme", "an entry for each scheme");
}

#[test]
fn stars_that_could_mean_anybody_are_refused() {
    refused("https://example.com*", "inside of its host", "`https://example.com`");
    refused("https://*example.com/a", "inside of its host", "`https://*.example.com`");
    refused("https://a.*.com", "inside of its host", "write out each host");
    refused("https://*.127.0.0.1", "nothing is below an address", "`https://127.0.0.1`");
}

#[test]
fn u_basic_auth() {
    refused("https://user:pw@example.com/a", "user name", "write `https://example.com`");
    refused("https://example.com@evil.com", "user name", "write `https://evil.com`");
    refused("https://*@example.com", "user name", "write `https://example.com`");
}

#[test]
fn u_leading_dash() {
    refused("-x://example.com", "does not begin with `-`", "such as `https`");
    refused("ssh://-oProxyCommand=x", "begins with `-`", "");
    refused("https://*.-a.com", "begins with `-`", "");
    assert_eq!(check_host("ssh://-oProxyCommand=x"), Err(Malformed::Dash));
}

#[test]
fn u_numeric_host() {
    for host in [
        "2130706433",
        "0x7f.1",
        "127.1",
        "0177.0.0.1",
        "[::ffff:127.0.0.1]",
        "[0:0:0:0:0:0:0:1]",
        "[fe80::1%25eth0]",
    ] {
        refused(
            &format!("http://{host}"),
            "an address in a form that no browser writes",
            "`127.0.0.1`, `[::1]`",
        );
    }
}

#[test]
fn hosts_that_no_browser_sends_are_refused() {
    refused("https://Example.com", "upper-case", "`https://example.com`");
    refused("https://exämple.com", "not ASCII", "as browsers send it, in punycode");
    refused("https://example.com./a", "ends with `.`", "`https://example.com`");
    refused("https://example.com.:1", "ends with `.`", "`https://example.com:1`");
    refused("https://a..b", "an empty or an overlong part", "example.com");
    refused("https://$(id).com", "is not a URL pattern: a host has no '$'", "");
    refused("https://", "has no host", "`https://example.com`");
    refused("https:///a", "has no host", "`https://example.com`");
    refused("https://example.com:x", "is not a URL pattern: `x` is not a port", "a number");
    refused("https://example.com:080", "`080` is not a port", "");
    refused("HTTPS://example.com", "upper-case letters in its scheme", "`https://example.com`");
}

#[test]
fn schemes_without_hosts_are_refused() {
    for text in [
        "javascript:alert(1)",
        "data:text/html,x",
        "blob:https://example.com/x",
        "about:blank",
        "mailto:a@example.com",
    ] {
        refused(text, "has no host", "`https://example.com`");
    }
    refused("JavaScript://example.com", "has no host", "");
    refused("file:///etc/passwd", "is a file", "path scope");
    refused("file://evil/share", "is a file", "path scope");
    for scheme in ["javascript", "data", "blob", "file", "about", "mailto"] {
        assert_eq!(check_scheme(scheme), Err(Malformed::Scheme));
    }
    for scheme in ["http", "https", "wss", "ssh", "tauri", "smb"] {
        assert_eq!(check_scheme(scheme), Ok(()));
    }
}

#[test]
fn what_is_no_address_is_refused() {
    refused("", "is empty", "`https://example.com`");
    refused("example.com/api/*", "no scheme", "write `https://example.com/api/*`");
    refused("localhost:3000/x", "no scheme", "write `http://localhost:3000/x`");
    refused("C:\\x", "no scheme", "such as `https://example.com/api/*`");
    refused("/api/*", "no scheme", "");
    refused("https:/example.com", "no scheme", "");
    refused(" https://example.com", "a ' '", "leave it out");
    refused("https://example.com\n", "a '\\n'", "leave it out");
    refused(&format!("https://example.com/{}", "a".repeat(LONGEST)), "more than 2048 bytes", "shorter");
}

#[test]
fn queries_and_fragments_are_refused() {
    refused(
        "https://example.com/a?b=c",
        "a query",
        "write `https://example.com/a`: a pattern is for every query",
    );
    refused("https://example.com/*?x", "a query", "write `https://example.com/*`");
    refused("https://example.com?x", "a query", "write `https://example.com`");
    refused("https://example.com/a#b", "a fragment", "write `https://example.com/a`");
}

#[test]
fn a_star_is_the_last_segment_or_none() {
    refused("https://example.com/a*", "not its last segment", "write `https://example.com/*`");
    refused("https://example.com/a/b*", "not its last segment", "write `https://example.com/a/*`");
    refused("https://example.com/*/b", "not its last segment", "write `https://example.com/*`");
    refused("https://example.com/a/**/b", "not its last segment", "write `https://example.com/a/*`");
    refused("https://example.com/a/*/*", "not its last segment", "write `https://example.com/a/*`");
    refused("https://example.com/a/***", "not its last segment", "");
    refused("https://example.com/(.*)", "not its last segment", "");
    refused("https://example.com/users/:id", "named segments", "write `https://example.com/users/*`");
}

#[test]
fn segments_that_no_parsed_address_has_are_refused() {
    refused("https://example.com/a/../b", "a segment `..`", "that it leads to");
    refused("https://example.com/a/./*", "a segment `.`", "that it leads to");
    refused("https://example.com//a", "an empty segment", "`https://example.com/a`");
    refused("https://example.com/a//*", "an empty segment", "`https://example.com/a/*`");
    refused("https://example.com/a//b/", "an empty segment", "`https://example.com/a/b/`");
    refused("https://example.com//", "an empty segment", "`https://example.com/`");
    refused("https://example.com/..;/a", "may be taken for `.` or `..`", "");
    refused("https://example.com\\a", "a `\\`", "`https://example.com/a`");
}

#[test]
fn a_path_is_written_as_browsers_send_it() {
    refused("https://example.com/café", "'é' in its path", "`https://example.com/caf%C3%A9`");
    refused("https://example.com/{id}/*", "'{' in its path", "`https://example.com/%7Bid%7D/*`");
    refused("https://example.com/caf%c3%a9", "in lower case", "write `%C3`");
    refused("https://example.com/%61", "that browsers do not write", "write `a`");
    refused("https://example.com/100%", "without two hexadecimal digits", "write `%25`");
}

#[test]
fn what_hides_in_escapes_is_refused() {
    for path in ["%2f", "%2F", "a%5Cb", "%2e%2e", "%00", "%252F", "%25252e", "%0A", "%C0%AF"] {
        refused(
            &format!("https://example.com/{path}/*"),
            "is not a URL pattern: the path has",
            "no address with such a path",
        );
    }
}
