//! The notes program in windows of Tauri: `cargo run -p notes-tauri` opens both. Commands, permissions, capability files and
//! pages are those of `notes`.

#![forbid(unsafe_code)]
#![allow(unreachable_pub, reason = "a program has no outside: `pub` is for its other modules")]

mod args;

use std::{error::Error, process::ExitCode};

use args::Args;
use notes::{AUTHORITY, data, store::Store};
use portcullis_tauri::GateExt as _;
use tauri::{App, WebviewWindowBuilder};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("notes-tauri: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let (data, import) = match args::parse(lexopt::Parser::from_env())? {
        Args::Run { data, import } => (data, import),
        Args::Print(text) => {
            println!("{text}");
            return Ok(());
        }
    };
    let data = data::folder(data)?;
    let imports = data::imports(import, &data)?;
    let file = data.join("notes.sqlite3");
    let store = Store::open(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    println!("Notes are kept in {}\nand imported from {}", file.display(), imports.display());

    let gate = portcullis_tauri::gate(&AUTHORITY).state(store).base("IMPORT", &imports).build()?;
    tauri::Builder::default()
        .plugin(portcullis_tauri::plugin(&gate))
        .invoke_handler(gate.handler())
        .setup(windows)
        .run(portcullis_tauri::with_script(tauri::generate_context!()))?;
    Ok(())
}

/// The windows of `tauri.conf.json`, each with the title of its note.
fn windows(app: &mut App) -> Result<(), Box<dyn Error>> {
    for window in &app.config().app.windows {
        WebviewWindowBuilder::from_config(app.handle(), window)?
            .on_document_title_changed(|window, title| {
                // A window that is closing has no use for it.
                let _ = window.set_title(&title);
            })
            .build()?;
    }
    Ok(())
}
