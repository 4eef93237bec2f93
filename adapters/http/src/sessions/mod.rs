//! Sessions that outlive the run of a program: a link opens one, once, and the page that it opens keeps it.

mod codes;
mod error;
mod file;

use std::{
    collections::HashMap,
    fmt,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock},
    time::{Duration, SystemTime},
};

use portcullis::__private::quietly;
use tokio_util::sync::CancellationToken;

pub use error::SessionsError;

use self::{codes::Codes, file::Entry};
use crate::token::{Digest, Token};

/// Thirty days.
const KEEP: Duration = Duration::from_hours(30 * 24);
/// Ten minutes.
const CODE: Duration = Duration::from_mins(10);
/// As many sessions as a window may have; the one that ends first makes room for the next.
const PER_WINDOW: usize = 100;

/// Sessions that outlive the run of a program, each opened by a link that is good once.
///
/// ```no_run
/// # use portcullis::Gate;
/// # async fn run(gate: &Gate, pages: axum::Router) -> Result<(), Box<dyn std::error::Error>> {
/// use portcullis_http::{Program, Sessions};
///
/// let sessions = Sessions::in_file("/home/me/.local/share/notes/sessions.json")?;
/// let served = Program::new(gate).remember(&sessions).window("editor", pages).serve(7878).await?;
/// println!("{:?}", served.link("editor")); // http://editor.localhost:7878/#portcullis-code=5f2c..
///
/// // Some day, when somebody signs out of everything:
/// sessions.forget_all()?;
/// # Ok(())
/// # }
/// ```
///
/// A link carries a *code*, which is good once and for ten minutes. The page exchanges it for a token, which it keeps
/// in its `localStorage`: so it goes on working after a reload, in further tabs, and after the program has been started
/// again, until the session ends after thirty days. What is used up is no secret: a link in a shell's history or in a
/// list of processes opens nothing any more once it has been opened.
///
/// The program keeps digests of the tokens only: who reads the file cannot call. Who can *write* it can let themselves
/// in, so it must lie where only this user can write, such as the program's own data folder.
///
/// A page's storage belongs to its origin, and its port is a part of that: serve on a fixed port. Whoever serves there
/// while the program does not run, and whose page is opened then, reads what this page keeps: where other users of the
/// machine may do that, use [`in_memory`](Self::in_memory).
#[derive(Clone)]
pub struct Sessions {
    store: Arc<Store>,
    keep: Duration,
    code: Duration,
}

struct Store {
    file: Option<file::SessionsFile>,
    open: RwLock<HashMap<Digest, Kept>>,
    codes: Mutex<Codes>,
    /// Held while the file is written, so that the last to write has seen the last change.
    saving: Mutex<()>,
}

/// A session. It ends when it is dropped.
struct Kept {
    window: Box<str>,
    expires: SystemTime,
    ended: CancellationToken,
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.ended.cancel();
    }
}

/// What a code is exchanged for.
pub(crate) struct Opened {
    pub(crate) token: Token,
    pub(crate) expires: SystemTime,
}

impl Sessions {
    /// Sessions that are kept in this file, which is made if there is none. On Unix only its owner may read it.
    ///
    /// Reads and writes the file, and waits for that: call it at the start.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or written; if it is something else than a file of sessions (it is then left as it
    /// is); if others may write it; if another run of the program has it.
    pub fn in_file(path: impl Into<PathBuf>) -> Result<Self, SessionsError> {
        let (file, entries) = file::SessionsFile::open(path.into())?;
        let open = entries.into_iter().map(|entry| (entry.token, Kept::new(entry.window, entry.expires)));
        let sessions = Self::of(Some(file), open.collect());
        sessions.save()?;
        Ok(sessions)
    }

    /// Sessions that end with the program: its links are good once, and nothing is written anywhere.
    pub fn in_memory() -> Self {
        Self::of(None, HashMap::new())
    }

    fn of(file: Option<file::SessionsFile>, open: HashMap<Digest, Kept>) -> Self {
        let store =
            Store { file, open: RwLock::new(open), codes: Mutex::default(), saving: Mutex::default() };
        Self { store: Arc::new(store), keep: KEEP, code: CODE }
    }

    /// How long a session lasts from when it is opened. Thirty days unless this is said.
    #[must_use]
    pub fn lasting(mut self, keep: Duration) -> Self {
        self.keep = keep;
        self
    }

    /// How long the code of a link is good. Ten minutes unless this is said.
    #[must_use]
    pub fn codes_lasting(mut self, code: Duration) -> Self {
        self.code = code;
        self
    }

