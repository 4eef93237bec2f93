//! Which texts are patterns, and what is said of the others.

use super::pattern;
use crate::path::{Pattern, Start, escape};

#[track_caller]
fn refused(text: &str, message: &str, help: &str) {
    let Err(error) = Pattern::parse(text) else { panic!("`{text}` is accepted") };
    assert!(error.message().contains(message), "`{text}`: {error}");
    assert!(error.help().contains(help), "`{text}`: {error}");
}

#[test]
fn a_pattern_starts_at_a_base_a_root_or_a_drive() {
    for (text, start, base) in [
        ("$HOME", Start::Base("HOME".into()), Some("HOME")),
        ("$APPDATA/notes/**", Start::Base("APPDATA".into()), Some("APPDATA")),
        ("$MY_NOTES_2/x", Start::Base("MY_NOTES_2".into()), Some("MY_NOTES_2")),
        ("/", Start::Unix, None),
        ("/srv/*", Start::Unix, None),
        ("C:/", Start::Drive('C'), None),
        ("c:/notes", Start::Drive('C'), None),
        (r"C:\notes\**", Start::Drive('C'), None),
    ] {
        assert_eq!(*pattern(text).start(), start, "{text}");
        assert_eq!(pattern(text).base(), base, "{text}");
    }
}

#[test]
fn what_is_printed_is_what_was_meant() {
    for text in [
        "$HOME",
        "/",
        "C:/",
        "/srv/**",
        "$HOME/**/*.md",
        "/a?/[ab]/[a-z0-9_-]*",
        "/[-a]x",
        "/{a,b}/]!^$",
        "$HOME/.config/**",
        "/[*][?][[][\\]",
        "/[*][*]",
        "C:/Program Files (x86)/**",
        "/ü/ß*",
    ] {
        assert_eq!(pattern(text).to_string(), text);
    }
    for (text, canonical) in [
        (r"c:\notes/x\*", "C:/notes/x/*"),
        ("$HOME/**/**/x/**/**", "$HOME/**/x/**"),
        ("/[x][.]y", "/x.y"),
        ("/[a-a]*", "/a*"),
    ] {
        assert_eq!(pattern(text).to_string(), canonical, "{text}");
    }
}

#[test]
fn what_is_printed_is_read_again_as_the_same() {
    let mut random = super::Random(0x5eed);
    for _ in 0..20_000 {
        let one =
            random.pattern(&["a", ".", "*", "?", "[", "]", "!", "-", "[a-c]", "[*]", "[\\]", "ü", "[x.]"]);
        assert_eq!(pattern(&one.to_string()), one, "{one}");
    }
}

#[test]
fn an_empty_pattern_is_refused() {
    refused("", "is empty", "`$APPDATA/notes/**`");
}

#[test]
fn a_relative_pattern_is_refused_with_a_base_to_write() {
    refused("notes/**", "relative", "`$APPDATA/notes/**`");
    refused("./notes", "relative", "`$APPDATA/notes`");
    refused("../notes", "relative", "`$APPDATA/notes`");
    refused(r"notes\x", "relative", "`$APPDATA/notes/x`");
    refused("*", "relative", "`$APPDATA/*`");
}

#[test]
fn stars_alone_do_not_say_where_they_start() {
    refused("**", "where it starts", "`$HOME/**`, or `/**` for the whole machine");
    refused("**/*", "where it starts", "`$HOME/**/*`");
    refused("**/.*/*/**", "where it starts", "`/**/.*/*/**`");
}

#[test]
fn nothing_is_expanded_but_a_base() {
    refused("~", "`~`", "write `$HOME`");
    refused("~/notes/**", "`~`", "write `$HOME/notes/**`");
    refused("%APPDATA%/x", "environment", "`$APPDATA`");
    refused(r"%USERPROFILE%\x", "environment", "`$HOME`");
    refused("${HOME}/x", "not write a base folder", "write `$HOME/x`");
    refused("$(HOME)/x", "not write a base folder", "write `$HOME/x`");
    refused("$home/x", "not write a base folder", "write `$HOME/x`");
    refused("$AppData", "not write a base folder", "write `$APPDATA`");
    refused("$", "no name", "`$HOME`");
    refused("$/x", "no name", "`$HOME`");
    refused("$1/x", "no name", "`$HOME`");
    assert!(pattern("/srv/$HOME/~/%X%").matches("srv/$HOME/~/%X%", false));
}

