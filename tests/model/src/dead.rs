//! What is dead, or wrong, in a program: the words of the design under "Dead things are errors", asked of every caller that
//! there is. Who they are is in `callers`.

use std::{collections::BTreeSet, fmt};

use crate::{
    model::{Model, Mutant, Named, On, any_of, entries, narrows, own_denial},
    world::{Allow, Caller, Capability, Entry, Word},
};

/// Something that the build refuses. Capabilities and ids are named as they are written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "a capability, an id, a label")]
pub enum Wrong {
    /// A command that nobody can call, on any platform, whatever is switched on.
    Unreachable { command: String },
    /// An id that is that of no permission which a listed command needs; `allow-x` if it is `deny-x`, as below.
    NamesNothing { capability: String, id: String },
    /// A denial of what nobody that its capability matches is granted.
    DeniesNothing { capability: String, id: String },
    /// `deny` entries that narrow what nobody that their capability matches is granted.
    NarrowsNothing { capability: String, id: String },
    /// A grant of a scoped permission without `allow`.
    AdmitsNothing { capability: String, id: String },
    /// Entries for what has no scope.
    SaysNothing { capability: String, id: String },
    /// An entry that its scope does not take.
    RefusedEntry { capability: String, id: String },
    /// A glob that meets no declared label, or a client that is not declared.
    Stray { capability: String, label: String },
    /// A capability that no declared caller can match.
    MeetsNobody { capability: String },
    /// Two capabilities of one identifier.
    TwoCapabilities { identifier: String },
    /// Two commands of one name.
    TwoCommands { name: String },
    /// One id for two permissions, two sets, or one of each.
    TwoOfId { id: String },
    /// A listed command, permission or set under a prefix that another system guards.
    Foreign { name: String },
    /// A capability that names no windows, webviews or clients.
    NamesNobody { capability: String },
    /// A capability for windows and for no origin.
    ForNoOrigin { capability: String },
    /// A capability without permissions and denials.
    Empty { capability: String },
    /// An id that one capability both grants and denies.
    BothWays { capability: String, id: String },
    /// `allow` without an entry.
    EmptyAllow { id: String },
    /// A foreign id under a key that the other system does not read.
    Unread { id: String },
}

impl Wrong {
    /// Whether it is about one file alone: then the rest is not looked at before it is mended.
    pub fn is_of_a_file(&self) -> bool {
        matches!(
            self,
            Self::NamesNobody { .. }
                | Self::ForNoOrigin { .. }
                | Self::Empty { .. }
                | Self::BothWays { .. }
                | Self::EmptyAllow { .. }
                | Self::Unread { .. }
        )
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// Every platform, as capability files name it.
const PLATFORMS: [&str; 5] = ["macOS", "windows", "linux", "android", "iOS"];

impl Model<'_> {
    /// All that is wrong. `callers` are all that the program can have, in the main frame.
    pub fn wrongs(&self, callers: &[Caller]) -> BTreeSet<Wrong> {
        let of_files = self.of_files();
        if !of_files.is_empty() {
            return of_files;
        }
        let commands = self.world.all_commands();
        // A capability of any platform counts where it is asked whether something is granted.
        let everywhere: Vec<Self> =
            self.platforms().map(|platform| Self { platform, ..self.clone() }).collect();
        let mut wrongs = BTreeSet::new();
        for command in &commands {
            let reached = everywhere
                .iter()
                .any(|model| callers.iter().any(|caller| model.may_call(caller, command, On::Everything)));
            if !reached && !self.is(Mutant::UnreachedCommandsPass) {
                wrongs.insert(Wrong::Unreachable { command: command.name.clone() });
            }
        }
        for capability in &self.world.capabilities {
            self.dead_labels(capability, callers, &mut wrongs);
            let denied = capability.deny.iter().map(|id| (Entry::of(id), true));
            for (entry, denies) in entries(capability).map(|(entry, _)| (entry.clone(), false)).chain(denied)
            {
                self.dead_entry(&everywhere, capability, &entry, denies, &commands, callers, &mut wrongs);
            }
        }
        self.twice(&commands, &mut wrongs);
        for name in self.world_names(&commands) {
            if self.is_foreign(&name) {
                wrongs.insert(Wrong::Foreign { name });
            }
        }
        wrongs
    }

    /// The platforms that are told apart: those that capabilities name, and one that none names.
    fn platforms(&self) -> impl Iterator<Item = &'static str> {
        let is_named = |name: &&str| {
            let mut all = self.world.capabilities.iter().flat_map(|one| one.platforms.iter().flatten());
            all.any(|one| one == name)
        };
        let (named, others): (Vec<_>, Vec<_>) = PLATFORMS.into_iter().partition(is_named);
        named.into_iter().chain(others.into_iter().next())
    }

