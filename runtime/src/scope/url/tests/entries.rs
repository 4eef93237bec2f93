//! What an entry looks like.

use serde_json::json;

use super::Fetch;
use crate::{
    scope::{EntryError, UrlEntry},
    test,
};

#[test]
fn an_entry_is_an_object_or_the_pattern_alone() {
    for scope in [
        test::scope::<Fetch>().allow("https://example.com"),
        test::scope::<Fetch>().allow(json!({ "url": "https://example.com" })),
    ] {
        assert!(scope.admit("https://example.com/a").is_ok());
        assert!(scope.admit("https://example.org/a").is_err());
    }
}

#[test]
fn an_entry_that_the_program_makes_is_judged() {
    assert_eq!(UrlEntry::parse("https://example.com").unwrap().as_str(), "https://example.com");
    let error = UrlEntry::parse("https://example.com*").unwrap_err();
    assert!(error.to_string().contains("`*` inside of its host"), "{error}");
    assert_eq!(
        UrlEntry::parse("https://a b"),
        Err(EntryError::new(
            "\"https://a b\" is not a URL pattern: it has a ' '; leave it out, or write `%20` for a space in a path"
        ))
    );
}

#[test]
#[should_panic(expected = "has a user name")]
fn an_entry_that_is_wrong_does_not_pass_a_test() {
    let _ = test::scope::<Fetch>().allow("https://me@example.com").admit("https://example.com");
}

#[test]
fn an_input_that_is_no_text_is_malformed() {
    let scope = test::scope::<Fetch>().allow_all();
    for input in
        [json!(1), json!(null), json!({ "url": "https://example.com" }), json!(["https://example.com"])]
    {
        assert!(scope.admit(input).unwrap_err().is_malformed());
    }
}

/// An entry is met by the addresses that it spells out.
#[test]
fn a_pattern_without_stars_admits_itself() {
    for pattern in [
        "https://example.com/a/b",
        "http://127.0.0.1:3000/",
        "http://[2001:db8::1]:1/x",
        "https://xn--fa-hia.de/caf%C3%A9",
        "ssh://example.com:22/a!$&'()+,=:@~_-.;^[]|",
        "https://example.com/a;b=c/%25/%20",
    ] {
        assert_eq!(super::under(pattern, pattern), super::Is::A, "{pattern}");
        assert_eq!(super::verdict(&super::admit(&[pattern], &[pattern], pattern)), super::Is::D, "{pattern}");
    }
}
