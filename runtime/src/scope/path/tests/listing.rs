//! Listings and walks: nothing in them that is not admitted.

use std::{collections::BTreeSet, fs};

use super::{Place, all};
use crate::scope::path::{
    error::Why,
    file::Kind,
    list::{Item, Listing, Walk},
};

fn names(items: impl Iterator<Item = Result<Item, super::PathError>>) -> BTreeSet<String> {
    items.map(|item| item.unwrap().name().to_owned()).collect()
}

fn set<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

fn list(place: &Place, name: &str) -> Listing {
    place.read(name).list().unwrap()
}

fn walk(place: &Place, name: &str) -> Walk {
    place.read(name).walk().unwrap()
}

#[test]
fn a_folder_is_listed_with_what_each_item_is() {
    for place in Place::both(all) {
        let mut items: Vec<_> = list(&place, "").map(Result::unwrap).collect();
        items.sort_by(|a, b| a.name().cmp(b.name()));
        let found: Vec<_> = items.iter().map(|item| (item.name(), item.kind())).collect();
        assert_eq!(found, [("ok.txt", Kind::File), ("sub", Kind::Folder)]);
        assert_eq!(items[0].metadata().unwrap().len(), 4);
        assert_eq!(items[0].locate().read_to_string().unwrap(), "fine");
        assert_eq!(names(items[1].locate().list().unwrap()), set(["deep.txt"]));
    }
}

#[test]
fn what_is_not_admitted_is_not_listed_and_nobody_is_told() {
    for place in Place::both(|name| name != "ok.txt" && name != "sub/deep.txt") {
        fs::write(place.inside("sub/other.txt"), "").unwrap();
        assert_eq!(names(list(&place, "")), set(["sub"]));
        assert_eq!(names(list(&place, "sub")), set(["other.txt"]));
        assert_eq!(names(walk(&place, "")), set(["sub", "sub/other.txt"]));
        assert!(place.rules.refused.lock().unwrap().is_empty());
    }
}

#[test]
fn a_folder_that_is_not_admitted_is_not_listed() {
    for place in Place::both(|name| name != "sub") {
        place.refused(place.read("sub").list(), Why::NotAdmitted);
        place.refused(place.read("sub").walk(), Why::NotAdmitted);
        place.failed(place.read("ok.txt").list(), "not_a_folder");
        place.failed(place.read("no").list(), "not_found");
    }
}

#[test]
fn p_readdir_symlink() {
    let place = Place::new(|name| name != "sub/deep.txt");
    place.link("out", place.outside(""));
    place.link("secret", place.outside("secret"));
    place.link("dangling", "none");
    place.link("loop", "loop");
    place.link("denied", "sub/deep.txt");
    place.link("fine", "ok.txt");
    place.link("folder", "sub");
    fs::write(place.inside("sub/other.txt"), "").unwrap();
    let listed = ["fine", "folder", "ok.txt", "sub"];
    assert_eq!(names(list(&place, "")), set(listed));
    // A walk sees the link and goes through none.
    assert_eq!(names(walk(&place, "")), set(["fine", "folder", "ok.txt", "sub", "sub/other.txt"]));

    let walking = Place::walking(all);
    walking.link("out", walking.outside(""));
    walking.link("fine", "ok.txt");
    assert_eq!(names(list(&walking, "")), set(["ok.txt", "sub"]));
    assert_eq!(names(walk(&walking, "")), set(["ok.txt", "sub", "sub/deep.txt"]));
}

#[test]
fn a_link_is_listed_as_what_it_leads_to() {
    let place = Place::new(all);
    place.link("file", "sub/deep.txt");
    place.link("folder", "sub");
    for item in list(&place, "").map(Result::unwrap) {
        let kind =
            if item.name().ends_with("folder") || item.name() == "sub" { Kind::Folder } else { Kind::File };
        assert_eq!(item.kind(), kind, "{}", item.name());
        assert_eq!(item.metadata().unwrap().kind(), kind);
    }
}

#[test]
fn an_item_that_a_link_has_replaced_is_refused() {
    for place in Place::both(all) {
        let item = list(&place, "").map(Result::unwrap).find(|item| item.name() == "ok.txt").unwrap();
        fs::remove_file(place.inside("ok.txt")).unwrap();
        place.failed(item.metadata(), "not_found");
        place.link("ok.txt", place.outside("secret"));
        place.refused(item.metadata(), Why::Link);
        assert!(item.locate().open().is_err());
    }
}

#[test]
fn a_walk_goes_through_every_admitted_folder() {
    for place in Place::both(|name| !name.starts_with("sub/closed")) {
        for folder in ["sub/a/b/c", "sub/closed/open", "z"] {
            fs::create_dir_all(place.inside(folder)).unwrap();
            fs::write(place.inside(folder).join("file"), "").unwrap();
        }
        let expected = ["a", "a/b", "a/b/c", "a/b/c/file", "deep.txt"];
        assert_eq!(names(walk(&place, "sub")), set(expected));
        let last = walk(&place, "sub").map(Result::unwrap).find(|item| item.name() == "a/b/c/file").unwrap();
        assert_eq!(last.locate().name(), "sub/a/b/c/file");
    }
}

#[test]
fn a_walk_lists_each_folder_whole_before_those_in_it() {
    let place = Place::new(all);
    for folder in ["a/x", "b/y", "c"] {
        fs::create_dir_all(place.inside(folder)).unwrap();
    }
    let found: Vec<_> = walk(&place, "").map(|item| item.unwrap().name().to_owned()).collect();
    let depth: Vec<_> = found.iter().map(|name| name.matches('/').count()).collect();
    assert!(depth.starts_with(&[0, 0, 0, 0, 0]) && depth[5..].iter().all(|depth| *depth == 1), "{found:?}");
}

#[test]
fn a_folder_that_a_link_has_replaced_is_not_walked_into() {
    let place = Place::new(all);
    fs::create_dir(place.inside("other")).unwrap();
    fs::write(place.inside("other/elsewhere"), "").unwrap();
    let mut walk = walk(&place, "");
    let first: Vec<_> = walk.by_ref().take(3).map(|item| item.unwrap().name().to_owned()).collect();
    assert_eq!(first.len(), 3, "the base folder itself");
    fs::rename(place.inside("sub"), place.inside("away")).unwrap();
    place.link("sub", "other");
    assert_eq!(names(walk), set(["other/elsewhere"]));
}

#[test]
fn a_folder_of_many_is_listed_whole() {
    let place = Place::new(|name| name.is_empty() || name.ends_with('7'));
    for number in 0..1_000 {
        fs::write(place.inside(&format!("file-{number}")), "").unwrap();
    }
    assert_eq!(list(&place, "").count(), 100);
}

#[test]
fn a_link_through_a_file_is_passed_over_and_does_not_end_a_listing() {
    for place in Place::both(all) {
        place.link("nowhere", "ok.txt/x");
        assert_eq!(names(list(&place, "")), set(["ok.txt", "sub"]));
    }
}
