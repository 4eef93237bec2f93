//! The table of who may call what.

use portcullis::{
    prelude::*,
    test::{Verdict, matrix},
};

use super::AUTHORITY;

#[test]
fn every_declared_caller_has_its_lines_and_others_where_they_may_call_something() {
    assert_eq!(matrix(&AUTHORITY).to_string(), include_str!("matrix.txt"));
}

#[test]
fn it_is_the_same_each_time_and_sorted() {
    let table = matrix(&AUTHORITY);
    assert_eq!(table, matrix(&AUTHORITY));
    assert!(table.rows().is_sorted());
}

#[test]
fn its_rows_can_be_read() {
    let table = matrix(&AUTHORITY);
    let verdict = |caller: &str, command: &str| {
        let row = table.rows().iter().find(|row| row.caller == caller && row.command == command);
        row.map(|row| row.verdict)
    };
    assert_eq!(verdict("window `main`", "write_note"), Some(Verdict::Allowed));
    assert_eq!(verdict("window `viewer-*` such as `viewer-1`", "write_note"), Some(Verdict::Optional));
    assert_eq!(verdict("client `cli`", "write_note"), Some(Verdict::Denied));
    assert_eq!(verdict("window `main`, in a sub-frame", "version"), None);
}

#[command(public("a test"))]
fn ping() {}

/// What is declared says nothing by its order.
#[test]
fn the_order_of_declarations_does_not_show() {
    static ONE: Authority = authority! { commands: [ping], windows: ["a", "b-*"], clients: ["x", "y"] };
    static OTHER: Authority = authority! { commands: [ping], windows: ["b-*", "a"], clients: ["y", "x"] };
    assert_eq!(matrix(&ONE), matrix(&OTHER));
}

#[test]
fn nobody_is_declared_and_nothing_is_listed() {
    static NOBODY: Authority = authority! { commands: [], windows: [] };
    assert_eq!(matrix(&NOBODY).to_string(), "");
}
