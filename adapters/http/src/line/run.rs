//! What is done on a line: one task reads what the page asks and writes the answers. A call that is answered at once is
//! answered here; one that waits has a task of its own, and so has a stream. They are dropped with the line.

use std::{
    collections::HashMap,
    future::{Future as _, poll_fn},
    pin::Pin,
    task::{Context, Poll, Waker, ready},
    time::Duration,
};

use futures_util::{Sink as _, Stream as _};
use portcullis::{__private::quietly, Code, Failure, Reply, Session, Stream};
use tokio::{
    sync::mpsc,
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
    streaming::{self, Batch, Credit},
};
use crate::{
    keys::Pass,
    limits::{Meter, Slot},
    refusal::Refusal,
    stop::Stop,
};

/// How often the page is asked whether it is still there. A browser answers by itself.
const PING: Duration = Duration::from_secs(20);
/// After as many questions without any sign of it, it is not.
const MISSED: u8 = 2;
/// How many batches of all streams wait for room on the socket.
const BATCHES: usize = 8;
/// Arguments that are longer are shared with what was read, and not copied, if the call outlives this moment. Shorter
/// ones are: they would hold on to all that was read with them.
const SHORT: usize = 4 * 1024;

/// Serves a page until it or the program ends the line. Everything that is under way is dropped then.
pub(super) async fn run(
    socket: Socket,
    session: Session,
    meter: &Meter,
    limit: usize,
    pass: &Pass,
    stop: &Stop,
) {
    let (batches, made) = mpsc::channel(BATCHES);
    let mut line = Line {
        socket,
        session,
        meter,
        limit,
        under_way: HashMap::new(),
        tasks: JoinSet::new(),
        batches,
        made,
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
    /// A call that has waited gives its reply; a stream has sent what it had.
    tasks: JoinSet<Option<(Turn, Reply)>>,
    /// For streams to send to.
    batches: mpsc::Sender<Batch>,
    made: mpsc::Receiver<Batch>,
    turns: u64,
    missed: u8,
    stopping: bool,
}

/// One use of an id: the page may use it again once it has been answered, while the task of a call that was given up
/// may still be ending.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) id: u32,
    number: u64,
}

struct UnderWay {
    turn: Turn,
    task: AbortHandle,
    kind: Kind,
    _slot: Slot,
}

enum Kind {
    Call,
    Stream(Credit),
    /// A stream that has no end of its own.
    Listener(Credit),
}

impl UnderWay {
    fn credit(&mut self) -> Option<&mut Credit> {
        match &mut self.kind {
            Kind::Call => None,
            Kind::Stream(credit) | Kind::Listener(credit) => Some(credit),
        }
    }
}

enum Event {
    Asked(Message),
    Answered(Turn, Reply),
    Batch(Batch),
}

