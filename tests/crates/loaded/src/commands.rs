//! Commands, permissions and sets as the macros write them.

use std::collections::BTreeMap;

use portcullis::__private::{
    ArgumentInfo, At, Command as Info, Group as Made, Guard as Needs, Listed, PermissionInfo, Root, Source,
    Timeout, hash,
};

use crate::{
    Command, Group, Guard, Program,
    slots::{self, leak, text},
};

/// What Rust knows of a program's permissions and sets.
pub(crate) struct Infos {
    /// By id, sets too.
    known: BTreeMap<String, &'static PermissionInfo>,
    sets: Vec<&'static PermissionInfo>,
    pub(crate) slots: BTreeMap<String, usize>,
}

impl Infos {
    pub(crate) fn of(program: &Program) -> Self {
        let mut infos = Self { known: BTreeMap::new(), sets: Vec::new(), slots: BTreeMap::new() };
        for (index, permission) in program.permissions.iter().enumerate() {
            assert!(!permission.is_scoped || index < slots::SLOTS, "`{}` is beyond the slots", permission.id);
            let scope =
                slots::get(index).filter(|_| permission.is_scoped).and_then(|slot| slot.permission.scope);
            let info = PermissionInfo {
                id: text(&permission.id),
                hash: hash(&permission.id),
                type_id: slots::type_id(index),
                description: "",
                at: at("permissions.rs", index),
                members: None,
                own: false,
                scope,
            };
            infos.known.insert(permission.id.clone(), leak(info));
            infos.slots.insert(permission.id.clone(), index);
        }
        for (index, set) in program.sets.iter().enumerate() {
            let members: Vec<_> = set.members.iter().map(|id| infos.get(id)).collect();
            let info = leak(PermissionInfo {
                id: text(&set.id),
                hash: hash(&set.id),
                type_id: slots::type_id(usize::MAX),
                description: "",
                at: at("sets.rs", index),
                members: Some(members.leak()),
                own: false,
                scope: None,
            });
            infos.known.insert(set.id.clone(), info);
            infos.sets.push(info);
        }
        infos
    }

    #[expect(clippy::panic, reason = "such a program cannot be written")]
    fn get(&self, id: &str) -> &'static PermissionInfo {
        match self.known.get(id) {
            Some(info) => info,
            None => panic!("there is no permission `{id}` before this"),
        }
    }

    /// The list of `authority!`.
    pub(crate) fn root(&self, program: &Program) -> &'static Root {
        let listed = program.commands.iter().enumerate().map(|(index, command)| self.listed(index, command));
        let groups = program.groups.iter().enumerate().map(|(index, group)| self.group(index, group));
        let listed: Vec<Listed> = listed.chain(groups).collect();
        let listed: &'static [Listed] = listed.leak();
        let sets = self.sets.clone().leak();
        leak(Root { listed, events: listed.len(), sets, incomplete: false })
    }

    fn listed(&self, index: usize, command: &Command) -> Listed {
        let at = at("commands.rs", index);
        match command.name.rsplit_once(':') {
            None => Listed::Command(self.command(at, &command.name, &command.guard)),
            Some((namespace, name)) => Listed::Group(leak(Made {
                namespace: text(namespace),
                set: "",
                sets: &[],
                listed: vec![Listed::Command(self.command(at, name, &command.guard))].leak(),
                incomplete: false,
                at,
            })),
        }
    }

    fn group(&self, index: usize, group: &Group) -> Listed {
        let commands = group.commands.iter().enumerate().map(|(place, command)| {
            // A line for each command, after those of the groups before.
            let at = at("groups.rs", index * 1_000 + place);
            Listed::Command(self.command(at, &command.name, &command.guard))
        });
        let made = leak(Made {
            namespace: text(&group.namespace),
            set: text(group.set.as_deref().unwrap_or_default()),
            sets: &[],
            listed: commands.collect::<Vec<_>>().leak(),
            incomplete: false,
            at: at("groups.rs", index * 1_000),
        });
        match &group.listed_as {
            Some(namespace) => Listed::Renamed(made, text(namespace)),
            None => Listed::Group(made),
        }
    }

    fn command(&self, at: At, name: &str, guard: &Guard) -> &'static Info {
        let needed: Vec<_> = match guard {
            Guard::Public => return self.with(at, name, Needs::Public("a world"), None),
            Guard::Own => vec![own(at, name)],
            Guard::All(ids) => ids.iter().map(|id| self.get(id)).collect(),
        };
        let scoped = needed.iter().copied().find(|info| info.scope.is_some());
        self.with(at, name, Needs::All(needed.leak()), scoped)
    }

    fn with(
        &self,
        at: At,
        name: &str,
        guard: Needs,
        scoped: Option<&'static PermissionInfo>,
    ) -> &'static Info {
        let slot = scoped.and_then(|info| slots::get(*self.slots.get(info.id)?));
        let (run, arguments) = match (slot, scoped) {
            (Some(slot), Some(info)) => {
                let word = ArgumentInfo { name: "word", source: Source::Checked(info) };
                (slots::command(slot.scoped), &*vec![word].leak())
            }
            _ => (slots::plain(), &[][..]),
        };
        leak(Info {
            name: text(name),
            guard,
            arguments,
            at,
            description: "",
            timeout: Timeout::Default,
            run: run.run,
            types: None,
        })
    }
}

/// A command's own permission.
fn own(at: At, name: &str) -> &'static PermissionInfo {
    let id = text(&format!("allow-{}", name.replace('_', "-")));
    leak(PermissionInfo {
        id,
        hash: hash(id),
        type_id: slots::type_id(usize::MAX),
        description: "",
        at,
        members: None,
        own: true,
        scope: None,
    })
}

fn at(file: &'static str, index: usize) -> At {
    At { file, line: u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1), column: 1 }
}
