//! The entries of one grant, made ready: indices of what is allowed and what is denied, and the roots of absolute entries.
//! Built when the gate is; which path is asked about is found elsewhere.

use std::{collections::HashMap, path::Path, sync::Arc};

use portcullis_policy::path::{self, Index, Start, Style};

use super::{
    entry::PathEntry,
    folders::Bases,
    place::{FoldedHost, From, Place, below, from, from_start, inside, join},
    root::{self, Root},
};
use crate::scope::{Entries, Unusable, fold::fold};

/// The entries of one grant, made ready.
pub struct PathRules {
    pub(super) allow: Vec<Area>,
    pub(super) deny: Vec<Denied>,
    /// The folder that all `allow` entries lie in, if it is one of theirs: what relative paths are relative to.
    pub(super) anchor: Option<Folder>,
}

/// All allowed names of one start.
pub(super) struct Area {
    pub(super) start: Start,
    pub(super) names: Index,
    /// For an absolute start: the folders that are held open.
    pub(super) roots: Vec<Place>,
}

/// All denied names of one start, folded.
pub(super) struct Denied {
    pub(super) start: Start,
    pub(super) names: Index,
}

/// A folder by its start and its name from there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folder {
    pub(super) start: Start,
    pub(super) name: String,
}

/// The distinct starts, in a fixed order.
fn starts<'a>(all: impl Iterator<Item = &'a Start>) -> impl Iterator<Item = &'a Start> {
    let mut found: Vec<&Start> = Vec::new();
    for start in all {
        if !found.contains(&start) {
            found.push(start);
        }
    }
    found.into_iter()
}

fn areas(allow: &[PathEntry], style: Style) -> Vec<Area> {
    starts(allow.iter().map(|entry| entry.parsed().start()))
        .map(|start| {
            let of: Vec<&PathEntry> = allow.iter().filter(|entry| entry.parsed().start() == start).collect();
            Area {
                start: start.clone(),
                names: Index::new(of.iter().map(|entry| (entry.parsed(), entry.hidden()))),
                roots: roots(start, &of, style),
            }
        })
        .collect()
}

/// The denials whose folder really is another, since a link is on the way (`/etc` on a Mac): once more, by that. Looked at
/// when the gate is built, so not for a base folder that a session brings.
fn really(deny: &[PathEntry], bases: &Bases) -> Vec<path::Pattern> {
    // The real one of each folder that has another, as a pattern has it.
    let mut folders: HashMap<String, Option<String>> = HashMap::new();
    let mut found = Vec::new();
    for entry in deny {
        let (folder, tail) = entry.parsed().folder();
        let (host, known) = match entry.parsed().start() {
            Start::Unix if bases.style != Style::Windows => (format!("/{folder}"), None),
            Start::Drive(letter) if bases.style == Style::Windows => (format!("{letter}:/{folder}"), None),
            Start::Base(base) => {
                let Some(root) = bases.get(base) else { continue };
                let Some(given) = root.given().to_str() else { continue };
                // That the base folder itself may be a link is known.
                (join(given, &folder), Some(root.path().join(&folder)))
            }
            _ => continue,
        };
        let real = folders.entry(host).or_insert_with_key(|host| {
            let real = root::real(Path::new(host));
            let is_known = real == Path::new(host) || known.is_some_and(|known| real == known);
            if is_known { None } else { real.to_str().map(path::escape) }
        });
        let pattern = real
            .as_ref()
            .and_then(|real| path::Pattern::parse(&format!("{}/{tail}", real.trim_end_matches('/'))).ok());
        found.extend(pattern.map(|pattern| pattern.folded(fold)));
    }
    found
}

