//! What is attached to notes, as a page may ask for it: bytes that come and go as they are.

#![allow(clippy::needless_pass_by_value, reason = "a command is given what is its own to use")]

use std::{
    io::{self, Read as _},
    pin::Pin,
    task::{Context, Poll},
};

use portcullis::{Download, Emitter, Upload, prelude::*};

use crate::{
    notes::{NoteChanged, NoteError, ReadNotes, WriteNotes},
    store::{Attachment, PART, Store},
};

/// The most bytes that an attachment may have.
pub const LARGEST: u64 = 100 * 1024 * 1024;
/// The most characters that its name may have.
const LONGEST_NAME: usize = 200;

/// Why something was not attached. The page gets it as `{"kind": "too_large", "limit": 104857600}`.
#[portcullis::data(output)]
#[derive(Debug, PartialEq)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AttachError {
    NotFound {
        #[data(number)]
        id: i64,
    },
    TooLarge {
        #[data(number)]
        limit: u64,
    },
    /// It did not arrive whole.
    BrokenOff,
    Storage,
}

#[command(permission(ReadNotes), number(note))]
pub fn list_attachments(note: i64, store: State<'_, Store>) -> Result<Vec<Attachment>, NoteError> {
    Ok(store.attachments(note)?)
}

/// Attaches something to a note. It is never in memory as a whole; if the page gives up in the middle, nothing is left.
#[command(permission(WriteNotes), blocking, timeout = "none", number(note))]
pub fn add_attachment(
    note: i64,
    name: &str,
    kind: &str,
    mut content: Upload,
    store: State<'_, Store>,
    changed: Emitter<NoteChanged>,
) -> Result<Attachment, AttachError> {
    let gone = || AttachError::NotFound { id: note };
    let name: String = name.chars().take(LONGEST_NAME).collect();
    let mut incoming = store.attach(note, &name, checked_kind(kind))?.ok_or_else(gone)?;
    let (mut part, mut bytes) = (Vec::with_capacity(PART), 0);
    loop {
        part.clear();
        let room = PART as u64;
        let read = content.by_ref().take(room).read_to_end(&mut part).map_err(|_| AttachError::BrokenOff)?;
        bytes += read as u64;
        if bytes > LARGEST {
            return Err(AttachError::TooLarge { limit: LARGEST });
        }
        if read > 0 && !incoming.add(&part)? {
            return Err(gone());
        }
        if read < PART {
            break;
        }
    }
    let attachment = incoming.finish()?.ok_or_else(gone)?;
    changed.emit(&NoteChanged::Attachments { id: note });
    Ok(attachment)
}

/// What is attached, as it is: read from the file as fast as the page takes it.
#[command(permission(ReadNotes), number(id))]
pub fn read_attachment(id: i64, store: State<'_, Store>) -> Result<Download, NoteError> {
    let attachment = store.attachment(id)?.ok_or(NoteError::NotFound { id })?;
    let parts = Parts { store: Store::clone(&store), id, next: 0, left: attachment.bytes };
    Ok(Download::new(parts).with_content_type(attachment.kind).with_length(attachment.bytes))
}

#[command(permission(WriteNotes), number(id))]
pub fn remove_attachment(
    id: i64,
    store: State<'_, Store>,
    changed: Emitter<NoteChanged>,
) -> Result<(), NoteError> {
    let note = store.detach(id)?.ok_or(NoteError::NotFound { id })?;
    changed.emit(&NoteChanged::Attachments { id: note });
    Ok(())
}

/// The parts of an attachment. Each is a short read from a local file, so it is read where it is asked for.
struct Parts {
    store: Store,
    id: i64,
    next: u64,
    left: u64,
}

impl futures_core::Stream for Parts {
    type Item = io::Result<bytes::Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let part = match self.store.part(self.id, self.next) {
            Ok(Some(part)) => part,
            // It has been removed meanwhile.
            Ok(None) => return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into()))),
            Err(error) => return Poll::Ready(Some(Err(io::Error::other(error)))),
        };
        self.next += 1;
        self.left = self.left.saturating_sub(part.len() as u64);
        Poll::Ready(Some(Ok(part.into())))
    }
}

/// What kind of bytes a page says that they are, if that is a kind: it is sent in a header.
fn checked_kind(kind: &str) -> &str {
    let is_token = |text: &str| {
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);
        (1..=100).contains(&text.len()) && text.bytes().all(inner)
    };
    match kind.split_once('/') {
        Some((one, other)) if is_token(one) && is_token(other) => kind,
        _ => "application/octet-stream",
    }
}

impl From<rusqlite::Error> for AttachError {
    fn from(error: rusqlite::Error) -> Self {
        eprintln!("notes: {error}");
        Self::Storage
    }
}
