//! What a request brings: its arguments, and the raw bytes beside them, whole or as they arrive.

use std::{io, time::Duration};

use axum::{
    body::{Body, Bytes, HttpBody as _},
    http::{HeaderMap, header},
};
use futures_util::stream;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use portcullis::{Attachment, Upload};
use tokio::runtime::Handle;

use crate::{call::only, refusal::Refusal};

/// How a body is written, as its content type says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `application/json`: the arguments.
    Json,
    /// `application/x-portcullis`: the length of the arguments (four bytes, the highest first), the arguments, and the
    /// raw bytes that they speak of.
    Framed,
}

impl Form {
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let content_type = only(headers, header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        // What pages send, to the letter: there is nothing to take apart.
        if content_type == Some("application/json") {
            return Some(Self::Json);
        }
        let essence = content_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/json") {
            Some(Self::Json)
        } else if essence.eq_ignore_ascii_case("application/x-portcullis") {
            Some(Self::Framed)
        } else {
            None
        }
    }
}

/// How long an upload is read that its command has left.
const UNREAD: Duration = Duration::from_secs(30);
/// Where the arguments begin in a framed body.
const HEAD: usize = 4;

/// A body as it arrives, of which some has been looked at.
struct Arriving {
    body: Limited<Body>,
    limit: usize,
}

impl Arriving {
    fn new(body: Body, limit: usize) -> Self {
        Self { body: Limited::new(body, limit), limit }
    }

    /// The next part, or `None` at the end.
    async fn next(&mut self) -> Result<Option<Bytes>, Refusal> {
        while let Some(frame) = self.body.frame().await {
            match frame {
                // What is no data is a trailer, and nobody asks for those.
                Ok(frame) => match frame.into_data() {
                    Ok(data) if !data.is_empty() => return Ok(Some(data)),
                    _ => {}
                },
                Err(error) if error.is::<LengthLimitError>() => {
                    return Err(Refusal::TooLarge { limit: self.limit });
                }
                Err(_) => return Err(Refusal::BrokenBody),
            }
        }
        Ok(None)
    }
}

/// Reads all of it. What comes in one piece is not copied, and what comes in several is copied once.
pub(crate) async fn whole(body: Body, limit: usize) -> Result<Bytes, Refusal> {
    let announced = body.size_hint().lower();
    // What announces its length is refused before any of it is read.
    let Some(announced) = usize::try_from(announced).ok().filter(|length| *length <= limit) else {
        return Err(Refusal::TooLarge { limit });
    };
    let mut arriving = Arriving::new(body, limit);
    let Some(first) = arriving.next().await? else { return Ok(Bytes::new()) };
    if arriving.body.is_end_stream() {
        return Ok(first);
    }
    let Some(second) = arriving.next().await? else { return Ok(first) };
    let mut all = Vec::with_capacity(announced.max(first.len() + second.len()));
    all.extend_from_slice(&first);
    all.extend_from_slice(&second);
    while let Some(more) = arriving.next().await? {
        all.extend_from_slice(&more);
    }
    Ok(all.into())
}

/// The arguments, and what is beside them, of a body that is read whole.
pub(crate) async fn framed(body: Body, limit: usize) -> Result<(Bytes, Attachment), Refusal> {
    let mut all = whole(body, limit.saturating_add(HEAD)).await.map_err(|refusal| match refusal {
        Refusal::TooLarge { .. } => Refusal::TooLarge { limit },
        other => other,
    })?;
    let arguments = match length(&all) {
        Some(length) if all.len() - HEAD >= length => {
            let _ = all.split_to(HEAD);
            all.split_to(length)
        }
        _ => return Err(Refusal::BadFrame),
    };
    Ok((arguments, if all.is_empty() { Attachment::None } else { Attachment::Whole(all) }))
}

/// The arguments, and what is beside them as it arrives: only the arguments are read here, and held to the limit.
pub(crate) async fn arriving(body: Body, limit: usize) -> Result<(Bytes, Attachment), Refusal> {
    // All that is read before the raw bytes is checked here, by its length.
    let mut arriving = Arriving::new(body, usize::MAX);
    let mut head = Vec::new();
    loop {
        match length(&head) {
            Some(length) if length > limit => return Err(Refusal::TooLarge { limit }),
            Some(length) if head.len() - HEAD >= length => {
                let mut head = Bytes::from(head);
                let _ = head.split_to(HEAD);
                let arguments = head.split_to(length);
                return Ok((arguments, Attachment::Stream(upload(head, arriving))));
            }
            _ => {}
        }
        match arriving.next().await? {
            Some(part) => head.extend_from_slice(&part),
            None => return Err(Refusal::BadFrame),
        }
    }
}

/// How long the arguments are, once that is known.
fn length(framed: &[u8]) -> Option<usize> {
    let (length, _) = framed.split_first_chunk::<HEAD>()?;
    usize::try_from(u32::from_be_bytes(*length)).ok()
}

/// What has arrived, and then the rest.
fn upload(first: Bytes, arriving: Arriving) -> Upload {
    let first = Some(first).filter(|first| !first.is_empty());
    let rest = Rest { arriving: Some(arriving), runtime: Handle::current() };
    Upload::new(stream::unfold((first, rest), async |(first, mut rest)| {
        if let Some(first) = first {
            return Some((Ok(first), (None, rest)));
        }
        let part = rest.arriving.as_mut()?.next().await;
        if !matches!(part, Ok(Some(_))) {
            rest.arriving = None;
        }
        Some((part.map_err(|_| cut_off()).transpose()?, (None, rest)))
    }))
}

/// What a command has not read of its upload. A browser does not look at an answer before it has sent everything, and
/// takes a connection that is closed before for a broken one: so what nobody wants is read all the same, for a while.
struct Rest {
    arriving: Option<Arriving>,
    runtime: Handle,
}

impl Drop for Rest {
    fn drop(&mut self) {
        if let Some(mut arriving) = self.arriving.take() {
            self.runtime.spawn(tokio::time::timeout(UNREAD, async move {
                while let Ok(Some(_)) = arriving.next().await {}
            }));
        }
    }
}

fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the page went away before it had sent all of it")
}

/// Reads what nobody wants, as far as a call may go: who is refused while it still sends would not see why.
pub(crate) async fn drain(body: Body, limit: usize) {
    let mut arriving = Arriving::new(body, limit);
    while let Ok(Some(_)) = arriving.next().await {}
}
