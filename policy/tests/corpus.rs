//! Real capability files of Tauri applications, from a folder that is not part of the repository: `PORTCULLIS_CORPUS` says where
//! it is, and without that it is looked for beside the workspace. Each must be read, or be refused for a reason that is listed
//! here: a change of what is accepted shows. `tests/tauri-files` holds them against Tauri's own reader.
#![cfg(feature = "files")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use portcullis_policy::files::{Problem, permissions, read};

/// What is refused: the end of the path, and how the message of each of its problems starts.
const REFUSED: [(&str, &[&str]); 7] = [
    ("CleanMacProAI/src-tauri/capabilities/default.toml", &["this is not TOML: "]),
    (
        "hyprnote/apps/desktop/src-tauri/capabilities/default.json",
        &["unknown key `withGlobalTauri` in a capability"],
    ),
    (
        "jan/src-tauri/capabilities/desktop.json",
        &[
            "unknown key `description` in an entry of `permissions`",
            "unknown key `windows` in an entry of `permissions`",
        ],
    ),
    (
        "memospot/src-tauri/capabilities/default.toml",
        &["capability `application-capabilities` has `local: false`"],
    ),
    // Templates, in which the names are still to be filled in.
    ("_base_/src-tauri/capabilities/%(beta)%default.json.lte", &[".lte` does not say in which format it is"]),
    (
        "__example-api/tauri-app/src-tauri/capabilities/default.json",
        &["`{{ plugin_name }}:default` is not a permission id"],
    ),
    (
        "__example-basic/vanilla/src-tauri/capabilities/default.json",
        &["`{{ plugin_name }}:default` is not a permission id"],
    ),
];

/// Permission files that are refused, as above: keys that Tauri passes over without a word.
const REFUSED_PERMISSIONS: [(&str, &[&str]); 5] = [
    ("os/src-tauri/permissions/default.toml", &["unknown key `identifier` in `default`"]),
    ("MaaLogs/src-tauri/permissions/default.json", &["unknown key `permissions` in a permission file"]),
    (
        "bazzite-architect/src-tauri/permissions/default.json",
        &[
            "the key `identifier` belongs in a permission",
            "unknown key `description` in a permission file",
            "the key `commands` belongs in a permission",
        ],
    ),
    ("node-gui-x/src-tauri/permissions/default.json", &["unknown key `permissions` in a permission file"]),
    (
        "launcher/src-tauri/permissions/default.toml",
        &["unknown key `permissions` in a permission", "the key `scope` belongs in a permission"],
    ),
];

#[test]
fn every_file_is_read_or_refused_for_a_known_reason() {
    let is_meant = |path: &Path| {
        path.iter().any(|part| part == "capabilities") && !path.ends_with("required-plugins.json")
    };
    let Some((root, files)) = corpus(is_meant) else { return };
    let (mut read_well, mut capabilities, mut grants, mut unexpected) = (0, 0, 0, Vec::new());
    for path in files {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let reading = read(&name, &fs::read_to_string(&path).unwrap());
        let expected =
            REFUSED.iter().find(|(end, _)| name.ends_with(end)).map_or(&[][..], |(_, reasons)| *reasons);
        let same = reading.problems.len() == expected.len()
            && reading
                .problems
                .iter()
                .zip(expected)
                .all(|(problem, reason)| problem.message.contains(reason));
        if !same {
            unexpected.push(name);
            reading.problems.iter().for_each(|problem| println!("{problem}\n"));
        }
        if reading.problems.is_empty() {
            read_well += 1;
            capabilities += reading.capabilities.len();
            grants +=
                reading.capabilities.iter().map(|capability| capability.permissions.len()).sum::<usize>();
        }
    }
    println!("{read_well} files read, with {capabilities} capabilities and {grants} grants");
    assert!(unexpected.is_empty(), "{unexpected:#?}");
}

/// Permission files: those of applications, and those of plugins, whose permissions may have scopes.
#[test]
fn every_permission_file_is_read_or_refused_for_a_known_reason() {
    let is_meant = |path: &Path| {
        path.iter().any(|part| part == "permissions")
            && path.extension().is_some_and(|ending| ending == "toml" || ending == "json")
    };
    let Some((root, files)) = corpus(is_meant) else { return };
    let (mut read_well, mut scoped, mut unexpected) = (0, 0, Vec::new());
    for path in files {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let (definitions, problems) = permissions::read(&name, &fs::read_to_string(&path).unwrap());
        let (_, more) = permissions::Permissions::new(definitions);
        let known = REFUSED_PERMISSIONS.iter().find(|(end, _)| name.ends_with(end));
        let known = known.map_or(&[][..], |(_, reasons)| *reasons);
        let is_scope = |problem: &&Problem| problem.message.contains("permission file has no `scope`");
        let (about_scopes, others): (Vec<&Problem>, Vec<&Problem>) = problems.iter().partition(is_scope);
        let same = others.len() == known.len()
            && others.iter().zip(known).all(|(problem, reason)| problem.message.starts_with(reason));
        read_well += usize::from(problems.is_empty());
        scoped += usize::from(!about_scopes.is_empty());
        if !same || !more.is_empty() {
            problems.iter().chain(&more).for_each(|problem| println!("{problem}\n"));
            unexpected.push(name);
        }
    }
    println!("{read_well} permission files read, {scoped} with scopes");
    assert!(unexpected.is_empty(), "{unexpected:#?}");
}

/// The folder, and those of its files that are meant; none where there is no corpus.
fn corpus(is_meant: impl Fn(&Path) -> bool) -> Option<(PathBuf, Vec<PathBuf>)> {
    let root = match std::env::var_os("PORTCULLIS_CORPUS") {
        Some(named) => PathBuf::from(named),
        None => {
            let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
            if !beside.is_dir() {
                println!(
                    "passed over: PORTCULLIS_CORPUS is not set, and there is no corpus beside the workspace"
                );
                return None;
            }
            beside
        }
    };
    assert!(root.is_dir(), "PORTCULLIS_CORPUS is {}, which is no folder", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.retain(|path| is_meant(path));
    files.sort();
    Some((root, files))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
