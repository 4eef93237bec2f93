//! Notes out of the files of a folder. Which folders there are is said by the scope of a permission: a page cannot name a
//! file outside of them.

#![allow(
    clippy::needless_pass_by_value,
    reason = "a command is given what was checked, and what is its own to use"
)]

use std::{
    ops::ControlFlow,
    time::{Duration, Instant, UNIX_EPOCH},
};

use portcullis::{
    Cancellation, Channel, Emitter,
    prelude::*,
    scope::{Item, Kind, Located, PathError},
};

use crate::{
    notes::{LONGEST, NoteChanged, NoteError, WriteNotes, check_length},
    store::Store,
};

/// Import notes from folders.
#[derive(Permission)]
#[permission(id = "notes:import", scope = PathScope<Read>)]
pub struct ImportNotes;

/// Of files with these names notes are made.
const ENDINGS: [&str; 3] = [".md", ".markdown", ".txt"];
/// How many files that were left out are named.
const NAMED: usize = 20;

/// A folder that can be imported.
#[portcullis::data(output)]
#[derive(Debug, PartialEq)]
pub struct Folder {
    /// As `import_notes` takes it: `.`, or `Recipes`.
    pub name: String,
    /// How many notes there are in it, and in the folders in it.
    #[data(number)]
    pub files: usize,
}

/// How far an import is.
#[portcullis::data(output)]
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    #[data(number)]
    pub done: usize,
    #[data(number)]
    pub of: usize,
    /// The file that is next.
    pub name: String,
}

/// What has become of the files.
#[portcullis::data(output)]
#[derive(Debug, Default, PartialEq)]
pub struct Outcome {
    #[data(number)]
    pub imported: usize,
    /// Files that a note was made of before.
    #[data(number)]
    pub known: usize,
    /// Files that cannot be notes; only the first are named.
    #[data(number)]
    pub left_out: usize,
    pub named: Vec<LeftOut>,
}

/// A file that cannot be a note.
#[portcullis::data(output)]
#[derive(Debug, PartialEq)]
pub struct LeftOut {
    pub name: String,
    pub why: &'static str,
}

/// Why a folder was not imported. The page gets it as `{"kind": "folder", "code": "not_found", "message": ".."}`.
#[portcullis::data(output)]
#[derive(Debug)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ImportError {
    Folder(PathError),
    Storage,
}

/// The folders that there are to import, the outermost first.
#[command(permission(ImportNotes), blocking)]
pub fn list_folders(folder: Checked<ImportNotes>) -> Result<Vec<Folder>, ImportError> {
    let outermost = if folder.name().is_empty() { "." } else { folder.name() };
    let mut folders = vec![Folder { name: outermost.to_owned(), files: 0 }];
    let mut files = Vec::new();
    for item in folder.walk()? {
        let item = item?;
        match item.kind() {
            Kind::Folder => folders.push(Folder { name: item.locate().name().to_owned(), files: 0 }),
            Kind::File if is_note(&item) => files.push(item.locate().name().to_owned()),
            Kind::File => {}
        }
    }
    for folder in &mut folders {
        let within = |file: &&String| {
            folder.name == "." || file.strip_prefix(&*folder.name).is_some_and(|rest| rest.starts_with('/'))
        };
        folder.files = files.iter().filter(within).count();
    }
    folders.retain(|folder| folder.files > 0);
    folders.sort_by(|a, b| (a.name != ".", &a.name).cmp(&(b.name != ".", &b.name)));
    Ok(folders)
}

