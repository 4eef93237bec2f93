//! https://github.com/timfish/sentry-tauri/pull/37: the command is `envelope`, and the permission was made for `event`, which there is not. Whoever
//! granted what the plugin offered had granted nothing.
#![allow(unused)]

use portcullis::prelude::*;

mod sentry {
    use portcullis::prelude::*;

    #[command(permission)]
    pub fn envelope(body: String) {}

    commands! { pub Commands: [envelope], namespace: "sentry" }
}

static AUTHORITY: Authority = authority! {
    commands: [sentry::Commands],
    capabilities: ["capabilities/default.json"],
    windows: ["main"],
};

fn main() {}
