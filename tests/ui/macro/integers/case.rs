#![allow(unused)]

use portcullis::prelude::*;

#[portcullis::command(public("a test"), number(idd), string)]
fn misspelt(id: u64) {}

#[portcullis::command(public("a test"), number(), string(id = "x"), bigint("id"))]
fn malformed(id: u64) {}

#[portcullis::command(public("a test"), number(id), string(id))]
fn two_ways(id: u64) {}

#[portcullis::command(public("a test"), number(ids))]
fn lent(ids: &[u64]) {}

fn main() {}
