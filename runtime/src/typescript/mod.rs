#![doc = include_str!("../../docs/typescript.md")]

mod collect;
mod described;
mod direction;
mod doc;
mod error;
mod file;
mod names;
mod naming;
mod provide;
mod reach;
mod render;
mod schema;
mod side;
mod text;
mod transport;
pub(crate) mod types;
mod write;

use std::{fmt, path::Path};

pub use self::{
    error::Error,
    provide::{Provide, Schemars, Type},
    side::Side,
};
use self::{reach::Who, transport::Transport};
use crate::{Authority, Principal};

/// Describes a type of ours as another.
macro_rules! schema_as {
    ($ty:ty, $other:ty) => {
        impl schemars::JsonSchema for $ty {
            fn inline_schema() -> bool {
                <$other>::inline_schema()
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                <$other>::schema_name()
            }
            fn schema_id() -> std::borrow::Cow<'static, str> {
                <$other>::schema_id()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                <$other>::json_schema(generator)
            }
        }
    };
}
pub(crate) use schema_as;

/// Writes clients in TypeScript for a program. See the [module](self).
#[derive(Clone, Debug)]
#[must_use = "says what to write, and writes nothing before `write`, `check` or `write_or_check`"]
pub struct Client {
    authority: &'static Authority,
    style: Style,
    transport: Transport,
}

/// What a client looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// A function for each command, that takes its arguments as one object and gives a `Result` of value, error and failure.
    #[default]
    Functions,
    /// As tauri-specta writes it, for call sites that are there: `commands.readNote(id)`, with arguments by position, a
    /// `Result` with `status`, and failures that are thrown.
    Specta,
}

impl Client {
    /// Clients of this program.
    pub fn new(authority: &'static Authority) -> Self {
        Self {
            authority,
            style: Style::default(),
            transport: Transport::Imported("/portcullis.js".to_owned()),
        }
    }

    /// In another style.
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// Calls by another module than `/portcullis.js`, which `portcullis-http` serves: one that exports `call` as that
    /// does.
    pub fn transport(mut self, url: impl Into<String>) -> Self {
        self.transport = Transport::Imported(url.into());
        self
    }

    /// Has what calls go through inside, and imports nothing: for pages that no program serves `/portcullis.js` to.
    ///
    /// `source` is the text of a module in TypeScript. It exports `call`, and may export `stream` and `listen`, as that script
    /// does; it exports them where it declares them, and imports nothing. `portcullis-tauri` has one.
    pub fn inline_transport(mut self, source: impl Into<String>) -> Self {
        self.transport = Transport::Inline(source.into());
        self
    }

    /// What a window may call, on its own pages; of a glob such as `viewer-*`, what every window of it may.
    pub fn window(self, glob: impl Into<String>) -> Module {
        Module { who: Who::Windows(glob.into()), client: self }
    }

    /// What a caller that is no window may call.
    pub fn client(self, name: impl Into<Box<str>>) -> Module {
        self.principal(Principal::client(name))
    }

    /// What one caller may call: a webview that has not the label of its window, a page from elsewhere, a sub-frame.
    pub fn principal(self, principal: Principal) -> Module {
        Module { who: Who::One(principal), client: self }
    }
}

/// The module of one kind of caller.
#[derive(Clone, Debug)]
#[must_use = "is in no file before `write`, `check` or `write_or_check`"]
pub struct Module {
    client: Client,
    who: Who,
}

impl Module {
    /// Its text.
    ///
    /// # Errors
    ///
    /// Everything that keeps it from being written: callers that the program does not declare, types that nothing describes,
    /// integers that JavaScript cannot hold, names that clash, a transport that cannot stand inside.
    pub fn text(&self) -> Result<String, Error> {
        let commands = reach::commands(self.client.authority, &self.who)?;
        let mut problems = Vec::new();
        let all = collect::collect(&commands, &mut problems);
        let way = self.client.transport.text(&mut problems);
        if problems.is_empty() {
            let described = self.client.transport.described();
            return Ok(write::module(&self.who.to_string(), self.client.style, &described, &way, &all));
        }
        problems.insert(0, format!("there can be no TypeScript client for {}:", self.who));
        Err(Error { problems })
    }

    /// Writes it, if the file says anything else. A relative path begins at the folder of the package, where cargo runs
    /// tests.
    ///
    /// # Errors
    ///
    /// As [`text`](Self::text); or if the file cannot be written.
    pub fn write(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        file::write(path.as_ref(), &self.text()?)
    }

    /// Compares it with the file, and says which lines differ.
    ///
    /// # Errors
    ///
    /// As [`text`](Self::text); or if the file says anything else.
    pub fn check(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        file::check(path.as_ref(), &self.text()?)
    }

    /// [`check`](Self::check) where the environment has `CI` or `PORTCULLIS_CHECK`, else [`write`](Self::write).
    ///
    /// # Errors
    ///
    /// As these.
    pub fn write_or_check(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        if file::is_check() { self.check(path) } else { self.write(path) }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Windows(glob) if portcullis_policy::label::is_literal(glob) => write!(f, "window `{glob}`"),
            Self::Windows(glob) => write!(f, "every window `{glob}`"),
            Self::One(principal) => principal.fmt(f),
        }
    }
}
