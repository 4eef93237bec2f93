//! What a program without a `tracing` subscriber is told through `log`. In a process of its own: a logger is for good.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is not as it says")]

use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
};

use log::{LevelFilter, Log, Metadata, Record};
use portcullis::{Code, Request, Session};
use portcullis_benches::{commands::ADD, guarded, ready};

/// Keeps what it is told of by the gate, if it listens.
struct Kept {
    listens: AtomicBool,
    lines: Mutex<Vec<String>>,
}

static KEPT: Kept = Kept { listens: AtomicBool::new(false), lines: Mutex::new(Vec::new()) };

impl Log for Kept {
    fn enabled(&self, of: &Metadata<'_>) -> bool {
        of.target() == "portcullis" && self.listens.load(Ordering::SeqCst)
    }
    fn log(&self, record: &Record<'_>) {
        self.lines.lock().unwrap().push(format!("{} {}", record.level(), record.args()));
    }
    fn flush(&self) {}
}

/// Calls what is refused; says with which number, and what the log has of it.
fn refused(session: &Session, command: &str) -> (u64, Vec<String>) {
    let reply = ready(session.invoke(Request::json(command, ADD)));
    let failure = reply.failure().unwrap();
    assert_eq!((failure.code(), failure.message()), (Code::Denied, None));
    (failure.id(), std::mem::take(&mut *KEPT.lines.lock().unwrap()))
}

#[test]
fn a_refusal_is_told_to_a_logger_that_listens() {
    let (main, other) = (guarded::session("main"), guarded::session("other"));
    log::set_logger(&KEPT).unwrap();
    log::set_max_level(LevelFilter::Trace);
    assert_eq!(refused(&other, "add").1, [""; 0], "it does not listen");

    KEPT.listens.store(true, Ordering::SeqCst);
    let (id, lines) = refused(&other, "add");
    let [line] = &lines[..] else { panic!("one line, not {lines:?}") };
    assert!(line.starts_with("WARN denied: it needs `sums:do`, which no capability grants"), "{line}");
    assert!(line.contains(&format!("id={id} command=add principal=window `other`")), "{line}");
    let (id, lines) = refused(&main, "sub\ntract");
    let [line] = &lines[..] else { panic!("one line, not {lines:?}") };
    assert!(line.starts_with("WARN denied: there is no such command"), "{line}");
    assert!(line.contains(&format!(r"id={id} command=sub\ntract principal=window `main`")), "{line}");

    log::set_max_level(LevelFilter::Error);
    assert_eq!(refused(&other, "add").1, [""; 0], "the program wants errors alone");
}
