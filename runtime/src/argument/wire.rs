//! Arguments that the caller sends: a slot for each, filled in place by the scanner.

use std::{
    borrow::{Borrow, Cow},
    marker::PhantomData,
    path::{Path, PathBuf},
};

use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, Visitor},
};

#[cfg(feature = "parsed")]
use serde_json::Value;

#[cfg(feature = "parsed")]
use super::parsed::Texts;
use super::{Argument, LentArgument, Sourced, Wire};
use crate::{
    invoke::Call,
    model::Source,
    reply::{Code, Failure},
};

/// Where one argument is kept until the command is called.
pub trait Slot<'a> {
    /// Whether a value is there.
    fn is_full(&self) -> bool;
    /// Decodes the value that `text` begins with, and says how long it was.
    ///
    /// # Errors
    ///
    /// If the text does not begin with a value of the type.
    fn fill(&mut self, text: &'a [u8]) -> serde_json::Result<usize>;
    /// Decodes a value that is there already.
    ///
    /// # Errors
    ///
    /// If it is none of the type.
    #[cfg(feature = "parsed")]
    fn fill_parsed(&mut self, value: &'a Value, texts: &'a Texts) -> serde_json::Result<()> {
        self.fill(texts.write(value)?).map(drop)
    }
    /// Called when the message had no such argument; says whether there is a value for that.
    fn absent(&mut self) -> bool;
    /// How many of the raw bytes beside the message are this argument's.
    fn raw_length(&self) -> u64 {
        0
    }
}

/// The slot of an argument that is taken by value.
pub struct WireSlot<T> {
    name: &'static str,
    value: Option<T>,
}

impl<T> WireSlot<T> {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, value: None }
    }

    /// The value.
    ///
    /// # Errors
    ///
    /// `invalid` if there is none.
    pub fn take(&mut self) -> Result<T, Failure> {
        self.value.take().ok_or_else(|| missing(self.name))
    }
}

#[cold]
fn missing(name: &'static str) -> Failure {
    Failure::new(Code::Invalid, Some(format!("missing argument `{name}`")))
}

impl<'a, T: Deserialize<'a>> Slot<'a> for WireSlot<T> {
    fn is_full(&self) -> bool {
        self.value.is_some()
    }

    fn fill(&mut self, text: &'a [u8]) -> serde_json::Result<usize> {
        let mut json = serde_json::Deserializer::from_slice(text);
        self.value = Some(T::deserialize(&mut json)?);
        // The one public way to ask where a deserializer stands.
        Ok(json.into_iter::<IgnoredAny>().byte_offset())
    }

    #[cfg(feature = "parsed")]
    fn fill_parsed(&mut self, value: &'a Value, texts: &'a Texts) -> serde_json::Result<()> {
        match T::deserialize(value) {
            Ok(read) => {
                self.value = Some(read);
                Ok(())
            }
            Err(error) => read_written(self, value, texts, error),
        }
    }

    fn absent(&mut self) -> bool {
        self.value = T::deserialize(Absent).ok();
        self.value.is_some()
    }
}

/// Reads a value from a text of it, which says more exactly what is wrong, and may be read where the value is not.
#[cfg(feature = "parsed")]
#[cold]
fn read_written<'a, T: Deserialize<'a>>(
    slot: &mut WireSlot<T>,
    value: &'a Value,
    texts: &'a Texts,
    error: serde_json::Error,
) -> serde_json::Result<()> {
    let text = texts.write(value)?;
    if slot.fill(text)? == text.len() {
        return Ok(());
    }
    // An integer of 128 bits stops within a number that is none.
    slot.value = None;
    Err(error)
}

impl<T> Sourced for WireSlot<T> {
    const SOURCE: Source = Source::Wire;
    type Sent = T;
}

#[diagnostic::do_not_recommend]
impl<'a, T: Deserialize<'a>> Argument<'a, Wire> for T {
    type Slot = WireSlot<T>;
    fn slot(_: Call<'a>, name: &'static str) -> WireSlot<T> {
        WireSlot::new(name)
    }
}

