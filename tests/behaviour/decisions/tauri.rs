//! A program that Tauri guards in part: capability files with ids of Tauri's, of its plugins, and of commands that have not
//! been moved. That this compiles is half of the test.

use portcullis::prelude::*;

#[portcullis::command(permission)]
fn moved() {}

#[portcullis::command(permission)]
fn shared() {}

#[portcullis::command(permission)]
fn denied() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [moved, shared, denied],
    capabilities: ["behaviour/capabilities/tauri/main.json", "behaviour/capabilities/tauri/others.toml"],
    windows: ["main", "other"],
    foreign: "behaviour/capabilities/tauri/acl-manifests.json",
};

/// The same program with permission files, in which the commands that have been moved stand beside the others.
static WITH_FILES: Authority = portcullis::authority! {
    commands: [moved, shared, denied],
    capabilities: ["behaviour/capabilities/tauri/mixed/main.json"],
    permissions: ["behaviour/capabilities/tauri/permissions/mixed.toml"],
    windows: ["main", "other", "third"],
    foreign: "behaviour/capabilities/tauri/acl-manifests.json",
};

fn may(authority: &'static Authority, window: &str) -> Vec<&'static str> {
    let of = |command: &&str| crate::allows(authority, Principal::window(window), command);
    ["moved", "shared", "denied"].into_iter().filter(of).collect()
}

/// Tauri's manifests know `allow-shared` as well: an id that a permission of the program has is the program's.
#[test]
fn grants_of_the_programs_own_permissions_count_beside_tauris() {
    assert_eq!(may(&AUTHORITY, "main"), ["moved", "shared"]);
    assert_eq!(may(&AUTHORITY, "other"), ["denied"]);
}

#[test]
fn what_tauri_guards_is_not_ours_to_call() {
    for foreign in ["old_one", "old_two", "core:default", "plugin:dialog|open"] {
        assert_eq!(crate::answer(&AUTHORITY, foreign, ""), "denied");
    }
}

#[test]
fn of_a_permission_file_what_has_been_moved_counts() {
    assert_eq!(may(&WITH_FILES, "main"), ["moved"]);
    assert_eq!(may(&WITH_FILES, "other"), ["moved", "shared"]);
    assert_eq!(may(&WITH_FILES, "third"), ["shared", "denied"]);
}
