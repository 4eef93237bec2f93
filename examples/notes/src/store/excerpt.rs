//! A line or two of a text, to tell a note by in a list.

/// How many characters a list has room for.
const LENGTH: usize = 160;
/// How many of them may stand before what was searched for.
const BEFORE: usize = 32;

/// How a text begins; or, if it does not begin with what was searched for, what is around that.
pub(super) fn around(text: &str, searched: &str) -> String {
    let found = find(text, searched).unwrap_or(0);
    let cut = text[..found].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    // It begins with a word, if there is one to begin with.
    let word = text[cut..found].find(char::is_whitespace).map_or(cut, |space| cut + space);
    let start = if cut == 0 { 0 } else { word };
    let shown = one_line(&text[start..]);
    if start == 0 { shown } else { format!("…{}", shown.trim_start()) }
}

/// Where a text is in another, with capital letters or without, as `SQLite` finds it.
fn find(text: &str, searched: &str) -> Option<usize> {
    if searched.is_empty() {
        return None;
    }
    // The first byte of what is found is the first of a character, since it is that of what was searched for.
    text.as_bytes()
        .windows(searched.len())
        .position(|window| window.eq_ignore_ascii_case(searched.as_bytes()))
}

/// Not more than there is room for, with one space where there are several, or a new line.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut space = false;
    for character in text.chars().take(4 * LENGTH) {
        if character.is_whitespace() {
            space = true;
        } else {
            if std::mem::take(&mut space) && !line.is_empty() {
                line.push(' ');
            }
            line.push(character);
        }
    }
    line.chars().take(LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::{LENGTH, around};

    #[test]
    fn a_list_shows_how_a_note_begins_or_where_it_was_found() {
        assert_eq!(around(" Milk,\n\n  bread ", ""), "Milk, bread");
        assert_eq!(around("Milk, bread", "milk"), "Milk, bread");
        let long = format!("{}the Needle and {}", "ä ".repeat(100), "ö ".repeat(100));
        let shown = around(&long, "needle");
        assert!(shown.starts_with("…ä ä") && shown.contains("the Needle and ö"), "{shown}");
        assert_eq!(shown.chars().count(), LENGTH + 1);
        let words = "the first of many words, and then more of them, up to the needle";
        assert_eq!(around(words, "needle"), "…then more of them, up to the needle");
        assert_eq!(around("none", "of it"), "none");
        assert_eq!(around("", "x"), "");
        assert_eq!(around("äÄ", "Ä"), "äÄ");
    }
}
