//! What is done on a line: one task reads what the page asks and writes the answers. A call that is answered at once is
//! answered here; one that waits has a task of its own, which is dropped with the line.

use std::{
    collections::HashMap,
    pin::Pin,
    task::{Context, Poll, Waker, ready},
    time::Duration,
};

use futures_util::{Sink as _, Stream as _};
use portcullis::{Code, Failure, Reply, Session};
use tokio::{
    task::{AbortHandle, JoinSet},
    time::{Instant, MissedTickBehavior},
};
use tokio_tungstenite::tungstenite::{
    Bytes, Utf8Bytes,
    protocol::{Message, frame::coding::CloseCode},
};

use super::{
    frame::{self, Asked, Said},
    socket::{self, End, Socket},
};
use crate::{
    keys::Pass,
    limits::{Busy, Meter, Slot},
    stop::Stop,
};

/// How often the page is asked whether it is still there. A browser answers by itself.
const PING: Duration = Duration::from_secs(20);
/// After as many questions without any sign of it, it is not.
const MISSED: u8 = 2;

/// Serves a page until it or the program ends the line. Everything that is under way is dropped then.
pub(super) async fn run(
    socket: Socket,
    session: Session,
    meter: &Meter,
    limit: usize,
    pass: &Pass,
    stop: &Stop,
) {
    let mut line = Line {
        socket,
        session,
        meter,
        limit,
        under_way: HashMap::new(),
        tasks: JoinSet::new(),
        turns: 0,
        missed: 0,
        stopping: false,
    };
    let end = line.serve(pass, stop).await;
    let Line { socket, tasks, under_way, .. } = line;
    // Before the goodbye, which may take a while.
    drop((tasks, under_way));
    socket::close(socket, end).await;
}

struct Line<'a> {
    socket: Socket,
    session: Session,
    meter: &'a Meter,
    /// How long arguments may be.
    limit: usize,
    /// By the id that the page has given.
    under_way: HashMap<u32, UnderWay>,
    tasks: JoinSet<(Turn, Reply)>,
    turns: u64,
    missed: u8,
    stopping: bool,
}

/// One use of an id: the page may use it again once it has been answered, while the task of a call that was given up
/// may still be ending.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Turn {
    id: u32,
    number: u64,
}

struct UnderWay {
    turn: Turn,
    task: AbortHandle,
    _slot: Slot,
}

enum Event {
    Asked(Message),
    Answered(Turn, Reply),
}

