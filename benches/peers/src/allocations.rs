//! What a call allocates, and how many bytes, beside the same call written by hand. `run` is what runs it.

use allocation_counter::measure;
use portcullis_benches_peers::{
    call::Lane,
    case::Case,
    command::Notes,
    peer::Peer,
    table::{bytes, head, row},
};

/// So many calls are counted: what is allocated once in a while is shared by them.
const CALLS: usize = 64;

fn main() {
    let notes = Notes::new().expect("a folder");
    println!("### Allocations of one call, and their bytes\n");
    head(&Peer::ALL.map(Peer::name));
    for case in Case::ALL {
        let cells =
            case.lanes(&notes).map(|lane| lane.map_or_else(|| "-".to_owned(), |lane| cell(case, lane)));
        row(&case.name(), cells.into_iter());
    }
}

/// Of calls after those that have made whatever is made once. What waiting for a whole batch allocates is taken off.
fn cell(case: Case, mut lane: Box<dyn Lane>) -> String {
    let mut counted = |calls: usize| {
        let mut counted = (0.0, 0.0);
        lane.batch(calls, &mut |send| {
            let made = measure(send);
            counted = (made.count_total as f64, made.bytes_total as f64);
        });
        counted
    };
    let calls = CALLS.min(16 * case.at_once());
    counted(calls);
    let (one, many) = (counted(1), counted(calls));
    let each = |one: f64, many: f64| (many - one) / (calls - 1) as f64;
    let (count, size) = (each(one.0, many.0), each(one.1, many.1));
    let count =
        if (count - count.round()).abs() < 0.05 { format!("{count:.0}") } else { format!("{count:.1}") };
    format!("{count} ({})", bytes(size))
}
