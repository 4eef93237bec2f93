//! The tables of an authority, built in const evaluation from what the macros wrote: commands by the hash of their
//! name, permissions by the hash of their id, and for each permission the capabilities that grant or deny it.
//! Total: whatever is wrong with the input is left to `checks` to say.

use std::time::Duration;

use portcullis_policy::hash::hash;

use super::{
    sets::Sets,
    sort::{Key, lower_bound, sort},
};
use crate::model::{
    Command, GrantKind, Guard, Id, Listed, Namespace, PermissionInfo, Policy, Root, Source, Timeout,
};

/// A command, as the program lists it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) command: &'static Command,
    pub(crate) namespace: Namespace,
    /// The index of the path in the list of `authority!`.
    pub(crate) listed: u32,
    /// Its permissions: a range of `Tables::guards`.
    pub(crate) guards: Range,
}

impl Entry {
    pub(crate) const fn name(&self) -> Id {
        Id { namespace: self.namespace.now, rest: self.command.name }
    }

    /// Whether it sends items to its caller while it runs.
    pub(crate) fn sends(&self) -> bool {
        self.command.arguments.iter().any(|argument| matches!(argument.source, Source::Channel))
    }

    /// Whether it sends items through a channel of the host's own, and so for as long as it takes.
    fn sends_by_name(&self) -> bool {
        self.command.arguments.iter().any(|argument| matches!(argument.source, Source::Named { .. }))
    }

    /// Whether it reads raw bytes as they arrive.
    pub(crate) fn takes_upload(&self) -> bool {
        self.command.arguments.iter().any(|argument| matches!(argument.source, Source::Upload))
    }

    /// Whether a call of it needs something that is its own, however its message came.
    pub(crate) fn outlives(&self) -> bool {
        let own = |source| matches!(source, Source::Channel | Source::Cancellation | Source::Upload);
        self.command.arguments.iter().any(|argument| own(argument.source))
    }

    /// How long a call may take, if a call of any command may take so long. What sends items may take as long as it
    /// likes, unless it says otherwise.
    pub(crate) fn timeout(&self, default: Duration) -> Option<Duration> {
        match self.command.timeout {
            Timeout::Default => (!self.sends() && !self.sends_by_name()).then_some(default),
            Timeout::Never => None,
            Timeout::After(milliseconds) => Some(Duration::from_millis(milliseconds)),
        }
    }
}

/// A permission that some listed command needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    pub(crate) info: &'static PermissionInfo,
    pub(crate) namespace: Namespace,
    pub(crate) rules: Range,
}

impl Known {
    pub(crate) const fn id(&self) -> Id {
        self.namespace.id(self.info)
    }
}

/// One capability that grants or denies a permission.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) capability: u16,
    pub(crate) kind: GrantKind,
    /// The index in `Policy::grants`.
    pub(crate) grant: u32,
}

/// A part of another table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Range {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

impl Range {
    const EMPTY: Self = Self { start: 0, len: 0 };

    #[inline]
    pub(crate) const fn of<T>(self, all: &'static [T]) -> &'static [T] {
        all.split_at(self.start as usize).1.split_at(self.len as usize).0
    }
}

/// How long the tables are: what const generics need before anything is built.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Commands.
    pub commands: usize,
    /// Permissions that commands name, with repetition.
    pub guards: usize,
    /// Rules: grants, with sets taken apart.
    pub rules: usize,
}

impl Sizes {
    /// The sizes for a list and a policy.
    #[must_use]
    pub const fn of(root: &Root, policy: &Policy) -> Self {
        let mut sizes = Self { commands: 0, guards: 0, rules: 0 };
        let mut i = 0;
        while i < root.listed.len() {
            sizes.count(&root.listed[i]);
            i += 1;
        }
        // At most: each grant of a set stands for its permissions, every other for itself.
        sizes.rules = policy.grants.len();
        let mut sets = Sets::of(root);
        while let Some(set) = sets.next() {
            let hash = set.id().hash();
            let mut g = 0;
            while g < policy.grants.len() {
                if policy.grants[g].hash == hash {
                    sizes.rules += set.leaves(0, &mut []);
                }
                g += 1;
            }
        }
        sizes
    }

    const fn count(&mut self, listed: &Listed) {
        match listed {
            Listed::Broken => {}
            Listed::Command(command) | Listed::RenamedCommand(command, _) => {
                self.commands += 1;
                self.guards += needed(command).len();
            }
            Listed::Group(group) | Listed::Renamed(group, _) => {
                let mut i = 0;
                while i < group.listed.len() {
                    self.count(&group.listed[i]);
                    i += 1;
                }
            }
        }
    }
}

