//! What the README shows is what there is: its capability file, the expansion, the messages. (Its program is a doctest
//! of this package.)

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod quoted;

use std::{fs, path::Path};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

#[test]
fn the_capability_file_is_the_one_that_its_program_is_compiled_with() {
    assert!(read("../README.md").contains(read("capabilities/main.json").trim()));
}

#[test]
fn the_expansion_is_that_of_the_macros() {
    assert!(
        read("../README.md").contains(read("expand/readme.out.rs").trim()),
        "copy tests/expand/readme.out.rs into it"
    );
}

#[test]
fn the_message_for_a_command_without_a_guard_is_what_the_compiler_says() {
    let readme = read("../README.md");
    let said = read("ui/macro/guard_missing/case.stderr");
    let message = said.split(" --> ").next().expect("a message").trim();
    assert!(readme.contains(message), "{message}");
}

#[test]
fn the_message_for_a_command_without_a_grant_is_what_the_compiler_says() {
    let readme = read("../README.md");
    for case in ["command_not_granted", "grant_misspelt"] {
        let said = read(&format!("ui/rustc/{case}/case.stderr"));
        let shown = said.lines().next().expect("a message").replace("delete_note", "read_note");
        assert!(readme.contains(&shown.replace("notes:delete", "notes:read")), "{shown}");
    }
}
