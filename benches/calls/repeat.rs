//! Makes one call many times, for a profiler: `repeat-call CASE SIDE TIMES`. `instructions` is what runs it.

use std::hint::black_box;

use portcullis::{Reply, Request, Session};
use portcullis_benches::{
    commands::{ADD, items},
    guarded, hand, ready,
};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [case, side, times] = &arguments[..] else { return };
    let items = items();
    let (window, command, body) = match case.as_str() {
        "nothing" => ("main", "nothing", &b"{}"[..]),
        "add" => ("main", "add", ADD),
        "add_later" => ("main", "add_later", ADD),
        "identity" => ("main", "identity", &*items),
        "denied" => ("other", "add", ADD),
        "unknown" => ("main", "subtract", ADD),
        _ => return,
    };
    let times = times.parse().unwrap_or(0);
    if side == "hand" {
        // Who has nothing to guard knows one refusal.
        let command = if case == "denied" { "subtract" } else { command };
        for _ in 0..times {
            drop(black_box(hand(command, body)));
        }
    } else {
        let session = guarded::session(window);
        for _ in 0..times {
            drop(black_box(guarded(&session, command, body)));
        }
    }
}

#[inline(never)]
fn hand(command: &str, body: &[u8]) -> Result<Vec<u8>, String> {
    match black_box(command) {
        "add_later" => ready(hand::call_later(command, black_box(body))),
        command => hand::call(command, black_box(body)),
    }
}

#[inline(never)]
fn guarded(session: &Session, command: &str, body: &[u8]) -> Reply {
    ready(session.invoke(Request::json(black_box(command), black_box(body))))
}
