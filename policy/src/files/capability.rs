//! From a tree of values to capabilities: which keys there are, what may stand in them, and what makes no sense in one
//! capability alone. What makes none beside other capabilities or in a program is for `world` to say.

use std::collections::{HashMap, HashSet};

use super::fields::{Judge, Listed, check_client, check_id, check_label, check_origin};
use super::{Capability, Grant, Place, Problem, Spanned, Value};
use crate::platform::Platforms;
use crate::suggest::closest;

type Map = Vec<(Spanned<String>, Spanned<Value>)>;

const KEYS: [&str; 13] = [
    "$schema",
    "identifier",
    "description",
    "windows",
    "webviews",
    "clients",
    "local",
    "remote",
    "platforms",
    "frames",
    "permissions",
    "optional",
    "deny",
];

/// The capabilities of a whole file: one, a list, or a list under `capabilities`.
pub(super) fn read_root(tree: Spanned<Value>, problems: &mut Vec<Problem>) -> Vec<Capability> {
    let mut judge = Judge { problems };
    match tree.value {
        Value::List(list) => judge.capabilities(list, &tree.place),
        Value::Map(map) if map.is_empty() => {
            judge.none(&tree.place);
            Vec::new()
        }
        Value::Map(map) if map.iter().any(|(key, _)| key.value == "capabilities") => {
            let mut found = Vec::new();
            for (key, value) in map {
                match (key.value.as_str(), value.value) {
                    ("capabilities", Value::List(list)) => found = judge.capabilities(list, &key.place),
                    ("capabilities", other) => {
                        let message =
                            format!("`capabilities` must be a list of capabilities, not {}", other.kind());
                        judge.refuse(value.place, message, "write each capability as an element of it");
                    }
                    ("$schema", Value::String(_)) => {}
                    ("$schema", other) => judge.wrong(value.place, "$schema", "a string", &other),
                    (name, _) => {
                        let message = format!("the key `{name}` may not stand beside `capabilities`");
                        judge.refuse(key.place, message, "move it into a capability of the list");
                    }
                }
            }
            found
        }
        Value::Map(map) => match misspelt_list(&map) {
            Some(key) => {
                judge.unknown(key, "a capability file", &["capabilities"]);
                Vec::new()
            }
            None => judge.capability(map, tree.place).into_iter().collect(),
        },
        other => {
            let message = format!("a capability file must hold an object or a list, not {}", other.kind());
            let help = "write `{ \"identifier\": …, \"windows\": […], \"permissions\": […] }`";
            judge.refuse(tree.place, message, help);
            Vec::new()
        }
    }
}

/// The key that was to be `capabilities`, in what is no capability itself.
fn misspelt_list(map: &Map) -> Option<&Spanned<String>> {
    let mut keys = map.iter().map(|(key, _)| key);
    if keys.clone().any(|key| key.value == "identifier") {
        return None;
    }
    keys.find(|key| closest(&key.value, ["capabilities"]).is_some())
}

/// The values of a capability as far as they have been read.
#[derive(Default)]
struct Draft {
    identifier: Option<Spanned<String>>,
    /// Whether the key is there, whatever its value.
    named: bool,
    description: String,
    windows: Listed,
    webviews: Listed,
    clients: Listed,
    local: Option<Spanned<bool>>,
    remote: Listed,
    platforms: Option<Platforms>,
    any_frame: bool,
    permissions: Option<Vec<Grant>>,
    optional: Vec<Grant>,
    /// Whether `permissions` or `optional` is written and not empty.
    grants: bool,
    deny: Listed,
    /// Keys that were meant, but misspelt: they are not missing as well.
    misspelt: Vec<&'static str>,
}

