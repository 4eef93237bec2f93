//! The types of a client: those of its commands, in both directions, with the names that they get.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    names,
    provide::{Form, Type},
    reach::Reached,
    render::{self, Render, Wide},
    side::{Declared, Side},
    types::{self, NotStreamed, Results, Types},
};
use crate::{
    Bytes, Download,
    model::{ArgumentInfo, Source},
};

/// A command, with its types in TypeScript.
pub(super) struct Signature<'a> {
    pub(super) command: &'a Reached,
    /// The name on the wire.
    pub(super) wire: String,
    pub(super) function: String,
    pub(super) arguments: Vec<Parameter>,
    pub(super) gives: Gives,
    /// What it gives: its value, an item, what the event is.
    pub(super) value: String,
    /// `None` if it does not fail.
    pub(super) error: Option<String>,
    /// Whether what it gives has numbers that come as objects.
    pub(super) revive: bool,
}

/// How a command answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gives {
    Value,
    /// Raw, whole or as it comes.
    Raw,
    /// Items, one after the other.
    Items,
    /// Not at all: it is an event.
    Event,
}

/// An argument that a caller sends.
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) ty: String,
    /// Whether it may be left out.
    pub(super) optional: bool,
}

/// All that a module is written from.
pub(super) struct Collected<'a> {
    pub(super) signatures: Vec<Signature<'a>>,
    /// The declarations, sorted by name.
    pub(super) declarations: Vec<String>,
}

struct Described<'a> {
    command: &'a Reached,
    wire: String,
    sent: Vec<Sent>,
    gives: Gives,
    value: Option<Type>,
    /// Its own error, and that of its stream.
    errors: Vec<Type>,
}

/// An argument, as its type is described.
struct Sent {
    info: &'static ArgumentInfo,
    /// On the other side, if it is a channel.
    ty: Option<Type>,
}

impl Sent {
    fn is_channel(&self) -> bool {
        matches!(self.info.source, Source::Channel)
    }
}

impl Described<'_> {
    /// The command, as messages name it.
    fn shown(&self) -> String {
        let at = self.command.entry.command.at;
        let kind = if self.gives == Gives::Event { "event" } else { "command" };
        format!("{kind} `{}` ({}:{})", self.wire, at.file, at.line)
    }

    fn returned(&self) -> impl Iterator<Item = &Type> {
        let items = self.sent.iter().filter(|sent| sent.is_channel()).filter_map(|sent| sent.ty.as_ref());
        self.value.iter().chain(&self.errors).chain(items)
    }

    fn sent(&self) -> impl Iterator<Item = &Type> {
        self.sent.iter().filter(|sent| !sent.is_channel()).filter_map(|sent| sent.ty.as_ref())
    }
}

/// One direction, when all of it is known.
struct Direction {
    definitions: BTreeMap<String, Value>,
    declared: BTreeMap<String, Declared>,
    /// Those that are reached, with the command that reaches each first.
    reached: BTreeMap<String, usize>,
    returned: bool,
}

pub(super) fn collect<'a>(commands: &'a [Reached], problems: &mut Vec<String>) -> Collected<'a> {
    let mut sides = (Side::sent(), Side::returned());
    let described = describe(commands, &mut sides, problems);
    for (name, one, other) in sides.0.clashes.iter().chain(&sides.1.clashes) {
        problems.push(format!("`{one}` and `{other}` are both declared as `{name}`\nhelp: declare one of them under another name"));
    }
    let sent = Direction::of(&sides.0, &described, Described::sent);
    let returned = Direction::of(&sides.1, &described, Described::returned);
    for direction in [&sent, &returned] {
        namesakes(direction, commands, &described, problems);
    }
    let (sent_names, returned_names) = named(&sent, &returned, problems);
    let mut declarations: BTreeMap<String, String> = BTreeMap::new();
    for (direction, names) in [(&returned, &returned_names), (&sent, &sent_names)] {
        direction.declare(names, &described, &mut declarations, problems);
    }
    let signatures = signatures(&described, (&sent, &sent_names), (&returned, &returned_names), problems);
    Collected { signatures, declarations: declarations.into_values().collect() }
}

