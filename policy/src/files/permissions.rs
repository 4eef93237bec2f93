//! Tauri's permission files: ids that stand for the own permissions of some commands, and sets of them. Whether there are such
//! commands is not known here.

mod file;

use std::collections::{HashMap, HashSet};

use super::fields::Judge;
use super::{Place, Problem, Spanned, tree};
use crate::id::own;
use crate::platform::Platforms;

/// The definitions of one file, with all that is wrong with it.
///
/// ```
/// use portcullis_policy::files::permissions::{Permissions, read};
/// let text = "[[permission]]\nidentifier = 'notes'\ncommands.allow = ['read_note']\ncommands.deny = ['wipe']";
/// let (definitions, problems) = read("permissions/notes.toml", text);
/// assert!(problems.is_empty());
/// let (permissions, problems) = Permissions::new(definitions);
/// assert!(problems.is_empty());
/// let leaves = permissions.expand("notes").unwrap();
/// assert_eq!(leaves[0].id, "allow-read-note");
/// assert_eq!(leaves[1].id, "deny-wipe");
/// assert_eq!(leaves[1].place.to_string(), "permissions/notes.toml:4:18");
/// ```
pub fn read(file: &str, text: &str) -> (Vec<Definition>, Vec<Problem>) {
    let mut problems = Vec::new();
    let tree = tree(file, text, "write a permission, or remove the file", &mut problems);
    let definitions = tree.map(|tree| Judge { problems: &mut problems }.file(tree)).unwrap_or_default();
    problems.sort_by_key(|problem| (problem.place.line, problem.place.column));
    (definitions, problems)
}

/// What one id stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The id; of `[default]`, with the place of that key.
    pub id: Spanned<String>,
    /// Where it counts.
    pub platforms: Platforms,
    members: Vec<Member>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Member {
    /// A command of `commands.allow`.
    Allow(Spanned<String>),
    /// A command of `commands.deny`.
    Deny(Spanned<String>),
    /// An id of `permissions`.
    Id(Spanned<String>),
}

impl Definition {
    /// Whether it defines what a command's own permission, or its denial, is anyway: `allow-<command>` for that command.
    pub fn is_own(&self) -> bool {
        match &self.members[..] {
            [Member::Allow(command)] => own("allow", &command.value) == self.id.value,
            [Member::Deny(command)] => own("deny", &command.value) == self.id.value,
            _ => false,
        }
    }
}

/// All definitions of a program.
#[derive(Clone, Debug, Default)]
pub struct Permissions {
    definitions: Vec<Definition>,
    by_id: HashMap<String, usize>,
}

/// One id that another stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf<'a> {
    /// The id: `allow-<command>`, `deny-<command>`, or one that no permission file defines.
    pub id: String,
    /// The command, if one is named.
    pub command: Option<&'a str>,
    /// Where the command or the id stands.
    pub place: &'a Place,
    /// Where it counts.
    pub platforms: Platforms,
    /// The definitions that lead to it, from the id that was asked for.
    pub way: Vec<&'a Definition>,
}

impl Permissions {
    /// Puts together the definitions of all files, and says what makes no sense: an id that is defined twice, a set that
    /// holds itself.
    pub fn new(definitions: Vec<Definition>) -> (Self, Vec<Problem>) {
        let mut all = Self::default();
        let mut problems = Vec::new();
        for definition in definitions {
            let id = &definition.id;
            if let Some(first) = all.get(&id.value) {
                problems.push(Problem {
                    place: id.place.clone(),
                    message: format!("two permissions are named `{}`", id.value),
                    help: Some(format!(
                        "the other one is at {}; give one of them another name",
                        first.id.place
                    )),
                });
                continue;
            }
            all.by_id.insert(id.value.clone(), all.definitions.len());
            all.definitions.push(definition);
        }
        all.cycles(&mut problems);
        (all, problems)
    }

    /// All of them, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = &Definition> {
        self.definitions.iter()
    }

    /// What is defined under an id.
    pub fn get(&self, id: &str) -> Option<&Definition> {
        self.definitions.get(*self.by_id.get(id)?)
    }

    /// What an id stands for, each id once for each of its platforms; `None` if no file defines it. A command's own
    /// permission stands for itself, whatever defines it.
    pub fn expand(&self, id: &str) -> Option<Vec<Leaf<'_>>> {
        let first = self.get(id)?;
        let (mut leaves, mut told, mut seen) = (Vec::new(), HashSet::new(), HashSet::new());
        // Not by recursion: a file may hold a set in a set as often as it likes.
        let mut open = vec![(first, vec![first])];
        while let Some((definition, way)) = open.pop() {
            if !seen.insert(definition.id.value.as_str()) {
                continue;
            }
            let mut inner = Vec::new();
            for member in &definition.members {
                let (id, command, place) = match member {
                    Member::Allow(command) => (own("allow", &command.value), Some(command), &command.place),
                    Member::Deny(command) => (own("deny", &command.value), Some(command), &command.place),
                    Member::Id(id) => match self.get(&id.value) {
                        Some(next) => {
                            inner.push((next, way.iter().copied().chain([next]).collect()));
                            continue;
                        }
                        None => (id.value.clone(), None, &id.place),
                    },
                };
                let platforms = definition.platforms;
                if told.insert((id.clone(), platforms.bits())) {
                    let command = command.map(|command| command.value.as_str());
                    leaves.push(Leaf { id, command, place, platforms, way: way.clone() });
                }
            }
            open.extend(inner.into_iter().rev());
        }
        Some(leaves)
    }

    fn cycles(&self, problems: &mut Vec<Problem>) {
        let mut done = vec![false; self.definitions.len()];
        for start in 0..self.definitions.len() {
            // The sets that are open, each in the one before, and how many of their members are done.
            let mut open: Vec<(usize, usize)> = vec![(start, 0)];
            while let Some((at, next)) = open.last_mut() {
                let member = self.definitions.get(*at).and_then(|set| set.members.get(*next));
                let Some(member) = member.filter(|_| !done[*at]) else {
                    done[*at] = true;
                    open.pop();
                    continue;
                };
                *next += 1;
                let Member::Id(id) = member else { continue };
                let Some(&inner) = self.by_id.get(&id.value) else { continue };
                if let Some(from) = open.iter().position(|(at, _)| *at == inner) {
                    problems.push(self.cycle(&open[from..], id));
                } else if !done[inner] {
                    open.push((inner, 0));
                }
            }
        }
    }

    /// `open` is the way from a set to the one that has `id`, which is the first of them again.
    fn cycle(&self, open: &[(usize, usize)], id: &Spanned<String>) -> Problem {
        let sets = || open.iter().filter_map(|(at, _)| self.definitions.get(*at));
        let way: Vec<String> = sets().map(|set| format!("`{}` ({})", set.id.value, set.id.place)).collect();
        Problem {
            place: id.place.clone(),
            message: match way.len() {
                1 => format!("permission set `{}` holds itself", id.value),
                _ => format!("permission set `{}` holds itself, by way of others", id.value),
            },
            help: Some(format!("take it out here; the way is {}", way.join(", "))),
        }
    }
}
