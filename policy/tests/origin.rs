//! Origins and patterns: what must match, what must not, and what must be refused. Tests whose names start with `o_`
//! are cases of known attacks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use portcullis_policy::origin::{Host, Origin, OriginError, Pattern, Port, Scheme};

#[track_caller]
fn pattern(text: &str) -> Pattern<'_> {
    match Pattern::parse(text) {
        Ok(pattern) => pattern,
        Err(error) => panic!("{error}"),
    }
}

#[track_caller]
fn admits(text: &str, origin: &str) -> bool {
    match Origin::parse(origin) {
        Ok(origin) => pattern(text).matches(&origin),
        Err(error) => panic!("`{origin}`: {error}"),
    }
}

#[track_caller]
fn refused(text: &str, message: &str, help: &str) {
    let Err(error) = Pattern::parse(text) else { panic!("`{text}` is accepted") };
    assert!(error.message().contains(message), "`{text}`: {error}");
    assert!(error.help().contains(help), "`{text}`: {error}");
}

#[test]
fn a_pattern_can_stand_in_a_const() {
    const ADMITTED: Pattern<'static> =
        Pattern { scheme: Scheme::Exact("https"), host: Host::Under("example.com"), port: Port::Any };
    assert_eq!(ADMITTED, pattern("https://*.example.com:*"));
    assert_eq!(ADMITTED.to_string(), "https://*.example.com:*");
}

#[test]
fn patterns_are_read() {
    let exact = |scheme, host, port| Pattern { scheme: Scheme::Exact(scheme), host, port };
    for (text, expected) in [
        ("https://example.com", exact("https", Host::Exact("example.com"), Port::Default)),
        ("https://example.com/", exact("https", Host::Exact("example.com"), Port::Default)),
        ("https://example.com/*", exact("https", Host::Exact("example.com"), Port::Default)),
        ("https://example.com/**", exact("https", Host::Exact("example.com"), Port::Default)),
        ("https://*.example.com", exact("https", Host::Under("example.com"), Port::Default)),
        ("http://localhost:*", exact("http", Host::Exact("localhost"), Port::Any)),
        ("http://localhost:*/*", exact("http", Host::Exact("localhost"), Port::Any)),
        ("http://127.0.0.1:1420", exact("http", Host::Exact("127.0.0.1"), Port::Exact(1420))),
        ("http://[::1]:8080", exact("http", Host::Exact("[::1]"), Port::Exact(8080))),
        ("https://*", exact("https", Host::Any, Port::Default)),
        ("https://*/*", exact("https", Host::Any, Port::Default)),
        ("https://**", exact("https", Host::Any, Port::Default)),
        ("https://**/**", exact("https", Host::Any, Port::Default)),
        ("https://*:*", exact("https", Host::Any, Port::Any)),
        ("app://*", exact("app", Host::Any, Port::Default)),
        ("web+app.x-1://localhost", exact("web+app.x-1", Host::Exact("localhost"), Port::Default)),
        ("*://*:*", Pattern { scheme: Scheme::Any, host: Host::Any, port: Port::Any }),
        ("*://x:0", Pattern { scheme: Scheme::Any, host: Host::Exact("x"), port: Port::Exact(0) }),
    ] {
        assert_eq!(pattern(text), expected, "{text}");
    }
}

#[test]
fn what_is_printed_is_what_was_meant() {
    for text in ["https://example.com", "*://*.a.b:*", "http://[2001:db8::1]:1", "https://*", "app://x"] {
        assert_eq!(pattern(text).to_string(), text);
    }
    assert_eq!(pattern("https://**/*").to_string(), "https://*");
}

#[test]
fn stars_that_could_mean_anybody_are_refused_with_what_is_safe() {
    refused(
        "https://example.com*",
        "inside of its host",
        "`https://example.com`, or `https://example.com:*`",
    );
    refused(
        "https://*example.com",
        "inside of its host",
        "`https://example.com` for that host and `https://*.example.com`",
    );
    refused("https://a.*.com", "inside of its host", "write out each host");
    refused("https://*.*", "inside of its host", "write out each host");
    refused("https://*.*.example.com", "inside of its host", "for those below it");
    refused("https://**.example.com", "inside of its host", "`https://*.example.com`");
    refused("https://***", "inside of its host", "write out each host");
    refused("https://example.*", "inside of its host", "write out each host");
    refused("http*://example.com", "inside of its scheme", "an entry for each scheme");
    refused("https://example.com:*0", "`*0` is not a port", "`*` for every port");
    refused("https://*.127.0.0.1", "nothing is below an address", "`https://127.0.0.1`");
    refused("https://*.[::1]", "nothing is below an address", "`https://[::1]`");
}

