//! From a capability file to what Tauri is given of it. Whether what is left out means anything is for `authority!` to say.

use std::collections::BTreeMap;

use portcullis_policy::files::{
    Place, Problem, Spanned, Value,
    unread::{self, Guard},
};
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
        let owner = self.known.owner(&id.value);
        if owner == Owner::Portcullis {
            self.ids.entry(id.value).or_insert(id.place);
            return None;
        }
        let Value::Map(map) = &entry.value else { return Some(self.json(entry)) };
        let mut copy = serde_json::Map::new();
        for (key, value) in map {
            let whole = key.value == "allow" && value.value == Value::String("all".into());
            // A command that has moved to Portcullis may have its id in the app manifest still.
            if whole && owner == Owner::AppManifest {
                continue;
            }
            if whole {
                self.problems.push(unread::all(Guard::Tauri, &id.value, value));
            }
            copy.insert(key.value.clone(), self.json(value));
        }
        Some(Json::Object(copy))
    }

    /// An entry of `deny`. What Tauri never hears of, it does not deny.
    fn denied(&mut self, entry: &Spanned<Value>) {
        let Some(id) = id(entry) else { return };
        match self.known.owner(&id.value) {
            Owner::Portcullis => {
                self.ids.entry(id.value).or_insert(id.place);
            }
            Owner::Plugin => self.problems.push(unread::denied(Guard::Tauri, &id, "")),
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
            Owner::Plugin => self.problems.push(unread::optional(Guard::Tauri, &id, "")),
            Owner::AppManifest => {
                let message = format!(
                    "Tauri's app manifest has `{}`, and Tauri has no `optional`: it would refuse the command before \
                     Portcullis is asked",
                    id.value
                );
                let help = format!(
                    "guard the command by a permission with another id: `#[derive(Permission)] #[permission(id = \"app:{0}\")] \
                     struct Optional;` and `#[command(permission(Optional))]`; list `app:{0}` here, and `{0}` in `permissions` \
                     for Tauri",
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use portcullis_policy::files::parse;
    use serde_json::{Value as Json, json};
    use tauri_utils::acl::capability::CapabilityFile;

    use super::Strip;
    use crate::known::{Known, matching, name};

    /// What Tauri is given of a text, what is Portcullis's, and what is wrong.
    fn strip(file: &str, text: &str, known: &Known) -> (Json, Vec<String>, Vec<String>) {
        let mut strip = Strip::new(known);
        let copy = strip.file(&parse(file, text).unwrap());
        let problems = strip.problems.iter().map(ToString::to_string).collect();
        (copy, strip.ids.into_keys().collect(), problems)
    }

    /// As many applications have it, and with permissions of its own.
    const DEFAULT: &str = r#"{
        "$schema": "../gen/schemas/desktop-schema.json",
        "identifier": "default",
        "description": "Capability for the main window",
        "windows": ["main", "settings-*"],
        "remote": { "urls": ["http://localhost:3000/*"] },
        "permissions": [
            "core:default",
            "library:read",
            { "identifier": "shell:allow-execute", "allow": [{
                "name": "binaries/ffmpeg", "sidecar": true, "args": ["-i", { "validator": "\\S+" }, 1.5, -3, null]
            }] },
            { "identifier": "library:import", "allow": "all" },
            "updater:default",
            "allow-greet",
            "allow-moved"
        ]
    }"#;

    #[test]
    fn what_is_tauris_stays_as_it_is() {
        let known = Known::new(&["shell", "updater"], &["allow-greet"]);
        let (copy, ids, problems) = strip("default.json", DEFAULT, &known);
        assert_eq!(problems, [""; 0]);
        assert_eq!(ids, ["allow-moved", "library:import", "library:read"]);
        let mut expected: Json = serde_json::from_str(DEFAULT).unwrap();
        let list = expected["permissions"].as_array_mut().unwrap();
        list.retain(|entry| {
            !["library:read", "allow-moved"].map(|id| json!(id)).contains(entry)
                && entry["identifier"] != "library:import"
        });
        assert_eq!(copy, expected);
        assert_eq!(
            copy.as_object().unwrap().keys().collect::<Vec<_>>(),
            ["$schema", "identifier", "description", "windows", "remote", "permissions"]
        );
    }

    #[test]
    fn our_keys_go_and_tauri_has_its_list() {
        let known = Known::default();
        let text = r#"[
            { "identifier": "a", "clients": ["x"], "permissions": ["a:b"] },
            { "identifier": "b", "windows": ["x"], "deny": ["a:c"], "frames": "any" },
            { "identifier": "c", "windows": ["x"], "optional": ["a:d", { "identifier": "a:e", "allow": [] }] },
        ]"#;
        let (copy, ids, problems) = strip("main.json", text, &known);
        assert_eq!(problems, [""; 0]);
        assert_eq!(ids, ["a:b", "a:c", "a:d", "a:e"]);
        assert_eq!(
            copy,
            json!([
                { "identifier": "a", "permissions": [] },
                { "identifier": "b", "windows": ["x"], "permissions": [] },
                { "identifier": "c", "windows": ["x"], "permissions": [] },
            ])
        );
    }

    #[test]
    fn a_moved_command_may_be_granted_whole_while_tauri_knows_it() {
        let known = Known::new(&[], &["allow-open"]);
        let text = r#"{ "identifier": "a", "windows": ["x"],
            "permissions": [{ "identifier": "allow-open", "allow": "all", "deny": ["x"] }], "deny": ["allow-open"] }"#;
        let (copy, ids, problems) = strip("main.json", text, &known);
        assert_eq!((ids, problems), (vec![], vec![]));
        assert_eq!(copy["permissions"], json!([{ "identifier": "allow-open", "deny": ["x"] }]));
    }

    #[test]
    fn what_tauri_would_never_hear_of_is_refused() {
        let known = Known::new(&["fs"], &["allow-open"]);
        let text = r#"{ "identifier": "a", "windows": ["x"], "permissions": [],
"optional": ["allow-open"],
"deny": ["core:default", { "identifier": "fs:allow-read-file" }] }"#;
        let (_, _, problems) = strip("main.json", text, &known);
        assert_eq!(
            problems,
            [
                "Tauri's app manifest has `allow-open`, and Tauri has no `optional`: it would refuse the command before \
                 Portcullis is asked\n  --> main.json:2:14\nhelp: guard the command by a permission with another id: \
                 `#[derive(Permission)] #[permission(id = \"app:allow-open\")] struct Optional;` and \
                 `#[command(permission(Optional))]`; list `app:allow-open` here, and `allow-open` in `permissions` for Tauri",
                "`core:default` is Tauri's, which has no `deny`: this would deny nothing\n  --> main.json:3:10\nhelp: write in \
                 `permissions` what denies its commands, such as `fs:deny-write-file`",
                "`fs:allow-read-file` is Tauri's, which has no `deny`: this would deny nothing\n  --> main.json:3:42\nhelp: \
                 write `fs:deny-read-file` in `permissions`, which denies the command",
            ]
        );
    }

    #[test]
    fn what_tauri_cannot_read_has_a_place() {
        let known = Known::default();
        for (text, problem) in [
            ("\n 3", "invalid type: integer `3`, expected struct Capability\n  --> main.json:2:2"),
            (
                r#"{ "identifier": "a", "permissions": [{ "identifier": "core:default", "deny": "all" }] }"#,
                "invalid type: string \"all\", expected a sequence\n  --> main.json:1:1",
            ),
            (
                r#"{ "capabilities": [ { "permissions": [] } ] }"#,
                "missing field `identifier`\n  --> main.json:1:21",
            ),
            (
                r#"{ "identifier": "a", "permissions": ["core:a_b"] }"#,
                "invalid plugin or permission identifier 'core:a_b': identifiers can only include lowercase ASCII, hyphens \
                 which are not leading or trailing, and a single colon if using a prefix\n  --> main.json:1:1",
            ),
        ] {
            let (_, _, problems) = strip("main.json", text, &known);
            assert_eq!(problems, [format!("Tauri cannot read this capability: {problem}")]);
        }
    }

    /// Real files, from a folder beside the workspace that is not part of it: to who knows all permissions as Tauri's, a copy
    /// means to Tauri what the file means.
    #[test]
    fn copies_of_real_files_mean_the_same() {
        let Some(root) = corpus() else {
            println!(
                "passed over: PORTCULLIS_CORPUS is not set, and there is no corpus beside the workspace"
            );
            return;
        };
        let mut compared = 0;
        for path in matching(&root, "**/capabilities/**/*", &["json", "toml"]).unwrap() {
            let Ok(original) = CapabilityFile::load(&path) else { continue };
            let name = name(&root, &path);
            let text = fs::read_to_string(&path).unwrap();
            let tree = parse(&name, &text).unwrap();
            let ids: Vec<&str> = text.split(['"', '\'']).collect();
            let prefixes: Vec<&str> =
                ids.iter().filter_map(|id| id.split_once(':')).map(|(prefix, _)| prefix).collect();
            let known = Known::new(&prefixes, &ids);
            let mut strip = Strip::new(&known);
            let copy = strip.file(&tree);
            assert!(strip.ids.is_empty() && strip.problems.is_empty(), "{name}: {strip:?}");
            let list = |file| match file {
                CapabilityFile::Capability(one) => vec![one],
                CapabilityFile::List(list) | CapabilityFile::NamedList { capabilities: list } => list,
            };
            assert!(list(serde_json::from_value(copy).unwrap()) == list(original), "{name}");
            compared += 1;
        }
        println!("compared: {compared}");
        assert!(compared > 80, "{compared}");
    }

    /// Where the real files are, if they are anywhere.
    fn corpus() -> Option<PathBuf> {
        let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/corpus");
        match std::env::var_os("PORTCULLIS_CORPUS") {
            Some(named) => Some(PathBuf::from(named).join("apps")),
            None => Some(beside().join("apps")).filter(|apps| apps.is_dir()),
        }
    }
}
