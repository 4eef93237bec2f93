//! The names of arguments on the wire. Pages that call a command of Tauri's should not have to change when it moves, so these
//! are the names that Tauri gives.

/// `note_id` is `noteId`.
pub(super) fn camel(name: &str) -> String {
    let mut words = words(name).into_iter();
    let first = words.next().unwrap_or_default();
    words.fold(first, |mut camel, word| {
        let mut letters = word.chars();
        camel.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        camel.push_str(letters.as_str());
        camel
    })
}

/// `noteId` is `note_id`.
pub(super) fn snake(name: &str) -> String {
    words(name).join("_")
}

/// The words of a name, in small letters: they end at `_`, before a capital after a small letter, and before the last of
/// several capitals if a small letter follows it.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in name.split(|letter: char| !letter.is_alphanumeric()) {
        let mut word = String::new();
        // Whether the last letter that is small or a capital is a capital; and whether the one before it was.
        let (mut last, mut earlier) = (None, None);
        for letter in part.chars() {
            if letter.is_uppercase() && last == Some(false) {
                words.push(std::mem::take(&mut word));
                last = None;
            } else if letter.is_lowercase()
                && earlier == Some(true)
                && word.ends_with(char::is_uppercase)
                && let Some(capital) = word.pop()
            {
                words.push(std::mem::replace(&mut word, capital.to_string()));
                last = None;
            }
            word.push(letter);
            earlier = last;
            if letter.is_lowercase() || letter.is_uppercase() {
                last = Some(letter.is_uppercase());
            }
        }
        if !word.is_empty() {
            words.push(word);
        }
    }
    words.iter().map(|word| word.to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use heck::{ToLowerCamelCase, ToSnakeCase};

    use super::{camel, snake};

    #[test]
    fn names_are_those_that_tauri_gives() {
        for (name, expected) in [
            ("note_id", "noteId"),
            ("noteId", "noteId"),
            ("userID", "userId"),
            ("URLPath", "urlPath"),
            ("_unused", "unused"),
            ("line_2_of", "line2Of"),
            ("straße_öl", "straßeÖl"),
        ] {
            assert_eq!((camel(name), name.to_lower_camel_case()), (expected.to_owned(), expected.to_owned()));
        }
        // All names of up to seven letters of these.
        let mut names = vec![String::new()];
        for _ in 0..7 {
            names = names
                .iter()
                .flat_map(|name| ["", "a", "B", "1", "_"].map(|letter| format!("{name}{letter}")))
                .collect();
            names.sort_unstable();
            names.dedup();
        }
        for name in names {
            assert_eq!(camel(&name), name.to_lower_camel_case(), "{name}");
            assert_eq!(snake(&name), name.to_snake_case(), "{name}");
        }
    }
}
