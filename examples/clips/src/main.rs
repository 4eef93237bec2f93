//! Clips of articles in two windows: one collects them, and one may only read them. `cargo run -p clips` opens both.

#![forbid(unsafe_code)]
#![allow(unreachable_pub, reason = "a program has no outside: `pub` is for its other modules")]

mod args;
mod clips;
mod data;
mod fetch;
mod pages;
mod site;
#[cfg(test)]
mod tests;

use std::{error::Error, path::Path, process::ExitCode};

use args::Args;
use portcullis::prelude::*;
use portcullis_http::{Program, Served};
use site::Site;

/// Who may call what in this program.
static AUTHORITY: Authority = portcullis::authority! {
    commands: [
        clips::collect_article, clips::rename_clip, clips::delete_clip,
        clips::list_clips, clips::read_clip,
        clips::allow_deleting, clips::about,
    ],
    capabilities: ["capabilities/collector.json", "capabilities/reader.toml"],
    windows: ["collector", "reader"],
    bases: ["CLIPS"],
};

/// Where the clips are found, unless `--port` says something else or somebody is there already.
const PORT: u16 = 7979;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("clips: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let (data, port, open) = match args::parse(lexopt::Parser::from_env())? {
        Args::Run { data, port, open } => (data, port, open),
        Args::Print(text) => {
            println!("{text}");
            return Ok(());
        }
    };
    let data = data::folder(data)?;
    let clips = data::clips(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    let site = Site::start().await?;
    println!("Clips are kept in {}\nArticles are at {}\n", clips.display(), site.address());

    let served = serve(&gate(&clips, site)?, port).await?;
    for (window, link) in served.links() {
        println!("  {window:9}  {link}");
        if open && let Err(error) = open::that_detached(&link) {
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

/// `$CLIPS` in the capability files is this folder.
fn gate(clips: &Path, site: Site) -> Result<Gate, portcullis::BuildError> {
    Gate::new(&AUTHORITY).base("CLIPS", clips).state(site).build()
}

async fn serve(gate: &Gate, port: Option<u16>) -> Result<Served, portcullis_http::Error> {
    let program = || {
        Program::new(gate)
            .window("collector", pages::pages("collector"))
            .window("reader", pages::pages("reader"))
    };
    match (program().serve(port.unwrap_or(PORT)).await, port) {
        (Err(portcullis_http::Error::Listen { .. }), None) => program().serve(0).await,
        (served, _) => served,
    }
}
