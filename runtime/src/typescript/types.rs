//! The types of one command, as generated code hands them over: each with what describes it, or with its name alone.

use std::{any::type_name, convert::Infallible, fmt, marker::PhantomData};

use super::{
    provide::{Provide, Schemars, Type},
    side::Side,
};
use crate::{Never, Streaming, argument::Sourced, invoke::Call};

/// Keeps what only clients need.
#[doc(hidden)]
#[macro_export]
macro_rules! __if_typescript {
    ($($tokens:tt)*) => { $($tokens)* };
}

/// Names what describes the types, where something does.
#[doc(hidden)]
#[macro_export]
macro_rules! __types {
    ($types:path) => {
        $crate::__private::Option::Some($types)
    };
}

/// Names what describes an event, where something does.
#[doc(hidden)]
#[macro_export]
macro_rules! __event_types {
    ($event:ty) => {
        $crate::__private::Option::Some(|| {
            $crate::__private::Types::new([], $crate::__private::returned!($event))
        })
    };
}

/// A type with what describes it: what the command names, or else schemars.
#[doc(hidden)]
#[macro_export]
macro_rules! __described {
    ($typed:expr) => {
        $typed.known()
    };
    ($typed:expr, $by:ty) => {
        $typed.by::<$by>().known().or($typed.known())
    };
}

/// What is sent for an argument: by value, or lent to the command.
#[doc(hidden)]
#[macro_export]
macro_rules! __sent {
    ($slot:ident $ty:ty $(, $by:ty)?) => {{
        #[allow(unused_imports, reason = "of types that are known")]
        use $crate::__private::Untyped as _;
        let sent = $crate::__private::sent($crate::__private::Call::$slot::<$ty, _>);
        $crate::__described!(sent $(, $by)?)
    }};
}

/// What is returned.
#[doc(hidden)]
#[macro_export]
macro_rules! __returned {
    ($ty:ty $(, $by:ty)?) => {{
        #[allow(unused_imports, reason = "of types that are known")]
        use $crate::__private::{Unfailing as _, Untyped as _, Whole as _};
        let returned = $crate::__private::Returned::<$ty>::NEW;
        let (value, error) = (returned.value(), returned.error());
        let (item, end) = (value.item(), value.end());
        $crate::__private::Results {
            value: $crate::__described!(value $(, $by)?),
            error: $crate::__described!(error $(, $by)?),
            item: $crate::__described!(item $(, $by)?),
            end: $crate::__described!(end $(, $by)?),
        }
    }};
}

/// What a command takes and returns.
#[derive(Debug)]
pub struct Types {
    /// Of every argument, in order, those of the host too.
    pub(super) arguments: Vec<Described>,
    pub(super) results: Results,
}

impl Types {
    /// Of a command, or of an event, which is what it returns.
    #[must_use]
    pub fn new<const N: usize>(arguments: [Described; N], results: Results) -> Self {
        Self { arguments: arguments.into(), results }
    }
}

/// What a command returns.
#[derive(Clone, Copy, Debug)]
pub struct Results {
    /// All of it, or what is in `Ok`.
    pub value: Described,
    /// What is in `Err`.
    pub error: Described,
    /// Of a stream, an item.
    pub item: Described,
    /// Of a stream, the error that may end it.
    pub end: Described,
}

/// A type, and what describes it, if anything does.
#[derive(Clone, Copy)]
pub struct Described {
    name: fn() -> &'static str,
    describe: Option<fn(&mut Side) -> Type>,
}

impl Described {
    pub(super) fn name(self) -> String {
        short(self.name)
    }

    /// This, or the other if nothing describes this.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self.describe.is_some() { self } else { other }
    }

    /// Whether this is it, which needs no description.
    pub(super) fn is<T>(self) -> bool {
        (self.name)() == type_name::<T>()
    }

    /// Describes it in one direction, if it can be.
    pub(super) fn on(self, side: &mut Side) -> Option<Type> {
        match self.describe {
            Some(describe) => Some(describe(side)),
            // schemars does not know it.
            None if self.is::<Infallible>() || self.is::<Never>() => Some(Type::never()),
            None => None,
        }
    }
}

