//! Many patterns that start at one place, asked at once. What each of them means is not known here.

mod beneath;
mod texts;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use beneath::{Beneath, Candidate};

use super::glob::{has_hidden, split};
use super::part::Part;
use super::{Pattern, Start};

/// Patterns of one start, to be asked whether any of them matches a path.
///
/// The answer is that of [`Pattern::matches`] for each of them. It takes no lock and allocates nothing, and its cost
/// depends on the path, not on how many patterns there are, as long as they can be told apart by a literal: by the folder
/// that they are in, by the head or the end of the first or of the last component below it, or by any component in between.
/// Those that have none of these in one folder are tried one after the other.
///
/// ```
/// use portcullis_policy::path::{Index, Pattern};
/// let patterns = ["$HOME/notes/**", "$HOME/*.md"].map(|text| Pattern::parse(text).unwrap());
/// let index = Index::new(patterns.iter().map(|pattern| (pattern, false)));
/// assert!(index.matches("notes/2026/today.txt"));
/// assert!(index.matches("readme.md"));
/// assert!(!index.matches("notes/.git/config"));
/// assert!(!Index::default().matches(""));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Folders by their literal names, from the start, which is the first. Flat, since a pattern may be thousands of
    /// folders deep. Empty if there is no pattern.
    folders: Vec<Folder>,
    /// What is said below folders, once for all of which the same is said: there may be thousands with `*.md`.
    beneath: Vec<Beneath>,
}

/// What the patterns say that are in one folder.
#[derive(Clone, Debug, Default)]
struct Folder {
    children: HashMap<Box<str>, usize>,
    /// A pattern that is literal to its end names it.
    itself: bool,
    all: All,
    beneath: Option<usize>,
}

/// What was read so far: the candidates of each folder.
type Candidates = BTreeMap<usize, BTreeSet<Candidate>>;

/// Whether `**` says that all in a folder is meant, and the folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum All {
    #[default]
    No,
    Visible,
    Hidden,
}

impl Index {
    /// Makes an index of patterns, each with whether it matches hidden files and folders too.
    ///
    /// All have the same start, by which the caller has told them apart; it is not looked at.
    pub fn new<'a>(patterns: impl IntoIterator<Item = (&'a Pattern, bool)>) -> Self {
        let mut index = Self::default();
        let mut candidates = Candidates::new();
        let mut first: Option<&Start> = None;
        for (pattern, hidden) in patterns {
            debug_assert_eq!(first.get_or_insert(&pattern.start), &&pattern.start, "one start");
            index.insert(pattern, hidden || pattern.folded, &mut candidates);
        }
        let mut known: HashMap<BTreeSet<Candidate>, usize> = HashMap::new();
        for (folder, candidates) in candidates {
            let at = known.get(&candidates).copied().unwrap_or_else(|| {
                index.beneath.push(Beneath::new(&candidates));
                known.insert(candidates, index.beneath.len() - 1);
                index.beneath.len() - 1
            });
            index.folders[folder].beneath = Some(at);
        }
        index
    }

    /// Whether one of the patterns matches this path, which is `/`-joined and relative to the start; `""` is the start
    /// itself.
    pub fn matches(&self, path: &str) -> bool {
        let Some(mut folder) = self.folders.first() else { return false };
        let mut rest = if path.is_empty() { None } else { Some(path) };
        loop {
            let Some(below) = rest else { return folder.itself || folder.all != All::No };
            if self.all_or_beneath(folder, below) {
                return true;
            }
            let (name, behind) = split(below);
            match folder.children.get(name).and_then(|at| self.folders.get(*at)) {
                Some(child) => (folder, rest) = (child, behind),
                None => return false,
            }
        }
    }

    fn all_or_beneath(&self, folder: &Folder, rest: &str) -> bool {
        let all = match folder.all {
            All::No => false,
            All::Visible => !has_hidden(rest),
            All::Hidden => true,
        };
        all || folder.beneath.and_then(|at| self.beneath.get(at)).is_some_and(|beneath| beneath.matches(rest))
    }

    fn insert(&mut self, pattern: &Pattern, hidden: bool, candidates: &mut Candidates) {
        let literals = pattern.parts.iter().map_while(Part::literal);
        let mut at = self.root();
        let mut depth = 0;
        for name in literals {
            at = self.child(at, name);
            depth += 1;
        }
        match &pattern.parts[depth..] {
            [] => self.folders[at].itself = true,
            [Part::Deep] => {
                let all = if hidden { All::Hidden } else { All::Visible };
                self.folders[at].all = self.folders[at].all.max(all);
            }
            tail => {
                candidates.entry(at).or_default().insert(Candidate { parts: tail.into(), hidden });
            }
        }
    }

    fn root(&mut self) -> usize {
        if self.folders.is_empty() {
            self.folders.push(Folder::default());
        }
        0
    }

    fn child(&mut self, of: usize, name: &str) -> usize {
        if let Some(at) = self.folders[of].children.get(name) {
            return *at;
        }
        let at = self.folders.len();
        self.folders.push(Folder::default());
        self.folders[of].children.insert(name.into(), at);
        at
    }
}