    /// Ends every session, and voids every link that has not been opened. Calls that are under way are given up.
    ///
    /// # Errors
    ///
    /// If the file cannot be written: the sessions have ended for now, and would work again after a restart.
    pub fn forget_all(&self) -> Result<(), SessionsError> {
        self.forget(|_| true)
    }

    /// Ends the sessions of one window, and voids its links, as [`forget_all`](Self::forget_all) does for all.
    ///
    /// # Errors
    ///
    /// As `forget_all`.
    pub fn forget_window(&self, window: &str) -> Result<(), SessionsError> {
        self.forget(|other| other == window)
    }

    fn forget(&self, which: impl Fn(&str) -> bool) -> Result<(), SessionsError> {
        let forgotten = {
            // Held for both, so that no code becomes a session in between.
            let mut codes = lock(&self.store.codes);
            codes.forget(&which);
            let mut open = self.write();
            let before = open.len();
            open.retain(|_, kept| !which(&kept.window));
            before - open.len()
        };
        quietly(|| tracing::info!(target: "portcullis", forgotten, "sessions are forgotten"));
        self.save()
    }

    /// Whether they are meant to be found again by the next run.
    pub(crate) fn outlive(&self) -> bool {
        self.store.file.is_some()
    }

    /// A code for a link to this window.
    pub(crate) fn mint(&self, window: &str) -> Result<Token, getrandom::Error> {
        let code = Token::random()?;
        lock(&self.store.codes).add(window, code.digest(), self.code);
        Ok(code)
    }

    /// Exchanges a code for a token; `None` if it is used up, too old, or none at all. Waits for the file to be written.
    pub(crate) fn open(&self, window: &str, code: &[u8]) -> Option<Opened> {
        let token = Token::random().ok()?;
        let expires = later(self.keep);
        {
            let mut codes = lock(&self.store.codes);
            if !codes.take(window, &Digest::of(code)) {
                return None;
            }
            self.write_one(window, token.digest(), expires);
        }
        if let Err(error) = self.save() {
            // Nobody is locked out for that: it works until the program ends.
            quietly(|| {
                tracing::error!(target: "portcullis", "a session of window `{window}` is not kept: {error}");
            });
        }
        Some(Opened { token, expires })
    }

    fn write_one(&self, window: &str, token: Digest, expires: SystemTime) {
        let mut open = self.write();
        let now = SystemTime::now();
        open.retain(|_, kept| now < kept.expires);
        let own = open.iter().filter(|(_, kept)| &*kept.window == window);
        if own.clone().count() >= PER_WINDOW
            && let Some(first) = own.min_by_key(|(_, kept)| kept.expires).map(|(token, _)| *token)
        {
            open.remove(&first);
        }
        open.insert(token, Kept::new(window.into(), expires));
    }

    /// Whether this token is one of a session of this window, and what tells when it ends.
    ///
    /// It is looked up by its digest, so the time that this takes tells something of digests, and nothing of tokens.
    pub(crate) fn find(&self, window: &str, token: &[u8]) -> Option<(CancellationToken, SystemTime)> {
        let open = self.store.open.read().unwrap_or_else(PoisonError::into_inner);
        let kept = open.get(&Digest::of(token))?;
        let holds = &*kept.window == window && SystemTime::now() < kept.expires;
        holds.then(|| (kept.ended.clone(), kept.expires))
    }

    fn save(&self) -> Result<(), SessionsError> {
        let Some(file) = &self.store.file else { return Ok(()) };
        let _saving = lock(&self.store.saving);
        let now = SystemTime::now();
        let entries: Vec<_> = {
            let open = self.store.open.read().unwrap_or_else(PoisonError::into_inner);
            let valid = open.iter().filter(|(_, kept)| now < kept.expires);
            valid
                .map(|(token, kept)| Entry {
                    token: *token,
                    window: kept.window.clone(),
                    expires: kept.expires,
                })
                .collect()
        };
        file.write(entries)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, HashMap<Digest, Kept>> {
        self.store.open.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn new(window: Box<str>, expires: SystemTime) -> Self {
        Self { window, expires, ended: CancellationToken::new() }
    }
}

/// What a panic elsewhere left behind is whole: each change is one insertion or removal.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A time from now on; what no clock can tell is a century.
fn later(after: Duration) -> SystemTime {
    let now = SystemTime::now();
    let century = Duration::from_hours(100 * 365 * 24);
    now.checked_add(after.min(century)).unwrap_or(now)
}

/// How many there are, and where they are kept.
impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = self.store.open.read().unwrap_or_else(PoisonError::into_inner).len();
        f.debug_struct("Sessions")
            .field("file", &self.store.file.as_ref().map(file::SessionsFile::path))
            .field("open", &open)
            .field("keep", &self.keep)
            .field("code", &self.code)
            .finish()
    }
}
