//! Reads what stands in the brackets of a pattern, and refuses what does not mean everywhere what it seems to.

use super::PatternError;
use super::part::Atom;

/// Reads the class that begins behind the `[` of a component, and what is behind its `]`.
pub(super) fn read<'a>(
    text: &str,
    behind: &'a str,
    backslash_separates: bool,
) -> Result<(Atom, &'a str), PatternError> {
    let Some((body, rest)) = behind.split_once(']') else {
        return Err(PatternError::new(
            format!("`{text}` has a `[` that no `]` of the same component closes"),
            "write `[[]` for the character itself, or an entry for each folder",
        ));
    };
    let ranges = ranges(text, body)?;
    let separates =
        |c: &(char, char)| (c.0..=c.1).contains(&'/') || (backslash_separates && (c.0..=c.1).contains(&'\\'));
    if ranges.iter().any(separates) {
        return Err(PatternError::new(
            format!("`{text}` has a class `[{body}]` with a separator in it, which is in no name"),
            "write the characters that are meant, such as `[a-z0-9]`",
        ));
    }
    Ok((atom(ranges), rest))
}

/// A class of one character is that character.
fn atom(ranges: Vec<(char, char)>) -> Atom {
    match ranges.as_slice() {
        [(from, to)] if from == to => Atom::Text(from.to_string().into()),
        _ => Atom::Class(ranges.into()),
    }
}

fn ranges(text: &str, body: &str) -> Result<Vec<(char, char)>, PatternError> {
    if body.is_empty() {
        let message = format!("`{text}` has a class with nothing in it");
        return Err(PatternError::new(message, "write `]` for the character itself, and `[[]` for `[`"));
    }
    if body.starts_with(['!', '^']) {
        return Err(PatternError::new(
            format!("`{text}` has a class `[{body}]` that says which characters are not meant"),
            "write those that are, or `*` and a `deny` entry for the others",
        ));
    }
    if body.starts_with("[:") {
        return Err(PatternError::new(
            format!("`{text}` has a class `[{body}]` that is named"),
            "write the characters, such as `[a-z]` or `[0-9]`",
        ));
    }
    let mut all = Vec::new();
    let mut rest = body.chars();
    while let Some(from) = rest.next() {
        let mut ahead = rest.clone();
        let range = match (ahead.next(), ahead.next()) {
            (Some('-'), Some(to)) => {
                rest = ahead;
                (from, to)
            }
            _ if from == '-' && !all.is_empty() && !rest.as_str().is_empty() => {
                return Err(PatternError::new(
                    format!("`{text}` has a class `[{body}]` with a `-` that is not between two characters"),
                    "write the `-` last for the character itself",
                ));
            }
            _ => (from, from),
        };
        if range.0 > range.1 {
            let message = format!("`{text}` has a class `[{body}]` with a range that is backwards");
            return Err(PatternError::new(message, backwards(range)));
        }
        all.push(range);
    }
    Ok(all)
}

fn backwards((from, to): (char, char)) -> String {
    if from.is_ascii_lowercase() && to.is_ascii_uppercase() {
        format!("upper case comes first; write `{from}-{}A-{to}`", to.to_ascii_lowercase())
    } else {
        format!("write `{to}-{from}`")
    }
}
