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
    /// Why it has not the others, where it looks as if it was meant to: a sentence with the text in it, and what to
    /// write on the next line.
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
            Form::Glob => label::check(text).map_err(|error| judge_glob(text, error)),
            Form::Pattern => judge_pattern(text),
        }
    }

    fn judge_path(self, text: &str) -> Result<(), String> {
        let told = |error: path::PatternError| format!("{}\n{}", error.message(), error.help());
        let pattern = path::Pattern::parse(text).map_err(told)?;
        let Some(base) = pattern.base() else { return Ok(()) };
        let declared: Vec<&str> = self.bases.iter().map(String::as_str).collect();
        path::unknown_base(base, &declared).map_or(Ok(()), |error| Err(told(error)))
    }
}

/// Whether somebody who wrote this may have meant that form. A plain word needs no explanation of what it is not, and
/// what is a path or an address was hardly meant as something else.
fn looks_like(form: Form, text: &str, fits: u8) -> bool {
    let is_place = fits & (Form::Path.bit() | Form::Url.bit()) != 0;
    match form {
        Form::Path => {
            let starts = text.starts_with(['$', '~', '.', '%', '*']) || text.get(1..2) == Some(":");
            !is_place && (text.is_empty() || starts || text.contains(['/', '\\']))
        }
        Form::Url => {
            text.is_empty() || (text.contains([':', '/', '.', '*']) && (!is_place || text.contains("://")))
        }
        Form::Glob | Form::Pattern => !is_place,
    }
}

/// A text glob is read as a label glob is, and is no label.
fn judge_glob(text: &str, error: label::LabelError) -> String {
    use label::LabelError::{DoubleStar, Empty, Reserved, TooLong};
    match error {
        Empty => "a text glob is empty\nwrite a text, or `*` for any".to_owned(),
        TooLong => format!(
            "`{}..` is no text glob: it has more than {} bytes\nwrite the beginning of it, and `*`",
            text.chars().take(40).collect::<String>(),
            label::LONGEST
        ),
        Reserved => format!(
            "`{text}` is no text glob: {}\nwrite `*` for any text, `?` for one character, or an entry for each text",
            "`[`, `]`, `{`, `}`, `!` and `\\` may not stand in one"
        ),
        DoubleStar => {
            format!("`{text}` is no text glob: `**` says no more than `*`\nwrite `{}`", single_stars(text))
        }
    }
}

fn single_stars(text: &str) -> String {
    let mut single = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '*' || !single.ends_with('*') {
            single.push(c);
        }
    }
    single
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

#[cfg(test)]
mod tests {
    use super::{Form, Judge};

    fn faults(text: &str) -> Vec<(Form, String)> {
        Judge::new(&[]).judge(text).faults
    }

    fn fault(form: Form, text: &str) -> String {
        let (_, why) = faults(text).into_iter().find(|(of, _)| *of == form).expect(text);
        why
    }

    #[test]
    fn what_is_a_path_is_told_of_nothing_else() {
        assert_eq!(faults("$HOME/notes/**"), []);
        assert_eq!(faults("/srv/notes"), []);
    }

    #[test]
    fn a_word_is_not_told_that_it_is_no_path() {
        assert_eq!(faults("laser"), []);
        assert!(faults("release-[0-9").iter().all(|(form, _)| !matches!(form, Form::Path | Form::Url)));
    }

    #[test]
    fn a_path_that_starts_nowhere_is_told_so() {
        for text in ["notes/**", "./notes", "../notes", "*.md", "notes\\today.md", ""] {
            assert!(fault(Form::Path, text).contains('\n'), "{text} says what to write");
        }
        assert_eq!(
            fault(Form::Path, "$HOEM/notes"),
            "`$HOEM` is not a base folder that is known\ndid you mean `$HOME`?"
        );
    }

    #[test]
    fn a_text_glob_is_told_of_as_a_text_and_not_as_a_label() {
        assert_eq!(
            fault(Form::Glob, "a***b**"),
            "`a***b**` is no text glob: `**` says no more than `*`\nwrite `a*b*`"
        );
        for text in ["", "[!a]", &"x".repeat(200)] {
            let why = fault(Form::Glob, text);
            assert!(why.contains("text glob") && !why.contains("label"), "{why}");
            assert!(why.len() < 200 && why.contains('\n'), "{why}");
        }
    }
}
