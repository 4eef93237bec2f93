//! The names of base folders. Where they are on a machine is not known here.

use super::PatternError;

/// The base folders that Tauri 2 names, in the order of the alphabet, without the `$`.
pub const BASES: &[&str] = &[
    "APPCACHE",
    "APPCONFIG",
    "APPDATA",
    "APPLOCALDATA",
    "APPLOG",
    "AUDIO",
    "CACHE",
    "CONFIG",
    "DATA",
    "DESKTOP",
    "DOCUMENT",
    "DOWNLOAD",
    "EXE",
    "FONT",
    "HOME",
    "LOCALDATA",
    "PICTURE",
    "PUBLIC",
    "RESOURCE",
    "RUNTIME",
    "TEMP",
    "TEMPLATE",
    "VIDEO",
];

/// Checks the name that a program gives to a base folder of its own: an upper-case letter, and then upper-case
/// letters, digits and `_`. One of [`BASES`] may not be given again.
///
/// ```
/// use portcullis_policy::path::check_base;
/// assert!(check_base("PROJECT").is_ok());
/// assert!(check_base("project").is_err());
/// assert!(check_base("HOME").is_err());
/// ```
///
/// # Errors
/// What is wrong with it, and what to write.
pub fn check_base(name: &str) -> Result<(), PatternError> {
    if BASES.contains(&name) {
        let message = format!("`{name}` is a base folder already, the one that Tauri calls so");
        return Err(PatternError::new(message, "choose another name"));
    }
    if !name.is_empty() && split_name(name).1.is_empty() {
        return Ok(());
    }
    let upper = name.trim_start_matches('$').to_ascii_uppercase();
    let help = if !upper.is_empty() && split_name(&upper).1.is_empty() {
        format!("write `{upper}`")
    } else {
        "write upper-case letters, digits and `_`, and a letter first, such as `PROJECT`".into()
    };
    Err(PatternError::new(format!("`{name}` is not a name of a base folder"), help))
}

/// What to say of a base folder that is neither one of [`BASES`] nor `declared` by the program; `None` if it is.
///
/// With the feature `files`, the help has the name that was probably meant.
///
/// ```
/// use portcullis_policy::path::unknown_base;
/// assert_eq!(unknown_base("HOME", &[]), None);
/// assert_eq!(unknown_base("PROJECT", &["PROJECT"]), None);
/// let error = unknown_base("PROJECT", &[]).unwrap();
/// assert_eq!(error.message(), "`$PROJECT` is not a base folder that is known");
/// ```
pub fn unknown_base(name: &str, declared: &[&str]) -> Option<PatternError> {
    if BASES.contains(&name) || declared.contains(&name) {
        return None;
    }
    let help = match (name, meant(name, declared)) {
        ("APP", _) => "that was Tauri 1; write `$APPDATA` or `$APPCONFIG`".into(),
        ("LOG", _) => "that was Tauri 1; write `$APPLOG`".into(),
        (_, Some(meant)) => format!("did you mean `${meant}`?"),
        (_, None) => {
            let all: Vec<String> = declared.iter().chain(BASES).map(|name| format!("`${name}`")).collect();
            format!("write one of {}, or declare it: `bases: [\"{name}\"]`", all.join(", "))
        }
    };
    Some(PatternError::new(format!("`${name}` is not a base folder that is known"), help))
}

#[cfg(feature = "files")]
fn meant<'a>(name: &str, declared: &[&'a str]) -> Option<&'a str> {
    crate::suggest::closest(name, declared.iter().chain(BASES).copied())
}

#[cfg(not(feature = "files"))]
fn meant<'a>(_: &str, _: &[&'a str]) -> Option<&'a str> {
    None
}

/// The name of a base folder that a text begins with, which may be empty, and what is behind it.
pub(super) fn split_name(text: &str) -> (&str, &str) {
    let is_in_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    if !text.starts_with(|c: char| c.is_ascii_uppercase()) {
        return ("", text);
    }
    text.split_at(text.find(|c| !is_in_name(c)).unwrap_or(text.len()))
}
