//! Notes in two windows: an editor, and a viewer that may only read. `cargo run -p notes` opens both.

#![forbid(unsafe_code)]
#![allow(unreachable_pub, reason = "a program has no outside: `pub` is for its other modules")]

mod args;
mod pages;
#[cfg(test)]
mod tests;

use std::{error::Error, path::Path, process::ExitCode};

use ::notes::{AUTHORITY, data, store::Store};
#[cfg(test)]
use ::notes::{attachments, import, notes, store};
use args::Args;
use portcullis::prelude::*;
use portcullis_http::{Program, Served, Sessions, Tokio};

/// Where the notes are found, unless `--port` says something else or somebody is there already.
const PORT: u16 = 7878;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("notes: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let told = match args::parse(lexopt::Parser::from_env())? {
        Args::Run(told) => told,
        Args::Print(text) => {
            println!("{text}");
            return Ok(());
        }
    };
    let data = data::folder(told.data)?;
    let imports = data::imports(told.import, &data)?;
    let file = data.join("notes.sqlite3");
    let store = Store::open(&file).map_err(|error| format!("{}: {error}", file.display()))?;

    let sessions = if told.remember { Some(Sessions::in_file(data.join("sessions.json"))?) } else { None };

    let served = serve(&gate(store, &imports)?, sessions.as_ref(), told.port).await?;
    println!("Notes are kept in {}\nand imported from {}\n", file.display(), imports.display());
    for (window, link) in served.links() {
        println!("  {window}  {link}");
        if !told.no_open
            && let Err(error) = open::that_detached(&link)
        {
            eprintln!("no browser could be opened ({error}): open the link yourself");
        }
    }
    println!("\nCtrl+C ends the program.");

    let stop = served.stop();
    tokio::spawn(async move {
        // If there is no such signal here, the program ends with its terminal.
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.now();
        }
    });
    Ok(served.until_stopped().await?)
}

/// `$IMPORT` in the capability files is this folder.
fn gate(store: Store, imports: &Path) -> Result<Gate, portcullis::BuildError> {
    Gate::new(&AUTHORITY).state(store).base("IMPORT", imports).runtime(Tokio).build()
}

async fn serve(
    gate: &Gate,
    sessions: Option<&Sessions>,
    port: Option<u16>,
) -> Result<Served, portcullis_http::Error> {
    let program = || {
        let program = Program::new(gate)
            .window("editor", pages::pages("editor"))
            .window("viewer", pages::pages("viewer"));
        match sessions {
            Some(sessions) => program.remember(sessions),
            None => program,
        }
    };
    match (program().serve(port.unwrap_or(PORT)).await, port) {
        (Err(portcullis_http::Error::Listen { .. }), None) => program().serve(0).await,
        (served, _) => served,
    }
}
