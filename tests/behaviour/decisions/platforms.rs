//! Platforms: a capability for others grants nothing here, and still says that its commands are granted somewhere.

use portcullis::prelude::*;

#[portcullis::command(permission)]
fn on_phones() {}

#[portcullis::command(permission)]
fn on_desktops() {}

#[portcullis::command(permission)]
fn denied_on_phones() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [on_phones, on_desktops, denied_on_phones],
    capabilities: ["behaviour/capabilities/platforms/main.json"],
    windows: ["main"],
};

/// That this compiles is the other half: the command counts as granted.
#[test]
#[cfg(not(any(target_os = "android", target_os = "ios")))]
fn a_capability_for_other_platforms_grants_nothing() {
    assert!(!crate::allows(&AUTHORITY, Principal::window("main"), "on_phones"));
}

#[test]
#[cfg(any(target_os = "linux", target_os = "macos", target_os = "windows"))]
fn a_capability_for_this_platform_grants() {
    assert!(crate::allows(&AUTHORITY, Principal::window("main"), "on_desktops"));
}

#[test]
#[cfg(not(any(target_os = "android", target_os = "ios")))]
fn a_capability_for_other_platforms_denies_nothing() {
    assert!(crate::allows(&AUTHORITY, Principal::window("main"), "denied_on_phones"));
}
