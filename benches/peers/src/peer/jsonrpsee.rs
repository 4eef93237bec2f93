//! A module of jsonrpsee without a socket: the text of a request to the text of a response. It has no bytes that are not
//! JSON. Only `wipe` looks at who calls.

use std::{hint::black_box, path::PathBuf};

use ::jsonrpsee::{
    Methods, RpcModule,
    types::{ErrorObjectOwned, Params},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use tokio::runtime::Runtime;

use super::{Turn, runtime};
use crate::{
    call::{Answer, Caller, Elsewhere},
    case::{Body, Case, Input},
    command::{self, Item, Notes},
};

/// What a server may say of its own.
const DENIED: i32 = -32_001;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Add {
    a: i64,
    b: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Identity {
    items: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadNote {
    note: String,
}

/// What its methods know.
#[derive(Debug)]
pub struct Host {
    notes: PathBuf,
    may_wipe: bool,
}

fn read<T: DeserializeOwned>(params: &Params<'_>) -> Result<T, ErrorObjectOwned> {
    params.parse()
}

fn denied(text: impl Into<String>) -> ErrorObjectOwned {
    ErrorObjectOwned::owned(DENIED, text, None::<()>)
}

fn add(params: &Params<'_>) -> Result<i64, ErrorObjectOwned> {
    let Add { a, b } = read(params)?;
    Ok(command::add(a, b))
}

fn new(notes: PathBuf) -> RpcModule<Host> {
    RpcModule::new(Host { notes, may_wipe: false })
}

/// A module with so many commands that do what `add` does.
///
/// # Panics
///
/// If two of them have one name.
#[must_use]
pub fn sized(names: impl Iterator<Item = &'static str>) -> RpcModule<Host> {
    let mut module = new(PathBuf::new());
    for name in names {
        module.register_method(name, |params, _, _| add(&params)).expect("a name of its own");
    }
    module
}

fn plain(notes: &Notes) -> Option<RpcModule<Host>> {
    let mut module = new(notes.folder().to_owned());
    module.register_method("nothing", |_, _, _| ()).ok()?;
    module.register_method("add", |params, _, _| add(&params)).ok()?;
    let identity = |params: Params<'_>, _: &Host, _: &_| {
        let Identity { items } = read(&params)?;
        Ok::<_, ErrorObjectOwned>(command::identity(items))
    };
    module.register_method("identity", identity).ok()?;
    let read_note = |params: Params<'_>, host: &Host, _: &_| {
        let ReadNote { note } = read(&params)?;
        command::read_note(&host.notes, &note).map_err(denied)
    };
    module.register_method("read_note", read_note).ok()?;
    let wipe =
        |_: Params<'_>, host: &Host, _: &_| host.may_wipe.then_some(()).ok_or_else(|| denied("denied"));
    module.register_method("wipe", wipe).ok()?;
    Some(module)
}

/// The caller.
#[derive(Debug)]
pub struct Module {
    methods: Methods,
    turn: Turn<&'static str>,
    runtime: Runtime,
}

impl Module {
    /// Of a program that can do what the case asks for.
    #[must_use]
    pub fn new(case: Case, inputs: &[Input], notes: &Notes) -> Option<Self> {
        let module = match case {
            Case::Capabilities(_) | Case::Flip => return None,
            Case::Commands(_) => sized(inputs.iter().map(|input| input.command)),
            _ => plain(notes)?,
        };
        let turn = Turn::new(inputs.iter().map(request).collect());
        Some(Self { methods: module.into(), turn, runtime: runtime() })
    }
}

fn request(input: &Input) -> &'static str {
    let (Body::Json(params) | Body::Bytes(params)) = input.body;
    let params = String::from_utf8_lossy(params);
    format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{}","params":{params}}}"#, input.command).leak()
}

async fn send(methods: &Methods, messages: Vec<&str>, mut each: impl FnMut(String)) {
    for message in messages {
        let response = methods.raw_json_request(black_box(message), 1).await;
        each(
            response
                .map_or_else(|error| error.to_string(), |(response, _)| Box::<str>::from(response).into()),
        );
    }
}

impl Caller for Module {
    type Message = &'static str;
    type Reply = String;

    fn message(&mut self) -> &'static str {
        self.turn.next()
    }

    fn send(&self, messages: Vec<&'static str>, each: impl FnMut(String)) {
        self.runtime.block_on(send(&self.methods, messages, each));
    }

    fn answer(reply: String) -> Answer {
        let Ok(Value::Object(mut response)) = serde_json::from_str(&reply) else {
            return Answer::Other(reply);
        };
        match (response.remove("result"), response.get("error")) {
            (Some(result), None) => Answer::Json(result),
            (None, Some(error)) if error["code"] == DENIED => Answer::Refused,
            _ => Answer::Other(reply),
        }
    }

    fn elsewhere(&self) -> Elsewhere<&'static str> {
        let (methods, runtime) = (self.methods.clone(), runtime());
        Box::new(move |messages| {
            runtime.block_on(send(&methods, messages, |reply| {
                drop(black_box(reply));
            }));
        })
    }
}
