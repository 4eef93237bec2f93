//! What a call costs inside Tauri, beside the same command under Tauri's own macro, on Tauri's mock runtime: from the message to the
//! answer, all that Tauri does itself included. `cargo bench -p portcullis-benches-tauri`. Read the ratios of one run, not the
//! times of two; `allocations.rs` and `instructions` count what no other process disturbs.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::Criterion;
use portcullis_benches_tauri::case::{Caller, Case, Side};

fn main() {
    let mut criterion = Criterion::default()
        .measurement_time(Duration::from_secs(3))
        .warm_up_time(Duration::from_secs(1))
        .configure_from_args();
    let cases = Case::all();
    for case in &cases {
        let mut group = criterion.benchmark_group(case.name);
        for side in Side::ALL.into_iter().filter(|side| case.is_on(*side)) {
            let caller = Caller::new(case, side);
            group.bench_function(side.name(), |b| {
                b.iter_custom(|times| spent(case, &caller, times));
            });
        }
    }
    criterion.final_summary();
    let is_asked = |what: &str| std::env::args().any(|argument| argument == what);
    // `cargo test --benches` asks for neither.
    if is_asked("--bench") && !is_asked("--test") {
        ratios(&cases);
    }
}

/// How long it takes to send so many messages, which are made ready before.
fn spent(case: &Case, caller: &Caller, times: u64) -> Duration {
    let (mut left, mut spent) = (times, Duration::ZERO);
    while left > 0 {
        let now = left.min(case.at_once());
        left -= now;
        let messages: Vec<_> = (0..now).map(|_| caller.message()).collect();
        let start = Instant::now();
        for message in messages {
            black_box(message.send());
        }
        spent += start.elapsed();
    }
    spent
}

/// How often all sides have their turn.
const TURNS: usize = 200;

/// The sides in turn, so that a busy moment is shared, and the middle one of the ratios of each turn.
fn ratios(cases: &[Case]) {
    println!("\nportcullis takes so many times as long (the median of {TURNS} turns):");
    println!("{:<28}{:>12}{:>16}", "", "as tauri", "with its ACL on");
    for case in cases {
        let callers = Side::ALL.map(|side| case.is_on(side).then(|| Caller::new(case, side)));
        let turn = || {
            let times = case.at_once() * 4;
            callers
                .each_ref()
                .map(|caller| caller.as_ref().map(|caller| spent(case, caller, times).as_secs_f64()))
        };
        let turns: Vec<_> = (0..TURNS).map(|_| turn()).collect();
        let cell = |side: usize| {
            let mut ratios: Vec<_> = turns.iter().filter_map(|turn| Some(turn[2]? / turn[side]?)).collect();
            ratios.sort_by(f64::total_cmp);
            ratios.get(ratios.len() / 2).map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}"))
        };
        println!("{:<28}{:>12}{:>16}", case.name, cell(0), cell(1));
    }
}
