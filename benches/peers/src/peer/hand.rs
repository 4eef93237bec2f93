//! A `match` and `serde_json`. Only `wipe` looks at who calls, and `read_note` at where the file is.

use std::{
    borrow::Cow,
    hint::black_box,
    path::{Path, PathBuf},
    sync::Arc,
};

use portcullis_benches::hand;
use portcullis_benches_peers_many::{find_10, find_1000, find_10000};
use serde::Deserialize;
use serde_json::{from_slice, to_vec};

use super::Turn;
use crate::{
    call::{Answer, Caller, Elsewhere},
    case::{Body, Case, Input},
    command::{Notes, flip, read_note},
};

/// What a program answers that has nothing but this.
#[derive(Debug)]
pub enum Reply {
    /// A value.
    Json(Vec<u8>),
    /// Bytes as they are.
    Bytes(Vec<u8>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadNote<'a> {
    note: &'a str,
}

/// Calls a command.
fn call(may_wipe: bool, notes: &Path, command: &str, body: &[u8]) -> Result<Reply, String> {
    let json = |vec: serde_json::Result<Vec<u8>>| vec.map(Reply::Json).map_err(|error| error.to_string());
    match command {
        "nothing" => json(to_vec(&())),
        "flip" => Ok(Reply::Bytes(flip(body))),
        "read_note" => {
            let ReadNote { note } = from_slice(body).map_err(|error| error.to_string())?;
            json(to_vec(&read_note(notes, note)?))
        }
        "wipe" if may_wipe => json(to_vec(&())),
        "wipe" => Err("denied".to_owned()),
        other => hand::call(other, body).map(Reply::Json),
    }
}

type Find = fn(&str) -> Option<u32>;

/// Calls one of many commands, which all do the same. What the `match` has found is not known to the optimizer, so it
/// cannot make one arm of all of them.
fn call_one(find: Find, command: &str, body: &[u8]) -> Result<Reply, String> {
    match black_box(find(command)) {
        Some(_) => hand::call("add", body).map(Reply::Json),
        None => Err(format!("no command `{command}`")),
    }
}

/// The caller.
#[derive(Debug)]
pub struct Hand {
    program: Program,
    turn: Turn<Input>,
}

#[derive(Clone, Debug)]
struct Program {
    find: Option<Find>,
    notes: Arc<PathBuf>,
}

impl Hand {
    /// Of a program that can do what the case asks for.
    #[must_use]
    pub fn new(case: Case, inputs: &[Input], notes: &Notes) -> Self {
        let find: Option<Find> = match case {
            Case::Commands(10) => Some(find_10),
            Case::Commands(1_000) => Some(find_1000),
            Case::Commands(_) => Some(find_10000),
            _ => None,
        };
        let program = Program { find, notes: Arc::new(notes.folder().to_owned()) };
        Self { program, turn: Turn::new(inputs.to_vec()) }
    }
}

/// A message. Bytes are its own, and go with it: that costs everybody the same.
type Message = (&'static str, Cow<'static, [u8]>);

impl Program {
    fn send(&self, messages: Vec<Message>, mut each: impl FnMut(Result<Reply, String>)) {
        for (command, body) in messages {
            let (command, body) = (black_box(command), black_box(&*body));
            each(match self.find {
                Some(find) => call_one(find, command, body),
                None => call(black_box(false), &self.notes, command, body),
            });
        }
    }
}

impl Caller for Hand {
    type Message = Message;
    type Reply = Result<Reply, String>;

    fn message(&mut self) -> Message {
        let Input { command, body } = self.turn.next();
        match body {
            Body::Json(json) => (command, Cow::Borrowed(json)),
            Body::Bytes(bytes) => (command, Cow::Owned(bytes.to_vec())),
        }
    }

    fn send(&self, messages: Vec<Message>, each: impl FnMut(Self::Reply)) {
        self.program.send(messages, each);
    }

    fn answer(reply: Self::Reply) -> Answer {
        match reply {
            Ok(Reply::Json(json)) => Answer::json(&json),
            Ok(Reply::Bytes(bytes)) => Answer::Bytes(bytes),
            Err(error) if error == "denied" => Answer::Refused,
            Err(error) => Answer::Other(error),
        }
    }

    fn elsewhere(&self) -> Elsewhere<Message> {
        let program = self.program.clone();
        Box::new(move |messages| {
            program.send(messages, |reply| {
                drop(black_box(reply));
            });
        })
    }
}
