//! The formats of capability files: one program may have all of them, and they mean the same.

use portcullis::prelude::*;

#[portcullis::command(permission)]
fn in_json() {}

#[portcullis::command(permission)]
fn in_json_with_comments() {}

#[portcullis::command(permission)]
fn in_json5() {}

#[portcullis::command(permission)]
fn in_toml() {}

#[portcullis::command(permission)]
fn in_an_array() {}

#[portcullis::command(permission)]
fn in_an_object_of_capabilities() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [in_json, in_json_with_comments, in_json5, in_toml, in_an_array, in_an_object_of_capabilities],
    capabilities: [
        "behaviour/capabilities/formats/plain.json",
        "behaviour/capabilities/formats/comments.jsonc",
        "behaviour/capabilities/formats/loose.json5",
        "behaviour/capabilities/formats/one.toml",
        "behaviour/capabilities/formats/list.json",
        "behaviour/capabilities/formats/several.toml",
    ],
    windows: ["main", "other"],
    foreign: ["core", "dialog"],
};

#[test]
fn each_format_grants_to_the_window_that_it_names() {
    for name in AUTHORITY.command_names() {
        assert!(crate::allows(&AUTHORITY, Principal::window("main"), &name), "{name}");
        assert!(!crate::allows(&AUTHORITY, Principal::window("other"), &name), "{name}");
    }
}

/// The files grant `core:default`, `dialog:allow-open` with a scope, and `core:window:deny-close`: that another system
/// guards these, `foreign` says. That this compiles is the test.
#[test]
fn grants_of_foreign_permissions_are_passed_over() {
    for foreign in ["core:default", "core:window:close", "dialog:open", "plugin:dialog|open"] {
        assert_eq!(crate::answer(&AUTHORITY, foreign, ""), "denied");
    }
}
