//! Tauri's permission files: what is read, what is said of what is wrong, what ids stand for.
#![cfg(feature = "files")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use portcullis_policy::files::permissions::{Leaf, Permissions, read};
use portcullis_policy::platform::{Platform, Platforms};

const NOTES: &str = r#"
[default]
version = 1
description = "What every window may do."
permissions = ["read-notes", "core:default"]

[[set]]
identifier = "everything"
description = "All there is."
permissions = ["read-notes", "write-notes", "default", "allow-quit", "fs:default"]

[[permission]]
identifier = "read-notes"
commands.allow = ["read_note", "search"]
commands.deny = ["wipe"]

[[permission]]
identifier = "write-notes"
platforms = ["linux", "macOS"]
commands.allow = ["write_note", "read_note"]

[[permission]]
identifier = "allow-quit"
commands.allow = ["quit"]
"#;

fn good(text: &str) -> Permissions {
    let (definitions, problems) = read("notes.toml", text);
    assert!(problems.is_empty(), "{}", problems[0]);
    let (permissions, problems) = Permissions::new(definitions);
    assert!(problems.is_empty(), "{}", problems[0]);
    permissions
}

fn said(file: &str, text: &str) -> String {
    let (definitions, mut problems) = read(file, text);
    problems.extend(Permissions::new(definitions).1);
    let problems: Vec<String> = problems.iter().map(|problem| problem.to_string() + "\n").collect();
    problems.concat()
}

