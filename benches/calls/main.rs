//! What a call costs, beside the same call written by hand: `cargo bench -p portcullis-benches --bench calls`.
//! Read the ratios of one run, not the times of two.

use std::{hint::black_box, time::Duration};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use portcullis::{Authority, Gate, Principal, Reply, Request, Session};
use portcullis_benches::{
    commands::{ADD, items},
    guarded, hand, ready, sized,
};

criterion_main!(benches);
criterion_group! {
    name = benches;
    config = Criterion::default().measurement_time(Duration::from_secs(3)).warm_up_time(Duration::from_secs(1));
    targets = add, add_later, large, refused, among_commands, among_capabilities
}

fn invoke(session: &Session, command: &str, arguments: &[u8]) -> Reply {
    ready(session.invoke(Request::json(black_box(command), black_box(arguments))))
}

/// One gate for a session that may call, of an authority that asks for nothing.
fn session(authority: &'static Authority) -> Session {
    #[expect(clippy::unwrap_used, reason = "nothing is missing")]
    let gate = Gate::new(authority).explain(false).build().unwrap();
    gate.session(Principal::window("main"))
}

/// Both sides must do the same work.
fn agree(session: &Session, command: &str, arguments: &[u8]) {
    assert_eq!(
        ready(hand::call_later(command, arguments)).map(Reply::Ok),
        Ok(invoke(session, command, arguments))
    );
}

fn add(c: &mut Criterion) {
    let session = guarded::session("main");
    agree(&session, "add", ADD);
    let mut group = c.benchmark_group("add");
    group.bench_function("by hand", |b| b.iter(|| hand::call(black_box("add"), black_box(ADD))));
    group.bench_function("portcullis", |b| b.iter(|| invoke(&session, "add", ADD)));
}

fn add_later(c: &mut Criterion) {
    let session = guarded::session("main");
    agree(&session, "add_later", ADD);
    let mut group = c.benchmark_group("add_later");
    group.bench_function("by hand", |b| {
        b.iter(|| ready(hand::call_later(black_box("add_later"), black_box(ADD))));
    });
    group.bench_function("portcullis", |b| b.iter(|| invoke(&session, "add_later", ADD)));
}

fn large(c: &mut Criterion) {
    let (session, items) = (guarded::session("main"), items());
    agree(&session, "identity", &items);
    let mut group = c.benchmark_group("5.8 kB in and out");
    group.bench_function("by hand", |b| b.iter(|| hand::call(black_box("identity"), black_box(&items))));
    group.bench_function("portcullis", |b| b.iter(|| invoke(&session, "identity", &items)));
}

/// Calls that end before the command: whoever may not call should cost little.
fn refused(c: &mut Criterion) {
    let (main, other) = (guarded::session("main"), guarded::session("other"));
    let mut group = c.benchmark_group("refused");
    group.bench_function("not granted", |b| b.iter(|| invoke(&other, "add", ADD)));
    group.bench_function("unknown argument", |b| b.iter(|| invoke(&main, "add", b"{\"c\":1}")));
    for (count, authority) in [
        (10, sized::authority::<10, 10>(1)),
        (1_000, sized::authority::<1_000, 1_000>(1)),
        (10_000, sized::authority::<10_000, 10_000>(1)),
    ] {
        let session = session(authority);
        let id = BenchmarkId::new("unknown command among", count);
        group.bench_function(id, |b| b.iter(|| invoke(&session, "module_1_comand_18", ADD)));
    }
}

/// How the number of commands tells: every command in turn, in an order that no cache knows.
fn among_commands(c: &mut Criterion) {
    for (count, authority) in [
        (10, sized::authority::<10, 10>(1)),
        (1_000, sized::authority::<1_000, 1_000>(1)),
        (10_000, sized::authority::<10_000, 10_000>(1)),
    ] {
        let session = session(authority);
        let names: Vec<String> = (0..count).map(|index| sized::name(index * 7919 % count)).collect();
        let mut group = c.benchmark_group("among commands");
        let mut turn = names.iter().cycle();
        group.bench_function(BenchmarkId::new("may_call", count), |b| {
            b.iter(|| turn.next().map(|name| session.may_call(black_box(name))));
        });
        group.bench_function(BenchmarkId::new("add", count), |b| {
            b.iter(|| turn.next().map(|name| invoke(&session, name, ADD)));
        });
    }
}

/// How the number of capabilities that match tells: on a call, and when a session is opened.
fn among_capabilities(c: &mut Criterion) {
    for (count, authority) in [
        (1, sized::authority::<100, 100>(1)),
        (100, sized::authority::<100, 1_000>(100)),
        (1_000, sized::authority::<100, 10_000>(1_000)),
    ] {
        let opened = session(authority);
        let mut group = c.benchmark_group("among capabilities");
        group.bench_function(BenchmarkId::new("add", count), |b| {
            b.iter(|| invoke(&opened, "module_1_command_18", ADD));
        });
        group.bench_function(BenchmarkId::new("open a session", count), |b| b.iter(|| session(authority)));
    }
}
