//! A library that ships commands: what a program can list of it, and what it adds to the arguments of commands.

#![forbid(unsafe_code)]

use std::time::Instant;

use portcullis::{Host, HostArgument, Need, Unavailable, prelude::*};

/// Read the clock. Private: a program grants it by its id and never names the type.
#[derive(Permission)]
#[permission(id = "clock:read")]
struct ReadClock;

/// Set the clock.
#[derive(Permission)]
#[permission(id = "clock:set")]
struct SetClock;

/// What those do who only look.
#[derive(PermissionSet)]
#[permission_set(id = "clock:watcher", permissions(ReadClock))]
struct Watcher;

#[portcullis::command(permission(ReadClock))]
fn now() -> &'static str {
    "noon"
}

#[portcullis::command(permission(SetClock))]
fn set(to: &str) -> String {
    format!("set to {to}")
}

#[portcullis::command(permission)]
fn wind_up() {}

commands! {
    /// All commands of this library.
    pub Commands: [now, set, wind_up],
    namespace: "clock",
    set: "clock:all",
    sets: [Watcher],
}

/// Marks the host arguments that this library adds for types of other crates.
#[derive(Debug)]
pub struct Clock;

/// When the clock was started: what a program gives this library.
#[derive(Debug)]
pub struct Started(pub Instant);

impl<'a> HostArgument<'a, Clock> for Instant {
    const NEEDS: &'static [Need] = &[Need::of::<Started>()];

    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        host.value::<Started>().map(|started| started.0).ok_or_else(Unavailable::of::<Started>)
    }
}

impl<'a> HostArgument<'a, Clock> for &'a Instant {
    const NEEDS: &'static [Need] = &[Need::of::<Started>()];

    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        host.value::<Started>().map(|started| &started.0).ok_or_else(Unavailable::of::<Started>)
    }
}
