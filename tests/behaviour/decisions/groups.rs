//! Groups of commands: namespaces on the wire and in ids, groups in groups, groups of other crates.

use portcullis::prelude::*;
use portcullis_tests_clock as clock;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
struct Read;

/// Look at what is there.
#[derive(Permission)]
#[permission(id = "look")]
struct Look;

#[portcullis::command(permission(Read))]
fn read() {}

#[portcullis::command(permission)]
fn wipe() {}

#[portcullis::command(permission(Look))]
fn list_all() {}

#[portcullis::command(permission)]
fn lone() {}

#[portcullis::command(public("a test"))]
fn version() {}

#[portcullis::command(permission)]
fn inner_most() {}

commands! { pub(crate) NoNamespace: [lone, version] }
commands! { Inner: [inner_most] }
commands! { OwnNamespace: [inner_most], namespace: "own" }
commands! { pub(crate) Notes: [read, wipe, list_all, Inner, OwnNamespace], namespace: "notes", set: "notes:all" }

/// What those do who only read.
#[derive(PermissionSet)]
#[permission_set(id = "notes:reader", permissions(Read, Look))]
struct Reader;

commands! { Sets: [read, list_all], namespace: "notes", sets: [Reader] }

static AS_SHIPPED: Authority = portcullis::authority! {
    commands: [Notes, NoNamespace, clock::Commands],
    capabilities: ["behaviour/capabilities/groups/shipped.json"],
    windows: ["main", "watcher", "clockmaker", "reader"],
};

fn allows(authority: &'static Authority, window: &str, command: &str) -> bool {
    crate::allows(authority, Principal::window(window), command)
}

#[test]
fn a_group_without_a_namespace_is_only_a_list() {
    assert!(allows(&AS_SHIPPED, "main", "lone"));
    assert!(allows(&AS_SHIPPED, "main", "version"));
}

#[test]
fn the_namespace_of_a_group_stands_before_its_commands() {
    assert!(allows(&AS_SHIPPED, "main", "notes:read"));
    assert!(!allows(&AS_SHIPPED, "main", "read"));
    assert!(!allows(&AS_SHIPPED, "main", "notes:lone"));
}

#[test]
fn the_own_permission_of_a_command_is_under_the_namespace() {
    assert!(allows(&AS_SHIPPED, "main", "notes:wipe"));
    assert!(!allows(&AS_SHIPPED, "reader", "notes:wipe"));
}

#[test]
fn a_typed_permission_keeps_its_id() {
    assert!(allows(&AS_SHIPPED, "main", "notes:list_all"));
    assert!(allows(&AS_SHIPPED, "reader", "notes:list_all"), "granted as `look`");
}

#[test]
fn a_group_in_a_group_is_under_its_namespace() {
    assert!(allows(&AS_SHIPPED, "main", "notes:inner_most"));
}

#[test]
fn a_group_in_a_group_keeps_a_namespace_of_its_own() {
    assert!(allows(&AS_SHIPPED, "main", "own:inner_most"));
    assert!(
        !allows(&AS_SHIPPED, "reader", "own:inner_most"),
        "`notes:allow-inner-most` is another permission"
    );
    assert!(allows(&AS_SHIPPED, "reader", "notes:inner_most"));
}

#[test]
fn the_set_of_a_group_grants_all_of_its_permissions() {
    for command in ["notes:read", "notes:wipe", "notes:list_all", "notes:inner_most", "own:inner_most"] {
        assert!(allows(&AS_SHIPPED, "main", command), "{command}");
    }
    assert!(!allows(&AS_SHIPPED, "watcher", "notes:read"));
}

/// The permission types of that crate are private to it: a program needs their ids alone.
#[test]
fn a_library_ships_commands_with_permissions_of_its_own() {
    assert!(crate::open(&AS_SHIPPED, Principal::window("clockmaker")).may_call("clock:now"));
    assert!(crate::open(&AS_SHIPPED, Principal::window("clockmaker")).may_call("clock:set"));
    assert!(allows(&AS_SHIPPED, "clockmaker", "clock:wind_up"));
    assert!(!allows(&AS_SHIPPED, "main", "clock:now"));
}

#[test]
fn a_group_may_bring_sets() {
    let session = crate::open(&AS_SHIPPED, Principal::window("watcher"));
    assert!(session.may_call("clock:now"));
    assert!(!session.may_call("clock:set"));
}

static RENAMED: Authority = portcullis::authority! {
    commands: [
        clock::Commands as "watch",
        Notes as "memos",
        NoNamespace as "misc",
        read as "single",
        lone as "single",
    ],
    capabilities: ["behaviour/capabilities/groups_renamed/main.json"],
    windows: ["main", "watcher", "reader"],
};

