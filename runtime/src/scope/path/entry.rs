//! One entry of a path scope: a pattern, and whether it means hidden files. What a pattern matches is for
//! `portcullis_policy::path` to say.

use std::path::Path;

use portcullis_policy::{
    form::Form,
    path::{Pattern, escape},
};

use crate::scope::{
    entry::{EntryError, Fields, Scope, text},
    shape::{Field, Shape},
    value::Node,
};

/// An entry of a [`PathScope`](super::PathScope): `{ "path": "$APPDATA/notes/**" }`, or the pattern alone.
///
/// | in a pattern | means |
/// |---|---|
/// | `$HOME`, `$APPDATA/notes` | a base folder, as Tauri names them or as the program does, and what is in it |
/// | `/srv/notes`, `C:/notes` | an absolute path, of a Unix or of Windows |
/// | `*`, `?`, `[abc]` | any text, one character, one of these: within one component |
/// | `**` | any number of folders, also none: `$HOME/**` has `$HOME` itself in it |
///
/// Files and folders whose names begin with `.` are hidden: a wildcard matches them only with `"hidden": true`. (Under
/// `deny` it always does.)
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathEntry {
    pattern: Pattern,
    hidden: bool,
}

impl PathEntry {
    /// An entry by its pattern, as a capability file would have it. For `Session::switch_on_within`.
    ///
    /// # Errors
    ///
    /// What is wrong with the pattern, and what to write.
    pub fn new(pattern: &str) -> Result<Self, EntryError> {
        let pattern = Pattern::parse(pattern)
            .map_err(|error| EntryError::new(format!("{}\nhelp: {}", error.message(), error.help())))?;
        Ok(Self { pattern, hidden: false })
    }

    /// Exactly this file or folder, which a user has picked, say: nothing in its name is a pattern.
    ///
    /// # Errors
    ///
    /// If the path is not absolute, or nothing that a pattern can say.
    ///
    /// ```
    /// use portcullis::scope::PathEntry;
    /// let picked = PathEntry::exactly("/home/me/[x].md")?;
    /// # Ok::<(), portcullis::scope::EntryError>(())
    /// ```
    pub fn exactly(path: impl AsRef<Path>) -> Result<Self, EntryError> {
        Self::new(&escape(unicode(path.as_ref())?))
    }

    /// This folder, which a user has picked, and everything in it.
    ///
    /// # Errors
    ///
    /// As [`exactly`](Self::exactly).
    pub fn all_in(folder: impl AsRef<Path>) -> Result<Self, EntryError> {
        Self::new(&format!("{}/**", escape(unicode(folder.as_ref())?)))
    }

    /// Means hidden files and folders too.
    #[must_use]
    pub const fn with_hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// The pattern, as a capability file would have it.
    #[must_use]
    pub fn pattern(&self) -> String {
        self.pattern.to_string()
    }

    /// Whether it means hidden files and folders too.
    #[must_use]
    pub const fn hidden(&self) -> bool {
        self.hidden
    }

    pub(super) const fn parsed(&self) -> &Pattern {
        &self.pattern
    }
}

fn unicode(path: &Path) -> Result<&str, EntryError> {
    path.to_str().ok_or_else(|| EntryError::new("the path is not Unicode, which no entry can say"))
}

impl Scope for PathEntry {
    const SHAPE: &'static Shape = &Shape::Struct {
        name: "PathEntry",
        fields: &[
            Field { name: "path", shape: &Shape::Form(Form::Path), required: true },
            Field { name: "hidden", shape: &Shape::Bool, required: false },
        ],
        short: Some("path"),
    };

    fn read(node: &Node) -> Result<Self, EntryError> {
        let fields = Fields::of(node, Self::SHAPE)?;
        let Text(pattern) = fields.read("path")?;
        Ok(Self { hidden: fields.read_or_default("hidden")?, ..Self::new(&pattern)? })
    }
}

/// The text of a pattern.
struct Text(String);

impl Scope for Text {
    const SHAPE: &'static Shape = &Shape::Form(Form::Path);
    fn read(node: &Node) -> Result<Self, EntryError> {
        text(node, Self::SHAPE).map(|text| Self(text.to_owned()))
    }
}
