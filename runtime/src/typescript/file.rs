//! A module in its file: written, or compared with what is there.

use std::{env, fmt::Write as _, fs, path::Path};

use super::error::Error;

/// Whether to compare, and not to write, by the environment.
pub(super) fn is_check() -> bool {
    let is_set =
        |name| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0" && value != "false");
    is_set("PORTCULLIS_CHECK") || is_set("CI")
}

/// Writes the file, unless it says the same: what watches it is not woken.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Error> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| Error::one(format!("{} cannot be written: {error}", path.display())))
}

/// Says where the file is not what it should be.
pub(super) fn check(path: &Path, text: &str) -> Result<(), Error> {
    let there = match fs::read_to_string(path) {
        Ok(there) => there,
        Err(error) => return Err(Error::one(format!("{} cannot be read: {error}\n{ANEW}", path.display()))),
    };
    // Git may check text out with other ends of lines.
    if there.replace("\r\n", "\n") == text {
        return Ok(());
    }
    let lines = differences(&there, text);
    Err(Error::one(format!("{} is not what the program has now:\n{lines}{ANEW}", path.display())))
}

const ANEW: &str = "help: run the test that calls `write_or_check` without `CI` and `PORTCULLIS_CHECK` in its environment (or call `write`), \
     and commit the file";

/// How many lines are shown.
const SHOWN: usize = 20;

/// The lines that differ, with their numbers: `-` is in the file, `+` should be.
fn differences(there: &str, text: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (there.lines().collect(), text.lines().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[start..old.len() - tail], &new[start..new.len() - tail]);
    let mut lines = Vec::new();
    // The longest common lines; of texts that are too long for that, all of both.
    if old.len().saturating_mul(new.len()) > 4_000_000 {
        lines.extend(old.iter().enumerate().map(|(at, line)| (start + at, '-', *line)));
        lines.extend(new.iter().enumerate().map(|(at, line)| (start + at, '+', *line)));
    } else {
        let mut common = vec![vec![0_u32; new.len() + 1]; old.len() + 1];
        for i in (0..old.len()).rev() {
            for j in (0..new.len()).rev() {
                common[i][j] = if old[i] == new[j] {
                    common[i + 1][j + 1] + 1
                } else {
                    common[i + 1][j].max(common[i][j + 1])
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < old.len() || j < new.len() {
            if i < old.len() && j < new.len() && old[i] == new[j] {
                (i, j) = (i + 1, j + 1);
            } else if j == new.len() || (i < old.len() && common[i + 1][j] >= common[i][j + 1]) {
                lines.push((start + i, '-', old[i]));
                i += 1;
            } else {
                lines.push((start + j, '+', new[j]));
                j += 1;
            }
        }
    }
    let more = lines.len().saturating_sub(SHOWN);
    let shown = lines.iter().take(SHOWN).map(|(at, sign, line)| format!("{:>6} {sign} {line}\n", at + 1));
    let mut text: String = shown.collect();
    if lines.is_empty() {
        text.push_str("       the last line has no end, or one too many\n");
    }
    if more > 0 {
        let _ = writeln!(text, "       and {more} more");
    }
    text
}
