//! Links: those that lead out, those that lead nowhere, those that stay inside, and hard ones.

use std::fs;

use super::{Place, SECRET, all};
use crate::scope::path::error::Why;

#[test]
fn a_link_to_a_file_or_folder_outside_leads_nowhere() {
    let place = Place::new(all);
    place.link("file", place.outside("secret"));
    place.link("folder", place.outside(""));
    place.link("up", "../outside/secret");
    for name in ["file", "folder/secret", "up", "sub/../file"] {
        place.refused_for_reading(name, Why::Outside);
        place.refused_for_writing(name, Why::Outside);
        place.refused(place.read(name).metadata(), Why::Outside);
        place.refused(place.read(name).exists(), Why::Outside);
        place.refused(place.write(name).open(), Why::Outside);
    }
    place.refused(place.read("folder").list(), Why::Outside);
}

#[test]
fn whether_something_outside_exists_is_not_told_through_a_link() {
    let place = Place::new(all);
    place.link("file", place.outside("secret"));
    place.link("none", place.outside("none"));
    let said = |name| place.read(name).open().unwrap_err().to_string().replace(name, "it");
    assert_eq!(said("file"), said("none"));
}

#[test]
fn p_new_file_via_dirlink() {
    let place = Place::new(all);
    place.link("link_dir", place.outside(""));
    place.refused_for_writing("link_dir/new.txt", Why::Outside);
    place.refused(place.write("link_dir/new.txt").create(), Why::Outside);
    place.refused(place.write("link_dir/new").create_dir(), Why::Outside);
    place.refused(place.write("link_dir/new/deeper").create_dir_all(), Why::Outside);
    place.refused(place.write("ok.txt").rename_to(&place.write("link_dir/ok.txt")), Why::Outside);
    place.refused(place.write("link_dir/secret").rename_to(&place.write("stolen")), Why::Outside);
    place.refused(place.write("link_dir/secret").remove(), Why::Outside);
    place.outside_is_as_it_was();
    assert_eq!(place.text("ok.txt"), "fine");
}

#[test]
fn p_dangling_1hop() {
    for place in Place::both(all) {
        place.link("link", place.outside("new"));
        place.refused(place.write("link").create(), Why::Link);
        place.outside_is_as_it_was();
    }
    let place = Place::new(all);
    place.link("link", place.outside("new"));
    place.refused_for_writing("link", Why::Outside);
    let place = Place::walking(all);
    place.link("link", place.outside("new"));
    place.refused_for_writing("link", Why::Link);
}

#[test]
fn p_dangling_2hop() {
    let place = Place::new(all);
    place.link("first", "second");
    place.link("second", place.outside("new"));
    place.refused_for_writing("first", Why::Outside);
    place.refused(place.write("first").create(), Why::Link);
    place.outside_is_as_it_was();
}

#[test]
fn p_relative_dangling() {
    let place = Place::new(all);
    place.link("out", "../outside/new");
    place.link("sub/out", "../../outside/new");
    for name in ["out", "sub/out"] {
        place.refused_for_writing(name, Why::Outside);
        place.refused(place.write(name).create(), Why::Link);
    }
    // Inside too: what would be made is not where the name says.
    place.link("in", "sub/new.txt");
    place.refused_for_writing("in", Why::Link);
    place.refused(place.write("in").create(), Why::Link);
    place.refused(place.write("in").create_dir(), Why::Link);
    place.refused(place.write("in/deeper").create_dir_all(), Why::Link);
    place.failed(place.read("in").open(), "not_found");
    assert!(!place.inside("sub/new.txt").exists());
    place.outside_is_as_it_was();
}

#[test]
fn p_link_loop_fails_closed() {
    let place = Place::new(all);
    place.link("a", "b");
    place.link("b", "a");
    place.link("self", "self/x");
    for name in ["a", "self", "a/x"] {
        place.refused_for_reading(name, Why::Loop);
        place.refused_for_writing(name, Why::Loop);
    }
    place.refused(place.read("a").list(), Why::Loop);
}

