//! Names of base folders.

use crate::path::{BASES, PatternError, check_base, unknown_base};

#[test]
fn the_bases_are_those_of_tauri_2_once_each_and_sorted() {
    assert_eq!(BASES.len(), 23);
    assert!(BASES.is_sorted_by(|a, b| a < b));
    assert!(!BASES.contains(&"APP"), "that was Tauri 1");
}

#[test]
fn a_known_or_declared_base_is_no_error() {
    assert_eq!(unknown_base("APPDATA", &[]), None);
    assert_eq!(unknown_base("PROJECT", &["OTHER", "PROJECT"]), None);
    assert!(unknown_base("PROJECT", &["OTHER"]).is_some());
}

#[test]
#[cfg(feature = "files")]
fn an_unknown_base_is_told_what_was_meant() {
    let help = |name, declared: &[&str]| unknown_base(name, declared).map(|error| error.help().to_owned());
    assert_eq!(help("DOWNLOADS", &[]).as_deref(), Some("did you mean `$DOWNLOAD`?"));
    assert_eq!(help("PROJEKT", &["PROJECT"]).as_deref(), Some("did you mean `$PROJECT`?"));
}

#[test]
fn an_unknown_base_like_no_other_is_told_them_all_and_where_to_declare_it() {
    let error = unknown_base("QQQQ", &["PROJECT"]).unwrap();
    assert!(error.help().starts_with("write one of `$PROJECT`, `$APPCACHE`,"), "{error}");
    assert!(error.help().ends_with("or declare it: `bases: [\"QQQQ\"]`"), "{error}");
}

#[test]
fn a_base_of_tauri_1_is_told_its_new_name() {
    assert_eq!(unknown_base("LOG", &[]).unwrap().help(), "that was Tauri 1; write `$APPLOG`");
    assert!(unknown_base("APP", &[]).unwrap().help().contains("`$APPDATA`"));
}

#[test]
fn a_program_may_name_bases_of_its_own() {
    for name in ["PROJECT", "P", "MY_NOTES_2"] {
        assert_eq!(check_base(name), Ok(()), "{name}");
    }
    let help = |name: &str| check_base(name).map_err(|error: PatternError| error.help().to_owned());
    assert_eq!(help("project"), Err("write `PROJECT`".into()));
    assert_eq!(help("$PROJECT"), Err("write `PROJECT`".into()));
    assert_eq!(help("HOME"), Err("choose another name".into()));
    for name in ["", "_X", "1X", "A-B", "Ä", "A/B", "A\0"] {
        assert!(check_base(name).is_err(), "{name}");
    }
}
