//! What has to wait for the caller, in a command that cannot wait.

use portcullis::{Bytes, Cancellation, Channel, Upload, command};

#[command(public("a test"))]
fn sends(progress: Channel<u8>) {}

#[command(public("a test"))]
fn reads(file: Upload) {}

#[command(public("a test"))]
fn asks(cancellation: Cancellation) {}

#[command(public("a test"))]
async fn reads_all_and_some(file: Upload, rest: Bytes) {}

#[command(public("a test"), blocking)]
fn reads_twice(one: Upload, other: Upload) {}

#[command(public("a test"))]
async fn sends_and_returns_bytes(progress: Channel<u8>) -> Result<Bytes, String> {
    Ok(Bytes::default())
}

fn main() {}
