//! Paths that a caller sends, on a Unix and on a Mac. What Windows makes of them is in `windows.rs`.

use std::borrow::Cow;

use crate::path::{Input, InputStart, Malformed, Style, input};

const EVERY: [Style; 3] = [Style::Unix, Style::Mac, Style::Windows];

#[track_caller]
fn read(text: &str, style: Style) -> (InputStart<'_>, String) {
    match input(text, style) {
        Ok(Input { start, rest }) => (start, rest.into_owned()),
        Err(malformed) => panic!("`{text}` on {style:?}: {malformed}"),
    }
}

#[track_caller]
fn malformed_everywhere(text: &str, why: Malformed) {
    for style in EVERY {
        assert_eq!(input(text, style), Err(why), "`{text}` on {style:?}");
    }
}

#[test]
fn a_relative_path_is_its_names() {
    for text in
        ["ok.txt", "sub/new/deep.txt", ".env", "...", "a..b", "..a", "ü/ß", "a b", "-", "{a,b}", "a$b"]
    {
        for style in [Style::Unix, Style::Mac] {
            assert_eq!(read(text, style), (InputStart::Relative, text.into()), "{style:?}");
        }
    }
}

#[test]
fn a_base_is_named_at_the_beginning() {
    for style in EVERY {
        assert_eq!(read("$APPDATA/notes/x", style), (InputStart::Base("APPDATA"), "notes/x".into()));
        assert_eq!(read("$APPDATA", style), (InputStart::Base("APPDATA"), String::new()));
        assert_eq!(read("$NOBODYS_2/x", style), (InputStart::Base("NOBODYS_2"), "x".into()));
        assert_eq!(read("$HOME/$HOME/~", style), (InputStart::Base("HOME"), "$HOME/~".into()));
    }
}

#[test]
fn what_only_begins_like_a_base_is_a_name() {
    for text in ["$home/x", "$HOME.txt", "$", "$/x", "$1/x", "$RECYCLE.BIN/x", "x/$HOME"] {
        for style in EVERY {
            assert_eq!(read(text, style), (InputStart::Relative, text.into()), "{style:?}");
        }
    }
}

#[test]
fn an_absolute_path_is_read_and_decided_on_elsewhere() {
    for style in [Style::Unix, Style::Mac] {
        assert_eq!(read("/etc/passwd", style), (InputStart::Unix, "etc/passwd".into()));
        assert_eq!(read("/", style), (InputStart::Unix, String::new()));
    }
}

#[test]
fn a_dot_alone_is_the_start_itself() {
    for style in EVERY {
        assert_eq!(read(".", style), (InputStart::Relative, String::new()));
    }
}

#[test]
fn there_is_one_spelling_for_each_path() {
    malformed_everywhere("", Malformed::Empty);
    for text in ["./ok.txt", "sub/./ok.txt", "sub/.", "$HOME/."] {
        malformed_everywhere(text, Malformed::Dot);
    }
    for text in ["sub//ok.txt", "sub///ok.txt", "$HOME//x"] {
        malformed_everywhere(text, Malformed::Doubled);
    }
    for text in ["ok.txt/", "sub/x/", "$HOME/x/"] {
        malformed_everywhere(text, Malformed::Trailing);
    }
    assert_eq!(input("//x", Style::Unix), Err(Malformed::Doubled));
    assert_eq!(input("$HOME/", Style::Unix).map(|input| input.rest), Err(Malformed::Trailing));
}

#[test]
fn p_dotdot_raw() {
    for text in
        ["..", "../outside/secret", "sub/../ok.txt", "nope/../../outside/secret", "sub/..", "$HOME/../x"]
    {
        malformed_everywhere(text, Malformed::Parent);
    }
    assert_eq!(input("/..", Style::Unix), Err(Malformed::Parent));
    assert_eq!(input("/srv/../etc", Style::Mac), Err(Malformed::Parent));
}

