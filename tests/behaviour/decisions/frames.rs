//! Frames within a page: a capability is for the main one, unless it says `"frames": "any"`.

use portcullis::{Frame, prelude::*};

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
