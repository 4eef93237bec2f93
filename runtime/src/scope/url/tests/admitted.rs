//! What an `allow` entry admits, and that it is what is used.

use super::{
    Is::{A, D, E},
    admit, rows, scope, under, verdict,
};

#[test]
fn what_is_admitted_is_what_the_parser_has() {
    for spelling in [
        "https://example.com/",
        "https://EXAMPLE.com/",
        "https://ｅｘａｍｐｌｅ.com/",
        "https://ex%61mple.com/",
        "https://example。com/",
        "https:\\\\example.com",
        "https:example.com",
        "https:///example.com",
        "https://example.com:443/",
        "https://example.com:0443/",
        "HTTPS://exa\tmple.com",
        " https://example.com/ ",
    ] {
        let url = admit(&["https://example.com"], &[], spelling).expect(spelling);
        assert_eq!(url.as_str(), "https://example.com/", "{spelling:?}");
    }
}

#[test]
fn scheme_and_port_are_part_of_an_entry() {
    rows(
        under,
        "https://example.com",
        D,
        &["http://example.com", "wss://example.com", "https://example.com:8443", "https://example.com:80"],
    );
    rows(
        under,
        "http://localhost:*",
        A,
        &["http://localhost", "http://localhost:1", "http://localhost:65535/x"],
    );
    rows(
        under,
        "http://localhost:*",
        D,
        &["https://localhost", "http://localhost.example.com", "http://127.0.0.1"],
    );
    rows(under, "https://example.com:8443", A, &["https://example.com:8443/"]);
    rows(under, "https://example.com:8443", D, &["https://example.com/", "https://example.com:443/"]);
}

#[test]
fn u_default_port_only() {
    rows(under, "http://example.com", A, &["http://example.com/", "http://example.com:80/"]);
    rows(
        under,
        "http://example.com",
        D,
        &["http://example.com:8080/", "http://example.com:443/", "http://example.com:0/"],
    );
    rows(under, "http://example.com:80", A, &["http://example.com/"]);
    rows(under, "ftp://example.com", A, &["ftp://example.com/x", "ftp://example.com:21/x"]);
    rows(under, "ftp://example.com:21", A, &["ftp://example.com/x"]);
    rows(under, "ssh://example.com", A, &["ssh://example.com/x"]);
    rows(under, "ssh://example.com", D, &["ssh://example.com:22/x"]);
    rows(under, "ssh://example.com:22", D, &["ssh://example.com/x"]);
}

#[test]
fn hosts_are_compared_by_whole_labels() {
    rows(
        under,
        "https://example.com",
        D,
        &[
            "https://example.com.evil.net",
            "https://evilexample.com",
            "https://a.example.com",
            "https://example.co",
            "https://example.com-x.net",
        ],
    );
}

#[test]
fn a_wildcard_is_what_is_below_the_host_and_not_itself() {
    rows(
        under,
        "https://*.example.com",
        A,
        &["https://a.example.com", "https://a.b.example.com", "https://A.EXAMPLE.com"],
    );
    rows(
        under,
        "https://*.example.com",
        D,
        &[
            "https://example.com",
            "https://evilexample.com",
            "https://a.example.com.evil.net",
            "https://a.example.com:8443",
        ],
    );
    rows(
        under,
        "https://*.example.com",
        E,
        &["https://.example.com", "https://a..example.com", "https://*.example.com"],
    );
}

#[test]
fn a_wildcard_never_matches_an_address() {
    rows(under, "https://*.example.com", D, &["https://127.0.0.1", "https://[::1]", "https://1.2.3.4"]);
    rows(under, "ssh://*.example.com", D, &["ssh://127.0.0.1/", "ssh://[::1]/"]);
}

#[test]
fn a_path_is_a_prefix_of_whole_segments_or_exactly_itself() {
    rows(
        under,
        "https://example.com/public/*",
        A,
        &[
            "https://example.com/public",
            "https://example.com/public/",
            "https://example.com/public/a/b?x=/../admin#/admin",
            "https://example.com/public//a",
            "https://example.com/x/../public/a",
            "https://example.com\\public\\a",
            "https://example.com/public/caf%C3%A9/100%25/a.b",
        ],
    );
    rows(
        under,
        "https://example.com/public/*",
        D,
        &[
            "https://example.com/",
            "https://example.com/publicity",
            "https://example.com/PUBLIC/a",
            "https://example.com//public/a",
            "https://example.com/%70ublic/a",
            "https://example.com/public;x/a",
            "https://example.com?/public/a",
        ],
    );
    rows(
        under,
        "https://example.com/public/page",
        A,
        &["https://example.com/public/page", "https://example.com/public/page?q"],
    );
    rows(
        under,
        "https://example.com/public/page",
        D,
        &["https://example.com/public/page/", "https://example.com/public/page/a"],
    );
    rows(under, "https://example.com/", A, &["https://example.com", "https://example.com/?a"]);
    rows(under, "https://example.com/", D, &["https://example.com/a", "https://example.com//"]);
    rows(under, "https://example.com/**", A, &["https://example.com", "https://example.com/a/b"]);
}

/// The parser resolves these; what is judged and used is what comes of it.
#[test]
fn a_path_that_leads_elsewhere_is_what_it_leads_to() {
    rows(
        under,
        "https://example.com/public/*",
        D,
        &[
            "https://example.com/public/../admin",
            "https://example.com/public/%2e%2e/admin",
            "https://example.com/public/.%2E/admin",
            "https://example.com/public/;/../../admin",
            "https://example.com\\public\\..\\admin",
            "https://example.com/public/..\\admin",
        ],
    );
    let url = admit(&["https://example.com/public/*"], &[], "https://example.com/public/;/../admin").unwrap();
    assert_eq!(url.path(), "/public/admin");
}

