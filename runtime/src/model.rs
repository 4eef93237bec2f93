//! The data that the macros write and everything else reads: commands, permissions, groups, a program's policy.
//! Plain `const` data only: nothing here decides, parses or allocates.

use std::any::{Any, TypeId};

use portcullis_policy::{
    hash::{hash, hash_on},
    origin::Pattern,
};

use crate::{
    invoke::{Call, Finished, Running},
    scope::{Narrowing, erased::ScopeInfo},
};

/// A place in source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// The file, as the compiler names it.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// What `derive(Permission)` and `derive(PermissionSet)` know of a type, and `#[command]` of its own permission.
#[derive(Debug)]
pub struct PermissionInfo {
    /// The id that capability files use.
    pub id: &'static str,
    /// The hash of `id`.
    pub hash: u64,
    /// The type, which is what the permission *is*: the id is only its name.
    pub type_id: TypeId,
    /// The doc comment.
    pub description: &'static str,
    /// Where it was written.
    pub at: At,
    /// What a set holds; `None` for a permission.
    pub members: Option<&'static [&'static PermissionInfo]>,
    /// Whether this is a command's own `allow-<command>`, which takes the namespace of its group.
    pub own: bool,
    /// Its scope, if it has one.
    pub scope: Option<&'static ScopeInfo>,
}

/// What must hold before a command runs.
#[derive(Debug)]
pub enum Guard {
    /// Open to the program's own windows, for the reason given.
    Public(&'static str),
    /// All of these must hold.
    All(&'static [&'static PermissionInfo]),
}

/// What `#[command]` knows of a function, or `derive(Event)` of a type.
#[derive(Debug)]
pub struct Command {
    /// The name on the wire, without a namespace.
    pub name: &'static str,
    /// What must hold.
    pub guard: Guard,
    /// The arguments, in order.
    pub arguments: &'static [ArgumentInfo],
    /// Where the function was written.
    pub at: At,
    /// The doc comment.
    pub description: &'static str,
    /// How long a call of it may take.
    pub timeout: Timeout,
    /// How it is run once the authority has decided.
    pub run: Run,
    /// What is sent and returned, for clients in TypeScript; `None` without the feature.
    pub types: Option<fn() -> crate::types::Types>,
}

/// How long a call may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeout {
    /// As long as the gate says.
    Default,
    /// As long as it takes.
    Never,
    /// So many milliseconds.
    After(u64),
}

impl Command {
    /// Whether this is an event: then it cannot be called.
    pub(crate) const fn is_event(&self) -> bool {
        matches!(self.run, Run::Event(_))
    }
}

/// How a command is run.
#[derive(Clone, Copy, Debug)]
pub enum Run {
    /// To its end, on the thread that invokes it.
    Sync(for<'a> fn(Call<'a>) -> Finished),
    /// As a future, boxed once.
    Async(for<'a> fn(Call<'a>) -> Running<'a>),
    /// To its end, on a thread that may block.
    Blocking(for<'a> fn(Call<'a>) -> Finished),
    /// Not at all: this is an event, of this type, which may be listened to by whoever could call a command with its
    /// guard.
    Event(TypeId),
}

/// One argument of a command.
#[derive(Debug)]
pub struct ArgumentInfo {
    /// The name on the wire, for data; the name in Rust, for what the host gives.
    pub name: &'static str,
    /// Where it comes from.
    pub source: Source,
}

impl ArgumentInfo {
    pub(crate) const fn is_wire(&self) -> bool {
        matches!(
            self.source,
            Source::Wire | Source::Checked(_) | Source::Bytes | Source::Upload | Source::Named { .. }
        )
    }

    /// Whether a message has something in its place.
    #[must_use]
    pub const fn is_sent(&self) -> bool {
        self.is_wire() || matches!(self.source, Source::Channel)
    }

    /// Whether it is made of raw bytes.
    #[must_use]
    pub const fn is_bytes(&self) -> bool {
        matches!(self.source, Source::Bytes | Source::Upload)
    }

    /// Whether the host makes it.
    #[must_use]
    pub const fn is_made(&self) -> bool {
        matches!(self.source, Source::Host { .. } | Source::Named { .. })
    }

    /// The values that it needs.
    pub(crate) const fn needs(&self) -> &'static [Need] {
        match self.source {
            Source::Host { needs, .. } | Source::Named { needs } => needs,
            _ => &[],
        }
    }

    /// The permission whose scope or proof this is.
    pub(crate) const fn permission(&self) -> Option<&'static PermissionInfo> {
        match self.source {
            Source::Checked(permission) | Source::Host { proves: Some(permission), .. } => Some(permission),
            _ => None,
        }
    }
}

/// Where an argument comes from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// The caller's message.
    Wire,
    /// The caller's message, by way of the scope of this permission.
    Checked(&'static PermissionInfo),
    /// The host.
    Host {
        /// The values that the gate must have been given.
        needs: &'static [Need],
        /// The permission that this argument is proof of.
        proves: Option<&'static PermissionInfo>,
        /// The event that this argument emits.
        emits: Option<&'static Command>,
    },
    /// Raw bytes beside the message, of which the message has the length.
    Bytes,
    /// Raw bytes beside the message, as they arrive.
    Upload,
    /// A channel to the caller.
    Channel,
    /// The host, of what the caller's message has in its place: a channel of the host's own.
    Named {
        /// The values that the gate must have been given.
        needs: &'static [Need],
    },
    /// Whether anybody still waits for the call.
    Cancellation,
}