#[test]
fn nothing_is_decoded() {
    for text in ["..%2f..%2foutside", "%2e%2e/secret", "a%00b", "&#46;&#46;/x", "..∕..∕x", "．．/x"] {
        for style in [Style::Unix, Style::Mac] {
            assert_eq!(read(text, style), (InputStart::Relative, text.into()));
        }
    }
}

#[test]
fn nothing_is_expanded() {
    for text in ["~", "~/.ssh/id_rsa"] {
        malformed_everywhere(text, Malformed::Home);
    }
    for text in [r"%USERPROFILE%\x", "%APPDATA%/x", "%TEMP%", "%ProgramFiles(x86)%/x", "${HOME}/x", "${HOME}"]
    {
        malformed_everywhere(text, Malformed::Variable);
    }
    for text in ["~me/x", "~x", "x/~", "x/%TEMP%", "100%", "%", "%%", "%a b%", "${", "$(HOME)"] {
        for style in EVERY {
            assert_eq!(read(text, style), (InputStart::Relative, text.into()), "{style:?}");
        }
    }
}

#[test]
fn a_url_is_no_path() {
    for text in [
        "file:///etc/passwd",
        "FILE:///x",
        "file:x",
        "file:/x",
        "https://example.com/x",
        "content://x/1",
        "tauri://localhost/x",
        "asset:/x",
        "x-y+z.1://x",
    ] {
        malformed_everywhere(text, Malformed::Url);
    }
    for text in ["notes 12:30.md", "todo:x", "a:/b", "1a:/b"] {
        assert_eq!(read(text, Style::Unix), (InputStart::Relative, text.into()));
    }
}

#[test]
fn control_characters_are_malformed() {
    for text in ["ok.txt\0.png", "a\nb", "\u{1b}[2J", "a\u{7f}", "a\u{85}b", "\0"] {
        malformed_everywhere(text, Malformed::Control);
    }
}

#[test]
fn the_whole_is_limited() {
    let long = |bytes: usize| ["x".repeat(127).as_str(); 40].join("/")[..bytes].to_owned();
    malformed_everywhere(&long(4097), Malformed::TooLong);
    malformed_everywhere(&long(5000), Malformed::TooLong);
    malformed_everywhere(&"a/".repeat(4097), Malformed::TooLong);
    for style in EVERY {
        assert_eq!(read(&long(4095), style).1.len(), 4095);
    }
}

#[test]
fn the_depth_is_limited() {
    let deep = |names: usize| vec!["a"; names].join("/");
    malformed_everywhere(&deep(256), Malformed::TooDeep);
    malformed_everywhere(&format!("$HOME/{}", deep(256)), Malformed::TooDeep);
    for style in EVERY {
        assert_eq!(read(&deep(255), style).1, deep(255));
    }
}

#[test]
fn a_name_is_as_long_as_the_system_allows() {
    malformed_everywhere(&"x".repeat(256), Malformed::LongName);
    malformed_everywhere(&format!("a/{}/b", "x".repeat(256)), Malformed::LongName);
    let wide = "語".repeat(100);
    assert_eq!(input(&wide, Style::Unix), Err(Malformed::LongName), "300 bytes");
    assert!(input(&wide, Style::Mac).is_ok(), "100 units");
    assert!(input(&wide, Style::Windows).is_ok(), "100 units");
    assert_eq!(input(&"🦀".repeat(128), Style::Windows), Err(Malformed::LongName), "256 units");
    for style in EVERY {
        assert!(input(&"x".repeat(255), style).is_ok());
    }
}

#[test]
fn a_backslash_is_part_of_a_name_on_a_unix() {
    for text in [r"a\b", r"..\..\x", r"C:\x", r"\\server\share", "C:x", "x:y", "CON", "a.", " x ", "a*?<>|\""]
    {
        for style in [Style::Unix, Style::Mac] {
            assert_eq!(read(text, style), (InputStart::Relative, text.into()));
        }
    }
}

