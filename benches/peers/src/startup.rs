//! What a program does before its first call: 300 commands, and 3 capabilities that grant all of them, each to the program's
//! own pages and to those of one address elsewhere.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use portcullis::{__private::Pattern, Authority, Gate, Origin, Principal};
use portcullis_benches::sized;
use tauri::utils::acl::{
    ExecutionContext,
    resolved::{Resolved, ResolvedCommand, ResolvedCommandReference},
};

use crate::peer::{axum, jsonrpsee};

const COMMANDS: usize = 300;
const CAPABILITIES: usize = 3;

/// One thing that is done before the first call.
pub struct Work {
    /// What is done.
    pub name: &'static str,
    /// Does it.
    pub run: Box<dyn Fn() -> Duration>,
}

fn work<T>(name: &'static str, run: impl Fn() -> T + 'static) -> Work {
    let run = move || {
        let start = Instant::now();
        let made = black_box(run());
        let spent = start.elapsed();
        drop(made);
        spent
    };
    Work { name, run: Box::new(run) }
}

/// All of it.
///
/// # Panics
///
/// If Portcullis refuses what it should grant.
#[must_use]
pub fn all() -> Vec<Work> {
    let authority = authority();
    let gate = gate(authority);
    let (here, there) = (gate.clone(), gate.clone());
    let names = || (0..COMMANDS).map(|index| &*sized::name(index).leak());
    let names: Vec<_> = names().collect();
    let of_axum = names.clone();
    assert!(names.iter().all(|name| here.session(local()).may_call(name)));
    assert!(names.iter().all(|name| there.session(remote()).may_call(name)));
    vec![
        work("Portcullis: a gate, and a session of a window", move || {
            let gate = self::gate(authority);
            let session = gate.session(local());
            (gate, session)
        }),
        work("Portcullis: one more session", move || here.session(local())),
        work("Portcullis: one more session, of a page from elsewhere", move || there.session(remote())),
        work("Tauri: what `generate_context!` makes of the capabilities", tauri_authority),
        work("axum: a router, without capabilities", move || axum::sized(of_axum.iter().copied())),
        work("jsonrpsee: a module, without capabilities", move || jsonrpsee::sized(names.iter().copied())),
    ]
}

/// Built while compiling in a program, and so not measured.
fn authority() -> &'static Authority {
    let remote = (0..CAPABILITIES).map(|index| format!("https://*.site-{index}.example").leak());
    let remote: Vec<_> = remote.map(|text| Pattern::parse(text).expect("a pattern")).collect();
    sized::authority_with::<COMMANDS, { COMMANDS * CAPABILITIES }>(CAPABILITIES, remote.leak())
}

fn gate(authority: &'static Authority) -> Gate {
    Gate::new(authority).explain(false).build().expect("nothing is missing")
}

fn local() -> Principal {
    Principal::window("main")
}

fn remote() -> Principal {
    let origin = Origin::parse("https://www.site-1.example").expect("an origin");
    Principal::window("main").origin(origin)
}

/// What the literal does that `generate_context!` writes: it parses each pattern for each command, since what a capability
/// says stands there once for every command that it allows.
fn tauri_authority() -> tauri::ipc::RuntimeAuthority {
    let command = |context| {
        let windows = vec!["ma*".parse().expect("a pattern")];
        ResolvedCommand::new(context, ResolvedCommandReference::default(), windows, Vec::new(), None)
    };
    let allowed = |_| {
        let of = |capability: usize| {
            let url = format!("https://*.site-{capability}.example").parse().expect("a pattern");
            [command(ExecutionContext::Local), command(ExecutionContext::Remote { url })]
        };
        (0..CAPABILITIES).flat_map(of).collect::<Vec<_>>()
    };
    let allowed_commands = (0..COMMANDS).map(|index| (sized::name(index), allowed(index))).collect();
    let resolved = Resolved { has_app_acl: true, allowed_commands, ..Resolved::default() };
    tauri::runtime_authority!(std::collections::BTreeMap::default(), resolved)
}
