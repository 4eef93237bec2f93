//! What `allow` and `deny` of a grant say, before anybody knows what the entries mean: everything, a list, or nothing.

use super::{Grant, Place, Problem, Spanned, Value};

/// What a grant narrows its permission to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowing {
    /// What it allows.
    pub allow: Allow,
    /// What it denies.
    pub deny: Vec<Spanned<Value>>,
}

/// What a grant allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allow {
    /// There is no `allow`: the grant narrows what others grant.
    Nothing,
    /// `"allow": "all"`
    All,
    /// What one of these entries matches; there is at least one.
    Only(Vec<Spanned<Value>>),
}

impl Grant {
    /// What it says of its scope; `None` if it says nothing.
    ///
    /// ```
    /// use portcullis_policy::files::{Allow, read};
    /// let text = r#"{ "identifier": "main", "windows": ["main"],
    ///     "permissions": [{ "identifier": "notes:read", "allow": "all", "deny": ["$HOME/.ssh/**"] }] }"#;
    /// let grant = &read("main.json", text).capabilities[0].permissions[0];
    /// let narrowing = grant.narrowing().unwrap().unwrap();
    /// assert_eq!((narrowing.allow, narrowing.deny.len()), (Allow::All, 1));
    /// ```
    ///
    /// # Errors
    ///
    /// All that is wrong: `allow` that is neither `"all"` nor a list, lists without entries.
    pub fn narrowing(&self) -> Result<Option<Narrowing>, Vec<Problem>> {
        let id = &self.id.value;
        let mut problems = Vec::new();
        let mut refuse = |place: &Place, message: String, help: &str| {
            problems.push(Problem { place: place.clone(), message, help: Some(help.to_owned()) });
        };
        // As for Tauri, `null` is a key that is not there.
        let written =
            |value: &Option<Spanned<Value>>| value.clone().filter(|value| value.value != Value::Null);
        let mut wrong = false;
        let allow = match written(&self.allow) {
            None => Allow::Nothing,
            Some(Spanned { value: Value::List(entries), place }) => {
                if entries.is_empty() {
                    wrong = true;
                    refuse(
                        &place,
                        format!("`allow` of `{id}` is empty, which admits nothing"),
                        "list what it is for, write \"allow\": \"all\" for everything, or remove the grant",
                    );
                }
                Allow::Only(entries)
            }
            Some(Spanned { value: Value::String(text), .. }) if text == "all" => Allow::All,
            Some(Spanned { value, place }) => {
                wrong = true;
                let found = match &value {
                    Value::String(text) => format!("`{text}`"),
                    other => other.kind().to_owned(),
                };
                let help = match &value {
                    Value::String(text) if means_all(text) => {
                        "for everything write \"allow\": \"all\"".to_owned()
                    }
                    other => {
                        format!("write {}, or \"allow\": \"all\" for everything", listed("allow", other))
                    }
                };
                refuse(
                    &place,
                    format!("`allow` of `{id}` must be a list of entries or \"all\", not {found}"),
                    &help,
                );
                Allow::Nothing
            }
        };
        let deny = match written(&self.deny) {
            None => Vec::new(),
            Some(Spanned { value: Value::List(entries), place }) => {
                if entries.is_empty() && allow == Allow::Nothing && !wrong {
                    wrong = true;
                    refuse(
                        &place,
                        format!(
                            "`deny` of `{id}` is empty, and there is no `allow`: this grants nothing and narrows nothing"
                        ),
                        "list what is denied, or remove it",
                    );
                }
                entries
            }
            Some(Spanned { value, place }) => {
                wrong = true;
                let help = match &value {
                    Value::String(text) if means_all(text) => {
                        "to deny the permission itself, list it in `deny` of the capability".to_owned()
                    }
                    other => format!("write {}", listed("deny", other)),
                };
                refuse(
                    &place,
                    format!("`deny` of `{id}` must be a list of entries, not {}", value.kind()),
                    &help,
                );
                Vec::new()
            }
        };
        if wrong {
            return Err(problems);
        }
        Ok((allow != Allow::Nothing || !deny.is_empty()).then_some(Narrowing { allow, deny }))
    }
}

/// Whether somebody who wrote this for a list of entries meant all there is.
fn means_all(text: &str) -> bool {
    ["all", "any", "everything", "*", "**"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The list that a value may have been meant as.
fn listed(key: &str, value: &Value) -> String {
    match value {
        Value::String(text) => format!("\"{key}\": [{text:?}]"),
        Value::Map(_) => format!("\"{key}\": [{{ .. }}]"),
        _ => format!("\"{key}\": [..]"),
    }
}
