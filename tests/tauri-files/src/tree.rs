//! What stands in a file, as our own reader takes it, and as a tree that can be written again.

use std::{cell::RefCell, collections::HashMap};

use portcullis_policy::files::{self, Problem, Spanned, Value};
use serde_json::Value as Json;

use crate::world::File;

/// What stands in a file.
///
/// # Errors
///
/// Why we cannot read it: it is not in its format, or a key stands twice.
pub fn read(file: &File) -> Result<Json, Vec<Problem>> {
    thread_local! {
        // Many programs have the same plugins.
        static READ: RefCell<HashMap<String, Json>> = RefCell::default();
    }
    let key = format!("{}\n{}", file.name, file.text);
    if let Some(read) = READ.with_borrow(|read| read.get(&key).cloned()) {
        return Ok(read);
    }
    let read = json(&files::parse(&file.name, &file.text)?);
    READ.with_borrow_mut(|all| all.insert(key, read.clone()));
    Ok(read)
}

fn json(tree: &Spanned<Value>) -> Json {
    match &tree.value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(text) => text.parse::<serde_json::Number>().map_or(Json::Null, Json::Number),
        Value::String(text) => Json::String(text.clone()),
        Value::List(list) => Json::Array(list.iter().map(json).collect()),
        Value::Map(map) => {
            Json::Object(map.iter().map(|(key, value)| (key.value.clone(), json(value))).collect())
        }
    }
}
