//! What a path pattern of a scope entry means, and how a path that a caller sends is read. There is no file system
//! here, only text: what a base folder is on this machine, and what a name leads to, is not known.
//!
//! A pattern is a *start* and, below it, one component for each component of a path:
//!
//! | written | means |
//! |---|---|
//! | `$HOME`, `$APPDATA/notes` | a base folder ([`BASES`], or one that the program declares), and what is in it |
//! | `/srv/notes` | from the root of a Unix |
//! | `C:/notes`, `C:\notes` | from the root of a drive of Windows |
//! | `*` | any text inside of one component |
//! | `?` | one character |
//! | `[abc]`, `[a-z]` | one of these characters; `[*]`, `[?]`, `[[]` and `[\]` are these characters themselves |
//! | `**` alone | any number of components, also none: `$HOME/**` has `$HOME` itself in it |
//!
//! Nothing crosses a separator but `**`. A component of a path that begins with `.` is *hidden*: only a component that
//! begins with a `.` itself matches it, and `**` does not step through it, unless the entry says that it means hidden
//! ones too. All else is literal, `{` and `}` among it. Text is compared as it is, case and accents included; what a
//! denial has to catch beyond that is asked of [`Pattern::folded`].

mod base;
mod class;
mod fold;
mod glob;
mod index;
mod input;
mod naive;
mod parse;
mod part;
#[cfg(test)]
mod tests;

use std::fmt;

pub use crate::wrong::PatternError;
pub use base::{BASES, check_base, unknown_base};
pub use fold::{folded, trimmed};
pub use index::Index;
pub use input::{Input, InputStart, Malformed, Style, input};
use part::Part;

/// The longest pattern, and the longest path that is read from a caller, in bytes.
pub const LONGEST: usize = 4096;

/// A pattern of paths: `$APPDATA/notes/**`, `/srv/*.log`, `C:/notes`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {
    start: Start,
    parts: Vec<Part>,
    /// It was folded: it is a denial's, which hidden files are never kept from.
    folded: bool,
}

/// Where a [`Pattern`] starts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Start {
    /// A base folder, by its name without the `$`.
    Base(String),
    /// The root of a Unix.
    Unix,
    /// The root of this drive of Windows, in upper case.
    Drive(char),
}

impl Pattern {
    /// Reads a pattern. Whether its base folder is known is asked of [`unknown_base`].
    ///
    /// ```
    /// use portcullis_policy::path::Pattern;
    /// assert!(Pattern::parse("$APPDATA/notes/**/*.md").is_ok());
    /// let error = Pattern::parse("$APPDATA/notes/").unwrap_err();
    /// assert_eq!(error.message(), "`$APPDATA/notes/` ends with a separator");
    /// assert_eq!(
    ///     error.help(),
    ///     "write `$APPDATA/notes/**` for all that is in it, or `$APPDATA/notes` for itself",
    /// );
    /// ```
    ///
    /// # Errors
    /// What is wrong with it, and what to write.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        parse::pattern(text)
    }

    /// Where it starts.
    ///
    /// ```
    /// use portcullis_policy::path::{Pattern, Start};
    /// assert_eq!(*Pattern::parse(r"c:\notes").unwrap().start(), Start::Drive('C'));
    /// ```
    pub fn start(&self) -> &Start {
        &self.start
    }

    /// The name of the base folder that it starts at, without the `$`.
    ///
    /// ```
    /// use portcullis_policy::path::Pattern;
    /// assert_eq!(Pattern::parse("$HOME/*").unwrap().base(), Some("HOME"));
    /// assert_eq!(Pattern::parse("/srv/*").unwrap().base(), None);
    /// ```
    pub fn base(&self) -> Option<&str> {
        match &self.start {
            Start::Base(name) => Some(name),
            Start::Unix | Start::Drive(_) => None,
        }
    }

    /// The folder below the start that everything it matches is in, and what of the pattern is left there.
    ///
    /// The folder is the leading components that are literal, `/`-joined and as they are on the disk; `""` is the start
    /// itself. If all are literal, the last one is left over. A pattern that ends with `**` matches the folder itself
    /// too.
    ///
    /// ```
    /// use portcullis_policy::path::Pattern;
    /// let folder = |text| {
    ///     let pattern = Pattern::parse(text).unwrap();
    ///     let (folder, tail) = pattern.folder();
    ///     (folder, tail.to_string())
    /// };
    /// assert_eq!(folder("$HOME/[[]x]/y/**/*.md"), ("[x]/y".into(), "**/*.md".into()));
    /// assert_eq!(folder("$HOME/notes/today.md"), ("notes".into(), "today.md".into()));
    /// assert_eq!(folder("$HOME"), (String::new(), String::new()));
    /// ```
    pub fn folder(&self) -> (String, Tail<'_>) {
        let names: Vec<&str> = self.parts.iter().map_while(Part::literal).collect();
        let count = names.len().min(self.parts.len().saturating_sub(1));
        let tail = Tail { parts: &self.parts[count..], folded: self.folded };
        (names[..count].join("/"), tail)
    }

    /// Whether it matches this path, which is `/`-joined and relative to the start; `""` is the start itself.
    ///
    /// With `hidden`, files and folders that begin with `.` are matched like any other. It is the definition, and takes
    /// its time; [`Index`] is what answers calls.
    ///
    /// ```
    /// use portcullis_policy::path::Pattern;
    /// let pattern = Pattern::parse("$HOME/**").unwrap();
    /// assert!(pattern.matches("", false));
    /// assert!(pattern.matches("notes/today.md", false));
    /// assert!(!pattern.matches(".ssh/id_ed25519", false));
    /// assert!(pattern.matches(".ssh/id_ed25519", true));
    /// ```
    pub fn matches(&self, path: &str, hidden: bool) -> bool {
        naive::matches(&self.parts, path, hidden || self.folded)
    }

    /// The pattern for a denial: it matches a path that [`folded`] has folded the same way, and whenever this one
    /// matches a path, with whatever is said about hidden files, that one matches the path's folded form.
    ///
    /// `fold` gives two spellings of a name the same text. It may give a character more than one, or none, and put
    /// combining marks in order. It composes nothing, and cuts nothing off an end (for that there is [`trimmed`]). The
    /// pattern gets wider where it has to, and never narrower:
    ///
    /// - `?` becomes `*`: what is one character to one of the spellings is two to another (`ß` and `ss`, `é` composed
    ///   and decomposed), or none.
    /// - So does a class, unless each of its characters is folded to one character, whatever stands beside it.
    /// - So does text next to one of these that is folded differently with something beside it (an accent, since others
    ///   may have to be put before it; a Greek sigma).
    /// - Hidden files and folders are matched, whatever is said.
    ///
    /// ```
    /// use portcullis_policy::path::{Pattern, folded};
    /// let fold = |text: &str| text.to_lowercase().replace('ß', "ss");
    /// let secret = Pattern::parse("$HOME/Straße/*.KEY").unwrap().folded(fold);
    /// assert!(secret.matches(&folded("STRASSE/.My.key", fold), false));
    /// ```
    #[must_use]
    pub fn folded(&self, fold: impl Fn(&str) -> String) -> Self {
        let parts = self.parts.iter().map(|part| fold::part(part, &fold)).collect();
        Self { start: self.start.clone(), parts, folded: true }
    }
}

