//! Reading the entries of a scope from the data that `authority!` has written: the trait, what `derive(Scope)` uses, and
//! the types that an entry is made of. What an entry matches is said elsewhere.

use std::fmt;

use super::{
    shape::Shape,
    value::{Node, Value},
};

/// What an entry of a scope looks like in a capability file.
///
/// `derive(Scope)` implements it for structs and enums; the types that they are made of have it: booleans, numbers,
/// `String`, `Option`, `Vec`, other scopes, and the text types of this module. What an entry *means* is said by
/// [`Matches`](super::Matches).
///
/// ```
/// use portcullis::scope::{Exact, Folded, Matches, Scope};
///
/// /// A printer, and how many pages may be printed on it at once.
/// #[derive(Scope)]
/// pub struct Printer {
///     name: String,
///     pages: Option<u32>,
/// }
///
/// /// What a page asks for.
/// #[derive(serde::Deserialize)]
/// pub struct Job {
///     printer: String,
///     pages: u32,
/// }
///
/// impl Matches for Printer {
///     type Input = Job;
///     fn allows(&self, job: Exact<'_, Job>) -> bool {
///         self.name == job.printer && self.pages.is_none_or(|most| job.pages <= most)
///     }
///     fn denies(&self, job: Folded<'_, Job>) -> bool {
///         job.text(|job| &job.printer).is(&self.name) && self.pages.is_none_or(|most| job.number(|job| job.pages) > most)
///     }
/// }
/// ```
///
/// An entry of it in a capability file: `{ "name": "laser", "pages": 20 }`. One that has another shape is a compile
/// error at its place in that file.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a part of a scope entry",
    label = "no entry of a capability file can be read as this",
    note = "booleans, numbers, `String`, `Option<T>` and `Vec<T>` can be parts of one, and so can a type of your own that derives \
            `portcullis::Scope`",
    note = "for a text with wildcards there is `portcullis::scope::Glob`, for a path `portcullis::scope::PathEntry` (feature `path`)"
)]
pub trait Scope: Sized + Send + Sync + 'static {
    #[doc(hidden)]
    const SHAPE: &'static Shape;

    #[doc(hidden)]
    fn read(node: &Node) -> Result<Self, EntryError>;

    /// The value where none is written, if it may be left out.
    #[doc(hidden)]
    fn absent() -> Option<Self> {
        None
    }
}

/// An entry is not what its scope takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryError(Box<str>);

impl EntryError {
    /// What is wrong, and what to write.
    pub fn new(why: impl Into<Box<str>>) -> Self {
        Self(why.into())
    }

    /// Something else was expected.
    #[must_use]
    pub fn expected(shape: &Shape, found: &Value) -> Self {
        Self::new(format!("expected {}, found {}", shape.expected(), found.kind()))
    }
}

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EntryError {}

/// The fields of an object that is read. What is superfluous or missing in it has been judged against the shape.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a>(Inner<'a>);

#[derive(Clone, Copy, Debug)]
enum Inner<'a> {
    Object(&'a [(super::value::Key, Node)]),
    /// The value of this field alone, in the place of the object.
    Short(&'static str, &'a Node),
}

impl<'a> Fields<'a> {
    /// Those of a struct of this shape.
    ///
    /// # Errors
    ///
    /// If it is no object, and no value that may stand for one.
    pub fn of(node: &'a Node, shape: &'static Shape) -> Result<Self, EntryError> {
        match (&node.2, shape) {
            (Value::Map(fields), _) => Ok(Self(Inner::Object(fields))),
            (_, Shape::Struct { short: Some(short), .. }) => Ok(Self(Inner::Short(short, node))),
            (found, _) => Err(EntryError::expected(shape, found)),
        }
    }

    /// Those of a variant.
    ///
    /// # Errors
    ///
    /// If it has none.
    pub fn of_variant(name: &str, value: Option<&'a Node>) -> Result<Self, EntryError> {
        match value.map(|value| &value.2) {
            Some(Value::Map(fields)) => Ok(Self(Inner::Object(fields))),
            _ => Err(EntryError::new(format!("variant `{name}` needs an object"))),
        }
    }

    fn get(self, name: &str) -> Option<&'a Node> {
        match self.0 {
            Inner::Object(fields) => fields.iter().find(|(key, _)| key.2 == name).map(|(_, node)| node),
            Inner::Short(short, node) => (short == name).then_some(node),
        }
    }

    /// The value of a key.
    ///
    /// # Errors
    ///
    /// If it is of another type, or missing.
    pub fn read<T: Scope>(self, name: &str) -> Result<T, EntryError> {
        reader().key(self, name)
    }

    /// The value of a key, or its default.
    ///
    /// # Errors
    ///
    /// If it is of another type.
    pub fn read_or_default<T: Scope + Default>(self, name: &str) -> Result<T, EntryError> {
        reader().key_or_default(self, name)
    }
}

/// The variant of an enum that a value names, and its value.
///
/// # Errors
///
/// If it names none.
pub fn variant<'a>(node: &'a Node, shape: &Shape) -> Result<(&'static str, Option<&'a Node>), EntryError> {
    match &node.2 {
        Value::Text(name, _) => Ok((name, None)),
        Value::Map([(key, value)]) => Ok((key.2, Some(value))),
        found => Err(EntryError::expected(shape, found)),
    }
}

