//! One walk over the object of arguments, for every command: not generic, it fills each slot through a `dyn`.
//! (A derived struct per command costs ten times the build; raw slots cost twice the time of a call.)

use std::borrow::Cow;

use super::Slot;
use crate::compile::tables::Entry;

/// What is wrong with a message.
pub(crate) enum Wrong {
    /// It is not JSON, or no object: what was expected, and at which byte.
    Form(&'static str, usize),
    Unknown(String, Vec<&'static str>),
    Twice(&'static str),
    Value(&'static str, serde_json::Error),
    Missing(Vec<&'static str>),
}

impl Wrong {
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
            Self::Twice(name) => format!("argument `{name}` of command `{command}` is given twice"),
            Self::Value(name, error) => {
                let text = error.to_string();
                // The position is that within the value: it would mislead.
                let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
                format!("argument `{name}` of command `{command}`: {text}")
            }
            Self::Missing(names) if names.len() == 1 => {
                format!("missing argument {} of command `{command}`", list(names))
            }
            Self::Missing(names) => format!("missing arguments {} of command `{command}`", list(names)),
        }
    }
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Fills the slots from an object of arguments. An empty message is an empty object.
pub(crate) fn arguments<'a>(body: &'a [u8], slots: &mut [&mut dyn Slot<'a>]) -> Result<(), Wrong> {
    let start = space(body, 0);
    if start < body.len() {
        object(body, start, slots)?;
    }
    let mut missing = Vec::new();
    for slot in slots {
        if let Some(name) = slot.name()
            && !slot.is_full()
            && !slot.absent()
        {
            missing.push(name);
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(Wrong::Missing(missing)) }
}

fn object<'a>(body: &'a [u8], start: usize, slots: &mut [&mut dyn Slot<'a>]) -> Result<(), Wrong> {
    let mut at = expect(body, start, b'{', "`{`")?;
    if body.get(at) == Some(&b'}') {
        return end(body, at + 1);
    }
    // Callers mostly send the arguments in the order of the signature: try that one first.
    let mut likely = 0;
    loop {
        let (key, after) = key(body, at)?;
        let index = find(&key, likely, slots)?;
        likely = index + 1;
        at = expect(body, space(body, after), b':', "`:`")?;
        let rest = body.get(at..).unwrap_or_default();
        if let Some(slot) = slots.get_mut(index) {
            let name = slot.name().unwrap_or_default();
            if slot.is_full() {
                return Err(Wrong::Twice(name));
            }
            at += slot.fill(rest).map_err(|error| Wrong::Value(name, error))?;
        }
        at = space(body, at);
        match body.get(at) {
            Some(b',') => at = space(body, at + 1),
            Some(b'}') => return end(body, at + 1),
            _ => return Err(Wrong::Form("`,` or `}`", at)),
        }
    }
}

fn find(key: &[u8], likely: usize, slots: &[&mut dyn Slot<'_>]) -> Result<usize, Wrong> {
    let is = |slot: &&mut dyn Slot<'_>| slot.name().is_some_and(|name| name.as_bytes() == key);
    if slots.get(likely).is_some_and(is) {
        return Ok(likely);
    }
    slots.iter().position(is).ok_or_else(|| {
        let key = String::from_utf8_lossy(key.get(..64).unwrap_or(key)).into_owned();
        Wrong::Unknown(key, slots.iter().filter_map(|slot| slot.name()).collect())
    })
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

fn end(body: &[u8], at: usize) -> Result<(), Wrong> {
    let at = space(body, at);
    if at == body.len() { Ok(()) } else { Err(Wrong::Form("the end", at)) }
}

fn space(body: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\t' | b'\r') = body.get(at) {
        at += 1;
    }
    at
}
