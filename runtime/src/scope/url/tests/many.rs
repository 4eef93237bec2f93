//! Many entries decide as few do.

use super::{
    super::UrlInput,
    Is::{self, A, D},
    scope, verdict,
};

const MANY: usize = 10_000;

fn decides(make: impl Fn(usize) -> String, rows: &[(&str, Is)]) {
    let entries: Vec<String> = (0..MANY).map(make).collect();
    let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
    // Made ready once: a test scope makes them anew for each input.
    let (allow, deny) = (scope(&entries, &[]).grant(), scope(&["all"], &entries).grant());
    for (address, expected) in rows {
        let input = || UrlInput::new(*address);
        assert_eq!(verdict(&allow.granted().admit(input())), *expected, "{address}");
        let denied = verdict(&deny.granted().admit(input()));
        assert_eq!(denied, if *expected == A { D } else { A }, "all but {address}");
    }
}

#[test]
fn ten_thousand_hosts() {
    decides(
        |at| format!("https://host-{at}.example.com"),
        &[
            ("https://host-0.example.com/", A),
            ("https://host-9999.example.com/x", A),
            ("https://host-10000.example.com/", D),
            ("https://example.com/", D),
        ],
    );
}

#[test]
fn ten_thousand_wildcards() {
    decides(
        |at| format!("https://*.host-{at}.example.com/x/*"),
        &[
            ("https://a.b.host-77.example.com/x", A),
            ("https://host-77.example.com/x", D),
            ("https://a.host-77.example.com/y", D),
        ],
    );
}

#[test]
fn ten_thousand_folders_of_one_host() {
    decides(
        |at| format!("https://example.com/{}{at}/*", "d/".repeat(at % 7)),
        &[
            ("https://example.com/d/d/d/17/x/y", A),
            ("https://example.com/d/d/d/17", A),
            ("https://example.com/d/d/d/170000", D),
            ("https://example.com/d/d/17", D),
        ],
    );
}

#[test]
fn ten_thousand_ports() {
    decides(
        |at| format!("http://example.com:{}", at + 1),
        &[("http://example.com/", A), ("http://example.com:10000/", A), ("http://example.com:10001/", D)],
    );
}
