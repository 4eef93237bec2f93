//! What an expression matches: the whole of a text, and for a denial what could be taken for it. Tests whose names start
//! with `u_` are cases of known attacks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::Pattern;
use crate::{
    Permission, Scope,
    scope::{Exact, Folded, Matches},
    test,
};

/// A program.
#[derive(Scope)]
#[scope(crate = crate)]
struct Program {
    #[scope(short)]
    name: Pattern,
}

impl Matches for Program {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        self.name.allows(&name)
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        self.name.denies(name.as_text())
    }
}

/// Run programs.
#[derive(Permission)]
#[permission(crate = crate, id = "programs:run", scope = Program)]
struct Run;

fn allows(pattern: &str, text: &str) -> bool {
    test::scope::<Run>().allow(pattern).admit(text).is_ok()
}

fn denies(pattern: &str, text: &str) -> bool {
    test::scope::<Run>().allow(r"(?s:.*)").deny(pattern).admit(text).is_err()
}

#[test]
fn u_unanchored() {
    for (pattern, matched, others) in [
        ("https://[^#]*", &["https://a"][..], &["xhttps://a", "https://a#/Calculator.app"][..]),
        ("^a|b$", &["a", "b"], &["aEVIL", "EVILb", "ab", ""]),
        ("a|b", &["a", "b"], &["aEVIL", "EVILb"]),
        ("(?m)^ok$", &["ok"], &["ok\nevil", "evil\nok", "ok\n", "\nok"]),
        ("(?x)a # c", &["a"], &["a # c", "a)", "aEVIL", "a # c)EVIL"]),
        ("a|", &["a", ""], &["b", "aa"]),
        (".*", &["", "a b", "é"], &["a\n", "a\nb"]),
        ("(?i)ab", &["aB", "AB"], &["aBc"]),
        (r"\bok\b", &["ok"], &[" ok ", "ok\n"]),
        ("-.*", &["-oProxyCommand=x"], &["\u{2013}x", " -x"]),
    ] {
        for text in matched {
            assert!(allows(pattern, text), "`{pattern}` {text:?}");
        }
        for text in others {
            assert!(!allows(pattern, text), "`{pattern}` {text:?}");
        }
    }
}

#[test]
#[should_panic(expected = "unopened group")]
fn u_unanchored_breaking_out_of_its_group() {
    let _ = allows("a)|(?:b", "aEVIL");
}

#[test]
#[should_panic(expected = "is too large")]
fn an_expression_that_is_too_large_is_refused() {
    let _ = allows(r"\w{5000}", "a");
}

/// The macros judge by the same limit, so that what compiles can be built.
#[test]
fn what_is_too_large_for_one_is_too_large_for_the_other() {
    for times in (15..35).chain([1000]) {
        for pattern in [format!(r"\w{{{times}}}"), format!("(?:[à-ÿ]|.{{{times}}}){{{times}}}")] {
            let judged = portcullis_policy::pattern::check(&pattern).is_ok();
            assert_eq!(Pattern::parse(&pattern).is_ok(), judged, "{pattern}");
        }
    }
}

#[test]
fn an_entry_that_allows_matches_one_spelling() {
    for (pattern, text) in [
        ("secret", "Secret"),
        ("passwörter", "passwo\u{308}rter"),
        ("straße", "strasse"),
        ("file", "ﬁle"),
        ("a1", "ａ１"),
    ] {
        assert!(allows(pattern, pattern) && !allows(pattern, text), "`{pattern}` {text:?}");
    }
}

#[test]
fn an_entry_that_denies_matches_every_spelling() {
    for (pattern, texts) in [
        ("secret-[0-9]+", &["secret-1", "SECRET-22", "ｓecret-１", "ſecret-1", "sec\u{200b}ret-1"][..]),
        ("Secret", &["secret", "SECRET"]),
        ("(?-i)SECRET", &["secret", "SECRET"]),
        ("(?-u)Secret", &["secret"]),
        ("[S]ecret", &["secret"]),
        ("passwörter", &["passwörter", "passwo\u{308}rter", "PASSWÖRTER"]),
        ("passwo\u{308}rter", &["passwörter", "PASSWO\u{308}RTER"]),
        ("straße", &["STRASSE", "strasse", "straße", "STRAẞE"]),
        ("strasse", &["straße", "STRASSE"]),
        ("[aß]x", &["SSx", "ẞX", "Ax"]),
        ("file", &["ﬁle", "FILE"]),
        ("ﬁle", &["file", "FILE"]),
        (r"geheim-\w", &["GEHEIM-é", "ｇeheim-é", "geheim-e\u{301}"]),
        ("key", &["\u{212a}EY"]),
        ("ΌΣΟΣ", &["όσος", "όσοσ"]),
        (".", &["ß", "é", "ﬁ", "İ"]),
    ] {
        for text in texts {
            assert!(denies(pattern, text), "`{pattern}` {text:?}");
        }
    }
}

#[test]
fn an_entry_that_denies_matches_nothing_else() {
    for (pattern, text) in [
        ("secret", "secrets"),
        ("secret", "my secret"),
        ("[^a-z]+", "abc"),
        ("a|b", "ab"),
        ("[0-9]{2}", "1"),
        ("..", "abc"),
        ("apple", "аpple"),
    ] {
        assert!(!denies(pattern, text), "`{pattern}` {text:?}");
    }
}

/// Of expressions and texts that are made of the same few pieces, so that they meet.
#[test]
fn what_an_entry_allows_it_denies_too() {
    let pieces = [
        "a", "B", "ß", "é", "[aé]", "[^a]", r"\w", ".", "(?i:a)", "b?", "(?:a|SS)", "ﬁ", "o\u{308}", "*",
        "^", "$", "-",
    ];
    let letters = [
        "a", "A", "b", "B", "ß", "ss", "SS", "é", "e\u{301}", "ﬁ", "fi", "o\u{308}", "ö", "-", "\n",
        "\u{200b}",
    ];
    let mut state = 1u64;
    let mut below = |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % end as u64).unwrap()
    };
    let mut met = 0;
    for _ in 0..1_500 {
        let pattern: String = (0..=below(4)).map(|_| pieces[below(pieces.len())]).collect();
        let Ok(pattern) = Pattern::parse(&pattern) else { continue };
        for _ in 0..12 {
            let text: String = (0..below(4)).map(|_| letters[below(letters.len())]).collect();
            if pattern.allows(&text) {
                met += 1;
                assert!(pattern.denies(Folded(&text).as_text()), "{pattern:?} {text:?}");
            }
        }
    }
    assert!(met > 500, "{met} met");
}

#[test]
fn a_long_text_is_not_slow() {
    let text = "a".repeat(2 << 20);
    let start = std::time::Instant::now();
    assert!(!allows("(a*)*b", &text));
    assert!(!denies("(a|a?)+b", &text));
    // Generous: what backtracks would not end.
    assert!(start.elapsed().as_secs() < 60);
}
