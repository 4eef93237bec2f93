//! From a tree of values to the definitions of a permission file: which keys there are, and what may stand in them.

use super::{Definition, Member};
use crate::files::fields::{Judge, check_id};
use crate::files::{Place, Problem, Spanned, Value};
use crate::platform::Platforms;

type Map = Vec<(Spanned<String>, Spanned<Value>)>;

impl Judge<'_> {
    pub(super) fn file(&mut self, tree: Spanned<Value>) -> Vec<Definition> {
        let mut found = Vec::new();
        let map = match tree.value {
            Value::Map(map) => map,
            other => {
                let message = format!("a permission file must hold an object, not {}", other.kind());
                self.refuse(
                    tree.place,
                    message,
                    "write `{ \"permission\": [{ \"identifier\": …, \"commands\": … }] }`",
                );
                return found;
            }
        };
        if map.is_empty() {
            let help = "write a permission, or remove the file";
            self.refuse(tree.place, "there is no permission in this file".into(), help);
        }
        for (key, value) in map {
            match (key.value.as_str(), value.value) {
                ("$schema", Value::String(_)) | ("default", Value::Null) => {}
                ("$schema", other) => self.wrong(value.place, "$schema", "a string", &other),
                ("default", Value::Map(map)) => {
                    let id = Spanned { value: "default".to_owned(), place: key.place };
                    found.extend(self.set(map, Some(id), &value.place));
                }
                ("default", other) => self.wrong(value.place, "default", "an object", &other),
                (name @ ("set" | "permission"), Value::List(list)) => {
                    for element in list {
                        let Value::Map(map) = element.value else {
                            let message = format!(
                                "an entry of `{name}` must be an object, not {}",
                                element.value.kind()
                            );
                            self.refuse(element.place, message, "write `{ \"identifier\": …, … }`");
                            continue;
                        };
                        found.extend(match name {
                            "set" => self.set(map, None, &element.place),
                            _ => self.permission(map, &element.place),
                        });
                    }
                }
                (name @ ("set" | "permission"), other) => {
                    let message = format!("`{name}` must be a list, not {}", other.kind());
                    self.refuse(
                        value.place,
                        message,
                        format!("write `[[{name}]]` in TOML, `\"{name}\": [..]` in JSON"),
                    );
                }
                // As the documentation of Tauri has it in places.
                (name @ ("identifier" | "commands" | "scope" | "platforms"), _) => {
                    let message = format!("the key `{name}` belongs in a permission, and not beside them");
                    let help = "write `[[permission]]` before it in TOML, `\"permission\": [{ .. }]` around it in JSON";
                    self.refuse(key.place, message, help);
                }
                _ => {
                    self.unknown(&key, "a permission file", &["default", "set", "permission"]);
                }
            }
        }
        found
    }

    /// A set, or `[default]`, which has its id from its key.
    fn set(&mut self, map: Map, default: Option<Spanned<String>>, place: &Place) -> Option<Definition> {
        let before = self.problems.len();
        let (holder, mut keys) = ("a permission set", vec!["identifier", "description", "permissions"]);
        if default.is_some() {
            keys = vec!["version", "description", "permissions"];
        }
        let (mut id, mut members) = (default, None);
        let is_default = id.is_some();
        let mut named = is_default;
        for (key, value) in map {
            match key.value.as_str() {
                "identifier" if !is_default => {
                    named = true;
                    id = self.identifier(value);
                }
                "version" if is_default => self.version(value),
                "description" => self.description(value),
                "permissions" => members = Some(self.strings("permissions", value, check_id).entries),
                _ => {
                    let holder = if is_default { "`default`" } else { holder };
                    named |= self.unknown(&key, holder, &keys) == Some("identifier");
                }
            }
        }
        if !named {
            self.refuse(place.clone(), format!("{holder} has no `identifier`"), "add `identifier`, its id");
        }
        if members.is_none() && self.problems.len() == before {
            let help = "add `permissions`, a list of ids";
            self.refuse(place.clone(), format!("{holder} has no `permissions`"), help);
        }
        let members = members?.into_iter().map(Member::Id).collect();
        (self.problems.len() == before).then_some(Definition { id: id?, platforms: Platforms::ALL, members })
    }

    fn permission(&mut self, map: Map, place: &Place) -> Option<Definition> {
        let before = self.problems.len();
        let (mut id, mut named, mut members, mut platforms) = (None, false, Vec::new(), None);
        for (key, value) in map {
            match key.value.as_str() {
                "identifier" => {
                    named = true;
                    id = self.identifier(value);
                }
                "version" => self.version(value),
                "description" => self.description(value),
                "commands" => members = self.commands(value),
                "scope" => self.scope(&key, value),
                "platforms" => platforms = self.platforms("the permission counts", value),
                _ => {
                    let keys = ["version", "identifier", "description", "commands", "scope", "platforms"];
                    named |= self.unknown(&key, "a permission", &keys) == Some("identifier");
                }
            }
        }
        if !named {
            let help = "add `identifier`, its id";
            self.refuse(place.clone(), "a permission has no `identifier`".into(), help);
        }
        let platforms = platforms.unwrap_or(Platforms::ALL);
        (self.problems.len() == before).then_some(Definition { id: id?, platforms, members })
    }

    fn identifier(&mut self, value: Spanned<Value>) -> Option<Spanned<String>> {
        let id = self.string("identifier", value)?;
        if id.value.contains(':') {
            let message =
                format!("`{}` has a prefix, which what a permission file defines has not", id.value);
            self.refuse(id.place, message, "write the last part of it alone");
            return None;
        }
        match check_id(&id.value) {
            Ok(()) => Some(id),
            Err((message, help)) => {
                self.problems.push(Problem { place: id.place, message, help });
                None
            }
        }
    }

    fn commands(&mut self, value: Spanned<Value>) -> Vec<Member> {
        let map = match value.value {
            Value::Map(map) => map,
            other => {
                self.wrong(value.place, "commands", "an object with `allow` and `deny`", &other);
                return Vec::new();
            }
        };
        let mut members = Vec::new();
        for (key, value) in map {
            match key.value.as_str() {
                "allow" => {
                    let commands = self.strings("allow", value, check_command).entries;
                    members.extend(commands.into_iter().map(Member::Allow));
                }
                "deny" => {
                    let commands = self.strings("deny", value, check_command).entries;
                    members.extend(commands.into_iter().map(Member::Deny));
                }
                _ => {
                    self.unknown(&key, "`commands`", &["allow", "deny"]);
                }
            }
        }
        members
    }

    /// What Tauri gives to a command beside its arguments, and nothing here would look at.
    fn scope(&mut self, key: &Spanned<String>, value: Spanned<Value>) {
        let map = match value.value {
            Value::Map(map) => map,
            other => return self.wrong(value.place, "scope", "an object", &other),
        };
        let mut says = false;
        for (key, value) in map {
            match (key.value.as_str(), value.value) {
                ("allow" | "deny", Value::Null) => {}
                ("allow" | "deny", Value::List(list)) => says |= !list.is_empty(),
                ("allow" | "deny", other) => self.wrong(value.place, &key.value, "a list", &other),
                _ => {
                    self.unknown(&key, "`scope`", &["allow", "deny"]);
                }
            }
        }
        if says {
            let help = "guard the commands with a permission type that has a scope, and write its entries where a capability\n      \
                        grants it: { \"identifier\": \"notes:read\", \"allow\": [..] }; a permission for commands that Tauri still\n      \
                        guards belongs in a file that is not listed";
            self.refuse(
                key.place.clone(),
                "a permission of a permission file has no `scope`: it stands for permissions of commands, which have none".into(),
                help,
            );
        }
    }

    fn version(&mut self, value: Spanned<Value>) {
        if !matches!(value.value, Value::Number(_) | Value::Null) {
            self.wrong(value.place, "version", "a number", &value.value);
        }
    }

    fn description(&mut self, value: Spanned<Value>) {
        if value.value != Value::Null {
            self.string("description", value);
        }
    }
}

fn check_command(name: &str) -> Result<(), (String, Option<String>)> {
    if name.is_empty() || name.contains(|c: char| c.is_control() || c == '`') {
        let message = "the name of a command is empty or has a character that cannot be printed in a message";
        return Err((
            message.to_owned(),
            Some("write the name of a command, such as `read_note`".to_owned()),
        ));
    }
    Ok(())
}
