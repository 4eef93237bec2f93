//! A program's files put together: what each capability grants and denies in the end, and which callers match which of
//! them. Which commands and permission types there are is not known here: what `authority!` makes of this is held against
//! them while the program is compiled.

mod grants;

use std::collections::BTreeSet;

use self::grants::{Grants, Source, meant};
use crate::files::{
    self, Capability, Narrowing, Problem, Spanned,
    manifests::Manifests,
    permissions::{self, Definition, Permissions},
};
use crate::platform::Platforms;
use crate::world::{self, Class, Declared, TooMany};

/// Takes the files of a program, manifests and permission files first, and says what they mean together.
///
/// ```
/// use portcullis_policy::{resolve::{Kind, Resolver}, world::Declared};
/// let mut resolver = Resolver::new();
/// let text = r#"{ "identifier": "main", "windows": ["main"], "permissions": ["notes:read", "deny-wipe"] }"#;
/// assert!(resolver.capabilities(0, "capabilities/main.json", text).is_empty());
/// let declared = Declared { windows: vec!["main".into()], ..Declared::default() };
/// let (resolved, complaints) = resolver.finish(Some(&declared));
/// assert!(resolved.is_whole && complaints.is_empty());
/// let mut grants: Vec<_> = resolved.grants.iter().map(|grant| (grant.id.as_str(), grant.kind)).collect();
/// grants.sort();
/// assert_eq!(grants, [("deny-wipe", Kind::Denies), ("notes:read", Kind::Grants)]);
/// ```
#[derive(Debug, Default)]
pub struct Resolver {
    foreign: BTreeSet<String>,
    manifests: Option<Manifests>,
    definitions: Vec<Definition>,
    defined: Vec<(Spanned<String>, usize)>,
    /// The names of the permission files, with their indices.
    permission_files: Vec<(String, usize)>,
    /// The capabilities, each with the index of its file.
    capabilities: Vec<(Capability, usize)>,
    /// The names of the capability files, with their indices.
    capability_files: Vec<(String, usize)>,
    broken: bool,
}

/// What the files of a program say together.
#[derive(Debug, Default)]
pub struct Resolved {
    /// The capabilities, in the order of the files; and behind them, again, those that have a permission on some of their
    /// platforms alone, with these.
    pub capabilities: Vec<Capability>,
    /// Every grant and denial, sorted by the hash of what it is about.
    pub grants: Vec<Grant>,
    /// What permission files define, with the indices of the files.
    pub defined: Vec<(Spanned<String>, usize)>,
    /// Which capabilities callers match together: nothing before [`classify`](Self::classify).
    pub classes: Vec<Class>,
    /// The first parts of ids that another system guards.
    pub foreign: BTreeSet<String>,
    /// Whether every file could be understood.
    pub is_whole: bool,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// What it is about.
    pub at: Listed,
    /// The platforms for which it is wrong.
    pub platforms: Platforms,
    /// What is wrong, and where.
    pub problem: Problem,
}

/// A file, by what a program lists it as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// The manifests of another system.
    Manifests,
    /// The permission file of this index.
    Permissions(usize),
    /// The capability file of this index.
    Capabilities(usize),
}

/// One id in one capability.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The id of a permission or of a set, as it is written.
    pub id: String,
    /// The hash of the id of what it grants or denies.
    pub hash: u64,
    /// `file:line:column`.
    pub at: String,
    /// The index of the file in the list.
    pub file: usize,
    /// The index of the capability.
    pub capability: usize,
    /// What it does.
    pub kind: Kind,
    /// Its entries, if it has any.
    pub entries: Option<Narrowing>,
    /// What Tauri's manifests know of the id, if they have it among the application's.
    pub tauri: Option<Application>,
    /// How the capability comes to have it, if it has another that stands for it.
    pub way: Option<Way>,
}

/// What Tauri's manifests know of an id of the application's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// The own permissions of the commands that it is about.
    pub own: Vec<String>,
    /// Whether it counts.
    pub counts: Counts,
}

/// Whether what a capability says of such an id counts for Tauri.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// It does.
    Yes,
    /// It stands under a key that Tauri does not read.
    Unread(&'static str),
    /// The manifests name its command, and do not define the id.
    Undefined,
}

/// What leads from an id in a capability to one of those that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The definitions, each with its place.
    pub by: String,
    /// Where the last of them names a command or an id: `file:line:column`.
    pub at: String,
    /// The command that is named there, or nothing.
    pub command: String,
}

/// What an id in a capability does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Grants.
    Grants,
    /// Grants once the host switches it on.
    Optional,
    /// Denies.
    Denies,
    /// Grants nothing, and narrows what others grant: an object with `deny` entries alone.
    Narrows,
}