/// The outermost literal folders of absolute entries. They are the program's to name, so links on the way to them are
/// followed, and they are held open.
fn roots(start: &Start, entries: &[&PathEntry], style: Style) -> Vec<Place> {
    let host = match start {
        Start::Base(_) => return Vec::new(),
        Start::Unix => "/".to_owned(),
        Start::Drive(letter) => format!("{letter}:/"),
    };
    // What starts at a drive is nowhere on a Unix, and the other way round.
    if matches!(start, Start::Unix) == (style == Style::Windows) {
        return Vec::new();
    }
    let folders = outermost(entries.iter().map(|entry| entry.parsed().folder().0));
    let place = |prefix: String| Place {
        start: from(start),
        root: Arc::new(Root::new(format!("{host}{prefix}").into())),
        prefix: prefix.into(),
    };
    folders.into_iter().map(place).collect()
}

/// The folders that lie in none of the others.
fn outermost(folders: impl Iterator<Item = String>) -> Vec<String> {
    let mut folders: Vec<String> = folders.collect();
    // By components, so that what is in a folder comes right behind it.
    folders.sort_by(|a, b| a.split('/').cmp(b.split('/')));
    let mut outermost: Vec<String> = Vec::new();
    for folder in folders {
        if outermost.last().is_none_or(|last| inside(&folder, last).is_none()) {
            if folder.is_empty() {
                return vec![folder];
            }
            outermost.push(folder);
        }
    }
    outermost
}

/// The one folder that all entries lie in, if it is the folder of one of them.
fn anchor(allow: &[PathEntry]) -> Option<Folder> {
    let start = allow.first()?.parsed().start();
    if allow.iter().any(|entry| entry.parsed().start() != start) {
        return None;
    }
    let mut folders = outermost(allow.iter().map(|entry| entry.parsed().folder().0));
    let name = folders.pop()?;
    folders.is_empty().then(|| Folder { start: start.clone(), name })
}

impl PathRules {
    pub(super) fn new(entries: &Entries<PathEntry>, bases: &Bases) -> Result<Self, Vec<Unusable>> {
        let missing: Vec<Unusable> = entries
            .allow()
            .iter()
            .chain(entries.deny())
            .filter_map(|entry| Some((entry, bases.missing(entry.parsed().base()?)?)))
            .map(|(entry, why)| Unusable::because(format!("`{}`: {why}", entry.pattern())))
            .collect();
        if !missing.is_empty() {
            return Err(missing);
        }
        let mut deny: Vec<path::Pattern> =
            entries.deny().iter().map(|entry| entry.parsed().folded(fold)).collect();
        deny.extend(really(entries.deny(), bases));
        Ok(Self {
            allow: areas(entries.allow(), bases.style),
            deny: starts(deny.iter().map(path::Pattern::start))
                .map(|start| Denied {
                    start: start.clone(),
                    names: Index::new(
                        deny.iter().filter(|pattern| pattern.start() == start).map(|pattern| (pattern, true)),
                    ),
                })
                .collect(),
            anchor: anchor(entries.allow()),
        })
    }

    /// Whether an entry of this very start allows a name: mostly that is so, and then nothing more need be asked.
    pub(super) fn allows_here(&self, start: &From, name: &str) -> bool {
        self.allow.iter().any(|area| *start == area.start && area.names.matches(name))
    }

    /// Whether an entry allows what really is at this path of the host, whatever the entry starts at.
    pub(super) fn allows(&self, bases: &Bases, host: &str) -> bool {
        self.allow.iter().any(|area| match &area.start {
            Start::Base(base) => bases
                .get(base)
                .and_then(|root| below(host, &root.real_name()?).map(|name| area.names.matches(name)))
                .unwrap_or(false),
            start => from_start(host, start).is_some_and(|name| area.names.matches(name)),
        })
    }

    /// Whether an entry denies what is at this path of the host, which is folded.
    pub(super) fn denies(&self, bases: &Bases, host: &FoldedHost) -> bool {
        self.deny.iter().any(|denied| {
            let is_denied = |name: &str| denied.names.matches(name);
            match &denied.start {
                Start::Base(base) => match bases.get(base) {
                    Some(root) => host.is_beneath(&root.folded(), is_denied),
                    // A denial of what nobody knows denies everything.
                    None => true,
                },
                start => host.is_at(start, is_denied),
            }
        })
    }
}
