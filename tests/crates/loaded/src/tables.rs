//! The tables of an authority of any size: their lengths are constants, so those of a few are taken, and the list is filled
//! up, exactly, with commands that nobody has, the last of which needs as many permissions as are missing.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
    thread,
};

use portcullis::__private::{
    Command, Guard, Listed, PermissionInfo, Policy, Root, Sizes, Tables, View, hash,
};

use crate::slots::{self, leak, text};

macro_rules! by_size {
    ($root:ident $policy:ident $sizes:ident: $(($commands:literal, $others:literal))*) => {
        $(if $sizes.commands < $commands && $sizes.guards <= $others && $sizes.rules <= $others {
            return of::<$commands, $others>($root, $policy, $others - $sizes.guards);
        })*
    };
}

pub(crate) fn build(root: &'static Root, policy: &'static Policy) -> &'static View {
    let sizes = Sizes::of(root, policy);
    by_size! { root policy sizes:
        (2, 16) (3, 16) (4, 16) (5, 16) (6, 16) (8, 16) (12, 32) (16, 64) (64, 256) (512, 4_096) (4_096, 65_536)
    }
    unreachable(&sizes)
}

#[expect(clippy::panic, reason = "there is no smaller answer")]
fn unreachable(sizes: &Sizes) -> ! {
    panic!("a larger program than the tables go: {sizes:?}")
}

fn of<const COMMANDS: usize, const OTHERS: usize>(
    root: &'static Root,
    policy: &'static Policy,
    permissions: usize,
) -> &'static View {
    let root = filled(root, COMMANDS, permissions);
    if OTHERS <= 64 {
        return leak(leak(Tables::<COMMANDS, OTHERS, OTHERS>::build(root, policy)).view());
    }
    // The tables stand on the stack while they are built.
    let built = thread::Builder::new()
        .stack_size(512 << 20)
        .spawn(move || leak(leak(Tables::<COMMANDS, OTHERS, OTHERS>::build(root, policy)).view()));
    #[expect(clippy::expect_used, reason = "a test cannot go on without it")]
    built.expect("a thread starts").join().expect("the tables can be built")
}

/// The same list with commands behind it that nobody can name, up to a length, and with so many permissions.
fn filled(root: &'static Root, length: usize, permissions: usize) -> &'static Root {
    let Root { listed, events, sets, incomplete } = *root;
    let have = Sizes::of(root, &NOTHING).commands;
    let filling = (have..length).map(|index| {
        let needed = if index + 1 == length { permissions } else { 0 };
        Listed::Command(filler(index, needed))
    });
    let listed: Vec<Listed> = listed.iter().copied().chain(filling).collect();
    leak(Root { events: events + length - have, listed: listed.leak(), sets, incomplete })
}

/// The same for every program.
fn filler(index: usize, permissions: usize) -> &'static Command {
    static KNOWN: LazyLock<Mutex<HashMap<(usize, usize), &'static Command>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry((index, permissions)).or_insert_with(|| {
        let plain = slots::plain();
        let needed: Vec<&'static PermissionInfo> = (0..permissions).map(permission).collect();
        leak(Command {
            name: text(&format!("\0{index}")),
            guard: if permissions == 0 { Guard::Public("a filling") } else { Guard::All(needed.leak()) },
            arguments: &[],
            at: plain.at,
            description: "",
            timeout: plain.timeout,
            run: plain.run,
            types: None,
        })
    })
}

fn permission(index: usize) -> &'static PermissionInfo {
    let id = text(&format!("\0{index}"));
    leak(PermissionInfo {
        id,
        hash: hash(id),
        type_id: slots::type_id(usize::MAX),
        description: "",
        at: slots::plain().at,
        members: None,
        own: false,
        scope: None,
    })
}

/// A policy that says nothing.
const NOTHING: Policy = Policy {
    windows: &[],
    webviews: &[],
    clients: &[],
    foreign: &[],
    manifests: None,
    defined: &[],
    files: &[],
    bases: &[],
    capabilities: &[],
    grants: &[],
    classes: &[],
};
