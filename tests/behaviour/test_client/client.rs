//! What a test client is answered, and what a test reads where it expected something else.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use portcullis::{
    Code, Mismatch, Reason,
    prelude::*,
    test::{Answer, Client, client},
};
use serde_json::json;

use super::{Note, NoteError, ReadNotes, WriteNotes, Writer, gate};

fn main() -> Client {
    client(&gate(), Principal::window("main")).with(Writer("me"))
}

fn viewer() -> Client {
    client(&gate(), Principal::window("viewer-1"))
}

/// What a test is told that expects something else.
fn said<T>(test: impl FnOnce() -> T) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| drop(test()))).unwrap_err();
    panic.downcast::<String>().map_or_else(|_| "no text".to_owned(), |text| *text)
}

#[test]
fn a_value_is_decoded() {
    let note: Note = main().call("read_note", json!({ "id": 1 })).expect_ok();
    assert_eq!(note, Note { id: 1, text: "milk".into() });
}

#[test]
fn the_commands_own_error_is_decoded() {
    let error: NoteError = main().call("read_note", json!({ "id": 2 })).expect_error();
    assert_eq!(error, NoteError::NotFound { id: 2 });
}

#[test]
fn arguments_are_anything_that_serializes_and_nothing_for_none() {
    #[derive(serde::Serialize)]
    struct Arguments<'a> {
        note: &'a Note,
    }
    let note = Note { id: 1, text: "bread".into() };
    let written: String = main().call("write_note", Arguments { note: &note }).expect_ok();
    assert_eq!(written, "me: bread");
    assert_eq!(main().call("version", ()).expect_ok::<u32>(), 3);
}

#[test]
fn the_three_can_be_matched_on() {
    let decoded = |id| main().call("read_note", json!({ "id": id })).decode::<Note, NoteError>();
    assert!(matches!(decoded(json!(1)), Answer::Ok(Note { id: 1, .. })));
    assert_eq!(decoded(json!(9)), Answer::Error(NoteError::NotFound { id: 9 }));
    assert!(matches!(decoded(json!("x")), Answer::Failed(failure) if failure.code() == Code::Invalid));
}

#[test]
fn a_denial_has_the_whole_reason_whatever_the_gate_explains() {
    let reason = viewer().call("write_note", ()).expect_denied();
    assert_eq!(reason, Reason::NotSwitchedOn { permission: "notes:write".into() });
    let other = client(&gate(), Principal::window("viewer-2"));
    let Reason::NotGranted { permission, elsewhere } = other.call("open_file", ()).expect_denied() else {
        panic!("another reason")
    };
    assert_eq!((permission.as_str(), elsewhere[0].mismatch), ("files:open", Mismatch::Label));
    let undeclared = client(&gate(), Principal::window("other"));
    assert_eq!(undeclared.call("version", ()).expect_denied(), Reason::Undeclared);
}

#[test]
fn an_input_out_of_scope_is_a_denial_and_says_why() {
    assert_eq!(main().call("open_file", json!({ "file": "today" })).expect_ok::<String>(), "today");
    let reason = main().call("open_file", json!({ "file": "secret" })).expect_denied();
    assert!(matches!(&reason, Reason::OutOfScope { argument, .. } if argument == "file"), "{reason}");
}

#[test]
fn what_is_optional_is_switched_on_in_the_session() {
    let viewer = viewer().with(Writer("you"));
    let note = json!({ "note": { "id": 1, "text": "tea" } });
    let _ = viewer.call("write_note", &note).expect_denied();
    viewer.session().switch_on::<WriteNotes>().unwrap();
    assert_eq!(viewer.call("write_note", &note).expect_ok::<String>(), "you: tea");
    assert!(viewer.session().switch_on::<ReadNotes>().is_err());
}

#[test]
fn all_denials_are_kept_in_order() {
    let viewer = viewer();
    let _ = viewer.call("write_note", ()).expect_denied();
    let _: u32 = viewer.call("version", ()).expect_ok();
    viewer.call("unheard_of", ()).expect_unknown();
    let commands: Vec<String> = viewer.denials().into_iter().map(|denial| denial.command).collect();
    assert_eq!(commands, ["write_note", "unheard_of"]);
}