/// A type of value that a host argument needs.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    id: TypeId,
    name: fn() -> &'static str,
    /// Asks the host, for what the gate is not given.
    held: Option<fn(&dyn Any) -> bool>,
}

impl Need {
    /// A value of type `T`.
    #[must_use]
    pub const fn of<T: 'static>() -> Self {
        Self { id: TypeId::of::<T>(), name: std::any::type_name::<T>, held: None }
    }

    /// A value of type `T` that the host holds, and perhaps not yet when the gate is built: `held` asks the host for it, which
    /// an adapter hands to [`Gate::missing`](crate::Gate::missing) once the program is ready.
    #[must_use]
    pub const fn held<T: 'static>(held: fn(&dyn Any) -> bool) -> Self {
        Self { id: TypeId::of::<T>(), name: std::any::type_name::<T>, held: Some(held) }
    }

    /// Whether the host lacks it; never of what the gate is given.
    pub(crate) fn is_missing(&self, host: &dyn Any) -> bool {
        self.held.is_some_and(|held| !held(host))
    }

    /// Whether the gate is to be given it.
    pub(crate) fn is_given(&self) -> bool {
        self.held.is_none()
    }

    pub(crate) fn id(&self) -> TypeId {
        self.id
    }

    pub(crate) fn name(&self) -> &'static str {
        (self.name)()
    }
}

/// What a path in a list of commands stands for.
#[derive(Clone, Copy, Debug)]
pub enum Listed {
    /// One command.
    Command(&'static Command),
    /// A group, made by `commands!`.
    Group(&'static Group),
    /// A group under another namespace than its own.
    Renamed(&'static Group, &'static str),
    /// One command under a namespace.
    RenamedCommand(&'static Command, &'static str),
    /// A command that did not compile: it stands for nothing, and what is missing because of it is not complained of.
    Broken,
}

/// What `commands!` makes.
#[derive(Debug)]
pub struct Group {
    /// The namespace of its commands, or empty.
    pub namespace: &'static str,
    /// The id of the set of all its permissions, or empty.
    pub set: &'static str,
    /// Further sets that it brings.
    pub sets: &'static [&'static PermissionInfo],
    /// What it lists.
    pub listed: &'static [Listed],
    /// Whether `#[cfg]` has taken something out of it in this build.
    pub incomplete: bool,
    /// Where it was written.
    pub at: At,
}

/// The namespace that something is listed under, and the one that it was written for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Namespace {
    /// What stands before names, and before the ids of commands' own permissions; or empty.
    pub now: &'static str,
    /// The prefix that ids have as their crate ships them; or empty.
    pub shipped: &'static str,
    /// What stands in its place.
    pub instead: &'static str,
}

impl Namespace {
    /// No namespace.
    pub(crate) const NONE: Self = Self { now: "", shipped: "", instead: "" };

    /// The id of a permission or a set here: its own, unless a namespace is put before it or in the place of another.
    pub(crate) const fn id(self, info: &PermissionInfo) -> Id {
        if info.own {
            return Id { namespace: self.now, rest: info.id };
        }
        self.id_of(info.id)
    }

    /// The hash of [`id`](Self::id): the one that is known already, unless it is another id here.
    pub(crate) const fn hash(self, info: &PermissionInfo) -> u64 {
        if let ([], []) = (self.now.as_bytes(), self.shipped.as_bytes()) {
            return info.hash;
        }
        self.id(info).hash()
    }

    /// As [`id`](Self::id), for an id that is written out.
    pub(crate) const fn id_of(self, id: &'static str) -> Id {
        let (text, prefix) = (id.as_bytes(), self.shipped.as_bytes());
        if prefix.is_empty() || text.len() <= prefix.len() || text[prefix.len()] != b':' {
            return Id { namespace: "", rest: id };
        }
        let mut i = 0;
        while i < prefix.len() {
            if text[i] != prefix[i] {
                return Id { namespace: "", rest: id };
            }
            i += 1;
        }
        Id { namespace: self.instead, rest: id.split_at(prefix.len() + 1).1 }
    }
}

/// A name of two parts: `namespace:rest`, or `rest` alone. Kept apart since constants cannot be joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Id {
    pub(crate) namespace: &'static str,
    pub(crate) rest: &'static str,
}

impl Id {
    pub(crate) const fn hash(self) -> u64 {
        if self.namespace.is_empty() {
            return hash(self.rest);
        }
        hash_on(hash_on(hash(self.namespace), ":"), self.rest)
    }

