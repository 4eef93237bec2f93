//! What an id of a permission or a permission set may look like. What an id means is not known here.

use std::fmt;

/// The longest id, in bytes: what Tauri allows.
pub const LONGEST: usize = 116;

/// Checks the id of a permission or a set: parts of ASCII letters, digits and `-`, with `:` between them.
///
/// All references that Tauri 2 accepts pass.
///
/// ```
/// use portcullis_policy::id::{check, IdError};
/// const _: () = assert!(check("core:window:allow-close").is_ok());
/// assert_eq!(check("notes:read_all"), Err(IdError::Underscore));
/// ```
///
/// # Errors
/// What is wrong with it first, from left to right.
pub const fn check(id: &str) -> Result<(), IdError> {
    check_bytes(id.as_bytes(), true)
}

/// Checks a namespace, which is one part of an id, without `:`.
///
/// ```
/// use portcullis_policy::id::{check_namespace, IdError};
/// assert!(check_namespace("clock").is_ok());
/// assert_eq!(check_namespace("clock:"), Err(IdError::Separator));
/// ```
///
/// # Errors
/// What is wrong with it first, from left to right.
pub const fn check_namespace(name: &str) -> Result<(), IdError> {
    check_bytes(name.as_bytes(), false)
}

/// The id of a command's own permission, or with `deny` of its denial.
///
/// ```
/// use portcullis_policy::id::own;
/// assert_eq!(own("allow", "read_note"), "allow-read-note");
/// assert_eq!(own("deny", "notes:read_note"), "notes:deny-read-note");
/// ```
pub fn own(verb: &str, command: &str) -> String {
    match command.rsplit_once(':') {
        Some((namespace, name)) => format!("{namespace}:{verb}-{}", name.replace('_', "-")),
        None => format!("{verb}-{}", command.replace('_', "-")),
    }
}

/// Why a text is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdError {
    /// There is no text.
    Empty,
    /// It has more than [`LONGEST`] bytes.
    TooLong,
    /// It has a character that no id has.
    Character,
    /// It has a `_`, which is a slip of those who name a command.
    Underscore,
    /// There is nothing before, after or between two `:`.
    EmptyPart,
    /// A part starts or ends with `-`.
    Hyphen,
    /// A namespace has a `:`.
    Separator,
}

impl IdError {
    /// The rule that was broken, fit to follow "`x` is not an id: ".
    pub const fn message(self) -> &'static str {
        match self {
            Self::Empty => "it is empty",
            Self::TooLong => "it has more than 116 bytes",
            Self::Character => "it may have ASCII letters, digits, `-` and `:` only",
            Self::Underscore => "it may have no `_`; write `-`",
            Self::EmptyPart => "there must be a name before and after each `:`",
            Self::Hyphen => "a `-` may stand only between letters and digits, not at an end or next to a `:`",
            Self::Separator => "a namespace is one name, without `:`",
        }
    }
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for IdError {}

const fn check_bytes(text: &[u8], separators: bool) -> Result<(), IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    if text.len() > LONGEST {
        return Err(IdError::TooLong);
    }
    let mut at = 0;
    while at < text.len() {
        // At the start of a part, and at its end, the neighbour is a `:` or nothing.
        let first = at == 0 || text[at - 1] == b':';
        let last = at + 1 == text.len() || text[at + 1] == b':';
        match text[at] {
            b':' if !separators => return Err(IdError::Separator),
            b':' if first || at + 1 == text.len() => return Err(IdError::EmptyPart),
            b'-' if first || last => return Err(IdError::Hyphen),
            b':' | b'-' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {}
            b'_' => return Err(IdError::Underscore),
            _ => return Err(IdError::Character),
        }
        at += 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{IdError, check, check_namespace};

    #[test]
    fn accepts_what_tauri_accepts() {
        for id in [
            "a",
            "A9",
            "fs:default",
            "core:window:allow-close",
            "allow-read-file",
            "1:2",
            "a--b",
            "core:a:b:c:d",
        ] {
            assert_eq!(check(id), Ok(()), "{id}");
        }
        assert_eq!(check(&"a".repeat(116)), Ok(()));
    }

    #[test]
    fn refuses_the_rest() {
        for (id, why) in [
            ("", IdError::Empty),
            ("a_b", IdError::Underscore),
            ("a b", IdError::Character),
            ("ä", IdError::Character),
            ("a.b", IdError::Character),
            ("a\0", IdError::Character),
            (":", IdError::EmptyPart),
            (":a", IdError::EmptyPart),
            ("a:", IdError::EmptyPart),
            ("a::b", IdError::EmptyPart),
            ("-", IdError::Hyphen),
            ("-a", IdError::Hyphen),
            ("a-", IdError::Hyphen),
            ("a-:b", IdError::Hyphen),
            ("a:-b", IdError::Hyphen),
        ] {
            assert_eq!(check(id), Err(why), "{id}");
            assert!(!why.message().is_empty());
        }
        assert_eq!(check(&"a".repeat(117)), Err(IdError::TooLong));
    }

    #[test]
    fn namespaces_are_one_part() {
        assert_eq!(check_namespace("my-clock2"), Ok(()));
        assert_eq!(check_namespace("a:b"), Err(IdError::Separator));
        assert_eq!(check_namespace("a-"), Err(IdError::Hyphen));
        assert_eq!(check_namespace(""), Err(IdError::Empty));
    }
}
