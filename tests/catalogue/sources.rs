//! What can be said of the sources alone.

use std::{fs, path::Path};

use crate::root;

/// What users compile: the crates, without their tests.
const PRODUCT: &[&str] = &[
    "adapters/http/src",
    "adapters/tauri/build/src",
    "adapters/tauri/src",
    "macros/src",
    "policy/src",
    "runtime/src",
];

/// The lines of the product that have one of these in them, as `file: line`: no comments, and no tests.
fn lines(folders: &[&str], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for folder in folders {
        walk(&root(), folder, words, &mut found);
    }
    found.sort();
    found
}

fn walk(root: &Path, folder: &str, words: &[&str], found: &mut Vec<String>) {
    for entry in fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap()) {
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{folder}/{name}");
        if entry.file_type().unwrap().is_dir() {
            if name != "tests" {
                walk(root, &path, words, found);
            }
        } else if name.ends_with(".rs") && name != "tests.rs" && path != "macros/src/snapshots.rs" {
            let text = fs::read_to_string(entry.path()).unwrap();
            let product = without_tests(&text);
            let lines = product.lines().map(str::trim).filter(|line| !line.starts_with("//"));
            let has = |line: &&str| words.iter().any(|word| line.contains(word));
            found.extend(lines.filter(has).map(|line| format!("{path}: {line}")));
        }
    }
}

/// What is for tests alone stands last.
fn without_tests(text: &str) -> &str {
    let is_module = |rest: &str| {
        let line = rest.lines().skip(1).find(|line| !line.starts_with("#["));
        line.is_some_and(|line| line.starts_with("mod ") && line.ends_with('{'))
    };
    let tests = text.match_indices("#[cfg(test)]\n").find(|(at, _)| is_module(&text[*at..]));
    tests.map_or(text, |(at, _)| &text[..at])
}

/// The profile changes what a refusal tells the program's own windows and its terminal, and nothing else.
#[test]
fn b_cargo_build_same_as_cli_the_profile_is_asked_where_refusals_are_told() {
    assert_eq!(
        lines(PRODUCT, &["debug_assertions", "report::DEBUG", "if DEBUG"]),
        [
            "adapters/tauri/src/report.rs: if cfg!(debug_assertions) {",
            "runtime/src/gate.rs: explain: crate::report::DEBUG,",
            "runtime/src/report.rs: if DEBUG {",
            "runtime/src/report.rs: pub(crate) const DEBUG: bool = cfg!(debug_assertions);",
        ]
    );
}

/// The environment says where the program's files are, whether a client is written or compared, and what Tauri's configuration was
/// overridden with, which makes a build stop. It grants nothing.
#[test]
fn b_cargo_build_same_as_cli_the_environment_is_asked_for_places_alone() {
    assert_eq!(
        lines(PRODUCT, &["env::var", "option_env!", "env!("]),
        [
            "adapters/tauri/build/src/build.rs: env::var(name).map_err(|_| Error::NoBuildScript(name))",
            "adapters/tauri/build/src/build.rs: let mut problems = config.problems(root, env::var(\"TAURI_CONFIG\").ok().as_deref(), &known);",
            "macros/src/authority/expand.rs: const _: &[u8] = ::core::include_bytes!(::core::concat!(::core::env!(\"CARGO_MANIFEST_DIR\"), #path));",
            "macros/src/authority/root.rs: let package = std::env::var_os(\"CARGO_MANIFEST_DIR\").map(PathBuf::from).ok_or(",
            "runtime/src/typescript/file.rs: |name| env::var_os(name).is_some_and(|value| !value.is_empty() && value != \"0\" && value != \"false\");",
        ]
    );
}

/// What runs inside the compiler reads, and writes nothing.
#[test]
fn b_generated_files_stable_macros_write_nothing() {
    let writes =
        ["fs::write", "File::create", "OpenOptions", "create_dir", "remove_file", "rename(", "fs::copy"];
    assert_eq!(lines(&["macros/src", "policy/src"], &writes), [""; 0]);
}

/// No program is started here, so that no scope has to say which ones.
#[test]
fn u_bat_no_program_is_started() {
    assert_eq!(
        lines(PRODUCT, &["process::Command", "Command::new(", ".spawn_process", "posix_spawn", "execv"]),
        [""; 0]
    );
}
