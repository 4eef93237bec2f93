#![allow(unused)]

use portcullis::{
    prelude::*,
    scope::{Exact, Folded, Matches, Pattern},
};

/// A branch.
#[derive(Scope)]
pub struct Branch {
    #[scope(short)]
    name: Pattern,
}

impl Matches for Branch {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        self.name.allows(&name)
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        self.name.denies(name.as_text())
    }
}

/// Push to branches.
#[derive(Permission)]
#[permission(id = "git:push", scope = Branch)]
pub struct Push;

#[portcullis::command(permission(Push))]
fn push(branch: Checked<Push>) {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [push],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
};

fn main() {}
