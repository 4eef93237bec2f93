//! What is attached to notes. It comes and goes in parts, and is held whole by nobody.

use rusqlite::{OptionalExtension as _, Result, Row, params};

use super::{NOW, Store};

/// The most bytes of a part.
pub const PART: usize = 256 * 1024;

/// Something that is attached to a note.
#[portcullis::data(output)]
#[derive(Debug, PartialEq)]
pub struct Attachment {
    #[data(number)]
    pub id: i64,
    #[data(number)]
    pub note: i64,
    pub name: String,
    /// `image/png`.
    pub kind: String,
    #[data(number)]
    pub bytes: u64,
}

const ATTACHMENT: &str = "id, note, name, kind, bytes";

impl Store {
    /// What is attached to a note, in the order in which it was.
    pub fn attachments(&self, note: i64) -> Result<Vec<Attachment>> {
        let connection = self.lock();
        let mut query = connection.prepare_cached(&format!(
            "SELECT {ATTACHMENT} FROM attachments WHERE note = ?1 AND bytes IS NOT NULL ORDER BY id"
        ))?;
        query.query_map([note], attachment)?.collect()
    }

    /// One attachment.
    pub fn attachment(&self, id: i64) -> Result<Option<Attachment>> {
        self.lock()
            .query_row(
                &format!("SELECT {ATTACHMENT} FROM attachments WHERE id = ?1 AND bytes IS NOT NULL"),
                [id],
                attachment,
            )
            .optional()
    }

    /// A part of an attachment: all have [`PART`] bytes but the last.
    pub fn part(&self, attachment: i64, number: u64) -> Result<Option<Vec<u8>>> {
        let connection = self.lock();
        let mut query =
            connection.prepare_cached("SELECT content FROM parts WHERE attachment = ?1 AND number = ?2")?;
        query.query_row(params![attachment, number], |row| row.get(0)).optional()
    }

    /// Begins an attachment of a note, if there is such a note.
    pub fn attach(&self, note: i64, name: &str, kind: &str) -> Result<Option<Incoming<'_>>> {
        let id = self
            .lock()
            .query_row(
                &format!(
                    "INSERT INTO attachments (note, name, kind, added) \
                     SELECT id, ?2, ?3, {NOW} FROM notes WHERE id = ?1 RETURNING id"
                ),
                params![note, name, kind],
                |row| row.get(0),
            )
            .optional()?;
        Ok(id.map(|id| Incoming { store: self, id, parts: 0, bytes: 0, whole: false }))
    }

    /// Removes an attachment, and says of which note it was.
    pub fn detach(&self, id: i64) -> Result<Option<i64>> {
        self.lock()
            .query_row("DELETE FROM attachments WHERE id = ?1 RETURNING note", [id], |row| row.get(0))
            .optional()
    }
}

/// An attachment that is arriving. If it is dropped before it is [finished](Self::finish), it has never been.
pub struct Incoming<'a> {
    store: &'a Store,
    id: i64,
    parts: u64,
    bytes: u64,
    whole: bool,
}

impl Incoming<'_> {
    /// Adds a part: [`PART`] bytes, or fewer if it is the last. False if its note has been deleted meanwhile.
    pub fn add(&mut self, content: &[u8]) -> Result<bool> {
        let connection = self.store.lock();
        let mut insert = connection.prepare_cached(
            "INSERT INTO parts (attachment, number, content) SELECT id, ?2, ?3 FROM attachments WHERE id = ?1",
        )?;
        let added = insert.execute(params![self.id, self.parts, content])? == 1;
        self.parts += 1;
        self.bytes += content.len() as u64;
        Ok(added)
    }

    /// The attachment, if its note has not been deleted meanwhile.
    pub fn finish(mut self) -> Result<Option<Attachment>> {
        let attachment = self
            .store
            .lock()
            .query_row(
                &format!("UPDATE attachments SET bytes = ?2 WHERE id = ?1 RETURNING {ATTACHMENT}"),
                params![self.id, self.bytes],
                attachment,
            )
            .optional()?;
        self.whole = true;
        Ok(attachment)
    }
}

impl Drop for Incoming<'_> {
    fn drop(&mut self) {
        if !self.whole {
            // If it fails, what is left is not shown, and goes when the program is started again.
            let _ = self.store.detach(self.id);
        }
    }
}

fn attachment(row: &Row<'_>) -> Result<Attachment> {
    Ok(Attachment {
        id: row.get(0)?,
        note: row.get(1)?,
        name: row.get(2)?,
        kind: row.get(3)?,
        bytes: row.get(4)?,
    })
}
