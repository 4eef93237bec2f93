//! Bytes that are no JSON: what a command takes and returns as they are, whole or as they come.

use std::{
    fmt,
    future::poll_fn,
    io::{self, Read},
    ops::Deref,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;

use crate::{
    cancellation::Cancellation,
    compile::tables::Entry,
    invoke::{let_go, panicked},
};

/// Bytes, whole: an argument or a result that is not JSON. Cheap to clone; the clones share one buffer.
///
/// As an argument, `Option<Bytes>` may be left out. The page sends a `Blob`, an `ArrayBuffer` or a typed array and gets
/// a `Uint8Array`; no byte becomes a number in JSON.
///
/// ```
/// use portcullis::Bytes;
///
/// #[portcullis::command(public("an example"))]
/// fn reversed(data: Bytes) -> Bytes {
///     data.iter().rev().copied().collect::<Vec<u8>>().into()
/// }
///
/// assert_eq!(*reversed(Bytes::from(&b"abc"[..])), *b"cba");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Bytes(bytes::Bytes);

impl Bytes {
    /// The buffer.
    pub fn into_inner(self) -> bytes::Bytes {
        self.0
    }
}

impl Deref for Bytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<bytes::Bytes> for Bytes {
    fn from(bytes: bytes::Bytes) -> Self {
        Self(bytes)
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<&'static [u8]> for Bytes {
    fn from(bytes: &'static [u8]) -> Self {
        Self(bytes::Bytes::from_static(bytes))
    }
}

/// How many there are, and not which: they do not get into logs by way of `{:?}`.
impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({})", self.len())
    }
}

type Chunks = Pin<Box<dyn Stream<Item = io::Result<bytes::Bytes>> + Send>>;

/// Bytes that a page sends, as they arrive: an argument of an asynchronous command, or of a `blocking` one.
///
/// Nothing is held but the part that was read last, so it may be larger than memory; how large it gets is for the command to bound. A
/// command takes one, and no [`Bytes`] beside it. The stream fails if the page goes away in the middle, or the call is given
/// up or runs out of time: a `blocking` command that waits for the next part is not left waiting.
///
/// ```
/// use portcullis::Upload;
///
/// #[portcullis::command(public("an example"))]
/// async fn count(mut file: Upload) -> Result<usize, String> {
///     let mut bytes = 0;
///     while let Some(part) = file.next().await {
///         bytes += part.map_err(|error| error.to_string())?.len();
///     }
///     Ok(bytes)
/// }
/// ```
pub struct Upload(Box<Arriving>);

struct Arriving {
    chunks: Chunks,
    /// What `read` has not handed out yet.
    rest: bytes::Bytes,
    /// Whether the call that it belongs to is still waited for.
    call: Cancellation,
}

impl Upload {
    /// What comes from a stream of parts. For adapters, and for unit tests.
    pub fn new(chunks: impl Stream<Item = io::Result<bytes::Bytes>> + Send + 'static) -> Self {
        let (rest, call) = (bytes::Bytes::new(), Cancellation::never());
        Self(Box::new(Arriving { chunks: Box::pin(chunks), rest, call }))
    }

    /// Fails when this call is given up.
    pub(crate) fn of(mut self, call: Cancellation) -> Self {
        self.0.call = call;
        self
    }

    /// The next part, or `None` at the end.
    pub async fn next(&mut self) -> Option<io::Result<bytes::Bytes>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl From<bytes::Bytes> for Upload {
    fn from(bytes: bytes::Bytes) -> Self {
        Self::new(Once(Some(bytes)))
    }
}

impl Stream for Upload {
    type Item = io::Result<bytes::Bytes>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.0.rest.is_empty() {
            return Poll::Ready(Some(Ok(std::mem::take(&mut self.0.rest))));
        }
        if self.0.call.is_given_up(context) {
            // Said once: what loops over errors comes to an end too.
            *self = Self::new(Once(None));
            let gone = io::Error::new(io::ErrorKind::ConnectionAborted, "the call has been given up");
            return Poll::Ready(Some(Err(gone)));
        }
        self.0.chunks.as_mut().poll_next(context)
    }
}

