//! Which name is the real one.

use std::fs;

use super::{Place, all};
use crate::scope::path::{error::Why, name};

#[test]
fn p_nfc_nfd_case() {
    // Linux holds each spelling for another name: none of them is found by another.
    for place in Place::both(all) {
        fs::write(place.inside("e\u{301}.txt"), "decomposed").unwrap();
        assert_eq!(place.read("e\u{301}.txt").read_to_string().unwrap(), "decomposed");
        if cfg!(target_os = "linux") {
            place.failed(place.read("\u{e9}.txt").open(), "not_found");
            place.failed(place.read("OK.TXT").open(), "not_found");
        }
    }
}

#[test]
fn the_spelling_is_that_of_the_folder_whatever_found_it() {
    let place = Place::new(all);
    let dir = &place.root.base().unwrap().dir;
    let metadata = dir.metadata("ok.txt").unwrap();
    for asked in ["ok.txt", "OK.TXT", "OK~1.TXT", "ok.txt."] {
        assert_eq!(name::spelling(dir, asked, &metadata).unwrap(), "ok.txt", "{asked}");
    }
}

#[test]
fn of_two_spellings_of_one_file_the_one_that_was_asked_for_counts_and_no_guess() {
    let place = Place::new(all);
    fs::hard_link(place.inside("ok.txt"), place.inside("OK.txt")).unwrap();
    let dir = &place.root.base().unwrap().dir;
    let metadata = dir.metadata("ok.txt").unwrap();
    assert_eq!(name::spelling(dir, "OK.txt", &metadata).unwrap(), "OK.txt");
    assert_eq!(name::spelling(dir, "ok.txt", &metadata).unwrap(), "ok.txt");
    let error = super::PathError::new("ok~1", name::spelling(dir, "ok~1", &metadata).unwrap_err());
    assert_eq!(error.why(), Some(Why::Unclear));
}

#[test]
fn a_file_that_has_taken_its_name_is_not_it() {
    let place = Place::new(all);
    let dir = &place.root.base().unwrap().dir;
    let metadata = dir.metadata("ok.txt").unwrap();
    fs::rename(place.inside("ok.txt"), place.inside("was.txt")).unwrap();
    fs::write(place.inside("ok.txt"), "another").unwrap();
    assert_eq!(name::spelling(dir, "ok.txt", &metadata).unwrap(), "was.txt");
}

#[test]
fn what_has_gone_from_its_folder_has_no_spelling() {
    let place = Place::new(all);
    let dir = &place.root.base().unwrap().dir;
    let metadata = dir.metadata("ok.txt").unwrap();
    fs::rename(place.inside("ok.txt"), place.inside("sub/ok.txt")).unwrap();
    assert!(name::spelling(dir, "ok.txt", &metadata).unwrap_err().is(std::io::ErrorKind::NotFound));
}

#[test]
#[cfg(target_os = "linux")]
fn a_real_name_that_is_not_unicode_is_refused() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let place = Place::new(all);
    let odd = OsStr::from_bytes(b"odd\xff.txt");
    fs::write(place.inside("").join(odd), "odd").unwrap();
    place.link("link", odd);
    place.refused_for_reading("link", Why::NotUnicode);
    place.refused_for_writing("link", Why::NotUnicode);
    let listed: Vec<_> = place.read("").list().unwrap().map(|item| item.unwrap().name().to_owned()).collect();
    assert!(!listed.iter().any(|name| name == "link" || name.starts_with("odd")), "{listed:?}");
}

#[test]
fn nothing_is_decoded_or_expanded() {
    for place in Place::both(all) {
        for name in
            ["..%2f..%2foutside%2fsecret", "~", "$HOME", "%USERPROFILE%", "sub\\deep.txt", "file:", "*"]
        {
            place.failed(place.read(name).open(), "not_found");
            place.write(name).write("literal").unwrap();
            assert_eq!(place.text(name), "literal");
        }
        place.outside_is_as_it_was();
    }
}

#[test]
fn a_name_that_the_system_cannot_have_is_an_error() {
    for place in Place::both(all) {
        for name in ["ok.txt\0.png", &"x".repeat(5_000), &"y/".repeat(4_097)] {
            assert!(place.read(name).open().is_err());
            assert!(place.write(name).write("x").is_err());
            assert!(place.write(name).create_dir().is_err());
        }
        assert_eq!(place.text("ok.txt"), "fine");
    }
}
