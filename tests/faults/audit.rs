//! What the host is told: each entry of its log, and each refusal of its audit trail.

use std::sync::{Arc, Mutex};

use portcullis::{Denial, GateBuilder, prelude::*};
use portcullis_tests::{block_on, line, lines};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

/// One entry of the log.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    level: Option<Level>,
    id: Option<u64>,
    command: String,
    message: String,
}

/// A subscriber that keeps what it is told by the gate.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<Told>>>);

impl Log {
    pub(crate) fn take(&self) -> Vec<Told> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        match field.name() {
            "message" => self.message = format!("{value:?}"),
            "command" => format!("{value:?}").trim_matches('"').clone_into(&mut self.command),
            _ => {}
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "id" {
            self.id = Some(value);
        }
    }
}

impl Subscriber for Log {
    fn enabled(&self, of: &Metadata<'_>) -> bool {
        of.target() == "portcullis"
    }
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut told = Told { level: Some(*event.metadata().level()), ..Told::default() };
        event.record(&mut told);
        self.0.lock().unwrap().push(told);
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

/// A session of the main window whose host writes down what it is told.
pub(crate) struct Watched {
    pub(crate) gate: Gate,
    pub(crate) session: Session,
    pub(crate) log: Log,
    denials: Arc<Mutex<Vec<Denial>>>,
}

impl Watched {
    pub(crate) fn new(gate: GateBuilder) -> Self {
        let denials = Arc::<Mutex<Vec<Denial>>>::default();
        let kept = Arc::clone(&denials);
        let gate = gate
            .explain(false)
            .on_denial(move |denial| kept.lock().unwrap().push(denial.clone()))
            .build()
            .unwrap();
        let session = gate.session(Principal::window("main"));
        Self { gate, session, log: Log::default(), denials }
    }

    /// Does something that the log is kept of.
    pub(crate) fn while_told<T>(&self, run: impl FnOnce() -> T) -> T {
        // While there is one subscriber alone, a thread that has none may switch an event off for everybody, by coming there first.
        let _another = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
        tracing::subscriber::with_default(self.log.clone(), run)
    }

    /// The lines of a reply in parts, or the reply as one line, without the number of a failure.
    pub(crate) fn call(&self, command: &str, arguments: &str) -> Vec<String> {
        self.answered(command, arguments).0
    }

    /// The same, and the number of the failure that ended it.
    fn answered(&self, command: &str, arguments: &str) -> (Vec<String>, Option<u64>) {
        self.while_told(|| {
            let reply = block_on(self.session.invoke(Request::json(command, arguments.as_bytes())));
            if let Some(failure) = reply.failure() {
                return (vec![line(&reply)], Some(failure.id()));
            }
            let mut lines = lines(reply);
            let failed = lines.last().and_then(|last| last.strip_prefix('f')).map(str::to_owned);
            let Some(failed) = failed else { return (lines, None) };
            let failed: serde_json::Value = serde_json::from_str(&failed).unwrap();
            *lines.last_mut().unwrap() = format!("f {}", failed["code"].as_str().unwrap());
            (lines, failed["id"].as_u64())
        })
    }

    /// A call that panics, twice: it is answered with these lines, the log says so once under the number that the caller was
    /// told, and the session serves others after it.
    #[track_caller]
    pub(crate) fn panics(&self, command: &str, arguments: &str, answer: &[&str]) {
        for _ in 0..2 {
            let _ = self.log.take();
            let (lines, id) = self.answered(command, arguments);
            assert_eq!(lines, answer, "`{command}`");
            let told = self.log.take();
            let [one] = &told[..] else { panic!("`{command}` is told of once: {told:?}") };
            assert_eq!((one.level, one.id, &*one.command), (Some(Level::ERROR), id, command), "{one:?}");
            assert!(one.message.starts_with("the command panicked: "), "{one:?}");
            assert!(self.denials().is_empty(), "`{command}` was not refused");
            self.serves();
        }
    }

    /// That the session answers as if nothing had been.
    #[track_caller]
    pub(crate) fn serves(&self) {
        assert_eq!(self.call("well", ""), ["ok 1"]);
        let (lines, id) = self.answered("unheard_of", "");
        assert_eq!(lines, ["denied"]);
        let denials = self.denials();
        assert_eq!(denials.iter().map(|denial| Some(denial.id)).collect::<Vec<_>>(), [id], "told once");
        let _ = self.log.take();
    }

    /// The refusals since the last time.
    pub(crate) fn denials(&self) -> Vec<Denial> {
        std::mem::take(&mut *self.denials.lock().unwrap())
    }

    /// How the log begins each entry since the last time.
    pub(crate) fn told(&self) -> Vec<String> {
        self.log.take().into_iter().map(|told| told.message).collect()
    }
}
