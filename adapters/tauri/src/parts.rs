//! Replies in parts, to a page: through the one channel that our client has opened, as lines or as bytes; or, of a plain
//! `invoke`, each item through the channel that the page has given for it.

use bytes::Bytes;
use futures_util::StreamExt as _;
use portcullis::{Code, Download, Failure, Reply, Stream};
use serde_json::json;
use tauri::ipc::InvokeResponseBody;

use crate::{document::Begun, incoming::Outlet};

/// How much is sent at once, if there is so much: and the rest of the line that goes beyond it.
const ROOM: usize = 64 * 1024;

/// Sends lines as the page uses them. The channel says that it is over when it is dropped.
pub(crate) async fn lines(mut stream: Stream, to: Outlet, begun: Begun) {
    loop {
        begun.turn().await;
        let mut text = Vec::new();
        if !stream.lines(&mut text, ROOM).await {
            // Its number is free once the page has its end.
            drop(begun);
            let _ = to.send(said(&text));
            return;
        }
        if to.send(said(&text)).is_err() {
            return;
        }
    }
}

/// What comes before the bytes of a download.
pub(crate) fn head(download: &Download) -> Vec<u8> {
    json!({ "download": { "type": download.content_type(), "length": download.length() } })
        .to_string()
        .into_bytes()
}

/// Sends bytes as the page uses them.
pub(crate) async fn download(mut download: Download, to: Outlet, begun: Begun) {
    loop {
        begun.turn().await;
        let sent = match download.next().await {
            Some(Ok(part)) if part.is_empty() => continue,
            Some(Ok(part)) => to.send(InvokeResponseBody::Raw(part.into())),
            Some(Err(_)) => {
                let failure = Failure::new(Code::Internal, None).to_json();
                drop(begun);
                let _ = to.send(said(&[b"f", &failure[..], b"\n"].concat()));
                return;
            }
            None => {
                drop(begun);
                let _ = to.send(said(b"z\n"));
                return;
            }
        };
        if sent.is_err() {
            return;
        }
    }
}

/// Reads a download to its end, for a page that has opened no channel for it.
pub(crate) async fn whole(mut download: Download, most: u64) -> Reply {
    let mut all = Vec::new();
    while let Some(part) = download.next().await {
        match part {
            Ok(part) if (all.len() + part.len()) as u64 > most => {
                let text = format!("the download is longer than {most} bytes: take it as it comes");
                return Failure::new(Code::TooLarge, Some(text)).into();
            }
            Ok(part) => all.extend_from_slice(&part),
            Err(_) => return Failure::new(Code::Internal, None).into(),
        }
    }
    Reply::Bytes(Bytes::from(all).into())
}

/// Hands the items of each channel to that of the page, and gives the reply that ends them.
pub(crate) async fn hand_out(mut stream: Stream, channels: Vec<(&'static str, Outlet)>) -> Reply {
    loop {
        let mut text = Vec::new();
        let more = stream.lines(&mut text, ROOM).await;
        for line in text.split(|byte| *byte == b'\n') {
            let Some((kind, rest)) = line.split_first() else { continue };
            match kind {
                b'c' => {
                    let Some((name, item)) = rest
                        .iter()
                        .position(|byte| *byte == b' ')
                        .and_then(|at| Some((rest.get(..at)?, rest.get(at + 1..)?)))
                    else {
                        continue;
                    };
                    let to = channels.iter().find(|(other, _)| other.as_bytes() == name);
                    let item = String::from_utf8_lossy(item).into_owned();
                    if to.is_some_and(|(_, to)| to.send(InvokeResponseBody::Json(item)).is_err()) {
                        // The window is gone.
                        return Failure::new(Code::Cancelled, None).into();
                    }
                }
                b'o' => return Reply::Ok(rest.to_vec()),
                b'e' => return Reply::Error(rest.to_vec()),
                b'f' => {
                    let failure = Failure::read(rest).unwrap_or_else(|| Failure::new(Code::Internal, None));
                    return failure.into();
                }
                _ => return in_parts(),
            }
        }
        if !more {
            return in_parts();
        }
    }
}

/// A plain `invoke` of a command that has more than one thing to say.
pub(crate) fn in_parts() -> Reply {
    let text = "the command answers in parts: call it by the client that Portcullis writes";
    Failure::new(Code::Invalid, Some(text.to_owned())).into()
}

/// Lines, as a JSON string.
fn said(lines: &[u8]) -> InvokeResponseBody {
    InvokeResponseBody::Json(serde_json::Value::from(String::from_utf8_lossy(lines)).to_string())
}
