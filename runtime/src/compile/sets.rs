//! Permission sets in const evaluation: which sets a program knows, under which ids, and what they hold.

use super::tables::{namespace, needed};
use crate::model::{At, Group, Id, Listed, Namespace, PermissionInfo, Root};

/// A set that a program knows.
#[derive(Clone, Copy)]
pub(crate) struct Set {
    kind: SetKind,
    namespace: Namespace,
}

#[derive(Clone, Copy)]
enum SetKind {
    /// A type with `derive(PermissionSet)`.
    Typed(&'static PermissionInfo),
    /// All permissions of a group.
    Whole(&'static Group),
}

impl Set {
    pub(crate) const fn id(&self) -> Id {
        match self.kind {
            SetKind::Typed(info) => self.namespace.id(info),
            SetKind::Whole(group) => self.namespace.id_of(group.set),
        }
    }

    pub(crate) const fn at(&self) -> At {
        match self.kind {
            SetKind::Typed(info) => info.at,
            SetKind::Whole(group) => group.at,
        }
    }

    /// Writes the hashes of its permissions, from the `skip`th on, as far as there is room; says how many it holds.
    pub(crate) const fn leaves(&self, skip: usize, out: &mut [u64]) -> usize {
        let mut leaves = Leaves { seen: 0, skip, out };
        match self.kind {
            SetKind::Typed(info) => leaves.info(info, self.namespace),
            SetKind::Whole(group) => leaves.group(group, self.namespace),
        }
        leaves.seen
    }
}

struct Leaves<'a> {
    seen: usize,
    skip: usize,
    out: &'a mut [u64],
}

impl Leaves<'_> {
    const fn info(&mut self, info: &'static PermissionInfo, namespace: Namespace) {
        if let Some(members) = info.members {
            let mut i = 0;
            while i < members.len() {
                self.info(members[i], namespace);
                i += 1;
            }
        } else {
            if self.seen >= self.skip && self.seen - self.skip < self.out.len() {
                self.out[self.seen - self.skip] = namespace.hash(info);
            }
            self.seen += 1;
        }
    }

    const fn group(&mut self, group: &Group, inside: Namespace) {
        let mut i = 0;
        while i < group.listed.len() {
            match &group.listed[i] {
                Listed::Broken => {}
                listed @ (Listed::Command(command) | Listed::RenamedCommand(command, _)) => {
                    let infos = needed(command);
                    let mut k = 0;
                    while k < infos.len() {
                        self.info(infos[k], namespace(listed, "", inside));
                        k += 1;
                    }
                }
                listed @ (Listed::Group(inner) | Listed::Renamed(inner, _)) => {
                    self.group(inner, namespace(listed, inner.namespace, inside));
                }
            }
            i += 1;
        }
    }
}

/// All sets that a program knows, one after the other: its own, then those that its groups bring.
pub(crate) struct Sets<'a> {
    root: &'a Root,
    own: usize,
    listed: usize,
    /// How many of the path at `listed` are done.
    done: usize,
}

impl<'a> Sets<'a> {
    pub(crate) const fn of(root: &'a Root) -> Self {
        Self { root, own: 0, listed: 0, done: 0 }
    }

    pub(crate) const fn next(&mut self) -> Option<Set> {
        if self.own < self.root.sets.len() {
            self.own += 1;
            return Some(Set {
                kind: SetKind::Typed(self.root.sets[self.own - 1]),
                namespace: Namespace::NONE,
            });
        }
        while self.listed < self.root.listed.len() {
            let mut skip = self.done;
            if let Some(set) = nth_set(&self.root.listed[self.listed], Namespace::NONE, &mut skip) {
                self.done += 1;
                return Some(set);
            }
            self.listed += 1;
            self.done = 0;
        }
        None
    }
}

const fn nth_set(listed: &Listed, around: Namespace, skip: &mut usize) -> Option<Set> {
    let (Listed::Group(group) | Listed::Renamed(group, _)) = listed else { return None };
    let inside = namespace(listed, group.namespace, around);
    if !group.set.is_empty() {
        if *skip == 0 {
            return Some(Set { kind: SetKind::Whole(group), namespace: inside });
        }
        *skip -= 1;
    }
    if *skip < group.sets.len() {
        return Some(Set { kind: SetKind::Typed(group.sets[*skip]), namespace: inside });
    }
    *skip -= group.sets.len();
    let mut i = 0;
    while i < group.listed.len() {
        if let Some(set) = nth_set(&group.listed[i], inside, skip) {
            return Some(set);
        }
        i += 1;
    }
    None
}
