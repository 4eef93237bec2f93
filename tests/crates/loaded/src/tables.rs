//! The tables of an authority of any size: their lengths are constants, so those of a few are taken, and the list is filled
//! up with commands that nobody has.

use std::thread;

use portcullis::__private::{Command, Guard, Listed, Policy, Root, Sizes, Tables, View};

use crate::slots::{self, leak, text};

macro_rules! by_size {
    ($root:ident $policy:ident $sizes:ident: $(($commands:literal, $others:literal))*) => {
        $(if $sizes.commands <= $commands && $sizes.guards <= $others && $sizes.rules <= $others {
            return of::<$commands, $others>($root, $policy);
        })*
    };
}

pub(crate) fn build(root: &'static Root, policy: &'static Policy) -> &'static View {
    let sizes = Sizes::of(root, policy);
    by_size! { root policy sizes:
        (1, 16) (2, 16) (3, 16) (4, 16) (5, 16) (6, 16) (8, 16) (12, 32) (16, 64) (64, 256) (512, 4_096) (4_096, 65_536)
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
) -> &'static View {
    let root = filled(root, COMMANDS);
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

/// The same list with commands behind it that nobody can name, up to a length.
fn filled(root: &'static Root, length: usize) -> &'static Root {
    let Root { listed, events, sets, incomplete } = *root;
    if listed.len() == length {
        return root;
    }
    let filling = (listed.len()..length).map(|index| {
        let plain = slots::plain();
        Listed::Command(leak(Command {
            name: text(&format!("\0{index}")),
            guard: Guard::Public("a filling"),
            arguments: &[],
            at: plain.at,
            description: "",
            timeout: plain.timeout,
            run: plain.run,
            types: None,
        }))
    });
    let events = events + length - listed.len();
    let listed: Vec<Listed> = listed.iter().copied().chain(filling).collect();
    leak(Root { listed: listed.leak(), events, sets, incomplete })
}
