//! A program's files as one program of ours could have them. The permissions of plugins become its own, with the name of
//! the plugin as a part of theirs; and what we refuse is taken out, with the difference that it is an instance of. What
//! is left must be decided on as Tauri decides on the whole.

mod capability;
mod permissions;

use std::collections::{BTreeMap, BTreeSet};

use portcullis_policy::platform::Platform;
use serde_json::Value as Json;

use crate::{
    differences::Difference,
    theirs::APP,
    world::{File, World},
};

/// The files, translated.
#[derive(Clone, Debug, Default)]
pub struct Translation {
    /// Capability files.
    pub capabilities: Vec<File>,
    /// Permission files.
    pub permissions: Vec<File>,
    /// Commands, by the names that Tauri has for them.
    pub commands: BTreeMap<String, String>,
    /// What was taken out.
    pub found: BTreeSet<Found>,
}

/// Something that we do otherwise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// What it is an instance of.
    pub difference: Difference,
    /// The file.
    pub file: String,
    /// What was taken out of it.
    pub what: String,
}

impl Translation {
    /// Of a program, for one platform: in the files it changes places with the one that this runs on.
    #[must_use]
    pub fn new(world: &World, platform: Platform) -> Self {
        let mut translation = Self::default();
        let platforms = Platforms::new(platform);
        let definitions = translation.permission_files(world, &platforms);
        let mut granted = BTreeSet::new();
        for file in &world.capabilities {
            translation.capability_file(file, &definitions.all, &platforms, &mut granted);
        }
        translation.define(&definitions, granted);
        translation
    }

    /// Whether this is the same program as another.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.capabilities == other.capabilities
            && self.permissions == other.permissions
            && self.commands == other.commands
    }

    fn found(&mut self, difference: Difference, file: &File, what: impl Into<String>) {
        self.found.insert(Found { difference, file: file.name.clone(), what: what.into() });
    }

    /// The name of a command with us.
    fn command(&mut self, key: &str, command: &str) -> String {
        let theirs = theirs(key, command);
        let ours = match theirs.strip_prefix("plugin:") {
            Some(rest) => rest.replacen('|', BETWEEN, 1),
            None => theirs.clone(),
        };
        self.commands.insert(theirs, ours.clone());
        ours
    }
}

/// What stands where Tauri has a `:` or a `|`.
const BETWEEN: &str = "--";

/// The name that Tauri has for a command of a manifest.
#[must_use]
pub fn theirs(key: &str, command: &str) -> String {
    match key.strip_prefix("core:").unwrap_or(key) {
        APP => command.to_owned(),
        plugin => format!("plugin:{plugin}|{command}"),
    }
}

/// An id as one program of ours has it.
fn id(id: &str) -> String {
    id.replace(':', BETWEEN)
}

/// An id in the permission file of a plugin, or of the program.
fn id_in(key: &str, text: &str) -> String {
    if key == APP || text.contains(':') { id(text) } else { id(&format!("{key}:{text}")) }
}

struct Platforms {
    asked: &'static str,
    here: &'static str,
}

impl Platforms {
    fn new(asked: Platform) -> Self {
        let here = Platform::from_target_os(std::env::consts::OS).unwrap_or(Platform::Linux);
        Self { asked: asked.name(), here: here.name() }
    }

    /// Changes the names in a list of platforms.
    fn swap(&self, list: Option<&mut Json>) {
        for name in list.and_then(Json::as_array_mut).into_iter().flatten() {
            if name == self.asked {
                *name = self.here.into();
            } else if name == self.here {
                *name = self.asked.into();
            }
        }
    }
}

/// The objects that a key has a list of.
fn objects<'a>(tree: &'a mut Json, key: &str) -> impl Iterator<Item = &'a mut serde_json::Map<String, Json>> {
    tree.get_mut(key).and_then(Json::as_array_mut).into_iter().flatten().filter_map(Json::as_object_mut)
}

fn text<'a>(map: &'a serde_json::Map<String, Json>, key: &str) -> &'a str {
    map.get(key).and_then(Json::as_str).unwrap_or_default()
}
