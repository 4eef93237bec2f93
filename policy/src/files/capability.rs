//! From a tree of values to capabilities: which keys there are, what may stand in them, and what makes no sense in one
//! capability alone. What makes none beside other capabilities or in a program is for `world` to say.

use std::collections::{HashMap, HashSet};

use super::{Capability, Grant, Place, Problem, Spanned, Value};
use crate::origin::Pattern;
use crate::platform::{Platform, Platforms};
use crate::suggest::closest;
use crate::{id, label};

type Map = Vec<(Spanned<String>, Spanned<Value>)>;

const KEYS: [&str; 12] = [
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
        Value::Map(map) => judge.capability(map, tree.place).into_iter().collect(),
        other => {
            let message = format!("a capability file must hold an object or a list, not {}", other.kind());
            let help = "write `{ \"identifier\": …, \"windows\": […], \"permissions\": […] }`";
            judge.refuse(tree.place, message, help);
            Vec::new()
        }
    }
}

struct Judge<'a> {
    problems: &'a mut Vec<Problem>,
}

/// The values of a capability as far as they have been read.
#[derive(Default)]
struct Draft {
    identifier: Option<Spanned<String>>,
    description: String,
    windows: Listed,
    webviews: Listed,
    clients: Listed,
    local: Option<Spanned<bool>>,
    remote: Listed,
    platforms: Option<Platforms>,
    any_frame: bool,
    permissions: Option<Vec<Grant>>,
    deny: Listed,
}

