//! An authority made at run time: a program's declarations, commands and files go the way that they go in `authority!`,
//! through the same functions, so that worlds without number can be tried without compiling any of them.
//!
//! What is made lives for ever, since an authority is `'static`: who tries millions of worlds does so in several processes.
#![forbid(unsafe_code)]

mod commands;
mod policy;
mod refusals;
mod slots;
mod tables;

use std::collections::BTreeMap;

use portcullis::{
    __private::{Policy, Root, View},
    Authority, NotOptional, Session,
};
use portcullis_policy::resolve::Resolver;

pub use portcullis_policy::world::Declared;

pub use slots::{SLOTS, Word};

/// A program: what it says in `authority!`, and what its files say.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The callers that it declares.
    pub declared: Declared,
    /// Its permissions. An id with a namespace belongs to the program itself.
    pub permissions: Vec<Permission>,
    /// Its permission sets. A set may hold those before it.
    pub sets: Vec<Set>,
    /// Its commands, each a path of its own in the list. One named `clock:now` is of a group with that namespace.
    pub commands: Vec<Command>,
    /// Groups of commands, each a path of its own in the list, behind the commands.
    pub groups: Vec<Group>,
    /// First parts of ids that another system guards.
    pub foreign: Vec<String>,
    /// The manifests of another system.
    pub manifests: Option<File>,
    /// Its permission files.
    pub permission_files: Vec<File>,
    /// Its capability files.
    pub capability_files: Vec<File>,
}

/// A file of a program.
#[derive(Clone, Debug)]
pub struct File {
    /// Its path, which says the format.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// A permission: a type with `derive(Permission)`.
#[derive(Clone, Debug)]
pub struct Permission {
    /// Its id.
    pub id: String,
    /// Whether it has a scope: that of [`Word`]s. Only the first [`SLOTS`] permissions may.
    pub is_scoped: bool,
}

/// A permission set: a type with `derive(PermissionSet)`.
#[derive(Clone, Debug)]
pub struct Set {
    /// Its id.
    pub id: String,
    /// The ids of what it holds.
    pub members: Vec<String>,
}

/// A command.
#[derive(Clone, Debug)]
pub struct Command {
    /// Its name on the wire.
    pub name: String,
    /// How it is guarded.
    pub guard: Guard,
}

/// A group of commands, as `commands!` makes one.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its namespace.
    pub namespace: String,
    /// The namespace that the program lists it as, if that is another.
    pub listed_as: Option<String>,
    /// The id of the set of all its permissions, if it has one.
    pub set: Option<String>,
    /// Its commands, without the namespace.
    pub commands: Vec<Command>,
}

/// How a command is guarded.
#[derive(Clone, Debug)]
pub enum Guard {
    /// `public("..")`
    Public,
    /// `permission`: its own.
    Own,
    /// `permission(..)` or `all_of(..)`, by ids. Of the first that has a scope the command takes an argument `word`.
    All(Vec<String>),
}

/// What became of a program.
#[derive(Debug)]
pub struct Loaded {
    /// The authority, whether or not the program would compile: of one that would not, it is what the tables say.
    pub authority: &'static Authority,
    /// All that the build refuses, as it would be printed. Empty if the program compiles.
    pub refusals: Vec<String>,
    /// The place of each permission among the slots, by id.
    slots: BTreeMap<String, usize>,
}

/// The parts of an authority.
struct Parts {
    root: &'static Root,
    policy: &'static Policy,
    view: &'static View,
}

impl Program {
    /// Takes it through what the build does.
    ///
    /// # Panics
    ///
    /// If it is none that Rust can write down: a command that names a permission that there is not, a set that holds
    /// what does not stand before it, a scope beyond the slots; or is larger than the tables here go.
    #[must_use]
    pub fn load(&self) -> Loaded {
        let mut resolver = Resolver::new();
        resolver.foreign(self.foreign.iter().cloned());
        let mut complaints = Vec::new();
        if let Some(file) = &self.manifests {
            complaints.extend(resolver.manifests(&file.name, &file.text));
        }
        for (index, file) in self.permission_files.iter().enumerate() {
            complaints.extend(resolver.permissions(index, &file.name, &file.text));
        }
        for (index, file) in self.capability_files.iter().enumerate() {
            complaints.extend(resolver.capabilities(index, &file.name, &file.text));
        }
        let (mut whole, more) = resolver.finish(Some(&self.declared));
        complaints.extend(more);
        let mut refusals = refusals::of_files(&complaints);
        let classified = whole.classify(&self.declared);
        refusals.extend(classified.err().map(|error| error.to_string()));

        let infos = commands::Infos::of(self);
        let root = infos.root(self);
        let policy = policy::policy(self, &whole);
        let view = tables::build(root, policy);
        let authority = slots::leak(Authority::new(root, policy, view));
        if whole.is_whole && classified.is_ok() {
            refusals.extend(refusals::of_assertions(self, &Parts { root, policy, view }));
        }
        Loaded { authority, refusals, slots: infos.slots }
    }
}

impl Loaded {
    /// Switches an optional permission on, by its id.
    ///
    /// # Errors
    ///
    /// As [`Session::switch_on`].
    ///
    /// # Panics
    ///
    /// If the permission is beyond the slots.
    pub fn switch_on(&self, session: &Session, id: &str) -> Result<(), NotOptional> {
        slots::switch_on(session, self.slot(id))
    }

    /// Switches an optional permission off, by its id.
    ///
    /// # Panics
    ///
    /// If the permission is beyond the slots.
    pub fn switch_off(&self, session: &Session, id: &str) {
        slots::switch_off(session, self.slot(id));
    }

    #[expect(clippy::panic, reason = "a test that asks for another permission than it has made is wrong")]
    fn slot(&self, id: &str) -> usize {
        match self.slots.get(id) {
            Some(slot) if *slot < SLOTS => *slot,
            _ => panic!("`{id}` has no slot"),
        }
    }
}
