//! What denials are asked about: never less than what the entry says.

use super::{Random, pattern};
use crate::path::{folded, trimmed};

fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Folds that differ in what they do to length, to order and to neighbours, each in its own way.
const FOLDS: &[fn(&str) -> String] = &[
    lower,
    // One character becomes two, or a separator, or a dot.
    |text| lower(text).replace('ß', "ss").replace('℀', "a/c").replace('․', ".").replace('／', "/"),
    // With the rule for a sigma at the end of a word.
    str::to_lowercase,
    // Composed and decomposed, with marks in order.
    |text| in_order(&lower(text).replace('é', "e\u{301}").replace('ạ', "a\u{323}")),
    |text| text.to_uppercase().to_lowercase(),
    // In order twice, with what keeps marks apart left out in between.
    |text| in_order(&in_order(&lower(text)).replace(['\u{34f}', '\u{200d}'], "").replace('\u{345}', "ι")),
    // Marks and what cannot be seen are left out.
    |text| lower(text).replace('é', "e").replace(['\u{301}', '\u{323}', '\u{200d}'], ""),
];

/// A model of the canonical order: a mark below goes before one above.
fn in_order(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let class = |c: char| match c {
        '\u{334}' => 1,
        '\u{323}' => 220,
        '\u{301}' => 230,
        '\u{31a}' => 232,
        '\u{35d}' => 234,
        '\u{345}' => 240,
        _ => 0,
    };
    for _ in 0..chars.len() {
        for at in 1..chars.len() {
            if class(chars[at]) > 0 && class(chars[at - 1]) > class(chars[at]) {
                chars.swap(at - 1, at);
            }
        }
    }
    chars.into_iter().collect()
}

#[track_caller]
fn denies(fold: fn(&str) -> String, text: &str, path: &str) -> bool {
    pattern(text).folded(fold).matches(&folded(path, fold), false)
}

#[test]
fn a_denial_catches_every_spelling() {
    let [lower, sharp, sigma, ordered, .., bare] = FOLDS else { panic!() };
    for (fold, text, path) in [
        (lower, "$HOME/Secrets/*.KEY", "SECRETS/my.key"),
        (sharp, "$HOME/Straße", "STRASSE"),
        (sharp, "$HOME/*ss", "straß"),
        (sigma, "$HOME/ΟΔΟΣ", "οδος"),
        (sigma, "$HOME/ΟΔΟΣ*", "οδοσα"),
        (ordered, "$HOME/passwörter-é.txt", "PASSWÖRTER-e\u{301}.TXT"),
        (ordered, "$HOME/ạ\u{301}", "a\u{301}\u{323}"),
        (ordered, "$HOME/*ạ", "xa\u{323}"),
        (bare, "$HOME/resumé*", "RESUM\u{200d}E.md"),
    ] {
        assert!(denies(*fold, text, path), "{text} {path}");
    }
}

/// What the entry says, and all that is folded like it, is denied.
#[test]
fn a_denial_is_never_narrower_than_its_entry() {
    let pieces = [
        "a",
        "A",
        "s",
        "S",
        ".",
        "ß",
        "Σ",
        "σ",
        "ς",
        "é",
        "e",
        "\u{301}",
        "\u{323}",
        "\u{345}",
        "\u{334}",
        "ạ",
        "℀",
        "․",
        "／",
        "\u{200d}",
        "*",
        "?",
        "[aß]",
        "[Σx]",
        "[a-c]",
        "[.A]",
        "[é\u{301}]",
    ];
    let letters = &pieces[..20];
    let mut random = Random(0xdeaf);
    let (mut matched, mut folded_alike) = (0, 0);
    for _ in 0..30_000 {
        let entry = random.pattern(&pieces);
        let path = random.path(letters);
        if !entry.matches(&path, true) {
            continue;
        }
        matched += 1;
        for fold in FOLDS {
            let denial = entry.folded(fold);
            let asked = folded(&path, fold);
            assert!(denial.matches(&asked, false), "{entry} as {denial}, `{path}` as `{asked}`");
            folded_alike += usize::from(asked != path);
        }
    }
    assert!(matched > 500 && folded_alike > 500, "{matched} {folded_alike}");
}

