//! The entries of capability files as data: what `authority!` writes, with the place of everything. Nothing here judges.

use portcullis_policy::form::Form;

/// A value, and where it stands: line, column.
#[derive(Clone, Copy, Debug)]
pub struct Node(pub u32, pub u32, pub Value);

/// A key, and where it stands: line, column.
#[derive(Clone, Copy, Debug)]
pub struct Key(pub u32, pub u32, pub &'static str);

/// A value of an entry.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number.
    Integer(i128),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(&'static str, Forms),
    /// A list.
    List(&'static [Node]),
    /// An object.
    Map(&'static [(Key, Node)]),
}

/// Which forms a text has, as bits, and what keeps it from having others: what const evaluation cannot find out.
#[derive(Clone, Copy, Debug)]
pub struct Forms(pub u8, pub &'static [(Form, &'static str)]);

impl Forms {
    /// A text that nobody has looked at: whoever reads it judges it.
    pub(crate) const UNSEEN: Self = Self(u8::MAX, &[]);
}

impl Value {
    /// What kind of value it is, with an article.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Integer(_) | Self::Float(_) => "a number",
            Self::Text(..) => "a string",
            Self::List(_) => "a list",
            Self::Map(_) => "an object",
        }
    }
}

/// What one grant narrows its permission to, as its capability file has it.
#[derive(Clone, Copy, Debug)]
pub struct Narrowing {
    /// What it allows.
    pub allow: Allow,
    /// What it denies.
    pub deny: &'static [Node],
}

/// What a grant allows.
#[derive(Clone, Copy, Debug)]
pub enum Allow {
    /// Nothing is said: it only narrows others.
    Nothing,
    /// `"all"`
    All,
    /// What one of these matches.
    Only(&'static [Node]),
}
