//! Tables in Markdown.

use std::time::Duration;

/// The names of the columns, the first of which is that of the rows.
pub fn head(columns: &[&str]) {
    row("", columns.iter().map(|column| (*column).to_owned()));
    println!("|---|{}", "--:|".repeat(columns.len()));
}

/// A name and its cells.
pub fn row(name: &str, cells: impl Iterator<Item = String>) {
    print!("| {name} |");
    for cell in cells {
        print!(" {cell} |");
    }
    println!();
}

/// A ratio, with as many digits as say something.
#[must_use]
pub fn ratio(ratio: f64) -> String {
    match ratio {
        ..10.0 => format!("{ratio:.2}"),
        ..100.0 => format!("{ratio:.1}"),
        _ => format!("{ratio:.0}"),
    }
}

/// A time, in the unit that fits.
#[must_use]
pub fn time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        ..1e-6 => format!("{:.0} ns", seconds * 1e9),
        ..1e-3 => format!("{:.1} µs", seconds * 1e6),
        ..1.0 => format!("{:.1} ms", seconds * 1e3),
        _ => format!("{seconds:.2} s"),
    }
}

/// A number of bytes.
#[must_use]
pub fn bytes(count: f64) -> String {
    match count {
        ..10_000.0 => format!("{count:.0} B"),
        ..1_000_000.0 => format!("{:.0} kB", count / 1e3),
        _ => format!("{:.1} MB", count / 1e6),
    }
}

/// The middle one.
///
/// # Panics
///
/// If there is none.
#[must_use]
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
