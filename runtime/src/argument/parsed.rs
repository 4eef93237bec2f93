//! Arguments that are values already, since what an adapter is given has been parsed: slots are filled from them as from a text,
//! without one being written for it. A value that cannot be read as it is, is written as a text after all and read from that: so
//! whatever is wrong with it is told as it is told of a text, and a type that reads nothing but text does so.

use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value};

use super::{Slot, scan, scan::Wrong};
use crate::{compile::tables::Entry, gate::DEEPEST, invoke::quietly, model::ArgumentInfo};

/// An object of arguments.
pub type Object = Map<String, Value>;

/// Is told of an entry that is ignored: of which command, and its name.
pub type Ignored = fn(command: &'static str, name: &str);

/// Keeps an object, for a call that outlives its message.
pub trait Keeps: Send + Sync {
    /// It; none is an empty one.
    fn object(&self) -> Option<&Object>;
}

impl Keeps for Object {
    fn object(&self) -> Option<&Object> {
        Some(self)
    }
}

/// What an adapter gives, and with it the texts that a call may need.
pub(crate) struct Values<'a> {
    object: Held<'a>,
    ignored: Option<Ignored>,
    texts: Texts,
}

enum Held<'a> {
    Lent(Option<&'a Object>),
    /// Taken when it is dropped.
    Kept(Option<Arc<dyn Keeps>>),
}

impl<'a> Values<'a> {
    pub(crate) fn lent(object: Option<&'a Object>, ignored: Option<Ignored>) -> Self {
        Self { object: Held::Lent(object), ignored, texts: Texts::default() }
    }

    pub(crate) fn kept(keeps: Arc<dyn Keeps>, ignored: Option<Ignored>) -> Self {
        Self { object: Held::Kept(Some(keeps)), ignored, texts: Texts::default() }
    }

    /// For a call that outlives the message: copies what is only lent.
    pub(crate) fn keep(mut self) -> Values<'static> {
        let keeps: Arc<dyn Keeps> = match &mut self.object {
            Held::Lent(object) => Arc::new(object.cloned().unwrap_or_default()),
            Held::Kept(keeps) => keeps.take().unwrap_or_else(|| Arc::new(Object::new())),
        };
        Values::kept(keeps, self.ignored)
    }

    pub(crate) fn parsed(&self) -> Parsed<'_> {
        let object = match &self.object {
            Held::Lent(object) => *object,
            Held::Kept(keeps) => keeps.as_deref().and_then(Keeps::object),
        };
        Parsed { object, ignored: self.ignored, texts: &self.texts }
    }
}

/// What is kept is the adapter's, and may panic when it goes.
impl Drop for Held<'_> {
    fn drop(&mut self) {
        if let Self::Kept(keeps) = self
            && let Some(keeps) = keeps.take()
        {
            quietly(move || drop(keeps));
        }
    }
}

/// The arguments of a call.
#[derive(Clone, Copy)]
pub(crate) struct Parsed<'a> {
    pub(crate) object: Option<&'a Object>,
    /// Who is told of what no argument has the name of. Without anybody, it is refused.
    ignored: Option<Ignored>,
    texts: &'a Texts,
}

impl<'a> Parsed<'a> {
    /// Fills the slots of a command's arguments, one for each. What is a channel's, the adapter has taken already.
    /// What is ignored may be nested as deep as it likes.
    pub(crate) fn fill(
        self,
        entry: &Entry,
        slots: &mut [&mut dyn Slot<'a>],
        deepest: usize,
    ) -> Result<(), Wrong> {
        let infos = entry.command.arguments;
        let Some(object) = self.object else { return scan::absent(infos, slots) };
        // As with a text: all of it before anything is read, and only then what each is read for.
        if deepest < DEEPEST && self.is_deeper(object, infos, deepest) {
            return Err(Wrong::Deep);
        }
        let (mut likely, mut filled) = (0, 0);
        for (key, value) in object {
            let is = |info: &ArgumentInfo| info.is_sent() && info.name == key;
            let index = match infos.get(likely) {
                Some(info) if is(info) => Some(likely),
                _ => infos.iter().position(is),
            };
            let at = index.and_then(|index| Some((index, infos.get(index)?, slots.get_mut(index)?)));
            match (at, self.ignored) {
                (Some((index, info, slot)), _) => {
                    likely = index + 1;
                    if info.is_wire() {
                        // What is nested deeper than any text that is read, is not read but by what reads texts.
                        let read = if is_deeper(value, DEEPEST) {
                            self.texts.write(value).and_then(|text| slot.fill(text)).map(drop)
                        } else {
                            slot.fill_parsed(value, self.texts)
                        };
                        read.map_err(|error| Wrong::of(info.name, error))?;
                        filled += 1;
                    }
                }
                (None, Some(ignored)) => ignored(entry.command.name, key),
                (None, None) => return Err(Wrong::unknown(key.as_bytes(), infos)),
            }
        }
        if filled == slots.len() { Ok(()) } else { scan::absent(infos, slots) }
    }

    fn is_deeper(self, object: &Object, infos: &[ArgumentInfo], deepest: usize) -> bool {
        let Some(inside) = deepest.checked_sub(1) else { return true };
        let counts =
            |key: &str| self.ignored.is_none() || infos.iter().any(|info| info.is_sent() && info.name == key);
        object.iter().any(|(key, value)| is_deeper(value, inside) && counts(key))
    }
}

/// Whether a value is nested deeper than this. It goes no deeper itself.
#[inline]
fn is_deeper(value: &Value, deepest: usize) -> bool {
    matches!(value, Value::Array(_) | Value::Object(_)) && goes_deeper(value, deepest)
}

fn goes_deeper(value: &Value, deepest: usize) -> bool {
    let Some(inside) = deepest.checked_sub(1) else { return true };
    match value {
        Value::Array(values) => values.iter().any(|value| is_deeper(value, inside)),
        Value::Object(object) => object.values().any(|value| is_deeper(value, inside)),
        _ => false,
    }
}

/// Texts of values that are read as texts: what is read may borrow from them, so they are there for as long as the message is.
#[derive(Default)]
pub struct Texts(OnceLock<Box<(Vec<u8>, Texts)>>);

impl Texts {
    /// The text of a value.
    #[cold]
    pub(super) fn write(&self, value: &Value) -> serde_json::Result<&[u8]> {
        let mut one = Box::new((serde_json::to_vec(value)?, Self::default()));
        let mut place = self;
        loop {
            match place.0.set(one) {
                Ok(()) => return Ok(place.0.get().map(|one| one.0.as_slice()).unwrap_or_default()),
                // There is one already: behind it.
                Err(back) => one = back,
            }
            let Some(taken) = place.0.get() else { return Ok(&[]) };
            place = &taken.1;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn depth_is_counted_as_in_a_text() {
        for value in [
            json!({}),
            json!({ "a": 1 }),
            json!([]),
            json!([[], 1, [2, { "b": [] }], [[]]]),
            json!("[[[[[["),
            json!(7),
        ] {
            for deepest in 0..7 {
                let told = scan::is_deeper(value.to_string().as_bytes(), deepest);
                assert_eq!(is_deeper(&value, deepest), told, "{value} {deepest}");
            }
        }
    }

    #[test]
    fn a_text_stays_where_it_is_when_others_come() {
        let texts = Texts::default();
        let all: Vec<_> = (0..5).filter_map(|number| texts.write(&json!(number)).ok()).collect();
        assert_eq!(all, [b"0", b"1", b"2", b"3", b"4"]);
    }
}
