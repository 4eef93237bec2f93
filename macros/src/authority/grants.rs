//! What becomes of the ids in a capability: which are another system's, and what each of the others grants or denies.

use std::collections::BTreeSet;

use portcullis_policy::{
    files::{self, Allow, Capability, Narrowing, Spanned, manifests::Manifests},
    hash::hash,
};
use syn::LitStr;

use crate::errors::Errors;

/// One id in one capability.
pub(super) struct Grant {
    pub(super) id: String,
    pub(super) hash: u64,
    pub(super) at: String,
    /// The index of the file in the list.
    pub(super) file: usize,
    pub(super) capability: usize,
    pub(super) kind: Kind,
    pub(super) entries: Option<Narrowing>,
    /// The own permissions that the id is about for Tauri, if its manifests have it among the application's.
    pub(super) tauri: Option<Vec<String>>,
}

/// What an id in a capability does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Grants,
    Optional,
    Denies,
    Narrows,
}

impl Kind {
    const fn verb(self) -> &'static str {
        match self {
            Self::Grants => "grants",
            Self::Optional => "has the optional",
            Self::Denies => "denies",
            Self::Narrows => "narrows",
        }
    }
}

/// Collects the grants of a program.
pub(super) struct Grants<'a> {
    foreign: &'a BTreeSet<String>,
    manifests: Option<&'a Manifests>,
    found: Vec<Grant>,
}

impl<'a> Grants<'a> {
    pub(super) const fn new(foreign: &'a BTreeSet<String>, manifests: Option<&'a Manifests>) -> Self {
        Self { foreign, manifests, found: Vec::new() }
    }

    /// All that there are, as tables want them.
    pub(super) fn sorted(mut self) -> Vec<Grant> {
        self.found.sort_by_key(|grant| (grant.hash, grant.capability, grant.kind));
        // What is said twice without entries is said once; entries all count.
        self.found.dedup_by(|later, earlier| {
            let key = |grant: &Grant| (grant.hash, grant.capability, grant.kind);
            key(later) == key(earlier) && later.entries.is_none() && earlier.entries.is_none()
        });
        self.found
    }

    /// Takes the ids of a capability. `literal` is its file in the list. Says whether all could be understood.
    pub(super) fn take(
        &mut self,
        capability: &Capability,
        index: usize,
        file: usize,
        literal: &LitStr,
        errors: &mut Errors,
    ) -> bool {
        let mut is_whole = true;
        let permissions = capability.permissions.iter().map(|grant| (grant, Kind::Grants));
        let optional = capability.optional.iter().map(|grant| (grant, Kind::Optional));
        for (grant, kind) in permissions.chain(optional) {
            if self.is_foreign(&grant.id, kind, capability, literal, errors) {
                continue;
            }
            match self.own(grant, kind, index, file) {
                Ok(grant) => self.found.push(grant),
                Err(problems) => {
                    is_whole = false;
                    for problem in problems {
                        errors.at(literal, problem);
                    }
                }
            }
        }
        for id in &capability.deny {
            if !self.is_foreign(id, Kind::Denies, capability, literal, errors) {
                self.found.push(self.grant(id, Kind::Denies, index, file));
            }
        }
        is_whole
    }

    /// Whether another system guards an id. If its manifests are known, it must be in them, where the capability counts.
    fn is_foreign(
        &self,
        id: &Spanned<String>,
        kind: Kind,
        capability: &Capability,
        literal: &LitStr,
        errors: &mut Errors,
    ) -> bool {
        let Some((first, _)) = id.value.split_once(':') else { return false };
        if !self.foreign.contains(first) {
            return false;
        }
        let said = format!("capability `{}` {}", capability.identifier.value, kind.verb());
        if let Some(problem) = self.manifests.and_then(|manifests| manifests.judge(id, &said)) {
            errors.at_on(capability.platforms, literal, problem);
        }
        true
    }

    fn own(
        &self,
        grant: &files::Grant,
        kind: Kind,
        capability: usize,
        file: usize,
    ) -> Result<Grant, Vec<files::Problem>> {
        let narrowing = grant.narrowing()?;
        let kind = match &narrowing {
            Some(Narrowing { allow: Allow::Nothing, .. }) => Kind::Narrows,
            _ => kind,
        };
        Ok(Grant { entries: narrowing, ..self.grant(&grant.id, kind, capability, file) })
    }

    fn grant(&self, id: &Spanned<String>, kind: Kind, capability: usize, file: usize) -> Grant {
        // `deny-x` among the permissions is Tauri's way to deny what `allow-x` grants.
        let text = id.value.as_str();
        let (namespace, last) =
            text.rsplit_once(':').map_or(("", text), |(namespace, last)| (namespace, last));
        let (hash, kind) = match last.strip_prefix("deny-") {
            Some(command) if namespace.is_empty() => (hash(&format!("allow-{command}")), Kind::Denies),
            Some(command) => (hash(&format!("{namespace}:allow-{command}")), Kind::Denies),
            None => (hash(text), kind),
        };
        let tauri = self.manifests.and_then(|manifests| manifests.application(text));
        let (id, at) = (text.to_owned(), id.place.to_string());
        Grant { id, hash, at, file, capability, kind, entries: None, tauri }
    }
}
