//! Denials: they beat every grant, and reach exactly the callers that their capability matches.

use portcullis::{Frame, prelude::*};

use super::remote;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
struct Read;

/// Write notes.
#[derive(Permission)]
#[permission(id = "notes:write")]
struct Write;

/// All that can be done with notes.
#[derive(PermissionSet)]
#[permission_set(id = "notes:all", permissions(Read, Write))]
struct All;

#[portcullis::command(permission(Read))]
fn read() {}

#[portcullis::command(permission(Write))]
fn write() {}

#[portcullis::command(permission)]
fn own() {}

#[portcullis::command(permission)]
fn framed() {}

#[portcullis::command(permission)]
fn at_home_only() {}

#[portcullis::command(permission)]
fn besides() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read, write, own, framed, at_home_only, besides],
    sets: [All],
    capabilities: ["behaviour/capabilities/deny/main.json"],
    windows: ["main", "reader", "locked", "viewer-*"],
    webviews: ["side"],
    clients: ["cli", "agent"],
};

fn allows(principal: Principal, command: &str) -> bool {
    crate::allows(&AUTHORITY, principal, command)
}

#[test]
fn a_denial_takes_back_a_grant_of_another_capability() {
    assert!(allows(Principal::window("reader"), "read"));
    assert!(!allows(Principal::window("reader"), "write"));
}

#[test]
fn a_denial_takes_nothing_else() {
    assert!(allows(Principal::window("reader"), "besides"));
}

#[test]
fn a_set_that_is_denied_denies_each_of_its_permissions() {
    assert!(!allows(Principal::window("locked"), "read"));
    assert!(!allows(Principal::window("locked"), "write"));
    assert!(allows(Principal::window("locked"), "besides"));
}

#[test]
fn deny_and_the_name_of_a_command_among_the_permissions_denies_it() {
    assert!(allows(Principal::window("main"), "own"));
    assert!(!allows(Principal::window("reader"), "own"));
}

/// What is denied to one window is not denied to another.
#[test]
fn a_deny_context_exact() {
    for command in ["read", "write", "own", "besides"] {
        assert!(allows(Principal::window("main"), command), "{command}");
        assert!(allows(Principal::window("viewer-1"), command), "{command}");
    }
    assert!(allows(Principal::client("agent"), "read"));
    assert!(!allows(Principal::client("cli"), "read"));
}

#[test]
fn a_denial_for_a_webview_denies_it_in_every_window() {
    for window in ["main", "viewer-1"] {
        assert!(!allows(Principal::window(window).webview("side"), "write"), "{window}");
        assert!(allows(Principal::window(window).webview("side"), "read"), "{window}");
        assert!(allows(Principal::window(window), "write"), "{window}");
    }
}

#[test]
fn a_denial_for_one_origin_leaves_the_others() {
    assert!(allows(Principal::window("main"), "at_home_only"));
    assert!(allows(remote("main", "https://example.org"), "at_home_only"));
    assert!(!allows(remote("main", "https://example.com"), "at_home_only"));
}

#[test]
fn a_denial_reaches_every_frame_whatever_its_capability_admits() {
    let (top, sub) = (Principal::window("main"), Principal::window("main").frame(Frame::Sub));
    let viewer = Principal::window("viewer-1").frame(Frame::Sub);
    assert!(allows(viewer, "framed"), "it is granted to frames");
    assert!(!allows(top, "framed"));
    assert!(!allows(sub, "framed"));
}