/// The permissions that a command names.
pub(crate) const fn needed(command: &Command) -> &'static [&'static PermissionInfo] {
    match command.guard {
        Guard::Public(_) => &[],
        Guard::All(all) => all,
    }
}

/// All tables of one authority.
#[derive(Debug)]
pub struct Tables<const COMMANDS: usize, const GUARDS: usize, const RULES: usize> {
    /// The hashes of the names, sorted.
    hashes: [u64; COMMANDS],
    /// The commands, in the same order.
    entries: [Option<Entry>; COMMANDS],
    /// Indices of them, in the order of the list.
    order: [u32; COMMANDS],
    /// The permissions of the commands, as indices into `known`.
    guards: [u32; GUARDS],
    /// The hashes of the ids, sorted; the first `known_len` count.
    known_hashes: [u64; GUARDS],
    known: [Option<Known>; GUARDS],
    known_len: usize,
    rules: [Rule; RULES],
    rules_len: usize,
}

/// The tables, without their sizes.
#[derive(Clone, Copy, Debug)]
pub struct View {
    pub(crate) hashes: &'static [u64],
    entries: &'static [Option<Entry>],
    order: &'static [u32],
    guards: &'static [u32],
    pub(crate) known_hashes: &'static [u64],
    known: &'static [Option<Known>],
    rules: &'static [Rule],
    /// Whether every path has been looked at and has nothing wrong with it.
    pub(crate) is_well: bool,
}

impl View {
    /// The command at an index of `hashes`.
    #[inline]
    pub(crate) const fn entry(&self, index: usize) -> Option<&'static Entry> {
        if index < self.entries.len()
            && let Some(entry) = &self.entries[index]
        {
            return Some(entry);
        }
        None
    }

    /// The place in the order of the list where the commands of a path begin.
    pub(crate) const fn start(&self, listed: u32) -> usize {
        let (mut low, mut high) = (0, self.order.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.entry(self.order[middle] as usize) {
                Some(entry) if entry.listed < listed => low = middle + 1,
                _ => high = middle,
            }
        }
        low
    }

    /// The index of the command at a place in the order of the list, if it is of that path.
    pub(crate) const fn of_path(&self, place: usize, listed: u32) -> Option<usize> {
        if place < self.order.len()
            && let index = self.order[place] as usize
            && let Some(entry) = self.entry(index)
            && entry.listed == listed
        {
            return Some(index);
        }
        None
    }

    pub(crate) const fn known(&self, index: usize) -> Option<&'static Known> {
        if index < self.known.len()
            && let Some(known) = &self.known[index]
        {
            return Some(known);
        }
        None
    }

    /// Whether some permission is named more than once.
    pub(crate) const fn has_shared(&self) -> bool {
        self.known.len() < self.guards.len()
    }

    /// Every permission, with its index.
    pub(crate) fn all_known(&self) -> impl Iterator<Item = (u32, &'static Known)> {
        let view = *self;
        (0..).map_while(move |index| Some((index, view.known(index as usize)?)))
    }

    /// The permissions of a command, as indices of [`known`](Self::known), in the order of its guard.
    #[inline]
    pub(crate) const fn guards(&self, entry: &Entry) -> &'static [u32] {
        entry.guards.of(self.guards)
    }

    /// A permission of a command, by its place in its guard.
    pub(crate) const fn guard(&self, entry: &Entry, place: usize) -> Option<&'static Known> {
        if place < entry.guards.len as usize {
            return self.known(self.guards[entry.guards.start as usize + place] as usize);
        }
        None
    }

    /// A rule about a permission, by its place among them.
    pub(crate) const fn rule(&self, known: &Known, place: usize) -> Option<&'static Rule> {
        if place < known.rules.len as usize {
            return Some(&self.rules[known.rules.start as usize + place]);
        }
        None
    }

    pub(crate) const fn rules(&self, known: &Known) -> &'static [Rule] {
        known.rules.of(self.rules)
    }

    /// The index of a permission by the hash of its id.
    pub(crate) const fn find(&self, hash: u64) -> Option<usize> {
        let index = lower_bound(self.known_hashes, hash);
        if index < self.known_hashes.len() && self.known_hashes[index] == hash { Some(index) } else { None }
    }
}

