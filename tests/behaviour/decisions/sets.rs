//! Permission sets: a name for several permissions, which may stand in each other and overlap.

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
struct Read;

/// Search notes.
#[derive(Permission)]
#[permission(id = "notes:search")]
struct Search;

/// Write notes.
#[derive(Permission)]
#[permission(id = "notes:write")]
struct Write;

/// A permission that no listed command needs.
#[derive(Permission)]
#[permission(id = "notes:print")]
struct Print;

/// What a reader does.
#[derive(PermissionSet)]
#[permission_set(id = "notes:reader", permissions(Read, Search))]
struct Reader;

/// What a searcher does: a part of what a reader does.
#[derive(PermissionSet)]
#[permission_set(id = "notes:searcher", permissions(Search))]
struct Searcher;

/// What a writer does: some of it twice, by other ways.
#[derive(PermissionSet)]
#[permission_set(id = "notes:writer", permissions(Reader, Read, Write, Searcher, Print))]
struct Writer;

/// A set of one set.
#[derive(PermissionSet)]
#[permission_set(id = "notes:everything", permissions(Writer))]
struct Everything;

#[portcullis::command(permission(Read))]
fn read() {}

#[portcullis::command(permission(Search))]
fn search() {}

#[portcullis::command(permission(Write))]
fn write() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read, search, write],
    sets: [Reader, Writer, Everything],
    capabilities: ["behaviour/capabilities/sets/main.json"],
    windows: ["reader", "writer", "everything", "write-only", "mixed"],
};

fn allowed(window: &str) -> Vec<&'static str> {
    let principal = Principal::window(window);
    ["read", "search", "write"]
        .into_iter()
        .filter(|name| crate::allows(&AUTHORITY, principal.clone(), name))
        .collect()
}

#[test]
fn a_set_grants_each_of_its_permissions() {
    assert_eq!(allowed("reader"), ["read", "search"]);
}

#[test]
fn a_set_in_a_set_grants_its_permissions_too() {
    assert_eq!(allowed("writer"), ["read", "search", "write"]);
    assert_eq!(allowed("everything"), ["read", "search", "write"]);
}

#[test]
fn a_set_that_is_denied_takes_back_what_another_set_grants() {
    assert_eq!(allowed("write-only"), ["write"]);
}

#[test]
fn one_permission_of_a_set_may_be_denied() {
    assert_eq!(allowed("mixed"), ["read", "write"]);
}
