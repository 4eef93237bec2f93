//! Globs over window and webview labels: `*` is any text, `?` one character, and nothing else has a meaning. What is
//! declared, and by whom, is not known here.

use std::fmt;

/// The longest glob, in bytes.
pub const LONGEST: usize = 128;

/// Checks a label glob.
///
/// ```
/// use portcullis_policy::label::{check, LabelError};
/// assert!(check("viewer-*").is_ok());
/// assert_eq!(check("viewer-[12]"), Err(LabelError::Reserved));
/// ```
///
/// # Errors
/// What is wrong with it.
pub const fn check(glob: &str) -> Result<(), LabelError> {
    let glob = glob.as_bytes();
    if glob.is_empty() {
        return Err(LabelError::Empty);
    }
    if glob.len() > LONGEST {
        return Err(LabelError::TooLong);
    }
    let mut at = 0;
    while at < glob.len() {
        match glob[at] {
            b'[' | b']' | b'{' | b'}' | b'!' | b'\\' => return Err(LabelError::Reserved),
            b'*' if at > 0 && glob[at - 1] == b'*' => return Err(LabelError::DoubleStar),
            _ => {}
        }
        at += 1;
    }
    Ok(())
}

/// Whether `label` is one of the labels that `glob` describes.
///
/// Total for any two texts: of a glob that [`check`] refuses, all but `*` and `?` is literal.
///
/// ```
/// use portcullis_policy::label::matches;
/// const _: () = assert!(matches("viewer-?", "viewer-1"));
/// assert!(!matches("viewer-?", "viewer-12"));
/// ```
pub const fn matches(glob: &str, label: &str) -> bool {
    let (glob, label) = (glob.as_bytes(), label.as_bytes());
    let (mut at, mut here) = (0, 0);
    // Behind the last `*`, and where in the label to go on if what follows that `*` does not fit: one character later
    // each time. Earlier stars need no second try, so this is at most glob × label steps.
    let mut retry: Option<(usize, usize)> = None;
    loop {
        if at < glob.len() && glob[at] == b'*' {
            at += 1;
            retry = Some((at, here));
        } else if here == label.len() {
            return at == glob.len();
        } else if at < glob.len() && glob[at] == b'?' {
            at += 1;
            here = next_character(label, here);
        } else if at < glob.len() && glob[at] == label[here] {
            at += 1;
            here += 1;
        } else if let Some((behind, start)) = retry {
            at = behind;
            here = next_character(label, start);
            retry = Some((at, here));
        } else {
            return false;
        }
    }
}

