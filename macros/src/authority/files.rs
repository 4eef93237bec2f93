//! Reads the files that a program lists. What they mean is `portcullis-policy`'s to say; what becomes of the ids in them
//! is in `grants`.

use std::{collections::BTreeSet, path::Path};

use portcullis_policy::{
    files::{
        self, Capability, Problem, Spanned,
        manifests::Manifests,
        permissions::{self, Permissions},
    },
    world::{self, Class, Declared},
};
use proc_macro2::Span;
use syn::LitStr;

use super::{
    grants::{Grant, Grants, Source},
    input::{Foreign, Input},
    root::{Root, Tracked, What, name},
};
use crate::errors::Errors;

/// What the files say.
#[derive(Default)]
pub(super) struct Files {
    /// The capabilities, in the order of the files; and behind them, again, those that have a permission on some of their
    /// platforms alone, with these.
    pub(super) capabilities: Vec<Capability>,
    pub(super) grants: Vec<Grant>,
    /// What permission files define, with the indices of the files.
    pub(super) defined: Vec<(Spanned<String>, usize)>,
    pub(super) classes: Vec<Class>,
    /// The first parts of ids that another system guards.
    pub(super) foreign: BTreeSet<String>,
    pub(super) tracked: Vec<Tracked>,
    /// Whether every file could be read.
    pub(super) is_whole: bool,
}

/// How many kinds of callers are told apart before a program is asked to write simpler globs.
const MOST_CLASSES: usize = 100_000;

impl Files {
    pub(super) fn read(root: &Root, input: &Input, errors: &mut Errors) -> Self {
        let mut files = Self { is_whole: true, ..Self::default() };
        let manifests = files.read_manifests(root, input, errors);
        let permissions = files.read_permissions(root, input, errors);
        // The index of the file of each capability.
        let mut listed = Vec::new();
        for index in 0..input.capabilities.len() {
            let capabilities = files.read_one(root, input, index, errors);
            listed.extend(capabilities.iter().map(|_| index));
            files.capabilities.extend(capabilities);
        }
        if files.is_whole {
            Self::beside(root, input, errors);
        }
        let mut grants =
            Grants::new(&files.foreign, manifests.as_ref(), &permissions, files.capabilities.len());
        for (index, (capability, file)) in files.capabilities.iter().zip(listed).enumerate() {
            if let Some(literal) = input.capabilities.get(file) {
                files.is_whole &= grants.take(&Source { capability, index, file, literal }, errors);
            }
        }
        let (grants, narrowed) = grants.finish();
        files.grants = grants;
        files.reach(input, narrowed, errors);
        files
    }

    /// Holds the capabilities against the callers that the program declares. `narrowed` are those on some platforms alone.
    fn reach(&mut self, input: &Input, narrowed: Vec<Capability>, errors: &mut Errors) {
        if !self.is_whole || !input.is_whole {
            return;
        }
        let declared = Declared {
            windows: input.windows.iter().map(LitStr::value).collect(),
            webviews: input.webviews.iter().map(LitStr::value).collect(),
            clients: input.clients.iter().map(LitStr::value).collect(),
        };
        for problem in world::check(&declared, &self.capabilities) {
            let literal =
                input.capabilities.iter().find(|literal| name(&literal.value()) == problem.place.file);
            errors.at_span(literal.map_or_else(Span::call_site, LitStr::span), &problem);
        }
        self.capabilities.extend(narrowed);
        match world::classes(&declared, &self.capabilities, MOST_CLASSES) {
            Ok(classes) => self.classes = classes,
            Err(_) => {
                self.is_whole = false;
                errors.at_span(
                    Span::call_site(),
                    "the globs of windows and webviews overlap in too many ways to tell who is who\n\
                     help: write labels out, or use globs with a prefix each: \"viewer-*\"",
                );
            }
        }
    }

