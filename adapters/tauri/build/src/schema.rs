//! The schemas that editors hold capability files against. Tauri writes them, and knows nothing of Portcullis.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tauri_utils::acl::schema::CAPABILITIES_SCHEMA_FILE_NAME;
use tauri_utils::platform::Target;
use tauri_utils::write_if_changed;

use crate::error::Error;

const ID: &str = "PortcullisIdentifier";
const ENTRY: &str = "PortcullisPermissionEntry";

/// Extends the schemas of a target in a folder. `false` if one of them is not as this crate knows Tauri's: it is left as
/// it is then.
pub(crate) fn extend_files(folder: &Path, target: Target, ids: &BTreeSet<String>) -> Result<bool, Error> {
    let kind = if target.is_desktop() { "desktop" } else { "mobile" };
    let mut known = true;
    for name in [target.to_string(), kind.to_owned()] {
        let path = folder.join(format!("{name}-{CAPABILITIES_SCHEMA_FILE_NAME}"));
        let text = fs::read_to_string(&path).map_err(Error::io(&path))?;
        match serde_json::from_str(&text).ok().and_then(|schema| extend(schema, ids)) {
            Some(schema) => write_if_changed(&path, format!("{schema:#}")).map_err(Error::io(&path))?,
            None => known = false,
        }
    }
    Ok(known)
}

/// A schema that knows what Portcullis knows. Done twice, it is the same. `None` if it has not the parts that are extended.
fn extend(mut schema: Value, ids: &BTreeSet<String>) -> Option<Value> {
    let definitions = schema.get_mut("definitions")?.as_object_mut()?;

    let id = reference(ID);
    let known = definitions.get_mut("Identifier")?.get_mut("oneOf")?.as_array_mut()?;
    known.retain(|schema| *schema != id);
    // An empty `enum` is no schema.
    if !ids.is_empty() {
        known.push(id.clone());
    }

    let entry = reference(ENTRY);
    let entries = definitions.get_mut("PermissionEntry")?.get_mut("anyOf")?.as_array_mut()?;
    entries.retain(|schema| *schema != entry);
    entries.push(entry.clone());

    let capability = definitions.get_mut("Capability")?.as_object_mut()?;
    if let Some(required) = capability.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|key| key != "permissions");
    }
    capability.insert(
        "anyOf".into(),
        json!([{ "required": ["permissions"] }, { "required": ["optional"] }, { "required": ["deny"] }]),
    );
    let keys = capability.get_mut("properties")?.as_object_mut()?;
    keys.insert(
        "clients".into(),
        json!({
            "description": "Portcullis: names of callers that are no window.",
            "type": "array",
            "items": { "type": "string" },
        }),
    );
    keys.insert(
        "frames".into(),
        json!({
            "description": "Portcullis: which frames of a page it is for; `main` unless it says `any`.",
            "enum": ["main", "any"],
        }),
    );
    keys.insert(
        "optional".into(),
        json!({
            "description": "Portcullis: permissions that are granted while the program has switched them on.",
            "type": "array",
            "items": { "anyOf": [id, entry] },
        }),
    );
    keys.insert(
        "deny".into(),
        json!({
            "description": "Portcullis: permissions that are denied, whatever other capabilities grant.",
            "type": "array",
            "items": id,
            "uniqueItems": true,
        }),
    );

    let mut name =
        json!({ "description": "A permission of this program, which Portcullis checks.", "type": "string" });
    if !ids.is_empty() {
        name["enum"] = json!(ids);
    }
    definitions.insert(ID.into(), name);
    definitions.insert(
        ENTRY.into(),
        json!({
            "description": "A permission of this program and what it is narrowed to.",
            "type": "object",
            "properties": {
                "identifier": id,
                "allow": {
                    "description": "What it is granted for: entries, or \"all\".",
                    "anyOf": [{ "const": "all" }, { "type": "array", "minItems": 1 }],
                },
                "deny": { "description": "What it is not granted for.", "type": "array" },
            },
            "required": ["identifier"],
            "additionalProperties": false,
        }),
    );
    Some(schema)
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The parts of Tauri's schema that are extended.
    fn schema() -> Value {
        json!({
            "anyOf": [{ "$ref": "#/definitions/Capability" }],
            "definitions": {
                "Capability": {
                    "type": "object",
                    "required": ["identifier", "permissions"],
                    "properties": { "identifier": { "type": "string" }, "permissions": { "type": "array" } },
                },
                "Identifier": { "oneOf": [{ "type": "string", "const": "core:default" }] },
                "PermissionEntry": { "anyOf": [{ "$ref": "#/definitions/Identifier" }, { "type": "object" }] },
            },
        })
    }

    fn ids(ids: &[&str]) -> BTreeSet<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn done_twice_it_is_the_same() {
        let once = extend(schema(), &ids(&["notes:read"])).unwrap();
        assert_eq!(extend(once.clone(), &ids(&["notes:read"])), Some(once.clone()));
        assert_eq!(extend(once, &ids(&["notes:save"])), extend(schema(), &ids(&["notes:save"])));
    }

    #[test]
    fn without_ids_there_is_no_empty_list() {
        let extended = extend(schema(), &ids(&[])).unwrap();
        assert_eq!(extended["definitions"]["Identifier"], schema()["definitions"]["Identifier"]);
        assert_eq!(extended["definitions"][ID].get("enum"), None);
    }

    #[test]
    fn a_schema_of_another_kind_is_left_as_it_is() {
        for part in ["Identifier", "PermissionEntry", "Capability"] {
            let mut schema = schema();
            schema["definitions"].as_object_mut().unwrap().remove(part);
            assert_eq!(extend(schema, &ids(&["a:b"])), None, "{part}");
        }
        let folder = tempfile::tempdir().unwrap();
        for name in ["linux", "desktop"] {
            fs::write(folder.path().join(format!("{name}-schema.json")), "{}").unwrap();
        }
        assert!(!extend_files(folder.path(), Target::Linux, &ids(&["a:b"])).unwrap());
        assert_eq!(fs::read_to_string(folder.path().join("linux-schema.json")).unwrap(), "{}");
    }
}