    /// A capability whose globs meet no declared window, and which no caller matches.
    fn dead_labels(&self, capability: &Capability, callers: &[Caller], wrongs: &mut BTreeSet<Wrong>) {
        let name = &capability.identifier;
        let stray = |label: &String| Wrong::Stray { capability: name.clone(), label: label.clone() };
        let shown = |is: &dyn Fn(&str, &str) -> bool| {
            callers.iter().any(|caller| match caller {
                Caller::Window { window, webview, .. } => self.declares(caller) && is(window, webview),
                Caller::Client(_) => false,
            })
        };
        for glob in &capability.windows {
            if !shown(&|window, _| any_of(&[glob], window)) && !self.is(Mutant::StrayGlobsPass) {
                wrongs.insert(stray(glob));
            }
        }
        for glob in &capability.webviews {
            if !shown(&|_, webview| any_of(&[glob], webview)) && !self.is(Mutant::StrayGlobsPass) {
                wrongs.insert(stray(glob));
            }
        }
        wrongs.extend(capability.clients.iter().filter(|name| !self.world.clients.contains(name)).map(stray));
        let anywhere = Capability { platforms: None, ..capability.clone() };
        if !callers.iter().any(|caller| self.declares(caller) && self.matches_in_any_frame(&anywhere, caller))
        {
            wrongs.insert(Wrong::MeetsNobody { capability: name.clone() });
        }
    }

    /// An id that names nothing, a denial that denies nothing, entries that are missing or have no place.
    #[expect(clippy::too_many_arguments, reason = "one walk over all that there is")]
    fn dead_entry(
        &self,
        everywhere: &[Self],
        capability: &Capability,
        entry: &Entry,
        denies: bool,
        commands: &[Named],
        callers: &[Caller],
        wrongs: &mut BTreeSet<Wrong>,
    ) {
        if self.is_foreign(&entry.id) {
            return;
        }
        let (name, written) = (capability.identifier.clone(), entry.id.clone());
        let (id, denies) = match own_denial(&entry.id) {
            Some(own) => (own, true),
            None => (entry.id.clone(), denies),
        };
        let needs = commands.iter().flat_map(|command| command.needs.iter().flatten());
        let meant: Vec<_> = needs.filter(|need| self.means(&id, &need.id)).collect();
        if meant.is_empty() {
            wrongs.insert(Wrong::NamesNothing { capability: name, id });
            return;
        }
        // Whether somebody that the capability matches is granted it, whoever denies it.
        let is_granted = |id: &str| {
            everywhere.iter().any(|model| {
                callers.iter().any(|caller| {
                    model.declares(caller)
                        && model.matches_in_any_frame(capability, caller)
                        && model.is_granted(caller, id, On::Everything)
                })
            })
        };
        if denies {
            if !meant.iter().any(|need| is_granted(&need.id)) && !self.is(Mutant::DeadDenialsPass) {
                wrongs.insert(Wrong::DeniesNothing { capability: name, id });
            }
            return;
        }
        let scoped: Vec<_> = meant.into_iter().filter(|need| need.scoped).collect();
        let words = match &entry.allow {
            Allow::Only(words) => words.as_slice(),
            Allow::Unsaid | Allow::All => &[],
        };
        if scoped.is_empty() {
            if entry.allow != Allow::Unsaid || !entry.deny.is_empty() {
                wrongs.insert(Wrong::SaysNothing { capability: name, id: written });
            }
            return;
        }
        if entry.allow == Allow::Unsaid && entry.deny.is_empty() {
            wrongs.insert(Wrong::AdmitsNothing { capability: name.clone(), id: written.clone() });
        }
        if words.iter().chain(&entry.deny).any(|word| matches!(word, Word::Number(_))) {
            wrongs.insert(Wrong::RefusedEntry { capability: name.clone(), id: written.clone() });
        }
        if narrows(entry) && !scoped.iter().any(|need| is_granted(&need.id)) {
            wrongs.insert(Wrong::NarrowsNothing { capability: name, id: written });
        }
    }

