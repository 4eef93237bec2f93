//! Notes in a file of `SQLite`. Who may ask for what is not known here.

mod attachments;
mod excerpt;

use std::{
    error::Error,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub use attachments::{Attachment, PART};
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, Result, Row, TransactionBehavior, params};

/// The notes of a program. The clones are the same ones.
#[derive(Clone)]
pub struct Store(Arc<Mutex<Connection>>);

/// A note in a list.
#[portcullis::data(output)]
#[derive(Debug, PartialEq)]
pub struct Summary {
    #[data(number)]
    pub id: i64,
    pub title: String,
    /// How the text begins, or what is around what was searched for.
    pub preview: String,
    /// Milliseconds since 1970.
    #[data(number)]
    pub updated: i64,
    /// How many attachments it has.
    #[data(number)]
    pub attachments: i64,
}

/// A note.
#[portcullis::data(output)]
#[derive(Debug, PartialEq)]
pub struct Note {
    #[data(number)]
    pub id: i64,
    pub title: String,
    pub body: String,
    /// Milliseconds since 1970.
    #[data(number)]
    pub updated: i64,
}

/// Each is done once, in this order; a file knows how many it has had.
const MIGRATIONS: [&str; 2] = [include_str!("schema/1.sql"), include_str!("schema/2.sql")];

const SUMMARY: &str = "\
    SELECT id, title, body, updated, \
    (SELECT count(*) FROM attachments WHERE note = notes.id AND bytes IS NOT NULL) FROM notes";
const LATEST: &str = "ORDER BY updated DESC, id DESC";
const NOTE: &str = "id, title, body, updated";
const NOW: &str = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

impl Store {
    /// Opens a file, and makes it with a few first notes if it is not there.
    pub fn open(file: &Path) -> Result<Self, Box<dyn Error>> {
        let mut connection = Connection::open(file)?;
        connection.execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
        )?;
        let setup = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version = setup.query_row("PRAGMA user_version", [], |row| row.get::<_, usize>(0))?;
        if version > MIGRATIONS.len() {
            return Err("a later version of this program has made it".into());
        }
        for migration in MIGRATIONS.iter().skip(version) {
            setup.execute_batch(migration)?;
        }
        setup.pragma_update(None, "user_version", MIGRATIONS.len())?;
        // What was arriving when the program was ended.
        setup.execute("DELETE FROM attachments WHERE bytes IS NULL", [])?;
        setup.commit()?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// The latest notes, the last one first: this many, or all.
    pub fn list(&self, limit: Option<u32>) -> Result<Vec<Summary>> {
        let connection = self.lock();
        let mut query = connection.prepare_cached(&format!("{SUMMARY} {LATEST} LIMIT ?1"))?;
        query.query_map([limit.map_or(-1, i64::from)], |row| summary(row, ""))?.collect()
    }

    /// The notes that contain a text, the latest first, and no more than a few hundred. If it is cancelled there are none.
    pub fn search(&self, text: &str, cancelled: impl Fn() -> bool + Send + 'static) -> Result<Vec<Summary>> {
        /// How much `SQLite` does before it asks again.
        const STEPS: i32 = 2000;
        let pattern = format!("%{}%", text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_"));
        let mut connection = self.lock();
        connection.progress_handler(STEPS, Some(cancelled))?;
        let found = matching(&connection, text, &pattern);
        connection.progress_handler(0, None::<fn() -> bool>)?;
        match found {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => {
                Ok(Vec::new())
            }
            found => found,
        }
    }

    /// One note.
    pub fn read(&self, id: i64) -> Result<Option<Note>> {
        self.lock().query_row(&format!("SELECT {NOTE} FROM notes WHERE id = ?1"), [id], note).optional()
    }

    /// A new note.
    pub fn create(&self, title: &str, body: &str) -> Result<Note> {
        self.lock().query_row(
            &format!("INSERT INTO notes (title, body, updated) VALUES (?1, ?2, {NOW}) RETURNING {NOTE}"),
            params![title, body],
            note,
        )
    }

    /// A note out of a file, unless there is one out of that file already.
    pub fn import(&self, source: &str, title: &str, body: &str, updated: Option<i64>) -> Result<bool> {
        let connection = self.lock();
        let mut insert = connection.prepare_cached(&format!(
            "INSERT INTO notes (source, title, body, updated) VALUES (?1, ?2, ?3, coalesce(?4, {NOW})) \
             ON CONFLICT DO NOTHING"
        ))?;
        Ok(insert.execute(params![source, title, body, updated])? == 1)
    }

    /// A note as it is from now on, if it is still there.
    pub fn save(&self, id: i64, title: &str, body: &str) -> Result<Option<Note>> {
        self.lock()
            .query_row(
                &format!(
                    "UPDATE notes SET title = ?2, body = ?3, updated = {NOW} WHERE id = ?1 RETURNING {NOTE}"
                ),
                params![id, title, body],
                note,
            )
            .optional()
    }

    /// Whether there was such a note. Its attachments go with it.
    pub fn delete(&self, id: i64) -> Result<bool> {
        Ok(self.lock().execute("DELETE FROM notes WHERE id = ?1", [id])? == 1)
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // Every statement stands for itself: one that was broken off by a panic leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn matching(connection: &Connection, text: &str, pattern: &str) -> Result<Vec<Summary>> {
    let mut query = connection.prepare_cached(&format!(
        r"{SUMMARY} WHERE title LIKE ?1 ESCAPE '\' OR body LIKE ?1 ESCAPE '\' {LATEST} LIMIT 300"
    ))?;
    query.query_map([pattern], |row| summary(row, text))?.collect()
}

fn summary(row: &Row<'_>, searched: &str) -> Result<Summary> {
    let body = row.get_ref(2)?.as_str()?;
    Ok(Summary {
        id: row.get(0)?,
        title: row.get(1)?,
        preview: excerpt::around(body, searched),
        updated: row.get(3)?,
        attachments: row.get(4)?,
    })
}

fn note(row: &Row<'_>) -> Result<Note> {
    Ok(Note { id: row.get(0)?, title: row.get(1)?, body: row.get(2)?, updated: row.get(3)? })
}
