//! A text type for the entries of a program's own scopes: a regular expression for the whole of a text. Which ones are
//! accepted, and what their other spellings are, is said in `portcullis_policy::pattern`.

#[cfg(test)]
mod tests;

use std::fmt;

use portcullis_policy::{form::Form, pattern};
use regex_automata::{meta::Regex, nfa::thompson::WhichCaptures};
use unicode_normalization::UnicodeNormalization as _;

use super::{
    entry::{EntryError, Scope, text},
    fold::fold,
    matches::FoldedText,
    shape::Shape,
    value::Node,
};

/// A regular expression, in the syntax of the `regex` crate, for the whole of a text.
///
/// It needs no `^` and `$`. One that is none, or becomes too large a program, is a compile error at its place in the
/// capability file. It is matched in time that grows with the text and no faster.
///
/// ```
/// use portcullis::scope::{Exact, Folded, Matches, Pattern, Scope};
///
/// /// A branch that may be deployed.
/// #[derive(Scope)]
/// pub struct Branch {
///     name: Pattern,
/// }
///
/// impl Matches for Branch {
///     type Input = String;
///     fn allows(&self, branch: Exact<'_, String>) -> bool {
///         self.name.allows(&branch)
///     }
///     fn denies(&self, branch: Folded<'_, String>) -> bool {
///         self.name.denies(branch.as_text())
///     }
/// }
///
/// # use portcullis::Permission;
/// /// Deploy.
/// #[derive(Permission)]
/// #[permission(id = "deploy", scope = Branch)]
/// pub struct Deploy;
///
/// use serde_json::json;
/// let branches = portcullis::test::scope::<Deploy>()
///     .allow(json!({ "name": "release-[0-9]+|main|Hotfix-.*" }))
///     .deny(json!({ "name": "hotfix-secret.*" }));
/// assert!(branches.admit("release-7").is_ok());
/// assert!(branches.admit("not-release-7").is_err());
/// assert!(branches.admit("Hotfix-SECRET-1").is_err());
/// ```
#[derive(Clone)]
pub struct Pattern {
    text: Box<str>,
    exact: Regex,
    folded: Regex,
}

/// What the program of a denial may take of the size that is allowed: it has the other spellings in it.
const FOLDED_TIMES: usize = 8;

/// What matching may keep in memory, in bytes, for each expression and thread.
const CACHE: usize = 256 << 10;

impl Pattern {
    /// Whether it matches the whole of a text, exactly.
    #[must_use]
    pub fn allows(&self, text: &str) -> bool {
        self.exact.is_match(text)
    }

    /// Whether it matches the whole of what could be taken for a text.
    #[must_use]
    pub fn denies(&self, text: FoldedText<'_>) -> bool {
        // A class has one character of a text, where a folded one may have several.
        if self.exact.is_match(text.unfolded()) || self.folded.is_match(text.unfolded()) {
            return true;
        }
        let folded = text.fold();
        self.folded.is_match(&folded)
            || (!folded.is_ascii() && self.folded.is_match(&folded.nfc().collect::<String>()))
    }

    /// The expression as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn parse(text: &str) -> Result<Self, EntryError> {
        let pattern = pattern::Pattern::parse(text).map_err(|error| EntryError::new(error.to_string()))?;
        let compiled = |hir, size| {
            let config = Regex::config()
                .which_captures(WhichCaptures::None)
                .nfa_size_limit(Some(size))
                .hybrid_cache_capacity(CACHE);
            Regex::builder().configure(config).build_from_hir(&hir).map_err(|error| {
                if error.size_limit().is_some() {
                    return EntryError::new(pattern::too_large(text).to_string());
                }
                EntryError::new(format!("`{text}` cannot be compiled: {error}"))
            })
        };
        Ok(Self {
            exact: compiled(pattern.whole(), pattern::LARGEST)?,
            folded: compiled(pattern.folded(spellings), FOLDED_TIMES * pattern::LARGEST)?,
            text: text.into(),
        })
    }
}

/// What a character is in a folded text, decomposed and composed.
fn spellings(character: &str) -> Vec<String> {
    let folded = fold(character);
    let composed: String = folded.nfc().collect();
    vec![folded, composed]
}

impl Scope for Pattern {
    const SHAPE: &'static Shape = &Shape::Form(Form::Pattern);
    fn read(node: &Node) -> Result<Self, EntryError> {
        Self::parse(text(node, Self::SHAPE)?)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Pattern {}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.text).finish()
    }
}
