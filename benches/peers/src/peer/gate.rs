//! Portcullis, called by the program itself: what any adapter does with a message.

use std::hint::black_box;

use portcullis::{Attachment, Bytes, Code, prelude::*, scope::PathError};
use portcullis_benches::{
    commands::{add, identity},
    ready, sized,
};

use super::Turn;
use crate::{
    call::{Answer, Caller, Elsewhere},
    case::{Body, Case, Input},
    command::{MB, Notes},
};

/// Use what is measured.
#[derive(Permission)]
#[permission(id = "peers:use")]
pub struct Use;

/// What the page that calls does not have.
#[derive(Permission)]
#[permission(id = "peers:wipe")]
pub struct Wipe;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read", scope = PathScope<Read>)]
pub struct ReadNotes;

#[portcullis::command(permission(Use))]
fn nothing() {}

#[expect(clippy::needless_pass_by_value, reason = "an argument of a command is its own")]
#[portcullis::command(permission(Use))]
fn flip(data: Bytes) -> Bytes {
    crate::command::flip(&data).into()
}

#[expect(clippy::needless_pass_by_value, reason = "an argument of a command is its own")]
#[portcullis::command(permission(ReadNotes))]
fn read_note(note: Checked<ReadNotes>) -> Result<String, PathError> {
    note.read_to_string()
}

#[portcullis::command(permission(Wipe))]
fn wipe() {}

static AUTHORITY: Authority = authority! {
    commands: [nothing, add, identity, flip, read_note, wipe],
    capabilities: ["capabilities/main.json", "capabilities/other.json"],
    bases: ["NOTES"],
    windows: ["main", "other"],
};

/// The gate of a case, by way of an adapter or without any.
///
/// # Panics
///
/// If the gate asks for something.
pub fn gate(case: Case, notes: &Notes, new: fn(&'static Authority) -> portcullis::GateBuilder) -> Gate {
    let authority = match case {
        Case::Capabilities(1) => sized::authority::<10, 10>(1),
        Case::Capabilities(20) => sized::authority::<10, 200>(20),
        Case::Capabilities(100) => sized::authority::<10, 1_000>(100),
        Case::Capabilities(_) => sized::authority::<10, 10_000>(1_000),
        Case::Commands(10) => sized::authority::<10, 10>(1),
        Case::Commands(1_000) => sized::authority::<1_000, 1_000>(1),
        Case::Commands(_) => sized::authority::<10_000, 10_000>(1),
        _ => {
            let gate = new(&AUTHORITY).base("NOTES", notes.folder()).explain(false).build();
            return gate.expect("nothing is missing");
        }
    };
    new(authority).explain(false).build().expect("nothing is missing")
}

/// What the command is called there.
pub fn command(case: Case, input: Input) -> &'static str {
    match case {
        // Any of those that there are.
        Case::Capabilities(_) => sized::name(7).leak(),
        _ => input.command,
    }
}

/// The caller.
#[derive(Debug)]
pub struct InProcess {
    session: Session,
    turn: Turn<(&'static str, Body)>,
}

impl InProcess {
    /// Of a program that can do what the case asks for.
    #[must_use]
    pub fn new(case: Case, inputs: &[Input], notes: &Notes) -> Self {
        let session = gate(case, notes, Gate::new).session(Principal::window("main"));
        let inputs = inputs.iter().map(|input| (command(case, *input), input.body)).collect();
        Self { session, turn: Turn::new(inputs) }
    }
}

/// A message: the bytes beside it are its own, as an adapter has read them.
type Message = (&'static str, &'static [u8], Attachment);

fn send(session: &Session, messages: Vec<Message>, mut each: impl FnMut(Reply)) {
    for (command, arguments, attachment) in messages {
        let request = Request::json(black_box(command), black_box(arguments)).attached(attachment);
        each(ready(session.invoke(request)));
    }
}

impl Caller for InProcess {
    type Message = Message;
    type Reply = Reply;

    fn message(&mut self) -> Message {
        const LENGTH: &[u8] = br#"{"data":1000000}"#;
        const { assert!(MB == 1_000_000) }
        match self.turn.next() {
            (command, Body::Json(json)) => (command, json, Attachment::None),
            (command, Body::Bytes(bytes)) => (command, LENGTH, Attachment::Whole(bytes.to_vec().into())),
        }
    }

    fn send(&self, messages: Vec<Message>, each: impl FnMut(Reply)) {
        send(&self.session, messages, each);
    }

    fn answer(reply: Reply) -> Answer {
        match reply {
            Reply::Ok(json) => Answer::json(&json),
            Reply::Bytes(bytes) => Answer::Bytes(bytes.to_vec()),
            Reply::Failed(failure) if failure.code() == Code::Denied => Answer::Refused,
            other => Answer::Other(format!("{other:?}")),
        }
    }

    fn elsewhere(&self) -> Elsewhere<Message> {
        let session = self.session.clone();
        Box::new(move |messages| {
            send(&session, messages, |reply| {
                drop(black_box(reply));
            });
        })
    }
}
