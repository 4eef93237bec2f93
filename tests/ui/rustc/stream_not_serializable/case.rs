//! Items, and places for bytes, that cannot be told to a page.

use portcullis::{Bytes, Channel, Streaming, command};

struct Opaque;

#[command(public("a test"))]
async fn sends(progress: Channel<Opaque>) {}

#[command(public("a test"))]
fn streams() -> Streaming<Opaque> {
    loop {}
}

#[command(public("a test"))]
fn fails_with_bytes() -> Result<u8, Bytes> {
    Ok(1)
}

#[command(public("a test"))]
fn takes_a_list_of_bytes(files: Vec<Bytes>) {}

fn main() {}
