//! Callers that are no window: by their name, whole, and by nothing else.

use portcullis::{Frame, Origin, prelude::*};

#[portcullis::command(permission)]
fn for_the_tool() {}

#[portcullis::command(permission)]
fn for_all_windows() {}

#[portcullis::command(permission)]
fn for_both() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [for_the_tool, for_all_windows, for_both],
    capabilities: ["behaviour/capabilities/clients/main.json"],
    windows: ["main", "cli"],
    clients: ["cli", "agent"],
};

#[test]
fn a_client_is_matched_by_its_name() {
    assert!(crate::allows(&AUTHORITY, Principal::client("cli"), "for_the_tool"));
    for other in ["agent", "Cli", "cl", "cli ", "c*", "*", ""] {
        assert!(!crate::allows(&AUTHORITY, Principal::client(other), "for_the_tool"), "{other:?}");
    }
}

#[test]
fn a_client_is_no_window() {
    assert!(!crate::allows(&AUTHORITY, Principal::client("cli"), "for_all_windows"));
    assert!(!crate::allows(&AUTHORITY, Principal::client("main"), "for_all_windows"));
}

#[test]
fn a_window_is_no_client() {
    assert!(!crate::allows(&AUTHORITY, Principal::window("cli"), "for_the_tool"));
}

#[test]
fn a_capability_may_be_for_windows_and_clients() {
    assert!(crate::allows(&AUTHORITY, Principal::client("agent"), "for_both"));
    assert!(crate::allows(&AUTHORITY, Principal::window("main"), "for_both"));
}

#[test]
fn a_client_has_no_webview_no_origin_and_no_frame() {
    let client = Principal::client("cli");
    let dressed = client
        .clone()
        .webview("main")
        .origin(Origin::parse("https://example.com").unwrap())
        .opaque_origin()
        .frame(Frame::Sub);
    assert_eq!(dressed, client);
}
