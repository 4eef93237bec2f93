//! What every peer's commands do, and what they are sent.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

pub use portcullis_benches::commands::{ADD, Item, add, identity, items};
use tempfile::TempDir;

/// How many bytes are sent, and returned.
pub const MB: usize = 1_000_000;

/// Returns as many bytes as it is sent: each is another, so that nobody can hand back what came.
#[must_use]
pub fn flip(data: &[u8]) -> Vec<u8> {
    data.iter().map(|byte| !byte).collect()
}

/// The file that is read, by its name in the folder.
pub const NOTE: &str = "today.md";

/// A folder with a note in it.
#[derive(Debug)]
pub struct Notes {
    folder: PathBuf,
    /// It goes with the last of the notes.
    _kept: TempDir,
}

impl Notes {
    /// A new one.
    ///
    /// # Errors
    ///
    /// If there is no room for it.
    pub fn new() -> io::Result<Self> {
        let kept = TempDir::new()?;
        let folder = fs::canonicalize(kept.path())?;
        fs::write(folder.join(NOTE), "- milk\n- bread\n".repeat(10))?;
        Ok(Self { folder, _kept: kept })
    }

    /// Where it is, without links.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Reads a note the way that is written by hand: the real path is worked out, looked at and then opened.
///
/// # Errors
///
/// If it is not in the folder, or cannot be read.
pub fn read_note(folder: &Path, note: &str) -> Result<String, String> {
    let real = fs::canonicalize(folder.join(note)).map_err(|error| error.to_string())?;
    if !real.starts_with(folder) {
        return Err("denied".to_owned());
    }
    fs::read_to_string(real).map_err(|error| error.to_string())
}
