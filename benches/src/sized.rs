//! Authorities of any size, out of one command: the tables that `authority!` has built while compiling, built at run
//! time here, so that a bench with 10,000 commands need not compile them.

use std::{any::TypeId, thread};

use portcullis::{
    __private::{
        At, Capability, Command, Grant, GrantKind, Guard, Listed, Pattern, PermissionInfo, Policy, Root,
        Tables, Timeout, hash,
    },
    Authority,
};

use crate::commands::add;

/// The platforms that a capability without any is for.
const EVERY_PLATFORM: u8 = u8::MAX;

/// The name of a command.
#[must_use]
pub fn name(index: usize) -> String {
    format!("module_{}_command_{index}", index % 17)
}

/// Commands that all do what `add` does, each with a permission of its own, and capabilities that all match the window
/// `main`. `GRANTS` is the number of commands times that of the capabilities that grant each of them.
///
/// # Panics
///
/// If there is no thread to be had.
#[must_use]
pub fn authority<const COMMANDS: usize, const GRANTS: usize>(capabilities: usize) -> &'static Authority {
    authority_with::<COMMANDS, GRANTS>(capabilities, &[])
}

/// As [`authority`], with capabilities that match pages from elsewhere too.
///
/// # Panics
///
/// If there is no thread to be had.
#[must_use]
#[expect(clippy::expect_used, reason = "a bench cannot go on without it")]
pub fn authority_with<const COMMANDS: usize, const GRANTS: usize>(
    capabilities: usize,
    remote: &'static [Pattern<'static>],
) -> &'static Authority {
    // The tables stand on the stack while they are built.
    let built = thread::Builder::new()
        .stack_size(256 << 20)
        .spawn(move || build::<COMMANDS, GRANTS>(capabilities, remote));
    built.expect("a thread starts").join().expect("the tables can be built")
}

fn build<const COMMANDS: usize, const GRANTS: usize>(
    capabilities: usize,
    remote: &'static [Pattern<'static>],
) -> &'static Authority {
    let listed: Vec<Listed> = (0..COMMANDS).map(command).collect();
    let root = leak(Root { events: listed.len(), listed: listed.leak(), sets: &[], incomplete: false });
    // Each round gives every command to the capability after that of the round before.
    let mut grants: Vec<Grant> =
        (0..GRANTS).map(|index| grant(index % COMMANDS, (index + index / COMMANDS) % capabilities)).collect();
    grants.sort_by_key(|grant| (grant.hash, grant.capability));
    let policy = leak(Policy {
        windows: &["main", "other"],
        capabilities: (0..capabilities).map(|index| capability(index, remote)).collect::<Vec<_>>().leak(),
        grants: grants.leak(),
        ..Policy::NOTHING
    });
    let tables = leak(Tables::<COMMANDS, COMMANDS, GRANTS>::build(root, policy));
    leak(Authority::new(root, policy, &tables.view()))
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn id(index: usize) -> &'static str {
    format!("module-{}:allow-command-{index}", index % 17).leak()
}

#[expect(clippy::panic, reason = "the command is right above")]
fn command(index: usize) -> Listed {
    let Listed::Command(Command { arguments, description, run, .. }) = add::LISTED else {
        panic!("a command")
    };
    let at = At { file: file!(), line: u32::try_from(index).unwrap_or(u32::MAX), column: 1 };
    let permission: &'static PermissionInfo = leak(PermissionInfo {
        id: id(index),
        hash: hash(id(index)),
        type_id: TypeId::of::<add>(),
        description: "",
        at,
        members: None,
        own: false,
        scope: None,
    });
    Listed::Command(leak(Command {
        name: name(index).leak(),
        guard: Guard::All(vec![permission].leak()),
        arguments,
        at,
        description,
        timeout: Timeout::Default,
        run: *run,
        types: None,
    }))
}

fn grant(command: usize, capability: usize) -> Grant {
    let capability = u16::try_from(capability).unwrap_or(u16::MAX);
    Grant {
        hash: hash(id(command)),
        id: id(command),
        at: "",
        file: 0,
        capability,
        kind: GrantKind::Grants,
        entries: None,
        tauri: None,
        way: None,
    }
}

fn capability(index: usize, remote: &'static [Pattern<'static>]) -> Capability {
    Capability {
        identifier: format!("capability-{index}").leak(),
        at: "",
        windows: &["ma*"],
        webviews: &[],
        clients: &[],
        local: true,
        remote,
        any_frame: false,
        platforms: EVERY_PLATFORM,
    }
}