#[test]
fn p_deny_names_link() {
    // What a rule says of a link's own name counts where the name itself is meant, ..
    let place = Place::new(|name| name != "private");
    place.link("private", "ok.txt");
    place.refused(place.write("private").remove(), Why::NotAdmitted);
    place.refused(place.write("sub/deep.txt").rename_to(&place.write("private")), Why::NotAdmitted);
    let listed: Vec<_> = place.read("").list().unwrap().map(|item| item.unwrap().name().to_owned()).collect();
    assert!(!listed.contains(&"private".to_owned()), "{listed:?}");
    // .. and what it says of a file counts through every link to it.
    let place = Place::new(|name| !name.starts_with("sub/"));
    place.link("public", "sub/deep.txt");
    place.link("folder", "sub");
    for name in ["public", "folder/deep.txt"] {
        place.refused_for_reading(name, Why::NotAdmitted);
        place.refused_for_writing(name, Why::NotAdmitted);
    }
    let error = place.read("public").open().unwrap_err();
    assert_eq!(error.real_name(), Some("sub/deep.txt"));
    assert!(!error.to_string().contains("sub"));
    assert_eq!(place.text("sub/deep.txt"), "deep");
}

#[test]
fn a_link_that_stays_inside_is_what_it_leads_to() {
    let place = Place::new(|name| ["", "sub", "sub/deep.txt", "sub/new.txt"].contains(&name));
    place.link("link", "sub/deep.txt");
    place.link("chain", "link");
    place.link("folder", "sub");
    place.link("sub/up", "../folder/deep.txt");
    for name in ["link", "chain", "folder/deep.txt", "sub/up"] {
        assert_eq!(place.read(name).read_to_string().unwrap(), "deep");
    }
    place.write("chain").write("written").unwrap();
    assert_eq!(place.text("sub/deep.txt"), "written");
    place.write("folder/new.txt").write("made").unwrap();
    assert_eq!(place.text("sub/new.txt"), "made");
}

#[test]
fn a_link_that_leaves_and_comes_back_is_one_that_leaves() {
    let place = Place::new(all);
    place.link("round", "../allowed/ok.txt");
    place.link("absolute", place.inside("ok.txt"));
    place.link("folder", "..");
    for name in ["round", "absolute", "folder/allowed/ok.txt"] {
        place.refused_for_reading(name, Why::Outside);
        place.refused_for_writing(name, Why::Outside);
    }
    assert_eq!(place.text("ok.txt"), "fine");
}

#[test]
fn where_names_are_walked_no_link_is_followed() {
    let place = Place::walking(all);
    place.link("link", "ok.txt");
    place.link("folder", "sub");
    place.link("out", place.outside(""));
    for name in ["link", "folder/deep.txt", "out/secret"] {
        place.refused_for_reading(name, Why::Link);
        place.refused_for_writing(name, Why::Link);
        place.refused(place.read(name).metadata(), Why::Link);
    }
    place.refused(place.write("out/new").create_dir(), Why::Link);
    place.refused(place.read("folder").list(), Why::Link);
    place.outside_is_as_it_was();
}

#[test]
fn a_file_with_another_name_is_read_but_not_written() {
    for place in Place::both(all) {
        fs::hard_link(place.outside("secret"), place.inside("hard")).unwrap();
        assert_eq!(place.read("hard").read_to_string().unwrap(), SECRET);
        place.refused_for_writing("hard", Why::HardLink);
        place.refused(place.write("hard").open(), Why::HardLink);
        place.refused(place.write("hard").rename_to(&place.write("moved")), Why::HardLink);
        place.refused(place.write("ok.txt").rename_to(&place.write("hard")), Why::HardLink);
        place.outside_is_as_it_was();
        // The name is the folder's own.
        place.write("hard").remove().unwrap();
        place.outside_is_as_it_was();
    }
}

#[test]
fn removing_a_link_leaves_what_it_leads_to() {
    for place in Place::both(all) {
        place.link("in", "ok.txt");
        place.link("out", place.outside("secret"));
        place.link("folder", place.outside(""));
        for name in ["in", "out", "folder"] {
            place.write(name).remove().unwrap();
            assert!(place.inside(name).symlink_metadata().is_err(), "{name}");
        }
        assert_eq!(place.text("ok.txt"), "fine");
        place.outside_is_as_it_was();
    }
}

#[test]
fn forms_that_lead_out_are_refused_even_if_a_scope_lets_them_through() {
    for place in Place::both(all) {
        let secret = place.outside("secret").to_str().unwrap().to_owned();
        for name in ["../outside/secret", "sub/../../outside/secret", "nope/../../outside/secret", &secret] {
            assert!(place.read(name).open().is_err(), "{name}");
            assert!(place.write(name).write("overwritten").is_err(), "{name}");
            assert!(place.write(name).remove().is_err(), "{name}");
            place.outside_is_as_it_was();
        }
        assert!(place.write("../outside/new").create().is_err());
        assert!(place.write("../outside/new").create_dir_all().is_err());
        assert!(place.write("ok.txt").rename_to(&place.write("../outside/new")).is_err());
        place.outside_is_as_it_was();
    }
}
