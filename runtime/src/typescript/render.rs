//! JSON Schema to TypeScript: the schemas that schemars makes, of one direction. What they are the schemas of is known
//! only to say what is wrong with one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    doc, names,
    schema::{OPTIONAL, TAG, TEXT, docs, is_of_time, own_keys, referred},
    text::{Field, Level, Ts, intersection, union, written},
};

/// A number that JavaScript cannot hold, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wide {
    /// The way to it within its type: `.id`, `[]`.
    pub(super) path: String,
    /// Its type in Rust, as far as the schema tells.
    pub(super) rust: &'static str,
}

/// Writes the types of one direction.
pub(super) struct Render<'a> {
    /// The names of types in this direction, by those of their schemas.
    pub(super) names: &'a BTreeMap<String, String>,
    /// Whether it is what a command returns.
    pub(super) returned: bool,
    pub(super) wide: Vec<Wide>,
    path: String,
}

impl<'a> Render<'a> {
    pub(super) fn new(names: &'a BTreeMap<String, String>, returned: bool) -> Self {
        Self { names, returned, wide: Vec::new(), path: String::new() }
    }

    /// The type of a schema.
    pub(super) fn ty(&mut self, schema: &Value, indent: usize) -> String {
        self.text(schema, indent).text
    }

    /// The declaration of a type.
    pub(super) fn declaration(&mut self, name: &str, schema: &Value) -> String {
        let docs = docs(schema);
        let text = if is_of_time(schema) { self.quietly(schema) } else { self.ty(schema, 0) };
        let space = if text.starts_with('\n') { "" } else { " " };
        format!("{}export type {name} ={space}{text};\n", doc::comment(&docs, 0))
    }

    /// A type whose numbers are small enough, whatever their format says.
    fn quietly(&mut self, schema: &Value) -> String {
        let mut quiet = Render::new(self.names, self.returned);
        quiet.ty(schema, 0)
    }

    fn at<T>(&mut self, step: &str, then: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        self.path.push_str(step);
        let done = then(self);
        self.path.truncate(length);
        done
    }

    fn text(&mut self, schema: &Value, indent: usize) -> Ts {
        let Value::Object(schema) = schema else {
            return Ts::atom(if *schema == Value::Bool(false) { "never" } else { "unknown" });
        };
        if let Some(Value::String(text)) = schema.get(TEXT) {
            let level = if text.contains(['|', '&', '?', '=']) { Level::Union } else { Level::Atom };
            let text = Ts { level, ..Ts::atom(text) };
            let or_null = schema.get("type").and_then(Value::as_array);
            return match or_null.filter(|kinds| kinds.iter().any(|kind| kind == "null")) {
                Some(_) => union(vec![text, Ts::atom("null")], indent),
                None => text,
            };
        }
        let mut parts = Vec::new();
        if let Some(name) = schema.get("$ref").and_then(Value::as_str).map(referred) {
            let name = self.names.get(&name).cloned().unwrap_or_else(|| names::of_type(&name));
            parts.push(Ts::atom(name));
        }
        let literal = schema.get("const").map(std::slice::from_ref);
        if let Some(values) =
            literal.or_else(|| schema.get("enum").and_then(Value::as_array).map(Vec::as_slice))
        {
            let literals = values.iter().map(|value| Ts::atom(literal_text(value))).collect();
            parts.push(union(literals, indent));
        } else if let Some(text) = self.of_types(schema, indent) {
            parts.push(text);
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(any) = schema.get(key).and_then(Value::as_array) {
                parts.push(self.any(any, indent));
            }
        }
        if let Some(all) = schema.get("allOf").and_then(Value::as_array) {
            for one in all {
                parts.push(self.text(one, indent));
            }
        }
        intersection(parts)
    }

    /// What `type` says, and what stands beside it.
    fn of_types(&mut self, schema: &Map<String, Value>, indent: usize) -> Option<Ts> {
        let kinds: Vec<&str> = match schema.get("type") {
            Some(Value::String(kind)) => vec![kind],
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            _ if schema.contains_key("properties") => vec!["object"],
            _ => return None,
        };
        let combined = ["oneOf", "anyOf", "allOf", "$ref"].iter().any(|key| schema.contains_key(*key));
        let members = kinds.into_iter().filter_map(|kind| {
            Some(match kind {
                "null" => Ts::atom("null"),
                "boolean" => Ts::atom("boolean"),
                "string" => Ts::atom("string"),
                "number" => Ts::atom("number"),
                "integer" => self.integer(schema),
                "array" => self.array(schema, indent),
                "object" => return self.object(schema, indent, combined),
                _ => Ts::atom("unknown"),
            })
        });
        let members: Vec<Ts> = members.collect();
        (!members.is_empty()).then(|| union(members, indent))
    }

    fn integer(&mut self, schema: &Map<String, Value>) -> Ts {
        let rust = match schema.get("format").and_then(Value::as_str) {
            Some("int64") => "i64",
            Some("uint64") => "u64",
            Some("int") => "isize",
            Some("uint") => "usize",
            Some("int128") => "i128",
            Some("uint128") => "u128",
            _ => return Ts::atom("number"),
        };
        self.wide.push(Wide { path: self.path.clone(), rust });
        Ts::atom("number")
    }

