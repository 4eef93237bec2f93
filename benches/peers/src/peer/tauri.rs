//! Tauri's own macro on its mock runtime, in a program with an app manifest: Tauri asks its access control about every call.

// The macro writes functions that nothing documents.
#![allow(missing_docs, clippy::needless_pass_by_value)]

use std::hint::black_box;

use portcullis_benches_peers_many::{of_10, of_1000};
use portcullis_benches_tauri::page::{Handler, Message, Page};
use serde_json::json;
use tauri::{
    ipc::{InvokeBody, InvokeResponse, InvokeResponseBody, Request, Response},
    utils::acl::{
        Value,
        resolved::{Resolved, ResolvedCommand, ResolvedScope},
    },
};

use super::Turn;
use crate::{
    call::{Answer, Caller, Elsewhere},
    case::{Body, Case, Input},
    command::{Item, NOTE, Notes},
};

#[tauri::command]
fn nothing() {}

#[tauri::command]
fn add(a: i64, b: i64) -> i64 {
    crate::command::add(a, b)
}

#[tauri::command]
fn identity(items: Vec<Item>) -> Vec<Item> {
    crate::command::identity(items)
}

#[tauri::command]
fn flip(request: Request<'_>) -> Response {
    match request.body() {
        InvokeBody::Raw(bytes) => Response::new(crate::command::flip(bytes)),
        InvokeBody::Json(_) => Response::new(Vec::new()),
    }
}

#[tauri::command]
fn wipe() {}

/// The command of the file system plugin.
const READ_NOTE: &str = "plugin:fs|read_text_file";

/// What capabilities come to that are all for the window `main`: each allows all of these commands.
fn resolved(commands: &[&str], capabilities: usize, scope: Option<u64>) -> Resolved {
    let allowed = |_| ResolvedCommand {
        windows: vec!["ma*".parse().expect("a pattern")],
        scope_id: scope,
        ..ResolvedCommand::default()
    };
    let allowed: Vec<_> = (0..capabilities).map(allowed).collect();
    Resolved {
        has_app_acl: true,
        allowed_commands: commands.iter().map(|name| ((*name).to_owned(), allowed.clone())).collect(),
        ..Resolved::default()
    }
}

/// A program that can do what the case asks for.
#[must_use]
pub fn program(case: Case, inputs: &[Input], notes: &Notes) -> Option<Sent> {
    let plain = || -> Handler { Box::new(tauri::generate_handler![nothing, add, identity, flip, wipe]) };
    let allowed = ["nothing", "add", "identity", "flip"];
    let page = match case {
        Case::ReadNote => {
            let mut acl = resolved(&[READ_NOTE], 1, Some(1));
            let pattern = format!("{}/**", notes.folder().display());
            let allow = vec![Value::Map([("path".to_owned(), Value::String(pattern))].into())];
            acl.command_scope.insert(1, ResolvedScope { allow, deny: Vec::new() });
            let page = Page::with(plain(), Some(acl), |program| program.plugin(tauri_plugin_fs::init()));
            let path = notes.folder().join(NOTE);
            return Some(Sent::of(page, vec![(READ_NOTE, InvokeBody::Json(json!({ "path": path })))]));
        }
        Case::Capabilities(count) => {
            Page::with(plain(), Some(resolved(&allowed, count, None)), |program| program)
        }
        Case::Commands(count) => {
            let handler = match count {
                10 => of_10::handler(),
                1_000 => of_1000::handler(),
                _ => return None,
            };
            let names: Vec<_> = inputs.iter().map(|input| input.command).collect();
            Page::with(handler, Some(resolved(&names, 1, None)), |program| program)
        }
        _ => Page::with(plain(), Some(resolved(&allowed, 1, None)), |program| program),
    };
    Some(Sent::new(page, inputs.iter().copied()))
}

/// The caller: a page of a program.
#[derive(Debug)]
pub struct Sent {
    page: Page,
    turn: Turn<(&'static str, InvokeBody)>,
}

impl Sent {
    /// What this page sends.
    pub fn new(page: Page, inputs: impl Iterator<Item = Input>) -> Self {
        let parsed = |json| serde_json::from_slice(json).expect("it was written as JSON");
        let body = |input: Input| match input.body {
            Body::Json(json) => (input.command, InvokeBody::Json(parsed(json))),
            Body::Bytes(bytes) => (input.command, InvokeBody::Raw(bytes.to_vec())),
        };
        Self::of(page, inputs.map(body).collect())
    }

    fn of(page: Page, inputs: Vec<(&'static str, InvokeBody)>) -> Self {
        Self { page, turn: Turn::new(inputs) }
    }
}

impl Caller for Sent {
    type Message = Message;
    type Reply = InvokeResponse;

    fn message(&mut self) -> Message {
        let (command, body) = self.turn.next();
        self.page.message(command, &body)
    }

    fn send(&self, messages: Vec<Message>, each: impl FnMut(InvokeResponse)) {
        messages.into_iter().map(Message::send).for_each(each);
    }

    fn answer(reply: InvokeResponse) -> Answer {
        match reply {
            InvokeResponse::Ok(InvokeResponseBody::Json(text)) => Answer::json(text.as_bytes()),
            InvokeResponse::Ok(InvokeResponseBody::Raw(bytes)) => Answer::Bytes(bytes),
            InvokeResponse::Err(error) => {
                let text = error.0.to_string();
                let refused = text.contains("not allowed") || text.contains("denied");
                if refused { Answer::Refused } else { Answer::Other(text) }
            }
        }
    }

    fn elsewhere(&self) -> Elsewhere<Message> {
        Box::new(|messages| {
            for message in messages {
                black_box(message.send());
            }
        })
    }
}
