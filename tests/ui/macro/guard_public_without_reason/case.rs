#![allow(unused)]

#[portcullis::command(public)]
fn one() {}

#[portcullis::command(public())]
fn two() {}

#[portcullis::command(public("  "))]
fn three() {}

#[portcullis::command(public(because))]
fn four() {}

fn main() {}
