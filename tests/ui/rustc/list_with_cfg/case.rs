//! What `#[cfg]` takes out of a list takes nothing else with it: what comes behind is judged all the same.

use portcullis::{Event, prelude::*};
use serde::Serialize;

#[cfg(any())]
#[command(permission)]
fn compiled_out() {}

#[command(permission)]
fn granted_to_nobody() {}

#[derive(Serialize, Event)]
#[event(permission)]
struct HeardByNobody;

static AUTHORITY: Authority = portcullis::authority! {
    commands: [
        #[cfg(any())]
        compiled_out,
        granted_to_nobody,
    ],
    events: [HeardByNobody],
    windows: ["main"],
};

fn main() {
    let _ = &AUTHORITY;
}
