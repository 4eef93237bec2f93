//! Real files of Tauri applications and plugins, from a folder that is not part of the repository: where it is, and which
//! of its files belong together.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::world::{File, World};

/// The variable that says where the corpus is. Without it, it is looked for beside the workspace.
pub const VARIABLE: &str = "PORTCULLIS_CORPUS";

/// The folder, or nothing where there is none: then whatever needs it is passed over, and says so.
///
/// # Panics
///
/// If the variable names something that is no folder: who asks for a corpus does not want it passed over.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE) {
        let folder = PathBuf::from(named);
        assert!(folder.is_dir(), "{VARIABLE} is {}, which is no folder", folder.display());
        return Some(folder);
    }
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    if beside.is_dir() {
        return Some(beside);
    }
    println!("passed over: {VARIABLE} is not set, and there is no corpus beside the workspace");
    None
}

/// What is in the corpus.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The programs: whatever has a folder `capabilities` or `permissions`.
    pub programs: Vec<World>,
    /// How many files they have.
    pub files: usize,
}

impl Corpus {
    /// Reads all of it.
    ///
    /// # Panics
    ///
    /// If a file cannot be read.
    #[must_use]
    pub fn read(root: &Path) -> Self {
        let mut corpus = Self::default();
        let plugins = plugins(root);
        let mut programs: BTreeMap<String, World> = BTreeMap::new();
        for file in files(&root.join("apps")) {
            let name = name(root, &file);
            let Some((program, kind)) = place(&name) else { continue };
            let world = programs.entry(program.to_owned()).or_insert_with(|| World {
                name: program.to_owned(),
                plugins: plugins.clone(),
                ..World::default()
            });
            let inside = name[program.len() + 1..].to_owned();
            let file = File { name: inside, text: text(&file) };
            corpus.files += 1;
            match kind {
                Kind::Capabilities => world.capabilities.push(file),
                Kind::Permissions => world.permissions.push(file),
            }
        }
        for (folder, commands) in commands(root) {
            let world = programs.values_mut().find(|world| world.name.starts_with(&format!("{folder}/")));
            if let Some(world) = world {
                world.commands = commands;
            }
        }
        corpus.programs = programs.into_values().collect();
        corpus
    }
}

/// The permission files of Tauri's own plugins, and of what Tauri itself has, by the key of their manifest.
fn plugins(root: &Path) -> BTreeMap<String, Vec<File>> {
    let mut plugins: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for path in files(&root.join("plugins")) {
        let name = name(root, &path);
        let mut parts = name.split('/').skip(1);
        let (Some(plugin), Some(next)) = (parts.next(), parts.next()) else { continue };
        let key = match plugin.strip_prefix("tauri-plugin-") {
            Some(key) => key.to_owned(),
            None if next.contains('.') => "core".to_owned(),
            None => format!("core:{next}"),
        };
        plugins.entry(key).or_default().push(File { text: text(&path), name });
    }
    plugins
}

/// The lists of commands that programs give to `tauri_build`, by the folder of the program.
fn commands(root: &Path) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for path in files(&root.join("apps")) {
        if !path.ends_with("commands.json") {
            continue;
        }
        let list: serde_json::Value = serde_json::from_str(&text(&path)).unwrap_or_default();
        if list["declared_in"] != "app_manifest" {
            continue;
        }
        let names = list["commands"].as_array().into_iter().flatten();
        let names = names.filter_map(|name| name.as_str().map(str::to_owned)).collect();
        let folder = path.parent().map(|folder| name(root, folder)).unwrap_or_default();
        found.push((folder, names));
    }
    found
}

enum Kind {
    Capabilities,
    Permissions,
}

/// The program that a file belongs to, and what it is in it.
fn place(name: &str) -> Option<(&str, Kind)> {
    if let Some((program, _)) = name.split_once("/capabilities/") {
        return Some((program, Kind::Capabilities));
    }
    let (program, _) = name.split_once("/permissions/")?;
    Some((program, Kind::Permissions))
}

/// All files beneath a folder, sorted.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// The path beneath `root`, with `/`.
#[must_use]
pub fn name(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