impl Line<'_> {
    async fn serve(&mut self, pass: &Pass, stop: &Stop) -> End {
        let mut ping = tokio::time::interval_at(Instant::now() + PING, PING);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let session_ended = pass.ended();
        tokio::pin!(session_ended);
        loop {
            if self.stopping && self.under_way.is_empty() {
                return stopped();
            }
            let done = tokio::select! {
                event = std::future::poll_fn(|context| self.poll_event(context)) => match event {
                    Ok(event) => self.take(event),
                    Err(end) => Err(end),
                },
                _ = ping.tick() => self.ping(),
                () = stop.begun(), if !self.stopping => {
                    self.stopping = true;
                    Ok(())
                }
                () = &mut session_ended => Err(End::rule("the session of this page has ended")),
                () = stop.out_of_time() => Err(stopped()),
            };
            if let Err(end) = done {
                return end;
            }
            // Messages that have arrived already would otherwise be worked off without a pause.
            tokio::task::coop::consume_budget().await;
        }
    }

    /// What comes next. Answers go first, and nothing goes on while there is no room for one: a page that does not
    /// read is not served.
    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Result<Event, End>> {
        ready!(Pin::new(&mut self.socket).poll_ready(context))?;
        while let Poll::Ready(Some(ended)) = self.tasks.poll_join_next(context) {
            match ended {
                Ok((turn, reply)) => return Poll::Ready(Ok(Event::Answered(turn, reply))),
                Err(error) if error.is_panic() => {
                    return Poll::Ready(Err(End::Close(CloseCode::Error, "the line has a fault")));
                }
                Err(_) => {} // given up, and told so when it was
            }
        }
        match Pin::new(&mut self.socket).poll_next(context) {
            Poll::Ready(Some(message)) => Poll::Ready(message.map(Event::Asked).map_err(End::from)),
            Poll::Ready(None) => Poll::Ready(Err(End::Gone)),
            Poll::Pending => {
                // Nothing is left to do at once, so what was written goes out.
                match Pin::new(&mut self.socket).poll_flush(context) {
                    Poll::Ready(Err(error)) => Poll::Ready(Err(error.into())),
                    Poll::Ready(Ok(())) | Poll::Pending => Poll::Pending,
                }
            }
        }
    }

    fn take(&mut self, event: Event) -> Result<(), End> {
        match event {
            Event::Asked(message) => {
                self.missed = 0;
                match message {
                    Message::Text(text) => self.asked(text),
                    Message::Ping(_) | Message::Pong(_) => Ok(()),
                    Message::Close(_) => Err(End::Gone),
                    Message::Binary(_) | Message::Frame(_) => {
                        Err(End::rule("a page sends text: bytes are sent with fetch"))
                    }
                }
            }
            Event::Answered(turn, reply) => {
                if self.under_way.get(&turn.id).is_some_and(|call| call.turn == turn) {
                    self.under_way.remove(&turn.id);
                    self.answer(turn.id, reply)?;
                }
                Ok(())
            }
        }
    }

    fn asked(&mut self, text: Utf8Bytes) -> Result<(), End> {
        match Asked::read(&text).map_err(End::rule)? {
            Asked::Call { id, command, arguments } => {
                self.must_be_free(id)?;
                if self.stopping {
                    let failure =
                        serde_json::json!({ "code": "stopping", "message": "the program is ending" });
                    self.say(Message::text(format!("f{id} {failure}")))
                } else if arguments.len() > self.limit {
                    let told =
                        format!("the arguments are larger than the {} bytes that they may have", self.limit);
                    self.refuse(id, Code::TooLarge, &told)
                } else {
                    self.call(id, command, arguments)
                }
            }
            Asked::Listen { id, .. } => {
                self.must_be_free(id)?;
                self.refuse(id, Code::Denied, "there are no events")
            }
            // It may have been answered just before.
            Asked::More { .. } => Ok(()),
            Asked::Cancel { id } => match self.under_way.remove(&id) {
                Some(call) => {
                    call.task.abort();
                    self.refuse(id, Code::Cancelled, "the page has given the call up")
                }
                None => Ok(()),
            },
        }
    }

    fn must_be_free(&self, id: u32) -> Result<(), End> {
        if self.under_way.contains_key(&id) {
            Err(End::rule("the id is in use: it has not been answered"))
        } else {
            Ok(())
        }
    }

    fn call(&mut self, id: u32, command: &str, arguments: &str) -> Result<(), End> {
        // Before anything of it has run, and so also if it would be answered at once.
        let slot = match self.meter.begin_call() {
            Ok(slot) => slot,
            Err(busy) => return self.too_many(id, &busy),
        };
        let session = self.session.clone();
        let (command, arguments) = (command.to_owned(), Bytes::copy_from_slice(arguments.as_bytes()));
        let mut running =
            Box::pin(async move { session.invoke(portcullis::Request::json(&command, &arguments)).await });
        // Nobody needs to be woken: if it waits, its task asks again.
        if let Poll::Ready(reply) = running.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return self.answer(id, reply);
        }
        self.turns += 1;
        let turn = Turn { id, number: self.turns };
        let task = self.tasks.spawn(async move { (turn, running.await) });
        self.under_way.insert(id, UnderWay { turn, task, _slot: slot });
        Ok(())
    }

    fn answer(&mut self, id: u32, reply: Reply) -> Result<(), End> {
        let (said, json) = match reply {
            Reply::Ok(json) => (Said::Ok, json),
            Reply::Error(json) => (Said::Error, json),
            Reply::Failed(failure) => (Said::Failed, failure.to_json()),
        };
        match frame::answer(said, id, json) {
            Some(text) => self.say(Message::text(text)),
            None => self.refuse(id, Code::Internal, "the reply is no text"),
        }
    }

    fn refuse(&mut self, id: u32, code: Code, told: &str) -> Result<(), End> {
        let failure = Failure::new(code, Some(told.to_owned())).to_json();
        self.say(Message::text(frame::answer(Said::Failed, id, failure).unwrap_or_default()))
    }

    fn too_many(&mut self, id: u32, busy: &Busy) -> Result<(), End> {
        let failure = serde_json::json!({ "code": "too_many", "message": busy.to_string() });
        self.say(Message::text(format!("f{id} {failure}")))
    }

    /// Nothing is waited for: `poll_event` lets no further event through until this has room.
    fn say(&mut self, message: Message) -> Result<(), End> {
        Ok(Pin::new(&mut self.socket).start_send(message)?)
    }

    fn ping(&mut self) -> Result<(), End> {
        if self.missed == MISSED {
            return Err(End::Close(CloseCode::Away, "the page does not answer"));
        }
        self.missed += 1;
        self.say(Message::Ping(Bytes::new()))
    }
}

fn stopped() -> End {
    End::Close(CloseCode::Away, "the program stops")
}
