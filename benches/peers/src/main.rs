//! What a call costs, beside the same call written by hand: all peers in turn, in one process. `run` is what runs it.
//! With `--smoke`, each case once and no figures.

use std::time::Duration;

use portcullis_benches_peers::{
    call::{Lane, spent},
    case::Case,
    command::Notes,
    peer::Peer,
    startup,
    table::{head, median, ratio, row, time},
};

/// How often all peers have their turn in a case.
const TURNS: usize = 200;
/// How long one turn of one peer takes, about: long beside what the clock costs, short beside what disturbs.
const TURN: Duration = Duration::from_millis(1);
/// How often all peers have their turn from several threads, and how long that takes.
const ROUNDS: usize = 15;
const ROUND: Duration = Duration::from_millis(40);
const THREADS: [usize; 3] = [1, 2, 8];
/// How often a program starts.
const STARTS: usize = 9;

type Lanes = [Option<Box<dyn Lane>>; Peer::ALL.len()];

fn main() {
    let notes = Notes::new().expect("a folder");
    if std::env::args().any(|argument| argument == "--smoke") {
        for case in Case::ALL {
            // To be built is to have called every command, and to have compared the answers.
            let mut lanes = case.lanes(&notes);
            for lane in lanes.iter_mut().flatten() {
                let _ = spent(&mut **lane, 2, case.at_once());
                let _ = lane.threaded(2, 2);
            }
        }
        for work in startup::all() {
            (work.run)();
        }
        println!("every peer answers every case as the one written by hand does");
        return;
    }
    println!("### One call\n");
    let names: Vec<_> = Peer::ALL.iter().map(|peer| peer.name()).collect();
    head(&names);
    for case in Case::ALL {
        row(&case.name(), ratios(case, &mut case.lanes(&notes)));
    }
    println!("\n### `add(a, b)` from several threads: million calls a second\n");
    head(&names);
    for threads in THREADS {
        let name = format!("{threads} {}", if threads == 1 { "thread" } else { "threads" });
        row(&name, throughput(threads, &mut Case::Add.lanes(&notes)));
    }
    println!("\n### Before the first call: 300 commands, 3 capabilities with an address each\n");
    head(&["time"]);
    for work in startup::all() {
        let times = (0..STARTS).map(|_| (work.run)().as_secs_f64()).collect();
        row(work.name, [time(Duration::from_secs_f64(median(times)))].into_iter());
    }
}

/// How many calls of each peer take about so long, from so many threads.
fn calls(lanes: &mut Lanes, long: Duration, at_once: usize) -> [usize; Peer::ALL.len()] {
    let mut calls = [0; Peer::ALL.len()];
    for (calls, lane) in calls.iter_mut().zip(lanes) {
        let Some(lane) = lane else { continue };
        let times = (0..5).map(|_| spent(&mut **lane, at_once, at_once).as_secs_f64()).collect();
        let one = median(times) / at_once as f64;
        *calls = ((long.as_secs_f64() / one) as usize).max(1);
    }
    calls
}

/// The time of one written by hand, and the middle of the ratios of all turns to it.
fn ratios(case: Case, lanes: &mut Lanes) -> impl Iterator<Item = String> {
    let calls = calls(lanes, TURN, case.at_once());
    let mut turns: [Vec<f64>; Peer::ALL.len()] = Default::default();
    for _ in 0..TURNS {
        // The one written by hand is the first of every turn.
        let mut hand = f64::NAN;
        for (index, (lane, calls)) in lanes.iter_mut().zip(calls).enumerate() {
            let Some(lane) = lane else { continue };
            let one = spent(&mut **lane, calls, case.at_once()).as_secs_f64() / calls as f64;
            if index == 0 {
                hand = one;
            }
            turns[index].push(if index == 0 { one } else { one / hand });
        }
    }
    turns.into_iter().enumerate().map(|(index, turns)| match (index, turns.is_empty()) {
        (_, true) => "-".to_owned(),
        (0, _) => time(Duration::from_secs_f64(median(turns))),
        _ => ratio(median(turns)),
    })
}

/// Million calls a second, of all threads together.
fn throughput(threads: usize, lanes: &mut Lanes) -> impl Iterator<Item = String> {
    let calls = calls(lanes, ROUND, Case::Add.at_once());
    let mut rounds: [Vec<f64>; Peer::ALL.len()] = Default::default();
    for _ in 0..ROUNDS {
        for ((lane, calls), rounds) in lanes.iter_mut().zip(calls).zip(&mut rounds) {
            let Some(lane) = lane else { continue };
            let each = calls / threads;
            let spent = lane.threaded(threads, each * threads).as_secs_f64();
            rounds.push((each * threads) as f64 / spent / 1e6);
        }
    }
    rounds
        .into_iter()
        .map(|rounds| if rounds.is_empty() { "-".to_owned() } else { format!("{:.2}", median(rounds)) })
}
