//! A panic while another one unwinds: a destructor that panics then ends the program, as Rust has it. What that means here is run
//! in a process of its own.

use std::{
    process::Command,
    task::{Context, Waker},
};

use portcullis::{Streaming, prelude::*};
use portcullis_tests::{block_on, line};

use crate::faulty::{Bomb, EndsBadly, Unreadable, a_moment};

#[command(public("a test"))]
fn holds_and_panics() {
    let _bomb = Bomb;
    panic!("on purpose, with something that panics when it goes")
}

#[command(public("a test"))]
async fn holds_and_panics_later() {
    let _bomb = Bomb;
    a_moment().await;
    panic!("on purpose, with something that panics when it goes")
}

#[command(public("a test"))]
fn reads_and_panics(first: Bomb, second: Unreadable) {
    drop((first, second));
}

#[command(public("a test"))]
fn streams() -> Streaming<u8> {
    Streaming::new(EndsBadly { left: 9, _bomb: Bomb })
}

#[command(public("a test"))]
async fn waits() {
    let _bomb = Bomb;
    std::future::pending::<()>().await;
}

static AUTHORITY: Authority = authority! {
    commands: [holds_and_panics, holds_and_panics_later, reads_and_panics, streams, waits],
    windows: ["main"],
};

/// Says which fault a process of its own is there for.
const FAULT: &str = "PORTCULLIS_TEST_FAULT";

fn session() -> Session {
    let gate = Gate::new(&AUTHORITY).explain(false).build().unwrap();
    gate.session(Principal::window("main"))
}

/// What the process does that [`ends`] has started. Alone, it is a test that has nothing to do.
#[test]
fn in_a_process_of_its_own() {
    let Ok(fault) = std::env::var(FAULT) else { return };
    let session = session();
    match &*fault {
        "a stream of the gate's goes" => {
            let Reply::Stream(_stream) = block_on(session.invoke(Request::json("streams", b""))) else {
                panic!("no stream")
            };
            panic!("on purpose, by a host that holds a stream")
        }
        "a call of the gate's goes" => {
            let mut call = Box::pin(session.invoke(Request::json("waits", b"")));
            assert!(call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
            panic!("on purpose, by a host that holds a call")
        }
        _ => {
            let arguments = br#"{"first":null,"second":1}"#;
            let arguments = if fault == "reads_and_panics" { &arguments[..] } else { b"" };
            let answer = line(&block_on(session.invoke(Request::json(&fault, arguments))));
            println!("answered {answer}");
        }
    }
}

/// How a process ends in which this happens: by itself, as a test that failed, or not.
fn ends(fault: &str) -> String {
    let own = std::env::current_exe().unwrap();
    let name = "panics::twice::in_a_process_of_its_own";
    let output = Command::new(own).args(["--exact", name, "--nocapture"]).env(FAULT, fault).output().unwrap();
    match output.status.code() {
        Some(0) => "well".into(),
        Some(101) => "a panic".into(),
        _ => "abort".into(),
    }
}

/// Rust ends the program before anybody could catch anything. There is nothing that a gate could do.
#[test]
fn what_panics_twice_in_a_command_ends_the_program() {
    for fault in ["holds_and_panics", "holds_and_panics_later", "reads_and_panics"] {
        assert_eq!(ends(fault), "abort", "{fault}");
    }
}

/// What the gate lets go of itself does not: a host that panics with calls and streams in its hands ends as its panic says.
#[test]
fn what_a_host_lets_go_of_while_it_panics_does_not_end_the_program() {
    for fault in ["a stream of the gate's goes", "a call of the gate's goes"] {
        assert_eq!(ends(fault), "a panic", "{fault}");
    }
}
