//! The arguments of a command: what comes from the caller's message, and what the host gives. Told apart by their
//! types: whatever deserializes is data, [`Checked`] is data that a scope has admitted, whatever implements
//! [`HostArgument`] is the host's, and bytes and channels belong to the call itself.

mod beside;
pub(crate) mod checked;
mod host;
mod named;
#[cfg(feature = "parsed")]
pub(crate) mod parsed;
pub(crate) mod scan;
mod wire;

pub(crate) use beside::Beside;
pub use checked::Checked;
pub use host::{Given, Granted, Host, HostArgument, State, Unavailable};
pub use named::NamedArgument;
pub(crate) use wire::Slot;

use crate::{invoke::Call, model::Source};

/// Something that a command may take: data of any [`Deserialize`](serde::Deserialize) type, or a [`HostArgument`].
///
/// Implemented for both; `Kind` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a command",
    label = "neither data (`Deserialize`) nor something that the host gives",
    note = "derive `serde::Deserialize` for it if the front end sends it",
    note = "take `State<'_, T>` if the program holds it",
    note = "what a scope checks is taken as `Checked<P>`, `&Checked<P>`, `Option<Checked<P>>` or `Vec<Checked<P>>`",
    note = "raw bytes are `Bytes`, `Option<Bytes>` or `Upload`; what a `Channel<T>` carries derives `serde::Serialize`, and what an `Emitter<E>` emits `Event`"
)]
pub trait Argument<'a, Kind>: Sized {
    #[doc(hidden)]
    type Slot: Sourced;
    #[doc(hidden)]
    fn slot(call: Call<'a>, name: &'static str) -> Self::Slot;
}

/// As [`Argument`], for what a command takes by reference: the call holds the value and lends it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of a command",
    label = "neither data (`Deserialize`) nor something that the host gives",
    note = "take it by value, and derive `serde::Deserialize` for it if the front end sends it",
    note = "take `State<'_, T>` if the program holds it",
    note = "what a scope checks is taken as `Checked<P>`, `&Checked<P>`, `Option<Checked<P>>` or `Vec<Checked<P>>`"
)]
pub trait LentArgument<'a, Kind>: Sized {
    #[doc(hidden)]
    type Slot: Sourced;
    #[doc(hidden)]
    fn slot(call: Call<'a>, name: &'static str) -> Self::Slot;
}

/// A slot knows where its argument comes from.
pub trait Sourced {
    #[doc(hidden)]
    const SOURCE: Source;
    /// What the caller sends for it; of a channel, what it is sent.
    #[doc(hidden)]
    type Sent;
}

/// The kind of data.
#[derive(Debug)]
pub struct Wire;

/// The kind of what a scope admits.
#[derive(Debug)]
pub struct ByScope;

/// The kind of raw bytes.
#[derive(Debug)]
pub struct ByBytes;

/// The kind of what a call has beside its message: an upload, a channel, whether anybody still waits.
#[derive(Debug)]
pub struct ByCall;

/// The kind of what a host makes of what the message has in its place.
#[derive(Debug)]
pub struct ByName<Via>(std::marker::PhantomData<Via>);

/// The kind of what a host gives.
#[derive(Debug)]
pub struct ByHost<Via>(std::marker::PhantomData<Via>);

impl<'a> Call<'a> {
    /// A slot for an argument that is taken by value.
    pub fn argument<T: Argument<'a, Kind>, Kind>(self, name: &'static str) -> T::Slot {
        T::slot(self, name)
    }

    /// A slot for an argument that is taken by reference.
    pub fn lent<T: LentArgument<'a, Kind>, Kind>(self, name: &'static str) -> T::Slot {
        T::slot(self, name)
    }
}
