//! Panics in what the host has put in: its hook for refusals, and whoever keeps its log.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use portcullis::{Code, prelude::*};
use portcullis_tests::{call, line};
use serde::{Serialize, Serializer};
use tracing::{Event, Metadata, Subscriber, span};

use crate::{
    audit::Watched,
    faulty::Bomb,
    runtimes::{Clock, Does, Faulty},
};

#[command(public("a test"))]
fn well() -> u8 {
    1
}

#[command(public("a test"))]
fn panics() {
    panic!("on purpose")
}

/// Nothing that can be written.
struct Unspeakable;

impl Serialize for Unspeakable {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("no"))
    }
}

#[command(public("a test"))]
fn unspeakable() -> Unspeakable {
    Unspeakable
}

#[command(public("a test"))]
fn lacks(state: State<'_, u128>) -> bool {
    *state == 0
}

#[command(public("a test"))]
async fn waits() {
    std::future::pending::<()>().await;
}

#[command(public("a test"))]
async fn waits_with_a_bomb() {
    let _bomb = Bomb;
    std::future::pending::<()>().await;
}

static AUTHORITY: Authority = authority! {
    commands: [well, panics, unspeakable, lacks, waits, waits_with_a_bomb],
    windows: ["main"],
};

fn builder() -> portcullis::GateBuilder {
    let runtime = Faulty::new(Does::RunsIt, Clock::Races);
    Gate::new(&AUTHORITY).per_session::<u128>().runtime(runtime).explain(false)
}

/// A subscriber that panics at whatever it is told.
struct Explodes(Arc<AtomicUsize>);

impl Subscriber for Explodes {
    fn enabled(&self, of: &Metadata<'_>) -> bool {
        of.target() == "portcullis"
    }
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, _: &Event<'_>) {
        self.0.fetch_add(1, Ordering::SeqCst);
        panic!("on purpose, when it is told")
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[test]
fn when_the_log_panics_every_call_is_answered_and_every_refusal_audited() {
    let (told, refused) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let seen = Arc::clone(&refused);
    let hook = move |_: &portcullis::Denial| {
        seen.fetch_add(1, Ordering::SeqCst);
    };
    let gate = builder().on_denial(hook).build().unwrap();
    // While there is one subscriber alone, a thread that has none may switch an event off for everybody, by coming there first.
    let _another = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
    tracing::subscriber::with_default(Explodes(Arc::clone(&told)), || {
        let session = gate.session(Principal::window("main"));
        for (command, answer, entries) in [
            ("panics", "panicked", 1),
            ("unheard_of", "denied", 1),
            ("unspeakable", "internal", 1),
            ("lacks", "internal", 1),
            ("waits", "timeout", 1),
            ("waits_with_a_bomb", "timeout", 2),
        ] {
            for _ in 0..2 {
                told.store(0, Ordering::SeqCst);
                assert_eq!(line(&call(&session, command, "")), answer, "`{command}`");
                assert_eq!(told.load(Ordering::SeqCst), entries, "`{command}` is told of");
                assert_eq!(line(&call(&session, "well", "")), "ok 1");
            }
        }
        assert_eq!(session.listen("unheard_of").unwrap_err().code(), Code::Denied);
        assert_eq!(refused.load(Ordering::SeqCst), 3, "the audit trail is whole");
        told.store(0, Ordering::SeqCst);
        let stranger = gate.session(Principal::window("stranger"));
        assert_eq!(told.load(Ordering::SeqCst), 1, "a session without rights is told of");
        assert_eq!(line(&call(&stranger, "well", "")), "denied");
    });
}

#[test]
fn when_the_hook_panics_the_refusal_is_answered_and_told_once() {
    let watched = Watched::new(builder());
    let gate = builder().on_denial(|_| panic!("on purpose")).build().unwrap();
    let session = gate.session(Principal::window("main"));
    watched.while_told(|| {
        for _ in 0..2 {
            assert_eq!(line(&call(&session, "unheard_of", "")), "denied");
            let told = watched.told();
            assert!(told.len() == 1 && told[0].starts_with("denied: "), "{told:?}");
            assert_eq!(line(&call(&session, "well", "")), "ok 1");
        }
    });
}

/// The hook runs while the call is answered, under no lock: it may call itself.
#[test]
fn a_hook_may_use_the_session_that_it_is_told_of() {
    let kept = Arc::<std::sync::OnceLock<Session>>::default();
    let (own, calls) = (Arc::clone(&kept), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&calls);
    let hook = move |_: &portcullis::Denial| {
        let session: &Session = own.get().unwrap();
        // A refusal in a hook is a refusal too, and ends somewhere.
        if count.fetch_add(1, Ordering::SeqCst) < 3 {
            assert_eq!(line(&call(session, "unheard_of", "")), "denied");
        }
        assert_eq!(line(&call(session, "well", "")), "ok 1");
    };
    let gate = builder().on_denial(hook).build().unwrap();
    let session = kept.get_or_init(|| gate.session(Principal::window("main")));
    assert_eq!(line(&call(session, "unheard_of", "")), "denied");
    assert_eq!(calls.load(Ordering::SeqCst), 4);
}
