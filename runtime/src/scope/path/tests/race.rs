//! Somebody moves folders and links about while files are opened. Nothing outside is ever read or written.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use super::{Place, SECRET, all, at_once};

/// How often files are opened while folders are swapped. It takes a few seconds in a debug build.
const OPENINGS: usize = 100_000;

/// Two entries of a folder change places over and over, until this is dropped.
struct Meanwhile {
    end: Arc<AtomicBool>,
    swaps: Arc<AtomicUsize>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Meanwhile {
    fn swapping(a: PathBuf, b: PathBuf) -> Self {
        let (end, swaps) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (its_end, its_swaps) = (Arc::clone(&end), Arc::clone(&swaps));
        let thread = thread::spawn(move || {
            while !its_end.load(Ordering::Relaxed) {
                // An odd number, and a rest for each of both states: else hardly anything would ever come to an end.
                for _ in 0..31 {
                    swap(&a, &b);
                }
                its_swaps.fetch_add(31, Ordering::Relaxed);
                thread::sleep(Duration::from_micros(100));
            }
        });
        Self { end, swaps, thread: Some(thread) }
    }
}

impl Drop for Meanwhile {
    fn drop(&mut self) {
        self.end.store(true, Ordering::Relaxed);
        self.thread.take().unwrap().join().unwrap();
    }
}

/// Two entries of a folder change places, in one step: there is no moment without one of them.
#[cfg(target_os = "linux")]
fn swap(a: &Path, b: &Path) {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).unwrap();
}

#[cfg(not(target_os = "linux"))]
fn swap(a: &Path, b: &Path) {
    let between = a.with_extension("between");
    fs::rename(a, &between).unwrap();
    fs::rename(b, a).unwrap();
    fs::rename(&between, b).unwrap();
}

/// Of what was tried, how much was done and how much was not.
#[derive(Debug, Default)]
struct Tally {
    read: usize,
    written: usize,
    created: usize,
    listed: usize,
    refused: usize,
    failed: usize,
}

impl Tally {
    /// Everything has been done at one time and refused at another.
    fn is_of_a_race(&self) -> bool {
        [self.read, self.written, self.created, self.listed, self.refused].iter().all(|count| *count > 10)
    }
}

/// Uses `folder`, which is now a folder and now a link, in every way.
fn use_it(place: &Place, openings: usize) -> Tally {
    let mut tally = Tally::default();
    // A link is refused in a moment, and most of the openings are spent on that: some more if they were not enough.
    for round in 0..50 * openings {
        if round >= openings && tally.is_of_a_race() {
            break;
        }
        let error = match round % 5 {
            0 => match place.read("folder/file").read_to_string() {
                Ok(text) => {
                    assert_ne!(text, SECRET);
                    tally.read += 1;
                    continue;
                }
                Err(error) => error,
            },
            1 => match place.write("folder/secret").write("written") {
                Ok(()) => {
                    tally.written += 1;
                    continue;
                }
                Err(error) => error,
            },
            2 => match place.write("folder/new").create() {
                Ok(file) => {
                    drop(file);
                    tally.created += 1;
                    continue;
                }
                Err(error) => error,
            },
            3 => match place.write("folder/new").remove() {
                Ok(()) => continue,
                Err(error) => error,
            },
            _ => match place.read("folder").list() {
                Ok(listing) => {
                    let seen = listing.flatten().any(|item| item.name() == "only-outside");
                    assert!(!seen, "a listing of what is outside");
                    tally.listed += 1;
                    continue;
                }
                Err(error) => error,
            },
        };
        if error.why().is_some() { tally.refused += 1 } else { tally.failed += 1 }
    }
    tally
}

fn prepare(place: &Place) {
    fs::create_dir(place.inside("folder")).unwrap();
    fs::write(place.inside("folder/file"), "inside").unwrap();
    fs::write(place.inside("folder/secret"), "inside").unwrap();
    fs::write(place.outside("file"), SECRET).unwrap();
    fs::write(place.outside("only-outside"), SECRET).unwrap();
}

