//! Which forms the text of a scope entry has: judged where the macros run, for const evaluation can parse no URL and no
//! regular expression. Each text is judged for all forms, since which one it must have is known to its scope alone.

use crate::{form::Form, label, path};

/// Judges texts.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    /// The base folders that the program names.
    bases: &'a [String],
}

/// What was found out about a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The forms that it has, as bits.
    pub fits: u8,
    /// Why it has not the others, where it looks as if it was meant to: one line, and what to write on the next.
    pub faults: Vec<(Form, String)>,
}

impl<'a> Judge<'a> {
    /// For a program that names these base folders.
    pub const fn new(bases: &'a [String]) -> Self {
        Self { bases }
    }

    /// Judges a text for every form.
    ///
    /// ```
    /// use portcullis_policy::{form::Form, forms::Judge};
    /// let bases = ["PROJECT".to_owned()];
    /// let judge = Judge::new(&bases);
    /// assert!(judge.judge("$PROJECT/src/**").fits & Form::Path.bit() != 0);
    /// let verdict = judge.judge("$PORJECT/src/**");
    /// assert_eq!(verdict.faults[0].1, "`$PORJECT` is not a base folder that is known\ndid you mean `$PROJECT`?");
    /// ```
    pub fn judge(self, text: &str) -> Verdict {
        let mut verdict = Verdict { fits: 0, faults: Vec::new() };
        for form in Form::EVERY {
            match self.judge_form(form, text) {
                Ok(()) => verdict.fits |= form.bit(),
                Err(why) => verdict.faults.push((form, why)),
            }
        }
        let fits = verdict.fits;
        verdict.faults.retain(|(form, why)| !why.is_empty() && looks_like(*form, text, fits));
        verdict
    }

    fn judge_form(self, form: Form, text: &str) -> Result<(), String> {
        match form {
            Form::Path => self.judge_path(text),
            Form::Url => judge_url(text),
            Form::Glob => label::check(text).map_err(|error| error.message().to_owned()),
            Form::Pattern => judge_pattern(text),
        }
    }

    fn judge_path(self, text: &str) -> Result<(), String> {
        let pattern =
            path::Pattern::parse(text).map_err(|error| format!("{}\n{}", error.message(), error.help()))?;
        let declared: Vec<&str> = self.bases.iter().map(String::as_str).collect();
        match pattern.base().and_then(|base| path::unknown_base(base, &declared)) {
            Some(error) => Err(format!("{}\n{}", error.message(), error.help())),
            None => Ok(()),
        }
    }
}

/// Whether somebody who wrote this meant that form. What is no path for want of any separator needs no explanation, and
/// what is a path or an address was hardly meant as a regular expression.
fn looks_like(form: Form, text: &str, fits: u8) -> bool {
    match form {
        Form::Path => text.starts_with(['$', '/', '~', '.', '%', '*']) || text.get(1..2) == Some(":"),
        Form::Url => text.contains("://"),
        Form::Glob | Form::Pattern => fits & (Form::Path.bit() | Form::Url.bit()) == 0,
    }
}

#[cfg(feature = "suffixes")]
fn judge_url(text: &str) -> Result<(), String> {
    crate::url::Pattern::parse(text)
        .and_then(|pattern| crate::url::check_suffix(&pattern))
        .map_err(|error| format!("{}\n{}", error.message(), error.help()))
}

/// Without the feature there is no scope that asks.
#[cfg(not(feature = "suffixes"))]
fn judge_url(_: &str) -> Result<(), String> {
    Err(String::new())
}

#[cfg(feature = "patterns")]
fn judge_pattern(text: &str) -> Result<(), String> {
    crate::pattern::check(text)
}

/// Without the feature there is no scope that asks.
#[cfg(not(feature = "patterns"))]
fn judge_pattern(_: &str) -> Result<(), String> {
    Err(String::new())
}
