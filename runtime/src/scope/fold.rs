//! The folded form of text: what spellings that somebody may take for one another have in common. For the deny side
//! alone: an allow entry that matched a folded form would admit what nobody has written.

use unicode_normalization::UnicodeNormalization as _;

/// The folded form: compatibility decomposition and one case; `ß` and `SS`, `ﬁ` and `fi`, both spellings of
/// `é` are one.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    folded(text).collect()
}

/// The characters of the folded form.
fn folded(text: &str) -> impl Iterator<Item = char> {
    // Lower case first, for `ẞ` is upper case already; and once more what comes out is decomposed, for cases can compose.
    let lower = text.nfkd().flat_map(char::to_lowercase);
    lower.flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkd()
}

/// Whether two texts have one folded form.
pub(super) fn same(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    folded(a).eq(folded(b))
}

#[cfg(test)]
mod tests {
    use super::{fold, same};

    #[test]
    fn spellings_that_look_alike_are_one() {
        for (a, b) in [
            ("Secret", "sEcReT"),
            ("straße", "STRASSE"),
            ("ﬁle", "FILE"),
            ("pass\u{f6}rter", "passo\u{308}rter"),
            ("ſecret", "secret"),
            ("\u{212a}ey", "key"),
            ("ΌΣΟΣ", "όσοσ"),
            ("ＡＢ", "ab"),
            ("İ", "i\u{307}"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
            assert!(same(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn other_texts_stay_apart() {
        for (a, b) in [("a", "b"), ("аpple", "apple"), ("note", "note ")] {
            assert_ne!(fold(a), fold(b));
            assert!(!same(a, b));
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for character in '\0'..=char::MAX {
            let once = fold(character.encode_utf8(&mut [0; 4]));
            assert_eq!(fold(&once), once, "{character:?}");
        }
    }
}