/// How many kinds of callers are told apart before a program is asked to write simpler globs.
const MOST_CLASSES: usize = 100_000;

impl Resolver {
    /// Of a program without files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Another system guards all ids that begin so.
    pub fn foreign(&mut self, prefixes: impl IntoIterator<Item = String>) {
        self.foreign.extend(prefixes);
    }

    /// Another system guards all ids of these manifests of Tauri's.
    pub fn manifests(&mut self, file: &str, text: &str) -> Vec<Complaint> {
        match Manifests::read(file, text) {
            Ok(manifests) => {
                self.foreign.extend(manifests.prefixes().into_iter().map(str::to_owned));
                self.manifests = Some(manifests);
                Vec::new()
            }
            Err(problems) => self.refuse(Listed::Manifests, problems),
        }
    }

    /// Takes a permission file: the one of this index in the program's list.
    pub fn permissions(&mut self, index: usize, file: &str, text: &str) -> Vec<Complaint> {
        let (definitions, problems) = permissions::read(file, text);
        let new = definitions.iter().filter(|definition| !definition.is_own());
        self.defined.extend(new.map(|definition| (definition.id.clone(), index)));
        self.definitions.extend(definitions);
        self.permission_files.push((file.to_owned(), index));
        self.refuse(Listed::Permissions(index), problems)
    }

    /// Takes a capability file: the one of this index in the program's list.
    pub fn capabilities(&mut self, index: usize, file: &str, text: &str) -> Vec<Complaint> {
        let reading = files::read(file, text);
        self.capability_files.push((file.to_owned(), index));
        self.capabilities.extend(reading.capabilities.into_iter().map(|capability| (capability, index)));
        self.refuse(Listed::Capabilities(index), reading.problems)
    }

    /// A file could not be read at all: what is left out of account then may make the rest misleading.
    pub const fn unreadable(&mut self) {
        self.broken = true;
    }

    /// Whether everything so far could be understood.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        !self.broken
    }

    /// What all of them mean together, held against the callers that the program declares, if it is known which.
    #[must_use]
    pub fn finish(mut self, declared: Option<&Declared>) -> (Resolved, Vec<Complaint>) {
        let (permissions, problems) = Permissions::new(std::mem::take(&mut self.definitions));
        let mut told = Vec::new();
        for problem in problems {
            if let Some(index) = index_of(&self.permission_files, &problem) {
                told.extend(self.refuse(Listed::Permissions(index), [problem]));
            }
        }
        let mut grants =
            Grants::new(&self.foreign, self.manifests.as_ref(), &permissions, self.capabilities.len());
        for (index, (capability, file)) in self.capabilities.iter().enumerate() {
            self.broken |= !grants.take(&Source { capability, index, file: *file }, &mut told);
        }
        let (grants, narrowed) = grants.finish();
        let mut resolved = Resolved {
            capabilities: self.capabilities.into_iter().map(|(capability, _)| capability).collect(),
            grants,
            defined: self.defined,
            classes: Vec::new(),
            foreign: self.foreign,
            is_whole: !self.broken,
        };
        if let Some(declared) = declared.filter(|_| resolved.is_whole) {
            for problem in world::check(declared, &resolved.capabilities) {
                // Every capability is from one of the files.
                let index = index_of(&self.capability_files, &problem).unwrap_or_default();
                let at = Listed::Capabilities(index);
                told.push(Complaint { at, platforms: Platforms::ALL, problem });
            }
            resolved.capabilities.extend(narrowed);
        }
        (resolved, told)
    }

    fn refuse(&mut self, at: Listed, problems: impl IntoIterator<Item = Problem>) -> Vec<Complaint> {
        let complaint = |problem| Complaint { at, platforms: Platforms::ALL, problem };
        let told: Vec<Complaint> = problems.into_iter().map(complaint).collect();
        self.broken |= !told.is_empty();
        told
    }
}

impl Resolved {
    /// Finds out which capabilities callers match together.
    ///
    /// # Errors
    ///
    /// The globs are too entangled to tell.
    pub fn classify(&mut self, declared: &Declared) -> Result<(), TooMany> {
        self.classes = world::classes(declared, &self.capabilities, MOST_CLASSES)?;
        Ok(())
    }
}

/// The hash of the id that a definition or a grant of this id is about: `deny-x` is about `allow-x`.
#[must_use]
pub fn hash_of(id: &str) -> u64 {
    meant(id).0
}

fn index_of(files: &[(String, usize)], problem: &Problem) -> Option<usize> {
    files.iter().find(|(name, _)| *name == problem.place.file).map(|(_, index)| *index)
}
