//! Compares the model with the real code, over as many worlds as it is told.

use std::{io, ops::Range, process::ExitCode};

use portcullis_tests_model::{
    columns::SideBySide,
    exhaustive::Exhaustive,
    random::Random,
    run::{Cases, part, run},
};

const USAGE: &str = "\
portcullis-tests-model <worlds> [--seed <number>]    random worlds
portcullis-tests-model --exhaustive <0, 1, 2 or 3>   all small worlds of so many capabilities

--part <first>..<end>    only these of them, in this process";

fn main() -> io::Result<ExitCode> {
    let Some(Asked { cases, part: range }) = asked(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return Ok(ExitCode::from(2));
    };
    match range {
        Some(range) => part(&*cases, range),
        None => run(&*cases),
    }
}

struct Asked {
    cases: Box<dyn Cases>,
    /// The part of them that this process is for.
    part: Option<Range<u64>>,
}

fn asked(mut arguments: impl Iterator<Item = String>) -> Option<Asked> {
    let (mut count, mut seed, mut capabilities, mut part) = (None, 1, None, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seed" => seed = arguments.next()?.parse().ok()?,
            "--exhaustive" => {
                capabilities = Some(arguments.next()?.parse().ok().filter(|n| (0..=3).contains(n))?);
            }
            "--part" => part = Some(range(&arguments.next()?)?),
            number => count = Some(number.replace('_', "").parse().ok()?),
        }
    }
    let cases: Box<dyn Cases> = match (count, capabilities) {
        (Some(count), None) => Box::new(Random { count, seed }),
        (None, Some(3)) => Box::new(SideBySide::default()),
        (None, Some(capabilities)) => Box::new(Exhaustive { capabilities }),
        _ => return None,
    };
    Some(Asked { cases, part })
}

fn range(text: &str) -> Option<Range<u64>> {
    let (first, end) = text.split_once("..")?;
    Some(first.parse().ok()?..end.parse().ok()?)
}
