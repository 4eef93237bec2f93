//! What a command may not say of how it runs.

use portcullis::command;

#[command(public("a test"), blocking)]
async fn blocks_asynchronously() {}

#[command(public("a test"), blocking("yes"))]
fn blocks_with_a_value() {}

#[command(public("a test"), blocking, blocking)]
fn blocks_twice() {}

#[command(public("a test"), timeout = "5s")]
fn runs_to_its_end() {}

#[command(public("a test"), timeout = "5 minutes")]
async fn in_words() {}

#[command(public("a test"), timeout = "0s")]
async fn at_once() {}

#[command(public("a test"), timeout = 5)]
async fn in_numbers() {}

#[command(public("a test"), timeout("5s"))]
async fn in_parentheses() {}

#[command(public("a test"), timout = "5s")]
async fn misspelt() {}

fn main() {}
