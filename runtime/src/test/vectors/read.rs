//! Reads vectors, and refuses whatever they are not meant to have: a key that is misspelt would test nothing.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Entries, On, Outcome, Vector};

const KEYS: [&str; 8] = ["id", "platform", "allow", "deny", "input", "repeat", "expect", "why"];

/// All vectors of a file.
pub(super) fn all(json: &str) -> Result<Vec<Vector>, String> {
    let Value::Array(values) = serde_json::from_str(json).map_err(|error| error.to_string())? else {
        return Err("expected a list of objects".into());
    };
    let mut vectors = Vec::with_capacity(values.len());
    let mut ids = HashSet::new();
    for (index, value) in values.into_iter().enumerate() {
        let Value::Object(object) = value else { return Err(format!("number {index} is no object")) };
        let id = object.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        let vector = one(object).map_err(|why| format!("number {index}, `{id}`: {why}"))?;
        if !ids.insert(id) {
            return Err(format!("two are called `{}`", vector.id));
        }
        vectors.push(vector);
    }
    Ok(vectors)
}

fn one(mut object: Map<String, Value>) -> Result<Vector, String> {
    if let Some(unknown) = object.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(format!("unknown key `{unknown}`; there are `{}`", KEYS.join("`, `")));
    }
    let mut text = |key: &str| match object.remove(key) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text),
        Some(found) => Err(format!("`{key}` is not a text: {found}")),
        None => Err(format!("`{key}` is missing")),
    };
    let (id, why) = (text("id")?, text("why")?);
    let expect = match text("expect")?.as_str() {
        "admit" => Outcome::Admit,
        "refuse" => Outcome::Refuse,
        "malformed" => Outcome::Malformed,
        "bad_entry" => Outcome::BadEntry,
        other => {
            return Err(format!(
                "`expect` is `{other}`; write `admit`, `refuse`, `malformed` or `bad_entry`"
            ));
        }
    };
    let platform = match object.remove("platform") {
        None => On::Any,
        Some(value) => match value.as_str() {
            Some("any") => On::Any,
            Some("unix") => On::Unix,
            Some("linux") => On::Linux,
            Some("macos") => On::Macos,
            Some("windows") => On::Windows,
            _ => {
                return Err(format!(
                    "`platform` is {value}; write `any`, `unix`, `linux`, `macos` or `windows`"
                ));
            }
        },
    };
    let allow = match object.remove("allow") {
        Some(Value::String(all)) if all == "all" => Entries::All,
        Some(Value::Array(entries)) => Entries::Only(entries),
        Some(found) => return Err(format!("`allow` is {found}; write a list of entries, or `all`")),
        None => return Err("`allow` is missing".into()),
    };
    let deny = match object.remove("deny") {
        Some(Value::Array(entries)) => entries,
        Some(found) => return Err(format!("`deny` is {found}; write a list of entries")),
        None => Vec::new(),
    };
    let input = object.remove("input").ok_or("`input` is missing")?;
    let input = match object.remove("repeat") {
        None => input,
        Some(times) => repeated(&input, &times)?,
    };
    Ok(Vector { id, platform, allow, deny, input, expect, why })
}

fn repeated(input: &Value, times: &Value) -> Result<Value, String> {
    match (input.as_str(), times.as_u64().and_then(|times| usize::try_from(times).ok())) {
        (Some(text), Some(times @ 2..=1_000_000)) => Ok(Value::String(text.repeat(times))),
        _ => Err(format!("`repeat` is {times}; write how often the text of `input` stands there")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use super::all;
    use crate::test::vectors::{Entries, On, Outcome};

    fn whole() -> Value {
        json!({
            "id": "x", "platform": "windows", "allow": ["a"], "deny": ["b"], "input": "c", "repeat": 3,
            "expect": "refuse", "why": "y",
        })
    }

    /// Why it is refused with this key set to something else, or left out.
    fn why(key: &str, value: Option<Value>) -> String {
        let mut vector = whole();
        let object = vector.as_object_mut().unwrap();
        match value {
            Some(value) => object.insert(key.into(), value),
            None => object.remove(key),
        };
        all(&json!([vector]).to_string()).unwrap_err()
    }

    #[test]
    fn a_vector_has_all_that_is_written() {
        let [vector] = all(&json!([whole()]).to_string()).unwrap().try_into().unwrap();
        assert_eq!((vector.id.as_str(), vector.why.as_str()), ("x", "y"));
        assert_eq!((vector.platform, vector.expect), (On::Windows, Outcome::Refuse));
        assert_eq!((vector.allow, vector.deny), (Entries::Only(vec!["a".into()]), vec!["b".into()]));
        assert_eq!(vector.input, "ccc");
    }

    #[test]
    fn a_platform_and_denials_may_be_left_out() {
        let vectors = all(r#"[{"id":"x","allow":"all","input":1,"expect":"admit","why":"y"}]"#).unwrap();
        assert_eq!(vectors[0].platform, On::Any);
        assert_eq!((&vectors[0].allow, vectors[0].deny.len()), (&Entries::All, 0));
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let why = why("denied", Some(json!([])));
        assert!(why.starts_with("number 0, `x`: unknown key `denied`; there are `id`, `platform`"), "{why}");
    }

    #[test]
    fn what_must_be_written_cannot_be_left_out() {
        for key in ["id", "allow", "input", "expect", "why"] {
            assert!(why(key, None).ends_with(&format!("`{key}` is missing")), "{key}");
        }
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for (key, value) in [
            ("id", json!("")),
            ("platform", json!("beos")),
            ("platform", json!(1)),
            ("allow", json!("everything")),
            ("allow", json!({})),
            ("deny", json!("all")),
            ("repeat", json!(1)),
            ("repeat", json!("2")),
            ("input", json!(["a text is repeated, and nothing else"])),
            ("expect", json!("deny")),
            ("why", json!(null)),
        ] {
            assert!(
                why(key, Some(value.clone())).contains(&value.to_string())
                    || key == "input"
                    || key == "expect"
            );
        }
    }

    #[test]
    fn two_of_one_name_are_refused() {
        assert_eq!(all(&json!([whole(), whole()]).to_string()).unwrap_err(), "two are called `x`");
    }

    #[test]
    fn what_is_no_list_of_objects_is_refused() {
        for text in ["", "{}", "[1]", "[", "[[]]"] {
            assert!(all(text).is_err(), "{text}");
        }
    }
}
