//! Where a page comes from: the program's own pages, pages of origins that a capability names, and all others.

use portcullis::prelude::*;

use super::remote;

#[portcullis::command(permission)]
fn local() {}

#[portcullis::command(permission)]
fn both() {}

#[portcullis::command(permission)]
fn elsewhere() {}

#[portcullis::command(permission)]
fn below() {}

#[portcullis::command(permission)]
fn on_any_port() {}

#[portcullis::command(permission)]
fn anywhere() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [local, both, elsewhere, below, on_any_port, anywhere],
    capabilities: ["behaviour/capabilities/origins/main.json"],
    windows: ["main", "other"],
};

fn from(origin: &str, command: &str) -> bool {
    crate::allows(&AUTHORITY, remote("main", origin), command)
}

fn at_home(command: &str) -> bool {
    crate::allows(&AUTHORITY, Principal::window("main"), command)
}

#[test]
fn a_capability_is_for_the_programs_own_pages() {
    assert!(at_home("local"));
    assert!(!from("https://example.com", "local"));
    assert!(!from("tauri://localhost", "local"));
}

#[test]
fn remote_adds_origins_to_the_programs_own_pages() {
    assert!(at_home("both"));
    assert!(from("https://example.com", "both"));
}

#[test]
fn local_false_leaves_the_programs_own_pages_out() {
    assert!(!at_home("elsewhere"));
    assert!(from("https://example.com", "elsewhere"));
}

#[test]
fn an_origin_is_matched_in_the_window_that_is_named() {
    assert!(!crate::allows(&AUTHORITY, remote("other", "https://example.com"), "both"));
}

#[test]
fn o_first_label() {
    for other in ["https://example.org", "https://example", "https://example.com.attacker.test"] {
        assert!(!from(other, "both"), "{other}");
    }
}

#[test]
fn o_scheme_only() {
    for other in ["http://example.com", "tauri://example.com", "wss://example.com"] {
        assert!(!from(other, "both"), "{other}");
    }
}

#[test]
fn o_port() {
    assert!(!from("https://example.com:8443", "both"));
    assert!(from("https://example.com:8443", "on_any_port"));
    assert!(from("https://example.com", "on_any_port"));
}

#[test]
fn a_star_before_a_host_is_what_lies_strictly_below_it() {
    assert!(from("https://a.example.com", "below"));
    assert!(from("https://a.b.example.com", "below"));
    for other in ["https://example.com", "https://badexample.com", "https://a.example.com.attacker.test"] {
        assert!(!from(other, "below"), "{other}");
    }
}

#[test]
fn o_null_missing_malformed() {
    let opaque = Principal::window("main").opaque_origin();
    for name in AUTHORITY.command_names() {
        assert!(!crate::allows(&AUTHORITY, opaque.clone(), &name), "{name}");
    }
}

#[test]
fn any_origin_is_not_the_programs_own() {
    assert!(!at_home("anywhere"));
    for origin in ["https://example.com", "http://[::1]:1", "custom://x"] {
        assert!(from(origin, "anywhere"), "{origin}");
    }
}
