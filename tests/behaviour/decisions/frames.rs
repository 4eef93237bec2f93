//! Frames within a page: a capability is for the main one, unless it says `"frames": "any"`.

use std::sync::{Arc, Mutex};

use portcullis::{Denial, Frame, Origin, prelude::*};
use portcullis_tests::call;

use super::remote;

#[portcullis::command(permission)]
fn main_frame() {}

#[portcullis::command(permission)]
fn any_frame() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [main_frame, any_frame],
    capabilities: ["behaviour/capabilities/frames/main.json"],
    windows: ["main", "other"],
};

#[test]
fn o_subframe_key() {
    let sub = Principal::window("main").frame(Frame::Sub);
    assert!(crate::allows(&AUTHORITY, Principal::window("main"), "main_frame"));
    assert!(!crate::allows(&AUTHORITY, sub, "main_frame"));
}

#[test]
fn frames_any_admits_both() {
    assert!(crate::allows(&AUTHORITY, Principal::window("main"), "any_frame"));
    assert!(crate::allows(&AUTHORITY, Principal::window("main").frame(Frame::Sub), "any_frame"));
}

#[test]
fn frames_any_does_not_admit_another_origin() {
    assert!(!crate::allows(&AUTHORITY, remote("main", "https://example.com").frame(Frame::Sub), "any_frame"));
    assert!(!crate::allows(
        &AUTHORITY,
        Principal::window("main").opaque_origin().frame(Frame::Sub),
        "any_frame"
    ));
}

#[test]
fn frames_any_does_not_admit_another_window() {
    assert!(!crate::allows(&AUTHORITY, Principal::window("other").frame(Frame::Sub), "any_frame"));
}

/// Whoever is asked for consent, or writes an audit, is told of the document that has asked: its frame, its origin. The page
/// around it, and its session, stay what they are.
#[test]
fn o_prompt_frame_origin() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&seen);
    let gate = Gate::new(&AUTHORITY)
        .explain(false)
        .on_denial(move |denial: &Denial| told.lock().unwrap().push(denial.principal.clone()))
        .build()
        .unwrap();
    let page = gate.session(Principal::window("main"));
    let origin = || Origin::parse("https://evil.test").unwrap();
    for asks in [
        Principal::window("main").frame(Frame::Sub),
        Principal::window("main").origin(origin()).frame(Frame::Sub),
        Principal::window("main").opaque_origin().frame(Frame::Sub),
        Principal::window("main").webview("other").frame(Frame::Sub),
    ] {
        let frame = gate.session(asks.clone());
        // The page is at work before and after: what it may do says nothing of its frame.
        let _ = call(&page, "main_frame", "");
        let _ = call(&frame, "main_frame", "");
        let _ = call(&page, "main_frame", "");
        assert_eq!(std::mem::take(&mut *seen.lock().unwrap()), std::slice::from_ref(&asks));
        assert_eq!(*frame.principal(), asks);
        assert!(!asks.is_local_main());
    }
    assert_eq!(*page.principal(), Principal::window("main"));
}
