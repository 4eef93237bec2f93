//! A client has what its window may call, and nothing else.

use std::env;

use portcullis::{
    Principal,
    typescript::{Client, Module, Style},
};

use crate::program::AUTHORITY;

fn window(glob: &str) -> Module {
    Client::new(&AUTHORITY).window(glob)
}

/// The functions of a module.
fn functions(text: &str) -> Vec<&str> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("export function "));
    lines.filter_map(|line| line.split('(').next()).filter(|name| *name != "useTransport").collect()
}

/// What stands above a function.
fn doc<'a>(text: &'a str, function: &str) -> &'a str {
    let end = text.find(&format!("export function {function}(")).unwrap();
    let start = text[..end].rfind("/**").unwrap();
    &text[start..end]
}

#[test]
fn a_window_has_what_its_capabilities_grant_and_what_is_public() {
    let text = window("editor").text().unwrap();
    assert_eq!(
        functions(&text),
        [
            "attach",
            "clockNow",
            "clockSet",
            "clockWindUp",
            "countWords",
            "delete_",
            "fetchPages",
            "importNotes",
            "readNote",
            "saveNote",
            "searchNotes",
            "tidy",
            "version",
            "onNoteChanged"
        ]
    );
}

#[test]
fn a_pattern_has_what_every_label_of_it_may_call() {
    // viewer-9 may not search, and only viewer-1 and viewer-9 may write.
    let all = window("viewer-*").text().unwrap();
    assert_eq!(functions(&all), ["countWords", "printNote", "readNote", "version", "onNoteChanged"]);
    let short = window("viewer-?").text().unwrap();
    assert_eq!(functions(&short), functions(&all));
    // No label of two characters is viewer-9.
    let long = window("viewer-??").text().unwrap();
    assert_eq!(
        functions(&long),
        ["countWords", "printNote", "readNote", "searchNotes", "version", "onNoteChanged"]
    );
    let first = window("viewer-1").text().unwrap();
    assert!(functions(&first).contains(&"saveNote") && functions(&first).contains(&"searchNotes"));
    let ninth = window("viewer-9").text().unwrap();
    assert!(functions(&ninth).contains(&"saveNote") && !functions(&ninth).contains(&"searchNotes"));
}

#[test]
fn what_is_optional_counts_and_is_said() {
    let text = window("editor").text().unwrap();
    assert!(doc(&text, "delete_").contains("Refused until the program has switched on `notes:delete`."));
    assert!(!doc(&text, "readNote").contains("switched on"));
}

#[test]
fn what_a_platform_has_counts_everywhere_and_is_said() {
    let text = window("viewer-*").text().unwrap();
    assert!(doc(&text, "printNote").contains("Only on macOS, windows."), "{}", doc(&text, "printNote"));
    assert!(doc(&text, "printNote").contains("Permissions: `notes:read`, `notes:print`."));
}

#[test]
fn a_client_that_is_no_window_has_no_public_command() {
    let text = Client::new(&AUTHORITY).client("cli").text().unwrap();
    assert_eq!(functions(&text), ["readNote", "onNoteChanged"]);
}

#[test]
fn one_caller_is_asked_as_a_session_is() {
    let elsewhere = Principal::window("editor").opaque_origin();
    let text = Client::new(&AUTHORITY).principal(elsewhere).text().unwrap();
    assert_eq!(functions(&text), [""; 0]);
}

#[test]
fn callers_that_are_not_declared_have_no_client() {
    let problem = |module: Module| module.text().unwrap_err().to_string();
    assert_eq!(
        problem(window("editr")),
        "the program declares no window `editr`, so there is nothing that it may call\n\
         help: the windows that it declares are `editor`, `viewer-*`"
    );
    assert_eq!(
        problem(window("*")),
        "`*` describes labels that the program does not declare, such as `e`: those may call nothing\n\
         help: the windows that it declares are `editor`, `viewer-*`"
    );
    assert_eq!(
        problem(window("viewer-[1]")).lines().next().unwrap(),
        "`viewer-[1]` is no label and no glob of labels: `[`, `]`, `{`, `}`, `!` and `\\` may not stand in one; write \
         `*` for any text, `?` for one character, or an entry for each label"
    );
    assert_eq!(
        problem(Client::new(&AUTHORITY).client("clu")),
        "the program declares no client `clu`, so there is nothing that it may call"
    );
}

#[test]
fn what_is_written_is_as_it_was() {
    for (module, path) in [
        (window("editor"), "generated/editor.ts"),
        (window("viewer-*"), "generated/viewers.ts"),
        (Client::new(&AUTHORITY).style(Style::Specta).window("editor"), "generated/specta.ts"),
        (Client::new(&AUTHORITY).style(Style::Specta).window("viewer-*"), "generated/specta_viewers.ts"),
    ] {
        if env::var_os("UPDATE_EXPECTED").is_some() {
            module.write(path).unwrap();
        } else {
            module.check(path).unwrap();
        }
        assert_eq!(module.text().unwrap(), module.text().unwrap());
    }
}