/// The one text of a pattern. That of a folded one is for people to read: it cannot always be parsed.
///
/// ```
/// use portcullis_policy::path::Pattern;
/// assert_eq!(Pattern::parse(r"c:\notes\[x][y]\**\**").unwrap().to_string(), "C:/notes/xy/**");
/// ```
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.start.fmt(f)?;
        if matches!(self.start, Start::Base(_)) && !self.parts.is_empty() {
            f.write_str("/")?;
        }
        part::join(&self.parts, f)
    }
}

impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base(name) => write!(f, "${name}"),
            Self::Unix => f.write_str("/"),
            Self::Drive(letter) => write!(f, "{letter}:/"),
        }
    }
}

/// What of a [`Pattern`] is left below its [`folder`](Pattern::folder).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tail<'a> {
    parts: &'a [Part],
    folded: bool,
}

impl Tail<'_> {
    /// Whether it matches this path, which is `/`-joined and relative to the folder; `""` is the folder itself.
    ///
    /// ```
    /// use portcullis_policy::path::Pattern;
    /// let pattern = Pattern::parse("$HOME/notes/*.md").unwrap();
    /// let (_, tail) = pattern.folder();
    /// assert!(tail.matches("today.md", false));
    /// assert!(!tail.matches("", false));
    /// ```
    pub fn matches(&self, path: &str, hidden: bool) -> bool {
        naive::matches(self.parts, path, hidden || self.folded)
    }
}

impl fmt::Display for Tail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        part::join(self.parts, f)
    }
}

/// Writes a name, or a path, so that a pattern means it literally: for what a user has picked.
///
/// ```
/// use portcullis_policy::path::{Pattern, escape};
/// let picked = Pattern::parse(&format!("{}/**", escape("/home/me/[x]/**"))).unwrap();
/// assert!(picked.matches("home/me/[x]/**/today.md", false));
/// assert!(!picked.matches("home/me/x/today.md", false));
/// ```
///
/// What no pattern can say stays so: one with a control character is refused when it is parsed. Of a path of Windows,
/// `\` is not escaped if it starts with a drive, since it separates there.
pub fn escape(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    // Writing to a `String` does not fail.
    let _ = escape_into(&mut text, name, parse::drive(name).is_some());
    text
}

fn escape_into(out: &mut impl fmt::Write, name: &str, separates: bool) -> fmt::Result {
    for c in name.chars() {
        match c {
            '\\' if separates => out.write_char(c)?,
            '*' | '?' | '[' | '\\' => write!(out, "[{c}]")?,
            _ => out.write_char(c)?,
        }
    }
    Ok(())
}
