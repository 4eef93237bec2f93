#![allow(unused)]

/// Stands in for Tauri: an attribute of that name.
mod tauri {
    pub use std::prelude::v1::test as command;
}

#[portcullis::command(permission)]
#[tauri::command]
fn read_note(id: u32) -> u32 {
    id
}

/// Reads.
#[portcullis::command(permission)]
#[tauri::command]
async fn search(id: u32) -> u32 {
    id
}

fn main() {}
