//! The file that sessions are kept in: digests, never tokens. It is replaced as a whole, so that it is never half
//! written, and by one program at a time.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use serde::{Deserialize, Serialize};

use super::SessionsError;
use crate::token::Digest;

/// Far more than any number of sessions takes.
const MOST_BYTES: u64 = 16 * 1024 * 1024;
const KIND: &str = "portcullis sessions";
const VERSION: u32 = 1;

/// The file. No other program has it while this is there.
pub(crate) struct SessionsFile {
    path: PathBuf,
    /// Locked, if the file system can do that.
    _lock: File,
}

/// A session, as it is kept.
pub(crate) struct Entry {
    pub(crate) token: Digest,
    pub(crate) window: Box<str>,
    pub(crate) expires: SystemTime,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    kind: String,
    version: u32,
    sessions: Vec<WrittenSession>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSession {
    /// SHA-256 of the token, hexadecimal.
    token: String,
    window: Box<str>,
    /// In seconds since 1970.
    expires: u64,
}

impl SessionsFile {
    /// Takes the file, and reads what is in it. Nothing if there is none.
    pub(crate) fn open(path: PathBuf) -> Result<(Self, Vec<Entry>), SessionsError> {
        let lock = lock(&path)?;
        let entries = match read(&path)? {
            Some(text) => parse(&text).map_err(|why| SessionsError::Foreign { path: path.clone(), why })?,
            None => Vec::new(),
        };
        Ok((Self { path, _lock: lock }, entries))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes another file and puts it in the place of this one.
    pub(crate) fn write(&self, entries: Vec<Entry>) -> Result<(), SessionsError> {
        self.replace(&text(entries))
            .map_err(|source| SessionsError::Write { path: self.path.clone(), source })
    }

    fn replace(&self, text: &[u8]) -> io::Result<()> {
        let folder = folder(&self.path);
        // For its owner only, on Unix, from the moment when it is made.
        let mut fresh = tempfile::Builder::new().prefix(".portcullis-sessions").tempfile_in(folder)?;
        fresh.write_all(text)?;
        fresh.as_file().sync_all()?;
        fresh.persist(&self.path)?;
        // A session that was forgotten must not come back with the old file after a loss of power. Only Unix can say
        // that of a folder.
        if cfg!(unix) {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Locks a file beside this one, which is itself replaced again and again.
fn lock(path: &Path) -> Result<File, SessionsError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let failed = |source| SessionsError::Write { path: path.to_owned(), source };
    let file = options.open(&beside).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(SessionsError::InUse { path: path.to_owned() }),
        Err(TryLockError::Error(error)) => {
            // Some network file systems have no locks: that is no reason to have no sessions there.
            tracing::warn!(
                target: "portcullis",
                "{} cannot be locked ({error}): run the program once at a time",
                path.display()
            );
            Ok(file)
        }
    }
}

/// `None` if there is no such file.
fn read(path: &Path) -> Result<Option<Vec<u8>>, SessionsError> {
    let failed = |source| SessionsError::Read { path: path.to_owned(), source };
    let foreign = |why: &str| SessionsError::Foreign { path: path.to_owned(), why: why.to_owned() };
    // Asked first: to open a pipe would wait for somebody to write to it.
    match path.metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
        Ok(found) if !found.is_file() => return Err(foreign("it is not a file")),
        Ok(_) => {}
    }
    let file = File::open(path).map_err(failed)?;
    if is_exposed(&file).map_err(failed)? {
        return Err(SessionsError::Exposed { path: path.to_owned() });
    }
    let mut text = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut text).map_err(failed)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(foreign("it is too large"));
    }
    Ok(Some(text))
}

/// Whether somebody else may have written it, as far as this system tells.
#[cfg(unix)]
fn is_exposed(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let found = file.metadata()?;
    let (owner, own) = (found.uid(), rustix::process::geteuid().as_raw());
    Ok(found.mode() & 0o022 != 0 || (owner != own && owner != 0))
}

/// Windows decides by folder, and a user's own data folder is for that user alone.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
fn is_exposed(_: &File) -> io::Result<bool> {
    Ok(false)
}

fn text(mut entries: Vec<Entry>) -> Vec<u8> {
    entries.sort_by(|one, other| one.expires.cmp(&other.expires).then_with(|| one.window.cmp(&other.window)));
    let seconds =
        |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let sessions = entries
        .into_iter()
        .map(|entry| WrittenSession {
            token: entry.token.to_hex(),
            window: entry.window,
            expires: seconds(entry.expires),
        })
        .collect();
    let written = Written { kind: KIND.to_owned(), version: VERSION, sessions };
    // Text and numbers only: there is nothing in it that JSON could not say.
    let mut text = serde_json::to_vec_pretty(&written).unwrap_or_default();
    text.push(b'\n');
    text
}

fn parse(text: &[u8]) -> Result<Vec<Entry>, String> {
    let written: Written = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    if written.kind != KIND {
        return Err(format!("its `kind` is not `{KIND}`"));
    }
    if written.version != VERSION {
        return Err(format!("its `version` is {}, and this program knows {VERSION}", written.version));
    }
    let entry = |session: WrittenSession| {
        let token = Digest::from_hex(&session.token)
            .ok_or_else(|| format!("a token of window `{}` is no digest", session.window.escape_debug()))?;
        let expires = SystemTime::UNIX_EPOCH
            .checked_add(Duration::from_secs(session.expires))
            .ok_or_else(|| format!("{} is no time", session.expires))?;
        Ok(Entry { token, window: session.window, expires })
    };
    written.sessions.into_iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let expires = SystemTime::UNIX_EPOCH + Duration::from_secs(2_000_000_000);
        let entry = Entry { token: Digest::of(b"secret"), window: "editor".into(), expires };
        let read = parse(&text(vec![entry])).unwrap();
        assert_eq!((&*read[0].window, read[0].expires), ("editor", expires));
        assert!(read[0].token.is(&Digest::of(b"secret")));
        assert!(parse(&text(Vec::new())).unwrap().is_empty());
    }

    #[test]
    fn what_is_not_sessions_is_told_apart() {
        let digest = Digest::of(b"x").to_hex();
        let of = |kind: &str, version: &str, token: &str, more: &str| {
            let session = format!(r#"{{"token":"{token}","window":"w","expires":1{more}}}"#);
            parse(format!(r#"{{"kind":"{kind}","version":{version},"sessions":[{session}]}}"#).as_bytes())
                .map(|read| read.len())
        };
        assert_eq!(of(KIND, "1", &digest, ""), Ok(1));
        assert_eq!(of("notes", "1", &digest, ""), Err("its `kind` is not `portcullis sessions`".into()));
        assert_eq!(of(KIND, "2", &digest, ""), Err("its `version` is 2, and this program knows 1".into()));
        assert_eq!(of(KIND, "1", "abc", ""), Err("a token of window `w` is no digest".into()));
        assert!(of(KIND, "1", &digest, r#","admin":true"#).is_err());
        assert!(parse(b"").is_err() && parse(b"[]").is_err() && parse(b"{}").is_err());
    }
}
