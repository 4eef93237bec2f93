//! https://github.com/filipecabaco/ex_tauri/pull/4: the same permission stands there bare and with a scope. The bare one was left over, and may widen
//! what the other one narrows.
#![allow(unused)]

use portcullis::prelude::*;

/// Write what is exported.
#[derive(Permission)]
#[permission(id = "exports:write", scope = PathScope<Write>)]
pub struct WriteExports;

#[command(permission(WriteExports))]
fn export(to: Checked<WriteExports>) {}

static AUTHORITY: Authority = authority! {
    commands: [export],
    capabilities: ["capabilities/default.json"],
    windows: ["main"],
};

fn main() {}
