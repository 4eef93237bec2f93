#![allow(unused)]

use portcullis::{prelude::*, scope::UrlScope};

/// Fetch pages.
#[derive(Permission)]
#[permission(id = "web:fetch", scope = UrlScope)]
pub struct Fetch;

#[portcullis::command(permission(Fetch))]
fn fetch(page: Checked<Fetch>) {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [fetch],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
};

fn main() {}
