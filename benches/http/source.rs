//! What both sides send: numbers as items, and bytes in parts.

use std::{
    convert::Infallible,
    io,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_core::Stream;
use serde::Serialize;

/// 64 KiB, as a file is read.
const PART: usize = 64 * 1024;

/// An item of a stream.
#[derive(Debug, Serialize)]
pub struct Item {
    /// Which.
    pub id: u32,
    /// Some text.
    pub name: &'static str,
}

/// Items, one after the other.
#[derive(Debug)]
pub struct Items {
    next: u32,
    end: u32,
}

impl Items {
    /// So many.
    #[must_use]
    pub fn new(count: u32) -> Self {
        Self { next: 0, end: count }
    }
}

impl Stream for Items {
    type Item = Item;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Item>> {
        if self.next == self.end {
            return Poll::Ready(None);
        }
        self.next += 1;
        Poll::Ready(Some(Item { id: self.next, name: "an item" }))
    }
}

/// The items as lines of JSON, as a handler would send them: gathered to parts of 64 KiB, since a write for each would be
/// several times slower.
#[derive(Debug)]
pub struct Lines(pub Items);

impl Stream for Lines {
    type Item = Result<Bytes, Infallible>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut part = Vec::with_capacity(PART);
        while part.len() < PART {
            match Pin::new(&mut self.0).poll_next(context) {
                Poll::Ready(Some(item)) => {
                    if serde_json::to_writer(&mut part, &item).is_err() {
                        return Poll::Ready(None);
                    }
                    part.push(b'\n');
                }
                _ => break,
            }
        }
        Poll::Ready((!part.is_empty()).then(|| Ok(part.into())))
    }
}

/// Bytes in parts.
#[derive(Debug)]
pub struct Parts {
    part: Bytes,
    left: usize,
}

impl Parts {
    /// So many bytes.
    #[must_use]
    pub fn new(bytes: usize) -> Self {
        Self { part: Bytes::from(vec![7; PART]), left: bytes }
    }
}

impl Stream for Parts {
    type Item = io::Result<Bytes>;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let count = self.left.min(PART);
        self.left -= count;
        Poll::Ready((count > 0).then(|| Ok(self.part.slice(..count))))
    }
}
