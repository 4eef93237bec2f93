//! Tauri's own fixtures, which are committed here: `tauri-utils` still makes of them what their snapshots say, and what the
//! snapshots say is what this project decides.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::BTreeMap, fs, path::Path, rc::Rc};

use portcullis_policy::platform::Platform;
use portcullis_tests_tauri_files::{
    callers::{Caller, Callers, Site},
    compare::{self, PLATFORMS},
    corpus::{files, name},
    differences::Difference,
    ours::Ours,
    snapshot::{Entry, Snapshot},
    theirs::{self, Patterns, Theirs},
    translate::Translation,
    world::{File, World},
};
use tauri_utils::acl::{ExecutionContext, resolved::ResolvedCommand};

/// The fixtures, each a folder of capability files.
const FIXTURES: [&str; 8] = [
    "basic-ping",
    "file-explorer",
    "file-explorer-remote",
    "multiwebview",
    "multiwindow",
    "platform-specific-permissions",
    "scope",
    "scope-extended",
];

#[test]
fn tauri_utils_resolves_them_as_the_snapshots_say() {
    for (fixture, platform, snapshot) in snapshots() {
        let theirs = Theirs::new(&world(fixture), compare::target(platform), Rc::default()).unwrap();
        let resolved = theirs.resolved();
        assert_eq!(entries(&resolved.allowed_commands), snapshot.allowed, "{fixture} on {platform:?}");
        assert_eq!(entries(&resolved.denied_commands), snapshot.denied, "{fixture} on {platform:?}");
    }
}

#[test]
fn what_a_snapshot_allows_we_allow_and_nothing_else() {
    let (mut decisions, patterns) = (0, Patterns::default());
    for (fixture, platform, snapshot) in snapshots() {
        let world = world(fixture);
        let capabilities: Vec<_> =
            world.capabilities.iter().flat_map(|file| theirs::capabilities(file).unwrap()).collect();
        let callers = Callers::of(&capabilities);
        let translation = Translation::new(&world, platform);
        let ours = Ours::translated(&translation);
        for caller in callers.iter() {
            let session = ours.session(&caller);
            for (command, name) in &translation.commands {
                let allowed = says(&snapshot, command, &caller, &patterns);
                assert_eq!(
                    session.may_call(name),
                    allowed,
                    "{fixture}, {platform:?}: {command} for {caller:?}"
                );
                decisions += 1;
            }
        }
    }
    println!("{decisions} decisions as the snapshots of Tauri's fixtures say");
    assert!(decisions > 1_000);
}

#[test]
fn both_sides_decide_on_them_alike() {
    for fixture in FIXTURES {
        let report = compare::compare(&world(fixture), &PLATFORMS);
        assert_eq!(report.disagreements, Vec::<String>::new(), "{fixture}");
        for found in &report.found {
            let expected = [
                Difference::ScopeInAPermissionFile,
                Difference::StandsForNothing,
                Difference::EntriesOnAnId,
                Difference::DenyAloneNarrows,
                Difference::OtherPlatforms,
            ];
            assert!(expected.contains(&found.difference), "{fixture}: {found:?}");
        }
    }
}

/// Each fixture with a platform and what the snapshot for it says.
fn snapshots() -> Vec<(&'static str, Platform, Snapshot)> {
    let folder = root().join("snapshots");
    let mut found = Vec::new();
    for fixture in FIXTURES {
        for platform in PLATFORMS {
            let file = format!("acl_tests__tests__{fixture}.snap");
            let special = folder.join(platform.name()).join(&file);
            let general = folder.join(&file);
            // Where there is one for some platforms alone, nothing is said of the others.
            let path = if special.is_file() { special } else { general };
            if let Ok(text) = fs::read_to_string(path) {
                found.push((fixture, platform, Snapshot::read(&text)));
            }
        }
    }
    assert_eq!(found.len(), 7 * PLATFORMS.len() + 3);
    found
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/tauri-acl"))
}

fn world(fixture: &str) -> World {
    let read = |folder: &str| -> Vec<File> {
        let paths = files(&root().join(folder)).into_iter();
        let file = |path: std::path::PathBuf| File {
            name: name(root(), &path),
            text: fs::read_to_string(&path).unwrap(),
        };
        paths.map(file).filter(|file| !file.name.ends_with("required-plugins.json")).collect()
    };
    let list = root().join("capabilities").join(fixture).join("required-plugins.json");
    let plugins: Vec<String> = serde_json::from_str(&fs::read_to_string(list).unwrap()).unwrap();
    World {
        name: fixture.to_owned(),
        capabilities: read(&format!("capabilities/{fixture}")),
        plugins: plugins.into_iter().map(|key| (key.clone(), read(&format!("plugins/{key}")))).collect(),
        ..World::default()
    }
}

fn entries(commands: &BTreeMap<String, Vec<ResolvedCommand>>) -> BTreeMap<String, Vec<Entry>> {
    let entry = |command: &ResolvedCommand| Entry {
        remote: match &command.context {
            ExecutionContext::Local => None,
            ExecutionContext::Remote { url } => Some(url.as_str().to_owned()),
        },
        windows: command.windows.iter().map(|glob| glob.as_str().to_owned()).collect(),
        webviews: command.webviews.iter().map(|glob| glob.as_str().to_owned()).collect(),
    };
    commands.iter().map(|(name, list)| (name.clone(), list.iter().map(entry).collect())).collect()
}

/// Whether a snapshot allows a command: what it has is so plain that this needs no help of either side.
fn says(snapshot: &Snapshot, command: &str, caller: &Caller, patterns: &Patterns) -> bool {
    assert!(snapshot.denied.is_empty(), "no fixture of Tauri's denies a command");
    snapshot.allowed.get(command).into_iter().flatten().any(|entry| {
        let labels = entry.windows.contains(&caller.window) || entry.webviews.contains(&caller.webview);
        let from = match (&entry.remote, &caller.site) {
            (None, Site::Local) => true,
            (Some(pattern), Site::Url(url)) => patterns.admits(pattern, url),
            _ => false,
        };
        labels && from
    })
}

/// What is compared is what Tauri does: no decision of it has been changed to be ours.
#[test]
fn the_snapshots_are_what_tauris_run_time_decides_by() {
    let patterns = Patterns::default();
    for (fixture, platform, snapshot) in snapshots() {
        let world = world(fixture);
        let theirs = Theirs::new(&world, compare::target(platform), Rc::default()).unwrap();
        let capabilities: Vec<_> =
            world.capabilities.iter().flat_map(|file| theirs::capabilities(file).unwrap()).collect();
        for caller in Callers::of(&capabilities).iter() {
            for command in theirs.commands() {
                assert_eq!(
                    theirs.allows(&command, &caller, None),
                    says(&snapshot, &command, &caller, &patterns),
                    "{fixture}: {command} for {caller:?}"
                );
            }
        }
    }
}
