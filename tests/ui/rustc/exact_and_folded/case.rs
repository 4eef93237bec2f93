#![allow(unused)]

use portcullis::{
    prelude::*,
    scope::{Exact, Folded, FoldedText, Glob, Matches},
};

/// A channel.
#[derive(Scope)]
pub struct Channel {
    name: String,
    topic: Glob,
}

impl Matches for Channel {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        name.as_text().is(&self.name) || self.topic.denies(name)
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        *name == self.name || self.topic.allows(name.as_text())
    }
}

fn text(name: FoldedText<'_>) -> bool {
    name == "general"
}

fn swapped(channel: &Channel, exact: Exact<'_, String>, folded: Folded<'_, String>) -> bool {
    channel.allows(folded) || channel.denies(exact)
}

fn main() {}