    /// What the permission files define.
    fn read_permissions(&mut self, root: &Root, input: &Input, errors: &mut Errors) -> Permissions {
        let mut all = Vec::new();
        for (index, literal) in input.permissions.iter().enumerate() {
            let file = name(&literal.value());
            if input.permissions.iter().take(index).any(|other| name(&other.value()) == file) {
                errors.at(literal, format!("`{file}` is listed twice"));
                continue;
            }
            let Some(file) = root.read(literal, What::Permissions, errors) else {
                self.is_whole = false;
                continue;
            };
            self.tracked.push(file.tracked);
            let (definitions, problems) = permissions::read(&file.name, &file.text);
            self.refuse(literal, problems, errors);
            let new = definitions.iter().filter(|definition| !definition.is_own());
            self.defined.extend(new.map(|definition| (definition.id.clone(), index)));
            all.extend(definitions);
        }
        let (permissions, problems) = Permissions::new(all);
        for problem in problems {
            let literal =
                input.permissions.iter().find(|literal| name(&literal.value()) == problem.place.file);
            if let Some(literal) = literal {
                self.refuse(literal, [problem], errors);
            }
        }
        permissions
    }

    fn refuse(&mut self, literal: &LitStr, problems: impl IntoIterator<Item = Problem>, errors: &mut Errors) {
        for problem in problems {
            self.is_whole = false;
            errors.at(literal, problem);
        }
    }

    /// What says which ids another system guards.
    fn read_manifests(&mut self, root: &Root, input: &Input, errors: &mut Errors) -> Option<Manifests> {
        let literal = match &input.foreign {
            Foreign::Prefixes(prefixes) => {
                self.foreign = prefixes.iter().map(LitStr::value).collect();
                return None;
            }
            Foreign::Manifests(literal) => literal,
        };
        let Some(file) = root.read(literal, What::Manifests, errors) else {
            self.is_whole = false;
            return None;
        };
        self.tracked.push(file.tracked);
        match Manifests::read(&file.name, &file.text) {
            Ok(manifests) => {
                self.foreign = manifests.prefixes().into_iter().map(str::to_owned).collect();
                Some(manifests)
            }
            Err(problems) => {
                self.refuse(literal, problems, errors);
                None
            }
        }
    }

    /// The capabilities of one file.
    fn read_one(&mut self, root: &Root, input: &Input, index: usize, errors: &mut Errors) -> Vec<Capability> {
        let Some(literal) = input.capabilities.get(index) else { return Vec::new() };
        let file = name(&literal.value());
        if input.capabilities.iter().take(index).any(|other| name(&other.value()) == file) {
            errors.at(literal, format!("`{file}` is listed twice"));
            return Vec::new();
        }
        let Some(file) = root.read(literal, What::Capabilities, errors) else {
            self.is_whole = false;
            return Vec::new();
        };
        self.tracked.push(file.tracked);
        let reading = files::read(&file.name, &file.text);
        self.refuse(literal, reading.problems, errors);
        reading.capabilities
    }

    /// A capability file that is not listed is a mistake: somebody believes that it counts.
    fn beside(root: &Root, input: &Input, errors: &mut Errors) {
        let Some(key) = &input.capabilities_key else { return };
        let listed: BTreeSet<String> =
            input.capabilities.iter().map(|literal| name(&literal.value())).collect();
        let folders: BTreeSet<&str> =
            listed.iter().filter_map(|file| file.rsplit_once('/').map(|(f, _)| f)).collect();
        let mut stray = BTreeSet::new();
        for folder in folders {
            for last in root.names_in(folder) {
                let file = format!("{folder}/{last}");
                let is_capability_file = Path::new(&file).extension().is_some_and(|ending| {
                    ["json", "jsonc", "json5", "toml"].iter().any(|known| ending == *known)
                });
                if is_capability_file && !listed.contains(&file) && !input.lists(&file) {
                    stray.insert(file);
                }
            }
        }
        for file in stray {
            errors.at(
                key,
                format!(
                    "`{file}` lies beside the capability files and is not listed: it grants nothing\n\
                     help: list it, or move it to another folder"
                ),
            );
        }
    }
}