/// As above, with paths that are made to match, so that each piece of an entry is met.
#[test]
fn a_denial_is_never_narrower_for_each_piece_of_a_name() {
    let letters = [
        "a", "A", "ß", "Σ", "σ", "é", "e", "\u{301}", "\u{323}", "\u{334}", "\u{31a}", "\u{34f}", "ạ", "℀",
        ".",
    ];
    let mut random = Random(0xcafe);
    for _ in 0..30_000 {
        let (mut text, mut name) = (String::from("/"), String::new());
        for _ in 0..=random.below(4) {
            let some = random.some(&letters, 2);
            match random.below(4) {
                0 if !text.ends_with('*') => {
                    text.push('*');
                    name.push_str(&some);
                }
                1 => {
                    text.push('?');
                    name.extend(some.chars().next());
                }
                2 => {
                    text.extend(["[", &some, "x]"]);
                    name.extend(some.chars().last());
                }
                _ => {
                    text.push_str(&some);
                    name.push_str(&some);
                }
            }
        }
        let Ok(entry) = crate::path::Pattern::parse(&text) else { continue };
        assert!(entry.matches(&name, true), "{entry} {name}");
        for fold in FOLDS {
            let denial = entry.folded(fold);
            let asked = folded(&name, fold);
            assert!(denial.matches(&asked, false), "{entry} as {denial}, `{name}` as `{asked}`");
        }
    }
}

#[test]
fn a_denial_is_no_wider_than_it_has_to_be() {
    for (text, canonical) in [
        ("$HOME/.SSH/**", "$HOME/.ssh/**"),
        ("$HOME/*.KEY", "$HOME/*.key"),
        ("$HOME/.*", "$HOME/.*"),
        ("$HOME/x.*", "$HOME/x.*"),
        ("$HOME/[A-C]x", "$HOME/[abc]x"),
        ("$HOME/*Report*2026*", "$HOME/*report*2026*"),
        ("$HOME/[aA]x", "$HOME/ax"),
        ("$HOME/a?b", "$HOME/a*b"),
        ("$HOME/Ü*", "$HOME/ü*"),
    ] {
        for fold in [FOLDS[0], FOLDS[2], FOLDS[3], FOLDS[4]] {
            assert_eq!(pattern(text).folded(fold).to_string(), canonical, "{text}");
        }
    }
    let [_, _, _, ordered, ..] = FOLDS else { panic!() };
    assert_eq!(pattern("$HOME/xé*").folded(ordered).to_string(), "$HOME/x*");
    assert_eq!(pattern("$HOME/*é").folded(ordered).to_string(), "$HOME/*e\u{301}");
    assert_eq!(pattern("$HOME/é").folded(ordered).to_string(), "$HOME/e\u{301}");
}

#[test]
fn a_class_of_more_characters_than_anybody_means_is_any_text() {
    assert_eq!(pattern("$HOME/x[\u{4e00}-\u{9fff}]").folded(lower).to_string(), "$HOME/x*");
}

#[test]
fn a_denial_holds_for_hidden_files_whatever_is_said() {
    let denial = pattern("$HOME/**").folded(lower);
    assert!(denial.matches(".ssh/id_rsa", false));
    let (_, tail) = denial.folder();
    assert!(tail.matches(".ssh/id_rsa", false));
}

#[test]
fn a_folded_path_has_the_components_that_it_had() {
    let separating = |text: &str| text.replace(['℀', '／'], "a/c").replace('‥', "..").replace('\u{200d}', "");
    assert_eq!(folded("x℀/／", separating), "xa∕c/a∕c");
    assert_eq!(folded("a/\u{200d}/b", separating), "a/\u{200d}/b");
    assert_eq!(folded("", separating), "");
    // A name that is folded to `..` is one name, not the way out.
    assert!(pattern("$HOME/*").folded(separating).matches(&folded("‥", separating), false));
}

#[test]
fn dots_and_spaces_at_an_end_are_trimmed_from_each_name() {
    for (path, read) in
        [("a.", "a"), ("a. . ", "a"), ("a./b ", "a/b"), ("x/a.b.", "x/a.b"), ("a /...", "a/...")]
    {
        assert_eq!(trimmed(path).as_deref(), Some(read), "{path}");
    }
    for path in ["", "a", ".a", " a", "a.b/c", "...", ". "] {
        assert_eq!(trimmed(path), None, "`{path}`");
    }
}
