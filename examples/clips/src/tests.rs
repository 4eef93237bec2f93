//! The program, tested as what it is: functions on real files and a real site, and the traps over HTTP.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops on what it does not expect")]

mod commands;
mod fetching;
mod traps;

use std::{fs, path::PathBuf};

use axum::Router;
use portcullis::{prelude::*, test};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::{
    args::{self, Args},
    clips::{FetchArticles, ReadClips, WriteClips},
    data,
    site::Site,
};

/// A folder for data as the program makes it, with `clips` and what lies beside.
struct Data {
    folder: TempDir,
    clips: PathBuf,
}

impl Data {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clips = data::clips(folder.path()).unwrap();
        Self { folder, clips }
    }

    /// What the collector may read.
    fn read(&self, clip: &str) -> Checked<ReadClips> {
        test::scope().allow("$CLIPS/**").base("CLIPS", &self.clips).admit(clip).unwrap()
    }

    /// What the collector may write.
    fn write(&self, clip: &str) -> Checked<WriteClips> {
        let scope = test::scope().allow("$CLIPS/*.md").allow("$CLIPS/private/*.md");
        scope.base("CLIPS", &self.clips).admit(clip).unwrap()
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.folder.path().join(file)).unwrap()
    }
}

/// What the collector may fetch.
fn articles() -> test::TestScope<FetchArticles> {
    test::scope()
        .allow("http://site.localhost:*/articles/*")
        .deny("http://site.localhost:*/articles/drafts/*")
}

/// A site on any free port.
async fn start(router: Router) -> Site {
    Site::serve(TcpListener::bind("127.0.0.1:0").await.unwrap(), router).unwrap()
}

#[test]
fn clips_are_kept_and_the_first_ones_come_once() {
    let data = Data::new();
    fs::remove_file(data.clips.join("welcome.md")).unwrap();
    assert_eq!(data::clips(data.folder.path()).unwrap(), data.clips);
    assert!(!data.clips.join("welcome.md").exists());
}

#[test]
fn a_folder_that_is_told_may_be_relative() {
    let folder = data::folder(Some("some/where".into())).unwrap();
    assert!(folder.is_absolute() && folder.ends_with("some/where"));
}

#[test]
fn the_command_line() {
    let parse =
        |words: &[&str]| args::parse(lexopt::Parser::from_args(words)).map_err(|error| error.to_string());
    let run = |data: Option<&str>, port, open| Ok(Args::Run { data: data.map(PathBuf::from), port, open });
    assert_eq!(parse(&[]), run(None, None, true));
    assert_eq!(parse(&["--port=0", "--no-open", "--data", "a b"]), run(Some("a b"), Some(0), false));
    assert_eq!(parse(&["--version"]), Ok(Args::Print(concat!("clips ", env!("CARGO_PKG_VERSION")))));
    assert!(matches!(parse(&["-h"]), Ok(Args::Print(help)) if help.contains("--no-open")));
    assert_eq!(parse(&["--port", "99999"]), Err("`--port 99999`: a port is a number from 0 to 65535".into()));
    assert_eq!(parse(&["--prot", "1"]), Err("invalid option '--prot'".into()));
}
