//! What a call allocates inside Tauri, beside the same command under Tauri's own macro, all that Tauri allocates itself included:
//! `cargo bench -p portcullis-benches-tauri --bench allocations`.

use std::hint::black_box;

use allocation_counter::measure;
use portcullis_benches_tauri::case::{Caller, Case, Side};

fn main() {
    println!("allocations of a call, and their bytes");
    print!("{:<28}", "");
    for side in Side::ALL {
        print!("{:>20}", side.name());
    }
    println!();
    for case in Case::all() {
        print!("{:<28}", case.name);
        for side in Side::ALL {
            let cell = case.is_on(side).then(|| counted(&Caller::new(&case, side)));
            print!("{:>20}", cell.unwrap_or_else(|| "-".to_owned()));
        }
        println!();
    }
}

/// Of a call after one that has made whatever is made once.
fn counted(caller: &Caller) -> String {
    caller.message().send();
    let message = caller.message();
    let made = measure(|| drop(black_box(message.send())));
    format!("{} ({} B)", made.count_total, made.bytes_total)
}
