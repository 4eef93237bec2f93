#![allow(unused)]

#[portcullis::command]
fn wipe_disk() {}

#[portcullis::command(name = "wipe")]
fn wipe_more() {}

fn main() {}
