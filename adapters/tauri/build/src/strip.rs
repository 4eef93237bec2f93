//! From a capability file to what Tauri is given of it. Whether what is left out means anything is for `authority!` to say.

use std::collections::BTreeMap;

use portcullis_policy::files::{Place, Problem, Spanned, Value};
use serde_json::Value as Json;
use tauri_utils::acl::capability::Capability;

use crate::known::{Known, Owner};

/// The keys of a capability that Portcullis has and Tauri has not.
pub(crate) const OURS: [&str; 4] = ["clients", "deny", "frames", "optional"];

/// Walks through capabilities, and takes note of what it finds.
#[derive(Debug)]
pub(crate) struct Strip<'a> {
    known: &'a Known,
    /// The ids that are Portcullis's, each with the first place where it stands.
    pub(crate) ids: BTreeMap<String, Place>,
    /// The keys that are Portcullis's.
    pub(crate) keys: Vec<Spanned<String>>,
    /// What would be understood as something else than it says.
    pub(crate) problems: Vec<Problem>,
}

impl<'a> Strip<'a> {
    pub(crate) fn new(known: &'a Known) -> Self {
        Self { known, ids: BTreeMap::new(), keys: Vec::new(), problems: Vec::new() }
    }

    /// A whole file: one capability, a list, or a list under `capabilities`.
    pub(crate) fn file(&mut self, tree: &Spanned<Value>) -> Json {
        match &tree.value {
            Value::List(list) => self.capabilities(list),
            Value::Map(map) if map.iter().any(|(key, _)| key.value == "capabilities") => map
                .iter()
                .map(|(key, value)| match &value.value {
                    Value::List(list) if key.value == "capabilities" => {
                        (key.value.clone(), self.capabilities(list))
                    }
                    _ => (key.value.clone(), self.json(value)),
                })
                .collect(),
            _ => self.capability(tree),
        }
    }

    fn capabilities(&mut self, list: &[Spanned<Value>]) -> Json {
        list.iter().map(|capability| self.capability(capability)).collect()
    }

    /// One capability.
    pub(crate) fn capability(&mut self, tree: &Spanned<Value>) -> Json {
        let before = self.problems.len();
        let copy = match &tree.value {
            Value::Map(map) => self.keys(map),
            _ => self.json(tree),
        };
        // Tauri's reader names no file.
        if self.problems.len() == before
            && let Err(error) = serde_json::from_value::<Capability>(copy.clone())
        {
            self.refuse(&tree.place, format!("Tauri cannot read this capability: {error}"), None);
        }
        copy
    }

    fn keys(&mut self, map: &[(Spanned<String>, Spanned<Value>)]) -> Json {
        let mut copy = serde_json::Map::new();
        let mut granting = false;
        for (key, value) in map {
            let name = key.value.as_str();
            if OURS.contains(&name) {
                self.keys.push(key.clone());
            }
            match (name, &value.value) {
                ("deny", Value::List(list)) => {
                    granting = true;
                    for entry in list {
                        self.denied(entry);
                    }
                }
                ("optional", Value::List(list)) => {
                    granting = true;
                    for entry in list {
                        self.optional(entry);
                    }
                }
                ("permissions", Value::List(list)) => {
                    let kept = list.iter().filter_map(|entry| self.granted(entry)).collect();
                    copy.insert(name.into(), kept);
                }
                _ if OURS.contains(&name) => {}
                _ => {
                    copy.insert(name.into(), self.json(value));
                }
            }
        }
        if granting {
            // Tauri wants the key, and takes an empty list. `tauri.conf.json` may name the capability.
            copy.entry("permissions").or_insert_with(|| Json::Array(Vec::new()));
        }
        Json::Object(copy)
    }