impl<const COMMANDS: usize, const GUARDS: usize, const RULES: usize> Tables<COMMANDS, GUARDS, RULES> {
    /// Builds them.
    #[must_use]
    pub const fn build(root: &Root, policy: &Policy) -> Self {
        let mut tables = Self {
            hashes: [0; COMMANDS],
            entries: [const { None }; COMMANDS],
            order: [0; COMMANDS],
            guards: [0; GUARDS],
            known_hashes: [u64::MAX; GUARDS],
            known: [const { None }; GUARDS],
            known_len: 0,
            rules: [Rule { capability: 0, kind: GrantKind::Denies, grant: 0 }; RULES],
            rules_len: 0,
        };
        tables.list(root);
        tables.know();
        tables.rule(root, policy);
        tables
    }

    /// The same, to read.
    #[must_use]
    pub const fn view(&'static self) -> View {
        View {
            hashes: &self.hashes,
            entries: &self.entries,
            order: &self.order,
            guards: &self.guards,
            known_hashes: self.known_hashes.split_at(self.known_len).0,
            known: self.known.split_at(self.known_len).0,
            rules: self.rules.split_at(self.rules_len).0,
            is_well: false,
        }
    }

    /// Commands, sorted by the hash of their name.
    const fn list(&mut self, root: &Root) {
        let mut flat = [const { None }; COMMANDS];
        let mut len = 0;
        let mut i = 0;
        while i < root.listed.len() {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "nobody writes a list of four billion paths"
            )]
            flatten(&root.listed[i], Namespace::NONE, i as u32, &mut flat, &mut len);
            i += 1;
        }
        let mut keys = [Key { key: 0, value: 0 }; COMMANDS];
        let mut i = 0;
        while i < COMMANDS {
            if let Some(entry) = &flat[i] {
                #[expect(clippy::cast_possible_truncation, reason = "an index of the list")]
                let value = i as u32;
                keys[i] = Key { key: entry.name().hash(), value };
            }
            i += 1;
        }
        sort(&mut keys);
        let mut i = 0;
        while i < COMMANDS {
            self.hashes[i] = keys[i].key;
            self.entries[i] = flat[keys[i].value as usize];
            #[expect(clippy::cast_possible_truncation, reason = "an index of the list")]
            {
                self.order[keys[i].value as usize] = i as u32;
            }
            i += 1;
        }
    }

    /// Permissions, sorted by the hash of their id and each once; and the guards of the commands, as their indices.
    const fn know(&mut self) {
        let mut referred = [const { None }; GUARDS];
        let mut keys = [Key { key: 0, value: 0 }; GUARDS];
        let (mut i, mut g) = (0, 0);
        while i < COMMANDS {
            if let Some(entry) = &mut self.entries[i] {
                let infos = needed(entry.command);
                #[expect(clippy::cast_possible_truncation, reason = "indices of the list")]
                {
                    entry.guards = Range { start: g as u32, len: infos.len() as u32 };
                }
                let mut k = 0;
                while k < infos.len() {
                    let known = Known { info: infos[k], namespace: entry.namespace, rules: Range::EMPTY };
                    #[expect(clippy::cast_possible_truncation, reason = "an index of the list")]
                    let value = g as u32;
                    keys[g] = Key { key: known.namespace.hash(known.info), value };
                    referred[g] = Some(known);
                    g += 1;
                    k += 1;
                }
            }
            i += 1;
        }
        sort(&mut keys);
        let mut i = 0;
        while i < GUARDS {
            if i == 0 || keys[i].key != keys[i - 1].key {
                self.known_hashes[self.known_len] = keys[i].key;
                self.known[self.known_len] = referred[keys[i].value as usize];
                self.known_len += 1;
            }
            #[expect(clippy::cast_possible_truncation, reason = "an index of the list")]
            {
                self.guards[keys[i].value as usize] = (self.known_len - 1) as u32;
            }
            i += 1;
        }
    }

    /// Rules, sorted by permission: every grant and denial, with sets taken apart.
    const fn rule(&mut self, root: &Root, policy: &Policy) {
        let mut keys = [Key { key: 0, value: 0 }; RULES];
        let (mut len, mut permission, mut is_sorted) = (0, 0, true);
        let mut g = 0;
        while g < policy.grants.len() {
            let grant = &policy.grants[g];
            #[expect(clippy::cast_possible_truncation, reason = "an index of the grants")]
            let value = g as u32;
            // Both are sorted by the hash.
            while permission < self.known_len && self.known_hashes[permission] < grant.hash {
                permission += 1;
            }
            if permission < self.known_len && self.known_hashes[permission] == grant.hash {
                keys[len] = Key { key: permission as u64, value };
                len += 1;
            } else {
                is_sorted = false;
                let mut sets = Sets::of(root);
                while let Some(set) = sets.next() {
                    if set.id().hash() == grant.hash {
                        let mut leaves = [0; RULES];
                        let mut leaf = set.leaves(0, &mut leaves);
                        while leaf > 0 {
                            leaf -= 1;
                            if let Some(permission) = self.find(leaves[leaf]) {
                                keys[len] = Key { key: permission as u64, value };
                                len += 1;
                            }
                        }
                    }
                }
            }
            g += 1;
        }
        if !is_sorted {
            sort(keys.split_at_mut(len).0);
        }
        let mut i = 0;
        while i < len {
            let grant = &policy.grants[keys[i].value as usize];
            // A set that holds a permission twice grants it once.
            if i == 0 || keys[i].key != keys[i - 1].key || keys[i].value != keys[i - 1].value {
                self.rules[self.rules_len] =
                    Rule { capability: grant.capability, kind: grant.kind, grant: keys[i].value };
                #[expect(clippy::cast_possible_truncation, reason = "an index of the table")]
                if let Some(known) = &mut self.known[keys[i].key as usize] {
                    if known.rules.len == 0 {
                        known.rules.start = self.rules_len as u32;
                    }
                    known.rules.len += 1;
                }
                self.rules_len += 1;
            }
            i += 1;
        }
    }

    const fn find(&self, hash: u64) -> Option<usize> {
        let hashes = self.known_hashes.split_at(self.known_len).0;
        let index = lower_bound(hashes, hash);
        if index < hashes.len() && hashes[index] == hash { Some(index) } else { None }
    }
}