#[test]
fn paths_are_refused_with_the_reason() {
    let reason = "a browser tells the gate only the origin";
    for text in
        ["https://example.com/api", "https://example.com/api/*", "https://example.com//", "https://x/***"]
    {
        refused(text, reason, "which admits every page of that origin");
    }
    refused("https://example.com/a", "has a path", "write `https://example.com`");
    refused("https://example.com?a", "has a query", "write `https://example.com`");
    refused("https://example.com?", "has a query", "write `https://example.com`");
    refused("https://exampl?.com", "has a query or a `?`", "");
    refused("https://example.com#a", "has a fragment", "write `https://example.com`");
    refused("https://example.com\\a", "has a `\\`", "write `https://example.com`");
}

#[test]
fn what_no_browser_writes_is_refused() {
    refused("", "is empty", "https://example.com");
    refused("null", "opaque", "");
    refused("*", "no scheme", "https://*");
    refused("example.com", "no scheme", "https://example.com");
    refused("localhost:1420", "no scheme", "http://localhost:1420");
    refused("https:/example.com", "no scheme", "");
    refused("https://", "it has no host", "`https://*`");
    refused("file:///home", "it has no host", "");
    refused("file:///*", "it has no host", "");
    refused("https://:80", "it has no host", "");
    refused("https://*.", "it has no host", "");
    refused("://example.com", "`` is not a scheme", "");
    refused("1a://example.com", "is not a scheme", "");
    refused("ht tps://example.com", "is not a scheme", "");
    refused("HTTPS://example.com", "upper-case", "`https://example.com`");
    refused("https://Example.com", "upper-case", "`example.com`");
    refused("https://münchen.de", "not ASCII", "punycode");
    refused("https://example.com.", "ends with `.`", "`example.com`");
    refused("https://a..b", "empty or an overlong part", "63");
    refused("https://.a", "empty or an overlong part", "");
    refused("https://..", "empty or an overlong part", "");
    refused(&format!("https://{}.com", "a".repeat(64)), "overlong", "");
    refused(&format!("https://{}com", "a.".repeat(126)), "overlong", "253");
    refused("https://exa mple.com", "a host has no ' '", "");
    refused("https://%65xample.com", "a host has no '%'", "");
    refused("https://{a,b}.com", "a host has no '{'", "");
    refused("https://a,https://b", "a host has no ','", "");
    refused("https://example.com:", "`` is not a port", "");
    refused("https://example.com:0443", "`0443` is not a port", "leading zeros");
    refused("https://example.com:65536", "is not a port", "65535");
    refused("https://example.com:+80", "is not a port", "");
    for host in [
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.0.0.01",
        "1.2.3.4.5",
        "256.1.1.1",
        "a.1",
        "a.0x1",
        "0x",
    ] {
        refused(&format!("http://{host}"), "an address in a form that no browser writes", "127.0.0.1");
    }
    for host in [
        "[::0]",
        "[0:0:0:0:0:0:0:1]",
        "[::1",
        "[::ffff:127.0.0.1]",
        "[fe80::1%eth0]",
        "[]",
        "[::1]x",
        "[2001:db8:0::1]",
    ] {
        refused(&format!("http://{host}"), "is not an origin pattern", "");
    }
    assert_eq!(pattern("http://[::ffff:7f00:1]").host, Host::Exact("[::ffff:7f00:1]"));
    refused("http://[2001:DB8::1]", "in a form that no browser writes", "");
}

#[test]
fn default_ports() {
    assert!(admits("https://example.com", "https://example.com"));
    assert!(admits("https://example.com:443", "https://example.com"));
    assert!(!admits("https://example.com:80", "https://example.com"));
    assert!(admits("ws://example.com:80", "ws://example.com"));
    assert!(admits("wss://example.com:443", "wss://example.com"));
    assert!(admits("ftp://example.com:21", "ftp://example.com"));
    assert!(admits("*://example.com:443", "https://example.com"));
    assert!(!admits("*://example.com:443", "http://example.com"));
    assert!(admits("*://example.com:443", "http://example.com:443"));
    assert!(admits("*://example.com", "http://example.com"));
    assert!(!admits("app://x:443", "app://x"));
    assert!(admits("app://x", "app://x"));
    assert!(!admits("app://x", "app://x:443"));
    assert!(admits("app://x:*", "app://x"));
}

#[test]
fn origins_print_as_they_came() {
    for text in ["https://example.com", "http://[::1]:8080", "tauri://localhost", "https://a_b.example:8443"]
    {
        let origin = Origin::parse(text).unwrap();
        assert_eq!(origin.to_string(), text);
        assert_eq!(text.parse::<Origin>().as_ref(), Ok(&origin));
    }
    let origin = Origin::parse("http://[::1]:8080").unwrap();
    assert_eq!((origin.scheme(), origin.host(), origin.port()), ("http", "[::1]", Some(8080)));
}

