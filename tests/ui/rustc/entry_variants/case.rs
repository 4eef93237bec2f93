#![allow(unused)]

use portcullis::{
    prelude::*,
    scope::{Exact, Folded, Glob, Matches},
};

/// A printer.
#[derive(Scope)]
pub struct Printer {
    name: Glob,
    copies: Option<u8>,
    #[scope(default)]
    trays: Vec<Tray>,
}

/// A tray of it.
#[derive(Scope)]
#[scope(rename_all = "kebab-case")]
pub enum Tray {
    Any,
    Numbered(u8),
    Photo { width: u16, height: u16 },
}

impl Matches for Printer {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        self.name.allows(&name)
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        self.name.denies(name.as_text())
    }
}

/// Print.
#[derive(Permission)]
#[permission(id = "print:start", scope = Printer)]
pub struct Print;

#[portcullis::command(permission(Print))]
fn print(printer: Checked<Print>) {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [print],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
};

fn main() {}
