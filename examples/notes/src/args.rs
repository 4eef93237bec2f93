//! What the program is told on the command line.

use std::path::PathBuf;

use lexopt::prelude::*;

const HELP: &str = "\
Notes in two windows: an editor, and a viewer that may only read.

Usage: notes [OPTIONS]

Options:
      --data DIR    keep the notes in this folder, which is made if it is not there
      --import DIR  let notes be imported from this folder (`import` in the one for data)
      --port N      use this port, and no other (0: any that is free)
      --remember    windows go on working when the program is started again, and links are good once
      --no-open     print the links only, and do not open a browser
  -h, --help        print this
  -V, --version     print the version";

/// What the program is told to do.
#[derive(Debug, PartialEq)]
pub enum Args {
    Run(Run),
    Print(&'static str),
}

/// What it is told to run with.
#[derive(Debug, Default, PartialEq)]
pub struct Run {
    pub data: Option<PathBuf>,
    pub import: Option<PathBuf>,
    pub port: Option<u16>,
    pub remember: bool,
    pub no_open: bool,
}

pub fn parse(mut parser: lexopt::Parser) -> Result<Args, lexopt::Error> {
    let mut run = Run::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("data") => run.data = Some(parser.value()?.into()),
            Long("import") => run.import = Some(parser.value()?.into()),
            Long("port") => {
                let text = parser.value()?.string()?;
                run.port = Some(
                    text.parse()
                        .map_err(|_| format!("`--port {text}`: a port is a number from 0 to 65535"))?,
                );
            }
            Long("remember") => run.remember = true,
            Long("no-open") => run.no_open = true,
            Short('h') | Long("help") => return Ok(Args::Print(HELP)),
            Short('V') | Long("version") => {
                return Ok(Args::Print(concat!("notes ", env!("CARGO_PKG_VERSION"))));
            }
            other => return Err(other.unexpected()),
        }
    }
    Ok(Args::Run(run))
}
