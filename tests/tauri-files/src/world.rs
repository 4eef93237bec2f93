//! A program as both sides are given it: its capability files, its permission files, those of the plugins, and the
//! commands that it lists.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::theirs::{self, APP};

/// A file, by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path to print, whose end says what is in it.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// A program.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// What it is called in messages.
    pub name: String,
    /// Capability files.
    pub capabilities: Vec<File>,
    /// Its own permission files.
    pub permissions: Vec<File>,
    /// The permission files of plugins, by the key of their manifest: `fs`, `core:window`.
    pub plugins: BTreeMap<String, Vec<File>>,
    /// The commands that it lists for `tauri_build`, which has two permissions written for each.
    pub commands: Vec<String>,
}

impl World {
    /// A program of one's own, for a test: capability files in JSON, permission files in TOML, and such of a plugin `p`.
    #[must_use]
    pub fn new(capabilities: &[&str], permissions: &[&str], plugin: &[&str]) -> Self {
        let files = |folder: &str, ending: &str, texts: &[&str]| -> Vec<File> {
            let file = |(index, text): (usize, &&str)| File {
                name: format!("{folder}/{index}.{ending}"),
                text: (*text).to_owned(),
            };
            texts.iter().enumerate().map(file).collect()
        };
        let mut world = Self {
            name: "a program".to_owned(),
            capabilities: files("capabilities", "json", capabilities),
            permissions: files("permissions", "toml", permissions),
            ..Self::default()
        };
        if !plugin.is_empty() {
            world.plugins.insert("p".to_owned(), files("p", "toml", plugin));
        }
        world
    }

    /// Adds what a build of the program would find and this copy of it has not: the permissions of the commands that it
    /// lists; and of every id in a capability or in a set of its own that no file defines, one that stands for one command. Plugins that no
    /// capability names are taken out.
    ///
    /// Ids that Tauri's own plugins do not have are older than the files of those plugins.
    #[must_use]
    pub fn filled(mut self) -> Self {
        if !self.commands.is_empty() {
            let is_there = |generated: &Value| {
                let id = generated["identifier"].as_str().unwrap_or_default();
                is_defined(&self.permissions, id)
            };
            let listed = self.commands.iter().flat_map(|name| generated(name));
            let listed: Vec<Value> = listed.filter(|generated| !is_there(generated)).collect();
            self.permissions.push(permission_file("generated/commands.json", &listed));
        }
        let mut named = self.named();
        let members = self.permissions.iter().filter_map(|file| theirs::permission_file(file).ok());
        let members = members.flat_map(|file| {
            let default = file.default.map(|default| default.permissions);
            file.set.into_iter().map(|set| set.permissions).chain(default).flatten().collect::<Vec<_>>()
        });
        let own = |id: &String| !id.contains(':') && id != "default";
        named.extend(members.filter(own).map(|id| (APP.to_owned(), id)));
        let keys: BTreeSet<&str> = named.iter().map(|(key, _)| key.as_str()).collect();
        let core = keys.contains("core");
        self.plugins.retain(|key, _| keys.contains(key.as_str()) || core && key.starts_with("core:"));
        let mut missing: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (key, base) in named.clone() {
            let files = if key == APP { Some(&self.permissions) } else { self.plugins.get(&key) };
            let known = files.is_some_and(|files| is_defined(files, &base));
            if !known && (base != "default" || files.is_none()) {
                missing.entry(key).or_default().insert(base);
            }
        }
        for (key, ids) in missing {
            let mut file = stand_ins(&ids);
            if key == APP {
                self.permissions.push(file);
            } else {
                file.name = format!("generated/{}.json", key.replace(':', "-"));
                self.plugins.entry(key).or_default().push(file);
            }
        }
        self
    }

    /// The ids that its capabilities and its own sets have.
    pub fn ids(&self) -> impl Iterator<Item = String> {
        let capabilities =
            self.capabilities.iter().filter_map(|file| theirs::capabilities(file).ok()).flatten();
        let granted = capabilities.flat_map(|capability| capability.permissions);
        let files = self.permissions.iter().filter_map(|file| theirs::permission_file(file).ok());
        let members = files.flat_map(|file| {
            let default = file.default.map(|default| default.permissions);
            file.set.into_iter().map(|set| set.permissions).chain(default).flatten()
        });
        granted.map(|entry| entry.identifier().get().to_owned()).chain(members)
    }

    /// The ids that capabilities have, each in its two parts.
    fn named(&self) -> BTreeSet<(String, String)> {
        let capabilities =
            self.capabilities.iter().filter_map(|file| theirs::capabilities(file).ok()).flatten();
        let mut named = BTreeSet::new();
        for capability in capabilities {
            for entry in &capability.permissions {
                let id = entry.identifier();
                named.insert((id.get_prefix().unwrap_or(APP).to_owned(), id.get_base().to_owned()));
            }
        }
        named
    }
}

/// Whether one of these files defines an id.
fn is_defined(files: &[File], id: &str) -> bool {
    files.iter().filter_map(|file| theirs::permission_file(file).ok()).any(|file| {
        file.permission.iter().any(|permission| permission.identifier == id)
            || file.set.iter().any(|set| set.identifier == id)
            || id == "default" && file.default.is_some()
    })
}

/// The two permissions that `tauri_build` writes for a command.
fn generated(command: &str) -> [Value; 2] {
    let name = command.replace('_', "-");
    [
        json!({ "identifier": format!("allow-{name}"), "commands": { "allow": [command] } }),
        json!({ "identifier": format!("deny-{name}"), "commands": { "deny": [command] } }),
    ]
}

/// What stands in for permissions whose files are not here.
fn stand_ins(ids: &BTreeSet<String>) -> File {
    let permission = |base: &String| {
        let (verb, command) = match (base.strip_prefix("allow-"), base.strip_prefix("deny-")) {
            (Some(command), _) => ("allow", command),
            (None, Some(command)) => ("deny", command),
            (None, None) => ("allow", base.as_str()),
        };
        // `default` is found under its key alone.
        let id = if base == "default" { "allow-default" } else { base };
        json!({ "identifier": id, "commands": { (verb): [command.replace('-', "_")] } })
    };
    let mut file = json!({ "permission": ids.iter().map(permission).collect::<Vec<_>>() });
    if ids.contains("default") {
        file["default"] = json!({ "permissions": ["allow-default"] });
    }
    File { name: "generated/missing.json".to_owned(), text: file.to_string() }
}

fn permission_file(name: &str, permissions: &[Value]) -> File {
    File { name: name.to_owned(), text: json!({ "permission": permissions }).to_string() }
}
