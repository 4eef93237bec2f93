//! Arguments that the host makes of what the message has in their place: a channel of a host's own, which the page names by a
//! number. What the message says is data of the caller's, and is decided on like any other.

use std::marker::PhantomData;

use serde::de::IgnoredAny;

use super::{Argument, ByName, Host, Slot, Sourced, host::unavailable};
use crate::{
    invoke::Call,
    model::{Need, Source},
    reply::{Code, Failure},
};

/// Something that a command may take, that the message names and the host makes. For adapters, with a marker of their own for
/// `Via`: `impl<'a, T> NamedArgument<'a, MyAdapter> for other::Channel<T>`.
pub trait NamedArgument<'a, Via = ()>: Sized {
    /// What the page is sent through it: a client in TypeScript has a function in its place.
    type Sent;

    /// The values that it needs: `Gate::build` refuses to build without them.
    const NEEDS: &'static [Need] = &[];

    /// Makes it of the JSON that the message has in its place.
    ///
    /// # Errors
    ///
    /// If it cannot be made of that, and the caller is to blame: `Ok(Err(..))` says what was expected. Or if what it is made
    /// from is not there.
    fn take(host: Host<'a>, json: &'a [u8]) -> Result<Result<Self, String>, super::Unavailable>;
}

/// The slot of such an argument.
pub struct NamedSlot<'a, T, Via> {
    call: Call<'a>,
    name: &'static str,
    json: Option<&'a [u8]>,
    makes: PhantomData<fn() -> (T, Via)>,
}

impl<'a, T: NamedArgument<'a, Via>, Via> NamedSlot<'a, T, Via> {
    /// The value.
    ///
    /// # Errors
    ///
    /// `invalid` if it is not in the message, or cannot be made of what is; `internal` if what it is made from is not there.
    pub fn take(&self) -> Result<T, Failure> {
        let invalid = |what: &str| {
            let (name, command) = (self.name, self.call.host.command_name());
            Failure::new(Code::Invalid, Some(format!("argument `{name}` of command `{command}`: {what}")))
        };
        let json = self.json.ok_or_else(|| invalid("is missing"))?;
        match T::take(self.call.host, json) {
            Ok(made) => made.map_err(|expected| invalid(&expected)),
            Err(why) => Err(unavailable(self.call.host, self.name, &why)),
        }
    }
}

impl<'a, T, Via> Slot<'a> for NamedSlot<'a, T, Via> {
    fn is_full(&self) -> bool {
        self.json.is_some()
    }

    fn fill(&mut self, text: &'a [u8]) -> serde_json::Result<usize> {
        let mut values = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
        values.next().transpose()?;
        let end = values.byte_offset();
        self.json = text.get(..end);
        Ok(end)
    }

    fn absent(&mut self) -> bool {
        false
    }
}

impl<'a, T: NamedArgument<'a, Via>, Via> Sourced for NamedSlot<'a, T, Via> {
    const SOURCE: Source = Source::Named { needs: T::NEEDS };
    type Sent = T::Sent;
}

#[diagnostic::do_not_recommend]
impl<'a, T: NamedArgument<'a, Via>, Via> Argument<'a, ByName<Via>> for T {
    type Slot = NamedSlot<'a, T, Via>;
    fn slot(call: Call<'a>, name: &'static str) -> Self::Slot {
        NamedSlot { call, name, json: None, makes: PhantomData }
    }
}
