//! What a `deny` entry refuses: every spelling of what it says.

use super::{
    Is::{A, D, E},
    admit, but, rows, verdict,
};

#[test]
fn a_path_is_denied_in_every_spelling() {
    rows(
        but,
        "https://example.com/admin/*",
        D,
        &[
            "https://example.com/admin",
            "https://example.com/admin/",
            "https://example.com/admin/x",
            "https://example.com/%61dmin/x",
            "https://example.com/%2561dmin/x",
            "https://example.com//admin/x",
            "https://example.com/;a//admin/x",
            "https://example.com/ADMIN/x",
            "https://example.com/admin;x/y",
            "https://example.com/admin%3bx/y",
            "https://example.com/admin%20/y",
            "https://example.com/admin./y",
            "https://example.com/ａｄｍｉｎ/y",
            "https://example.com/x/../admin/y",
            "https://example.com\\admin\\y",
            "https://example.com/admin/caf%C3%A9?x#y",
            "https://example.com:443/admin/y",
            "https://EXAMPLE.com/admin/y",
        ],
    );
    rows(
        but,
        "https://example.com/admin/*",
        A,
        &[
            "https://example.com/",
            "https://example.com/administrator",
            "https://example.com/a/admin",
            "https://example.com/?/admin",
        ],
    );
}

#[test]
fn an_exact_path_is_denied_with_what_stands_for_it() {
    rows(
        but,
        "https://example.com/a",
        D,
        &["https://example.com/a", "https://example.com/a/", "https://example.com//A;x"],
    );
    rows(but, "https://example.com/a", A, &["https://example.com/a/b", "https://example.com/"]);
    rows(
        but,
        "https://example.com/",
        D,
        &["https://example.com", "https://example.com//", "https://example.com/;x"],
    );
    rows(but, "https://example.com/", A, &["https://example.com/a"]);
}

#[test]
fn a_host_is_denied_with_all_its_paths_and_no_other_host() {
    rows(but, "https://example.com", D, &["https://example.com", "https://Example.COM/a?b"]);
    rows(but, "https://example.com", E, &["https://example.com./"]);
    rows(but, "https://example.com", A, &["https://a.example.com", "https://example.org"]);
    rows(but, "https://*.example.com", D, &["https://a.example.com", "https://a.b.example.com/x"]);
    rows(but, "https://*.example.com", A, &["https://example.com"]);
}

/// A denial says what an entry that allows would say, and no more: another scheme or port is another entry.
#[test]
fn scheme_and_port_are_denied_as_written() {
    rows(but, "https://example.com", A, &["http://example.com", "https://example.com:8443"]);
    rows(but, "https://example.com:*", D, &["https://example.com", "https://example.com:8443"]);
    rows(but, "http://example.com:80", D, &["http://example.com"]);
}

#[test]
fn u_numeric_host_is_denied_in_every_spelling() {
    rows(
        but,
        "http://10.0.0.1",
        D,
        &[
            "http://10.0.0.1/",
            "http://10.1/",
            "http://167772161/",
            "http://0xa.1/",
            "http://012.0.0.1/",
            "http://10.0.0.1./",
            "http://[::ffff:10.0.0.1]/",
            "http://[::ffff:a00:1]/",
            "http://[::10.0.0.1]/",
            "http://[64:ff9b::a00:1]/",
            "http://[2002:a00:1::]/",
        ],
    );
    rows(but, "http://[::ffff:a00:1]", D, &["http://10.0.0.1/", "http://[::ffff:10.0.0.1]/"]);
    rows(but, "http://10.0.0.1", A, &["http://10.0.0.2/", "http://[2001:db8::a00:1]/"]);
}

#[test]
fn this_machine_is_denied_by_all_its_names() {
    for deny in ["http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*", "http://0.0.0.0:*"] {
        rows(
            but,
            deny,
            D,
            &[
                "http://localhost:3000/",
                "http://127.0.0.1/",
                "http://127.1.2.3:1/",
                "http://2130706433/",
                "http://0/",
                "http://[::1]/",
                "http://[::]/",
                "http://[::ffff:7f00:1]/",
                "http://[64:ff9b::7f00:1]/",
            ],
        );
        rows(but, deny, A, &["http://a.localhost/", "http://example.com/"]);
    }
}

#[test]
fn a_denial_wins_wherever_it_stands() {
    let deny = ["https://example.com/x/*"];
    assert_eq!(verdict(&admit(&["https://example.com/x/*"], &deny, "https://example.com/x/y")), D);
    assert_eq!(verdict(&admit(&["https://example.com/x/y"], &deny, "https://example.com/x/y")), D);
    assert_eq!(verdict(&admit(&["https://example.com"], &deny, "https://example.com/y")), A);
    assert_eq!(verdict(&admit(&["all"], &["https://example.com"], "https://example.com")), D);
}

#[test]
fn other_schemes_are_denied_too() {
    let scope = ["ssh://example.com"];
    assert_eq!(verdict(&admit(&scope, &["ssh://example.com/x/*"], "ssh://example.com/X/y")), D);
    assert_eq!(verdict(&admit(&scope, &["ssh://example.com/x/*"], "ssh://example.com/y")), A);
    assert_eq!(verdict(&admit(&["ssh://127.0.0.1"], &["ssh://[::1]"], "ssh://127.0.0.1/")), D);
}
