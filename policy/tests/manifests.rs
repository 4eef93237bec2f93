//! Tauri's manifests: what is foreign, what is wrong with a foreign id, and what the application's own ids stand for.
#![cfg(feature = "files")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use portcullis_policy::files::manifests::Manifests;
use portcullis_policy::files::{Place, Spanned};

const TEXT: &str = r#"{
  "__app-acl__": {
    "default_permission": { "identifier": "default", "permissions": ["notes", "dialog:default"] },
    "permissions": {
      "read": { "identifier": "read", "commands": { "allow": ["read_note"], "deny": ["wipe"] } },
      "allow-wipe": { "identifier": "allow-wipe", "commands": { "allow": ["wipe"], "deny": [] } }
    },
    "permission_sets": {
      "notes": { "identifier": "notes", "description": "", "permissions": ["read", "all"] },
      "all": { "identifier": "all", "description": "", "permissions": ["notes"] }
    },
    "global_scope_schema": null
  },
  "core": { "default_permission": { "permissions": ["core:window:default"] }, "permissions": {} },
  "core:window": { "default_permission": null, "permissions": { "allow-close": {} }, "new": 1 },
  "dialog": { "permissions": {}, "permission_sets": { "default-set": { "permissions": [] } } }
}"#;

fn manifests() -> Manifests {
    Manifests::read("gen/acl-manifests.json", TEXT).unwrap()
}

fn said(id: &str) -> Option<String> {
    let place = Place { file: "main.json".into(), line: 1, column: 1 };
    let problem = manifests().judge(&Spanned { value: id.into(), place }, "it grants")?;
    Some(format!("{}; {}", problem.message, problem.help.unwrap()))
}

#[test]
fn the_first_part_says_whose_an_id_is() {
    let manifests = manifests();
    assert!(manifests.prefixes().into_iter().eq(["core", "dialog"]));
    for foreign in ["core:default", "core:window:allow-close", "core:nothing", "dialog:x"] {
        assert!(manifests.is_foreign(foreign), "{foreign}");
    }
    for ours in ["core", "dialog", "notes:read", "dialogs:x", "__app-acl__:read", "read"] {
        assert!(!manifests.is_foreign(ours), "{ours}");
    }
}

#[test]
fn a_foreign_id_must_be_known() {
    for known in ["core:default", "core:window:allow-close", "dialog:default-set"] {
        assert_eq!(said(known), None, "{known}");
    }
    for (id, expected) in [
        (
            "core:window:close",
            "it grants `core:window:close`, and Tauri's `core:window` has no permission `close`; by gen/acl-manifests.json its permissions are: `core:window:allow-close`",
        ),
        (
            "core:window:default",
            "it grants `core:window:default`, which stands for nothing: Tauri's `core:window` has no default permission; remove it, or grant what the program needs: `core:window:allow-close`",
        ),
        (
            "core:widow:allow-close",
            "it grants `core:widow:allow-close`, and Tauri has no `core:widow`; did you mean `core:window:allow-close`?",
        ),
        (
            "core:widow:allow-open",
            "it grants `core:widow:allow-open`, and Tauri has no `core:widow`; did you mean one of `core:window`?",
        ),
        (
            "core:menu:default",
            "it grants `core:menu:default`, and Tauri has no `core:menu`; by gen/acl-manifests.json there are: `core`, `core:window`",
        ),
        (
            "dialog:default",
            "it grants `dialog:default`, which stands for nothing: Tauri's `dialog` has no default permission; remove it, or grant what the program needs: `dialog:default-set`",
        ),
    ] {
        assert_eq!(said(id).as_deref(), Some(expected));
    }
}

#[test]
fn ids_of_the_application_stand_for_the_commands_that_they_name() {
    let manifests = manifests();
    let of = |id: &str| manifests.application(id).map(|ids| ids.join(" "));
    assert_eq!(of("read").as_deref(), Some("allow-read-note allow-wipe"));
    // Sets may hold each other here: Tauri has written it, and what is wrong with it is not ours to say.
    assert_eq!(of("default").as_deref(), Some("allow-read-note allow-wipe"));
    assert_eq!(of("all").as_deref(), Some("allow-read-note allow-wipe"));
    assert_eq!(of("allow-read-note").as_deref(), Some("allow-read-note"));
    assert_eq!(of("deny-read-note").as_deref(), Some("allow-read-note"));
    assert_eq!(of("deny-wipe").as_deref(), Some("allow-wipe"));
    for unknown in ["allow-raed-note", "read_note", "core", "deny-read", "notes:read"] {
        assert_eq!(of(unknown), None, "{unknown}");
    }
}

#[test]
fn a_file_that_is_something_else_is_refused() {
    for (text, expected) in [
        ("", "the file is empty"),
        ("{", "this is not JSON: "),
        ("[]", "these are not Tauri's manifests: there should be an object, not a list"),
        (r#"{ "dialog": [] }"#, "these are not Tauri's manifests: there should be an object, not a list"),
        (
            r#"{ "dialog": { "permissions": { "a": { "commands": { "allow": [1] } } } } }"#,
            "these are not Tauri's manifests: there should be a string, not a number",
        ),
    ] {
        let problems = Manifests::read("acl-manifests.json", text).unwrap_err();
        assert_eq!(problems.len(), 1, "{text}");
        assert!(problems[0].message.starts_with(expected), "{}", problems[0]);
    }
    for (start, letter) in TEXT.char_indices() {
        _ = Manifests::read("acl-manifests.json", &TEXT[..start]);
        _ = Manifests::read(
            "acl-manifests.json",
            &format!("{}{}", &TEXT[..start], &TEXT[start + letter.len_utf8()..]),
        );
    }
}
