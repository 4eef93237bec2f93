//! One walk over the object of arguments, for every command: not generic, it fills each slot through a `dyn`.
//! (A derived struct per command costs ten times the build; raw slots cost twice the time of a call.)

use std::{borrow::Cow, fmt};

use super::Slot;
use crate::{compile::tables::Entry, model::ArgumentInfo};

/// What is wrong with a message.
pub(crate) enum Wrong {
    /// It is not JSON, or no object: what was expected, and at which byte.
    Form(&'static str, usize),
    Unknown(String, Vec<&'static str>),
    Twice(&'static str),
    Value(&'static str, serde_json::Error),
    /// Nested deeper than anything is read.
    Deep,
    Missing(Vec<&'static str>),
}

impl Wrong {
    #[cold]
    pub(super) fn of(name: &'static str, error: serde_json::Error) -> Self {
        // The one error of serde_json that says so has no kind of its own.
        if error.is_syntax() && error.to_string().starts_with("recursion limit exceeded") {
            return Self::Deep;
        }
        Self::Value(name, error)
    }

    #[cold]
    pub(super) fn unknown(key: &[u8], infos: &'static [ArgumentInfo]) -> Self {
        let key = String::from_utf8_lossy(key.get(..64).unwrap_or(key)).into_owned();
        Self::Unknown(key, infos.iter().filter(|info| info.is_wire()).map(|info| info.name).collect())
    }

    /// For the caller: it is the caller's own message, so all of this may be told.
    #[cold]
    pub(crate) fn tell(&self, entry: &Entry) -> String {
        let command = entry.name();
        match self {
            Self::Form(expected, at) => {
                format!(
                    "the arguments of command `{command}` are not a JSON object: expected {expected} at byte {at}"
                )
            }
            Self::Unknown(name, known) if known.is_empty() => {
                format!("unknown argument `{name}`: command `{command}` takes none")
            }
            Self::Unknown(name, known) => {
                format!("unknown argument `{name}`: command `{command}` takes {}", list(known))
            }
            Self::Deep => format!("the arguments of command `{command}` are nested too deep"),
            Self::Twice(name) => format!("argument `{name}` of command `{command}` is given twice"),
            Self::Value(name, error) => {
                format!("argument `{name}` of command `{command}`: {}", beginning(error))
            }
            Self::Missing(names) if names.len() == 1 => {
                format!("missing argument {} of command `{command}`", list(names))
            }
            Self::Missing(names) => format!("missing arguments {} of command `{command}`", list(names)),
        }
    }
}

/// How many bytes are told of what is wrong with a value. A type may say the whole value, and write it longer than it was sent:
/// who sends a megabyte is not sent several.
const TOLD: usize = 512;

/// What an error says, or how it begins, without its position: that is within the value, and would mislead.
fn beginning(error: &serde_json::Error) -> String {
    struct Beginning {
        text: String,
        room: usize,
    }
    impl fmt::Write for Beginning {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            let end = text.floor_char_boundary(self.room);
            self.text.push_str(text.get(..end).unwrap_or_default());
            self.room -= end;
            if end < text.len() { Err(fmt::Error) } else { Ok(()) }
        }
    }
    // What has been a value before has no position.
    let position = match error.line() {
        0 => String::new(),
        line => format!(" at line {line} column {}", error.column()),
    };
    let mut beginning = Beginning { text: String::new(), room: TOLD + position.len() };
    let is_whole = fmt::Write::write_fmt(&mut beginning, format_args!("{error}")).is_ok();
    let mut text = beginning.text;
    if is_whole && text.ends_with(&position) {
        text.truncate(text.len() - position.len());
    } else {
        text.truncate(text.floor_char_boundary(TOLD));
        text.push_str(" ..");
    }
    text
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Fills the slots of a command's arguments, one for each, from an object. An empty message is an empty object.
pub(crate) fn arguments<'a>(
    body: &'a [u8],
    infos: &'static [ArgumentInfo],
    slots: &mut [&mut dyn Slot<'a>],
) -> Result<(), Wrong> {
    let start = space(body, 0);
    let filled = if start < body.len() { object(body, start, infos, slots)? } else { 0 };
    if filled == slots.len() { Ok(()) } else { absent(infos, slots) }
}

/// Tells the slots of what the message did not have.
pub(super) fn absent(infos: &'static [ArgumentInfo], slots: &mut [&mut dyn Slot<'_>]) -> Result<(), Wrong> {
    let mut missing = Vec::new();
    for (slot, info) in slots.iter_mut().zip(infos) {
        if info.is_wire() && !slot.is_full() && !slot.absent() {
            missing.push(info.name);
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(Wrong::Missing(missing)) }
}

/// Says how many slots it has filled.
fn object<'a>(
    body: &'a [u8],
    start: usize,
    infos: &'static [ArgumentInfo],
    slots: &mut [&mut dyn Slot<'a>],
) -> Result<usize, Wrong> {
    let mut at = expect(body, start, b'{', "`{`")?;
    let mut filled = 0;
    if body.get(at) == Some(&b'}') {
        return end(body, at + 1, filled);
    }
    // Callers mostly send the arguments in the order of the signature: try that one first.
    let (mut likely, mut furthest) = (0, 0);
    loop {
        let (key, after) = key(body, at)?;
        let index = find(&key, likely, infos)?;
        likely = index + 1;
        at = expect(body, space(body, after), b':', "`:`")?;
        let rest = body.get(at..).unwrap_or_default();
        if let (Some(slot), Some(info)) = (slots.get_mut(index), infos.get(index)) {
            // What stands behind all that came before cannot be a repetition.
            if index < furthest && slot.is_full() {
                return Err(Wrong::Twice(info.name));
            }
            at += slot.fill(rest).map_err(|error| Wrong::of(info.name, error))?;
            furthest = furthest.max(likely);
            filled += 1;
        }
        at = space(body, at);
        match body.get(at) {
            Some(b',') => at = space(body, at + 1),
            Some(b'}') => return end(body, at + 1, filled),
            _ => return Err(Wrong::Form("`,` or `}`", at)),
        }
    }
}

/// Whether a text is nested deeper than this: brackets that are in no string. What is malformed besides is told later.
pub(crate) fn is_deeper(text: &[u8], deepest: usize) -> bool {
    // What is shorter than this has no room for more brackets.
    if text.len() <= 2 * deepest {
        return false;
    }
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => {
                depth += 1;
                if depth > deepest {
                    return true;
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

fn find(key: &[u8], likely: usize, infos: &'static [ArgumentInfo]) -> Result<usize, Wrong> {
    let is = |info: &ArgumentInfo| info.is_wire() && info.name.as_bytes() == key;
    if infos.get(likely).is_some_and(is) {
        return Ok(likely);
    }
    infos.iter().position(is).ok_or_else(|| Wrong::unknown(key, infos))
}

/// The key that begins at `at`, and the place after it.
fn key(body: &[u8], at: usize) -> Result<(Cow<'_, [u8]>, usize), Wrong> {
    let start = match body.get(at) {
        Some(b'"') => at + 1,
        _ => return Err(Wrong::Form("a name in quotes", at)),
    };
    let (mut end, mut escaped) = (start, false);
    loop {
        match body.get(end) {
            Some(b'"') => break,
            Some(b'\\') => {
                escaped = true;
                end += 2;
            }
            Some(_) => end += 1,
            None => return Err(Wrong::Form("the end of a name", body.len())),
        }
    }
    let plain = body.get(start..end).unwrap_or_default();
    if !escaped {
        return Ok((Cow::Borrowed(plain), end + 1));
    }
    let quoted = body.get(at..=end).unwrap_or_default();
    let text: String = serde_json::from_slice(quoted).map_err(|_| Wrong::Form("a name in quotes", at))?;
    Ok((Cow::Owned(text.into_bytes()), end + 1))
}

fn expect(body: &[u8], at: usize, byte: u8, what: &'static str) -> Result<usize, Wrong> {
    if body.get(at) == Some(&byte) { Ok(space(body, at + 1)) } else { Err(Wrong::Form(what, at)) }
}

fn end<T>(body: &[u8], at: usize, done: T) -> Result<T, Wrong> {
    let at = space(body, at);
    if at == body.len() { Ok(done) } else { Err(Wrong::Form("the end", at)) }
}

fn space(body: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\t' | b'\r') = body.get(at) {
        at += 1;
    }
    at
}
