//! What Windows would read into a path, refused from its text alone.

use crate::path::{InputStart, Malformed, Style, input};

#[track_caller]
fn refused(text: &str, why: Malformed) {
    assert_eq!(input(text, Style::Windows), Err(why), "`{text}`");
}

#[track_caller]
fn read(text: &str) -> (InputStart<'_>, String) {
    match input(text, Style::Windows) {
        Ok(input) => (input.start, input.rest.into_owned()),
        Err(malformed) => panic!("`{text}`: {malformed}"),
    }
}

#[test]
fn both_separators_separate_and_nothing_else_does() {
    assert_eq!(read(r"a/b\c"), (InputStart::Relative, "a/b/c".into()));
    assert_eq!(read(r"$HOME\a\b"), (InputStart::Base("HOME"), "a/b".into()));
    for text in ["a∕b", "a¥b", "a⁄b", "a＼b"] {
        assert_eq!(read(text), (InputStart::Relative, text.into()));
    }
}

#[test]
fn a_drive_comes_with_its_root() {
    assert_eq!(read(r"C:\a\b"), (InputStart::Drive('C'), "a/b".into()));
    assert_eq!(read("d:/a"), (InputStart::Drive('D'), "a".into()));
    assert_eq!(read(r"C:\"), (InputStart::Drive('C'), String::new()));
}

#[test]
fn what_is_relative_to_a_state_of_the_process_is_malformed() {
    for text in ["C:foo", "C:", "c:foo\\bar", "z:."] {
        refused(text, Malformed::DriveRelative);
    }
    for text in [r"\foo", "/foo", "/", r"\", "/etc/passwd"] {
        refused(text, Malformed::RootRelative);
    }
}

#[test]
fn p_unc_device() {
    for text in [
        r"\\srv\share\x",
        "//srv/share/x",
        r"\/srv\share",
        r"/\srv\share",
        r"\\srv@SSL\DavWWWRoot\x",
        r"\\127.0.0.1\c$\x",
        r"\\",
        "//",
        r"\\\x",
    ] {
        refused(text, Malformed::Network);
    }
    for text in [
        r"\\?\UNC\srv\share",
        r"\\?\C:\R\..\x",
        r"\\.\C:\x",
        r"\\.\PhysicalDrive0",
        r"\\?\GLOBALROOT\Device\x",
        r"\??\C:\x",
        "//?/C:/x",
        "//./pipe/x",
        r"\/?/C:",
        "/??/C:/x",
    ] {
        refused(text, Malformed::Device);
    }
}

#[test]
fn devices_are_malformed_in_every_spelling() {
    for text in [
        "CON",
        "con",
        "Con",
        "PRN",
        "AUX",
        "NUL",
        "NUL.txt",
        "nul.tar.gz",
        "nul ",
        "nul .txt",
        "nul.",
        "COM0",
        "COM1",
        "com9.log",
        "COM¹",
        "COM²",
        "COM³",
        "LPT0",
        "lpt1",
        "LPT³.x",
        "CONIN$",
        "conout$",
        "CLOCK$",
        r"a\nul",
        r"CON\x",
        "$HOME/con",
        r"C:\aux\x",
        "nul:",
        "con:x",
        " con",
    ] {
        refused(text, Malformed::Reserved);
    }
    for text in ["CONSOLE", "COM", "COM10", "COMa", "xCON", "LPT", "NULL.txt", "a.con", "COM⁴", "nul-x"] {
        assert_eq!(read(text), (InputStart::Relative, text.into()));
    }
}

#[test]
fn streams_are_malformed() {
    for text in
        ["ok.txt:evil", "ok.txt::$DATA", ":stream", r"sub:x\y", r"C:\x:y", "$HOME:x", r"$HOME\x:y:$DATA"]
    {
        refused(text, Malformed::Stream);
    }
}

#[test]
fn what_windows_leaves_out_at_an_end_is_malformed() {
    for text in ["ok.txt.", "ok.txt ", r"sub.\x", r"sub \x", "...", "x. .", "a/.. ", r"..\.. \x"] {
        let why = input(text, Style::Windows).unwrap_err();
        assert!(matches!(why, Malformed::Ending | Malformed::Parent), "`{text}`: {why}");
    }
    for text in [" x", r"a\ x"] {
        refused(text, Malformed::Leading);
    }
}

#[test]
fn characters_that_no_name_has_are_malformed() {
    for c in ['<', '>', '"', '|', '?', '*'] {
        refused(&format!("a{c}b"), Malformed::Character);
        refused(&format!(r"C:\x\{c}"), Malformed::Character);
    }
    for c in '\u{1}'..='\u{1f}' {
        refused(&format!("a{c}b"), Malformed::Control);
    }
}

#[test]
fn dots_are_read_as_on_every_system() {
    refused(r"a\..\..\b", Malformed::Parent);
    refused(r"C:\..", Malformed::Parent);
    refused(r".\a", Malformed::Dot);
    refused(r"a\\b", Malformed::Doubled);
    refused(r"C:\\a", Malformed::Doubled);
    refused(r"a\", Malformed::Trailing);
    refused(r"~\x", Malformed::Home);
    refused(r"%USERPROFILE%\x", Malformed::Variable);
}

#[test]
fn short_names_are_left_to_the_file_system() {
    assert_eq!(read(r"C:\PROGRA~1\x"), (InputStart::Drive('C'), "PROGRA~1/x".into()));
}

#[test]
fn what_is_too_long_for_windows_is_malformed_and_never_cut() {
    refused(&format!(r"C:\{}", "x".repeat(32_767)), Malformed::TooLong);
    let usual = format!(r"C:\{}", ["x".repeat(100).as_str(); 4].join(r"\"));
    assert_eq!(read(&usual).1.len(), 403, "more than 260");
}
