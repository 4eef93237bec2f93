//! Writing files, and making and removing what holds them.

use std::{
    fs,
    io::{Seek as _, SeekFrom, Write as _},
    sync::atomic::{AtomicBool, Ordering},
};

use super::{Place, all};
use crate::scope::path::error::Why;

#[test]
fn writing_makes_a_file_or_replaces_what_it_has() {
    for place in Place::both(all) {
        place.write("new.txt").write("first, and long").unwrap();
        assert_eq!(place.text("new.txt"), "first, and long");
        place.write("new.txt").write("second").unwrap();
        assert_eq!(place.text("new.txt"), "second");
    }
}

#[test]
fn appending_makes_a_file_or_adds_to_what_it_has() {
    for place in Place::both(all) {
        place.write("log").append("a").unwrap();
        place.write("log").append("b").unwrap();
        let mut file = place.write("log").open_append().unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        file.write_all(b"c").unwrap();
        assert_eq!(place.text("log"), "abc");
    }
}

#[test]
fn a_file_is_created_only_where_there_is_none() {
    for place in Place::both(all) {
        let mut file = place.write("new.txt").create().unwrap();
        file.write_all(b"made").unwrap();
        file.sync_all().unwrap();
        assert_eq!(place.text("new.txt"), "made");
        place.failed(place.write("ok.txt").create(), "already_exists");
        place.failed(place.write("sub").create(), "already_exists");
        assert_eq!(place.text("ok.txt"), "fine");
    }
}

#[test]
fn a_file_is_opened_as_it_is() {
    for place in Place::both(all) {
        let mut file = place.write("ok.txt").open().unwrap();
        file.write_all(b"F").unwrap();
        assert_eq!(file.metadata().unwrap().len(), 4);
        file.set_len(3).unwrap();
        assert_eq!(place.text("ok.txt"), "Fin");
        place.failed(place.write("no.txt").open(), "not_found");
        assert!(!place.inside("no.txt").exists());
    }
}

#[test]
fn a_folder_is_not_a_file_to_write() {
    for place in Place::both(all) {
        for name in ["sub", ""] {
            place.failed(place.write(name).write("x"), "is_a_folder");
            place.failed(place.write(name).append("x"), "is_a_folder");
            place.failed(place.write(name).open(), "is_a_folder");
        }
    }
}

#[test]
fn what_is_refused_is_not_touched() {
    for place in Place::both(|name| !name.starts_with("sub")) {
        place.refused_for_writing("sub/deep.txt", Why::NotAdmitted);
        place.refused(place.write("sub/deep.txt").open(), Why::NotAdmitted);
        place.refused(place.write("sub/deep.txt").remove(), Why::NotAdmitted);
        assert_eq!(place.text("sub/deep.txt"), "deep");
        place.refused_for_writing("sub/new.txt", Why::NotAdmitted);
        place.refused(place.write("sub/new.txt").create(), Why::NotAdmitted);
        place.refused(place.write("sub/new").create_dir(), Why::NotAdmitted);
        place.refused(place.write("sub").remove_dir(), Why::NotAdmitted);
        assert_eq!(fs::read_dir(place.inside("sub")).unwrap().count(), 1);
    }
}

#[test]
fn what_was_made_and_is_refused_then_is_gone_again() {
    // As if its folder had been moved while it was made: admitted as it was asked for, and not as it turned out.
    let once = || {
        let asked = AtomicBool::new(false);
        move |_: &str| !asked.swap(true, Ordering::Relaxed)
    };
    for place in [Place::new(once()), Place::walking(once())] {
        place.refused(place.write("new.txt").create(), Why::NotAdmitted);
        assert!(!place.inside("new.txt").exists());
    }
    for place in [Place::new(once()), Place::walking(once())] {
        place.refused(place.write("new").create_dir(), Why::NotAdmitted);
        assert!(!place.inside("new").exists());
    }
}

#[test]
fn folders_on_the_way_are_not_made_by_writing() {
    for place in Place::both(all) {
        place.failed(place.write("no/such/new.txt").write("x"), "not_found");
        place.failed(place.write("no/new.txt").create(), "not_found");
        place.failed(place.write("no/new").create_dir(), "not_found");
        assert!(!place.inside("no").exists());
    }
}

#[test]
fn folders_are_made_one_by_one() {
    for place in Place::both(all) {
        place.write("made").create_dir().unwrap();
        place.failed(place.write("made").create_dir(), "already_exists");
        place.write("sub/a/b/c").create_dir_all().unwrap();
        place.write("sub/a/b/c").create_dir_all().unwrap();
        place.write("sub/a/b/c/new/deep.txt").write("x").unwrap_err();
        place.write("sub/a/b/c/deep.txt").write("x").unwrap();
        assert_eq!(place.text("sub/a/b/c/deep.txt"), "x");
        place.failed(place.write("ok.txt/a").create_dir_all(), "not_a_folder");
        place.failed(place.write("ok.txt").create_dir_all(), "not_a_folder");
        place.refused(place.write("").create_dir(), Why::Base);
        place.write("").create_dir_all().unwrap();
    }
}

#[test]
fn each_folder_that_is_made_must_be_admitted_and_those_that_are_there_need_not_be() {
    for place in Place::both(|name| name == "sub/a" || name.starts_with("sub/a/")) {
        place.write("sub/a/b").create_dir_all().unwrap();
        assert!(place.inside("sub/a/b").is_dir());
        place.refused(place.write("other/a").create_dir_all(), Why::NotAdmitted);
        assert!(!place.inside("other").exists());
        place.refused(place.write("sub").create_dir_all(), Why::NotAdmitted);
    }
}

#[test]
fn files_and_empty_folders_are_removed_and_nothing_else() {
    for place in Place::both(all) {
        place.failed(place.write("sub").remove(), "is_a_folder");
        place.failed(place.write("sub").remove_dir(), "folder_not_empty");
        place.write("sub/deep.txt").remove().unwrap();
        place.write("sub").remove_dir().unwrap();
        assert!(!place.inside("sub").exists());
        place.failed(place.write("ok.txt").remove_dir(), "not_a_folder");
        place.failed(place.write("no").remove(), "not_found");
        place.refused(place.write("").remove_dir(), Why::Base);
        place.refused(place.write("").remove(), Why::Base);
    }
}

#[test]
fn a_name_that_a_file_system_may_shorten_is_made_only_where_it_is_kept() {
    let place = Place::walking(all);
    for name in ["ok.txt.", "new ", "sub/secret..."] {
        place.refused(place.write(name).create(), Why::Respelled);
        place.refused(place.write(name).create_dir(), Why::Respelled);
        place.refused(place.write("ok.txt").rename_to(&place.write(name)), Why::Respelled);
    }
    assert_eq!(place.text("ok.txt"), "fine");
}

#[test]
fn what_is_known_of_a_file_that_may_be_written() {
    for place in Place::both(all) {
        assert_eq!(place.write("ok.txt").metadata().unwrap().len(), 4);
        assert!(place.write("ok.txt").exists().unwrap());
        assert!(!place.write("no.txt").exists().unwrap());
    }
}
