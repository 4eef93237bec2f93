//! Reads path patterns, and says what to write where one would mean more, or less, than it seems to.

use super::base::split_name;
use super::input::{is_url, windows};
use super::part::{Atom, Part};
use super::{LONGEST, Pattern, PatternError, Start, class};

pub(super) fn pattern(text: &str) -> Result<Pattern, PatternError> {
    if text.is_empty() {
        return Err(PatternError::new("a path pattern is empty", "write one such as `$APPDATA/notes/**`"));
    }
    if text.len() > LONGEST {
        // The text is left out: nobody reads 4096 bytes.
        let message = format!("a path pattern has more than {LONGEST} bytes");
        return Err(PatternError::new(message, "write the folder that all is in, with `/**`"));
    }
    if let Some(c) = text.chars().find(|c| c.is_control()) {
        let message = format!("`{}` has a control character, {c:?}", text.escape_debug());
        return Err(PatternError::new(message, "write a name without it, or `*` in its place"));
    }
    let (start, rest) = split_start(text)?;
    let separators: &[char] = if matches!(start, Start::Drive(_)) { &['/', '\\'] } else { &['/'] };
    let mut parts = Vec::new();
    if let Some(rest) = rest {
        for component in rest.split(separators) {
            let part = component_of(text, component, separators)?;
            // `**/**` says no more than `**`.
            if part != Part::Deep || parts.last() != Some(&Part::Deep) {
                parts.push(part);
            }
        }
    }
    if matches!(start, Start::Drive(_)) {
        parts.iter().try_for_each(|part| check_windows(text, part))?;
    }
    Ok(Pattern { start, parts, folded: false })
}

/// The drive that a text begins with, and what is behind its separator.
pub(super) fn drive(text: &str) -> Option<(char, &str)> {
    let (letter, rest) = text.split_once(':')?;
    let rest = rest.strip_prefix(['/', '\\'])?;
    match letter.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => Some((letter.to_ascii_uppercase().into(), rest)),
        _ => None,
    }
}

/// The start, and the text of the components behind it, if there is any.
fn split_start(text: &str) -> Result<(Start, Option<&str>), PatternError> {
    if let Some(rest) = text.strip_prefix('$') {
        return split_base(text, rest);
    }
    if let Some((letter, rest)) = drive(text) {
        return Ok((Start::Drive(letter), Some(rest).filter(|rest| !rest.is_empty())));
    }
    if text.starts_with("//") || text.starts_with(r"\\") {
        return Err(PatternError::new(
            format!("`{text}` is a network share or a device, which no entry can name"),
            "write a folder of this machine: `$HOME/notes/**`, `/srv/notes/**` or `C:/notes/**`",
        ));
    }
    if let Some(rest) = text.strip_prefix('/') {
        return Ok((Start::Unix, Some(rest).filter(|rest| !rest.is_empty())));
    }
    Err(no_start(text))
}

fn split_base<'a>(text: &str, rest: &'a str) -> Result<(Start, Option<&'a str>), PatternError> {
    let (name, behind) = split_name(rest);
    if !name.is_empty() {
        match behind.strip_prefix('/') {
            Some(below) => return Ok((Start::Base(name.into()), Some(below))),
            None if behind.is_empty() => return Ok((Start::Base(name.into()), None)),
            None if behind.starts_with('\\') => return Err(backslash(text)),
            None => {}
        }
    }
    let plain = rest.trim_start_matches(['{', '(']);
    let end = plain.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(plain.len());
    let upper = plain[..end].to_ascii_uppercase();
    let behind = plain[end..].trim_start_matches(['}', ')']);
    if (behind.is_empty() || behind.starts_with('/')) && split_name(&upper) == (&upper, "") && end > 0 {
        let message = format!("`{text}` does not write a base folder as it is written");
        return Err(PatternError::new(message, format!("write `${upper}{behind}`")));
    }
    if name.is_empty() {
        let message = format!("`{text}` has a `$` that no name of a base folder follows");
        return Err(PatternError::new(message, "write one such as `$HOME`, in upper case"));
    }
    Err(PatternError::new(
        format!("`{text}` has text that is glued to the base folder `${name}`"),
        format!("write `${name}/{behind}`"),
    ))
}

