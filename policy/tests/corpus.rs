//! Real capability files of Tauri applications, from a folder beside the workspace that is not part of it. Each must be
//! read, or be refused for a reason that is listed here: a change of what is accepted shows.
#![cfg(feature = "files")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use portcullis_policy::files::read;

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

#[test]
fn every_file_is_read_or_refused_for_a_known_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if !root.is_dir() {
        println!("passed over: there is no corpus beside the workspace");
        return;
    }
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.retain(|path| {
        path.iter().any(|part| part == "capabilities") && !path.ends_with("required-plugins.json")
    });
    files.sort();
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