const fn flatten(
    listed: &Listed,
    around: Namespace,
    index: u32,
    flat: &mut [Option<Entry>],
    len: &mut usize,
) {
    match listed {
        Listed::Broken => {}
        Listed::Command(command) | Listed::RenamedCommand(command, _) => {
            if *len < flat.len() {
                let namespace = namespace(listed, "", around);
                flat[*len] = Some(Entry { command, namespace, listed: index, guards: Range::EMPTY });
            }
            *len += 1;
        }
        Listed::Group(group) | Listed::Renamed(group, _) => {
            let inside = namespace(listed, group.namespace, around);
            let mut i = 0;
            while i < group.listed.len() {
                flatten(&group.listed[i], inside, index, flat, len);
                i += 1;
            }
        }
    }
}

/// The namespace inside a path of the list: the one that the program gives it, its own, or that of the group around it.
pub(crate) const fn namespace(listed: &Listed, own: &'static str, around: Namespace) -> Namespace {
    match listed {
        Listed::Renamed(_, now) => Namespace { now, shipped: own, instead: now },
        // The permissions of one command of a group are still those of the group.
        Listed::RenamedCommand(_, now) => Namespace { now, ..around },
        _ if !own.is_empty() => Namespace { now: own, shipped: own, instead: own },
        _ => around,
    }
}

/// Whether something that belongs to the list is not there in this build.
pub(crate) const fn is_incomplete(root: &Root) -> bool {
    root.incomplete || any_broken(root.listed)
}

const fn any_broken(listed: &[Listed]) -> bool {
    let mut i = 0;
    while i < listed.len() {
        let broken = match &listed[i] {
            Listed::Broken => true,
            Listed::Command(_) | Listed::RenamedCommand(..) => false,
            Listed::Group(group) | Listed::Renamed(group, _) => group.incomplete || any_broken(group.listed),
        };
        if broken {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether an id begins with one of the prefixes that another system guards.
pub(crate) const fn is_foreign(id: Id, foreign: &[&'static str]) -> bool {
    if foreign.is_empty() {
        return false;
    }
    let text = if id.namespace.is_empty() { id.rest } else { id.namespace };
    let end = prefix_len(text);
    if id.namespace.is_empty() && end == text.len() {
        return false; // no prefix at all
    }
    let first = hash(text.split_at(end).0);
    let mut i = 0;
    while i < foreign.len() {
        if hash(foreign[i]) == first {
            return true;
        }
        i += 1;
    }
    false
}

/// Where the first `:` is, or the end.
pub(crate) const fn prefix_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() && bytes[i] != b':' {
        i += 1;
    }
    i
}