    /// Whether `text` is this name.
    #[inline]
    pub(crate) fn is(self, text: &str) -> bool {
        if self.namespace.is_empty() {
            return text == self.rest;
        }
        text.strip_prefix(self.namespace).and_then(|t| t.strip_prefix(':')) == Some(self.rest)
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.namespace.is_empty() {
            write!(f, "{}:", self.namespace)?;
        }
        f.write_str(self.rest)
    }
}

/// What `authority!` has read: the program's declarations and its capability files.
#[derive(Debug)]
pub struct Policy {
    /// Globs of the window labels that the program has.
    pub windows: &'static [&'static str],
    /// Globs of the webview labels that differ from their window's.
    pub webviews: &'static [&'static str],
    /// The callers that are no window.
    pub clients: &'static [&'static str],
    /// Prefixes of ids that another system guards.
    pub foreign: &'static [&'static str],
    /// The file of Tauri's manifests, if that is what says which they are.
    pub manifests: Option<&'static str>,
    /// What permission files define.
    pub defined: &'static [Defined],
    /// The capability files, as messages name them.
    pub files: &'static [&'static str],
    /// The base folders that the program names.
    pub bases: &'static [&'static str],
    /// The capabilities, in the order of their files.
    pub capabilities: &'static [Capability],
    /// Every grant and denial, sorted by the hash of its id.
    pub grants: &'static [Grant],
    /// The sets of capabilities that some declared principal matches, all of them, each sorted.
    pub classes: &'static [&'static [u16]],
}

impl Policy {
    /// That of a program that declares nothing and has no files.
    pub const NOTHING: Self = Self {
        windows: &[],
        webviews: &[],
        clients: &[],
        foreign: &[],
        manifests: None,
        defined: &[],
        files: &[],
        bases: &[],
        capabilities: &[],
        grants: &[],
        classes: &[],
    };
}

/// One capability.
#[derive(Debug)]
pub struct Capability {
    /// Its identifier.
    pub identifier: &'static str,
    /// `file:line:column`.
    pub at: &'static str,
    /// Window label globs.
    pub windows: &'static [&'static str],
    /// Webview label globs.
    pub webviews: &'static [&'static str],
    /// Clients, by name.
    pub clients: &'static [&'static str],
    /// Whether the program's own pages count.
    pub local: bool,
    /// Further origins.
    pub remote: &'static [Pattern<'static>],
    /// Whether sub-frames are admitted.
    pub any_frame: bool,
    /// The platforms, as bits.
    pub platforms: u8,
}

/// One id in one capability.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    /// The hash of `id`.
    pub hash: u64,
    /// The id of a permission or of a set.
    pub id: &'static str,
    /// `file:line:column`.
    pub at: &'static str,
    /// The index of its file in the list.
    pub file: u16,
    /// The index of its capability.
    pub capability: u16,
    /// What it does.
    pub kind: GrantKind,
    /// Its entries, if it has any.
    pub entries: Option<&'static Narrowing>,
    /// If Tauri's manifests know the id as one of the application's, what they know. It is passed over where no permission
    /// of the program has it, and it counts for Tauri.
    pub tauri: Option<&'static Application>,
    /// How a capability comes to have it, if it has what a permission file defines.
    pub way: Option<&'static Way>,
}

/// What Tauri's manifests know of an id of the application's.
#[derive(Clone, Copy, Debug)]
pub struct Application {
    /// The ids of the own permissions of the commands that it is about.
    pub own: &'static [&'static str],
    /// Whether what the capability says of it counts for Tauri.
    pub counts: Counts,
}

/// Whether what a capability says of an id of the application's counts for Tauri.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// It does.
    Yes,
    /// It stands under this key, which Tauri does not read.
    Unread(&'static str),
    /// The manifests name its command, and do not define the id.
    Undefined,
}

/// What leads from an id in a capability to one of those that it stands for.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// The definitions, each with its place.
    pub by: &'static str,
    /// Where the last of them names a command or an id: `file:line:column`.
    pub at: &'static str,
    /// The command, if it names one; or empty.
    pub command: &'static str,
}

/// An id that a permission file defines.
#[derive(Clone, Copy, Debug)]
pub struct Defined {
    /// The hash of what a grant of it would grant.
    pub hash: u64,
    /// The id.
    pub id: &'static str,
    /// `file:line:column`.
    pub at: &'static str,
    /// The index of the permission file in the list.
    pub file: u16,
}

/// What an id in a capability does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantKind {
    /// Grants.
    Grants,
    /// Grants once the host switches it on.
    Optional,
    /// Denies.
    Denies,
    /// Grants nothing, and narrows what others grant: an object with `deny` entries alone.
    Narrows,
}

impl GrantKind {
    /// Whether it grants, now or later.
    pub(crate) const fn grants(self) -> bool {
        matches!(self, Self::Grants | Self::Optional)
    }
}

/// All that an `authority!` lists.
#[derive(Debug)]
pub struct Root {
    /// The paths, in order: commands, and events after them.
    pub listed: &'static [Listed],
    /// The index of the first path of an event.
    pub events: usize,
    /// The program's own sets.
    pub sets: &'static [&'static PermissionInfo],
    /// Whether `#[cfg]` has taken something out of the list in this build.
    pub incomplete: bool,
}
