//! The folded form of text: what spellings that somebody may take for one another have in common. For the deny side
//! alone: an allow entry that matched a folded form would admit what nobody has written.

use unicode_normalization::UnicodeNormalization as _;

/// The folded form: compatibility decomposition, one case, and nothing that cannot be seen; `ß` and `SS`, `ﬁ` and `fi`,
/// both spellings of `é` are one.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    folded(text).collect()
}

/// The characters of the folded form.
fn folded(text: &str) -> impl Iterator<Item = char> {
    // Lower case first, for `ẞ` is upper case already; and once more what comes out is decomposed, for cases can compose.
    let lower = text.nfkd().filter(|c| !is_ignorable(*c)).flat_map(char::to_lowercase);
    lower.flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkd()
}

/// What Unicode says may be shown as nothing at all (`Default_Ignorable_Code_Point`), which some file systems leave out
/// when they compare names.
fn is_ignorable(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
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
            ("se\u{200d}cret\u{feff}", "secret"),
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
