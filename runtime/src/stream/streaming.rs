//! What a command returns as a stream: its items become lines as they are pulled.

use std::{
    any::type_name,
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use serde::Serialize;

use super::{Line, Lines, write_end};
use crate::{output::unencodable, reply::Reply};

/// A stream of items, as the result of a command: `Streaming<T>`, or `Streaming<T, E>` if it may end with an error.
///
/// It is pulled as fast as the page reads, and dropped when the page goes away or gives it up. In a `Result`, what is
/// known before the first item is the command's own error.
///
/// ```
/// use portcullis::{Streaming, prelude::*};
/// # use std::{pin::Pin, task::{Context, Poll}};
/// # struct Numbers(u32, u32);
/// # impl futures_core::Stream for Numbers {
/// #     type Item = u32;
/// #     fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u32>> {
/// #         if self.0 == self.1 { return Poll::Ready(None); }
/// #         self.0 += 1;
/// #         Poll::Ready(Some(self.0))
/// #     }
/// # }
///
/// #[command(public("counts"))]
/// fn count(to: u32) -> Result<Streaming<u32>, String> {
///     if to > 1_000_000 {
///         return Err("that is too far".to_owned());
///     }
///     Ok(Streaming::new(Numbers(0, to))) // any `Stream` of items
/// }
/// ```
pub struct Streaming<T, E = Never>(Pin<Box<dyn futures_core::Stream<Item = Result<T, E>> + Send>>);

impl<T> Streaming<T> {
    /// A stream that does not fail.
    pub fn new(items: impl futures_core::Stream<Item = T> + Send + 'static) -> Self {
        Self(Box::pin(Unfailing(Box::pin(items))))
    }
}

impl<T, E> Streaming<T, E> {
    /// A stream that the first error ends.
    pub fn fallible(items: impl futures_core::Stream<Item = Result<T, E>> + Send + 'static) -> Self {
        Self(Box::pin(items))
    }
}

/// In a unit test, a command gives this, and its items can be looked at.
impl<T, E> futures_core::Stream for Streaming<T, E> {
    type Item = Result<T, E>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl<T, E> fmt::Debug for Streaming<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Streaming(..)")
    }
}

/// The error of a stream that does not fail: there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Never {}

impl Serialize for Never {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        match *self {}
    }
}

/// Items that are no results. (Pinned by a box of its own, since a projection would need `unsafe` or a macro.)
struct Unfailing<S>(Pin<Box<S>>);

impl<S: futures_core::Stream> futures_core::Stream for Unfailing<S> {
    type Item = Result<S::Item, Never>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map(|item| item.map(Ok))
    }
}

impl<T: Serialize, E: Serialize> Lines for Streaming<T, E> {
    /// As many as there is room for: a call of this for each would cost as much as a short item does.
    fn poll_lines(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut Vec<u8>,
        room: usize,
    ) -> Poll<Line> {
        let start = into.len();
        loop {
            let line = into.len();
            let (name, written, last): (fn() -> &'static str, _, _) = match self.0.as_mut().poll_next(context)
            {
                Poll::Ready(Some(Ok(item))) => (type_name::<T>, append(into, b'i', &item), Line::More),
                Poll::Ready(Some(Err(error))) => (type_name::<E>, append(into, b'e', &error), Line::Last),
                Poll::Ready(None) => {
                    into.extend_from_slice(b"z\n");
                    return Poll::Ready(Line::Last);
                }
                Poll::Pending if line > start => return Poll::Ready(Line::More),
                Poll::Pending => return Poll::Pending,
            };
            if let Err(error) = written {
                into.truncate(line);
                write_end(into, &Reply::Failed(unencodable(&error, name())));
                return Poll::Ready(Line::Last);
            }
            into.push(b'\n');
            if last == Line::Last || into.len() - start >= room {
                return Poll::Ready(last);
            }
        }
    }
}

fn append(into: &mut Vec<u8>, kind: u8, value: &impl Serialize) -> serde_json::Result<()> {
    into.push(kind);
    serde_json::to_writer(into, value)
}
