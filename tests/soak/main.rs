//! A day of calls in minutes: a hundred a second for as many hours as are asked for, of every kind, from four threads, with memory
//! flat. It fails if a call is answered otherwise than it must be, or if more is held at the end than at the beginning. Nothing is
//! timed: how long it took is only told.
//!
//! ```sh
//! cargo test -p portcullis-tests --test soak                             # a quarter of an hour
//! cargo test --release -p portcullis-tests --test soak -- --hours 24     # the day
//! ```

#![forbid(unsafe_code)]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unused_async,
    clippy::unnecessary_wraps,
    clippy::panic,
    reason = "a command has the signature that it is called by, and one of these panics on purpose"
)]

mod day;
mod program;

use std::{alloc::System, process::ExitCode, thread, time::Instant};

use cap::Cap;

use crate::day::{Caller, KINDS, Tally};

/// Counts what is held, of all threads.
#[global_allocator]
static HELD: Cap<System> = Cap::new(System, usize::MAX);

const CALLS_A_SECOND: u64 = 100;
const THREADS: u64 = 4;
const CHECKPOINTS: u64 = 10;

/// How much more may be held at a checkpoint than at the first. What a day leaves behind is nothing; this is for what threads and
/// queues keep for themselves. (A byte for each hundred calls would be 86 kB in a day.)
const MORE: usize = 4 * 1024;

fn main() -> ExitCode {
    let Some(hours) = hours() else { return ExitCode::SUCCESS };
    match soak(hours) {
        Ok(()) => ExitCode::SUCCESS,
        Err(told) => {
            eprintln!("soak: {told}");
            ExitCode::FAILURE
        }
    }
}

/// How many hours. `None` if this is not asked to run: `cargo test` gives all targets the filter that was meant for others.
fn hours() -> Option<f64> {
    let mut hours = 0.25;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match &*argument {
            "--hours" => hours = arguments.next()?.parse().ok()?,
            "--list" => return None,
            "--test-threads" | "--skip" | "--format" | "--color" => drop(arguments.next()),
            option if option.starts_with('-') => {}
            filter if "soak".contains(filter) => {}
            _ => return None,
        }
    }
    Some(hours)
}

fn soak(hours: f64) -> Result<(), String> {
    // Panics are on purpose here, and forty thousand of them are told to nobody.
    std::panic::set_hook(Box::new(|_| {}));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "hours of a person's")]
    let seconds = (hours * 3600.0) as u64;
    let each = (seconds * CALLS_A_SECOND).div_ceil(CHECKPOINTS * THREADS);
    let (gate, work, pool) = program::open().map_err(|error| error.to_string())?;
    let (mut tally, began) = (Tally::default(), Instant::now());
    let mut held = Vec::with_capacity(usize::try_from(CHECKPOINTS).unwrap_or_default());
    println!("{:>12} {:>9} {:>14}", "calls", "seconds", "bytes held");
    for checkpoint in 0..CHECKPOINTS {
        let tallies = thread::scope(|scope| {
            let callers: Vec<_> = (0..THREADS)
                .map(|thread| {
                    let gate = &gate;
                    scope.spawn(move || {
                        let mut caller = Caller::new(gate, checkpoint * THREADS + thread);
                        (0..each).try_for_each(|_| caller.call()).map(|()| caller.tally.clone())
                    })
                })
                .collect();
            callers
                .into_iter()
                .map(|caller| caller.join().map_err(|_| "a caller has panicked".to_owned())?)
                .collect()
        });
        let tallies: Result<Vec<Tally>, String> = tallies;
        tallies?.iter().for_each(|more| tally.add(more));
        pool.settle();
        let now = HELD.allocated();
        held.push(now);
        println!("{:>12} {:>9.1} {now:>14}", tally.calls.iter().sum::<u64>(), began.elapsed().as_secs_f64());
        if work.count() != 0 {
            return Err(format!("{} calls are still under way", work.count()));
        }
    }
    println!();
    for ((kind, _), calls) in KINDS.iter().zip(tally.calls) {
        println!("{calls:>12} {kind:?}");
    }
    println!("{:>12} sessions", tally.sessions);
    println!("{:>12} listeners, which heard {}", tally.listeners, tally.heard);
    if let Some(peak) = peak() {
        println!("{peak:>12} peak of what the system held for it (VmHWM)");
    }
    let first = held.first().copied().unwrap_or_default();
    let most = held.iter().copied().max().unwrap_or_default();
    if most > first + MORE {
        return Err(format!("{most} bytes are held, and {first} were at the first checkpoint"));
    }
    Ok(())
}

/// The most memory that the process has had, where the system says so.
fn peak() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().to_owned())
}
