//! A program and its capability files, as plain data: what there is to decide about. Nothing is decided here.

use std::fmt;

use crate::file;

/// A program, and the capabilities that it lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    /// Globs of the labels of its windows.
    pub windows: Vec<String>,
    /// Globs of the labels of webviews that differ from those of their windows.
    pub webviews: Vec<String>,
    /// Its callers that are no window.
    pub clients: Vec<String>,
    /// First parts of ids that another system guards.
    pub foreign: Vec<String>,
    /// The permission types that commands and sets may name.
    pub permissions: Vec<Permission>,
    /// Its own sets.
    pub sets: Vec<Set>,
    /// The commands that it lists one by one.
    pub commands: Vec<Command>,
    /// The groups of commands that it lists.
    pub groups: Vec<Group>,
    /// What its files say.
    pub capabilities: Vec<Capability>,
}

/// A permission type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// Its id, as its crate ships it.
    pub id: String,
    /// Whether it has a scope, of words.
    pub scoped: bool,
}

/// A permission set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// Its id.
    pub id: String,
    /// What it holds: permissions, as indices of the world's, and sets, as indices of sets that stand before it.
    pub members: Vec<Member>,
}

/// What a set holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    /// A permission type, by its index.
    Permission(usize),
    /// Another set, by its index.
    Set(usize),
}

/// A command, as its crate writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Its name, without a namespace.
    pub name: String,
    /// What it needs.
    pub guard: Guard,
}

/// What a command needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guard {
    /// `public(..)`
    Public,
    /// `permission`: its own.
    Own,
    /// `permission(..)`, `all_of(..)`: these types, by their indices.
    All(Vec<usize>),
}

/// What `commands!` makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its namespace.
    pub namespace: String,
    /// The namespace that the program lists it as, if that is another.
    pub listed_as: Option<String>,
    /// The id of the set of all its permissions, as it is shipped, if it has one.
    pub set: Option<String>,
    /// Its commands.
    pub commands: Vec<Command>,
}

/// A capability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capability {
    /// Its name.
    pub identifier: String,
    /// Globs of window labels.
    pub windows: Vec<String>,
    /// Globs of webview labels.
    pub webviews: Vec<String>,
    /// Clients, by name.
    pub clients: Vec<String>,
    /// Whether it is for the program's own pages.
    pub local: bool,
    /// Patterns of the other origins that it is for.
    pub remote: Vec<String>,
    /// Whether it is for sub-frames too.
    pub any_frame: bool,
    /// The platforms that it is for; `None` is all.
    pub platforms: Option<Vec<String>>,
    /// What it grants.
    pub permissions: Vec<Entry>,
    /// What it grants once the host says so.
    pub optional: Vec<Entry>,
    /// What it denies.
    pub deny: Vec<String>,
    /// How it is written.
    pub format: Format,
}

/// One id under `permissions` or `optional`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id.
    pub id: String,
    /// What is allowed of the scope.
    pub allow: Allow,
    /// What is denied of the scope.
    pub deny: Vec<Word>,
}

/// What a grant allows of a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allow {
    /// Nothing is said.
    Unsaid,
    /// `"all"`
    All,
    /// These, of which there is one at least.
    Only(Vec<Word>),
}

/// An entry of a scope of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// A word.
    Word(String),
    /// What such a scope does not take.
    Number(u32),
}

/// How a capability is written down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// JSON, in a file of its own.
    #[default]
    Json,
    /// JSON5, in a file of its own.
    Json5,
    /// TOML, in a file of its own.
    Toml,
    /// In a list, in the file of the one before it if that is JSON.
    Beside,
}

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caller {
    /// Something that is no window.
    Client(String),
    /// A page in a window.
    Window {
        /// The label of the window.
        window: String,
        /// The label of the webview.
        webview: String,
        /// Where the page is from.
        from: From,
        /// Whether it is in the main frame.
        main_frame: bool,
    },
}

/// Where a page is from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum From {
    /// The program.
    Home,
    /// Elsewhere: `https://example.com`, as a browser writes it.
    Origin(String),
    /// An opaque origin.
    Opaque,
}

impl Caller {
    /// The program's own page in the main frame of a window.
    pub fn window(label: &str) -> Self {
        Self::Window {
            window: label.to_owned(),
            webview: label.to_owned(),
            from: From::Home,
            main_frame: true,
        }
    }
}

impl Entry {
    /// A grant that says nothing of a scope.
    pub fn of(id: &str) -> Self {
        Self { id: id.to_owned(), allow: Allow::Unsaid, deny: Vec::new() }
    }
}

impl Capability {
    /// One for the program's own pages in these windows, which grants nothing yet.
    pub fn of(identifier: &str, windows: &[&str]) -> Self {
        Self {
            identifier: identifier.to_owned(),
            windows: windows.iter().map(|&label| label.to_owned()).collect(),
            webviews: Vec::new(),
            clients: Vec::new(),
            local: true,
            remote: Vec::new(),
            any_frame: false,
            platforms: None,
            permissions: Vec::new(),
            optional: Vec::new(),
            deny: Vec::new(),
            format: Format::Json,
        }
    }
}

/// The whole world, as somebody would write it down: to read a difference, and to have it again.
impl fmt::Display for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for permission in &self.permissions {
            let scope = if permission.scoped { ", with a scope of words" } else { "" };
            writeln!(f, "permission `{}`{scope}", permission.id)?;
        }
        for set in &self.sets {
            let members = set.members.iter().map(|member| match *member {
                Member::Permission(index) => self.permissions[index].id.as_str(),
                Member::Set(index) => self.sets[index].id.as_str(),
            });
            writeln!(f, "set `{}` of {:?}", set.id, members.collect::<Vec<_>>())?;
        }
        for command in &self.commands {
            writeln!(f, "command `{}`: {}", command.name, self.guarded(command))?;
        }
        for group in &self.groups {
            write!(f, "group `{}`", group.namespace)?;
            if let Some(namespace) = &group.listed_as {
                write!(f, " as `{namespace}`")?;
            }
            if let Some(set) = &group.set {
                write!(f, " with the set `{set}`")?;
            }
            writeln!(f)?;
            for command in &group.commands {
                writeln!(f, "    command `{}`: {}", command.name, self.guarded(command))?;
            }
        }
        writeln!(
            f,
            "windows: {:?}, webviews: {:?}, clients: {:?}, foreign: {:?}",
            self.windows, self.webviews, self.clients, self.foreign
        )?;
        for (name, text) in file::written(&self.capabilities) {
            writeln!(f, "--- {name}\n{}", text.trim_end())?;
        }
        Ok(())
    }
}

impl World {
    fn guarded(&self, command: &Command) -> String {
        match &command.guard {
            Guard::Public => "public".to_owned(),
            Guard::Own => "permission".to_owned(),
            Guard::All(needed) => {
                let ids: Vec<&str> =
                    needed.iter().map(|&index| self.permissions[index].id.as_str()).collect();
                format!("all_of({})", ids.join(", "))
            }
        }
    }
}