/// The name of a type without the paths of the standard library.
fn short(name: fn() -> &'static str) -> String {
    let mut text = name().to_owned();
    for std in ["alloc::", "core::", "std::"] {
        for path in ["string::", "vec::", "option::", "result::", "collections::", "boxed::"] {
            text = text.replace(&format!("{std}{path}"), "");
        }
    }
    text
}

impl fmt::Debug for Described {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str((self.name)())
    }
}

/// A type that is asked, where it is known, whether `P` describes it: [`known`](Self::known) is an inherent method if
/// it does and one of [`Untyped`] if it does not, and method resolution prefers the former. So a type without a schema
/// does not keep a command from compiling.
pub struct Typed<T, P = Schemars>(PhantomData<fn() -> (T, P)>);

impl<T, P> Clone for Typed<T, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, P> Copy for Typed<T, P> {}

impl<T, P> Typed<T, P> {
    const NEW: Self = Self(PhantomData);

    /// Described by something else.
    #[must_use]
    pub fn by<Other>(self) -> Typed<T, Other> {
        Typed::NEW
    }
}

impl<T, P: Provide<T>> Typed<T, P> {
    /// The type, with what describes it.
    #[must_use]
    pub fn known(self) -> Described {
        Described { name: type_name::<T>, describe: Some(P::describe) }
    }
}

/// A type that nothing describes.
pub trait Untyped: Sized {
    /// The type, by its name alone.
    fn known(self) -> Described;
}

impl<T, P> Untyped for Typed<T, P> {
    fn known(self) -> Described {
        Described { name: type_name::<T>, describe: None }
    }
}

/// What is sent for an argument, by the function that makes its slot.
#[must_use]
pub fn sent<S: Sourced>(_: fn(Call<'static>, &'static str) -> S) -> Typed<S::Sent> {
    Typed::NEW
}

/// What a command returns. [`value`](Self::value) and `error` are inherent methods for a `Result` and of [`Unfailing`]
/// for everything else.
pub struct Returned<T>(PhantomData<fn() -> T>);

impl<T> Returned<T> {
    /// The type.
    pub const NEW: Self = Self(PhantomData);
}

impl<T, E> Returned<Result<T, E>> {
    /// Of `Ok`.
    #[must_use]
    pub fn value(&self) -> Typed<T> {
        Typed::NEW
    }

    /// Of `Err`.
    #[must_use]
    pub fn error(&self) -> Typed<E> {
        Typed::NEW
    }
}

/// What a command returns that does not fail.
pub trait Unfailing {
    /// Its type.
    type Value;
    /// All of it.
    fn value(&self) -> Typed<Self::Value>;
    /// None.
    fn error(&self) -> Typed<Infallible>;
}

impl<T> Unfailing for Returned<T> {
    type Value = T;
    fn value(&self) -> Typed<T> {
        Typed::NEW
    }
    fn error(&self) -> Typed<Infallible> {
        Typed::NEW
    }
}

impl<T, E, P> Typed<Streaming<T, E>, P> {
    /// Of an item.
    #[must_use]
    pub fn item(self) -> Typed<T, P> {
        Typed::NEW
    }

    /// Of the error that may end it.
    #[must_use]
    pub fn end(self) -> Typed<E, P> {
        Typed::NEW
    }
}

/// A value that is no stream.
pub trait Whole: Sized {
    /// None.
    fn item(self) -> Typed<NotStreamed> {
        Typed::NEW
    }

    /// None.
    fn end(self) -> Typed<NotStreamed> {
        Typed::NEW
    }
}

impl<T, P> Whole for Typed<T, P> {}

/// Stands for the items of what is no stream.
#[derive(Debug)]
pub enum NotStreamed {}

/// What is returned and cannot be named: `impl Serialize`.
#[must_use]
pub fn unnamed() -> Results {
    let untyped = Described { name: || "impl ..", describe: None };
    let none = Described { name: type_name::<NotStreamed>, describe: None };
    Results {
        value: untyped,
        error: Described { name: type_name::<Infallible>, describe: None },
        item: none,
        end: none,
    }
}
