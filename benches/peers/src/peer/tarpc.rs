//! tarpc over a channel in memory: values of Rust are moved to a task and back, and nothing is encoded. Only `wipe` looks at
//! who calls.

// The macro writes items that nothing documents.
#![allow(missing_docs, unreachable_pub)]

use std::{hint::black_box, path::PathBuf, sync::Arc};

use ::tarpc::{
    client::{self, RpcError},
    context::{self, Context},
    server::{BaseChannel, Channel as _},
    transport::channel,
};
use futures_util::StreamExt as _;
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::Runtime;

use super::{Turn, runtime};
use crate::{
    call::{Answer, Caller, Elsewhere},
    case::{Body, Case, Input},
    command::{self, Item, NOTE, Notes},
};

#[::tarpc::service]
trait Commands {
    async fn nothing();
    async fn add(a: i64, b: i64) -> i64;
    async fn identity(items: Vec<Item>) -> Vec<Item>;
    async fn flip(data: Vec<u8>) -> Vec<u8>;
    async fn read_note(note: String) -> Result<String, String>;
    async fn wipe() -> Result<(), String>;
}

/// What the commands know.
#[derive(Clone, Debug)]
struct Host {
    notes: Arc<PathBuf>,
    may_wipe: bool,
}

impl Commands for Host {
    async fn nothing(self, _: Context) {}

    async fn add(self, _: Context, a: i64, b: i64) -> i64 {
        command::add(a, b)
    }

    async fn identity(self, _: Context, items: Vec<Item>) -> Vec<Item> {
        command::identity(items)
    }

    async fn flip(self, _: Context, data: Vec<u8>) -> Vec<u8> {
        command::flip(&data)
    }

    async fn read_note(self, _: Context, note: String) -> Result<String, String> {
        command::read_note(&self.notes, &note)
    }

    async fn wipe(self, _: Context) -> Result<(), String> {
        if self.may_wipe { Ok(()) } else { Err("denied".to_owned()) }
    }
}

/// A call with its arguments.
#[derive(Clone, Debug)]
pub enum Call {
    Nothing,
    Add(i64, i64),
    Identity(Vec<Item>),
    Flip(Vec<u8>),
    ReadNote(String),
    Wipe,
}

/// What came back.
#[derive(Debug)]
pub enum Reply {
    Nothing,
    Sum(i64),
    Items(Vec<Item>),
    Bytes(Vec<u8>),
    Text(String),
    Error(String),
}

impl From<RpcError> for Reply {
    fn from(error: RpcError) -> Self {
        Self::Error(error.to_string())
    }
}

impl From<String> for Reply {
    fn from(error: String) -> Self {
        Self::Error(error)
    }
}

async fn call(client: &CommandsClient, call: Call) -> Result<Reply, Reply> {
    let context = context::current();
    Ok(match call {
        Call::Nothing => {
            client.nothing(context).await?;
            Reply::Nothing
        }
        Call::Add(a, b) => Reply::Sum(client.add(context, a, b).await?),
        Call::Identity(items) => Reply::Items(client.identity(context, items).await?),
        Call::Flip(data) => Reply::Bytes(client.flip(context, data).await?),
        Call::ReadNote(note) => Reply::Text(client.read_note(context, note).await??),
        Call::Wipe => {
            client.wipe(context).await??;
            Reply::Nothing
        }
    })
}

/// One connection to a program, and both of its ends on one thread.
#[derive(Debug)]
struct Connection {
    client: CommandsClient,
    runtime: Runtime,
}

impl Connection {
    fn new(host: Host) -> Self {
        let runtime = runtime();
        let inside = runtime.enter();
        let (near, far) = channel::unbounded();
        let answers = BaseChannel::with_defaults(far).execute(host.serve());
        runtime.spawn(answers.for_each(|answer| async {
            tokio::spawn(answer);
        }));
        let client = CommandsClient::new(client::Config::default(), near).spawn();
        drop(inside);
        Self { client, runtime }
    }

    fn send(&self, messages: Vec<Call>, mut each: impl FnMut(Reply)) {
        self.runtime.block_on(async {
            for message in messages {
                each(call(&self.client, black_box(message)).await.unwrap_or_else(|error| error));
            }
        });
    }
}

/// The caller.
#[derive(Debug)]
pub struct Connected {
    host: Host,
    connection: Connection,
    turn: Turn<Call>,
}

#[derive(Deserialize)]
struct Add {
    a: i64,
    b: i64,
}

#[derive(Deserialize)]
struct Identity {
    items: Vec<Item>,
}

impl Connected {
    /// Of a program that can do what the case asks for.
    #[must_use]
    pub fn new(case: Case, inputs: &[Input], notes: &Notes) -> Option<Self> {
        if matches!(case, Case::Capabilities(_) | Case::Commands(_)) {
            return None;
        }
        let host = Host { notes: Arc::new(notes.folder().to_owned()), may_wipe: black_box(false) };
        let inputs = inputs.iter().map(typed).collect::<Option<_>>()?;
        Some(Self { connection: Connection::new(host.clone()), host, turn: Turn::new(inputs) })
    }
}

/// What the others are sent as JSON.
fn typed(input: &Input) -> Option<Call> {
    let (Body::Json(body) | Body::Bytes(body)) = input.body;
    Some(match input.command {
        "nothing" => Call::Nothing,
        "add" => {
            let Add { a, b } = serde_json::from_slice(body).ok()?;
            Call::Add(a, b)
        }
        "identity" => {
            let Identity { items } = serde_json::from_slice(body).ok()?;
            Call::Identity(items)
        }
        "flip" => Call::Flip(body.to_vec()),
        "read_note" => Call::ReadNote(NOTE.to_owned()),
        "wipe" => Call::Wipe,
        _ => return None,
    })
}

impl Caller for Connected {
    type Message = Call;
    type Reply = Reply;

    fn message(&mut self) -> Call {
        self.turn.next()
    }

    fn send(&self, messages: Vec<Call>, each: impl FnMut(Reply)) {
        self.connection.send(messages, each);
    }

    fn answer(reply: Reply) -> Answer {
        match reply {
            Reply::Nothing => Answer::Json(json!(null)),
            Reply::Sum(sum) => Answer::Json(json!(sum)),
            Reply::Items(items) => Answer::Json(json!(items)),
            Reply::Bytes(bytes) => Answer::Bytes(bytes),
            Reply::Text(text) => Answer::Json(json!(text)),
            Reply::Error(error) if error == "denied" => Answer::Refused,
            Reply::Error(error) => Answer::Other(error),
        }
    }

    fn elsewhere(&self) -> Elsewhere<Call> {
        // A connection of its own: that is how two clients reach one service.
        let connection = Connection::new(self.host.clone());
        Box::new(move |messages| {
            connection.send(messages, |reply| {
                drop(black_box(reply));
            });
        })
    }
}
