//! An answer that is read as it comes, and not only when it is whole.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::client::{Answer, Call};

/// A request that is under way.
pub(crate) struct Raw {
    stream: TcpStream,
    rest: Vec<u8>,
}

impl Raw {
    /// Sends a request whole, and reads nothing.
    pub(crate) async fn send(call: &Call) -> Self {
        let mut raw = Self::begin(call, usize::MAX).await;
        raw.stream.flush().await.unwrap();
        raw
    }

    /// Sends the head of a request, and so many bytes of its body.
    pub(crate) async fn begin(call: &Call, bytes: usize) -> Self {
        let mut stream = TcpStream::connect(call.address).await.unwrap();
        let all = call.bytes();
        let head = all.len() - call.body.len();
        let end = head.saturating_add(bytes).min(all.len());
        stream.write_all(&all[..end]).await.unwrap();
        Self { stream, rest: Vec::new() }
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.unwrap();
    }

    async fn more(&mut self) -> usize {
        let read = self.stream.read_buf(&mut self.rest);
        tokio::time::timeout(Duration::from_secs(20), read).await.expect("in time").unwrap_or_default()
    }

    /// The head of the answer.
    pub(crate) async fn head(&mut self) -> Answer {
        loop {
            if let Some(end) = self.rest.windows(4).position(|four| four == b"\r\n\r\n") {
                let head: Vec<u8> = self.rest.drain(..end + 4).collect();
                return Answer::parse(&String::from_utf8(head).unwrap());
            }
            assert_ne!(self.more().await, 0, "the answer has a head");
        }
    }

    /// The next part of a body that comes in parts, or `None` at its end.
    ///
    /// # Errors
    ///
    /// If it breaks off.
    pub(crate) async fn part(&mut self) -> Result<Option<Vec<u8>>, ()> {
        loop {
            if let Some(end) = self.rest.windows(2).position(|two| two == b"\r\n") {
                let length =
                    usize::from_str_radix(std::str::from_utf8(&self.rest[..end]).unwrap(), 16).unwrap();
                if self.rest.len() >= end + length + 4 {
                    let part: Vec<u8> =
                        self.rest.drain(..end + length + 4).skip(end + 2).take(length).collect();
                    return Ok(if part.is_empty() { None } else { Some(part) });
                }
            }
            if self.more().await == 0 {
                return Err(());
            }
        }
    }

    /// A whole body that comes in parts.
    pub(crate) async fn parts(&mut self) -> Result<Vec<u8>, ()> {
        let mut all = Vec::new();
        while let Some(part) = self.part().await? {
            all.extend(part);
        }
        Ok(all)
    }

    /// A whole body whose length is known.
    pub(crate) async fn body(&mut self) -> Vec<u8> {
        while self.more().await != 0 {}
        std::mem::take(&mut self.rest)
    }
}
