//! Reading a file, and what is told of one.

use std::{
    fs,
    io::{Read as _, Seek as _, SeekFrom},
    sync::Arc,
};

use super::{Place, all};
use crate::scope::path::{error::Why, file::Kind, located::Located, root::Root};

#[test]
fn a_file_is_read_beneath_its_base_folder() {
    for place in Place::both(all) {
        assert_eq!(place.read("ok.txt").read_to_string().unwrap(), "fine");
        assert_eq!(place.read("sub/deep.txt").read().unwrap(), b"deep");
        let mut file = place.read("ok.txt").open().unwrap();
        file.seek(SeekFrom::Start(2)).unwrap();
        let mut two = [0; 2];
        file.read_exact(&mut two).unwrap();
        assert_eq!(&two, b"ne");
        file.rewind().unwrap();
        assert_eq!(file.read_to_string().unwrap(), "fine");
    }
}

#[test]
fn what_is_not_there_is_not_found_and_not_refused() {
    for place in Place::both(all) {
        place.failed(place.read("no.txt").open(), "not_found");
        place.failed(place.read("no/such/folder.txt").read(), "not_found");
        place.failed(place.read("no.txt").metadata(), "not_found");
        assert!(!place.read("no.txt").exists().unwrap());
        assert!(!place.read("ok.txt/under").exists().unwrap());
    }
}

#[test]
fn a_folder_is_not_a_file_to_read() {
    for place in Place::both(all) {
        place.failed(place.read("sub").open(), "is_a_folder");
        place.failed(place.read("").open(), "is_a_folder");
    }
}

#[test]
fn the_name_that_is_not_admitted_is_refused_though_it_was_located() {
    for place in Place::both(|name| name != "sub/deep.txt") {
        place.refused_for_reading("sub/deep.txt", Why::NotAdmitted);
        place.refused(place.read("sub/deep.txt").metadata(), Why::NotAdmitted);
        place.refused(place.read("sub/deep.txt").exists(), Why::NotAdmitted);
    }
}

#[test]
fn text_that_is_not_utf_8_is_an_error_and_not_replaced() {
    for place in Place::both(all) {
        fs::write(place.inside("bytes"), b"\xff\xfe").unwrap();
        place.failed(place.read("bytes").read_to_string(), "invalid_data");
        assert_eq!(place.read("bytes").read().unwrap(), b"\xff\xfe");
    }
}

#[test]
fn what_is_known_of_a_file_and_of_a_folder() {
    for place in Place::both(all) {
        let file = place.read("ok.txt").metadata().unwrap();
        assert_eq!((file.kind(), file.len(), file.is_read_only()), (Kind::File, 4, false));
        assert!(file.is_file() && !file.is_dir());
        assert!(file.modified().is_some());
        assert_eq!(place.read("ok.txt").open().unwrap().metadata().unwrap().len(), 4);
        for folder in ["sub", ""] {
            let known = place.read(folder).metadata().unwrap();
            assert_eq!(known.kind(), Kind::Folder);
            assert!(known.is_dir() && !known.is_file());
            assert!(place.read(folder).exists().unwrap());
        }
    }
}

#[test]
fn a_base_folder_may_come_to_be_after_it_was_named() {
    let temp = tempfile::tempdir().unwrap();
    let place = Place::new(all);
    let root = Arc::new(Root::new(temp.path().join("later")));
    let file = Located::new(Arc::clone(&root), "a.txt", place.rules());
    let file: Located<super::Read> = file;
    place.failed(file.open(), "not_found");
    assert_eq!(root.path(), temp.path().join("later"));

    fs::create_dir(temp.path().join("later")).unwrap();
    fs::write(temp.path().join("later/a.txt"), "now").unwrap();
    assert_eq!(file.read_to_string().unwrap(), "now");
}

#[test]
fn a_base_folder_is_held_when_it_is_moved_and_another_has_its_path() {
    let place = Place::new(|name| name == "ok.txt");
    assert_eq!(place.read("ok.txt").read_to_string().unwrap(), "fine");
    fs::rename(place.inside(""), place.temp.path().join("moved")).unwrap();
    fs::create_dir(place.inside("")).unwrap();
    fs::write(place.inside("ok.txt"), "another").unwrap();
    assert_eq!(place.read("ok.txt").read_to_string().unwrap(), "fine");
    place.refused_for_reading("sub/deep.txt", Why::NotAdmitted);
}

#[test]
fn the_path_of_a_base_folder_is_the_canonical_one() {
    let place = Place::new(all);
    place.link("here", "sub");
    for root in [Root::new(place.inside("here")), Root::by_walking(place.inside("here"))] {
        assert_eq!(root.path(), fs::canonicalize(place.inside("sub")).unwrap());
    }
}

#[test]
fn a_file_that_has_gone_between_is_not_one_that_has_its_name_now() {
    // `deep.txt` is opened, and removed while it has another name: its handle is no longer of what was looked for.
    let place = Place::new(all);
    fs::hard_link(place.inside("ok.txt"), place.inside("sub/other.txt")).unwrap();
    let base = place.root.base().unwrap();
    let found = base.dir.open("ok.txt").unwrap();
    fs::remove_file(place.inside("ok.txt")).unwrap();
    let name = super::super::name::beneath(base, &found, &found.metadata().unwrap());
    assert!(name.unwrap_err().is(std::io::ErrorKind::NotFound));
}

#[test]
fn a_name_may_end_like_that_of_what_has_been_removed() {
    for place in Place::both(|name| name == "ok (deleted)") {
        fs::write(place.inside("ok (deleted)"), "still here").unwrap();
        assert_eq!(place.read("ok (deleted)").read_to_string().unwrap(), "still here");
        place.write("ok (deleted)").write("changed").unwrap();
        assert_eq!(place.text("ok (deleted)"), "changed");
    }
}
