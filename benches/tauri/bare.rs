//! The commands under Tauri's own macro.

// The macro writes functions that nothing documents, and takes its arguments by value.
#![allow(missing_docs, clippy::needless_pass_by_value, clippy::used_underscore_binding)]

use std::sync::atomic::{AtomicU64, Ordering};

use portcullis_benches::commands::Item;
use tauri::{
    AppHandle, State,
    ipc::{InvokeBody, Request, Response},
    test::MockRuntime,
};

use crate::page::Handler;

#[tauri::command]
fn nothing() {}

#[tauri::command]
fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

#[tauri::command]
async fn add_later(a: i64, b: i64) -> i64 {
    std::future::ready(()).await;
    a.wrapping_add(b)
}

#[tauri::command]
fn identity(items: Vec<Item>) -> Vec<Item> {
    items
}

#[tauri::command]
fn take(request: Request<'_>) -> usize {
    bytes(&request).len()
}

#[tauri::command]
fn give(bytes: u32) -> Response {
    Response::new(vec![7; bytes as usize])
}

#[tauri::command]
fn echo(request: Request<'_>) -> Response {
    Response::new(bytes(&request).to_vec())
}

#[tauri::command]
fn count(app: AppHandle<MockRuntime>, calls: State<'_, AtomicU64>) -> u64 {
    drop(app);
    calls.fetch_add(1, Ordering::Relaxed)
}

#[tauri::command]
fn wipe() {}

fn bytes<'a>(request: &'a Request<'_>) -> &'a [u8] {
    match request.body() {
        InvokeBody::Raw(bytes) => bytes,
        InvokeBody::Json(_) => &[],
    }
}

/// What Tauri hands messages to.
#[must_use]
pub fn handler() -> Handler {
    Box::new(tauri::generate_handler![nothing, add, add_later, identity, take, give, echo, count, wipe])
}
