//! The tables of an authority of any size: their lengths are constants, so those of a few are taken, and the list is filled
//! up, exactly, with commands that nobody has. The last of them needs one permission of the program's as often as there is room
//! for, so that the program has no permission more than it has; and their names are too long for any refusal to suggest them.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
    thread,
};

use portcullis::__private::{
    Command, Group, Guard, Listed, PermissionInfo, Policy, Root, Sizes, Tables, View,
};

use crate::slots::{self, leak, text};

macro_rules! by_size {
    ($root:ident $policy:ident $sizes:ident: $(($commands:literal, $guards:literal, $rules:literal))*) => {
        $(if $sizes.commands < $commands
            && $sizes.guards <= $guards
            && ($sizes.guards > 0 || $guards == 0)
            && $sizes.rules <= $rules
        {
            return of::<$commands, $guards, $rules>($root, $policy, $guards - $sizes.guards);
        })*
    };
}

pub(crate) fn build(root: &'static Root, policy: &'static Policy) -> &'static View {
    let sizes = Sizes::of(root, policy);
    by_size! { root policy sizes:
        (2, 16, 16) (3, 16, 16) (4, 16, 16) (5, 16, 16) (6, 16, 16) (8, 16, 16) (12, 32, 32) (16, 64, 64)
        (64, 256, 256) (512, 4_096, 4_096) (4_096, 65_536, 65_536)
        (6, 0, 32) (512, 0, 4_096)
    }
    unreachable(&sizes)
}

#[expect(clippy::panic, reason = "there is no smaller answer")]
fn unreachable(sizes: &Sizes) -> ! {
    panic!("a larger program than the tables go: {sizes:?}")
}

fn of<const COMMANDS: usize, const GUARDS: usize, const RULES: usize>(
    root: &'static Root,
    policy: &'static Policy,
    missing: usize,
) -> &'static View {
    let root = filled(root, COMMANDS, missing);
    if RULES <= 64 {
        return leak(leak(Tables::<COMMANDS, GUARDS, RULES>::build(root, policy)).view());
    }
    // The tables stand on the stack while they are built.
    let built = thread::Builder::new()
        .stack_size(512 << 20)
        .spawn(move || leak(leak(Tables::<COMMANDS, GUARDS, RULES>::build(root, policy)).view()));
    #[expect(clippy::expect_used, reason = "a test cannot go on without it")]
    built.expect("a thread starts").join().expect("the tables can be built")
}

/// The same list with commands behind it that nobody can name, up to a length, the last of which needs so many permissions.
fn filled(root: &'static Root, length: usize, missing: usize) -> &'static Root {
    let Root { listed, events, sets, incomplete } = *root;
    let have = Sizes::of(root, &Policy::NOTHING).commands;
    let mut all = listed.to_vec();
    all.extend((have + 1..length).map(|index| Listed::Command(filler(index))));
    all.push(match listed.iter().find_map(needed) {
        Some((like, info)) if missing > 0 => last(like, info, missing),
        _ => Listed::Command(filler(length)),
    });
    leak(Root { events: events + length - have, listed: all.leak(), sets, incomplete })
}

/// What of the list needs a permission, and the first that it needs.
fn needed(listed: &'static Listed) -> Option<(&'static Listed, &'static PermissionInfo)> {
    let of = |command: &Command| match command.guard {
        Guard::All(infos) => infos.first().copied(),
        Guard::Public(_) => None,
    };
    let info = match listed {
        Listed::Command(command) | Listed::RenamedCommand(command, _) => of(command),
        Listed::Group(group) | Listed::Renamed(group, _) => {
            group.listed.iter().find_map(needed).map(|(_, info)| info)
        }
        Listed::Broken => None,
    };
    Some((listed, info?))
}

/// The last filling: in a group of the same namespace if what it is like is one, so that the permission has the same id.
fn last(like: &'static Listed, info: &'static PermissionInfo, count: usize) -> Listed {
    let command = leak(Command { guard: Guard::All(vec![info; count].leak()), ..*filler(0) });
    let group = |group: &'static Group| {
        leak(Group { set: "", sets: &[], listed: vec![Listed::Command(command)].leak(), ..*group })
    };
    match like {
        Listed::Group(like) => Listed::Group(group(like)),
        Listed::Renamed(like, namespace) => Listed::Renamed(group(like), namespace),
        _ => Listed::Command(command),
    }
}

/// The same for every program.
fn filler(index: usize) -> &'static Command {
    static KNOWN: LazyLock<Mutex<HashMap<usize, &'static Command>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(index).or_insert_with(|| {
        let plain = slots::plain();
        leak(Command { name: text(&format!("{index:\0>200}")), guard: Guard::Public("a filling"), ..*plain })
    })
}