fn describe<'a>(
    commands: &'a [Reached],
    sides: &mut (Side, Side),
    problems: &mut Vec<String>,
) -> Vec<Described<'a>> {
    let mut all = Vec::new();
    for command in commands {
        let Some(types) = command.entry.command.types else { continue };
        let Types { arguments, results } = types();
        let mut described = Described {
            command,
            wire: command.entry.name().to_string(),
            sent: Vec::new(),
            gives: gives(command, &results),
            value: None,
            errors: Vec::new(),
        };
        let mut untyped = Vec::new();
        for (info, ty) in command.entry.command.arguments.iter().zip(arguments) {
            described.sent.extend(sent(info, ty, sides, &mut untyped));
        }
        let mut returned = |what: &str, ty: types::Described| {
            let _ = ty.on(&mut sides.0);
            let on = ty.on(&mut sides.1);
            if on.is_none() {
                untyped.push((what.to_owned(), ty.name()));
            }
            on
        };
        match described.gives {
            Gives::Value => described.value = returned("the result", results.value),
            Gives::Event => described.value = returned("what is told", results.value),
            Gives::Items => {
                described.value = returned("an item", results.item);
                described.errors.extend(returned("the error of the stream", results.end));
            }
            Gives::Raw if results.value.is::<Bytes>() => described.value = Some(Type::text("Uint8Array")),
            Gives::Raw => described.value = Some(Type::text("Response")),
        }
        described.errors.extend(returned("the error", results.error));
        for (what, name) in untyped {
            problems.push(format!(
                "{what} of {} is a `{name}`, which nothing describes\n\
                 help: put `#[portcullis::data]` on it, or derive `schemars::JsonSchema` for it; for a type of another crate, \
                 switch on that crate's or schemars' feature for it, or write a type of your own",
                described.shown()
            ));
        }
        all.push(described);
    }
    all
}

fn gives(command: &Reached, results: &Results) -> Gives {
    if command.entry.command.is_event() {
        Gives::Event
    } else if results.value.is::<Bytes>() || results.value.is::<Download>() {
        Gives::Raw
    } else if results.item.is::<NotStreamed>() {
        Gives::Value
    } else {
        Gives::Items
    }
}

/// What a page has at hand of bytes.
const BYTES: &str = "Blob | ArrayBuffer | ArrayBufferView";

/// The type of an argument, where the caller has to do with it; notes what nothing describes.
fn sent(
    info: &'static ArgumentInfo,
    ty: types::Described,
    sides: &mut (Side, Side),
    untyped: &mut Vec<(String, String)>,
) -> Option<Sent> {
    let raw = |text: String| Some(Sent { info, ty: Some(Type::text(text)) });
    match info.source {
        Source::Host { .. } | Source::Cancellation => return None,
        Source::Bytes if ty.is::<Option<Bytes>>() => return raw(format!("{BYTES} | null")),
        Source::Bytes | Source::Upload => return raw(BYTES.to_owned()),
        Source::Wire | Source::Checked(_) | Source::Channel => {}
    }
    // On both sides: two types of one name are found whichever way each goes.
    let (sent, returned) = (ty.on(&mut sides.0), ty.on(&mut sides.1));
    let is_channel = matches!(info.source, Source::Channel);
    let on = if is_channel { returned } else { sent };
    if on.is_none() {
        let what = if is_channel { "what is sent to" } else { "argument" };
        untyped.push((format!("{what} `{}`", info.name), ty.name()));
    }
    Some(Sent { info, ty: on })
}

