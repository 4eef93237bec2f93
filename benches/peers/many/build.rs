//! Writes what nobody would by hand: a `match` of as many arms as there are commands, and as many commands of Tauri's.

use std::{env, fmt::Write as _, fs, path::Path};

/// As `portcullis_benches::sized::name`. Every name is called before anything is timed, so they cannot drift.
fn name(index: usize) -> String {
    format!("module_{}_command_{index}", index % 17)
}

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = env::var("OUT_DIR").expect("cargo says where");
    let write = |file: &str, text: String| {
        fs::write(Path::new(&folder).join(file), text).expect("the folder can be written to");
    };
    write("find.rs", [10, 1_000, 10_000].map(find).concat());
    write("tauri.rs", [10, 1_000].map(tauri).concat());
}

/// A function that knows a command by its name.
fn find(count: usize) -> String {
    let mut text = format!("pub fn find_{count}(name: &str) -> Option<u32> {{\n    match name {{\n");
    for index in 0..count {
        let _ = writeln!(text, "        {:?} => Some({index}),", name(index));
    }
    text + "        _ => None,\n    }\n}\n"
}

/// A module of commands, and their handler.
fn tauri(count: usize) -> String {
    let mut text = format!("pub mod of_{count} {{\n");
    for index in 0..count {
        let name = name(index);
        let _ = writeln!(text, "#[tauri::command]\nfn {name}(a: i64, b: i64) -> i64 {{ a.wrapping_add(b) }}");
    }
    let names: Vec<_> = (0..count).map(name).collect();
    let names = names.join(", ");
    let _ = writeln!(
        text,
        "pub fn handler() -> super::Handler {{ Box::new(tauri::generate_handler![{names}]) }}\n}}"
    );
    text
}
