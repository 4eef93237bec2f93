//! The commands in a `match`: what a program writes that has nothing to guard. No permission, no panic caught, errors as
//! text.

use serde::Deserialize;
use serde_json::{from_slice, to_vec};

use crate::commands::{Item, add, add_later, identity, nothing};

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

/// Calls a synchronous command.
///
/// # Errors
///
/// What is wrong with the message.
pub fn call(command: &str, arguments: &[u8]) -> Result<Vec<u8>, String> {
    match command {
        "nothing" => {
            nothing();
            to_vec(&()).map_err(|error| error.to_string())
        }
        "add" => {
            let Add { a, b } = from_slice(arguments).map_err(|error| error.to_string())?;
            to_vec(&add(a, b)).map_err(|error| error.to_string())
        }
        "identity" => {
            let Identity { items } = from_slice(arguments).map_err(|error| error.to_string())?;
            to_vec(&identity(items)).map_err(|error| error.to_string())
        }
        _ => Err(format!("no command `{command}`")),
    }
}

/// Calls any command.
///
/// # Errors
///
/// What is wrong with the message.
pub async fn call_later(command: &str, arguments: &[u8]) -> Result<Vec<u8>, String> {
    match command {
        "add_later" => {
            let Add { a, b } = from_slice(arguments).map_err(|error| error.to_string())?;
            to_vec(&add_later(a, b).await).map_err(|error| error.to_string())
        }
        other => call(other, arguments),
    }
}