#[test]
fn text_glued_to_a_base_is_refused() {
    refused("$HOME*", "glued", "write `$HOME/*`");
    refused("$HOME.ssh", "glued", "write `$HOME/.ssh`");
    refused("$HOME-x/**", "glued", "write `$HOME/-x/**`");
    refused("$HOMEfolder", "not write a base folder", "write `$HOMEFOLDER`");
}

#[test]
fn a_backslash_separates_only_behind_a_drive() {
    refused(r"$HOME\notes", "`\\`", "`$HOME/notes`");
    refused(r"$HOME/notes\x", "`\\`", "`$HOME/notes/x`; or `[\\]`");
    refused(r"/srv\x", "`\\`", "`/srv/x`");
    assert!(pattern(r"/srv/a[\]b").matches(r"srv/a\b", false));
    assert!(pattern(r"C:\a\b").matches("a/b", false));
}

#[test]
fn p_unc_device() {
    for text in ["//server/share", r"\\server\share\**", r"\\?\C:\x", r"\\.\C:\", "//./pipe/x", r"//?/C:/x"] {
        refused(text, "network share or a device", "`$HOME/notes/**`");
    }
    refused(r"\??\C:\x", "no drive", "with the drive");
}

#[test]
fn a_pattern_of_windows_needs_its_whole_drive() {
    refused("C:notes", "current one of that drive", "`C:/notes`");
    refused("C:", "current one of that drive", "`C:/`");
    refused(r"\notes", "no drive", "`C:/notes`");
}

#[test]
fn a_url_is_refused() {
    refused("file:///srv/x", "URL", "write the path");
    refused("https://example.com/**", "URL", "write the path");
}

#[test]
fn p_dotdot_raw() {
    refused("$HOME/../x", "`..`", "the folder that is meant");
    refused("$RESOURCE/../**", "`..`", "the folder that is meant");
    refused("/srv/..", "`..`", "the folder that is meant");
    refused(r"C:\x\..\y", "`..`", "the folder that is meant");
    refused("/srv/[.][.]/x", "`..`", "the folder that is meant");
    refused("/srv/.[.]/x", "`..`", "the folder that is meant");
}

#[test]
fn components_that_say_nothing_are_refused() {
    refused("/srv/./x", "`.` component", "leave it out");
    refused("/srv/[.]/x", "`.` component", "leave it out");
    refused("/srv//x", "two separators", "write one");
    refused("$HOME//x", "two separators", "write one");
    refused("C:/x//y", "two separators", "write one");
    refused("C://", "two separators", "write one");
    refused("/srv/x//", "two separators", "write one");
}

