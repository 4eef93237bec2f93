//! Attachments: bytes in, the same bytes out, and nothing left of what was given up.

use std::{
    future::poll_fn,
    io,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use futures_core::Stream;
use portcullis::{Download, Upload, test};
use serde_json::{Value, json};

use super::{Data, unheard};
use crate::{
    attachments::{self, AttachError, LARGEST, add_attachment, list_attachments, read_attachment},
    notes::{NoteError, list_notes},
    store::{PART, Store},
};

/// What a page sends, in parts.
struct Sent(Vec<io::Result<bytes::Bytes>>);

impl Stream for Sent {
    type Item = io::Result<bytes::Bytes>;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(if self.0.is_empty() { None } else { Some(self.0.remove(0)) })
    }
}

fn upload(bytes: &[u8], each: usize) -> Upload {
    Upload::new(Sent(bytes.chunks(each).map(|part| Ok(part.to_vec().into())).collect()))
}

fn read(download: Download) -> io::Result<Vec<u8>> {
    let mut download = pin!(download);
    let mut bytes = Vec::new();
    let mut context = Context::from_waker(Waker::noop());
    loop {
        let next = pin!(poll_fn(|context| download.as_mut().poll_next(context))).poll(&mut context);
        match next {
            Poll::Ready(Some(part)) => bytes.extend_from_slice(&part?),
            Poll::Ready(None) => return Ok(bytes),
            Poll::Pending => panic!("a file is never waited for"),
        }
    }
}

fn some(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 7 % 251).to_le_bytes()[0]).collect()
}

#[test]
fn what_comes_out_is_what_went_in() {
    let data = Data::new();
    let (changed, mut heard) = test::emitter();
    for (length, each) in
        [(0, 1), (1, 1), (PART - 1, 1000), (PART, PART), (PART + 1, 70_000), (5 * PART, 65_536)]
    {
        let bytes = some(length);
        let sent = upload(&bytes, each);
        let made = add_attachment(1, "a.bin", "image/png", sent, data.store(), changed.clone()).unwrap();
        assert_eq!(made.bytes, length as u64);
        let download = read_attachment(made.id, data.store()).unwrap();
        assert_eq!((download.content_type(), download.length()), (Some("image/png"), Some(length as u64)));
        assert!(read(download).unwrap() == bytes, "{length}");
    }
    assert_eq!(list_attachments(1, data.store()).unwrap().len(), 6);
    assert_eq!(heard.events::<Value>(), vec![json!({ "change": "attachments", "id": 1 }); 6]);
    let listed = list_notes(None, data.store()).unwrap();
    assert_eq!(listed.iter().map(|note| note.attachments).sum::<i64>(), 6);
}

#[test]
fn what_breaks_off_leaves_nothing() {
    let data = Data::new();
    let parts = vec![Ok(some(PART).into()), Err(io::ErrorKind::ConnectionReset.into())];
    let broken = Upload::new(Sent(parts));
    assert_eq!(add_attachment(1, "a", "b/c", broken, data.store(), unheard()), Err(AttachError::BrokenOff));
    let (part, count) = (some(PART), usize::try_from(LARGEST).unwrap() / PART);
    let parts = (0..=count).map(|_| Ok(part.clone().into())).collect();
    let too_large = add_attachment(1, "a", "b/c", Upload::new(Sent(parts)), data.store(), unheard());
    assert_eq!(too_large, Err(AttachError::TooLarge { limit: LARGEST }));
    let nowhere = add_attachment(99, "a", "b/c", upload(b"x", 1), data.store(), unheard());
    assert_eq!(nowhere, Err(AttachError::NotFound { id: 99 }));
    assert_eq!(list_attachments(1, data.store()), Ok(vec![]));

    // Nor if the program is killed in the middle of it.
    let mut incoming = data.store.attach(1, "a", "b/c").unwrap().unwrap();
    assert!(incoming.add(b"x").unwrap());
    std::mem::forget(incoming);
    let left = |store: &Store| store.part(1, 0).unwrap();
    assert_eq!(left(&data.store), Some(b"x".to_vec()));
    let again = Store::open(&data.folder.path().join("notes.sqlite3")).unwrap();
    assert_eq!(left(&again), None);
}

#[test]
fn attachments_go_with_their_note() {
    let data = Data::new();
    let made = add_attachment(1, "a", "b/c", upload(&some(3 * PART), PART), data.store(), unheard()).unwrap();
    let download = read_attachment(made.id, data.store()).unwrap();
    let mut incoming = data.store.attach(1, "late", "b/c").unwrap().unwrap();
    data.store.delete(1).unwrap();
    assert_eq!(read_attachment(made.id, data.store()).err(), Some(NoteError::NotFound { id: made.id }));
    assert_eq!(read(download).unwrap_err().kind(), io::ErrorKind::UnexpectedEof, "and not a short file");
    assert!(!incoming.add(b"x").unwrap());
    assert_eq!(incoming.finish(), Ok(None));
}

#[test]
fn an_attachment_is_removed() {
    let data = Data::new();
    let made = add_attachment(1, "a", "b/c", upload(b"x", 1), data.store(), unheard()).unwrap();
    assert_eq!(attachments::remove_attachment(made.id, data.store(), unheard()), Ok(()));
    let gone = attachments::remove_attachment(made.id, data.store(), unheard());
    assert_eq!(gone, Err(NoteError::NotFound { id: made.id }));
    assert_eq!(list_attachments(1, data.store()), Ok(vec![]));
}

#[test]
fn a_kind_that_is_none_is_bytes() {
    let data = Data::new();
    for (said, kept) in [
        ("image/svg+xml", "image/svg+xml"),
        ("", "application/octet-stream"),
        ("text/html\r\nX: y", "application/octet-stream"),
        ("text", "application/octet-stream"),
        ("a/b/c", "application/octet-stream"),
    ] {
        let made =
            add_attachment(1, &"ä".repeat(300), said, upload(b"", 1), data.store(), unheard()).unwrap();
        assert_eq!((&*made.kind, made.name.chars().count()), (kept, 200));
    }
}
