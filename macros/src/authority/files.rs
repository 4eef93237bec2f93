//! Reads the files that a program lists. What they mean is `portcullis-policy`'s to say; what becomes of the ids in them
//! is in `grants`.

use std::{collections::BTreeSet, path::Path};

use portcullis_policy::{
    files::{self, Capability, manifests::Manifests},
    world::{self, Class, Declared},
};
use proc_macro2::Span;
use syn::LitStr;

use super::{
    grants::{Grant, Grants},
    input::{Foreign, Input},
    root::{Root, Tracked, What, name},
};
use crate::errors::Errors;

/// What the files say.
#[derive(Default)]
pub(super) struct Files {
    pub(super) capabilities: Vec<Capability>,
    pub(super) grants: Vec<Grant>,
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
        let listed: Vec<_> =
            (0..input.capabilities.len()).map(|index| files.read_one(root, input, index, errors)).collect();
        if files.is_whole {
            Self::beside(root, input, errors);
        }
        let mut grants = Grants::new(&files.foreign, manifests.as_ref());
        for (file, (literal, capabilities)) in input.capabilities.iter().zip(listed).enumerate() {
            for capability in capabilities {
                let index = files.capabilities.len();
                files.is_whole &= grants.take(&capability, index, file, literal, errors);
                files.capabilities.push(capability);
            }
        }
        files.grants = grants.sorted();
        if !files.is_whole || !input.is_whole {
            return files;
        }
        let declared = Declared {
            windows: input.windows.iter().map(LitStr::value).collect(),
            webviews: input.webviews.iter().map(LitStr::value).collect(),
            clients: input.clients.iter().map(LitStr::value).collect(),
        };
        for problem in world::check(&declared, &files.capabilities) {
            let literal =
                input.capabilities.iter().find(|literal| name(&literal.value()) == problem.place.file);
            errors.at_span(literal.map_or_else(Span::call_site, LitStr::span), &problem);
        }
        match world::classes(&declared, &files.capabilities, MOST_CLASSES) {
            Ok(classes) => files.classes = classes,
            Err(_) => {
                files.is_whole = false;
                errors.at_span(
                    Span::call_site(),
                    "the globs of windows and webviews overlap in too many ways to tell who is who\n\
                     help: write labels out, or use globs with a prefix each: \"viewer-*\"",
                );
            }
        }
        files
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
                self.is_whole = false;
                for problem in problems {
                    errors.at(literal, problem);
                }
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
        for problem in &reading.problems {
            self.is_whole = false;
            errors.at(literal, problem);
        }
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
