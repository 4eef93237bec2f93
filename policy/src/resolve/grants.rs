//! What becomes of the ids in a capability: which are another system's, which stand for others by a permission file, and what
//! each of the rest grants or denies.

use std::collections::BTreeSet;

use super::{Application, Complaint, Counts, Grant, Kind, Listed, Way};
use crate::files::{
    self, Allow, Capability, Narrowing, Problem, Spanned, Value,
    manifests::Manifests,
    permissions::{Definition, Leaf, Permissions},
    unread::{self, Guard},
};
use crate::hash::hash;
use crate::platform::Platforms;

impl Kind {
    /// The key under which Tauri does not look.
    const fn unread(self) -> Option<&'static str> {
        match self {
            Self::Optional => Some("optional"),
            Self::Denies => Some("deny"),
            Self::Grants | Self::Narrows => None,
        }
    }

    const fn verb(self) -> &'static str {
        match self {
            Self::Grants => "grants",
            Self::Optional => "has the optional",
            Self::Denies => "denies",
            Self::Narrows => "narrows",
        }
    }
}

/// A capability, and where it is from.
pub(super) struct Source<'a> {
    pub(super) capability: &'a Capability,
    /// Among all capabilities.
    pub(super) index: usize,
    /// The index of its file in the list.
    pub(super) file: usize,
}

impl Source<'_> {
    /// As in: capability `main` grants.
    fn does(&self, kind: Kind) -> String {
        format!("capability `{}` {}", self.capability.identifier.value, kind.verb())
    }

    /// What is wrong with its file, on some platforms or on all.
    const fn complaint(&self, platforms: Platforms, problem: Problem) -> Complaint {
        Complaint { at: Listed::Capabilities(self.file), platforms, problem }
    }
}

/// Collects the grants of a program.
pub(super) struct Grants<'a> {
    foreign: &'a BTreeSet<String>,
    manifests: Option<&'a Manifests>,
    permissions: &'a Permissions,
    found: Vec<Grant>,
    /// Capabilities on some of their platforms alone, each with its index.
    narrowed: Vec<(usize, Capability)>,
    /// How many capabilities are written: the indices of `narrowed` go on from there.
    written: usize,
}

impl<'a> Grants<'a> {
    pub(super) const fn new(
        foreign: &'a BTreeSet<String>,
        manifests: Option<&'a Manifests>,
        permissions: &'a Permissions,
        written: usize,
    ) -> Self {
        Self { foreign, manifests, permissions, found: Vec::new(), narrowed: Vec::new(), written }
    }

    /// All that there are, as tables want them, and the capabilities that go behind those that are written.
    pub(super) fn finish(mut self) -> (Vec<Grant>, Vec<Capability>) {
        self.found.sort_by_key(|grant| (grant.hash, grant.capability, grant.kind));
        // What is said twice without entries is said once; entries all count.
        self.found.dedup_by(|later, earlier| {
            let key = |grant: &Grant| (grant.hash, grant.capability, grant.kind);
            let counts = |grant: &Grant| grant.tauri.as_ref().map(|application| application.counts);
            let alike = later.way.is_none() && earlier.way.is_none() && counts(later) == counts(earlier);
            key(later) == key(earlier) && later.entries.is_none() && earlier.entries.is_none() && alike
        });
        (self.found, self.narrowed.into_iter().map(|(_, capability)| capability).collect())
    }

    /// Takes the ids of a capability. Says whether all could be understood.
    pub(super) fn take(&mut self, source: &Source<'_>, told: &mut Vec<Complaint>) -> bool {
        let capability = source.capability;
        let whole =
            |id: &Spanned<String>| files::Grant { id: id.clone(), allow: None, deny: None, object: false };
        let permissions = capability.permissions.iter().map(|grant| (grant.clone(), Kind::Grants));
        let optional = capability.optional.iter().map(|grant| (grant.clone(), Kind::Optional));
        let denies = capability.deny.iter().map(|id| (whole(id), Kind::Denies));
        let mut is_whole = true;
        for (grant, kind) in permissions.chain(optional).chain(denies) {
            let taken = if self.is_foreign(&grant.id.value) {
                self.judge(&grant.id, &source.does(kind), capability.platforms, source, told);
                self.unread(&grant, kind)
            } else {
                self.take_one(&grant, kind, source, told)
            };
            for problem in taken.err().into_iter().flatten() {
                is_whole = false;
                told.push(source.complaint(Platforms::ALL, problem));
            }
        }
        is_whole
    }

    fn take_one(
        &mut self,
        grant: &files::Grant,
        kind: Kind,
        source: &Source<'_>,
        told: &mut Vec<Complaint>,
    ) -> Result<(), Vec<Problem>> {
        let permissions = self.permissions;
        if let (Some(definition), Some(leaves)) =
            (permissions.get(&grant.id.value), permissions.expand(&grant.id.value))
        {
            return self
                .take_leaves(grant, kind, source, definition, &leaves, told)
                .map_err(|problem| vec![problem]);
        }
        let narrowing = grant.narrowing()?;
        let kind = match &narrowing {
            Some(Narrowing { allow: Allow::Nothing, .. }) => Kind::Narrows,
            _ => kind,
        };
        let own = self.grant(&grant.id.value, kind, grant, source);
        self.found.push(Grant { entries: narrowing, ..own });
        Ok(())
    }