fn ids(leaves: &[Leaf<'_>]) -> Vec<String> {
    leaves.iter().map(|leaf| leaf.id.clone()).collect()
}

#[test]
fn an_id_stands_for_the_own_permissions_of_commands() {
    let permissions = good(NOTES);
    let leaves = permissions.expand("read-notes").unwrap();
    assert_eq!(ids(&leaves), ["allow-read-note", "allow-search", "deny-wipe"]);
    assert_eq!((leaves[1].command, leaves[1].place.line, leaves[1].place.column), (Some("search"), 14, 32));
    assert!(permissions.expand("allow-read-note").is_none());
}

#[test]
fn sets_are_taken_apart() {
    let permissions = good(NOTES);
    let leaves = permissions.expand("everything").unwrap();
    let expected = [
        "fs:default",
        "allow-read-note",
        "allow-search",
        "deny-wipe",
        "allow-write-note",
        "allow-read-note",
        "core:default",
        "allow-quit",
    ];
    assert_eq!(ids(&leaves), expected);
    let way: Vec<&str> = leaves[6].way.iter().map(|step| step.id.value.as_str()).collect();
    assert_eq!(way, ["everything", "default"]);
    // What one permission limits to some platforms, another may not.
    let some = Platforms::NONE.with(Platform::Linux).with(Platform::Macos);
    assert_eq!((leaves[1].platforms, leaves[5].platforms), (Platforms::ALL, some));
}

#[test]
fn what_tauri_build_writes_defines_nothing_new() {
    let permissions = good(NOTES);
    let own: Vec<_> =
        permissions.iter().filter(|one| one.is_own()).map(|one| one.id.value.as_str()).collect();
    assert_eq!(own, ["allow-quit"]);
    let text = "[[permission]]\nidentifier = 'deny-read-note'\ncommands.deny = ['read_note']";
    assert!(good(text).iter().all(portcullis_policy::files::permissions::Definition::is_own));
}

#[test]
fn json_is_read_as_toml_is() {
    let text = r#"{ "$schema": "x", "default": null, "set": [{ "identifier": "all", "description": "", "permissions": ["some"] }],
        "permission": [{ "version": null, "identifier": "some", "commands": { "allow": ["a"], "deny": [] }, "scope": { "allow": null } }] }"#;
    let (definitions, problems) = read("notes.json", text);
    assert!(problems.is_empty(), "{}", problems[0]);
    let (permissions, _) = Permissions::new(definitions);
    assert_eq!(ids(&permissions.expand("all").unwrap()), ["allow-a"]);
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let text = r#"
permissions = []

[[permission]]
identifier = "notes:read"
comands.allow = ["read_note"]

[[permission]]
identifier = "read_notes"
commands.alow = ["read_note"]
commands.deny = "wipe"
platform = ["linux"]

[[permission]]
commands.allow = ["read_note", ""]
platforms = ["Linux"]

[[permission.scope.allow]]
path = "x"

[[set]]
identifier = "none"

[default]
permission = ["a"]
"#;
    assert_eq!(
        said("notes.toml", text),
        "unknown key `permissions` in a permission file\n  --> notes.toml:2:1\nhelp: did you mean `permission`?\n\
         `notes:read` has a prefix, which what a permission file defines has not\n  --> notes.toml:5:14\nhelp: write the last part of it alone\n\
         unknown key `comands` in a permission\n  --> notes.toml:6:1\nhelp: did you mean `commands`?\n\
         `read_notes` is not a permission id: it may have no `_`; write `-`\n  --> notes.toml:9:14\n\
         unknown key `alow` in `commands`\n  --> notes.toml:10:10\nhelp: did you mean `allow`?\n\
         `deny` must be a list of strings, not a string\n  --> notes.toml:11:17\nhelp: write `[\"wipe\"]`\n\
         unknown key `platform` in a permission\n  --> notes.toml:12:1\nhelp: did you mean `platforms`?\n\
         a permission has no `identifier`\n  --> notes.toml:14:1\nhelp: add `identifier`, its id\n\
         the name of a command is empty or has a character that cannot be printed in a message\n  --> notes.toml:15:32\nhelp: write the name of a command, such as `read_note`\n\
         unknown platform `Linux`\n  --> notes.toml:16:14\nhelp: did you mean `linux`?\n\
         a permission of a permission file has no `scope`: it stands for permissions of commands, which have none\n  --> notes.toml:18:14\n\
         help: guard the commands with a permission type that has a scope, and write its entries where a capability\n      \
         grants it: { \"identifier\": \"notes:read\", \"allow\": [..] }; a permission for commands that Tauri still\n      \
         guards belongs in a file that is not listed\n\
         a permission set has no `permissions`\n  --> notes.toml:21:1\nhelp: add `permissions`, a list of ids\n\
         unknown key `permission` in `default`\n  --> notes.toml:25:1\nhelp: did you mean `permissions`?\n"
    );
    for (text, expected) in [
        ("[]", "a permission file must hold an object, not a list"),
        ("{}", "there is no permission in this file"),
        ("", "the file is empty"),
        (r#"{ "permission": {} }"#, "`permission` must be a list, not an object"),
        (r#"{ "set": [1] }"#, "an entry of `set` must be an object, not a number"),
        (r#"{ "identifier": "a" }"#, "the key `identifier` belongs in a permission, and not beside them"),
        (
            r#"{ "permission": [{ "identifier": "a", "scope": [] }] }"#,
            "`scope` must be an object, not a list",
        ),
        (
            r#"{ "permission": [{ "identifier": "a", "version": "1" }] }"#,
            "`version` must be a number, not a string",
        ),
    ] {
        assert!(said("notes.json", text).starts_with(expected), "{}", said("notes.json", text));
    }
}

#[test]
fn an_id_is_defined_once() {
    let text = "[[permission]]\nidentifier = 'a'\n[[set]]\nidentifier = 'a'\npermissions = ['b']";
    assert_eq!(
        said("a.toml", text),
        "two permissions are named `a`\n  --> a.toml:4:14\nhelp: the other one is at a.toml:2:14; give one of them another name\n"
    );
}

#[test]
fn a_set_does_not_hold_itself() {
    let set = |id: &str, holds: &str| format!("[[set]]\nidentifier = '{id}'\npermissions = ['{holds}']\n");
    assert_eq!(
        said("a.toml", &set("a", "a")),
        "permission set `a` holds itself\n  --> a.toml:3:16\nhelp: take it out here; the way is `a` (a.toml:2:14)\n"
    );
    let three = format!("{}{}{}", set("a", "b"), set("b", "c"), set("c", "b"));
    assert_eq!(
        said("a.toml", &three),
        "permission set `b` holds itself, by way of others\n  --> a.toml:9:16\n\
         help: take it out here; the way is `b` (a.toml:5:14), `c` (a.toml:8:14)\n"
    );
    // A set that two others hold is no cycle, and a long way is no overflow.
    assert_eq!(said("a.toml", &format!("{}{}{}", set("a", "c"), set("b", "c"), set("c", "x"))), "");
    let long: String = (0..2_000).map(|at| set(&format!("a{at}"), &format!("a{}", at + 1))).collect();
    assert_eq!(ids(&good(&long).expand("a0").unwrap()), ["a2000"]);
    assert!(
        said("a.toml", &format!("{long}{}", set("a2000", "a0")))
            .starts_with("permission set `a0` holds itself")
    );
}

#[test]
fn no_text_makes_reading_panic() {
    for (start, letter) in NOTES.char_indices() {
        let (before, behind) = (&NOTES[..start], &NOTES[start + letter.len_utf8()..]);
        for text in [before.to_owned(), format!("{before}{behind}"), format!("{before}[{behind}")] {
            let (permissions, _) = Permissions::new(read("a.toml", &text).0);
            permissions.iter().for_each(|one| _ = permissions.expand(&one.id.value));
        }
    }
}
