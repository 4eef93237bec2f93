//! Without a capability, nothing: also in debug builds, also for the program's own commands.

use portcullis::{Origin, prelude::*};

#[portcullis::command(permission)]
fn granted() {}

#[portcullis::command(permission)]
fn granted_elsewhere() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [granted, granted_elsewhere],
    capabilities: ["behaviour/capabilities/defaults/main.json"],
    windows: ["main", "bare", "other"],
};

#[test]
fn a_default_deny_app_cmd() {
    assert!(crate::allows(&AUTHORITY, Principal::window("main"), "granted"));
    assert!(!crate::allows(&AUTHORITY, Principal::window("main"), "granted_elsewhere"));
    assert!(!crate::allows(&AUTHORITY, Principal::window("bare"), "granted"));
}

/// Every command that there is, for somebody whom no capability knows.
#[test]
fn a_no_exempt_commands() {
    for name in AUTHORITY.command_names() {
        for nobody in [
            Principal::window("bare"),
            Principal::window("unheard-of"),
            Principal::window(""),
            Principal::client("main"),
            Principal::window("main").opaque_origin(),
            Principal::window("main").origin(Origin::parse("https://example.com").unwrap()),
        ] {
            assert!(!crate::allows(&AUTHORITY, nobody, &name));
        }
    }
}