impl Judge<'_> {
    fn capabilities(&mut self, list: Vec<Spanned<Value>>, place: &Place) -> Vec<Capability> {
        if list.is_empty() {
            self.none(place);
        }
        let mut found = Vec::new();
        for element in list {
            match element.value {
                Value::Map(map) => found.extend(self.capability(map, element.place)),
                other => {
                    let message = format!("a capability must be an object, not {}", other.kind());
                    self.refuse(
                        element.place,
                        message,
                        "write `{ \"identifier\": …, \"permissions\": […] }`",
                    );
                }
            }
        }
        found
    }

    fn capability(&mut self, map: Map, place: Place) -> Option<Capability> {
        let before = self.problems.len();
        let mut draft = Draft::default();
        for (key, value) in map {
            self.key(&mut draft, &key, value);
        }
        if !draft.named && !draft.misspelt.contains(&"identifier") {
            let help = "add `identifier`, a name of your choice for this capability";
            self.refuse(place.clone(), "a capability has no `identifier`".into(), help);
        }
        self.whole(&draft, &place);
        if self.problems.len() > before {
            return None;
        }
        let identifier = draft.identifier?;
        Some(Capability {
            identifier,
            description: draft.description,
            windows: draft.windows.entries,
            webviews: draft.webviews.entries,
            clients: draft.clients.entries,
            local: draft.local.is_none_or(|local| local.value),
            remote: draft.remote.entries,
            platforms: draft.platforms.unwrap_or(Platforms::ALL),
            any_frame: draft.any_frame,
            permissions: draft.permissions.unwrap_or_default(),
            optional: draft.optional,
            deny: draft.deny.entries,
            place,
        })
    }

    fn key(&mut self, draft: &mut Draft, key: &Spanned<String>, value: Spanned<Value>) {
        let name = key.value.as_str();
        match name {
            "$schema" => {
                self.string(name, value);
            }
            "identifier" => {
                draft.named = true;
                draft.identifier = self.name(name, value);
            }
            "description" => {
                draft.description = self.string(name, value).map(|text| text.value).unwrap_or_default();
            }
            "windows" => draft.windows = self.strings(name, value, check_label),
            "webviews" => draft.webviews = self.strings(name, value, check_label),
            "clients" => draft.clients = self.strings(name, value, check_client),
            "local" => match value.value {
                Value::Bool(local) => draft.local = Some(Spanned { value: local, place: value.place }),
                other => self.wrong(value.place, name, "`true` or `false`", &other),
            },
            "remote" => draft.remote = self.remote(value),
            "platforms" => draft.platforms = self.platforms("the capability applies", value),
            "frames" => draft.any_frame = self.frames(value),
            "permissions" => {
                draft.grants |= !matches!(&value.value, Value::List(list) if list.is_empty());
                draft.permissions = Some(self.permissions(name, value));
            }
            "deny" => {
                draft.deny = self.strings(name, value, check_id);
                let mut seen = HashSet::new();
                draft.deny.entries.retain(|entry| seen.insert(entry.value.clone()));
            }
            "optional" => {
                draft.grants |= !matches!(&value.value, Value::List(list) if list.is_empty());
                draft.optional = self.permissions(name, value);
            }
            _ => draft.misspelt.extend(self.unknown(key, "a capability", &KEYS)),
        }
    }

    /// What only shows when all keys have been read.
    fn whole(&mut self, draft: &Draft, start: &Place) {
        let (name, place) = match &draft.identifier {
            Some(identifier) => (format!("capability `{}`", identifier.value), &identifier.place),
            None => ("a capability".into(), start),
        };
        let has = |listed: &Listed, key| listed.written || draft.misspelt.contains(&key);
        let windows = has(&draft.windows, "windows") || has(&draft.webviews, "webviews");
        if !windows && !has(&draft.clients, "clients") {
            let message = format!("{name} has no `windows`, `webviews` or `clients`: it reaches nobody");
            self.refuse(
                place.clone(),
                message,
                "add `windows`, such as `[\"main\"]`, or `clients` for what is no window",
            );
        }
        if let Some(Spanned { value: false, place }) = &draft.local
            && windows
            && !has(&draft.remote, "remote")
        {
            let message = format!("{name} has `local: false` and no `remote`: its windows reach nothing");
            self.refuse(
                place.clone(),
                message,
                "add `remote` with the origins it is for, or leave out `local`",
            );
        }
        if !draft.grants && !has(&draft.deny, "deny") && !draft.misspelt.contains(&"permissions") {
            let message = match draft.permissions {
                Some(_) => format!("{name} grants nothing and denies nothing"),
                None => format!("{name} has no `permissions`"),
            };
            self.refuse(place.clone(), message, "add `permissions`, a list of what it grants, or `deny`");
        }
        let granted: HashMap<&str, &Place> = draft
            .permissions
            .iter()
            .flatten()
            .chain(&draft.optional)
            .map(|grant| (grant.id.value.as_str(), &grant.id.place))
            .collect();
        for denied in &draft.deny.entries {
            if let Some(first) = granted.get(denied.value.as_str()) {
                let message = format!("{name} both grants and denies `{}`, which denies it", denied.value);
                let help = format!("it is granted at {first}; keep one of them");
                self.refuse(denied.place.clone(), message, help);
            }
        }
    }

    fn remote(&mut self, value: Spanned<Value>) -> Listed {
        let mut listed = Listed { entries: Vec::new(), written: true };
        let map = match value.value {
            Value::Map(map) => map,
            // Tauri reads `null` as if the key were not there.
            Value::Null => return Listed::default(),
            other => {
                self.wrong(value.place, "remote", "an object with the key `urls`", &other);
                return listed;
            }
        };
        let mut found = false;
        for (key, value) in map {
            if key.value == "urls" {
                found = true;
                let place = value.place.clone();
                let empty = matches!(&value.value, Value::List(list) if list.is_empty());
                listed.entries = self.strings("urls", value, check_origin).entries;
                if empty {
                    let help = "add an origin such as `https://example.com`, or leave out `remote`";
                    self.refuse(place, "`urls` of `remote` is empty".into(), help);
                }
            } else {
                found |= self.unknown(&key, "`remote`", &["urls"]).is_some();
            }
        }
        if !found {
            let help = "add `urls`, a list of origins such as `https://example.com`";
            self.refuse(value.place, "`remote` has no `urls`".into(), help);
        }
        listed
    }

    fn frames(&mut self, value: Spanned<Value>) -> bool {
        let Some(frames) = self.string("frames", value) else { return false };
        match frames.value.as_str() {
            "any" => return true,
            "main" => {}
            other => {
                let message = format!("`frames` must be `main` or `any`, not `{other}`");
                self.refuse(frames.place, message, "write `any` to admit sub-frames, or leave it out");
            }
        }
        false
    }

    fn permissions(&mut self, key: &str, value: Spanned<Value>) -> Vec<Grant> {
        let Value::List(list) = value.value else {
            self.wrong(value.place, key, "a list of ids and objects", &value.value);
            return Vec::new();
        };
        let mut seen = HashSet::new();
        let mut grants = Vec::new();
        for entry in list {
            let grant = match entry.value {
                Value::String(id) => {
                    let id = Spanned { value: id, place: entry.place };
                    Some(Grant { id, allow: None, deny: None, object: false })
                }
                Value::Map(map) => self.grant(key, map, entry.place),
                other => {
                    let message =
                        format!("an entry of `{key}` must be an id or an object, not {}", other.kind());
                    self.refuse(entry.place, message, "write an id such as `\"notes:read\"`");
                    None
                }
            };
            let Some(grant) = grant else { continue };
            if let Err((message, help)) = check_id(&grant.id.value) {
                self.problems.push(Problem { place: grant.id.place, message, help });
                continue;
            }
            // Real files name a permission twice, which does no harm.
            if grant.object || seen.insert(grant.id.value.clone()) {
                grants.push(grant);
            }
        }
        grants
    }

    fn grant(&mut self, list: &str, map: Map, place: Place) -> Option<Grant> {
        let (mut id, mut allow, mut deny, mut named) = (None, None, None, false);
        for (key, value) in map {
            match key.value.as_str() {
                "identifier" => {
                    named = true;
                    id = self.string("identifier", value);
                }
                "allow" => allow = Some(value),
                "deny" => deny = Some(value),
                _ => {
                    let keys = ["identifier", "allow", "deny"];
                    named |=
                        self.unknown(&key, &format!("an entry of `{list}`"), &keys) == Some("identifier");
                }
            }
        }
        if !named {
            let help = "add `identifier`, the id of the permission";
            self.refuse(place, format!("an entry of `{list}` has no `identifier`"), help);
        }
        Some(Grant { id: id?, allow, deny, object: true })
    }

    fn none(&mut self, place: &Place) {
        let help = "write a capability, or remove the file";
        self.refuse(place.clone(), "there is no capability in this file".into(), help);
    }
}