    /// Takes what an id stands for by a permission file.
    fn take_leaves(
        &mut self,
        grant: &files::Grant,
        kind: Kind,
        source: &Source<'_>,
        definition: &Definition,
        leaves: &[Leaf<'_>],
        told: &mut Vec<Complaint>,
    ) -> Result<(), Problem> {
        let id = &grant.id;
        let defined = format!("`{}` ({})", id.value, definition.id.place);
        for (key, entries) in [("allow", &grant.allow), ("deny", &grant.deny)] {
            if let Some(entries) = entries.as_ref().filter(|entries| entries.value != Value::Null) {
                return Err(Problem {
                    place: entries.place.clone(),
                    message: format!("`{key}` of {defined}, which stands for permissions of commands: they have no scope"),
                    help: Some("grant a permission type that has a scope by its own id, with entries; this one without".into()),
                });
            }
        }
        let mut counts = false;
        for leaf in leaves {
            let platforms = meet(source.capability.platforms, leaf.platforms);
            if platforms == Platforms::NONE {
                continue;
            }
            counts = true;
            let by: Vec<String> =
                leaf.way.iter().map(|step| format!("`{}` ({})", step.id.value, step.id.place)).collect();
            let by = by.join(", ");
            if self.is_foreign(&leaf.id) {
                let inner = Spanned { value: leaf.id.clone(), place: leaf.place.clone() };
                let said = format!("{}, by way of {by},", source.does(kind));
                self.judge(&inner, &said, platforms, source, told);
                if let Some(problem) = self.passed_over(&inner, kind, &format!(", by way of {by},")) {
                    told.push(source.complaint(Platforms::ALL, problem));
                }
                continue;
            }
            let command = leaf.command.unwrap_or_default().to_owned();
            let way = Some(Way { by, at: leaf.place.to_string(), command });
            let way = if definition.is_own() { None } else { way };
            let capability = self.on(source, platforms);
            let inner = self.grant(&leaf.id, kind, grant, source);
            self.found.push(Grant { capability, way, ..inner });
        }
        if counts {
            return Ok(());
        }
        let why = if leaves.is_empty() { "stands for nothing" } else { "is for other platforms alone" };
        Err(Problem {
            place: id.place.clone(),
            message: format!("{} {defined}, which {why}", source.does(kind)),
            help: Some("remove it, or change it in the permission file".into()),
        })
    }

    fn is_foreign(&self, id: &str) -> bool {
        id.split_once(':').is_some_and(|(first, _)| self.foreign.contains(first))
    }

    /// What is said of a foreign id, and whoever guards it does not hear of.
    fn unread(&self, grant: &files::Grant, kind: Kind) -> Result<(), Vec<Problem>> {
        let all =
            grant.allow.as_ref().filter(|allow| matches!(&allow.value, Value::String(all) if all == "all"));
        let all = all.map(|allow| unread::all(self.guard(), &grant.id.value, allow));
        let problems: Vec<_> = self.passed_over(&grant.id, kind, "").into_iter().chain(all).collect();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// A foreign id under a key that is ours alone. One that is misspelt is told of first.
    fn passed_over(&self, id: &Spanned<String>, kind: Kind, by: &str) -> Option<Problem> {
        if self.manifests.is_some_and(|manifests| manifests.judge(id, by).is_some()) {
            return None;
        }
        match kind {
            Kind::Denies => Some(unread::denied(self.guard(), id, by)),
            Kind::Optional => Some(unread::optional(self.guard(), id, by)),
            Kind::Grants | Kind::Narrows => None,
        }
    }

    const fn guard(&self) -> Guard {
        if self.manifests.is_some() { Guard::Tauri } else { Guard::Prefix }
    }

    /// If the manifests of the other system are known, an id of it must be in them, where it counts.
    fn judge(
        &self,
        id: &Spanned<String>,
        said: &str,
        platforms: Platforms,
        source: &Source<'_>,
        told: &mut Vec<Complaint>,
    ) {
        if let Some(problem) = self.manifests.and_then(|manifests| manifests.judge(id, said)) {
            told.push(source.complaint(platforms, problem));
        }
    }

    /// The index of a capability on some of its platforms alone.
    fn on(&mut self, source: &Source<'_>, platforms: Platforms) -> usize {
        if platforms == source.capability.platforms {
            return source.index;
        }
        let same = |(index, narrowed): &(usize, Capability)| {
            *index == source.index && narrowed.platforms == platforms
        };
        let at = self.narrowed.iter().position(same).unwrap_or_else(|| {
            self.narrowed.push((source.index, Capability { platforms, ..source.capability.clone() }));
            self.narrowed.len() - 1
        });
        self.written + at
    }

    fn grant(&self, id: &str, kind: Kind, grant: &files::Grant, source: &Source<'_>) -> Grant {
        let tauri = self.manifests.and_then(|manifests| {
            let counts = match kind.unread() {
                Some(key) => Counts::Unread(key),
                None if manifests.defines(id) => Counts::Yes,
                None => Counts::Undefined,
            };
            Some(Application { own: manifests.application(id)?, counts })
        });
        let (hash, kind) = match meant(id) {
            (hash, true) => (hash, Kind::Denies),
            (hash, false) => (hash, kind),
        };
        Grant {
            id: id.to_owned(),
            hash,
            at: grant.id.place.to_string(),
            file: source.file,
            capability: source.index,
            kind,
            entries: None,
            tauri,
            way: None,
        }
    }
}

/// The hash of the permission that an id is about, and whether it denies it: `deny-x` among the permissions is Tauri's way
/// to deny what `allow-x` grants.
pub(super) fn meant(id: &str) -> (u64, bool) {
    let (namespace, last) = id.rsplit_once(':').map_or(("", id), |(namespace, last)| (namespace, last));
    match last.strip_prefix("deny-") {
        Some(command) if namespace.is_empty() => (hash(&format!("allow-{command}")), true),
        Some(command) => (hash(&format!("{namespace}:allow-{command}")), true),
        None => (hash(id), false),
    }
}

fn meet(a: Platforms, b: Platforms) -> Platforms {
    Platforms::from_bits(a.bits() & b.bits())
}
