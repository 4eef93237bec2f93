//! Portcullis behind Tauri's `invoke`: the same gate, in a program on the mock runtime.

use portcullis_benches_tauri::page::Page;
use portcullis_tauri::GateExt as _;

use super::{gate, tauri::Sent};
use crate::{
    case::{Case, Input},
    command::Notes,
};

/// A program that can do what the case asks for.
#[must_use]
pub fn program(case: Case, inputs: &[Input], notes: &Notes) -> Sent {
    let gate = gate::gate(case, notes, portcullis_tauri::gate);
    let inputs = inputs.iter().map(|input| Input { command: gate::command(case, *input), ..*input });
    Sent::new(Page::of(Box::new(gate.handler()), None), inputs)
}
