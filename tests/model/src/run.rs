//! Many worlds. What is made of a world lives until its process ends, since an authority is `'static`; so a run is a chain of
//! processes, each of which takes a part of the worlds, and as many at a time as there are processors.

use std::{
    io::{self, BufRead as _, BufReader, Write as _},
    process::{Command, ExitCode, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Instant,
};

use crate::{
    callers::Universe,
    compare::{Counts, Difference, counted},
    smaller::smallest,
    world::World,
};

/// What a run is about.
pub trait Cases: Sync {
    /// How many there are.
    fn count(&self) -> u64;
    /// How many of them one process takes.
    fn at_once(&self) -> u64 {
        20_000
    }
    /// Compares one of them; counts nothing if it is like another.
    ///
    /// # Errors
    ///
    /// All in which the model and the real code differ, in a world as small as may be.
    fn compare(&self, at: u64) -> Result<Counts, Difference>;
    /// The arguments of this program that say the same cases again.
    fn arguments(&self) -> Vec<String>;
}

/// Compares a world, and makes it small if there is a difference.
///
/// # Errors
///
/// As [`counted`].
pub fn compare(world: &World, universe: &Universe) -> Result<Counts, Difference> {
    let again = |world: &World| counted(world, universe, None).err();
    counted(world, universe, None).map_err(|difference| smallest(difference, &again))
}

/// Compares all worlds in processes of their own, and prints how much there was.
///
/// # Errors
///
/// If a process cannot be started, or what it says cannot be read.
pub fn run(cases: &dyn Cases) -> io::Result<ExitCode> {
    let begun = Instant::now();
    let (next, failed, total) = (AtomicU64::new(0), AtomicBool::new(false), Mutex::new(Counts::default()));
    let one_after_another = || -> io::Result<()> {
        loop {
            let first = next.fetch_add(cases.at_once(), Ordering::Relaxed);
            if first >= cases.count() || failed.load(Ordering::Relaxed) {
                return Ok(());
            }
            let end = cases.count().min(first + cases.at_once());
            let mut command = Command::new(std::env::current_exe()?);
            command.args(cases.arguments()).args(["--part", &format!("{first}..{end}")]);
            let mut child = command.stdout(Stdio::piped()).spawn()?;
            let mut counts = None;
            for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufReader::lines) {
                let line = line?;
                match line.strip_prefix("counts ") {
                    Some(numbers) => counts = read(numbers),
                    None => writeln!(io::stdout(), "{line}")?,
                }
            }
            match counts {
                Some(counts) if child.wait()?.success() => {
                    let mut total = total.lock().unwrap_or_else(PoisonError::into_inner);
                    *total += counts;
                    let seconds = begun.elapsed().as_secs();
                    writeln!(io::stderr(), "{} worlds in {seconds} s, no difference", total.worlds)?;
                }
                _ => failed.store(true, Ordering::Relaxed),
            }
        }
    };
    let processors = thread::available_parallelism()?.get();
    thread::scope(|scope| {
        let all: Vec<_> = (0..processors).map(|_| scope.spawn(one_after_another)).collect();
        all.into_iter().try_for_each(|one| match one.join() {
            Ok(result) => result,
            Err(_) => Err(io::Error::other("a thread of this run has panicked")),
        })
    })?;
    let Counts { worlds, refused, callers, decisions, admissions, complaints } =
        *total.lock().unwrap_or_else(PoisonError::into_inner);
    let mut out = io::stdout();
    writeln!(out, "worlds                {worlds:>14}")?;
    writeln!(out, "  refused by a build  {refused:>14}")?;
    writeln!(out, "callers               {callers:>14}")?;
    writeln!(out, "decisions compared    {decisions:>14}")?;
    writeln!(out, "calls compared        {admissions:>14}")?;
    writeln!(out, "refusals compared     {complaints:>14}")?;
    writeln!(out, "seconds               {:>14.1}", begun.elapsed().as_secs_f64())?;
    if failed.into_inner() {
        return Ok(ExitCode::FAILURE);
    }
    writeln!(out, "no difference")?;
    Ok(ExitCode::SUCCESS)
}

/// Compares a part of the worlds in this process, and says how much there was to who has started it.
///
/// # Errors
///
/// If standard output cannot be written.
pub fn part(cases: &dyn Cases, of: std::ops::Range<u64>) -> io::Result<ExitCode> {
    let mut total = Counts::default();
    for at in of {
        match cases.compare(at) {
            Ok(counts) => total += counts,
            Err(difference) => {
                writeln!(io::stdout(), "case {at}: {difference}")?;
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    let Counts { worlds, refused, callers, decisions, admissions, complaints } = total;
    writeln!(io::stdout(), "counts {worlds} {refused} {callers} {decisions} {admissions} {complaints}")?;
    Ok(ExitCode::SUCCESS)
}

fn read(numbers: &str) -> Option<Counts> {
    let mut numbers = numbers.split(' ').map(|number| number.parse().ok());
    let mut next = || numbers.next().flatten();
    Some(Counts {
        worlds: next()?,
        refused: next()?,
        callers: next()?,
        decisions: next()?,
        admissions: next()?,
        complaints: next()?,
    })
}
