//! One direction of the types of a client: those that its commands reach, and their declarations.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    collect::Gives,
    described::Described,
    provide::{Form, Type},
    render::{Render, Wide},
    schema::references,
    side::{Declared, Side},
};

/// One direction, when all of it is known.
pub(super) struct Direction {
    pub(super) definitions: BTreeMap<String, Value>,
    pub(super) declared: BTreeMap<String, Declared>,
    /// Those that are reached, with the command that reaches each first.
    pub(super) reached: BTreeMap<String, usize>,
    pub(super) returned: bool,
}

impl Direction {
    pub(super) fn of<'a, I: Iterator<Item = &'a Type>>(
        side: &Side,
        described: &'a [Described<'a>],
        roots: impl Fn(&'a Described<'a>) -> I,
    ) -> Self {
        let definitions = side.definitions();
        let mut reached = BTreeMap::new();
        for (at, command) in described.iter().enumerate() {
            let mut found = BTreeSet::new();
            for ty in roots(command) {
                match &ty.0 {
                    Form::Schema(schema) => references(schema, &mut found),
                    // What other providers name is not looked into.
                    Form::Text(_) => {}
                }
            }
            while let Some(name) = found.pop_first() {
                if reached.contains_key(&name) {
                    continue;
                }
                if let Some(schema) = definitions.get(&name) {
                    references(schema, &mut found);
                }
                reached.insert(name, at);
            }
        }
        Self { definitions, declared: side.declared.clone(), reached, returned: side.is_returned() }
    }

    pub(super) fn reached(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.definitions.iter().filter(|(name, _)| self.reached.contains_key(*name))
    }

    pub(super) fn declare(
        &self,
        names: &BTreeMap<String, String>,
        described: &[Described<'_>],
        into: &mut BTreeMap<String, String>,
        problems: &mut Vec<String>,
    ) {
        for (name, declared) in &self.declared {
            into.entry(name.clone()).or_insert_with(|| format!("export type {name} = {};\n", declared.text));
        }
        for (schema_name, schema) in self.reached() {
            let Some(name) = names.get(schema_name) else { continue };
            let mut render = Render::new(names, self.returned);
            let text = render.declaration(name, schema);
            let by = &described[self.reached[schema_name]];
            for Wide { path, rust } in render.wide {
                let goes = match (self.returned, by.gives) {
                    (false, _) => "is sent",
                    (true, Gives::Event) => "tells",
                    (true, _) => "returns",
                };
                let problem = format!(
                    "`{schema_name}{path}` is a `{rust}`, which may be larger than a number in JavaScript holds, and {} {goes} it\n\
                     help: say how it is sent: `#[data(number)]`, `#[data(string)]` or `#[data(bigint)]` on the field, with \
                     `#[portcullis::data]` on the type; or give it a type of `portcullis::int`",
                    by.shown()
                );
                // Both directions have it, mostly.
                let start = problem.split(", and").next().unwrap_or_default().to_owned();
                if !problems.iter().any(|other| other.starts_with(&start)) {
                    problems.push(problem);
                }
            }
            into.entry(name.clone()).or_insert(text);
        }
    }

    pub(super) fn has_bigint(&self, ty: &Type) -> bool {
        let Form::Schema(schema) = &ty.0 else { return false };
        let (mut seen, mut left) = (BTreeSet::new(), vec![schema]);
        while let Some(schema) = left.pop() {
            if is_bigint(schema) {
                return true;
            }
            let mut found = BTreeSet::new();
            references(schema, &mut found);
            for name in found {
                if let Some(definition) = self.definitions.get(&name)
                    && seen.insert(name)
                {
                    left.push(definition);
                }
            }
        }
        false
    }
}

/// Whether a number that comes as an object stands anywhere in it.
fn is_bigint(schema: &Value) -> bool {
    match schema {
        Value::Object(object) => {
            object.get("format") == Some(&Value::from("bigint")) || object.values().any(is_bigint)
        }
        Value::Array(list) => list.iter().any(is_bigint),
        _ => false,
    }
}
