//! What commands of Tauri's have, and is written in another way.
#![allow(unused)]

trait Runtime {}

struct AppHandle<R>(R);

#[portcullis::command]
fn as_it_was(id: u32) -> u32 {
    id
}

#[portcullis::command(async)]
fn off_its_thread() {}

#[portcullis::command(permission, async)]
fn off_its_thread_and_guarded() {}

#[portcullis::command(permission, rename = "other", root = "crate")]
fn renamed() {}

#[portcullis::command(permission)]
fn of_any_runtime<R: Runtime>(app: AppHandle<R>) {}

#[portcullis::command(permission)]
fn without_a_name(_: u32, (a, b): (u32, u32)) {}

fn main() {}
