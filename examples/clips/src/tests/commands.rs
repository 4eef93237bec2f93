//! Commands that use files, called as the functions that they are.

use portcullis::{
    scope::{PathError, Why},
    test,
};

use super::Data;
use crate::clips::{self, ReadClips};

fn names(listed: Result<Vec<clips::Clip>, PathError>) -> Vec<String> {
    let mut names: Vec<String> = listed.unwrap().into_iter().map(|clip| clip.name).collect();
    names.sort();
    names
}

#[test]
fn a_clip_is_read() {
    let data = Data::new();
    for name in ["welcome.md", "$CLIPS/welcome.md", data.clips.join("welcome.md").to_str().unwrap()] {
        assert_eq!(clips::read_clip(data.read(name)).unwrap(), data.text("clips/welcome.md"));
    }
}

#[test]
fn a_list_has_what_the_caller_may_read() {
    let data = Data::new();
    assert_eq!(names(clips::list_clips(data.read("."))), ["private/plan.md", "welcome.md"]);

    let reader = test::scope::<ReadClips>().allow("$CLIPS/**").deny("$CLIPS/private/**");
    let folder = reader.base("CLIPS", &data.clips).admit(".").unwrap();
    assert_eq!(names(clips::list_clips(folder)), ["welcome.md"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_refused_when_it_is_opened() {
    let data = Data::new();
    let error = clips::read_clip(data.read("shortcut.md")).unwrap_err();
    assert_eq!(error.why(), Some(Why::Outside));
}

#[test]
fn a_clip_is_renamed_and_becomes_private() {
    let data = Data::new();
    let text = data.text("clips/welcome.md");
    clips::rename_clip(data.write("welcome.md"), data.write("private/hello.md")).unwrap();
    assert_eq!(data.text("clips/private/hello.md"), text);
    assert_eq!(names(clips::list_clips(data.read("."))), ["private/hello.md", "private/plan.md"]);
}

#[test]
fn a_name_that_is_taken_stays_with_its_clip() {
    let data = Data::new();
    let error = clips::rename_clip(data.write("welcome.md"), data.write("private/plan.md")).unwrap_err();
    assert_eq!(error.code(), "already_exists");
    assert!(
        data.text("clips/private/plan.md").starts_with("# Plan") && data.clips.join("welcome.md").exists()
    );
}

#[test]
fn renaming_what_is_not_there_leaves_nothing_behind() {
    let data = Data::new();
    let error = clips::rename_clip(data.write("none.md"), data.write("new.md")).unwrap_err();
    assert_eq!(error.code(), "not_found");
    assert!(!data.clips.join("new.md").exists());
}

#[test]
fn a_clip_is_deleted() {
    let data = Data::new();
    let doomed =
        || test::scope().allow("$CLIPS/*.md").base("CLIPS", &data.clips).admit("welcome.md").unwrap();
    clips::delete_clip(doomed()).unwrap();
    assert!(!data.clips.join("welcome.md").exists());
    assert_eq!(clips::delete_clip(doomed()).unwrap_err().code(), "not_found");
}
