//! Finds and reads the capability files that a program lists. What they mean is `portcullis-policy`'s to say.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use portcullis_policy::{
    files::{self, Allow, Capability, Narrowing, Spanned},
    hash::hash,
    suggest::closest,
    world::{self, Class, Declared},
};
use proc_macro2::Span;
use syn::LitStr;

use super::input::Input;
use crate::errors::Errors;

/// What the files say.
#[derive(Default)]
pub(super) struct Files {
    pub(super) capabilities: Vec<Capability>,
    pub(super) grants: Vec<Grant>,
    pub(super) classes: Vec<Class>,
    pub(super) tracked: Vec<Tracked>,
    /// Whether every file could be read.
    pub(super) is_whole: bool,
}

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
}

/// What an id in a capability does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Grants,
    Optional,
    Denies,
    Narrows,
}

/// A file whose change must rebuild the program.
pub(super) enum Tracked {
    /// Beneath the folder of `Cargo.toml`.
    InPackage(String),
    /// Beside the source file, which is not in the package.
    BesideSource(String),
}

/// The folder that paths in the list start from.
pub(super) struct Root {
    folder: PathBuf,
    in_package: bool,
}

impl Root {
    /// The folder of `Cargo.toml`; for a source file that lies outside of it (as the cases of a compile test do), the
    /// folder of that file.
    pub(super) fn find(source: Option<&Path>) -> Result<Self, String> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).ok_or(
            "capability files are found from CARGO_MANIFEST_DIR, which is not set: build with cargo",
        )?;
        let package = fs::canonicalize(&package).unwrap_or(package);
        let source = source.and_then(|source| fs::canonicalize(source).ok());
        match source.as_deref().and_then(Path::parent) {
            Some(folder) if !folder.starts_with(&package) => {
                Ok(Self { folder: folder.to_owned(), in_package: false })
            }
            _ => Ok(Self { folder: package, in_package: true }),
        }
    }

    fn unreadable(&self, file: &str, error: &std::io::Error) -> String {
        if error.kind() != std::io::ErrorKind::NotFound {
            return format!("capability file `{file}` cannot be read: {error}");
        }
        let (folder, last) = file.rsplit_once('/').unwrap_or(("", file));
        let there: Vec<String> = fs::read_dir(self.folder.join(folder))
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        let from =
            if self.in_package { "the folder of Cargo.toml" } else { "the folder of this source file" };
        match closest(last, there.iter().map(String::as_str)) {
            Some(near) if folder.is_empty() => {
                format!("there is no capability file `{file}`\nhelp: did you mean `{near}`?")
            }
            Some(near) => {
                format!("there is no capability file `{file}`\nhelp: did you mean `{folder}/{near}`?")
            }
            None => format!("there is no capability file `{file}`\nhelp: the path starts from {from}"),
        }
    }

    fn tracked(&self, path: &str) -> Tracked {
        if self.in_package {
            Tracked::InPackage(format!("/{path}"))
        } else {
            Tracked::BesideSource(path.to_owned())
        }
    }
}

/// How many kinds of callers are told apart before a program is asked to write simpler globs.
const MOST_CLASSES: usize = 100_000;

