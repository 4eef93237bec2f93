//! What an entry of a scope looks like, as data: `derive(Scope)` writes it, `compile::entries` holds every entry of the
//! capability files against it while the program is compiled. Nothing here reads or decides.

use portcullis_policy::form::Form;

/// What a value must look like.
#[derive(Debug)]
pub enum Shape {
    /// `true` or `false`.
    Bool,
    /// A whole number within bounds.
    Integer {
        /// The smallest.
        min: i128,
        /// The largest.
        max: i128,
    },
    /// Any number.
    Float,
    /// Any string.
    Text,
    /// A string of a form.
    Form(Form),
    /// A list of such values.
    List(&'static Self),
    /// `null`, nothing at all, or such a value.
    Optional(&'static Self),
    /// An object.
    Struct {
        /// The name of the type.
        name: &'static str,
        /// Its keys.
        fields: &'static [Field],
        /// The key whose value may be written in place of the object.
        short: Option<&'static str>,
    },
    /// One of several.
    Enum {
        /// The name of the type.
        name: &'static str,
        /// Its variants.
        variants: &'static [Variant],
    },
}

/// A key of an object.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What its value must look like.
    pub shape: &'static Shape,
    /// Whether it must be there.
    pub required: bool,
}

/// A variant: its name as a string, or an object with the name as its only key.
#[derive(Debug)]
pub struct Variant {
    /// The name.
    pub name: &'static str,
    /// What its value must look like; `None` if it has none.
    pub shape: Option<&'static Shape>,
}

impl Shape {
    /// What is expected, with an article.
    pub(crate) const fn expected(&self) -> &'static str {
        match self {
            Self::Bool => "`true` or `false`",
            Self::Integer { .. } => "a whole number",
            Self::Float => "a number",
            Self::Text => "a string",
            Self::Form(form) => match form {
                Form::Path => "a string with a path pattern",
                Form::Url => "a string with a URL pattern",
                Form::Glob => "a string with a text glob",
                Form::Pattern => "a string with a regular expression",
            },
            Self::List(_) => "a list",
            Self::Optional(inner) => inner.expected(),
            Self::Struct { .. } => "an object",
            Self::Enum { .. } => "one of its variants",
        }
    }

    /// Whether a value may be left out.
    pub const fn is_optional(&self) -> bool {
        matches!(self, Self::Optional(_))
    }
}
