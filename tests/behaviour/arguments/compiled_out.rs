//! Commands that are not there in every build: a list entry may carry `#[cfg]`, and the capability files, which know
//! nothing of it, still fit.

use portcullis::prelude::*;

#[portcullis::command(permission)]
#[cfg(any())]
fn below_the_attribute() {}

#[cfg(any())]
#[portcullis::command(permission)]
fn above_the_attribute() {}

#[portcullis::command(permission)]
#[cfg(panic = "unwind")]
fn where_panics_unwind() {}

#[cfg(not(target_os = "none"))]
#[portcullis::command(permission)]
fn on_this_target() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [
        #[cfg(any())]
        below_the_attribute,
        #[cfg(any())]
        above_the_attribute,
        #[cfg(panic = "unwind")]
        where_panics_unwind,
        #[cfg(panic = "unwind")]
        #[cfg(not(target_os = "none"))]
        on_this_target,
    ],
    capabilities: ["behaviour/capabilities/compiled_out/main.json"],
    windows: ["main", "other"],
};

#[test]
fn a_command_that_is_compiled_out_is_unknown() {
    for name in ["below_the_attribute", "above_the_attribute"] {
        assert!(!crate::allows(&AUTHORITY, Principal::window("main"), name));
        assert!(!AUTHORITY.command_names().any(|known| known == name));
    }
}

#[test]
fn a_command_that_is_compiled_in_is_guarded() {
    for name in ["where_panics_unwind", "on_this_target"] {
        assert!(crate::allows(&AUTHORITY, Principal::window("main"), name));
        assert!(!crate::allows(&AUTHORITY, Principal::window("other"), name));
    }
}

/// The file denies it to one window and grants it to another; neither breaks the build.
#[test]
fn a_denial_of_a_command_that_is_compiled_out_does_not_break_the_build() {
    assert_eq!(AUTHORITY.command_names().count(), 2);
}

commands! { Group: [#[cfg(any())] gone, on_this_target], namespace: "group" }

static WITH_A_GROUP: Authority = portcullis::authority! {
    commands: [Group],
    capabilities: ["behaviour/capabilities/compiled_out_of_a_group/main.json"],
    windows: ["main"],
};

#[test]
fn a_group_may_have_entries_that_are_compiled_out() {
    assert!(crate::allows(&WITH_A_GROUP, Principal::window("main"), "group:on_this_target"));
    assert!(!crate::allows(&WITH_A_GROUP, Principal::window("main"), "group:gone"));
}