impl Line<'_> {
    async fn serve(&mut self, pass: &Pass, stop: &Stop) -> End {
        let mut ping = tokio::time::interval_at(Instant::now() + PING, PING);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (session_ended, stop_begun, out_of_time) = (pass.ended(), stop.begun(), stop.out_of_time());
        tokio::pin!(session_ended, stop_begun, out_of_time);
        loop {
            if self.stopping && self.under_way.values().all(|one| matches!(one.kind, Kind::Listener(_))) {
                return stopped();
            }
            let done = tokio::select! {
                // Asked first: nothing begins in a session that has ended.
                biased;
                () = &mut session_ended => Err(End::rule("the session of this page has ended")),
                () = &mut out_of_time => Err(stopped()),
                () = &mut stop_begun, if !self.stopping => {
                    self.stopping = true;
                    Ok(())
                }
                _ = ping.tick() => self.ping(),
                event = poll_fn(|context| self.poll_event(context)) => match event {
                    Ok(event) => self.take(event),
                    Err(end) => Err(end),
                },
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
                Ok(Some((turn, reply))) => return Poll::Ready(Ok(Event::Answered(turn, reply))),
                Err(error) if error.is_panic() => {
                    return Poll::Ready(Err(End::Close(CloseCode::Error, "the line has a fault")));
                }
                // A stream has sent its end, or something was given up and told so when it was.
                Ok(None) | Err(_) => {}
            }
        }
        if let Poll::Ready(Some(batch)) = self.made.poll_recv(context) {
            return Poll::Ready(Ok(Event::Batch(batch)));
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
                    Message::Text(text) => self.asked(&text),
                    Message::Ping(_) | Message::Pong(_) => Ok(()),
                    Message::Close(_) => Err(End::Gone),
                    Message::Binary(_) | Message::Frame(_) => {
                        Err(End::rule("a page sends text: bytes are sent with fetch"))
                    }
                }
            }
            Event::Answered(turn, reply) => match self.under_way_as(turn) {
                // Its place is kept until its answer is on its way.
                Some(_) => {
                    let call = self.under_way.remove(&turn.id);
                    let done = self.answer(turn.id, reply);
                    drop(call);
                    done
                }
                None => Ok(()),
            },
            Event::Batch(Batch { turn, text, last }) => {
                let Some(one) = self.under_way_as(turn) else { return Ok(()) };
                if let Some(credit) = one.credit() {
                    credit.sent_one();
                }
                match Utf8Bytes::try_from(text) {
                    Ok(text) => {
                        if last {
                            self.under_way.remove(&turn.id);
                        }
                        self.say(Message::Text(text))
                    }
                    Err(_) => self.give_up(turn.id, Code::Internal, "the reply is no text"),
                }
            }
        }
    }

    /// What goes on under an id, if it is still the same.
    fn under_way_as(&mut self, turn: Turn) -> Option<&mut UnderWay> {
        self.under_way.get_mut(&turn.id).filter(|one| one.turn == turn)
    }

    fn asked(&mut self, text: &Utf8Bytes) -> Result<(), End> {
        match Asked::read(text).map_err(End::rule)? {
            Asked::Call { id, command, arguments } => {
                if !self.may_begin(id)? {
                    return Ok(());
                }
                // Before anything of it is looked at, and so also if it would be answered at once.
                let slot = match self.meter.begin_call() {
                    Ok(slot) => slot,
                    Err(busy) => return self.refuse(id, &busy.into()),
                };
                if arguments.len() > self.limit {
                    return self.refuse(id, &Refusal::TooLarge { limit: self.limit });
                }
                let request = if arguments.len() <= SHORT {
                    portcullis::Request::json(command, arguments.as_bytes())
                } else {
                    let whole: &Bytes = text.as_ref();
                    portcullis::Request::shared(command, whole.slice_ref(arguments.as_bytes()))
                };
                self.call(id, request, slot)
            }
            Asked::Listen { id, event } => {
                if !self.may_begin(id)? {
                    return Ok(());
                }
                // To listen is to ask, at the pace of other questions.
                if let Err(busy) = self.meter.begin_call() {
                    return self.refuse(id, &busy.into());
                }
                match self.session.listen(event) {
                    Ok(stream) => self.follow(id, stream, Kind::Listener),
                    Err(failure) => self.failed(id, failure.to_json()),
                }
            }
            Asked::More { id } => {
                // What it was a part of may have ended just before.
                if let Some(credit) = self.under_way.get_mut(&id).and_then(UnderWay::credit) {
                    credit.used_one();
                }
                Ok(())
            }
            Asked::Cancel { id } if self.under_way.contains_key(&id) => {
                self.give_up(id, Code::Cancelled, "the page has given the call up")
            }
            // It may have been answered just before.
            Asked::Cancel { .. } => Ok(()),
        }
    }

    /// Whether something may begin under this id. If not, the page has been told.
    fn may_begin(&mut self, id: u32) -> Result<bool, End> {
        if self.under_way.contains_key(&id) {
            return Err(End::rule("the id is in use: it has not been answered"));
        }
        if self.stopping {
            self.refuse(id, &Refusal::Stopping)?;
        }
        Ok(!self.stopping)
    }

    fn call(&mut self, id: u32, request: portcullis::Request<'_>, slot: Slot) -> Result<(), End> {
        // It is the call's own too: a command that goes on once it was given up, on another thread, still counts.
        let mut call = self.session.invoke_owned(request.with(slot.kept()));
        // Nobody needs to be woken: if it waits, its task asks again.
        if let Poll::Ready(reply) = Pin::new(&mut call).poll(&mut Context::from_waker(Waker::noop())) {
            return self.answer(id, reply);
        }
        let turn = self.turn(id);
        let task = self.tasks.spawn(async move { Some((turn, call.await)) });
        self.under_way.insert(id, UnderWay { turn, task, kind: Kind::Call, _slot: slot });
        Ok(())
    }

    fn answer(&mut self, id: u32, reply: Reply) -> Result<(), End> {
        let (said, json) = match reply {
            Reply::Ok(json) => (Said::Ok, json),
            Reply::Error(json) => (Said::Error, json),
            Reply::Failed(failure) => return self.failed(id, failure.to_json()),
            Reply::Bytes(bytes) => {
                self.say(Message::text(format!("b{id}")))?;
                return self.say(Message::Binary(bytes.into_inner()));
            }
            Reply::Download(_) => {
                return self.fail(id, Code::Invalid, "what this command returns does not go over the line: ask for it with fetch (`bytes: true`)");
            }
            Reply::Stream(stream) => return self.follow(id, stream, Kind::Stream),
        };
        match frame::answer(said, id, json) {
            Some(text) => self.say(Message::text(text)),
            None => self.fail(id, Code::Internal, "the reply is no text"),
        }
    }

    /// Sends what comes in parts, as it comes.
    fn follow(&mut self, id: u32, stream: Stream, kind: fn(Credit) -> Kind) -> Result<(), End> {
        let slot = match self.meter.begin_stream() {
            Ok(slot) => slot,
            Err(busy) => return self.refuse(id, &busy.into()),
        };
        let (turn, credit) = (self.turn(id), Credit::new());
        let pull = streaming::pull(turn, stream, credit.left(), self.batches.clone());
        let task = self.tasks.spawn(async move {
            pull.await;
            None
        });
        self.under_way.insert(id, UnderWay { turn, task, kind: kind(credit), _slot: slot });
        Ok(())
    }

    fn turn(&mut self, id: u32) -> Turn {
        self.turns += 1;
        Turn { id, number: self.turns }
    }

    /// Drops what is under way, and says so: every id is answered, once.
    fn give_up(&mut self, id: u32, code: Code, told: &str) -> Result<(), End> {
        if let Some(one) = self.under_way.remove(&id) {
            one.task.abort();
        }
        self.fail(id, code, told)
    }

    /// What does not get as far as the gate.
    fn refuse(&mut self, id: u32, refusal: &Refusal) -> Result<(), End> {
        self.failed(id, refusal.to_json())
    }

    /// What got there, and does not come back.
    fn fail(&mut self, id: u32, code: Code, told: &str) -> Result<(), End> {
        let failure = Failure::new(code, Some(told.to_owned()));
        quietly(|| {
            tracing::debug!(target: "portcullis", id = failure.id(), code = code.as_str(), "call on a line: {told}");
        });
        self.failed(id, failure.to_json())
    }

    fn failed(&mut self, id: u32, failure: Vec<u8>) -> Result<(), End> {
        let text = frame::answer(Said::Failed, id, failure);
        self.say(Message::text(text.unwrap_or_default()))
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
