//! What schemas say beside their types: names, comments, references.

use std::collections::BTreeSet;

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value;

/// Text of the type in the place of what the schema says: `#[schemars(extend("x-typescript" = "UserId"))]`.
pub(super) const TEXT: &str = "x-typescript";
/// The Rust type, as `#[portcullis::data]` notes it.
pub(super) const RUST: &str = "x-rust";
/// That a field need not be sent, as `#[portcullis::data]` notes it where schemars must not look for the default.
pub(super) const OPTIONAL: &str = "x-optional";
/// The name of a struct in its tag, as `#[portcullis::data]` notes it: schemars passes over `#[serde(tag)]` there.
pub(super) const TAG: &str = "x-tag";

/// The properties that a schema names, of any of its forms.
pub(super) fn own_keys<'a>(schema: &'a Value, keys: &mut BTreeSet<&'a str>) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        keys.extend(properties.keys().map(String::as_str));
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(all) = schema.get(key).and_then(Value::as_array) {
            for one in all {
                own_keys(one, keys);
            }
        }
    }
}

pub(super) fn docs(schema: &Value) -> Vec<String> {
    let mut docs = Vec::new();
    docs.extend(schema.get("description").and_then(Value::as_str).map(str::to_owned));
    if schema.get("deprecated") == Some(&Value::Bool(true)) {
        docs.push("@deprecated".to_owned());
    }
    docs
}

/// The name of a definition in a reference.
pub(super) fn referred(reference: &str) -> String {
    let name = reference.rsplit('/').next().unwrap_or_default();
    // As JSON pointers and then fragments of addresses are escaped.
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let [first, behind @ ..] = rest {
        let hex = behind.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match (first, hex.and_then(|two| u8::from_str_radix(two, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).replace("~1", "/").replace("~0", "~")
}

/// The names that a schema refers to.
pub(super) fn references(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(reference) if key == "$ref" => {
                        found.insert(referred(reference));
                    }
                    value => references(value, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// Whether this is a duration or a point in time of the standard library: its seconds are an integer of 64 bits that is
/// never that large.
pub(super) fn is_of_time(schema: &Value) -> bool {
    let mut generator = SchemaGenerator::default();
    [std::time::Duration::json_schema(&mut generator), std::time::SystemTime::json_schema(&mut generator)]
        .iter()
        .any(|time| time.as_value() == schema)
}
