//! Reads a path that a caller sends. Whether it lies in a folder that is admitted, and what is there, is not known here.

mod malformed;
pub(super) mod windows;

use std::borrow::Cow;

pub use malformed::Malformed;

use super::LONGEST;
use super::base::split_name;

/// The most components that a path may have.
pub(super) const MOST_NAMES: usize = 255;

/// The longest name: in bytes, or in UTF-16 units where the system counts those.
pub(super) const LONGEST_NAME: usize = 255;

/// How the system reads paths that a caller sends to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `/` separates, and all else is part of a name.
    Unix,
    /// As on a Unix, but for a few names that macOS and its relatives read as orders. (`:` is none of them: what the
    /// Finder shows as `/` is an ordinary character to the system.)
    Mac,
    /// `/` and `\` separate, a drive comes first, and many names are devices.
    Windows,
}

impl Style {
    /// That of the system that this is compiled for.
    pub const HERE: Self = if cfg!(windows) {
        Self::Windows
    } else if cfg!(target_vendor = "apple") {
        Self::Mac
    } else {
        Self::Unix
    };
}

/// A path that a caller has sent, taken apart. It has no `.` and no `..`, and nothing in it was expanded or decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input<'a> {
    /// Where it starts.
    pub start: InputStart<'a>,
    /// Its components below that, `/`-joined; `""` is the start itself.
    pub rest: Cow<'a, str>,
}

/// Where an [`Input`] starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InputStart<'a> {
    /// It does not say.
    Relative,
    /// At a base folder, by its name without the `$`, which may be one that nobody knows.
    Base(&'a str),
    /// At the root of a Unix.
    Unix,
    /// At the root of this drive of Windows, in upper case.
    Drive(char),
}

/// Reads a path that a caller sends.
///
/// It is relative, or begins with `$NAME`, which names a base folder, or with `/` or, on Windows, with a drive. There is
/// one spelling for each path: a `.` component, a doubled separator and one at the end are malformed, but for `.` alone,
/// which is the start itself, as `$NAME`, `/` and `C:\` are. A `..` is malformed wherever it stands.
///
/// Nothing is decoded: `%2e%2e%2f` is a name. What only looks as if it were to be expanded is malformed at the
/// beginning, where it was surely meant so (`~`, `~/x`, `%APPDATA%\x`, `${HOME}/x`), and is a name elsewhere.
///
/// Of what Windows reads in its own way, short names such as `PROGRA~1` are let through: whether one is short, and for
/// what, only the file system knows, so that the name of the open file has to be decided on.
///
/// ```
/// use portcullis_policy::path::{InputStart, Malformed, Style, input};
/// let note = input("$APPDATA/notes/today.md", Style::Unix).unwrap();
/// assert_eq!((note.start, &*note.rest), (InputStart::Base("APPDATA"), "notes/today.md"));
/// let note = input(r"c:\notes\today.md", Style::Windows).unwrap();
/// assert_eq!((note.start, &*note.rest), (InputStart::Drive('C'), "notes/today.md"));
/// assert_eq!(input("notes/../secret", Style::Unix), Err(Malformed::Parent));
/// ```
///
/// # Errors
/// Why it is refused without a look at any file.
pub fn input(text: &str, style: Style) -> Result<Input<'_>, Malformed> {
    if text.is_empty() {
        return Err(Malformed::Empty);
    }
    if text.len() > LONGEST {
        return Err(Malformed::TooLong);
    }
    if text.contains(char::is_control) {
        return Err(Malformed::Control);
    }
    if is_url(text) {
        return Err(Malformed::Url);
    }
    let separators: &[char] = if style == Style::Windows { &['/', '\\'] } else { &['/'] };
    check_expansion(text, separators)?;
    if text == "." {
        return Ok(Input { start: InputStart::Relative, rest: Cow::Borrowed("") });
    }
    let (start, rest) = split_start(text, style, separators)?;
    if let Some(rest) = rest {
        check_names(rest, style, separators)?;
    }
    let rest = rest.unwrap_or_default();
    let joined = if style == Style::Windows && rest.contains('\\') {
        rest.replace('\\', "/").into()
    } else {
        rest.into()
    };
    if style == Style::Mac && start == InputStart::Unix {
        check_mac_root(rest)?;
    }
    Ok(Input { start, rest: joined })
}