#[test]
fn a_separator_at_the_end_is_refused_with_both_meanings() {
    refused(
        "$HOME/",
        "ends with a separator",
        "write `$HOME/**` for all that is in it, or `$HOME` for itself",
    );
    refused("/srv/x/", "ends with a separator", "`/srv/x/**`");
    refused(r"C:\x\", "ends with a separator", r"`C:\x/**`");
}

#[test]
fn a_double_star_stands_alone() {
    refused("/srv/a**", "stands alone", "`a*` for names of one folder, or `a*/**`");
    refused("/srv/**b", "stands alone", "`**/*b` for names at any depth, or `*b`");
    refused("/srv/***", "stands alone", "write");
    refused("/srv/a**b/x", "stands alone", "`a*b`");
    assert!(pattern("/srv/*[*]").matches("srv/a*", false), "a star and a literal one");
}

#[test]
fn a_negated_class_is_refused() {
    refused("/srv/[!x]", "not meant", "`deny`");
    refused("/srv/[^x]", "not meant", "`deny`");
    refused("/srv/[!]", "not meant", "`deny`");
    assert!(pattern("/srv/[x!]").matches("srv/!", false));
}

#[test]
fn a_class_has_no_separator() {
    refused("/srv/[a/b]", "no `]` of the same component", "an entry for each folder");
    refused("/srv/[+-9]", "separator in it", "`[a-z0-9]`");
    refused(r"C:/x/[A-z]", "separator in it", "`[a-z0-9]`");
    assert!(pattern("/srv/[A-z]").matches("srv/b", false), "a `\\` is in names of a Unix");
}

#[test]
fn a_class_is_closed_and_says_something() {
    refused("/srv/[x", "no `]`", "`[[]`");
    refused("/srv/x[", "no `]`", "`[[]`");
    refused("/srv/[]", "nothing in it", "`]` for the character itself");
    refused("/srv/[z-a]", "backwards", "`a-z`");
    refused("/srv/[a-Z]", "backwards", "`a-zA-Z`");
    refused("/srv/[a-c-e]", "not between two", "`-` last");
    refused("/srv/[[:alpha:]]", "named", "`[a-z]`");
    assert!(pattern("/srv/[ab-]").matches("srv/-", false));
    assert!(pattern("/srv/[-ab]").matches("srv/-", false));
}

#[test]
fn control_characters_are_refused() {
    for text in ["/srv/a\0b", "/srv/a\nb", "$HOME/\u{1b}[31m", "/srv/\u{7f}", "/srv/\u{85}", "\n"] {
        refused(text, "control character", "write a name without it");
    }
}

#[test]
fn the_longest_pattern_has_4096_bytes() {
    assert!(Pattern::parse(&format!("/{}", "x".repeat(4095))).is_ok());
    refused(&format!("/{}", "x".repeat(4096)), "more than 4096 bytes", "`/**`");
}

#[test]
fn a_pattern_of_windows_that_no_name_can_match_is_refused() {
    for text in
        ["C:/CON", "C:/x/nul.txt", "C:/x.", "C:/x /y", "C:/a:b", "C:/a:*", "C:/a<*", "C:/[*]x", "C:/ x"]
    {
        refused(text, "matches nothing", "Windows can have");
    }
    for text in ["C:/*.", "C:/CON*", "C:/Program Files/*"] {
        assert!(Pattern::parse(text).is_ok(), "{text}");
    }
}

#[test]
fn an_escaped_name_is_matched_and_nothing_else() {
    for name in ["*", "**", "?", "[a-Z]", "[x]", "a[b", "a]b", "!", "a\\b", "{a,b}", "$HOME", "~", "%X%"] {
        let literal = pattern(&format!("/srv/{}", escape(name)));
        assert!(literal.matches(&format!("srv/{name}"), false), "{name}");
        for other in ["x", "a", "[", "b", "ab", "a/b", "", ".x"] {
            assert!(!literal.matches(&format!("srv/{other}"), true), "{name} {other}");
        }
    }
}

#[test]
fn p_glob_meta_literal() {
    // CVE-2022-41874: a folder that a user picked, and that is called like a pattern.
    for (picked, inside, outside) in [
        ("/d/[x]", "d/[x]/f", "d/x/f"),
        ("/d/**", "d/**/f", "d/f"),
        ("/d/*", "d/*/f", "d/e/f"),
        ("/d/[a-Z]", "d/[a-Z]/f", "d/a/f"),
    ] {
        let all = pattern(&format!("{}/**", escape(picked)));
        assert!(all.matches(inside, false), "{picked}");
        assert!(!all.matches(outside, true), "{picked}");
    }
}

#[test]
fn an_escaped_path_of_windows_keeps_its_separators() {
    let picked = pattern(&escape(r"C:\Users\me\[x]"));
    assert!(picked.matches("Users/me/[x]", false));
    assert!(!picked.matches("Users/me/x", false));
}

#[test]
fn the_folder_is_what_is_literal() {
    for (text, folder, tail) in [
        ("$HOME", "", ""),
        ("$HOME/x", "", "x"),
        ("$HOME/a/b/x", "a/b", "x"),
        ("$HOME/**", "", "**"),
        ("$HOME/a/**", "a", "**"),
        ("$HOME/a/*/b", "a", "*/b"),
        ("/[*]/[[]x]/?", "*/[x]", "?"),
    ] {
        let pattern = pattern(text);
        let (found, left) = pattern.folder();
        assert_eq!((found.as_str(), left.to_string().as_str()), (folder, tail), "{text}");
    }
}

#[test]
fn what_is_left_below_the_folder_matches_as_the_whole_does() {
    let mut random = super::Random(0xf01de);
    let pieces = ["a", "b", ".", "*", "?"];
    for _ in 0..20_000 {
        let one = random.pattern(&pieces);
        let (folder, tail) = one.folder();
        let below = random.path(&["a", "b", "."]);
        let whole = match (folder.as_str(), below.as_str()) {
            (folder, "") => folder.to_owned(),
            ("", below) => below.to_owned(),
            (folder, below) => format!("{folder}/{below}"),
        };
        assert_eq!(tail.matches(&below, false), one.matches(&whole, false), "{one} {whole}");
    }
}
