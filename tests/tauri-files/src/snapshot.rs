//! What Tauri's own snapshots say: for each command, to whom it is allowed and denied. They are the debug text of what
//! `tauri-utils` resolves, one field or element a line, and are read as such. Scopes are left out: those of a set have moved to
//! another place in Tauri since, and do not say who may call.

use std::collections::BTreeMap;

/// Who a command is allowed or denied to.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The pattern of remote pages, or nothing for the program's own.
    pub remote: Option<String>,
    /// Globs of windows.
    pub windows: Vec<String>,
    /// Globs of webviews.
    pub webviews: Vec<String>,
}

/// What a snapshot says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// What is allowed.
    pub allowed: BTreeMap<String, Vec<Entry>>,
    /// What is denied.
    pub denied: BTreeMap<String, Vec<Entry>>,
}

impl Snapshot {
    /// Reads the text of a snapshot.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut snapshot = Self::default();
        let (mut section, mut command, mut list) = ("", String::new(), "");
        for line in text.lines() {
            let depth = line.len() - line.trim_start().len();
            let line = line.trim();
            match depth {
                4 => section = line.split_once(':').map_or("", |(name, _)| name),
                8 if line.starts_with('"') => {
                    quoted(line).unwrap_or_default().clone_into(&mut command);
                    match section {
                        "allowed_commands" => drop(snapshot.allowed.entry(command.clone()).or_default()),
                        "denied_commands" => drop(snapshot.denied.entry(command.clone()).or_default()),
                        _ => {}
                    }
                }
                _ => {}
            }
            let map = match section {
                "allowed_commands" => &mut snapshot.allowed,
                "denied_commands" => &mut snapshot.denied,
                _ => continue,
            };
            let Some(entries) = map.get_mut(&command) else { continue };
            if depth == 12 && line == "ResolvedCommand {" {
                entries.push(Entry::default());
                continue;
            }
            let Some(entry) = entries.last_mut() else { continue };
            match (depth, line) {
                (16, "windows: [") => list = "windows",
                (16, "webviews: [") => list = "webviews",
                // The text of a pattern is the only text that stands so deep in it.
                (24, line) if line.starts_with('"') => entry.remote = quoted(line).map(str::to_owned),
                (24, line) if line.starts_with("original: ") => {
                    let glob = quoted(line).unwrap_or_default().to_owned();
                    if list == "windows" { entry.windows.push(glob) } else { entry.webviews.push(glob) }
                }
                _ => {}
            }
        }
        snapshot
    }
}

fn quoted(line: &str) -> Option<&str> {
    line.split('"').nth(1)
}