#[test]
fn a_program_may_list_a_group_under_another_namespace() {
    let session = crate::open(&RENAMED, Principal::window("main"));
    assert!(session.may_call("watch:now"));
    assert!(!session.may_call("clock:now"));
}

/// The file grants `watch:all`, `watch:watcher` and `memos:allow-wipe`.
#[test]
fn ids_follow_the_namespace_that_a_group_is_listed_under() {
    assert!(allows(&RENAMED, "main", "watch:wind_up"));
    let watcher = crate::open(&RENAMED, Principal::window("watcher"));
    assert!(watcher.may_call("watch:now") && !watcher.may_call("watch:set"));
    assert!(allows(&RENAMED, "main", "memos:wipe"));
    assert!(allows(&RENAMED, "reader", "memos:read"), "granted as `memos:read`");
}

#[test]
fn an_id_that_is_not_under_the_namespace_stays() {
    assert!(allows(&RENAMED, "reader", "memos:list_all"), "granted as `look`");
}

#[test]
fn a_group_in_a_renamed_group_follows_unless_it_has_a_namespace_of_its_own() {
    assert!(allows(&RENAMED, "main", "memos:inner_most"));
    assert!(allows(&RENAMED, "main", "own:inner_most"));
}

#[test]
fn a_group_without_a_namespace_may_be_given_one() {
    assert!(allows(&RENAMED, "main", "misc:lone"));
    assert!(allows(&RENAMED, "main", "misc:version"));
    assert!(!allows(&RENAMED, "main", "lone"));
}

#[test]
fn a_single_command_may_be_given_a_namespace() {
    assert!(allows(&RENAMED, "main", "single:lone"));
    assert!(!allows(&RENAMED, "reader", "single:lone"));
}

/// A typed permission has the id that it was declared with: the namespace is that of the command alone.
#[test]
fn a_single_command_keeps_the_id_of_its_permission() {
    assert!(allows(&RENAMED, "main", "single:read"), "granted as `notes:read`");
    assert!(!allows(&RENAMED, "reader", "single:read"), "granted `memos:read` only");
}

static TWICE: Authority = portcullis::authority! {
    commands: [clock::Commands, clock::Commands as "watch"],
    capabilities: ["behaviour/capabilities/groups_twice/main.json"],
    windows: ["main", "other"],
};

#[test]
fn a_group_may_be_listed_under_two_namespaces_with_rights_of_their_own() {
    assert!(allows(&TWICE, "main", "clock:wind_up") && !allows(&TWICE, "main", "watch:wind_up"));
    assert!(allows(&TWICE, "other", "watch:wind_up") && !allows(&TWICE, "other", "clock:wind_up"));
}

static WITH_SETS: Authority = portcullis::authority! {
    commands: [Sets],
    capabilities: ["behaviour/capabilities/groups_sets/main.json"],
    windows: ["main"],
};

#[test]
fn the_sets_of_a_group_are_known_to_the_program() {
    assert!(allows(&WITH_SETS, "main", "notes:read"));
    assert!(allows(&WITH_SETS, "main", "notes:list_all"));
}

portcullis::commands! {
    InnerAs: [read, read as "inner"],
    namespace: "notes",
}

static INNER_AS: Authority = portcullis::authority! {
    commands: [InnerAs as "memos"],
    capabilities: ["behaviour/capabilities/groups_inner/main.json"],
    windows: ["main"],
};

#[test]
fn one_permission_has_one_id_whatever_its_commands_are_listed_as() {
    assert!(allows(&INNER_AS, "main", "memos:read"));
    assert!(allows(&INNER_AS, "main", "inner:read"));
}

portcullis::commands! {
    Reading: [read],
    namespace: "notes",
}

static OPTIONAL_TWICE: Authority = portcullis::authority! {
    commands: [read, Reading as "memos", Reading as "papers"],
    capabilities: ["behaviour/capabilities/groups_optional/main.json"],
    windows: ["main", "other"],
};

/// The file has `notes:read` and `papers:read` as optional for the one, `papers:read` for the other, and grants `memos:read`.
#[test]
fn what_is_optional_under_several_ids_is_switched_under_each_that_the_caller_may_have() {
    let commands = ["read", "memos:read", "papers:read"];
    for (window, off, on) in
        [("main", [false, true, false], [true, true, true]), ("other", [false; 3], [false, false, true])]
    {
        let session = crate::open(&OPTIONAL_TWICE, Principal::window(window));
        assert_eq!(commands.map(|command| session.may_call(command)), off, "{window}");
        session.switch_on::<Read>().unwrap();
        assert_eq!(commands.map(|command| session.may_call(command)), on, "{window}");
        session.switch_off::<Read>();
        assert_eq!(commands.map(|command| session.may_call(command)), off, "{window}");
    }
}
