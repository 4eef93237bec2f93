//! What comes with a call beside its JSON: raw bytes, channels to the caller, and whether anybody still waits for it.

use std::{
    fmt,
    marker::PhantomData,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde::{Deserialize, Serialize, de::IgnoredAny};
use tokio::sync::mpsc;

use super::{Argument, ByBytes, ByCall, Host, Slot, Sourced};
use crate::{
    cancellation::{Cancellation, Waiting},
    channel::{CAPACITY, Channel},
    compile::tables::Entry,
    invoke::Call,
    model::Source,
    raw::{Bytes, Upload},
    reply::{Code, Failure},
    request::Attachment,
};

/// What belongs to one call, beside its arguments.
#[derive(Debug)]
pub(crate) struct Beside {
    attached: Attached,
    /// Where the bytes of the next byte argument begin.
    next: AtomicUsize,
    lines: Option<mpsc::Sender<Vec<u8>>>,
    cancellation: Cancellation,
}

#[derive(Debug)]
enum Attached {
    Whole(bytes::Bytes),
    /// Taken once, by the one argument that there is for it.
    Stream(Mutex<Option<Upload>>),
}

impl Beside {
    pub(crate) fn new(attachment: Attachment, entry: &Entry) -> Self {
        let stream = |upload| Attached::Stream(Mutex::new(Some(upload)));
        let attached = match attachment {
            Attachment::Stream(upload) => stream(upload),
            Attachment::Whole(bytes) if entry.takes_upload() => stream(bytes.into()),
            Attachment::Whole(bytes) => Attached::Whole(bytes),
            Attachment::None => Attached::Whole(bytes::Bytes::new()),
        };
        Self { attached, next: AtomicUsize::new(0), lines: None, cancellation: Cancellation::never() }
    }

    /// How many bytes there are to be taken by their lengths.
    pub(crate) fn whole_length(&self) -> u64 {
        match &self.attached {
            Attached::Whole(bytes) => bytes.len() as u64,
            Attached::Stream(_) => 0,
        }
    }

    /// Opens the queue that channels write to.
    pub(crate) fn open_channels(&mut self) -> mpsc::Receiver<Vec<u8>> {
        let (lines, sent) = mpsc::channel(CAPACITY);
        self.lines = Some(lines);
        sent
    }

    /// What says that nobody waits for the call any more, when it is dropped.
    pub(crate) fn waiting(&self) -> Waiting {
        self.cancellation.waiting()
    }

    /// Where the next bytes begin: those of an argument are where its name is among the others.
    fn begin(&self, length: usize) -> usize {
        // What is too much by far is told once all lengths are known.
        self.next.fetch_add(length, Ordering::Relaxed)
    }

    fn bytes(&self, start: usize, length: usize) -> Option<bytes::Bytes> {
        let Attached::Whole(bytes) = &self.attached else { return None };
        let end = start.checked_add(length).filter(|end| *end <= bytes.len())?;
        Some(bytes.slice(start..end))
    }

    fn take_upload(&self) -> Option<Upload> {
        match &self.attached {
            Attached::Stream(upload) => {
                let upload = upload.lock().unwrap_or_else(PoisonError::into_inner).take();
                upload.map(|upload| upload.of(self.cancellation.clone()))
            }
            Attached::Whole(_) => None,
        }
    }
}

/// The slot of bytes, of which the message has the length.
#[derive(Debug)]
pub struct BytesSlot<'a, T> {
    host: Host<'a>,
    name: &'static str,
    length: Length,
    makes: PhantomData<fn() -> T>,
}

/// What a message says of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    /// Nothing yet.
    Unsaid,
    /// That there are none.
    Null,
    /// So many, after so many others.
    Of { start: usize, length: usize },
}

/// [`Bytes`], or perhaps some.
pub trait MadeOfBytes: Sized {
    #[doc(hidden)]
    fn made_of(bytes: Option<Bytes>) -> Option<Self>;
}

impl MadeOfBytes for Bytes {
    fn made_of(bytes: Option<Bytes>) -> Option<Self> {
        bytes
    }
}

impl MadeOfBytes for Option<Bytes> {
    fn made_of(bytes: Option<Bytes>) -> Option<Self> {
        Some(bytes)
    }
}

impl<T: MadeOfBytes> BytesSlot<'_, T> {
    /// The bytes.
    ///
    /// # Errors
    ///
    /// `invalid` if there are none, or fewer than the message says.
    pub fn take(&mut self) -> Result<T, Failure> {
        let bytes = match self.length {
            Length::Of { start, length } => {
                Some(self.bytes(start, length).ok_or_else(|| missing(self.name))?)
            }
            Length::Unsaid | Length::Null => None,
        };
        T::made_of(bytes).ok_or_else(|| missing(self.name))
    }

    fn bytes(&self, start: usize, length: usize) -> Option<Bytes> {
        match self.host.beside {
            Some(beside) => beside.bytes(start, length).map(Bytes::from),
            None => (length == 0).then(Bytes::default),
        }
    }
}