/// Whether a text begins with a scheme, as URLs do. One letter is a drive.
pub(super) fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme && (rest.starts_with('/') || scheme.eq_ignore_ascii_case("file"))
}

/// A first component that some shell would replace.
fn check_expansion(text: &str, separators: &[char]) -> Result<(), Malformed> {
    // `\` counts everywhere: `%APPDATA%\x` was written by somebody who thinks of Windows.
    let first = text.split(['/', '\\']).next().unwrap_or(text);
    if text.split(separators).next() == Some("~") {
        return Err(Malformed::Home);
    }
    // A letter comes first: `%2e%` is something else, and a name.
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '(' | ')'))
    };
    let percent = first.strip_prefix('%').and_then(|rest| rest.strip_suffix('%'));
    let braces = first.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    if percent.or(braces).is_some_and(is_name) {
        return Err(Malformed::Variable);
    }
    Ok(())
}

/// The start, and the text of the components behind its separator, if there are any.
fn split_start<'a>(
    text: &'a str,
    style: Style,
    separators: &[char],
) -> Result<(InputStart<'a>, Option<&'a str>), Malformed> {
    if let Some((name, behind)) = text.strip_prefix('$').map(split_name)
        && !name.is_empty()
    {
        if behind.is_empty() {
            return Ok((InputStart::Base(name), None));
        }
        // Glued to more, it is a name like any other.
        if let Some(rest) = behind.strip_prefix(separators) {
            return Ok((InputStart::Base(name), Some(rest)));
        }
    }
    let (start, rest) = match style {
        Style::Windows => windows::split_start(text)?,
        Style::Unix | Style::Mac => match text.strip_prefix('/') {
            Some(rest) => (InputStart::Unix, rest),
            None => (InputStart::Relative, text),
        },
    };
    Ok((start, Some(rest).filter(|rest| !rest.is_empty())))
}

fn check_names(rest: &str, style: Style, separators: &[char]) -> Result<(), Malformed> {
    // Counted before anything is looked at, so that what is too long costs no more than what is not.
    if rest.split(separators).nth(MOST_NAMES).is_some() {
        return Err(Malformed::TooDeep);
    }
    let mut names = rest.split(separators).peekable();
    while let Some(name) = names.next() {
        match name {
            "" if names.peek().is_none() => return Err(Malformed::Trailing),
            "" => return Err(Malformed::Doubled),
            "." => return Err(Malformed::Dot),
            ".." => return Err(Malformed::Parent),
            _ => {}
        }
        let length = match style {
            Style::Unix => name.len(),
            Style::Mac | Style::Windows => name.encode_utf16().count(),
        };
        if length > LONGEST_NAME {
            return Err(Malformed::LongName);
        }
        match style {
            Style::Unix => {}
            Style::Mac => check_mac_name(name)?,
            Style::Windows => windows::check_name(name)?,
        }
    }
    Ok(())
}

/// `file/..namedfork/rsrc` is another content of the file.
fn check_mac_name(name: &str) -> Result<(), Malformed> {
    if name.eq_ignore_ascii_case("..namedfork") { Err(Malformed::Magic) } else { Ok(()) }
}

/// `/.vol/<device>/<inode>` opens by number; `/.nofollow` and `/.resolve` change how the rest is looked up.
fn check_mac_root(rest: &str) -> Result<(), Malformed> {
    let first = rest.split('/').next().unwrap_or(rest);
    let is_magic = [".vol", ".nofollow", ".resolve"].iter().any(|name| first.eq_ignore_ascii_case(name));
    if is_magic { Err(Malformed::Magic) } else { Ok(()) }
}