    /// An entry of `permissions`, if it is Tauri's.
    fn granted(&mut self, entry: &Spanned<Value>) -> Option<Json> {
        let Some(id) = id(entry) else { return Some(self.json(entry)) };
        if self.known.owner(&id.value) == Owner::Portcullis {
            self.ids.entry(id.value).or_insert(id.place);
            return None;
        }
        if let Value::Map(map) = &entry.value {
            for (key, value) in map {
                if let ("allow" | "deny", Value::String(text)) = (key.value.as_str(), &value.value) {
                    self.refuse(
                        &value.place,
                        format!(
                            "`{}` is Tauri's, whose `{}` is a list: only a permission of Portcullis takes {text:?}",
                            id.value, key.value
                        ),
                        Some(format!("write \"{}\": [..]", key.value)),
                    );
                }
            }
        }
        Some(self.json(entry))
    }

    /// An entry of `deny`. What Tauri never hears of, it does not deny.
    fn denied(&mut self, entry: &Spanned<Value>) {
        let Some(id) = id(entry) else { return };
        match self.known.owner(&id.value) {
            Owner::Portcullis => {
                self.ids.entry(id.value).or_insert(id.place);
            }
            Owner::Plugin => {
                let instead = id.value.replacen(":allow-", ":deny-", 1);
                let help = if instead == id.value {
                    "grant a permission in `permissions` that denies its commands, such as `fs:deny-write-file`".into()
                } else {
                    format!("grant `{instead}` in `permissions`, which denies the command")
                };
                let message =
                    format!("`{}` is Tauri's, which has no `deny`: this would deny nothing", id.value);
                self.refuse(&id.place, message, Some(help));
            }
            // Portcullis may have it too, and denies it then.
            Owner::AppManifest => {}
        }
    }

    /// An entry of `optional`. Tauri grants a permission or does not: nothing is switched there.
    fn optional(&mut self, entry: &Spanned<Value>) {
        let Some(id) = id(entry) else { return };
        match self.known.owner(&id.value) {
            Owner::Portcullis => {
                self.ids.entry(id.value).or_insert(id.place);
            }
            Owner::Plugin => {
                let message = format!(
                    "`{}` is Tauri's, which has no `optional`: this would never be granted",
                    id.value
                );
                self.refuse(&id.place, message, Some("move it to `permissions`".into()));
            }
            Owner::AppManifest => {
                let message = format!(
                    "Tauri's app manifest has `{}`, and Tauri has no `optional`: it would refuse the command before \
                     Portcullis is asked",
                    id.value
                );
                let help = format!(
                    "give the command a permission of another name, such as `#[command(permission(\"app:{0}\"))]`, list that \
                     here, and `{0}` in `permissions` for Tauri",
                    id.value
                );
                self.refuse(&id.place, message, Some(help));
            }
        }
    }

    fn json(&mut self, value: &Spanned<Value>) -> Json {
        match &value.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::String(text) => Json::String(text.clone()),
            Value::Number(text) => text.parse().map_or_else(
                |_| {
                    self.refuse(&value.place, format!("the number `{text}` is too large"), None);
                    Json::Null
                },
                Json::Number,
            ),
            Value::List(list) => list.iter().map(|entry| self.json(entry)).collect(),
            Value::Map(map) => map.iter().map(|(key, value)| (key.value.clone(), self.json(value))).collect(),
        }
    }

    fn refuse(&mut self, place: &Place, message: String, help: Option<String>) {
        self.problems.push(Problem { place: place.clone(), message, help });
    }
}

/// The id of an entry: a string, or the `identifier` of an object.
fn id(entry: &Spanned<Value>) -> Option<Spanned<String>> {
    match &entry.value {
        Value::String(id) => Some(Spanned { value: id.clone(), place: entry.place.clone() }),
        Value::Map(map) => match map.iter().find(|(key, _)| key.value == "identifier") {
            Some((_, Spanned { value: Value::String(id), place })) => {
                Some(Spanned { value: id.clone(), place: place.clone() })
            }
            _ => None,
        },
        _ => None,
    }
}