impl<'a, T: MadeOfBytes> Slot<'a> for BytesSlot<'a, T> {
    fn is_full(&self) -> bool {
        self.length != Length::Unsaid
    }
    fn fill(&mut self, text: &'a [u8]) -> serde_json::Result<usize> {
        let (length, read) = decode::<Option<usize>>(text)?;
        self.length = length.map_or(Length::Null, |length| {
            let start = self.host.beside.map_or(0, |beside| beside.begin(length));
            Length::Of { start, length }
        });
        Ok(read)
    }
    fn absent(&mut self) -> bool {
        T::made_of(None).is_some()
    }
    fn raw_length(&self) -> u64 {
        match self.length {
            Length::Of { length, .. } => length as u64,
            Length::Unsaid | Length::Null => 0,
        }
    }
}

impl<T> Sourced for BytesSlot<'_, T> {
    const SOURCE: Source = Source::Bytes;
    type Sent = T;
}

#[diagnostic::do_not_recommend]
impl<'a, T: MadeOfBytes> Argument<'a, ByBytes> for T {
    type Slot = BytesSlot<'a, T>;
    fn slot(call: Call<'a>, name: &'static str) -> BytesSlot<'a, T> {
        BytesSlot { host: call.host, name, length: Length::Unsaid, makes: PhantomData }
    }
}

/// The slot of an upload. What the message has in its place does not matter.
#[derive(Debug)]
pub struct UploadSlot<'a> {
    host: Host<'a>,
    name: &'static str,
    named: bool,
}

impl UploadSlot<'_> {
    /// The upload.
    ///
    /// # Errors
    ///
    /// `invalid` if no bytes came with the message.
    pub fn take(&mut self) -> Result<Upload, Failure> {
        self.host.beside.and_then(Beside::take_upload).ok_or_else(|| missing(self.name))
    }
}

impl<'a> Slot<'a> for UploadSlot<'a> {
    fn is_full(&self) -> bool {
        self.named
    }
    fn fill(&mut self, text: &'a [u8]) -> serde_json::Result<usize> {
        let (IgnoredAny, read) = decode(text)?;
        self.named = true;
        Ok(read)
    }
    fn absent(&mut self) -> bool {
        true
    }
}

impl Sourced for UploadSlot<'_> {
    const SOURCE: Source = Source::Upload;
    type Sent = Upload;
}

#[diagnostic::do_not_recommend]
impl<'a> Argument<'a, ByCall> for Upload {
    type Slot = UploadSlot<'a>;
    fn slot(call: Call<'a>, name: &'static str) -> UploadSlot<'a> {
        UploadSlot { host: call.host, name, named: false }
    }
}

/// The slot of something that is in no message.
#[derive(Debug)]
pub struct CallSlot<'a, T> {
    host: Host<'a>,
    name: &'static str,
    makes: PhantomData<fn() -> T>,
}

impl<'a, T> CallSlot<'a, T> {
    fn new(call: Call<'a>, name: &'static str) -> Self {
        Self { host: call.host, name, makes: PhantomData }
    }
}

impl<'a, T> Slot<'a> for CallSlot<'a, T> {
    fn is_full(&self) -> bool {
        true
    }
    fn fill(&mut self, _: &'a [u8]) -> serde_json::Result<usize> {
        Ok(0)
    }
    fn absent(&mut self) -> bool {
        true
    }
}

impl<T: Serialize> CallSlot<'_, Channel<T>> {
    /// The channel.
    ///
    /// # Errors
    ///
    /// `internal` if the call has none: it is a synchronous one.
    pub fn take(&mut self) -> Result<Channel<T>, Failure> {
        let lines = self.host.beside.and_then(|beside| beside.lines.clone());
        lines.map(|lines| Channel::new(lines, self.name)).ok_or_else(|| Failure::new(Code::Internal, None))
    }
}

impl<T: Serialize> Sourced for CallSlot<'_, Channel<T>> {
    const SOURCE: Source = Source::Channel;
    type Sent = T;
}

#[diagnostic::do_not_recommend]
impl<'a, T: Serialize> Argument<'a, ByCall> for Channel<T> {
    type Slot = CallSlot<'a, Self>;
    fn slot(call: Call<'a>, name: &'static str) -> Self::Slot {
        CallSlot::new(call, name)
    }
}

impl CallSlot<'_, Cancellation> {
    /// The cancellation.
    ///
    /// # Errors
    ///
    /// None: a call without one is never given up. It is fallible as that of every slot is.
    #[expect(clippy::unnecessary_wraps, reason = "a shim treats all slots alike")]
    pub fn take(&mut self) -> Result<Cancellation, Failure> {
        Ok(self.host.beside.map_or_else(Cancellation::never, |beside| beside.cancellation.clone()))
    }
}

impl Sourced for CallSlot<'_, Cancellation> {
    const SOURCE: Source = Source::Cancellation;
    type Sent = ();
}

#[diagnostic::do_not_recommend]
impl<'a> Argument<'a, ByCall> for Cancellation {
    type Slot = CallSlot<'a, Self>;
    fn slot(call: Call<'a>, name: &'static str) -> Self::Slot {
        CallSlot::new(call, name)
    }
}

fn decode<'a, T: Deserialize<'a>>(text: &'a [u8]) -> serde_json::Result<(T, usize)> {
    let mut json = serde_json::Deserializer::from_slice(text);
    let value = T::deserialize(&mut json)?;
    Ok((value, json.into_iter::<IgnoredAny>().byte_offset()))
}

#[cold]
fn missing(name: &'static str) -> Failure {
    Failure::new(Code::Invalid, Some(format!("the bytes of argument `{name}` are missing")))
}

impl fmt::Debug for Host<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Host({})", self.command_name())
    }
}
