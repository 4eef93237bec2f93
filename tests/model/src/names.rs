//! What things are called: commands and permissions under the namespace of their group, and what sets hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::world::{Command, Guard, Member, Set, World};

/// A command as callers name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its name on the wire.
    pub name: String,
    /// The permissions that it needs; `None` if it is public.
    pub needs: Option<Vec<Need>>,
}

/// A permission that a command needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Its id, as capability files name it.
    pub id: String,
    /// Whether it has a scope.
    pub scoped: bool,
    /// The index of its type, unless it is the command's own.
    pub index: Option<usize>,
}

/// A permission type that some command needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Type {
    /// Its id, as it was shipped.
    pub shipped: String,
    /// The ids that it has in the program: more than one if its group is listed as another namespace, and it is used outside
    /// of that too.
    pub ids: Vec<String>,
}

impl World {
    /// The permission types that commands need.
    pub fn types(&self) -> Vec<Type> {
        let mut ids: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for command in self.all_commands() {
            for need in command.needs.into_iter().flatten() {
                if let Some(index) = need.index {
                    ids.entry(index).or_default().insert(need.id);
                }
            }
        }
        let shipped = |index: usize| self.permissions[index].id.clone();
        ids.into_iter()
            .map(|(index, ids)| Type { shipped: shipped(index), ids: ids.into_iter().collect() })
            .collect()
    }

    /// All commands, as callers name them.
    pub fn all_commands(&self) -> Vec<Named> {
        let listed = self.commands.iter().map(|command| self.named(command, None));
        let grouped = self.groups.iter().flat_map(|group| {
            let now = group.listed_as.as_ref().unwrap_or(&group.namespace);
            group.commands.iter().map(move |command| self.named(command, Some((&group.namespace, now))))
        });
        listed.chain(grouped).collect()
    }

    /// A command, under a namespace that may have another name than the one that it was shipped with. Bare `permission` gives
    /// `allow-<command>` (wire name, `_` becomes `-`), under the group's namespace.
    fn named(&self, command: &Command, namespace: Option<(&str, &str)>) -> Named {
        let under = |name: String| namespace.map_or(name.clone(), |(_, now)| format!("{now}:{name}"));
        let needs = match &command.guard {
            Guard::Public => None,
            Guard::Own => {
                let id = under(format!("allow-{}", command.name.replace('_', "-")));
                Some(vec![Need { id, scoped: false, index: None }])
            }
            Guard::All(needed) => {
                let need = |&index: &usize| {
                    let permission = &self.permissions[index];
                    let id = renamed(&permission.id, namespace);
                    Need { id, scoped: permission.scoped, index: Some(index) }
                };
                Some(needed.iter().map(need).collect())
            }
        };
        Named { name: under(command.name.clone()), needs }
    }

    /// All sets, with the ids of the permissions that they hold.
    pub fn all_sets(&self) -> Vec<(String, Vec<String>)> {
        let own = self.sets.iter().map(|set| (set.id.clone(), self.held_by(set)));
        let of_groups = self.groups.iter().filter_map(|group| {
            let now = group.listed_as.as_ref().unwrap_or(&group.namespace);
            let namespace = Some((group.namespace.as_str(), now.as_str()));
            let needs = group
                .commands
                .iter()
                .flat_map(|command| self.named(command, namespace).needs.unwrap_or_default());
            Some((renamed(group.set.as_ref()?, namespace), needs.map(|need| need.id).collect()))
        });
        own.chain(of_groups).collect()
    }

    fn held_by(&self, set: &Set) -> Vec<String> {
        let held = |member: &Member| match *member {
            Member::Permission(index) => vec![self.permissions[index].id.clone()],
            Member::Set(index) => self.held_by(&self.sets[index]),
        };
        set.members.iter().flat_map(held).collect()
    }
}

/// An id that a group ships, under the namespace that the program gives the group.
fn renamed(id: &str, namespace: Option<(&str, &str)>) -> String {
    match namespace.and_then(|(shipped, now)| Some((id.strip_prefix(shipped)?.strip_prefix(':')?, now))) {
        Some((rest, now)) => format!("{now}:{rest}"),
        None => id.to_owned(),
    }
}
