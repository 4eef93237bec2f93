//! The types of a client: those of its commands, in both directions, with the names that they get.

use std::collections::BTreeMap;

use super::{
    described::{Described, describe},
    direction::Direction,
    names,
    naming::{Names, named, namesakes},
    provide::{Form, Type},
    reach::Reached,
    render::{Render, Wide},
    side::Side,
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

pub(super) fn collect<'a>(commands: &'a [Reached], problems: &mut Vec<String>) -> Collected<'a> {
    let mut sides = (Side::sent(), Side::returned());
    let described = describe(commands, &mut sides, problems);
    for (name, one, other) in sides.0.clashes.union(&sides.1.clashes) {
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