/// Whether the glob is one label, written out.
pub const fn is_literal(glob: &str) -> bool {
    let glob = glob.as_bytes();
    let mut at = 0;
    while at < glob.len() {
        if glob[at] == b'*' || glob[at] == b'?' {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether some label is matched by both globs.
///
/// ```
/// use portcullis_policy::label::overlap;
/// assert!(overlap("main-*", "*-1"));
/// assert!(!overlap("main-*", "viewer-*"));
/// ```
pub fn overlap(a: &str, b: &str) -> bool {
    if is_literal(a) {
        return matches(b, a);
    }
    if is_literal(b) {
        return matches(a, b);
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // below[j]: whether what is left of `a` from i + 1 on and what is left of `b` from j on share a text.
    let mut below = vec![false; b.len() + 1];
    for i in (0..=a.len()).rev() {
        let mut row = vec![false; b.len() + 1];
        for j in (0..=b.len()).rev() {
            let (one, other) = (a.get(i), b.get(j));
            row[j] = match (one, other) {
                (None, None) => true,
                // A star takes nothing, or what the other side has next.
                (Some('*'), _) if below[j] => true,
                (Some('*'), Some(_)) => row[j + 1],
                (_, Some('*')) => row[j + 1] || (one.is_some() && below[j]),
                (Some(x), Some(y)) => (x == y || *x == '?' || *y == '?') && below[j + 1],
                (Some(_), None) | (None, Some(_)) => false,
            };
        }
        below = row;
    }
    below[0]
}

/// Why a text is no label glob.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LabelError {
    /// There is no text.
    Empty,
    /// It has more than [`LONGEST`] bytes.
    TooLong,
    /// It has one of `[`, `]`, `{`, `}`, `!` and `\`, which mean something in other globs.
    Reserved,
    /// It has two stars next to each other.
    DoubleStar,
}

impl LabelError {
    /// The rule that was broken, fit to follow "`x` is not a label glob: ".
    pub const fn message(self) -> &'static str {
        match self {
            Self::Empty => "it is empty",
            Self::TooLong => "it has more than 128 bytes",
            Self::Reserved => {
                "`[`, `]`, `{`, `}`, `!` and `\\` may not stand in one; write `*` for any text, `?` for one character, \
                 or an entry for each label"
            }
            Self::DoubleStar => "`**` says no more than `*`; write `*`",
        }
    }
}

impl fmt::Display for LabelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for LabelError {}

/// Where the character after the one at `at` starts.
const fn next_character(text: &[u8], at: usize) -> usize {
    let mut next = at + 1;
    while next < text.len() && text[next] & 0xC0 == 0x80 {
        next += 1;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::{LabelError, check, is_literal, matches, overlap};

    #[test]
    fn checks() {
        for glob in ["main", "*", "a*b*c", "?", "ü?", "with space", "a/b:c_d"] {
            assert_eq!(check(glob), Ok(()), "{glob}");
        }
        for (glob, why) in [
            ("", LabelError::Empty),
            ("**", LabelError::DoubleStar),
            ("a**", LabelError::DoubleStar),
            ("[a]", LabelError::Reserved),
            ("{a,b}", LabelError::Reserved),
            ("!a", LabelError::Reserved),
            ("a\\*", LabelError::Reserved),
        ] {
            assert_eq!(check(glob), Err(why), "{glob}");
            assert!(!why.message().is_empty());
        }
        assert_eq!(check(&"x".repeat(128)), Ok(()));
        assert_eq!(check(&"x".repeat(129)), Err(LabelError::TooLong));
    }

    #[test]
    fn a_question_mark_is_one_character_of_any_length() {
        assert!(matches("?", "ü"));
        assert!(matches("a?c", "a🦀c"));
        assert!(!matches("??", "ü"));
        assert!(matches("*?", "üü"));
        assert!(matches("*??", "üü"));
        assert!(!matches("*???", "üü"));
        assert!(!matches("?", ""));
    }

    #[test]
    fn literals() {
        assert!(is_literal("main") && is_literal(""));
        assert!(!is_literal("m*") && !is_literal("?"));
        assert!(matches("main", "main") && !matches("main", "Main") && !matches("main", "main2"));
    }

    /// The definition, by recursion.
    fn naive(glob: &[char], label: &[char]) -> bool {
        match (glob.split_first(), label.split_first()) {
            (None, None) => true,
            (Some(('*', rest)), Some((_, shorter))) => naive(rest, label) || naive(glob, shorter),
            (Some(('*', rest)), None) => naive(rest, label),
            (Some(('?', rest)), Some((_, shorter))) => naive(rest, shorter),
            (Some((x, rest)), Some((y, shorter))) => x == y && naive(rest, shorter),
            (None, Some(_)) | (Some(_), None) => false,
        }
    }

    fn words(alphabet: &[char], longest: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut start = 0;
        for _ in 0..longest {
            let end = all.len();
            for at in start..end {
                for letter in alphabet {
                    let mut word = all[at].clone();
                    word.push(*letter);
                    all.push(word);
                }
            }
            start = end;
        }
        all
    }

    #[test]
    fn matches_as_defined() {
        let labels = words(&['a', 'ü'], 5);
        for glob in words(&['a', 'ü', '*', '?'], 4) {
            let spelled: Vec<char> = glob.chars().collect();
            for label in &labels {
                let letters: Vec<char> = label.chars().collect();
                assert_eq!(matches(&glob, label), naive(&spelled, &letters), "{glob} {label}");
            }
        }
    }

    #[test]
    fn overlaps_as_defined() {
        let globs = words(&['a', 'b', '*', '?'], 3);
        let labels = words(&['a', 'b', 'c'], 6);
        let sets: Vec<Vec<bool>> =
            globs.iter().map(|glob| labels.iter().map(|label| matches(glob, label)).collect()).collect();
        for (a, ours) in globs.iter().zip(&sets) {
            for (b, theirs) in globs.iter().zip(&sets) {
                let shared = ours.iter().zip(theirs).any(|(x, y)| *x && *y);
                assert_eq!(overlap(a, b), shared, "{a} {b}");
            }
        }
    }

    #[test]
    fn a_hostile_glob_is_not_slow() {
        assert!(!matches(&format!("{}b", "*a".repeat(60)), &"a".repeat(5000)));
    }
}