fn no_start(text: &str) -> PatternError {
    if text == "~" || text.starts_with("~/") {
        let message = format!("`{text}` has a `~`, which means nothing here");
        return PatternError::new(message, format!("write `$HOME{}`", &text[1..]));
    }
    if is_url(text) {
        return PatternError::new(
            format!("`{text}` is a URL, and an entry names a path"),
            "write the path, such as `$HOME/notes/**` or `/srv/notes/**`",
        );
    }
    if text.starts_with('%') {
        let message = format!("`{text}` has a variable of the environment, which is not looked at");
        return PatternError::new(message, "write a base folder, such as `$HOME`, `$APPDATA` or `$TEMP`");
    }
    if text.starts_with("**") {
        return PatternError::new(
            format!("`{text}` does not say where it starts"),
            format!("write a base folder first, such as `$HOME/{text}`, or `/{text}` for the whole machine"),
        );
    }
    if text.starts_with('\\') {
        let help = format!("write `C:{}`, with the drive", text.replace('\\', "/"));
        return PatternError::new(format!("`{text}` has no drive"), help);
    }
    if let [letter, b':', ..] = text.as_bytes()
        && letter.is_ascii_alphabetic()
    {
        let message = format!("`{text}` is relative to whatever folder is the current one of that drive");
        return PatternError::new(message, format!("write `{}:/{}`", &text[..1], &text[2..]));
    }
    let path = text.trim_start_matches(['.', '/']).replace('\\', "/");
    PatternError::new(
        format!("`{text}` is relative, and does not say to what"),
        format!("write a base folder first, such as `$APPDATA/{path}`"),
    )
}

fn backslash(text: &str) -> PatternError {
    PatternError::new(
        format!("`{text}` has a `\\`, which separates only behind a drive, as in `C:\\notes`"),
        format!("write `/`: `{}`; or `[\\]` for the character itself", text.replace('\\', "/")),
    )
}

fn component_of(text: &str, component: &str, separators: &[char]) -> Result<Part, PatternError> {
    if component.is_empty() {
        return Err(empty_component(text, separators));
    }
    if component == "**" {
        return Ok(Part::Deep);
    }
    let part = Part::of(atoms(text, component, separators.contains(&'\\'))?);
    match part.literal() {
        Some("..") => Err(PatternError::new(
            format!("`{text}` has a `..`, and where that leads depends on what is there"),
            "write the folder that is meant",
        )),
        Some(".") => {
            let message = format!("`{text}` has a `.` component, which says nothing");
            Err(PatternError::new(message, "leave it out"))
        }
        _ => Ok(part),
    }
}

fn empty_component(text: &str, separators: &[char]) -> PatternError {
    let bare = text.strip_suffix(separators).unwrap_or(text);
    if bare == text || bare.split(separators).skip(1).any(str::is_empty) {
        let message = format!("`{text}` has two separators next to each other");
        return PatternError::new(message, "write one");
    }
    PatternError::new(
        format!("`{text}` ends with a separator"),
        format!("write `{bare}/**` for all that is in it, or `{bare}` for itself"),
    )
}

fn atoms(text: &str, component: &str, backslash_separates: bool) -> Result<Vec<Atom>, PatternError> {
    let mut atoms = Vec::new();
    let mut rest = component;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        atoms.push(match c {
            '*' if atoms.last() == Some(&Atom::Run) => return Err(glued_stars(text, component)),
            '*' => Atom::Run,
            '?' => Atom::One,
            '[' => {
                let (atom, behind) = class::read(text, rest, backslash_separates)?;
                rest = behind;
                atom
            }
            '\\' => return Err(backslash(text)),
            _ => Atom::Text(c.to_string().into()),
        });
    }
    Ok(atoms)
}

fn glued_stars(text: &str, component: &str) -> PatternError {
    let message =
        format!("`{text}` has a `**` in `{component}`; it stands for whole components, and stands alone");
    let single = component.split("**").collect::<Vec<_>>().join("*").replace("**", "*");
    let help = match component.strip_prefix("**") {
        Some(end) if !end.contains("**") && !end.starts_with('*') => {
            format!("write `**/*{end}` for names at any depth, or `{single}` for those of one folder")
        }
        _ => format!("write `{single}` for names of one folder, or `{single}/**` for all below them"),
    };
    PatternError::new(message, help)
}

/// An entry for Windows that no name of Windows can match would be dead.
fn check_windows(text: &str, part: &Part) -> Result<(), PatternError> {
    let wrong = match part {
        Part::Deep => None,
        Part::Literal(name) => windows::check_name(name).err(),
        Part::Glob(atoms) => atoms.iter().find_map(|atom| match atom {
            Atom::Text(text) => windows::check_characters(text).err(),
            Atom::One | Atom::Run | Atom::Class(_) => None,
        }),
    };
    match wrong {
        None => Ok(()),
        Some(wrong) => Err(PatternError::new(
            format!("`{text}` matches nothing: {wrong}"),
            "write a name that Windows can have",
        )),
    }
}