/// Waits on this thread: for `blocking` commands, which have one of their own.
impl Read for Upload {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.0.rest.is_empty() {
            match crate::wait::block_on(self.next()) {
                Some(part) => self.0.rest = part?,
                None => return Ok(0),
            }
        }
        let count = self.0.rest.len().min(into.len());
        if let Some(into) = into.get_mut(..count) {
            into.copy_from_slice(&self.0.rest.split_to(count));
        }
        Ok(count)
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Upload(..)")
    }
}

/// Bytes that a command returns as they come: a file, or what is made on the way. The page gets a `Response`.
///
/// It is pulled as fast as the page reads. If it fails in the middle, the page's read fails: there is no way to take
/// back what was sent.
///
/// ```
/// use portcullis::Download;
///
/// #[portcullis::command(public("an example"))]
/// fn logo() -> Download {
///     Download::from(bytes::Bytes::from_static(b"<svg/>")).with_content_type("image/svg+xml")
/// }
/// ```
pub struct Download(Box<Leaving>);

struct Leaving {
    made: Made,
    content_type: Option<Box<str>>,
    length: Option<u64>,
}

impl Download {
    /// What comes from a stream of parts.
    pub fn new(chunks: impl Stream<Item = io::Result<bytes::Bytes>> + Send + 'static) -> Self {
        let made = Made { chunks: Some(Box::pin(chunks)), entry: None };
        Self(Box::new(Leaving { made, content_type: None, length: None }))
    }

    /// What kind of bytes: `image/png`. `application/octet-stream` unless this is said.
    #[must_use]
    pub fn with_content_type(mut self, kind: impl Into<Box<str>>) -> Self {
        self.0.content_type = Some(kind.into());
        self
    }

    /// How many bytes there will be, if that is known: a page can show how far it is.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        self.0.length = Some(bytes);
        self
    }

    /// What kind of bytes, if the command has said so.
    pub fn content_type(&self) -> Option<&str> {
        self.0.content_type.as_deref()
    }

    /// How many bytes, if the command has said so.
    pub fn length(&self) -> Option<u64> {
        self.0.length
    }

    pub(crate) fn set_entry(&mut self, entry: &'static Entry) {
        self.0.made.entry = Some(entry);
    }
}

impl From<bytes::Bytes> for Download {
    fn from(bytes: bytes::Bytes) -> Self {
        let length = bytes.len() as u64;
        Self::new(Once(Some(bytes))).with_length(length)
    }
}

impl Stream for Download {
    type Item = io::Result<bytes::Bytes>;
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.made.poll_next(context)
    }
}

/// What a command makes on the way. It may panic, when it is asked and when it goes: that is not for whoever carries it.
struct Made {
    chunks: Option<Chunks>,
    /// Whose it is, once a call has given it as its reply.
    entry: Option<&'static Entry>,
}

impl Made {
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<bytes::Bytes>>> {
        let Some(chunks) = &mut self.chunks else { return Poll::Ready(None) };
        let polled = catch_unwind(AssertUnwindSafe(|| chunks.as_mut().poll_next(context)));
        polled.unwrap_or_else(|panic| {
            let _ = panicked(self.entry, panic);
            self.end();
            Poll::Ready(Some(Err(io::Error::other("the command panicked"))))
        })
    }

    fn end(&mut self) {
        if let Some(chunks) = self.chunks.take() {
            let_go(self.entry, chunks);
        }
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        self.end();
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("content_type", &self.0.content_type)
            .field("length", &self.0.length)
            .finish_non_exhaustive()
    }
}

/// One part, and the end.
struct Once(Option<bytes::Bytes>);

impl Stream for Once {
    type Item = io::Result<bytes::Bytes>;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}
