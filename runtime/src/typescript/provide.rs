//! Where the types of a client come from: schemars, unless a command says that something else describes its types.

use schemars::JsonSchema;
use serde_json::Value;

use super::side::Side;

/// Something that describes types for clients: a marker type, so that any crate may add one, for types of any other.
///
/// [`Schemars`] is the one that commands use; `#[command(.., types = Other)]` names another.
///
/// ```
/// use portcullis::typescript::{Provide, Side, Type};
///
/// /// Types that say it themselves, as ts-rs has it.
/// trait InTypeScript {
///     const NAME: &'static str;
///     const TEXT: &'static str;
/// }
///
/// /// Describes them.
/// struct Theirs;
///
/// impl<T: InTypeScript> Provide<T> for Theirs {
///     fn describe(side: &mut Side) -> Type {
///         side.declare::<T>(T::NAME, T::TEXT)
///     }
/// }
/// ```
pub trait Provide<T: ?Sized> {
    /// Describes the type as it is sent, or as it is returned: `side` says which.
    fn describe(side: &mut Side) -> Type;
}

/// A type, as a provider describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Type(pub(super) Form);

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    Schema(Value),
    Text(String),
}

impl Type {
    /// As TypeScript: `string | null`.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self(Form::Text(text.into()))
    }

    /// Of which there is no value.
    pub(super) const fn never() -> Self {
        Self(Form::Schema(Value::Bool(false)))
    }
}

/// Describes what has a `JsonSchema`: most types of the standard library, and what derives it.
#[derive(Clone, Copy, Debug)]
pub struct Schemars;

impl<T: JsonSchema + ?Sized> Provide<T> for Schemars {
    fn describe(side: &mut Side) -> Type {
        side.schema::<T>()
    }
}
