//! The same as commands behind a gate.

use portcullis::{Bytes, Download, Streaming, Upload, prelude::*};
use portcullis_http::{Limits, Program, Served, Tokio};

use crate::source::{Item, Items, Parts};

/// Everything that is measured.
#[derive(Permission)]
#[permission(id = "bench:all")]
pub struct All;

#[portcullis::command(permission(All))]
fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

#[expect(clippy::needless_pass_by_value, reason = "an argument of a command is its own")]
#[portcullis::command(permission(All))]
fn take_whole(data: Bytes) -> usize {
    data.len()
}

#[portcullis::command(permission(All))]
async fn take(mut data: Upload) -> Result<usize, String> {
    let mut bytes = 0;
    while let Some(part) = data.next().await {
        bytes += part.map_err(|error| error.to_string())?.len();
    }
    Ok(bytes)
}

#[portcullis::command(permission(All))]
fn give_whole(bytes: u32) -> Bytes {
    vec![7; bytes as usize].into()
}

#[portcullis::command(permission(All))]
fn give(bytes: u32) -> Download {
    Download::new(Parts::new(bytes as usize))
}

#[portcullis::command(permission(All))]
fn items(count: u32) -> Streaming<Item> {
    Streaming::new(Items::new(count))
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [add, take_whole, take, give_whole, give, items],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
};

/// Serves them on loopback, with room for the largest body and no limit on the rate.
///
/// # Errors
///
/// If the program cannot be served.
pub async fn serve() -> Result<Served, Box<dyn std::error::Error>> {
    let gate = Gate::new(&AUTHORITY).runtime(Tokio).build()?;
    let limits = Limits::new().any_rate();
    Ok(Program::new(&gate).window("main", axum::Router::new()).limits(limits).serve(0).await?)
}
