//! Files and folders that are opened beneath a base folder: with real ones, and with somebody who moves them about.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod links;
mod listing;
mod names;
mod race;
mod reading;
mod renaming;
mod special;
mod writing;

use std::{
    fmt::Debug,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use tempfile::TempDir;

use super::{
    error::{PathError, Why},
    located::{Judge, Located, Read, Write},
    root::Root,
};

/// A base folder with `ok.txt` and `sub/deep.txt` in it, and beside it a folder `outside` with a secret.
struct Place {
    temp: TempDir,
    root: Arc<Root>,
    rules: Arc<Rules>,
}

/// Admits what a function admits, and remembers what was refused.
struct Rules {
    admits: Box<dyn Fn(&str) -> bool + Send + Sync>,
    refused: Mutex<Vec<(String, Why)>>,
}

impl Judge for Rules {
    fn admits(&self, _: &Root, name: &str) -> bool {
        (self.admits)(name)
    }

    fn refused(&self, name: &str, error: &PathError) {
        self.refused.lock().unwrap().push((name.to_owned(), error.why().expect("it is a refusal")));
    }
}

const SECRET: &str = "the secret";

fn all(_: &str) -> bool {
    true
}

impl Place {
    /// Where the system tells the names of handles.
    fn new(admits: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        Self::with(Root::new, admits)
    }

    /// Where it does not.
    fn walking(admits: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        Self::with(Root::by_walking, admits)
    }

    /// What holds in both.
    fn both(admits: fn(&str) -> bool) -> [Self; 2] {
        [Self::new(admits), Self::walking(admits)]
    }

    fn with(root: fn(PathBuf) -> Root, admits: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        let temp = tempfile::tempdir().unwrap();
        let root = Arc::new(root(temp.path().join("allowed")));
        let rules = Arc::new(Rules { admits: Box::new(admits), refused: Mutex::default() });
        let place = Self { temp, root, rules };
        fs::create_dir_all(place.inside("sub")).unwrap();
        fs::create_dir(place.outside("")).unwrap();
        fs::write(place.inside("ok.txt"), "fine").unwrap();
        fs::write(place.inside("sub/deep.txt"), "deep").unwrap();
        fs::write(place.outside("secret"), SECRET).unwrap();
        place
    }

    fn inside(&self, name: &str) -> PathBuf {
        self.temp.path().join("allowed").join(name)
    }

    fn outside(&self, name: &str) -> PathBuf {
        self.temp.path().join("outside").join(name)
    }

    fn link(&self, name: &str, target: impl AsRef<Path>) {
        symlink(target, self.inside(name)).unwrap();
    }

    fn read(&self, name: &str) -> Located<Read> {
        Located::new(Arc::clone(&self.root), name, self.rules())
    }

    fn write(&self, name: &str) -> Located<Write> {
        Located::new(Arc::clone(&self.root), name, self.rules())
    }

    fn rules(&self) -> Arc<dyn Judge> {
        Arc::clone(&self.rules) as Arc<dyn Judge>
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.inside(name)).unwrap()
    }

    /// Nothing outside was changed, and nothing was put there.
    #[track_caller]
    fn outside_is_as_it_was(&self) {
        let names: Vec<_> =
            fs::read_dir(self.outside("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["secret"]);
        assert_eq!(fs::read_to_string(self.outside("secret")).unwrap(), SECRET);
    }

    /// It was refused for this reason, and that was told once.
    #[track_caller]
    fn refused<T: Debug>(&self, result: Result<T, PathError>, why: Why) {
        let error = result.expect_err("it was not refused");
        assert_eq!(error.why(), Some(why), "{error}");
        let told = std::mem::take(&mut *self.rules.refused.lock().unwrap());
        assert_eq!(told, [(error.name().to_owned(), why)]);
    }

    /// Each way of reading it is refused for this reason.
    #[track_caller]
    fn refused_for_reading(&self, name: &str, why: Why) {
        let file = self.read(name);
        self.refused(file.open(), why);
        self.refused(file.read(), why);
        self.refused(file.read_to_string(), why);
    }

    /// Each way of writing it, if it is there, or making it, if it is not, is refused for this reason.
    #[track_caller]
    fn refused_for_writing(&self, name: &str, why: Why) {
        let file = self.write(name);
        self.refused(file.write("overwritten"), why);
        self.refused(file.append("appended"), why);
        self.refused(file.open_append(), why);
        self.outside_is_as_it_was();
    }

    /// The system has failed, which is no refusal.
    #[track_caller]
    fn failed<T: Debug>(&self, result: Result<T, PathError>, code: &str) {
        let error = result.expect_err("it did not fail");
        assert_eq!(error.code(), code, "{error}");
        assert!(self.rules.refused.lock().unwrap().is_empty());
    }
}

/// Ends before long, or the test fails: what it does must not wait for anybody.
#[track_caller]
fn at_once<T: Send + 'static>(act: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send(act()));
    receiver.recv_timeout(std::time::Duration::from_secs(20)).expect("it blocks")
}

#[test]
fn what_a_command_holds_can_be_held_while_it_waits() {
    fn held<T: Send>() {}
    held::<Located<Read>>();
    held::<Located<Write>>();
    held::<super::file::ReadFile>();
    held::<super::file::WriteFile>();
    held::<super::list::Walk>();
    held::<super::list::Item>();
    held::<PathError>();
}
