//! The commands behind a gate.

use std::sync::atomic::{AtomicU64, Ordering};

use portcullis::{Bytes, prelude::*};
use portcullis_benches::commands::Item;
use portcullis_tauri::GateExt as _;
use tauri::{AppHandle, State, test::MockRuntime};

use crate::page::Handler;

/// Everything that is called.
#[derive(Permission)]
#[permission(id = "bench:all")]
pub struct All;

/// What the page that calls does not have.
#[derive(Permission)]
#[permission(id = "bench:wipe")]
pub struct Wipe;

#[portcullis::command(permission(All))]
fn nothing() {}

#[portcullis::command(permission(All))]
fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

#[portcullis::command(permission(All))]
async fn add_later(a: i64, b: i64) -> i64 {
    std::future::ready(()).await;
    a.wrapping_add(b)
}

#[portcullis::command(permission(All))]
fn identity(items: Vec<Item>) -> Vec<Item> {
    items
}

#[expect(clippy::needless_pass_by_value, reason = "an argument of a command is its own")]
#[portcullis::command(permission(All))]
fn take(data: Bytes) -> usize {
    data.len()
}

#[portcullis::command(permission(All))]
fn give(bytes: u32) -> Bytes {
    vec![7; bytes as usize].into()
}

#[portcullis::command(permission(All))]
fn echo(data: Bytes) -> Bytes {
    data
}

#[expect(clippy::needless_pass_by_value, reason = "an argument of a command is its own")]
#[portcullis::command(permission(All))]
fn count(app: AppHandle<MockRuntime>, calls: State<'_, AtomicU64>) -> u64 {
    drop(app);
    calls.fetch_add(1, Ordering::Relaxed)
}

#[portcullis::command(permission(Wipe))]
fn wipe() {}

static AUTHORITY: Authority = authority! {
    commands: [nothing, add, add_later, identity, take, give, echo, count, wipe],
    capabilities: ["capabilities/main.json", "capabilities/other.json"],
    windows: ["main", "other"],
};

/// What Tauri hands messages to: the gate, in front of a program's old commands.
///
/// # Panics
///
/// If the gate asks for something.
#[must_use]
#[expect(clippy::expect_used, reason = "a bench of nothing would mislead")]
pub fn handler(old: Handler) -> Handler {
    let gate = portcullis_tauri::gate(&AUTHORITY).explain(false).build().expect("nothing is missing");
    Box::new(gate.or(old))
}