/// The entries of a list that are well formed, and whether it is there at all: one whose entries are all wrong is not
/// empty as well.
#[derive(Default)]
struct Listed {
    entries: Vec<Spanned<String>>,
    written: bool,
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
        let Some(identifier) = draft.identifier.take() else {
            // A value of the wrong kind has been reported already, and leaves the key without one too.
            if !self.problems[before..].iter().any(|problem| problem.message.starts_with("`identifier`")) {
                let help = "add `identifier`, a name of your choice for this capability";
                self.refuse(place, "a capability has no `identifier`".into(), help);
            }
            return None;
        };
        self.whole(&draft, &identifier);
        if self.problems.len() > before {
            return None;
        }
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
            "identifier" => draft.identifier = self.name(name, value),
            "description" => {
                draft.description = self.string(name, value).map(|text| text.value).unwrap_or_default();
            }
            "windows" => draft.windows = self.strings(name, value, check_label),
            "webviews" => draft.webviews = self.strings(name, value, check_label),
            "clients" => draft.clients = self.strings(name, value, check_client),
            "local" => match value.value {
                Value::Bool(local) => draft.local = Some(Spanned { value: local, place: value.place }),
                other => {
                    self.wrong(value.place, name, "`true` or `false`", &other);
                    // It is there, so what depends on it is not reported as well.
                    draft.local = None;
                }
            },
            "remote" => draft.remote = self.remote(value),
            "platforms" => draft.platforms = self.platforms(value),
            "frames" => draft.any_frame = self.frames(value),
            "permissions" => draft.permissions = Some(self.permissions(value)),
            "deny" => {
                draft.deny = self.strings(name, value, check_id);
                let mut seen = HashSet::new();
                draft.deny.entries.retain(|entry| seen.insert(entry.value.clone()));
            }
            "optional" => {
                let message = "the key `optional` is not supported yet".into();
                self.refuse(key.place.clone(), message, "leave it out");
            }
            _ => self.unknown(key, "a capability", &KEYS),
        }
    }

    /// What only shows when all keys have been read.
    fn whole(&mut self, draft: &Draft, identifier: &Spanned<String>) {
        let name = &identifier.value;
        let place = || identifier.place.clone();
        let windows = draft.windows.written || draft.webviews.written;
        if !windows && !draft.clients.written {
            let message =
                format!("capability `{name}` has no `windows`, `webviews` or `clients`: it reaches nobody");
            self.refuse(
                place(),
                message,
                "add `windows`, such as `[\"main\"]`, or `clients` for what is no window",
            );
        }
        if let Some(Spanned { value: false, place }) = &draft.local
            && windows
            && !draft.remote.written
        {
            let message =
                format!("capability `{name}` has `local: false` and no `remote`: its windows reach nothing");
            self.refuse(
                place.clone(),
                message,
                "add `remote` with the origins it is for, or leave out `local`",
            );
        }
        match &draft.permissions {
            None if !draft.deny.written => {
                let message = format!("capability `{name}` has no `permissions`");
                self.refuse(place(), message, "add `permissions`, a list of what it grants, or `deny`");
            }
            _ => {}
        }
        let granted: HashMap<&str, &Place> = draft
            .permissions
            .iter()
            .flatten()
            .map(|grant| (grant.id.value.as_str(), &grant.id.place))
            .collect();
        for denied in &draft.deny.entries {
            if let Some(first) = granted.get(denied.value.as_str()) {
                let message =
                    format!("capability `{name}` both grants and denies `{}`, which denies it", denied.value);
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
                self.unknown(&key, "`remote`", &["urls"]);
            }
        }
        if !found {
            let help = "add `urls`, a list of origins such as `https://example.com`";
            self.refuse(value.place, "`remote` has no `urls`".into(), help);
        }
        listed
    }

    fn platforms(&mut self, value: Spanned<Value>) -> Option<Platforms> {
        let names = Platform::EVERY.map(Platform::name);
        let list = match value.value {
            Value::List(list) => list,
            Value::Null => return None,
            other => {
                self.wrong(value.place, "platforms", "a list of strings", &other);
                return None;
            }
        };
        if list.is_empty() {
            let help = "leave it out for all platforms";
            self.refuse(value.place, "`platforms` is empty: the capability applies nowhere".into(), help);
        }
        let mut platforms = Platforms::NONE;
        for entry in list {
            let Some(name) = self.string("platforms", entry) else { continue };
            if let Some(platform) = Platform::parse(&name.value) {
                platforms = platforms.with(platform);
            } else {
                let help = meant(&name.value, names, "the platforms are");
                self.refuse(name.place, format!("unknown platform `{}`", name.value), help);
            }
        }
        Some(platforms)
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

    fn permissions(&mut self, value: Spanned<Value>) -> Vec<Grant> {
        let Value::List(list) = value.value else {
            self.wrong(value.place, "permissions", "a list of ids and objects", &value.value);
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
                Value::Map(map) => self.grant(map, entry.place),
                other => {
                    let message =
                        format!("an entry of `permissions` must be an id or an object, not {}", other.kind());
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

    fn grant(&mut self, map: Map, place: Place) -> Option<Grant> {
        let (mut id, mut allow, mut deny, mut named) = (None, None, None, false);
        for (key, value) in map {
            match key.value.as_str() {
                "identifier" => {
                    named = true;
                    id = self.string("identifier", value);
                }
                "allow" => allow = Some(value),
                "deny" => deny = Some(value),
                _ => self.unknown(&key, "an entry of `permissions`", &["identifier", "allow", "deny"]),
            }
        }
        if !named {
            let help = "add `identifier`, the id of the permission";
            self.refuse(place, "an entry of `permissions` has no `identifier`".into(), help);
        }
        Some(Grant { id: id?, allow, deny, object: true })
    }

    /// A list of strings, each of which passes `check`.
    fn strings(&mut self, key: &str, value: Spanned<Value>, check: Check) -> Listed {
        let list = match value.value {
            Value::List(list) => list,
            other => {
                self.wrong(value.place, key, "a list of strings", &other);
                return Listed { entries: Vec::new(), written: true };
            }
        };
        let written = !list.is_empty();
        let mut entries = Vec::new();
        for entry in list {
            let Some(entry) = self.string(key, entry) else { continue };
            match check(&entry.value) {
                Ok(()) => entries.push(entry),
                Err((message, help)) => self.problems.push(Problem { place: entry.place, message, help }),
            }
        }
        Listed { entries, written }
    }

    /// The value of `key`, or an entry of the list under it.
    fn string(&mut self, key: &str, value: Spanned<Value>) -> Option<Spanned<String>> {
        match value.value {
            Value::String(text) => Some(Spanned { value: text, place: value.place }),
            other => {
                let expected = match key {
                    "$schema" | "identifier" | "description" | "frames" => "a string",
                    _ => "a list of strings",
                };
                self.wrong(value.place, key, expected, &other);
                None
            }
        }
    }

    fn name(&mut self, key: &str, value: Spanned<Value>) -> Option<Spanned<String>> {
        let name = self.string(key, value)?;
        if name.value.is_empty() || name.value.contains(|c: char| c.is_control() || c == '`') {
            let message = format!("`{key}` is empty or has a character that cannot be printed in a message");
            self.refuse(name.place, message, "write a name such as `main`");
            return None;
        }
        Some(name)
    }

    fn unknown(&mut self, key: &Spanned<String>, holder: &str, known: &[&'static str]) {
        let help = meant(&key.value, known.iter().copied(), "its keys are");
        self.refuse(key.place.clone(), format!("unknown key `{}` in {holder}", key.value), help);
    }

    fn wrong(&mut self, place: Place, key: &str, expected: &str, found: &Value) {
        let help = match found {
            Value::String(text) if expected.starts_with("a list") => Some(format!("write `[{text:?}]`")),
            _ => None,
        };
        self.problems.push(Problem {
            place,
            message: format!("`{key}` must be {expected}, not {}", found.kind()),
            help,
        });
    }

    fn none(&mut self, place: &Place) {
        let help = "write a capability, or remove the file";
        self.refuse(place.clone(), "there is no capability in this file".into(), help);
    }

    fn refuse(&mut self, place: Place, message: String, help: impl Into<String>) {
        self.problems.push(Problem { place, message, help: Some(help.into()) });
    }
}

/// What is wrong with a string, and what to write.
type Check = fn(&str) -> Result<(), (String, Option<String>)>;

fn check_label(glob: &str) -> Result<(), (String, Option<String>)> {
    label::check(glob).map_err(|error| (format!("`{glob}` is not a label glob: {}", error.message()), None))
}

fn check_client(name: &str) -> Result<(), (String, Option<String>)> {
    if !label::is_literal(name) {
        let help = "write an entry for each client".to_owned();
        return Err((format!("`{name}` is not the name of a client: a client is named exactly"), Some(help)));
    }
    label::check(name)
        .map_err(|error| (format!("`{name}` is not the name of a client: {}", error.message()), None))
}

fn check_id(text: &str) -> Result<(), (String, Option<String>)> {
    id::check(text).map_err(|error| (format!("`{text}` is not a permission id: {}", error.message()), None))
}

fn check_origin(text: &str) -> Result<(), (String, Option<String>)> {
    match Pattern::parse(text) {
        Ok(_) => Ok(()),
        Err(error) => Err((error.message().to_owned(), Some(error.help().to_owned()))),
    }
}

/// The name that was meant, or all there are.
fn meant(wrong: &str, known: impl IntoIterator<Item = &'static str> + Clone, all: &str) -> String {
    if let Some(name) = closest(wrong, known.clone()) {
        return format!("did you mean `{name}`?");
    }
    let names: Vec<String> = known.into_iter().map(|name| format!("`{name}`")).collect();
    format!("{all} {}", names.join(", "))
}