#[test]
fn o_userinfo() {
    assert_eq!(Origin::parse("http://app.localhost@evil.com"), Err(OriginError::UserInfo));
    assert_eq!(Origin::parse("https://user:password@example.com"), Err(OriginError::UserInfo));
    assert_eq!(Origin::parse("https://@example.com"), Err(OriginError::UserInfo));
    refused("https://example.com@evil.com", "user name", "`https://evil.com`");
    refused("https://user:pass@example.com:1", "user name", "`https://example.com:1`");
    refused("https://*@example.com", "user name", "`https://example.com`");
}

#[test]
fn o_port() {
    assert!(admits("http://app.localhost", "http://app.localhost"));
    assert!(!admits("http://app.localhost", "http://app.localhost:81"));
    assert!(!admits("http://localhost:1420", "http://localhost:14200"));
    assert!(!admits("http://localhost:1420", "http://localhost"));
    assert!(admits("http://localhost:*", "http://localhost:14200"));
    assert!(admits("http://localhost:*", "http://localhost"));
    assert!(!admits("http://*", "http://localhost:1420"));
    assert_eq!(Origin::parse("http://example.com:80"), Err(OriginError::DefaultPort));
    assert_eq!(Origin::parse("https://example.com:443"), Err(OriginError::DefaultPort));
    for port in ["", "080", "65536", "-1", "+1", "1x", "1:2", " 1", "99999999999999999999"] {
        assert_eq!(Origin::parse(&format!("http://example.com:{port}")), Err(OriginError::Port), "{port}");
    }
}

#[test]
fn o_trailing_dot_case() {
    assert_eq!(Origin::parse("https://example.com."), Err(OriginError::TrailingDot));
    assert_eq!(Origin::parse("https://example.com.:8443"), Err(OriginError::TrailingDot));
    assert_eq!(Origin::parse("https://Example.com"), Err(OriginError::UpperCase));
    assert_eq!(Origin::parse("HTTPS://example.com"), Err(OriginError::UpperCase));
    assert_eq!(Origin::parse("https://example.com.."), Err(OriginError::Host));
    assert_eq!(Origin::parse("http://[2001:DB8::1]"), Err(OriginError::Address));
    assert_eq!(Origin::parse("https://exämple.com"), Err(OriginError::NonAscii));
}

#[test]
fn o_scheme_only() {
    assert!(!admits("http://app.localhost", "https://app.localhost"));
    assert!(!admits("https://app.localhost", "http://app.localhost"));
    assert!(!admits("app://localhost", "app2://localhost"));
    assert!(!admits("app://localhost", "app://evil"));
    assert!(!admits("app2://*", "app://x"));
    for text in ["https://", "https:", "https", "https:/", "://example.com", "example.com", "//example.com"] {
        let error = Origin::parse(text).unwrap_err();
        assert!(matches!(error, OriginError::Scheme | OriginError::Host), "{text}: {error}");
    }
}

#[test]
fn o_first_label() {
    assert!(!admits("http://app.localhost", "http://app.evil.com"));
    assert!(!admits("http://app.localhost", "http://app.localhost.evil.com"));
    assert!(!admits("http://app.localhost", "http://x.app.localhost"));
    assert!(!admits("https://example.com", "https://example.com.evil.org"));
    assert!(!admits("https://*.example.com", "https://example.com"));
    assert!(!admits("https://*.example.com", "https://evilexample.com"));
    assert!(!admits("https://*.example.com", "https://a.example.com.evil.org"));
    assert!(admits("https://*.example.com", "https://a.example.com"));
    assert!(admits("https://*.example.com", "https://b.a.example.com"));
    // No origin has such a host, but the parts of a pattern may be asked for themselves.
    assert!(!Host::Under("example.com").admits(".example.com"));
}

#[test]
fn o_null_missing_malformed() {
    assert_eq!(Origin::parse("null"), Err(OriginError::Opaque));
    assert_eq!(Origin::parse(""), Err(OriginError::Empty));
    for text in [
        "NULL",
        " null",
        "null null",
        "https://example.com/",
        "https://example.com/a",
        "https://example.com?a",
        "https://example.com#a",
        "https://example.com https://evil.com",
        "https://example.com, https://evil.com",
        " https://example.com",
        "https://example.com ",
        "https://example.com\n",
        "https://example.com\0",
        "https://exa%6dple.com",
        "https:\\\\example.com",
        "https://example.com\\",
        "https://*",
        "https://*.example.com",
        "https://[::1",
        "https://::1",
        "https://[::ffff:1.2.3.4]",
        "https://127.1",
        "https://0x7f000001",
        "https://010.0.0.1",
        "https://a..b",
        "about:blank",
        "file:///",
        "file://",
        "data:text/html,x",
        "blob:https://example.com",
    ] {
        let error = Origin::parse(text).expect_err(text);
        assert!(!error.message().is_empty());
    }
}
