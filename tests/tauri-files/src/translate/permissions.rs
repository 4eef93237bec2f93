//! Permission files.

use std::collections::{BTreeMap, BTreeSet};

use portcullis_policy::{
    files::permissions::{self, Permissions},
    id::check,
};
use serde_json::{Map, Value as Json, json};

use super::{Platforms, Translation, id_in, objects, text};
use crate::{
    differences::Difference,
    theirs::APP,
    tree,
    world::{File, World},
};

/// All that permission files define.
pub(super) struct Definitions {
    pub(super) all: Permissions,
    /// Each as it is written, and whether it is a set, by its id.
    written: BTreeMap<String, (bool, Json)>,
}

/// How many commands that nobody is granted are kept.
const OTHERS: usize = 2;

impl Translation {
    /// Translates all permission files, and gives back what they define.
    pub(super) fn permission_files(&mut self, world: &World, platforms: &Platforms) -> Definitions {
        let mut all: BTreeMap<String, (bool, Json)> = BTreeMap::new();
        let own = std::iter::once((APP, &world.permissions));
        let plugins = world.plugins.iter().map(|(key, files)| (key.as_str(), files));
        for (key, files) in own.chain(plugins) {
            for file in files {
                for (is_set, definition) in self.permission_file(key, file, platforms) {
                    let id = definition["identifier"].as_str().unwrap_or_default().to_owned();
                    // The last one wins, and a set hides a permission from capabilities.
                    let hidden = all.get(&id).is_some_and(|(other, _)| *other && !is_set);
                    if all.contains_key(&id) {
                        self.found(Difference::DefinedTwice, file, id.clone());
                    }
                    if !hidden {
                        all.insert(id, (is_set, definition));
                    }
                }
            }
        }
        let text = file_of(all.values());
        let file = File { name: "permissions/all.json".to_owned(), text };
        let (definitions, problems) = permissions::read(&file.name, &file.text);
        assert!(problems.is_empty(), "not all that we refuse was taken out: {problems:#?}");
        let (definitions, problems) = Permissions::new(definitions);
        for problem in problems {
            assert!(problem.message.contains("holds itself"), "{problem}");
            self.found(Difference::SetHoldsItself, &file, problem.message);
        }
        Definitions { all: definitions, written: all }
    }

    /// Keeps the definitions that something granted stands for, and of the commands theirs and a few of the others.
    pub(super) fn define(&mut self, definitions: &Definitions, granted: BTreeSet<String>) {
        let mut commands = BTreeSet::new();
        let (mut open, mut kept) = (Vec::from_iter(granted), BTreeMap::new());
        while let Some(id) = open.pop() {
            let Some(definition) = definitions.written.get(&id) else { continue };
            let texts = |list: &Json| -> Vec<String> {
                let texts = list.as_array().into_iter().flatten();
                texts.filter_map(|text| text.as_str().map(str::to_owned)).collect()
            };
            let (_, tree) = definition;
            commands.extend(["allow", "deny"].iter().flat_map(|key| texts(&tree["commands"][key])));
            if kept.insert(id, definition).is_none() {
                open.extend(texts(&tree["permissions"]));
            }
        }
        if !kept.is_empty() {
            let name = "permissions/granted.json".to_owned();
            self.permissions.push(File { name, text: file_of(kept.into_values()) });
        }
        let mut others = 0;
        self.commands.retain(|_, name| {
            let is_granted = commands.contains(name);
            others += usize::from(!is_granted);
            is_granted || others <= OTHERS
        });
    }

