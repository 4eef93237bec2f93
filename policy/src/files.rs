//! Capability files, permission files and Tauri's manifests, read with the place of everything in them. What a grant means,
//! and whether a permission or a command of that name exists in the program, is not known here.

mod capability;
mod fields;
mod json;
pub mod manifests;
mod narrowing;
pub mod permissions;
mod place;
mod toml;
pub mod unread;

use std::fmt;

pub use self::narrowing::{Allow, Narrowing};
use crate::platform::Platforms;

/// Reads a capability file. `file` is the path to print, and its extension says what is in it: `.json` and `.jsonc`
/// are JSON with comments and trailing commas, `.json5` is JSON5, `.toml` is TOML.
///
/// A file holds one capability, a list of them, or a list under the key `capabilities`.
///
/// ```
/// use portcullis_policy::files::read;
/// let text = r#"{ "identifier": "main", "windows": ["main"], "permissions": ["notes:read"] }"#;
/// let reading = read("capabilities/main.json", text);
/// assert!(reading.problems.is_empty());
/// assert_eq!(reading.capabilities[0].permissions[0].id.place.to_string(), "capabilities/main.json:1:62");
///
/// let reading = read("main.json", r#"{ "identifier": "main", "window": ["main"], "permissions": ["a"] }"#);
/// assert_eq!(
///     reading.problems[0].to_string(),
///     "unknown key `window` in a capability\n  --> main.json:1:25\nhelp: did you mean `windows`?"
/// );
/// ```
pub fn read(file: &str, text: &str) -> Reading {
    let mut problems = Vec::new();
    let tree = tree(file, text, EMPTY, &mut problems);
    let capabilities = tree.map(|tree| capability::read_root(tree, &mut problems)).unwrap_or_default();
    // Duplicate keys are found before anything else is looked at, but people read from top to bottom.
    problems.sort_by_key(|problem| (problem.place.line, problem.place.column));
    Reading { capabilities, problems }
}

/// Parses a file as [`read`] does, and gives what stands in it, whatever it means: for who passes a file on, and may not
/// be stricter than the next reader.
///
/// ```
/// use portcullis_policy::files::{Value, parse};
/// let Value::Map(keys) = parse("main.json", "{ \"window\": 1 } // no capability").unwrap().value else { panic!() };
/// assert_eq!(keys[0].0.place.to_string(), "main.json:1:3");
/// assert_eq!(parse("main.json", "{ , }").unwrap_err().len(), 1);
/// ```
///
/// # Errors
///
/// The text is not in the format that the file's name says, or a key stands twice in an object.
pub fn parse(file: &str, text: &str) -> Result<Spanned<Value>, Vec<Problem>> {
    let mut problems = Vec::new();
    match tree(file, text, EMPTY, &mut problems) {
        Some(tree) if problems.is_empty() => Ok(tree),
        _ => Err(problems),
    }
}

/// What helps with a capability file that is empty.
const EMPTY: &str = "write a capability: `{ \"identifier\": …, \"windows\": […], \"permissions\": […] }`";

/// The values of a file, whatever they are about; `None` if it has none, which is then a problem. `empty` helps with a
/// file that is empty.
fn tree(file: &str, text: &str, empty: &str, problems: &mut Vec<Problem>) -> Option<Spanned<Value>> {
    // A mark of the byte order is nothing that anybody sees in the file, so it takes no column.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let map = place::SourceMap::new(file, text);
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "json" | "jsonc" => json::read(text, &map, json::Dialect::Jsonc, empty, problems),
        "json5" => json::read(text, &map, json::Dialect::Json5, empty, problems),
        "toml" => toml::read(text, &map, problems),
        _ => {
            problems.push(Problem {
                place: map.place(0),
                message: format!("`{file}` does not say in which format it is"),
                help: Some("name it `.json`, `.jsonc`, `.json5` or `.toml`".into()),
            });
            None
        }
    }
}

/// What is in a capability file.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The capabilities that have no problem, in the order of the file.
    pub capabilities: Vec<Capability>,
    /// All that is wrong, from top to bottom. Where it is not empty, nothing of the file should be used.
    pub problems: Vec<Problem>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The path as it was given to [`read`].
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// Something with the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The thing.
    pub value: T,
    /// Where it starts.
    pub place: Place,
}

/// Something that is wrong, with the place and, mostly, what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to write; it may have several lines.
    pub help: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  --> {}", self.message, self.place)?;
        match &self.help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

/// One capability: who may do what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capability {
    /// Its name.
    pub identifier: Spanned<String>,
    /// What it is for; empty if nothing is said.
    pub description: String,
    /// Globs of window labels.
    pub windows: Vec<Spanned<String>>,
    /// Globs of webview labels.
    pub webviews: Vec<Spanned<String>>,
    /// Names of callers that are no window.
    pub clients: Vec<Spanned<String>>,
    /// Whether it applies to the program's own pages.
    pub local: bool,
    /// Patterns of other origins that it applies to: each passes [`Pattern::parse`](crate::origin::Pattern::parse).
    pub remote: Vec<Spanned<String>>,
    /// Where it applies.
    pub platforms: Platforms,
    /// Whether sub-frames are admitted (`"frames": "any"`).
    pub any_frame: bool,
    /// What it grants, in the order of the file; what is granted whole twice stands here once.
    pub permissions: Vec<Grant>,
    /// What it grants once the host switches it on, in the order of the file.
    pub optional: Vec<Grant>,
    /// What it denies, each once.
    pub deny: Vec<Spanned<String>>,
    /// Where it starts.
    pub place: Place,
}

/// One entry of `permissions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The permission or set.
    pub id: Spanned<String>,
    /// The value of `allow` as it stands in the file. It is not judged before [`Grant::narrowing`] is asked for.
    pub allow: Option<Spanned<Value>>,
    /// The value of `deny` as it stands in the file. As `allow`.
    pub deny: Option<Spanned<Value>>,
    /// Whether it was written as an object, and not as a string.
    pub object: bool,
}

/// A value in a capability file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, with all its digits, written as JSON writes it whatever the file does: `0x1F` is `31` here.
    Number(String),
    /// A string.
    String(String),
    /// A list.
    List(Vec<Spanned<Value>>),
    /// Keys and values in the order of the file; no key stands here twice.
    Map(Vec<(Spanned<String>, Spanned<Value>)>),
}

/// A number as scopes take it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole one.
    Whole(i128),
    /// Any other.
    Other(f64),
}

impl Number {
    /// What the digits of a [`Value::Number`] say. What is more than any number type holds is out of the bounds of all of them.
    ///
    /// ```
    /// use portcullis_policy::files::Number;
    /// assert_eq!(Number::of("31"), Number::Whole(31));
    /// assert_eq!(Number::of("1e3"), Number::Other(1000.0));
    /// assert_eq!(Number::of("-1e999"), Number::Whole(i128::MIN));
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Self {
        if let Ok(whole) = text.parse() {
            return Self::Whole(whole);
        }
        match text.parse::<f64>() {
            Ok(float) if float.is_finite() => Self::Other(float),
            _ if text.starts_with('-') => Self::Whole(i128::MIN),
            _ => Self::Whole(i128::MAX),
        }
    }
}

impl Value {
    /// What kind of value it is, with an article, for a message.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::List(_) => "a list",
            Self::Map(_) => "an object",
        }
    }
}