    /// A name or an id defined twice.
    fn twice(&self, commands: &[Named], wrongs: &mut BTreeSet<Wrong>) {
        for name in repeated(self.world.capabilities.iter().map(|one| one.identifier.clone())) {
            wrongs.insert(Wrong::TwoCapabilities { identifier: name });
        }
        for name in repeated(commands.iter().map(|command| command.name.clone())) {
            wrongs.insert(Wrong::TwoCommands { name });
        }
        // A permission that several commands need is one; those that no command needs are not in the program.
        let mut needed: Vec<(String, Option<usize>, Option<usize>)> = Vec::new();
        for (at, command) in commands.iter().enumerate() {
            for need in command.needs.iter().flatten() {
                needed.push((need.id.clone(), need.index, need.index.is_none().then_some(at)));
            }
        }
        needed.sort();
        needed.dedup();
        let mut permissions: Vec<String> = needed.into_iter().map(|(id, ..)| id).collect();
        let twice = repeated(permissions.iter().cloned());
        permissions.dedup();
        let ids = permissions.into_iter().chain(self.sets.iter().map(|(id, _)| id.clone()));
        for id in repeated(ids).into_iter().chain(twice) {
            wrongs.insert(Wrong::TwoOfId { id });
        }
    }

    /// The names that the program gives away: none may be under a prefix that another system guards.
    fn world_names(&self, commands: &[Named]) -> Vec<String> {
        let mut names = Vec::new();
        for command in commands {
            names.push(command.name.clone());
            if !self.is_foreign(&command.name) {
                names.extend(command.needs.iter().flatten().map(|need| need.id.clone()));
            }
        }
        names.extend(self.sets.iter().map(|(id, _)| id.clone()));
        names
    }

    /// What is wrong with one capability, whatever the others are.
    fn of_files(&self) -> BTreeSet<Wrong> {
        let mut wrongs = BTreeSet::new();
        for one in &self.world.capabilities {
            let (before, name) = (wrongs.len(), &one.identifier);
            let windows = !one.windows.is_empty() || !one.webviews.is_empty();
            if !windows && one.clients.is_empty() {
                wrongs.insert(Wrong::NamesNobody { capability: name.clone() });
            }
            if windows && !one.local && one.remote.is_empty() {
                wrongs.insert(Wrong::ForNoOrigin { capability: name.clone() });
            }
            if one.permissions.is_empty() && one.optional.is_empty() && one.deny.is_empty() {
                wrongs.insert(Wrong::Empty { capability: name.clone() });
            }
            for denied in &one.deny {
                if entries(one).any(|(entry, _)| entry.id == *denied) {
                    wrongs.insert(Wrong::BothWays { capability: name.clone(), id: denied.clone() });
                }
            }
            if wrongs.len() > before {
                continue;
            }
            for (entry, optional) in entries(one) {
                let id = entry.id.clone();
                let foreign = self.is_foreign(&id);
                if foreign && (optional || entry.allow == Allow::All) {
                    wrongs.insert(Wrong::Unread { id });
                } else if !foreign && entry.allow == Allow::Only(Vec::new()) {
                    wrongs.insert(Wrong::EmptyAllow { id });
                }
            }
            wrongs.extend(
                one.deny.iter().filter(|id| self.is_foreign(id)).map(|id| Wrong::Unread { id: id.clone() }),
            );
        }
        wrongs
    }
}

fn repeated(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0].clone()).collect()
}
