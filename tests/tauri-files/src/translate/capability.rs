//! Capability files.

use std::collections::BTreeSet;

use portcullis_policy::{
    files::permissions::Permissions,
    label,
    platform::{self, Platform},
};
use serde_json::{Map, Value as Json};

use super::{Platforms, Translation, id, text};
use crate::{differences::Difference, theirs, tree, world::File};

const KEYS: [&str; 9] = [
    "$schema",
    "identifier",
    "description",
    "windows",
    "webviews",
    "local",
    "remote",
    "platforms",
    "permissions",
];

impl Translation {
    /// Translates a capability file. The ids that it has go into `granted`.
    pub(super) fn capability_file(
        &mut self,
        file: &File,
        definitions: &Permissions,
        platforms: &Platforms,
        granted: &mut BTreeSet<String>,
    ) {
        let tree = match tree::read(file) {
            Ok(tree) => tree,
            Err(problems) => return self.unreadable(file, &problems),
        };
        let list = match tree {
            Json::Array(list) => list,
            Json::Object(mut map) if map.contains_key("capabilities") => {
                self.keep(&mut map, &["$schema", "capabilities"], file);
                match map.remove("capabilities") {
                    Some(Json::Array(list)) => list,
                    _ => Vec::new(),
                }
            }
            other => vec![other],
        };
        let mut kept = Vec::new();
        for mut capability in list {
            if let Some(map) = capability.as_object_mut()
                && self.capability(map, file, definitions, platforms)
            {
                kept.push(capability);
            }
        }
        for capability in &kept {
            let ids = capability["permissions"].as_array().into_iter().flatten();
            granted.extend(ids.filter_map(|id| id.as_str().map(str::to_owned)));
        }
        if !kept.is_empty() {
            let name = format!("{}.json", file.name);
            self.capabilities.push(File { name, text: Json::Array(kept).to_string() });
        }
    }

    /// Takes out of a capability what we refuse. Says whether anything is left.
    fn capability(
        &mut self,
        map: &mut Map<String, Json>,
        file: &File,
        definitions: &Permissions,
        platforms: &Platforms,
    ) -> bool {
        self.keep(map, &KEYS, file);
        for key in ["windows", "webviews"] {
            self.strings(map.get_mut(key), Difference::LabelGlob, file, |glob| label::check(glob).is_ok());
        }
        if let Some(remote) = map.get_mut("remote").and_then(Json::as_object_mut) {
            self.keep(remote, &["urls"], file);
            let mut refused = Vec::new();
            if let Some(urls) = remote.get_mut("urls").and_then(Json::as_array_mut) {
                urls.retain(|url| {
                    let url = url.as_str().unwrap_or_default();
                    let difference = theirs::refused_as(url);
                    refused.extend(difference.map(|difference| (difference, url.to_owned())));
                    difference.is_none()
                });
                if urls.is_empty() {
                    map.remove("remote");
                }
            }
            for (difference, url) in refused {
                self.found(difference, file, url);
            }
        }
        let name = text(map, "identifier").to_owned();
        let is_empty = |map: &Map<String, Json>, key: &str| {
            map.get(key).and_then(Json::as_array).is_none_or(Vec::is_empty)
        };
        let is_dead =
            map.get("local") == Some(&Json::Bool(false)) && map.get("remote").is_none_or(Json::is_null);
        if is_empty(map, "windows") && is_empty(map, "webviews") || is_dead {
            self.found(Difference::ReachesNobody, file, name);
            return false;
        }
        platforms.swap(map.get_mut("platforms"));
        if is_empty(map, "permissions") {
            self.found(Difference::SaysNothing, file, name);
            return false;
        }
        let here = on(map);
        let Some(list) = map.get_mut("permissions").and_then(Json::as_array_mut) else { return false };
        list.retain_mut(|entry| self.entry(entry, file, definitions, here));
        !list.is_empty()
    }

    /// Takes out of an entry of `permissions` what we refuse. Says whether it still grants anything.
    fn entry(
        &mut self,
        entry: &mut Json,
        file: &File,
        definitions: &Permissions,
        here: platform::Platforms,
    ) -> bool {
        let written = if let Some(map) = entry.as_object_mut() {
            let written = text(map, "identifier").to_owned();
            self.keep(map, &["identifier", "allow", "deny"], file);
            for key in ["allow", "deny"] {
                match map.get(key).and_then(Json::as_array) {
                    Some(list) if list.is_empty() => {
                        self.found(Difference::EmptyScope, file, written.as_str());
                    }
                    Some(_) => {
                        self.found(Difference::EntriesOnAnId, file, written.as_str());
                        if key == "deny" && !map.contains_key("allow") {
                            self.found(Difference::DenyAloneNarrows, file, written.as_str());
                        }
                    }
                    None => {}
                }
            }
            written
        } else {
            entry.as_str().unwrap_or_default().to_owned()
        };
        let id = id(&written);
        *entry = Json::String(id.clone());
        let leaves = definitions.expand(&id).unwrap_or_default();
        if leaves.is_empty() {
            self.found(Difference::StandsForNothing, file, written);
            return false;
        }
        let counts = leaves.iter().any(|leaf| leaf.platforms.bits() & here.bits() != 0);
        if !counts {
            self.found(Difference::OtherPlatforms, file, written);
        }
        counts
    }

    fn strings(
        &mut self,
        list: Option<&mut Json>,
        difference: Difference,
        file: &File,
        is_taken: impl Fn(&str) -> bool,
    ) {
        let Some(list) = list.and_then(Json::as_array_mut) else { return };
        list.retain(|text| {
            let text = text.as_str().unwrap_or_default();
            let taken = is_taken(text);
            if !taken {
                self.found(difference, file, text);
            }
            taken
        });
    }
}

/// The platforms of a capability.
fn on(map: &Map<String, Json>) -> platform::Platforms {
    match map.get("platforms").and_then(Json::as_array) {
        None => platform::Platforms::ALL,
        Some(list) => list
            .iter()
            .filter_map(|name| Platform::parse(name.as_str().unwrap_or_default()))
            .fold(platform::Platforms::NONE, platform::Platforms::with),
    }
}
