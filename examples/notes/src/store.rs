//! Notes in a file of `SQLite`. Who may ask for what is not known here.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, OptionalExtension as _, Result, Row, params};
use serde::Serialize;

/// The notes of a program.
pub struct Store(Mutex<Connection>);

/// A note in a list.
#[derive(Debug, PartialEq, Serialize)]
pub struct Summary {
    pub id: i64,
    pub title: String,
    /// How the text begins.
    pub preview: String,
    /// Milliseconds since 1970.
    pub updated: i64,
}

/// A note.
#[derive(Debug, PartialEq, Serialize)]
pub struct Note {
    pub id: i64,
    pub title: String,
    pub body: String,
    /// Milliseconds since 1970.
    pub updated: i64,
}

const SUMMARY: &str = "SELECT id, title, substr(body, 1, 160), updated FROM notes";
const NOTE: &str = "id, title, body, updated";
const NOW: &str = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

impl Store {
    /// Opens a file, and makes it with a few first notes if it is not there.
    pub fn open(file: &Path) -> Result<Self> {
        let mut connection = Connection::open(file)?;
        let setup = connection.transaction()?;
        let version: i64 = setup.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if version == 0 {
            setup.execute_batch(include_str!("schema.sql"))?;
        }
        setup.commit()?;
        Ok(Self(Mutex::new(connection)))
    }

    /// All notes, the latest first.
    pub fn list(&self) -> Result<Vec<Summary>> {
        let connection = self.lock();
        let mut query = connection.prepare_cached(&format!("{SUMMARY} ORDER BY updated DESC, id DESC"))?;
        query.query_map([], summary)?.collect()
    }

    /// The notes that contain a text, the latest first.
    pub fn search(&self, text: &str) -> Result<Vec<Summary>> {
        let pattern = format!("%{}%", text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_"));
        let connection = self.lock();
        let mut query = connection.prepare_cached(&format!(
            r"{SUMMARY} WHERE title LIKE ?1 ESCAPE '\' OR body LIKE ?1 ESCAPE '\' ORDER BY updated DESC, id DESC"
        ))?;
        query.query_map([pattern], summary)?.collect()
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

    /// Whether there was such a note.
    pub fn delete(&self, id: i64) -> Result<bool> {
        Ok(self.lock().execute("DELETE FROM notes WHERE id = ?1", [id])? == 1)
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // Every statement stands for itself: one that was broken off by a panic leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn summary(row: &Row<'_>) -> Result<Summary> {
    Ok(Summary { id: row.get(0)?, title: row.get(1)?, preview: row.get(2)?, updated: row.get(3)? })
}

fn note(row: &Row<'_>) -> Result<Note> {
    Ok(Note { id: row.get(0)?, title: row.get(1)?, body: row.get(2)?, updated: row.get(3)? })
}