#[test]
fn a_message_that_is_no_json_can_be_sent() {
    let failure = main().send("read_note", b"\xff").expect_failed(Code::Invalid);
    assert!(failure.message().is_some());
}

#[test]
fn an_asynchronous_call_is_awaited_in_an_executor() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let note: Note =
        runtime.block_on(async { main().call_async("read_note", json!({ "id": 1 })).await.expect_ok() });
    assert_eq!(note.id, 1);
}

#[test]
fn calls_can_be_spawned() {
    fn spawnable<T: Send>(value: T) -> T {
        value
    }
    let main = main();
    let call = spawnable(async move { main.call_async("version", ()).await.expect_ok::<u32>() });
    assert_eq!(portcullis::test::block_on(call), 3);
}

#[test]
fn a_denial_where_a_value_was_expected_says_who_what_and_why() {
    let said = said(|| viewer().call("write_note", json!({})).expect_ok::<String>());
    assert_eq!(
        said,
        "`write_note` called by window `viewer-1`, local, main frame was expected to return a \
         `alloc::string::String`, and it was denied: it needs `notes:write`, which is optional and not switched on \
         for this session"
    );
}

#[test]
fn an_error_where_a_value_was_expected_is_shown() {
    let said = said(|| main().call("read_note", json!({ "id": 2 })).expect_ok::<Note>());
    assert!(said.ends_with("and it failed with its own error: {\"kind\":\"notFound\",\"id\":2}"), "{said}");
}

#[test]
fn a_value_where_a_denial_was_expected_is_shown() {
    let said = said(|| main().call("version", ()).expect_denied());
    assert!(said.ends_with("was expected to be denied, and it returned: 3"), "{said}");
}

#[test]
fn a_value_of_another_type_names_the_type_and_shows_the_json() {
    let said = said(|| main().call("read_note", json!({ "id": 1 })).expect_ok::<Vec<String>>());
    assert!(
        said.contains("returned something that is no `alloc::vec::Vec<alloc::string::String>`: "),
        "{said}"
    );
    assert!(said.ends_with("\n  it is: {\"id\":1,\"text\":\"milk\"}"), "{said}");
}

#[test]
fn a_misspelt_name_is_no_denial_and_says_what_was_meant() {
    let said = said(|| main().call("raed_note", ()).expect_denied());
    assert_eq!(
        said,
        "`raed_note` called by window `main`, local, main frame was expected to be denied, and it was denied: there \
         is no such command; did you mean `read_note`?"
    );
    main().call("raed_note", ()).expect_unknown();
}

#[test]
fn a_known_name_is_not_unknown() {
    let said = said(|| viewer().call("open_file", ()).expect_unknown());
    assert!(said.contains("was expected to be unknown, and it was denied: it needs `files:open`"), "{said}");
}

#[test]
fn invalid_arguments_say_which() {
    let said = said(|| main().call("read_note", json!({ "ID": 1 })).expect_ok::<Note>());
    assert!(said.contains("and it failed with the code `invalid`: "), "{said}");
    assert!(said.contains("ID"), "{said}");
}

#[test]
fn a_panic_is_a_failure_and_not_the_tests_own() {
    assert_eq!(main().call("panics", ()).expect_failed(Code::Panicked).code(), Code::Panicked);
    let said = said(|| main().call("panics", ()).expect_ok::<()>());
    assert!(said.contains("and it panicked: its message is above"), "{said}");
}

#[test]
fn a_command_that_never_ends_is_given_up() {
    let main = main().patience(Duration::from_millis(20));
    let said = said(|| main.call("waits_for_ever", ()));
    assert!(said.starts_with("`waits_for_ever` called by window `main`"), "{said}");
    assert!(said.contains("has not answered within 20ms") && said.contains("call_async"), "{said}");
}

#[test]
fn arguments_that_cannot_be_serialized_are_the_tests_fault() {
    let unserializable = std::collections::BTreeMap::from([((1, 2), 3)]);
    let said = said(|| main().call("version", unserializable));
    assert!(said.starts_with("the arguments for `version` cannot be serialized: "), "{said}");
}
