//! Text types for the entries of a program's own scopes: a glob, and (feature `pattern`) a regular expression.

use portcullis_policy::{form::Form, label};

use super::{
    entry::{EntryError, Scope, text},
    fold::fold,
    matches::FoldedText,
    shape::Shape,
    value::Node,
};

/// Text with `*` (any characters, also none) and `?` (one character).
///
/// ```
/// # use portcullis::scope::{Scope, Glob};
/// /// A channel that may be posted to.
/// #[derive(Scope)]
/// pub struct Channel {
///     name: Glob,
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob {
    exact: Box<str>,
    /// With `*` for `?`: what is one character to one spelling may be two to another, or none.
    folded: Box<str>,
}

impl Glob {
    /// Whether it matches the whole of a text, exactly.
    #[must_use]
    pub fn allows(&self, text: &str) -> bool {
        label::matches(&self.exact, text)
    }

    /// Whether it matches the whole of what could be taken for a text.
    #[must_use]
    pub fn denies(&self, text: FoldedText<'_>) -> bool {
        label::matches(&self.folded, &text.fold()) || label::matches(&self.exact, text.unfolded())
    }

    /// The glob as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.exact
    }
}

impl Scope for Glob {
    const SHAPE: &'static Shape = &Shape::Form(Form::Glob);
    fn read(node: &Node) -> Result<Self, EntryError> {
        let glob = text(node, Self::SHAPE)?;
        label::check(glob)
            .map_err(|why| EntryError::new(format!("`{glob}` is not a text glob: {}", why.message())))?;
        Ok(Self { exact: glob.into(), folded: fold(glob).replace('?', "*").into() })
    }
}