#[track_caller]
fn nothing_has_come_out(place: &Place) {
    let mut names: Vec<_> =
        fs::read_dir(place.outside("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["file", "only-outside", "secret"]);
    for name in ["file", "only-outside", "secret"] {
        assert_eq!(fs::read_to_string(place.outside(name)).unwrap(), SECRET);
    }
}

#[track_caller]
fn it_was_a_race(tally: &Tally, meanwhile: &Meanwhile) {
    let swaps = meanwhile.swaps.load(Ordering::Relaxed);
    assert!(swaps > 100 && tally.is_of_a_race(), "{tally:?}, {swaps} swaps");
}

#[test]
fn p_toctou_swap() {
    let place = Place::new(all);
    prepare(&place);
    place.link("spare", place.outside(""));
    let meanwhile = Meanwhile::swapping(place.inside("folder"), place.inside("spare"));
    let tally = use_it(&place, OPENINGS);
    it_was_a_race(&tally, &meanwhile);
    drop(meanwhile);
    nothing_has_come_out(&place);
}

#[test]
fn p_toctou_swap_where_names_are_walked() {
    let place = Place::walking(all);
    prepare(&place);
    place.link("spare", place.outside(""));
    let meanwhile = Meanwhile::swapping(place.inside("folder"), place.inside("spare"));
    let tally = use_it(&place, OPENINGS);
    it_was_a_race(&tally, &meanwhile);
    drop(meanwhile);
    nothing_has_come_out(&place);
}

#[test]
fn p_toctou_swap_with_a_folder_that_is_not_admitted() {
    for place in [
        Place::new(|name| name == "folder" || name.starts_with("folder/")),
        Place::walking(|name| name == "folder" || name.starts_with("folder/")),
    ] {
        prepare(&place);
        fs::create_dir(place.inside("private")).unwrap();
        place.link("spare", "private");
        fs::write(place.inside("private/file"), SECRET).unwrap();
        fs::write(place.inside("private/secret"), SECRET).unwrap();
        fs::write(place.inside("private/only-outside"), SECRET).unwrap();
        let meanwhile = Meanwhile::swapping(place.inside("folder"), place.inside("spare"));
        let tally = use_it(&place, OPENINGS / 10);
        it_was_a_race(&tally, &meanwhile);
        drop(meanwhile);
        assert_eq!(fs::read_to_string(place.inside("private/secret")).unwrap(), SECRET);
        assert!(!place.inside("private/new").exists());
    }
}

#[test]
fn p_toctou_swap_of_the_file_itself() {
    for place in [Place::new(|name| name == "file"), Place::walking(|name| name == "file")] {
        fs::write(place.inside("file"), "inside").unwrap();
        place.link("spare", place.outside("secret"));
        let meanwhile = Meanwhile::swapping(place.inside("file"), place.inside("spare"));
        let (mut read, mut written) = (0, 0);
        for round in 0..5 * OPENINGS {
            if round >= OPENINGS / 10 && read > 10 && written > 10 {
                break;
            }
            if let Ok(text) = place.read("file").read_to_string() {
                assert_ne!(text, SECRET);
                read += 1;
            }
            written += usize::from(place.write("file").write("inside").is_ok());
        }
        assert!(read > 10 && written > 10, "{read}, {written}");
        drop(meanwhile);
        place.outside_is_as_it_was();
    }
}

#[test]
fn p_toctou_swap_with_a_pipe_blocks_nobody() {
    for place in [Place::new(|name| name == "file"), Place::walking(|name| name == "file")] {
        at_once(move || {
            fs::write(place.inside("file"), "inside").unwrap();
            let pipe = place.inside("pipe");
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            let _meanwhile = Meanwhile::swapping(place.inside("file"), pipe);
            for _ in 0..OPENINGS / 20 {
                let _ = place.read("file").read();
                let _ = place.write("file").write("inside");
            }
        });
    }
}

#[test]
fn p_toctou_swap_of_the_base_folder() {
    // The one that was opened is held, wherever it is: neither its files nor their names become those of the other.
    for place in [Place::new(|name| name == "ok.txt"), Place::walking(|name| name == "ok.txt")] {
        let other = place.temp.path().join("other");
        fs::create_dir(&other).unwrap();
        fs::write(other.join("ok.txt"), SECRET).unwrap();
        assert_eq!(place.read("ok.txt").read_to_string().unwrap(), "fine");
        let meanwhile = Meanwhile::swapping(place.inside(""), other.clone());
        let mut read = 0;
        for _ in 0..OPENINGS / 20 {
            if let Ok(text) = place.read("ok.txt").read_to_string() {
                assert_eq!(text, "fine");
                read += 1;
            }
            assert!(place.read("sub/deep.txt").read().is_err());
        }
        assert!(read > 10, "{read}");
        drop(meanwhile);
    }
}