    fn array(&mut self, schema: &Map<String, Value>, indent: usize) -> Ts {
        /// The longest array that is written out.
        const LONGEST: u64 = 16;
        let number = |key| schema.get(key).and_then(Value::as_u64);
        if let Some(items) = schema.get("prefixItems").and_then(Value::as_array) {
            let items: Vec<String> = items
                .iter()
                .enumerate()
                .map(|(at, item)| self.at(&format!("[{at}]"), |this| this.ty(item, indent)))
                .collect();
            return Ts::atom(format!("[{}]", items.join(", ")));
        }
        let item = match schema.get("items") {
            Some(items) => self.at("[]", |this| this.text(items, indent)),
            None => Ts::atom("unknown"),
        };
        match (number("minItems"), number("maxItems")) {
            (_, Some(0)) => Ts::atom("[]"),
            (Some(least), Some(most)) if least == most && most <= LONGEST => {
                let items: Vec<&str> = (0..most).map(|_| &*item.text).collect();
                Ts::atom(format!("[{}]", items.join(", ")))
            }
            _ => item.array(),
        }
    }

    fn object(&mut self, schema: &Map<String, Value>, indent: usize, combined: bool) -> Option<Ts> {
        let mut fields = self.fields(schema, indent + 2);
        let index = self.index(schema, indent + 2);
        if fields.is_empty() {
            return match index {
                Some((key, value)) if key == "string" => {
                    Some(Ts::atom(format!("Record<string, {}>", value.text)))
                }
                Some((key, value)) => Some(Ts::atom(format!("{{ [key: {key}]: {} }}", value.text))),
                None if combined => None,
                None => Some(Ts::atom("Record<string, never>")),
            };
        }
        if let Some((_, value)) = index {
            // An index signature says what any property may be, the named ones too.
            let mut all = vec![value];
            all.extend(fields.iter().map(|field| field.text.clone()));
            if fields.iter().any(|field| field.optional) {
                all.push(Ts::atom("undefined"));
            }
            let any = union(all, indent + 2);
            fields.push(Field {
                key: "[key: string]".to_owned(),
                text: any,
                optional: false,
                docs: Vec::new(),
            });
        }
        Some(Ts::atom(written(&fields, indent)))
    }

    fn fields(&mut self, schema: &Map<String, Value>, indent: usize) -> Vec<Field> {
        let required: BTreeSet<&str> = match schema.get("required").and_then(Value::as_array) {
            Some(names) => names.iter().filter_map(Value::as_str).collect(),
            None => BTreeSet::new(),
        };
        // Sorted: the order that serde_json keeps depends on a feature that any crate may switch on.
        let properties: BTreeMap<&String, &Value> = match schema.get("properties").and_then(Value::as_object)
        {
            Some(properties) => properties.iter().collect(),
            None => BTreeMap::new(),
        };
        let mut fields = Vec::new();
        if let Some(tag) = schema.get(TAG).and_then(Value::as_object) {
            // serde writes it and does not read it.
            fields.extend(tag.iter().map(|(key, name)| Field {
                key: names::key(key),
                text: Ts::atom(literal_text(name)),
                optional: !self.returned,
                docs: Vec::new(),
            }));
        }
        // What tells the variants of an enum apart goes first.
        let is_tag = |schema: &Value| schema.get("const").is_some_and(Value::is_string);
        let (tags, others): (Vec<_>, Vec<_>) = properties.into_iter().partition(|(_, schema)| is_tag(schema));
        for (name, schema) in tags.into_iter().chain(others) {
            let text = self.at(&format!(".{name}"), |this| this.text(schema, indent));
            fields.push(Field {
                key: names::key(name),
                text,
                optional: !required.contains(&**name) || (!self.returned && schema.get(OPTIONAL).is_some()),
                docs: docs(schema),
            });
        }
        fields
    }

    /// What properties without a name may be.
    fn index(&mut self, schema: &Map<String, Value>, indent: usize) -> Option<(String, Ts)> {
        let mut keys = BTreeSet::new();
        let mut values = Vec::new();
        if let Some(patterns) = schema.get("patternProperties").and_then(Value::as_object) {
            for (pattern, value) in patterns {
                let numeric = matches!(&**pattern, r"^\d+$" | r"^-?\d+$");
                keys.insert(if numeric { "`${number}`" } else { "string" });
                values.push(self.at("[..]", |this| this.text(value, indent)));
            }
        }
        match schema.get("additionalProperties").or_else(|| schema.get("unevaluatedProperties")) {
            None | Some(Value::Bool(false)) => {}
            Some(value) => {
                keys.insert("string");
                values.push(self.at("[..]", |this| this.text(value, indent)));
            }
        }
        if values.is_empty() {
            return None;
        }
        let key = if keys.len() == 1 { keys.pop_first()? } else { "string" };
        Some((key.to_owned(), union(values, indent)))
    }

    fn any(&mut self, any: &[Value], indent: usize) -> Ts {
        let members = any.iter().map(|one| {
            // What is flattened and may be missing: none of the properties of the others.
            if one.as_object().is_some_and(Map::is_empty) {
                let mut keys = BTreeSet::new();
                for other in any {
                    own_keys(other, &mut keys);
                }
                let fields: Vec<String> =
                    keys.into_iter().map(|key| format!("{}?: never", names::key(key))).collect();
                return Ts::atom(if fields.is_empty() {
                    "unknown".to_owned()
                } else {
                    format!("{{ {} }}", fields.join("; "))
                });
            }
            let mut text = self.text(one, indent);
            if let (Level::Atom, [doc]) = (text.level, &*docs(one))
                && any.len() > 1
                && !doc.contains('\n')
                && !one.as_object().is_some_and(|one| one.contains_key("$ref"))
            {
                text.text = format!("/** {} */ {}", doc.replace("*/", "*\\/"), text.text);
            }
            text
        });
        let members: Vec<Ts> = members.collect();
        union(members, indent)
    }
}

fn literal_text(value: &Value) -> String {
    match value {
        Value::String(text) => names::quoted(text),
        other => other.to_string(),
    }
}
