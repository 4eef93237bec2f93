//! What no entry can admit, not even `all`.

use super::{
    Is::{A, E},
    admit, rows, under,
};

const HOST: &str = "https://example.com";

#[test]
fn u_basic_auth() {
    rows(
        under,
        HOST,
        E,
        &[
            "https://user:pw@example.com/",
            "https://user@example.com/",
            "https://:pw@example.com/",
            "https://@example.com/",
            "https://:@example.com/",
            "https://example.com@evil.com/",
            "https://example.com:443@evil.com/",
            "https://example.com%2F@evil.com/",
            "https:example.com@evil.com",
            "ssh://git@example.com/",
        ],
    );
    rows(
        under,
        HOST,
        A,
        &[
            "https://example.com/@evil.com",
            "https://example.com/?user@evil.com",
            "https://example.com#@evil.com",
        ],
    );
    let refusal = admit(&[HOST], &[], "https://user:secret@example.com/").unwrap_err();
    assert!(refusal.why().contains("a user name") && !refusal.why().contains("secret"), "{refusal}");
}

#[test]
fn a_host_that_no_browser_writes_is_refused() {
    rows(
        under,
        HOST,
        E,
        &[
            "https://example.com./",
            "https://example.com../",
            "https://a..b/",
            "https://.example.com/",
            "https://example.com。/",
            "https://$(id).example.com/",
            "https://`id`.example.com/",
            "https://a;b/",
            "https://a\"b/",
            "https://*/",
            "https://a'b/",
            "https://a%00.example.com/",
            "https://",
            "https:///",
            "https://[fe80::1%25eth0]/",
            "https://256.256.256.256/",
            "ssh://ex%61mple.com/",
            "ssh://EXAMPLE.com/",
        ],
    );
}

#[test]
fn u_leading_dash() {
    rows(
        under,
        "ssh://example.com",
        E,
        &[
            "ssh://-oProxyCommand=x/",
            "ssh://-example.com/",
            "https://-example.com/",
            "-oProxyCommand=x",
            "--upload-pack=x",
            "-ssh://example.com/",
            "https://－x.example.com/",
        ],
    );
}

#[test]
fn schemes_without_hosts_and_of_files_are_refused() {
    rows(
        under,
        HOST,
        E,
        &[
            "javascript:alert(1)",
            "javascript://example.com/%0aalert(1)",
            "JavaScript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "blob:https://example.com/x",
            "blob://example.com/x",
            "filesystem:https://example.com/x",
            "about:srcdoc",
            "about:blank",
            "view-source:https://example.com",
            "file:///etc/passwd",
            "file://evil/share",
            "smb:",
            "mailto:a@example.com",
            "tel:1",
            "urn:x:y",
        ],
    );
}

#[test]
fn what_is_no_address_is_refused() {
    rows(
        under,
        HOST,
        E,
        &[
            "",
            " ",
            "/",
            "//example.com",
            "example.com",
            "/etc/passwd",
            "C:\\x",
            "https",
            "://example.com",
            "https://example.com:99999",
            "https://example.com:x",
        ],
    );
}

#[test]
fn an_encoded_separator_or_dot_is_refused_at_any_level() {
    rows(
        under,
        "https://example.com/public/*",
        E,
        &[
            "https://example.com/public/..%2fadmin",
            "https://example.com/public/%2E%2E%2Fadmin",
            "https://example.com/public/..%5cadmin",
            "https://example.com/public/x%00",
            "https://example.com/public/x%0d%0a",
            "https://example.com/public/a%2eb",
            "https://example.com/public/%252e%252e%252fadmin",
            "https://example.com/public/%25252e%25252e/admin",
            "https://example.com/public/%25%32%65%25%32%65/admin",
            "https://example.com/public/%%32%65/admin",
            "https://example.com/public/%c0%ae%c0%ae/admin",
            "https://example.com/public/%u002e%u002e/admin",
            "https://example.com/public/..;/admin",
            "https://example.com/public/..;a=b/admin",
            "https://example.com/public/..%3b/admin",
            "https://example.com/public/..%20/admin",
            "https://example.com/public/%zz",
            "https://example.com/public/%",
        ],
    );
}

#[test]
fn an_address_that_is_too_long_is_refused() {
    let address = |length: usize| {
        let start = "https://example.com/";
        format!("{start}{}", "a".repeat(length - start.len()))
    };
    rows(under, HOST, A, &[&address(8192)]);
    rows(under, HOST, E, &[&address(8193), &address(1 << 20)]);
}

#[test]
fn what_is_long_after_parsing_is_not_slow() {
    let start = std::time::Instant::now();
    for tail in [
        "%25".repeat(2700),
        "/a".repeat(4000),
        "%2525".repeat(1600),
        "%%%".repeat(2000),
        "é".repeat(4000),
        ";".repeat(8000),
    ] {
        let _ = admit(
            &["https://example.com/x/*"],
            &["https://example.com/y/*"],
            &format!("https://example.com/{tail}"),
        );
    }
    // Generous: a debug build needs milliseconds, and what grows with the square would need minutes.
    assert!(start.elapsed().as_secs() < 20);
}