/// What a value that was not sent looks like to `Deserialize`: an `Option` is none, everything else is missing.
struct Absent;

impl<'de> Deserializer<'de> for Absent {
    type Error = de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(de::Error::custom("missing"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// What may be taken by reference, and what holds it meanwhile: `&str` cannot always be borrowed from a message,
/// since JSON may escape.
pub trait Lendable {
    /// What holds it.
    type Held<'a>: Borrow<Self> + Deserialize<'a>;
}

impl Lendable for str {
    type Held<'a> = Text<'a>;
}

impl Lendable for Path {
    type Held<'a> = PathBuf;
}

impl<T: for<'a> Deserialize<'a>> Lendable for [T] {
    type Held<'a> = Vec<T>;
}

impl<T: for<'a> Deserialize<'a>> Lendable for T {
    type Held<'a> = T;
}

/// Text that is borrowed from the message if it stands there as it is.
pub struct Text<'a>(Cow<'a, str>);

impl Borrow<str> for Text<'_> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(feature = "typescript")]
crate::typescript::schema_as!(Text<'_>, str);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrowing;
        impl<'de> Visitor<'de> for Borrowing {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Borrowing)
    }
}

/// The slot of an argument that is taken by reference. `As` says what it lends: `fn(&T)` or `fn(Option<&T>)`.
pub struct LentSlot<Held, As> {
    held: WireSlot<Held>,
    lends: PhantomData<As>,
}

impl<Held, As> LentSlot<Held, As> {
    fn new(name: &'static str) -> Self {
        Self { held: WireSlot::new(name), lends: PhantomData }
    }
}

impl<T: ?Sized, Held: Borrow<T>> LentSlot<Held, fn(&T)> {
    /// The value.
    ///
    /// # Errors
    ///
    /// `invalid` if there is none.
    pub fn lend(&self) -> Result<&T, Failure> {
        self.held.value.as_ref().map(Borrow::borrow).ok_or_else(|| missing(self.held.name))
    }
}

impl<T: ?Sized, Held: Borrow<T>> LentSlot<Option<Held>, fn(Option<&T>)> {
    /// The value.
    ///
    /// # Errors
    ///
    /// None: what was not sent is none. It is fallible as that of every slot is.
    #[expect(clippy::unnecessary_wraps, reason = "a shim treats all slots alike")]
    pub fn lend(&self) -> Result<Option<&T>, Failure> {
        Ok(self.held.value.as_ref().and_then(Option::as_ref).map(Borrow::borrow))
    }
}

impl<'a, Held: Deserialize<'a>, As> Slot<'a> for LentSlot<Held, As> {
    fn is_full(&self) -> bool {
        self.held.is_full()
    }
    fn fill(&mut self, text: &'a [u8]) -> serde_json::Result<usize> {
        self.held.fill(text)
    }
    #[cfg(feature = "parsed")]
    fn fill_parsed(&mut self, value: &'a Value, texts: &'a Texts) -> serde_json::Result<()> {
        self.held.fill_parsed(value, texts)
    }
    fn absent(&mut self) -> bool {
        self.held.absent()
    }
}

impl<Held, As> Sourced for LentSlot<Held, As> {
    const SOURCE: Source = Source::Wire;
    type Sent = Held;
}

#[diagnostic::do_not_recommend]
impl<'a, T: ?Sized + Lendable> LentArgument<'a, Wire> for &T {
    type Slot = LentSlot<T::Held<'a>, fn(&T)>;
    fn slot(_: Call<'a>, name: &'static str) -> Self::Slot {
        LentSlot::new(name)
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: ?Sized + Lendable> LentArgument<'a, Wire> for Option<&T> {
    type Slot = LentSlot<Option<T::Held<'a>>, fn(Option<&T>)>;
    fn slot(_: Call<'a>, name: &'static str) -> Self::Slot {
        LentSlot::new(name)
    }
}