impl Files {
    pub(super) fn read(root: &Root, input: &Input, errors: &mut Errors) -> Self {
        let mut files = Self { is_whole: true, ..Self::default() };
        for index in 0..input.capabilities.len() {
            files.read_one(root, input, index, errors);
        }
        if files.is_whole {
            Self::beside(root, input, errors);
        }
        files.grants.sort_by_key(|grant| (grant.hash, grant.capability, grant.kind));
        // What is said twice without entries is said once; entries all count.
        files.grants.dedup_by(|later, earlier| {
            let key = |grant: &Grant| (grant.hash, grant.capability, grant.kind);
            key(later) == key(earlier) && later.entries.is_none() && earlier.entries.is_none()
        });
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

    fn read_one(&mut self, root: &Root, input: &Input, index: usize, errors: &mut Errors) {
        let Some(literal) = input.capabilities.get(index) else { return };
        let path = literal.value();
        let file = name(&path);
        if Path::new(&path).is_absolute() || file.split('/').any(|part| part == "..") || file.is_empty() {
            self.is_whole = false;
            errors.at(
                literal,
                "a capability file lies in the package\n\
                 help: \"capabilities/main.json\", from the folder of Cargo.toml",
            );
            return;
        }
        if input.capabilities.iter().take(index).any(|other| name(&other.value()) == file) {
            errors.at(literal, format!("`{file}` is listed twice"));
            return;
        }
        let text = match fs::read_to_string(root.folder.join(&file)) {
            Ok(text) => text,
            Err(error) => {
                self.is_whole = false;
                errors.at(literal, root.unreadable(&file, &error));
                return;
            }
        };
        self.tracked.push(root.tracked(&file));
        let reading = files::read(&file, &text);
        for problem in &reading.problems {
            self.is_whole = false;
            errors.at(literal, problem);
        }
        for capability in reading.capabilities {
            self.take(capability, index, input, errors);
        }
    }

    /// Keeps a capability, and its ids but for those that another system guards.
    fn take(&mut self, capability: Capability, file: usize, input: &Input, errors: &mut Errors) {
        let is_ours = |id: &str| {
            let first = id.split_once(':').map(|(first, _)| first);
            !input.foreign.iter().any(|prefix| Some(prefix.value().as_str()) == first)
        };
        let permissions = capability.permissions.iter().map(|grant| (grant, Kind::Grants));
        let optional = capability.optional.iter().map(|grant| (grant, Kind::Optional));
        for (grant, kind) in permissions.chain(optional).filter(|(grant, _)| is_ours(&grant.id.value)) {
            let narrowing = match grant.narrowing() {
                Ok(narrowing) => narrowing,
                Err(problems) => {
                    self.is_whole = false;
                    for problem in problems {
                        errors.at(input.capabilities.get(file), problem);
                    }
                    continue;
                }
            };
            let kind = match &narrowing {
                Some(Narrowing { allow: Allow::Nothing, .. }) => Kind::Narrows,
                _ => kind,
            };
            self.grant(&grant.id, file, kind, narrowing);
        }
        for id in capability.deny.iter().filter(|id| is_ours(&id.value)) {
            self.grant(id, file, Kind::Denies, None);
        }
        self.capabilities.push(capability);
    }

    fn grant(&mut self, id: &Spanned<String>, file: usize, kind: Kind, entries: Option<Narrowing>) {
        // `deny-x` among the permissions is Tauri's way to deny what `allow-x` grants.
        let text = id.value.as_str();
        let (namespace, last) =
            text.rsplit_once(':').map_or(("", text), |(namespace, last)| (namespace, last));
        let (hash, kind) = match last.strip_prefix("deny-") {
            Some(command) if namespace.is_empty() => (hash(&format!("allow-{command}")), Kind::Denies),
            Some(command) => (hash(&format!("{namespace}:allow-{command}")), Kind::Denies),
            None => (hash(text), kind),
        };
        let capability = self.capabilities.len();
        let (id, at) = (id.value.clone(), id.place.to_string());
        self.grants.push(Grant { id, hash, at, file, capability, kind, entries });
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
            for entry in fs::read_dir(root.folder.join(folder)).into_iter().flatten().flatten() {
                let file = format!("{folder}/{}", entry.file_name().to_string_lossy());
                let is_capability_file = Path::new(&file).extension().is_some_and(|ending| {
                    ["json", "jsonc", "json5", "toml"].iter().any(|known| ending == *known)
                });
                if is_capability_file && !listed.contains(&file) {
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

/// The path as messages have it: with forward slashes, and no `./`.
pub(super) fn name(path: &str) -> String {
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
    parts.join("/")
}
