//! What is wrong with a pattern, and what to write: one type for every kind of pattern.

use std::fmt;

/// Why a text is no pattern.
///
/// ```
/// let error = portcullis_policy::origin::Pattern::parse("example.com").unwrap_err();
/// assert_eq!(error.to_string(), format!("{}; {}", error.message(), error.help()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    message: String,
    help: String,
}

impl PatternError {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// What is wrong, with the pattern in it.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead.
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

impl std::error::Error for PatternError {}
