//! The configuration of the program, as far as it says which capabilities there are. Those that stand in it Tauri reads
//! there itself, so nothing can be left out for it.

use std::path::{Path, PathBuf};

use portcullis_policy::files::{Problem, Spanned, Value, parse};
use tauri_utils::config::parse::read_from;
use tauri_utils::platform::Target;

use crate::known::{Known, field, name, read};
use crate::strip::Strip;

/// What is configured.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The files, for this target.
    files: Vec<PathBuf>,
    /// Whether they say which capabilities the program has. Otherwise it has all there are.
    pub(crate) names_capabilities: bool,
}

impl Config {
    /// Reads what lies in a folder. If that cannot be read, nothing is known: Tauri says what is wrong with it.
    pub(crate) fn read(target: Target, folder: &Path) -> Self {
        let Ok((merged, files)) = read_from(target, folder) else { return Self::default() };
        let listed = merged.pointer("/app/security/capabilities").and_then(|value| value.as_array());
        Self { files, names_capabilities: listed.is_some_and(|listed| !listed.is_empty()) }
    }

    /// What stands in it that is Portcullis's, and in what the Tauri CLI adds to it.
    pub(crate) fn problems(&self, root: &Path, added: Option<&str>, known: &Known) -> Vec<Problem> {
        let mut problems = Vec::new();
        for path in &self.files {
            if let Ok(Ok(tree)) = read(root, path) {
                in_config(&tree.value, &name(root, path), known, &mut problems);
            }
        }
        if let Some(Ok(tree)) = added.map(|text| parse("TAURI_CONFIG.json", text)) {
            let before = problems.len();
            in_config(&tree.value, "TAURI_CONFIG", known, &mut problems);
            for problem in problems.iter_mut().skip(before) {
                "TAURI_CONFIG".clone_into(&mut problem.place.file);
            }
        }
        problems
    }
}

fn in_config(config: &Value, file: &str, known: &Known, problems: &mut Vec<Problem>) {
    let listed = ["app", "security", "capabilities"].iter().try_fold(config, |value, key| field(value, key));
    let Some(Value::List(listed)) = listed else { return };
    for capability in listed.iter().filter(|entry| matches!(entry.value, Value::Map(_))) {
        problems.extend(in_capability(capability, file, known));
    }
}

fn in_capability(capability: &Spanned<Value>, file: &str, known: &Known) -> Option<Problem> {
    let mut strip = Strip::new(known);
    strip.capability(capability);
    let ids = strip.ids.into_iter().map(|(id, place)| (place, format!("the permission `{id}`")));
    let keys = strip.keys.into_iter().map(|key| (key.place, format!("the key `{}`", key.value)));
    let (place, what) = ids.chain(keys).min_by_key(|(place, _)| (place.line, place.column))?;
    let name = match field(&capability.value, "identifier") {
        Some(Value::String(name)) => name,
        _ => "main",
    };
    Some(Problem {
        place,
        message: format!(
            "capability `{name}` has {what}, which is not Tauri's, and Tauri reads `{file}` itself"
        ),
        help: Some(format!(
            "move the capability to `capabilities/{name}.json`, and write `\"{name}\"` in its place here"
        )),
    })
}