/// How a part of an entry is read. The one place where its type is asked for, for its shape and for its value, so that
/// a type that can be no part of an entry is told of once.
pub struct Reader<T> {
    /// What the part looks like.
    pub shape: &'static Shape,
    read: fn(&Node) -> Result<T, EntryError>,
    absent: fn() -> Option<T>,
}

/// The reader of a type.
#[must_use]
pub const fn reader<T: Scope>() -> Reader<T> {
    Reader { shape: T::SHAPE, read: T::read, absent: T::absent }
}

impl<T> Reader<T> {
    /// The value.
    ///
    /// # Errors
    ///
    /// If it is of another type.
    pub fn value(self, node: &Node) -> Result<T, EntryError> {
        (self.read)(node)
    }

    /// The value of a variant.
    ///
    /// # Errors
    ///
    /// If there is none, or it is of another type.
    pub fn variant(self, name: &str, value: Option<&Node>) -> Result<T, EntryError> {
        let value = value.ok_or_else(|| EntryError::new(format!("variant `{name}` needs a value")))?;
        self.value(value)
    }

    /// The value of a key.
    ///
    /// # Errors
    ///
    /// If it is of another type, or missing.
    pub fn key(self, fields: Fields<'_>, name: &str) -> Result<T, EntryError> {
        match fields.get(name) {
            Some(node) => self.value(node).map_err(|error| EntryError::new(format!("`{name}`: {error}"))),
            None => (self.absent)().ok_or_else(|| EntryError::new(format!("`{name}` is missing"))),
        }
    }

    /// The value of a key, or its default.
    ///
    /// # Errors
    ///
    /// If it is of another type.
    pub fn key_or_default(self, fields: Fields<'_>, name: &str) -> Result<T, EntryError>
    where
        T: Default,
    {
        if fields.get(name).is_some() { self.key(fields, name) } else { Ok(T::default()) }
    }
}

impl<T> fmt::Debug for Reader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("shape", self.shape).finish_non_exhaustive()
    }
}

/// There is no such variant.
#[must_use]
pub fn unknown_variant(name: &str) -> EntryError {
    EntryError::new(format!("unknown variant `{name}`"))
}

impl Scope for bool {
    const SHAPE: &'static Shape = &Shape::Bool;
    fn read(node: &Node) -> Result<Self, EntryError> {
        match node.2 {
            Value::Bool(value) => Ok(value),
            ref found => Err(EntryError::expected(Self::SHAPE, found)),
        }
    }
}

macro_rules! integers {
    ($($type:ty)*) => { $(
        impl Scope for $type {
            #[expect(clippy::allow_attributes, reason = "not every type needs both")]
            #[allow(clippy::cast_lossless, clippy::cast_possible_wrap, trivial_numeric_casts)]
            const SHAPE: &'static Shape =
                &Shape::Integer { min: <$type>::MIN as i128, max: <$type>::MAX as i128 };
            fn read(node: &Node) -> Result<Self, EntryError> {
                match node.2 {
                    Value::Integer(value) => Self::try_from(value)
                        .map_err(|_| EntryError::new(format!("{value} is out of bounds"))),
                    ref found => Err(EntryError::expected(Self::SHAPE, found)),
                }
            }
        }
    )* };
}

integers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

impl Scope for f64 {
    const SHAPE: &'static Shape = &Shape::Float;
    fn read(node: &Node) -> Result<Self, EntryError> {
        match node.2 {
            Value::Float(value) => Ok(value),
            #[expect(clippy::cast_precision_loss, reason = "as everywhere in JSON")]
            Value::Integer(value) => Ok(value as Self),
            ref found => Err(EntryError::expected(Self::SHAPE, found)),
        }
    }
}

impl Scope for String {
    const SHAPE: &'static Shape = &Shape::Text;
    fn read(node: &Node) -> Result<Self, EntryError> {
        text(node, Self::SHAPE).map(str::to_owned)
    }
}

/// The text of a value that must be one.
pub(super) fn text<'a>(node: &'a Node, shape: &Shape) -> Result<&'a str, EntryError> {
    match &node.2 {
        Value::Text(text, _) => Ok(text),
        found => Err(EntryError::expected(shape, found)),
    }
}

impl<T: Scope> Scope for Option<T> {
    const SHAPE: &'static Shape = &Shape::Optional(T::SHAPE);
    fn read(node: &Node) -> Result<Self, EntryError> {
        match node.2 {
            Value::Null => Ok(None),
            _ => T::read(node).map(Some),
        }
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Scope> Scope for Vec<T> {
    const SHAPE: &'static Shape = &Shape::List(T::SHAPE);
    fn read(node: &Node) -> Result<Self, EntryError> {
        match node.2 {
            Value::List(nodes) => nodes.iter().map(T::read).collect(),
            ref found => Err(EntryError::expected(Self::SHAPE, found)),
        }
    }
}

impl<T: Scope> Scope for Box<T> {
    const SHAPE: &'static Shape = T::SHAPE;
    fn read(node: &Node) -> Result<Self, EntryError> {
        T::read(node).map(Self::new)
    }
    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }
}
