//! The socket under a line: how it is opened, what it holds at most, and how it is closed so that the page learns why.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use portcullis::__private::quietly;
use tokio::io::AsyncReadExt as _;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error,
        error::ProtocolError,
        protocol::{CloseFrame, Message, Role, WebSocketConfig, frame::coding::CloseCode},
    },
};

pub(super) type Socket = WebSocketStream<TokioIo<Upgraded>>;

/// What is read from the system at once, and kept for as long as the line is open.
const READ: usize = 16 * 1024;
/// What is gathered before it is written. With one message more it is all that waits for a page that does not read.
const WRITE: usize = 64 * 1024;
/// How long the page may take to say that it has seen the end.
const GOODBYE: Duration = Duration::from_secs(2);
/// The same, if what it sends can no longer be read as messages: then it cannot say so.
const BROKEN: Duration = Duration::from_millis(500);

pub(super) async fn open(upgraded: Upgraded, longest_message: usize) -> Socket {
    let config = WebSocketConfig::default()
        .read_buffer_size(READ)
        .write_buffer_size(WRITE)
        .max_message_size(Some(longest_message))
        .max_frame_size(Some(longest_message));
    WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, Some(config)).await
}

/// Why a line ends.
#[derive(Debug)]
pub(super) enum End {
    /// The page is gone, or has said goodbye.
    Gone,
    /// The program closes it.
    Close(CloseCode, &'static str),
    /// What the page sent is no message.
    Broken(CloseCode, &'static str),
}

impl End {
    /// The page has broken the rules of the line.
    pub(super) fn rule(reason: &'static str) -> Self {
        Self::Close(CloseCode::Policy, reason)
    }
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        match error {
            Error::Capacity(_) => {
                Self::Broken(CloseCode::Size, "the message is too long: send it with fetch")
            }
            Error::Utf8(_) => Self::Broken(CloseCode::Invalid, "the message is not UTF-8"),
            Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => Self::Gone,
            Error::Protocol(_) => {
                Self::Broken(CloseCode::Protocol, "this is not WebSocket as RFC 6455 has it")
            }
            _ => Self::Gone,
        }
    }
}

/// Says why it ends, and waits a little for the page to have read it.
pub(super) async fn close(mut socket: Socket, end: End) {
    let (frame, broken) = match end {
        End::Gone => (None, false),
        End::Close(code, reason) => (Some((code, reason)), false),
        End::Broken(code, reason) => (Some((code, reason)), true),
    };
    let goodbye = async {
        if let Some((code, reason)) = frame {
            quietly(|| {
                tracing::debug!(target: "portcullis", code = u16::from(code), "line closed: {reason}");
            });
            let frame = CloseFrame { code, reason: reason.into() };
            if socket.send(Message::Close(Some(frame))).await.is_err() {
                return;
            }
        }
        // Also sends the answer to the page's own goodbye.
        while let Some(Ok(_)) = socket.next().await {}
        if broken {
            // The system resets a connection that is closed with something unread, and the page would not see why.
            let _ = tokio::io::copy(&mut socket.get_mut().take(u64::MAX), &mut tokio::io::sink()).await;
        }
    };
    let _ = tokio::time::timeout(if broken { BROKEN } else { GOODBYE }, goodbye).await;
}