impl Direction {
    fn of<'a, I: Iterator<Item = &'a Type>>(
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
                    Form::Schema(schema) => render::references(schema, &mut found),
                    // What other providers name is not looked into.
                    Form::Text(_) => {}
                }
            }
            while let Some(name) = found.pop_first() {
                if reached.contains_key(&name) {
                    continue;
                }
                if let Some(schema) = definitions.get(&name) {
                    render::references(schema, &mut found);
                }
                reached.insert(name, at);
            }
        }
        Self { definitions, declared: side.declared.clone(), reached, returned: side.is_returned() }
    }

    fn reached(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.definitions.iter().filter(|(name, _)| self.reached.contains_key(*name))
    }

    fn declare(
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

    fn has_bigint(&self, ty: &Type) -> bool {
        let Form::Schema(schema) = &ty.0 else { return false };
        let (mut seen, mut left) = (BTreeSet::new(), vec![schema]);
        while let Some(schema) = left.pop() {
            if is_bigint(schema) {
                return true;
            }
            let mut found = BTreeSet::new();
            render::references(schema, &mut found);
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

/// Two types of one name: schemars puts a number behind the second.
fn namesakes(
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
        let whose = |name: &str, schema: &Value| match schema.get(render::RUST).and_then(Value::as_str) {
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
            if matches!(info.source, Source::Wire | Source::Checked(_) | Source::Channel) {
                let _ = ty.on(&mut side);
            }
        }
        for ty in [results.value, results.error, results.item, results.end] {
            let _ = ty.on(&mut side);
        }
    }
    !side.definitions().contains_key(&format!("{name}2"))
}

type Names = BTreeMap<String, String>;

/// The names of the types in each direction: one name for what is the same in both.
fn named(sent: &Direction, returned: &Direction, problems: &mut Vec<String>) -> (Names, Names) {
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
                render::references(&sent.definitions[**name], &mut found);
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

fn signatures<'a>(
    described: &[Described<'a>],
    sent: (&Direction, &Names),
    returned: (&Direction, &Names),
    problems: &mut Vec<String>,
) -> Vec<Signature<'a>> {
    let mut signatures: Vec<Signature<'a>> = Vec::new();
    for one in described {
        let mut write = |ty: &Type, (direction, names): (&Direction, &Names), what: &str, help: &str| {
            let schema = match &ty.0 {
                Form::Text(text) => return text.clone(),
                Form::Schema(schema) => schema,
            };
            let mut render = Render::new(names, direction.returned);
            let text = render.ty(schema, 0);
            for Wide { path, rust } in render.wide {
                let place = if path.is_empty() { what.to_owned() } else { format!("`{path}` in {what}") };
                problems.push(format!(
                    "{place} of {} is a `{rust}`, which may be larger than a number in JavaScript holds\nhelp: {help}",
                    one.shown()
                ));
            }
            text
        };
        let arguments = one
            .sent
            .iter()
            .filter_map(|argument| {
                let (name, ty) = (argument.info.name, argument.ty.as_ref()?);
                if argument.is_channel() {
                    let help = "say how it is sent: send `portcullis::int::Number`, `int::Digits` or `int::BigInt` of it";
                    let item = write(ty, returned, &format!("what is sent to `{name}`"), help);
                    return Some(Parameter { name, optional: false, ty: format!("(item: {item}) => void") });
                }
                let help = format!(
                    "say how it is sent: `#[command(.., number({name}))]`, `string({name})` or `bigint({name})`"
                );
                let ty = write(ty, sent, &format!("argument `{name}`"), &help);
                Some(Parameter { name, optional: may_be_missing(&ty), ty })
            })
            .collect();
        let help =
            "say how it is sent: return `portcullis::int::Number`, `int::Digits` or `int::BigInt` of it";
        let value = one
            .value
            .as_ref()
            .map_or_else(|| "unknown".to_owned(), |ty| write(ty, returned, "the result", help));
        let mut errors: Vec<String> =
            one.errors.iter().map(|ty| write(ty, returned, "the error", help)).collect();
        errors.retain(|error| error != "never");
        errors.dedup();
        let function = match one.gives {
            Gives::Event => names::listener(&one.wire),
            _ => names::function(&one.wire),
        };
        if let Some(other) = signatures.iter().find(|other| other.function == function) {
            let at = other.command.entry.command.at;
            problems.push(format!(
                "command `{}` ({}:{}) and {} would both be the function `{function}`\nhelp: give one of them another `name`",
                other.wire,
                at.file,
                at.line,
                one.shown()
            ));
        }
        signatures.push(Signature {
            command: one.command,
            wire: one.wire.clone(),
            function,
            arguments,
            gives: one.gives,
            value,
            error: (!errors.is_empty()).then(|| errors.join(" | ")),
            revive: one.returned().any(|ty| returned.0.has_bigint(ty)),
        });
    }
    signatures
}

/// Whether an argument of this type may be left out: an `Option` may, at its top.
fn may_be_missing(ty: &str) -> bool {
    ty.ends_with("| null")
}
