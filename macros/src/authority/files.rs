//! Reads the files that a program lists. What they mean is `portcullis-policy`'s to say; here it is said at the right token.

use std::{collections::BTreeSet, path::Path};

use portcullis_policy::{
    resolve::{Complaint, Listed, Resolved, Resolver},
    world::Declared,
};
use proc_macro2::Span;
use syn::LitStr;

use super::{
    input::{Foreign, Input},
    root::{Root, Tracked, What, name},
};
use crate::errors::Errors;

/// What the files say.
#[derive(Default)]
pub(super) struct Files {
    pub(super) resolved: Resolved,
    pub(super) tracked: Vec<Tracked>,
    /// Whether every file could be read.
    pub(super) is_whole: bool,
}

impl Files {
    pub(super) fn read(root: &Root, input: &Input, errors: &mut Errors) -> Self {
        let mut reader = Reader { root, input, errors, resolver: Resolver::new(), tracked: Vec::new() };
        reader.manifests();
        reader.all(&input.permissions, What::Permissions, Resolver::permissions);
        reader.all(&input.capabilities, What::Capabilities, Resolver::capabilities);
        if reader.resolver.is_whole() {
            beside(root, input, reader.errors);
        }
        reader.finish()
    }
}

/// Reads one file after the other.
struct Reader<'a> {
    root: &'a Root,
    input: &'a Input,
    errors: &'a mut Errors,
    resolver: Resolver,
    tracked: Vec<Tracked>,
}

impl Reader<'_> {
    /// What says which ids another system guards.
    fn manifests(&mut self) {
        match &self.input.foreign {
            Foreign::Prefixes(prefixes) => self.resolver.foreign(prefixes.iter().map(LitStr::value)),
            Foreign::Manifests(literal) => self.one(literal, What::Manifests, Resolver::manifests),
        }
    }

    /// The files of a list.
    fn all(
        &mut self,
        list: &[LitStr],
        what: What,
        take: fn(&mut Resolver, usize, &str, &str) -> Vec<Complaint>,
    ) {
        for (index, literal) in list.iter().enumerate() {
            let file = name(&literal.value());
            if list.iter().take(index).any(|other| name(&other.value()) == file) {
                self.errors.at(literal, format!("`{file}` is listed twice"));
                continue;
            }
            self.one(literal, what, |resolver, file, text| take(resolver, index, file, text));
        }
    }

    fn one(
        &mut self,
        literal: &LitStr,
        what: What,
        take: impl FnOnce(&mut Resolver, &str, &str) -> Vec<Complaint>,
    ) {
        let Some(file) = self.root.read(literal, what, self.errors) else {
            self.resolver.unreadable();
            return;
        };
        self.tracked.push(file.tracked);
        let told = take(&mut self.resolver, &file.name, &file.text);
        tell(told, self.input, self.errors);
    }

    /// Holds what has been read against the callers that the program declares.
    fn finish(self) -> Files {
        let Self { input, errors, resolver, tracked, .. } = self;
        let declared = Declared {
            windows: input.windows.iter().map(LitStr::value).collect(),
            webviews: input.webviews.iter().map(LitStr::value).collect(),
            clients: input.clients.iter().map(LitStr::value).collect(),
        };
        let declared = Some(&declared).filter(|_| input.is_whole);
        let (mut resolved, told) = resolver.finish(declared);
        tell(told, input, errors);
        let mut is_whole = resolved.is_whole;
        if let Some(declared) = declared.filter(|_| is_whole)
            && resolved.classify(declared).is_err()
        {
            is_whole = false;
            errors.at_span(
                Span::call_site(),
                "the globs of windows and webviews overlap in too many ways to tell who is who\n\
                 help: write labels out, or use globs with a prefix each: \"viewer-*\"",
            );
        }
        Files { resolved, tracked, is_whole }
    }
}

/// Says what is wrong with a file where it is listed.
fn tell(told: Vec<Complaint>, input: &Input, errors: &mut Errors) {
    for Complaint { at, platforms, problem } in told {
        let literal = match (at, &input.foreign) {
            (Listed::Manifests, Foreign::Manifests(literal)) => Some(literal),
            (Listed::Manifests, Foreign::Prefixes(_)) => None,
            (Listed::Permissions(index), _) => input.permissions.get(index),
            (Listed::Capabilities(index), _) => input.capabilities.get(index),
        };
        match literal {
            Some(literal) => errors.at_on(platforms, literal, problem),
            None => errors.at_span(Span::call_site(), problem),
        }
    }
}

/// A capability file that is not listed is a mistake: somebody believes that it counts.
fn beside(root: &Root, input: &Input, errors: &mut Errors) {
    let Some(key) = &input.capabilities_key else { return };
    let listed: BTreeSet<String> = input.capabilities.iter().map(|literal| name(&literal.value())).collect();
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