#[test]
fn a_named_fork_is_no_file_of_a_mac() {
    for text in ["file/..namedfork/rsrc", "..namedfork", "$HOME/x/..namedfork/data", "x/..NamedFork/rsrc"] {
        assert_eq!(input(text, Style::Mac), Err(Malformed::Magic), "{text}");
        assert!(input(text, Style::Unix).is_ok(), "{text}");
    }
}

#[test]
fn a_mac_opens_nothing_by_number() {
    for text in ["/.vol/16777220/2", "/.VOL/1/2", "/.nofollow/etc", "/.resolve/1/etc"] {
        assert_eq!(input(text, Style::Mac), Err(Malformed::Magic), "{text}");
        assert!(input(text, Style::Unix).is_ok(), "{text}");
    }
    assert!(input("x/.vol/1", Style::Mac).is_ok());
}

#[test]
fn a_path_that_is_joined_already_is_borrowed() {
    let is_borrowed = |text, style| matches!(input(text, style).unwrap().rest, Cow::Borrowed(_));
    assert!(is_borrowed("a/b", Style::Unix) && is_borrowed(r"a\b", Style::Unix));
    assert!(is_borrowed("$HOME/a/b", Style::Windows) && is_borrowed(r"C:\a", Style::Windows));
    assert!(!is_borrowed(r"a\b", Style::Windows));
}

#[test]
fn what_is_read_is_read_again_as_the_same() {
    let mut random = super::Random(0x1e57);
    let pieces = ["a", "..", ".", "/", "\\", "$HOME", "C:", "~", "%X%", " ", "con", "ü", "?", "*", "x"];
    let mut accepted = 0;
    for _ in 0..50_000 {
        let text = random.some(&pieces, 7);
        for style in EVERY {
            let Ok(once) = input(&text, style) else { continue };
            accepted += 1;
            let again = match once.start {
                InputStart::Relative if once.rest.is_empty() => ".".into(),
                InputStart::Relative => once.rest.to_string(),
                InputStart::Base(base) if once.rest.is_empty() => format!("${base}"),
                InputStart::Base(base) => format!("${base}/{}", once.rest),
                InputStart::Unix => format!("/{}", once.rest),
                InputStart::Drive(letter) => format!("{letter}:/{}", once.rest),
            };
            assert_eq!(input(&again, style), Ok(once.clone()), "`{text}` on {style:?}");
            let separators: &[char] = if style == Style::Windows { &['/', '\\'] } else { &['/'] };
            let mut names = once.rest.split(separators);
            assert!(once.rest.is_empty() || names.all(|name| !matches!(name, "" | "." | "..")), "`{text}`");
        }
    }
    assert!(accepted > 10_000, "{accepted}");
}

#[test]
fn the_style_of_this_system() {
    assert_eq!(Style::HERE == Style::Windows, std::path::MAIN_SEPARATOR == '\\');
}

#[test]
fn every_reason_has_a_word_and_a_text_of_its_own() {
    let all = [
        Malformed::Empty,
        Malformed::TooLong,
        Malformed::TooDeep,
        Malformed::LongName,
        Malformed::Control,
        Malformed::Url,
        Malformed::Home,
        Malformed::Variable,
        Malformed::Parent,
        Malformed::Dot,
        Malformed::Doubled,
        Malformed::Trailing,
        Malformed::Magic,
        Malformed::DriveRelative,
        Malformed::RootRelative,
        Malformed::Network,
        Malformed::Device,
        Malformed::Reserved,
        Malformed::Stream,
        Malformed::Character,
        Malformed::Ending,
        Malformed::Leading,
    ];
    let distinct = |texts: Vec<String>| texts.into_iter().collect::<std::collections::HashSet<_>>().len();
    assert_eq!(distinct(all.iter().map(|why| why.code().to_owned()).collect()), all.len());
    assert_eq!(distinct(all.iter().map(ToString::to_string).collect()), all.len());
}
