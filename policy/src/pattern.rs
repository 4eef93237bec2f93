//! Regular expressions for the whole of a text: which are accepted, and what each matches exactly and, for a denial, of
//! other spellings. It knows no engine; what one text is folded to is the caller's to know.

mod fold;

pub use crate::wrong::PatternError;
use regex_automata::nfa::thompson::{NFA, WhichCaptures};
use regex_syntax::{
    ParserBuilder,
    hir::{Hir, Look},
};

/// The longest expression, in bytes.
pub const LONGEST: usize = 4096;

/// The largest program that an expression may become, in bytes: what a text costs to match grows with it.
pub const LARGEST: usize = 1 << 20;

/// A regular expression for the whole of a text.
///
/// The syntax is that of the `regex` crate. It is anchored at both ends as a tree, and not by pasting `^(` and `)$`
/// around it, which `a)|(?:b` would break out of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    exact: Hir,
    /// As it is if the case of letters does not matter.
    caseless: Hir,
}

impl Pattern {
    /// Reads an expression. How large a program it becomes is for [`check`] to find out, or for who compiles it.
    ///
    /// ```
    /// use portcullis_policy::pattern::Pattern;
    /// assert!(Pattern::parse("[a-z]+-[0-9]{1,4}").is_ok());
    /// let error = Pattern::parse("a)|(?:b").unwrap_err();
    /// assert_eq!(error.message(), "`a)|(?:b` is not a regular expression: unopened group, at character 2");
    /// ```
    ///
    /// # Errors
    /// What is wrong with it, and what to write.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        check_text(text)?;
        Ok(Self { exact: hir(text, false)?, caseless: hir(text, true)? })
    }

    /// The expression, anchored at both ends.
    pub fn whole(&self) -> Hir {
        anchored(self.exact.clone())
    }

    /// The expression for a denial, anchored at both ends: letters in any case, and each character also as one of the
    /// texts that `spellings` has for it.
    ///
    /// A class of more than 256 characters is taken as it is. The text that is matched must be asked about both as it
    /// was sent and folded, and so must [`whole`](Self::whole).
    pub fn folded(&self, spellings: impl Fn(&str) -> Vec<String>) -> Hir {
        anchored(fold::fold(&self.caseless, &spellings))
    }
}

/// Judges an expression, and how large a program it becomes.
///
/// ```
/// use portcullis_policy::pattern::check;
/// assert!(check("report-[0-9]+").is_ok());
/// let why = check(r"\w{5000}").unwrap_err();
/// assert!(why.starts_with(r"`\w{5000}` is too large"));
/// ```
///
/// # Errors
/// What is wrong with it, and on the next line what to write.
pub fn check(text: &str) -> Result<(), String> {
    let judged = Pattern::parse(text).and_then(|pattern| {
        let whole = pattern.whole();
        // An engine goes through a text in both directions.
        check_size(text, &whole, false)?;
        check_size(text, &whole, true)
    });
    judged.map_err(|error| format!("{}\n{}", error.message(), error.help()))
}

/// What to say of an expression that becomes a program of more than [`LARGEST`] bytes.
pub fn too_large(text: &str) -> PatternError {
    PatternError::new(
        format!("`{text}` is too large: it becomes a program of more than {} MB", LARGEST >> 20),
        "repeat less often, or write `[A-Za-z0-9_]` for `\\w` and `[0-9]` for `\\d`: those are of every script",
    )
}

fn anchored(hir: Hir) -> Hir {
    Hir::concat(vec![Hir::look(Look::Start), hir, Hir::look(Look::End)])
}

fn check_text(text: &str) -> Result<(), PatternError> {
    if text.is_empty() {
        return Err(PatternError::new(
            "a regular expression is empty: it would match the empty text alone",
            "write one for the whole of a text, such as `[a-z]+-[0-9]{1,4}`",
        ));
    }
    if text.len() > LONGEST {
        let start: String = text.chars().take(40).collect();
        return Err(PatternError::new(
            format!("the regular expression that begins with {start:?} has more than {LONGEST} bytes"),
            "write a shorter one, or several entries",
        ));
    }
    Ok(())
}

fn hir(text: &str, caseless: bool) -> Result<Hir, PatternError> {
    ParserBuilder::new().case_insensitive(caseless).build().parse(text).map_err(|error| {
        let (why, at) = match &error {
            regex_syntax::Error::Parse(error) => (error.kind().to_string(), error.span().start.offset),
            regex_syntax::Error::Translate(error) => (error.kind().to_string(), error.span().start.offset),
            error => (error.to_string().replace('\n', " "), 0),
        };
        let at = text.get(..at).map_or(0, |before| before.chars().count()) + 1;
        PatternError::new(
            format!("`{text}` is not a regular expression: {why}, at character {at}"),
            "write it in the syntax of the `regex` crate; `\\` before a special character makes it plain",
        )
    })
}

fn check_size(text: &str, hir: &Hir, reverse: bool) -> Result<(), PatternError> {
    let config =
        NFA::config().which_captures(WhichCaptures::None).reverse(reverse).nfa_size_limit(Some(LARGEST));
    NFA::compiler().configure(config).build_from_hir(hir).map(drop).map_err(|error| {
        if error.size_limit().is_some() {
            return too_large(text);
        }
        PatternError::new(
            format!("`{text}` is not a regular expression that can be compiled: {error}"),
            "write a simpler one",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Pattern, check};

    #[test]
    fn what_is_no_expression_is_refused_with_the_place() {
        for (text, why) in [
            ("(", "unclosed group, at character 1"),
            ("a)|(?:b", "unopened group, at character 2"),
            ("é[b-a]", "invalid character class range, the start must be <= the end, at character 3"),
            ("(?=a)", "look-around, including look-ahead and look-behind, is not supported, at character 1"),
            (r"(a)\1", "backreferences are not supported, at character 4"),
            (r"\p{Klingon}", "Unicode property not found, at character 1"),
            (r"(?-u:\xFF)", "pattern can match invalid UTF-8, at character 6"),
        ] {
            let why = format!("`{text}` is not a regular expression: {why}\n");
            let found = check(text).unwrap_err();
            assert!(found.starts_with(&why), "{found}");
        }
    }

    #[test]
    fn an_empty_or_overlong_expression_is_refused() {
        assert!(check("").unwrap_err().contains("is empty"));
        assert!(check(&"a".repeat(LONGEST)).is_ok());
        assert!(check(&"a".repeat(LONGEST + 1)).unwrap_err().contains("more than 4096 bytes"));
    }

    #[test]
    fn an_expression_that_grows_too_large_is_refused() {
        for text in
            [r"\w{5000}", r"(?:\w{100}){100}", "((a{1000}){1000}){1000}", r"(?:a?){500000}", "[^a]{9999}"]
        {
            assert!(check(text).unwrap_err().contains("is too large"), "{text}");
        }
        for text in [r"\w{1,20}", "[A-Za-z0-9_]{1,2000}", ".{1,1000}", r"[\p{L}\p{N}]+"] {
            assert_eq!(check(text), Ok(()));
        }
    }

    #[test]
    fn one_expression_is_one_value() {
        assert_eq!(Pattern::parse("a|b"), Pattern::parse("a|b"));
        assert_ne!(Pattern::parse("a|bc"), Pattern::parse("a|bd"));
    }
}