#[test]
fn an_at_sign_behind_a_backslash_is_a_path() {
    let url = admit(&["https://example.com"], &[], "https://example.com\\@evil.com/").unwrap();
    assert_eq!((url.host_str(), url.path()), (Some("example.com"), "/@evil.com/"));
}

#[test]
fn hosts_of_other_scripts_are_other_hosts() {
    rows(under, "https://apple.com", D, &["https://аpple.com"]);
    rows(under, "https://fass.de", D, &["https://faß.de", "https://xn--fa-hia.de"]);
    rows(under, "https://xn--fa-hia.de", A, &["https://faß.de", "https://xn--fa-hia.de", "https://FAß.de"]);
}

#[test]
fn u_numeric_host() {
    for spelling in
        ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "0x7f000001", "127.0.0.1.", "１２７.0.0.1"]
    {
        let url = format!("http://{spelling}:3000/");
        assert_eq!(under("http://127.0.0.1:3000", &url), A, "{url}");
        assert_eq!(under("http://*.0.example.com:3000", &url), D, "{url}");
    }
    rows(
        under,
        "http://127.0.0.1",
        D,
        &["http://[::ffff:127.0.0.1]/", "http://localhost/", "http://0.0.0.0/"],
    );
    rows(under, "http://[::1]:1", A, &["http://[0:0:0:0:0:0:0:1]:1/", "http://[::0.0.0.1]:1/"]);
    // Schemes of which the parser knows nothing: it reads no numbers there.
    rows(under, "ssh://127.0.0.1", E, &["ssh://2130706433/", "ssh://0x7f.1/", "ssh://127.1/"]);
}

#[test]
fn u_open_unset() {
    for address in [
        "https://example.com",
        "file:///c:/windows/system32/calc.exe",
        "smb://host/share",
        "nfs://host/share",
    ] {
        assert_ne!(verdict(&admit(&[], &[], address)), A, "no entries, and `{address}`");
        assert_ne!(
            verdict(&admit(&[], &["https://other.com"], address)),
            A,
            "a denial alone, and `{address}`"
        );
    }
}

/// No program is started here. What an opener would hand to a shell is no address: a scheme is admitted where it is listed, and a
/// file by no scheme at all.
#[test]
fn u_bat() {
    let files = [
        "file:///c:/a.bat",
        "file:///c:/a.bat?&calc.exe",
        r"c:\a.bat",
        "c:/a.bat",
        "a.bat",
        "./a.bat",
        r"\\h\s\a.bat",
    ];
    let started =
        ["ms-msdt:/id x.bat", "search-ms:query=a.bat", "shell:startup", "javascript:a.bat", "mailto:a.bat"];
    for address in files.into_iter().chain(started) {
        for allow in ["all", "https://example.com", "ssh://example.com"] {
            assert_ne!(under(allow, address), A, "{address} under {allow}");
        }
    }
    // An address that ends like a batch file is an address. What is done with what comes of it is the command's.
    assert_eq!(under("https://example.com", "https://example.com/a.bat"), A);
    // Where it is denied, it is so in every spelling.
    for spelling in ["a.bat", "A.BAT", "%61.bat", "a%2Ebat", "a.bat?x", "a.bat#x"] {
        let url = format!("https://example.com/tools/{spelling}");
        assert_ne!(
            verdict(&admit(&["https://example.com"], &["https://example.com/tools/a.bat"], &url)),
            A,
            "{url}"
        );
    }
}

#[test]
fn all_is_the_web_and_no_other_scheme() {
    rows(
        |allow, address| verdict(&admit(&[allow], &[], address)),
        "all",
        A,
        &["https://example.com", "http://127.0.0.1:1/x"],
    );
    rows(
        |allow, address| verdict(&admit(&[allow], &[], address)),
        "all",
        D,
        &["ftp://example.com", "smb://host/share", "ws://example.com", "tauri://localhost"],
    );
    rows(
        |allow, address| verdict(&admit(&[allow], &[], address)),
        "all",
        E,
        &["https://a@example.com", "https://example.com/..%2f", "file://evil/share", "javascript:1"],
    );
}

#[test]
fn other_schemes_are_admitted_where_an_entry_has_them() {
    rows(under, "tauri://localhost", A, &["tauri://localhost/index.html", "TAURI://localhost"]);
    rows(under, "tauri://localhost", D, &["tauri://other", "http://tauri.localhost", "tauri://localhost:1"]);
    rows(
        under,
        "tauri://localhost",
        E,
        &["tauri://LOCALHOST/", "tauri://local%68ost/", "tauri://localhost/a\\b", "tauri:///x", "tauri:x"],
    );
    rows(under, "wss://example.com/live/*", A, &["wss://example.com/live/1"]);
}

#[test]
fn only_what_an_entry_says_of_several_is_admitted() {
    let scope = scope(&["https://a.com/x/*", "https://b.com/y/*"], &[]);
    assert!(scope.admit("https://a.com/x/1").is_ok() && scope.admit("https://b.com/y/1").is_ok());
    assert!(scope.admit("https://a.com/y/1").is_err() && scope.admit("https://b.com/x/1").is_err());
}
