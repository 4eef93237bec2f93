//! What the program is told on the command line.

use std::path::PathBuf;

use lexopt::prelude::*;

const HELP: &str = "\
Notes in two windows: an editor, and a viewer that may only read.

Usage: notes-tauri [OPTIONS]

Options:
      --data DIR    keep the notes in this folder, which is made if it is not there
      --import DIR  let notes be imported from this folder (`import` in the one for data)
  -h, --help        print this
  -V, --version     print the version";

/// What the program is told to do.
#[derive(Debug, PartialEq)]
pub enum Args {
    Run { data: Option<PathBuf>, import: Option<PathBuf> },
    Print(&'static str),
}

pub fn parse(mut parser: lexopt::Parser) -> Result<Args, lexopt::Error> {
    let (mut data, mut import) = (None, None);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("data") => data = Some(parser.value()?.into()),
            Long("import") => import = Some(parser.value()?.into()),
            Short('h') | Long("help") => return Ok(Args::Print(HELP)),
            Short('V') | Long("version") => {
                return Ok(Args::Print(concat!("notes-tauri ", env!("CARGO_PKG_VERSION"))));
            }
            other => return Err(other.unexpected()),
        }
    }
    Ok(Args::Run { data, import })
}
