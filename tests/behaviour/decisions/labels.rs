//! Labels of windows and webviews: globs, and what the program does not declare.

use portcullis::prelude::*;

#[portcullis::command(permission)]
fn one_window() {}

#[portcullis::command(permission)]
fn one_character() {}

#[portcullis::command(permission)]
fn any_ending() {}

#[portcullis::command(permission)]
fn any_window() {}

#[portcullis::command(permission)]
fn one_webview() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [one_window, one_character, any_ending, any_window, one_webview],
    capabilities: ["behaviour/capabilities/labels/main.json"],
    windows: ["main", "viewer-*", "tool"],
    webviews: ["side", "side-*"],
};

fn window(label: &str, command: &str) -> bool {
    crate::allows(&AUTHORITY, Principal::window(label), command)
}

#[test]
fn a_label_that_is_written_out_is_matched_whole() {
    assert!(window("main", "one_window"));
    for other in ["Main", "mai", "main ", "main\0", "mains", "xmain", "*", "m*", "tool"] {
        assert!(!window(other, "one_window"), "{other:?}");
    }
}

#[test]
fn a_question_mark_is_one_character() {
    assert!(window("viewer-1", "one_character"));
    assert!(window("viewer-é", "one_character"));
    for other in ["viewer-", "viewer-12", "viewer1", "viewer-éé"] {
        assert!(!window(other, "one_character"), "{other:?}");
    }
}

#[test]
fn a_star_is_any_text() {
    for label in ["viewer-", "viewer-1", "viewer-1/2", "viewer-viewer-"] {
        assert!(window(label, "any_ending"), "{label:?}");
    }
    assert!(!window("viewer", "any_ending"));
}

#[test]
fn a_window_that_is_not_declared_may_call_nothing() {
    assert!(window("main", "any_window"));
    assert!(window("viewer-9", "any_window"));
    for undeclared in ["", "other", "side", "viewer", "MAIN"] {
        assert!(!window(undeclared, "any_window"), "{undeclared:?}");
    }
}

#[test]
fn a_webview_is_matched_by_the_globs_for_webviews() {
    let side = Principal::window("tool").webview("side");
    assert!(crate::allows(&AUTHORITY, side.clone(), "one_webview"));
    assert!(!crate::allows(&AUTHORITY, Principal::window("tool"), "one_webview"));
    assert!(!crate::allows(&AUTHORITY, Principal::window("tool").webview("side-2"), "one_webview"));
}

#[test]
fn a_webview_has_what_its_window_has() {
    assert!(crate::allows(&AUTHORITY, Principal::window("main").webview("side-2"), "one_window"));
    assert!(!crate::allows(&AUTHORITY, Principal::window("tool").webview("side-2"), "one_window"));
}

#[test]
fn a_glob_for_windows_says_nothing_of_webviews() {
    assert!(!crate::allows(&AUTHORITY, Principal::window("tool").webview("main"), "one_window"));
}

#[test]
fn o_child_webview_in_trusted_window() {
    for undeclared in ["", "other", "sid", "viewer-1", "tool"] {
        let child = Principal::window("main").webview(undeclared);
        assert!(!crate::allows(&AUTHORITY, child, "one_window"), "{undeclared:?}");
    }
}

#[test]
fn a_declared_webview_does_not_declare_its_window() {
    assert!(!crate::allows(&AUTHORITY, Principal::window("other").webview("side"), "one_webview"));
    assert!(!crate::allows(&AUTHORITY, Principal::window("side"), "one_webview"));
}

#[test]
fn a_webview_of_the_same_label_as_its_window_is_declared_with_it() {
    assert!(crate::allows(&AUTHORITY, Principal::window("main").webview("main"), "one_window"));
}
