//! What patterns match.

use super::{Random, pattern};
use crate::path::glob;
use crate::path::part::Part;

#[track_caller]
fn check(text: &str, matched: &[&str], others: &[&str]) {
    let pattern = pattern(text);
    for path in matched {
        assert!(pattern.matches(path, false), "{text} does not match `{path}`");
    }
    for path in others {
        assert!(!pattern.matches(path, false), "{text} matches `{path}`");
    }
}

#[test]
fn a_base_alone_is_the_folder_itself() {
    check("$HOME", &[""], &["a", "a/b", ".a"]);
    check("/", &[""], &["a"]);
}

#[test]
fn a_literal_is_itself_in_its_own_case() {
    check("$HOME/notes/today.md", &["notes/today.md"], &["notes", "Notes/today.md", "notes/today.md/x", ""]);
    check("$HOME/ü", &["ü"], &["u\u{308}", "Ü"]);
}

#[test]
fn p_star_no_sep_no_dot() {
    // CVE-2022-46171 and CVE-2023-34460.
    check("$HOME/*", &["f", "a b"], &["", "sub/f", ".hidden", ".ssh/id_rsa", "sub/.f"]);
    check("$HOME/a?b", &["axb", "aüb"], &["a/b", "ab", "axxb"]);
    check("$HOME/?x", &["ax"], &[".x", "/x"]);
    check("$HOME/[.a]x", &["ax"], &[".x"]);
    check("$HOME/**", &["sub/f"], &[".ssh/id_rsa", "sub/.env"]);
}

#[test]
fn a_star_is_any_text_of_one_component() {
    check(
        "$HOME/note-*.md",
        &["note-.md", "note-17.md", "note-a.b.md"],
        &["note-17.txt", "a/note-1.md", "note.md"],
    );
    check("$HOME/*/x", &["a/x"], &["x", "a/b/x", ".a/x"]);
}

#[test]
fn two_stars_are_any_number_of_components_also_none() {
    check("$HOME/**", &["", "a", "a/b/c"], &[]);
    check("$HOME/a/**", &["a", "a/b", "a/b/c"], &["", "ab", "b/a"]);
    check("$HOME/**/*.md", &["x.md", "a/b/x.md"], &["", "x.txt", "a/x.md/y"]);
    check("$HOME/a/**/b", &["a/b", "a/x/b", "a/x/y/b"], &["a", "ab", "a/b/x"]);
    check("$HOME/**/*", &["a", "a/b"], &[""]);
}

#[test]
fn a_class_is_one_of_its_characters() {
    check("$HOME/[ab]", &["a", "b"], &["c", "ab", "-", "]", ""]);
    check("$HOME/x[0-9]", &["x0", "x9"], &["x", "xa", "x/", "x10"]);
    check("$HOME/[ä-ü]", &["ö"], &["o"]);
}

#[test]
fn braces_are_plain_characters() {
    check("$HOME/{a,b}", &["{a,b}"], &["a", "b"]);
}

#[test]
fn a_hidden_name_needs_a_literal_dot() {
    check("$HOME/.config/**", &[".config", ".config/a"], &[".config/.git", ".ssh"]);
    check("$HOME/.*", &[".env", ".x.y"], &["env", "a"]);
    check("$HOME/.*/x", &[".a/x"], &["a/x", ".a/.x"]);
    check("$HOME/**/.env", &[".env", "a/.env"], &[".a/.env"]);
    check("$HOME/[.]env", &[".env"], &["xenv"]);
}

#[test]
fn hidden_names_are_matched_if_the_entry_says_so() {
    for (text, path) in [
        ("$HOME/*", ".a"),
        ("$HOME/**", ".a/.b"),
        ("$HOME/?x", ".x"),
        ("$HOME/[.a]x", ".x"),
        ("$HOME/**/x", ".a/x"),
    ] {
        assert!(pattern(text).matches(path, true), "{text} {path}");
        assert!(!pattern(text).matches(path, false), "{text} {path}");
    }
}

#[test]
fn two_stars_step_over_no_hidden_folder() {
    check("$HOME/a/**/b", &["a/x/b"], &["a/.git/b", "a/x/.git/b"]);
    check("$HOME/**/a/**/b", &["a/x/a/b"], &["a/.x/a/.x/b", ".x/a/b"]);
}

#[test]
fn a_sibling_that_begins_alike_is_not_in_the_folder() {
    check("/srv/allowed/**", &["srv/allowed/x"], &["srv/allowed-evil/x", "srv/allowedx", "srv"]);
}

#[test]
fn encoded_text_is_literal() {
    check("$HOME/*", &["x..%2f..%2foutside", "%2e%2e"], &[]);
    check("$HOME/a/*", &[], &["a%2fb", "a%5cb"]);
    check("$HOME/a∕b", &["a∕b"], &["a/b"]);
}

#[test]
fn the_quick_way_matches_as_defined() {
    let mut random = Random(0xab);
    let mut matched = 0;
    for _ in 0..60_000 {
        let one = random.pattern(&["a", "b", ".", "*", "?", "[ab]", "[.b]", "ü"]);
        let path = random.path(&["a", "b", ".", "ü"]);
        let rest = if path.is_empty() { None } else { Some(path.as_str()) };
        for hidden in [false, true] {
            let expected = one.matches(&path, hidden);
            assert_eq!(glob::matches(&one.parts, rest, hidden), expected, "{one} `{path}` {hidden}");
            matched += usize::from(expected);
        }
    }
    assert!(matched > 5_000, "it matches now and then: {matched}");
}

/// All paths and patterns of a small world, since what is rare is not found by chance.
#[test]
fn the_quick_way_steps_over_folders_as_defined() {
    let mut paths = vec![String::new()];
    let mut longest = vec![String::new()];
    for _ in 0..5 {
        let join =
            |path: &String, name| if path.is_empty() { String::from(name) } else { format!("{path}/{name}") };
        longest = longest.iter().flat_map(|path| ["a", "b", ".h"].map(|name| join(path, name))).collect();
        paths.extend_from_slice(&longest);
    }
    let components = ["a", ".h", "**", "*", ".*"];
    let count = components.len().pow(5);
    for number in 0..count {
        let mut left = number;
        let mut text = String::from("$HOME");
        for _ in 0..5 {
            text.push('/');
            text.push_str(components[left % components.len()]);
            left /= components.len();
        }
        let one = pattern(&text);
        for path in paths.iter().step_by(1 + number % 7) {
            let rest = if path.is_empty() { None } else { Some(path.as_str()) };
            assert_eq!(glob::matches(&one.parts, rest, false), one.matches(path, false), "{one} `{path}`");
        }
    }
}

#[test]
fn a_hostile_path_is_not_slow() {
    let deep = pattern(&format!("/{}b", "**/a/".repeat(60)));
    let path = "a/".repeat(2000) + "a";
    assert!(!glob::matches(&deep.parts, Some(&path), true));
    assert!(!deep.matches(&path[..500], true));
    let wide = pattern(&format!("/{}b", "*a".repeat(60)));
    assert!(matches!(wide.parts.as_slice(), [Part::Glob(_)]));
    assert!(!glob::matches(&wide.parts, Some(&"a".repeat(4096)), true));
    assert!(!wide.matches(&"a".repeat(1000), true));
}