/// Makes notes of the files in a folder and the folders in it. A page that gives up, or goes away, stops it: what has been
/// imported until then stays.
#[command(all_of(ImportNotes, WriteNotes), blocking, timeout = "none")]
pub fn import_notes(
    folder: Checked<ImportNotes>,
    on_progress: Channel<Progress>,
    cancellation: Cancellation,
    store: State<'_, Store>,
    changed: Emitter<NoteChanged>,
) -> Result<Outcome, ImportError> {
    let mut pages = Every::new(Duration::from_millis(30));
    let mut windows = Every::new(Duration::from_millis(300));
    let imported = import(&folder, &store, |progress| {
        // The page may be slow; the next one will do.
        if pages.is_due() && on_progress.try_send(progress).is_err() || cancellation.is_cancelled() {
            return ControlFlow::Break(());
        }
        if windows.is_due() {
            changed.emit(&NoteChanged::Imported);
        }
        ControlFlow::Continue(())
    });
    changed.emit(&NoteChanged::Imported);
    imported
}

/// Makes notes of the files in a folder, in the order of their names, until it is told to stop.
pub fn import(
    folder: &Located<Read>,
    store: &Store,
    mut step: impl FnMut(&Progress) -> ControlFlow<()>,
) -> Result<Outcome, ImportError> {
    let mut files =
        folder.walk()?.filter(|item| item.as_ref().map_or(true, is_note)).collect::<Result<Vec<_>, _>>()?;
    files.sort_by(|a, b| a.name().cmp(b.name()));
    let mut imported = Outcome::default();
    for (done, file) in files.iter().enumerate() {
        let progress = Progress { done, of: files.len(), name: file.name().to_owned() };
        if step(&progress).is_break() {
            return Ok(imported);
        }
        match read(file) {
            Ok(note) => {
                let new = store.import(file.locate().name(), &note.title, &note.body, note.updated)?;
                *(if new { &mut imported.imported } else { &mut imported.known }) += 1;
            }
            Err(why) => {
                imported.left_out += 1;
                if imported.named.len() < NAMED {
                    imported.named.push(LeftOut { name: file.name().to_owned(), why });
                }
            }
        }
    }
    Ok(imported)
}

/// What a note is made of.
struct Draft {
    title: String,
    body: String,
    updated: Option<i64>,
}

/// Reads a file, or says why it cannot be a note.
fn read(file: &Item) -> Result<Draft, &'static str> {
    const UNREADABLE: &str = "it cannot be read";
    let metadata = file.metadata().map_err(|_| UNREADABLE)?;
    if metadata.len() > LONGEST as u64 {
        return Err("it is too long");
    }
    let text =
        String::from_utf8(file.locate().read().map_err(|_| UNREADABLE)?).map_err(|_| "it is not text")?;
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let (title, body) = match text.strip_prefix("# ") {
        Some(rest) => rest.split_once('\n').unwrap_or((rest, "")),
        None => (stem(file.name()), &*text),
    };
    let (title, body) = (title.trim().to_owned(), body.trim().to_owned());
    check_length(&title, &body).map_err(|_| "it is too long")?;
    let since = metadata.modified().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let updated = since.and_then(|since| i64::try_from(since.as_millis()).ok());
    Ok(Draft { title, body, updated })
}

fn is_note(item: &Item) -> bool {
    item.kind() == Kind::File && ENDINGS.iter().any(|ending| item.name().to_lowercase().ends_with(ending))
}

/// The name of a file, without its folders and its ending.
fn stem(name: &str) -> &str {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.rsplit_once('.').map_or(last, |(stem, _)| stem)
}

/// Something that is done at once, and then not too often.
struct Every {
    time: Duration,
    last: Option<Instant>,
}

impl Every {
    const fn new(time: Duration) -> Self {
        Self { time, last: None }
    }

    fn is_due(&mut self) -> bool {
        let due = self.last.is_none_or(|last| last.elapsed() >= self.time);
        if due {
            self.last = Some(Instant::now());
        }
        due
    }
}

impl From<PathError> for ImportError {
    fn from(error: PathError) -> Self {
        Self::Folder(error)
    }
}

impl From<rusqlite::Error> for ImportError {
    fn from(error: rusqlite::Error) -> Self {
        // It tells whoever runs the program.
        let _ = NoteError::from(error);
        Self::Storage
    }
}
