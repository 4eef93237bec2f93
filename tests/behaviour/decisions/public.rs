//! Public commands: for the program's own windows in their main frame, and for nobody else.

use portcullis::{Frame, prelude::*};

use super::remote;

#[portcullis::command(public("a test"))]
fn version() {}

#[portcullis::command(permission)]
fn guarded() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [version, guarded],
    capabilities: ["behaviour/capabilities/public/main.json"],
    windows: ["main", "viewer-*"],
    webviews: ["side"],
    clients: ["cli"],
};

fn allows(principal: Principal) -> bool {
    crate::allows(&AUTHORITY, principal, "version")
}

#[test]
fn it_is_open_to_declared_windows_without_any_capability() {
    assert!(allows(Principal::window("main")));
    assert!(allows(Principal::window("viewer-1")));
    assert!(allows(Principal::window("viewer-1").webview("side")));
}

#[test]
fn it_is_closed_to_windows_that_are_not_declared() {
    assert!(!allows(Principal::window("other")));
    assert!(!allows(Principal::window("main").webview("other")));
    assert!(!allows(Principal::window("other").webview("side")));
}

#[test]
fn it_is_closed_to_clients() {
    assert!(!allows(Principal::client("cli")));
    assert!(!allows(Principal::client("main")));
}

/// Also to an origin that a capability names.
#[test]
fn it_is_closed_to_pages_of_other_origins() {
    let page = remote("main", "https://example.com");
    assert!(crate::allows(&AUTHORITY, page.clone(), "guarded"));
    assert!(!allows(page));
    assert!(!allows(Principal::window("main").opaque_origin()));
}

/// Also where a capability admits sub-frames.
#[test]
fn it_is_closed_to_sub_frames() {
    let framed = Principal::window("main").frame(Frame::Sub);
    assert!(crate::allows(&AUTHORITY, framed.clone(), "guarded"));
    assert!(!allows(framed));
}
