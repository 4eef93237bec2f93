//! Giving a file another name and place.

use std::{fs, sync::Arc};

use super::{Place, all};
use crate::scope::path::{
    error::Why,
    located::{Located, Write},
    root::Root,
};

#[test]
fn a_file_gets_another_name_or_place_and_replaces_what_is_there() {
    for place in Place::both(all) {
        place.write("ok.txt").rename_to(&place.write("sub/moved.txt")).unwrap();
        assert_eq!(place.text("sub/moved.txt"), "fine");
        assert!(!place.inside("ok.txt").exists());
        place.write("sub/moved.txt").rename_to(&place.write("sub/deep.txt")).unwrap();
        assert_eq!(place.text("sub/deep.txt"), "fine");
    }
}

#[test]
fn both_ends_must_be_admitted() {
    for place in Place::both(|name| name != "sub/deep.txt" && name != "no.txt") {
        place.refused(place.write("sub/deep.txt").rename_to(&place.write("new.txt")), Why::NotAdmitted);
        place.refused(place.write("ok.txt").rename_to(&place.write("sub/deep.txt")), Why::NotAdmitted);
        place.refused(place.write("ok.txt").rename_to(&place.write("no.txt")), Why::NotAdmitted);
        assert_eq!((place.text("ok.txt").as_str(), place.text("sub/deep.txt").as_str()), ("fine", "deep"));
    }
}

#[test]
fn both_ends_are_decided_on_by_their_real_names() {
    let place = Place::new(|name| !name.starts_with("sub/"));
    place.link("folder", "sub");
    place.refused(place.write("folder/deep.txt").rename_to(&place.write("new.txt")), Why::NotAdmitted);
    place.refused(place.write("ok.txt").rename_to(&place.write("folder/new.txt")), Why::NotAdmitted);
}

#[test]
fn a_folder_keeps_its_name_since_what_is_in_it_would_get_others() {
    for place in Place::both(|name| name != "sub/deep.txt") {
        place.failed(place.write("sub").rename_to(&place.write("public")), "is_a_folder");
        place.failed(place.write("ok.txt").rename_to(&place.write("sub")), "is_a_folder");
        place.refused(place.write("").rename_to(&place.write("new")), Why::Base);
        place.refused(place.write("ok.txt").rename_to(&place.write("")), Why::Base);
        assert!(place.inside("sub/deep.txt").exists());
    }
}

#[test]
fn a_link_is_neither_moved_nor_replaced() {
    for place in Place::both(all) {
        // Elsewhere it would lead elsewhere.
        fs::create_dir(place.inside("a")).unwrap();
        place.link("a/link", "../ok.txt");
        place.refused(place.write("a/link").rename_to(&place.write("link")), Why::Link);
        place.refused(place.write("ok.txt").rename_to(&place.write("a/link")), Why::Link);
        assert_eq!(place.text("a/link"), "fine");
    }
}

#[test]
fn what_is_not_there_is_not_moved_and_nothing_is_moved_to_where_no_folder_is() {
    for place in Place::both(all) {
        place.failed(place.write("no.txt").rename_to(&place.write("new.txt")), "not_found");
        place.failed(place.write("ok.txt").rename_to(&place.write("no/new.txt")), "not_found");
        assert_eq!(place.text("ok.txt"), "fine");
    }
}

#[test]
fn a_file_can_go_to_another_base_folder_and_each_end_is_judged_by_its_own_rules() {
    let (from, to) = (Place::new(all), Place::new(|name| name == "taken.txt"));
    from.write("ok.txt").rename_to(&to.write("taken.txt")).unwrap();
    assert_eq!(to.text("taken.txt"), "fine");
    to.refused(from.write("sub/deep.txt").rename_to(&to.write("other.txt")), Why::NotAdmitted);
    assert!(from.rules.refused.lock().unwrap().is_empty());
}

#[test]
fn a_refusal_says_which_end_is_meant() {
    let place = Place::new(|name| name == "ok.txt");
    let error = place.write("ok.txt").rename_to(&place.write("sub/new.txt")).unwrap_err();
    assert_eq!(error.name(), "sub/new.txt");
    let later = Arc::new(Root::new(place.inside("not/there")));
    let target: Located<Write> = Located::new(later, "new.txt", place.rules());
    let error = place.write("ok.txt").rename_to(&target).unwrap_err();
    assert_eq!((error.name(), error.code()), ("new.txt", "not_found"));
}
