//! The names of the types of a client: one for what is the same in both directions, and no two types under one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    described::Described,
    direction::Direction,
    names,
    reach::Reached,
    render::Render,
    schema::{RUST, references},
    side::Side,
    types::Types,
};
use crate::model::Source;

/// Two types of one name: schemars puts a number behind the second.
pub(super) fn namesakes(
    direction: &Direction,
    commands: &[Reached],
    described: &[Described<'_>],
    problems: &mut Vec<String>,
) {
    for (name, schema) in &direction.definitions {
        let base = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let Some(first) = direction.definitions.get(base).filter(|_| base != name) else { continue };
        if !is_second(name, commands, direction.returned) {
            continue;
        }
        let whose = |name: &str, schema: &Value| match schema.get(RUST).and_then(Value::as_str) {
            Some(rust) => format!("`{rust}`"),
            None => match direction.reached.get(name) {
                Some(at) => format!("one of {}", described[*at].shown()),
                None => "one that is only sent, or only returned".to_owned(),
            },
        };
        let problem = format!(
            "two types are named `{base}`: {} and {}\n\
             help: give one of them another name for clients: `#[schemars(rename = \"..\")]`",
            whose(base, first),
            whose(name, schema)
        );
        let start = format!("two types are named `{base}`:");
        if !problems.iter().any(|other| other.starts_with(&start)) {
            problems.push(problem);
        }
    }
}

/// Whether `Note2` is the second `Note`, and not a type of that name: kept from all types, it goes to none; the second
/// `Note` is then `Note3`, and the type `Note22`.
fn is_second(name: &str, commands: &[Reached], returned: bool) -> bool {
    let mut side = if returned { Side::returned() } else { Side::sent() };
    side.reserve(name);
    for command in commands {
        let Some(types) = command.entry.command.types else { continue };
        let Types { arguments, results } = types();
        for (info, ty) in command.entry.command.arguments.iter().zip(arguments) {
            if matches!(
                info.source,
                Source::Wire | Source::Checked(_) | Source::Channel | Source::Named { .. }
            ) {
                let _ = ty.on(&mut side);
            }
        }
        for ty in [results.value, results.error, results.item, results.end] {
            let _ = ty.on(&mut side);
        }
    }
    !side.definitions().contains_key(&format!("{name}2"))
}

/// Names in TypeScript, by those of schemas.
pub(super) type Names = BTreeMap<String, String>;

/// The names of the types in each direction: one name for what is the same in both.
pub(super) fn named(sent: &Direction, returned: &Direction, problems: &mut Vec<String>) -> (Names, Names) {
    let plain = |direction: &Direction| -> Names {
        direction.reached().map(|(name, _)| (name.clone(), names::of_type(name))).collect()
    };
    let (mut sent_names, returned_names) = (plain(sent), plain(returned));
    let text = |direction: &Direction, names: &Names, name: &str, schema: &Value| {
        Render::new(names, direction.returned).declaration(name, schema)
    };
    let mut differ: BTreeSet<String> = BTreeSet::new();
    let both: Vec<&String> = sent_names.keys().filter(|name| returned_names.contains_key(*name)).collect();
    for name in &both {
        let one = text(sent, &sent_names, name, &sent.definitions[*name]);
        let other = text(returned, &returned_names, name, &returned.definitions[*name]);
        if one != other {
            differ.insert((*name).clone());
        }
    }
    // What refers to something that differs does so too.
    loop {
        let more: Vec<String> = both
            .iter()
            .filter(|name| !differ.contains(**name))
            .filter(|name| {
                let mut found = BTreeSet::new();
                references(&sent.definitions[**name], &mut found);
                found.iter().any(|name| differ.contains(name))
            })
            .map(|name| (*name).clone())
            .collect();
        if more.is_empty() {
            break;
        }
        differ.extend(more);
    }
    for name in differ {
        if let Some(ts) = sent_names.get_mut(&name) {
            ts.push_str("Input");
        }
    }
    check_names(sent, &sent_names, returned, &returned_names, problems);
    (sent_names, returned_names)
}

fn check_names(
    sent: &Direction,
    sent_names: &Names,
    returned: &Direction,
    returned_names: &Names,
    problems: &mut Vec<String>,
) {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for (schema, ts) in sent_names.iter().chain(returned_names) {
        if names::is_taken(ts) {
            let problem = format!(
                "a type is named `{ts}`, which the client needs for itself\n\
                 help: give it another name for clients: `#[schemars(rename = \"..\")]`"
            );
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        let other = owners.entry(ts).or_insert(schema);
        if *other != schema {
            problems.push(format!(
                "`{other}` and `{schema}` would both be `{ts}` in the client\n\
                 help: give one of them another name for clients: `#[schemars(rename = \"..\")]`"
            ));
        }
    }
    for name in sent.declared.keys().chain(returned.declared.keys()) {
        if let Some(schema) = owners.get(&**name) {
            problems.push(format!("`{schema}` is declared by two providers of types\nhelp: declare one of them under another name"));
        }
    }
}
