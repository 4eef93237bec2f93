//! Sends one message many times, for a profiler: `repeat CASE SIDE TIMES`, by their numbers. `instructions` is what runs it.

use portcullis_benches_tauri::case::{Caller, Case, Side};

fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).map_while(|argument| argument.parse().ok()).collect();
    let [case, side, times] = numbers[..] else { return };
    let cases = Case::all();
    let (Some(case), Some(side)) = (cases.get(case), Side::ALL.get(side)) else { return };
    if case.is_on(*side) {
        let caller = Caller::new(case, *side);
        for _ in 0..times {
            caller.message().send();
        }
    }
}
