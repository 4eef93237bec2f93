//! A call that sends items while it runs: the command as a future, and the queue between the two.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::sync::mpsc;

use super::{Line, Lines, Stream, write_end};
use crate::{
    compile::tables::Entry,
    invoke::{Running, settled},
    reply::{Code, Failure, Reply},
    report,
    wait::Deadline,
};

/// A command that takes channels, and what it has sent through them.
pub(crate) struct Parts {
    entry: &'static Entry,
    running: Option<Running<'static>>,
    sent: mpsc::Receiver<Vec<u8>>,
    finished: Option<Reply>,
    deadline: Deadline,
}

impl Parts {
    pub(crate) fn new(
        entry: &'static Entry,
        running: Running<'static>,
        sent: mpsc::Receiver<Vec<u8>>,
        deadline: Deadline,
    ) -> Self {
        Self { entry, running: Some(running), sent, finished: None, deadline }
    }

    /// Starts the command. If it is over before it has sent anything, this is a reply like any other.
    pub(crate) fn start(mut self, context: &mut Context<'_>) -> Reply {
        self.run(context);
        if self.sent.is_empty()
            && let Some(reply) = self.finished.take()
        {
            return reply;
        }
        let entry = self.entry;
        let mut stream = Stream::new(Box::pin(self));
        stream.set_entry(entry);
        Reply::Stream(stream)
    }

    fn run(&mut self, context: &mut Context<'_>) {
        if let Some(running) = self.running.take() {
            match settled(self.entry, running, context, &mut self.deadline) {
                Ok(reply) => self.finished = Some(reply),
                Err(running) => self.running = Some(running),
            }
        }
    }
}

impl Lines for Parts {
    fn poll_lines(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut Vec<u8>,
        _: usize,
    ) -> Poll<Line> {
        if let Poll::Ready(Some(line)) = self.sent.poll_recv(context) {
            into.extend_from_slice(&line);
            return Poll::Ready(Line::More);
        }
        self.run(context);
        let line = if self.finished.is_some() {
            // The call is over with its function, whoever else still holds a channel of it, or is about to send.
            self.sent.close();
            self.sent.try_recv().ok()
        } else {
            ready!(self.sent.poll_recv(context))
        };
        if let Some(line) = line {
            into.extend_from_slice(&line);
            return Poll::Ready(Line::More);
        }
        match &self.finished {
            Some(Reply::Stream(_)) => Poll::Ready(Line::Turned),
            Some(Reply::Bytes(_) | Reply::Download(_)) => {
                let failure = Failure::new(Code::Internal, None);
                report::no_bytes_beside_channels(self.entry, failure.id());
                write_end(into, &failure.into());
                Poll::Ready(Line::Last)
            }
            Some(reply) => {
                write_end(into, reply);
                Poll::Ready(Line::Last)
            }
            // Every channel is gone, and the command goes on.
            None => Poll::Pending,
        }
    }

    fn turned(mut self: Pin<&mut Self>) -> Option<Stream> {
        match self.finished.take() {
            Some(Reply::Stream(stream)) => Some(stream),
            _ => None,
        }
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            crate::invoke::let_go(self.entry, running);
        }
    }
}