    /// The definitions of one file, and whether each is a set.
    fn permission_file(&mut self, key: &str, file: &File, platforms: &Platforms) -> Vec<(bool, Json)> {
        let mut tree = match tree::read(file) {
            Ok(tree) => tree,
            Err(problems) => {
                self.unreadable(file, &problems);
                return Vec::new();
            }
        };
        let mut found = Vec::new();
        if let Some(map) = tree.as_object_mut() {
            self.keep(map, &["$schema", "default", "set", "permission"], file);
        }
        if let Some(default) = tree.get_mut("default").and_then(Json::as_object_mut) {
            self.keep(default, &["version", "description", "permissions"], file);
            let permissions = self.members(key, default, file);
            found.push((true, json!({ "identifier": id_in(key, "default"), "permissions": permissions })));
        }
        for set in objects(&mut tree, "set") {
            self.keep(set, &["identifier", "description", "permissions"], file);
            let Some(id) = self.defined(key, set, file) else { continue };
            let permissions = self.members(key, set, file);
            found.push((true, json!({ "identifier": id, "permissions": permissions })));
        }
        for permission in objects(&mut tree, "permission") {
            let keys = ["version", "identifier", "description", "commands", "scope", "platforms"];
            self.keep(permission, &keys, file);
            let Some(id) = self.defined(key, permission, file) else { continue };
            if permission.get("scope").is_some_and(says) {
                self.found(Difference::ScopeInAPermissionFile, file, text(permission, "identifier"));
            }
            let mut commands = permission.remove("commands").unwrap_or_else(|| json!({}));
            if let Some(commands) = commands.as_object_mut() {
                self.keep(commands, &["allow", "deny"], file);
                for command in commands.values_mut().filter_map(Json::as_array_mut).flatten() {
                    *command = self.command(key, command.as_str().unwrap_or_default()).into();
                }
            }
            platforms.swap(permission.get_mut("platforms"));
            let mut definition = json!({ "identifier": id, "commands": commands });
            if let Some(platforms) = permission.remove("platforms").filter(|list| !list.is_null()) {
                definition["platforms"] = platforms;
            }
            found.push((false, definition));
        }
        found
    }

    /// The id of a definition, if it is one.
    fn defined(&mut self, key: &str, map: &Map<String, Json>, file: &File) -> Option<String> {
        let id = text(map, "identifier");
        if id.contains(':') || check(id).is_err() {
            self.found(Difference::IdIsFree, file, id);
            return None;
        }
        if id == "default" {
            self.found(Difference::DefaultById, file, key);
            return None;
        }
        Some(id_in(key, id))
    }

    fn members(&mut self, key: &str, map: &Map<String, Json>, file: &File) -> Vec<String> {
        let mut members = Vec::new();
        for member in map.get("permissions").and_then(Json::as_array).into_iter().flatten() {
            let member = member.as_str().unwrap_or_default();
            if check(member).is_err() {
                self.found(Difference::MemberIsNoId, file, member);
            } else {
                members.push(id_in(key, member));
            }
        }
        members
    }

    /// Takes all other keys out.
    pub(super) fn keep(&mut self, map: &mut Map<String, Json>, keys: &[&str], file: &File) {
        map.retain(|key, _| {
            let known = keys.contains(&key.as_str());
            if !known {
                self.found(Difference::UnknownKey, file, key.as_str());
            }
            known
        });
    }

    /// A file that has to be left out, if Tauri reads it.
    pub(super) fn unreadable(&mut self, file: &File, problems: &[portcullis_policy::files::Problem]) {
        for problem in problems {
            if problem.message.contains("twice") {
                self.found(Difference::KeyTwice, file, problem.message.as_str());
            }
        }
    }
}

/// A permission file with these definitions.
fn file_of<'a>(definitions: impl Iterator<Item = &'a (bool, Json)>) -> String {
    let (sets, permissions): (Vec<_>, Vec<_>) = definitions.partition(|(is_set, _)| *is_set);
    let plain = |list: Vec<&'a (bool, Json)>| list.into_iter().map(|(_, tree)| tree).collect::<Vec<_>>();
    json!({ "set": plain(sets), "permission": plain(permissions) }).to_string()
}

/// Whether a scope says anything.
fn says(scope: &Json) -> bool {
    scope
        .as_object()
        .is_some_and(|scope| scope.values().any(|list| list.as_array().is_some_and(|list| !list.is_empty())))
}
