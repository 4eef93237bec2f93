//! The folder of capability files that Tauri is given in place of the program's own.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tauri_utils::write_if_changed;

use crate::error::Error;
use crate::known::{Known, matching, name, read};
use crate::strip::Strip;

/// Tauri alone would read `json`, `toml` and, with a feature, `json5`.
const EXTENSIONS: [&str; 4] = ["json", "json5", "jsonc", "toml"];

/// The capability files of a program, without what is Portcullis's.
#[derive(Debug)]
pub(crate) struct Copies {
    /// The path below the folder, and what stands in the file.
    files: Vec<(PathBuf, String)>,
    /// Every id of Portcullis's that the program's files name.
    pub(crate) ids: BTreeSet<String>,
}

impl Copies {
    /// Reads all files in a folder below `root`.
    pub(crate) fn read(root: &Path, folder: &Path, known: &Known) -> Result<Self, Error> {
        let (mut files, mut strip) = (Vec::new(), Strip::new(known));
        let folder = root.join(folder);
        for path in matching(&folder, "**/*", &EXTENSIONS)? {
            match read(root, &path)? {
                Ok(tree) => {
                    let copy = strip.file(&tree);
                    // `main.json` and `main.toml` may stand side by side.
                    files.push((PathBuf::from(name(&folder, &path) + ".json"), format!("{copy:#}\n")));
                }
                Err(problems) => strip.problems.extend(problems),
            }
        }
        if !strip.problems.is_empty() {
            return Err(Error::Files(strip.problems));
        }
        Ok(Self { files, ids: strip.ids.into_keys().collect() })
    }

    /// Writes them into a folder, where nothing else stays. What has not changed is not touched.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), Error> {
        fs::create_dir_all(folder).map_err(Error::io(folder))?;
        let wanted: BTreeSet<PathBuf> = self.files.iter().map(|(path, _)| folder.join(path)).collect();
        remove_others(folder, &wanted)?;
        for (path, text) in &self.files {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).map_err(Error::io(parent))?;
            }
            write_if_changed(&path, text).map_err(Error::io(&path))?;
        }
        Ok(())
    }
}

fn remove_others(folder: &Path, wanted: &BTreeSet<PathBuf>) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(Error::io(folder))? {
        let entry = entry.map_err(Error::io(folder))?;
        let path = entry.path();
        if entry.file_type().map_err(Error::io(&path))?.is_dir() {
            if wanted.iter().any(|file| *file != path && file.starts_with(&path)) {
                remove_others(&path, wanted)?;
            } else {
                fs::remove_dir_all(&path).map_err(Error::io(&path))?;
            }
        } else if !wanted.contains(&path) {
            fs::remove_file(&path).map_err(Error::io(&path))?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stays_but_the_copies_and_what_is_the_same_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let copies = |files: &[&str]| Copies {
            files: files.iter().map(|file| (PathBuf::from(file), (*file).to_owned())).collect(),
            ids: BTreeSet::new(),
        };
        let text = |file: &str| fs::read_to_string(folder.path().join(file)).ok();
        copies(&["a.json", "b/c.json", "d/e/f.json"]).write(folder.path()).unwrap();
        assert_eq!(text("d/e/f.json").as_deref(), Some("d/e/f.json"));
        let written = || folder.path().join("a.json").metadata().unwrap().modified().unwrap();
        let before = written();

        copies(&["a.json", "d/g.json", "b"]).write(folder.path()).unwrap();
        assert_eq!(written(), before);
        assert_eq!(text("b").as_deref(), Some("b"), "a file in the place of a folder");
        assert_eq!(text("d/g.json").as_deref(), Some("d/g.json"));
        assert!(!folder.path().join("d/e").exists());
    }
}
