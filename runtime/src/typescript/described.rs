//! The commands of a client, with what describes the types of each.

use super::{
    collect::Gives,
    provide::Type,
    reach::Reached,
    side::Side,
    types::{self, NotStreamed, Results, Types},
};
use crate::{
    Bytes, Download,
    model::{ArgumentInfo, Source},
};

/// A command, as its types are described.
pub(super) struct Described<'a> {
    pub(super) command: &'a Reached,
    pub(super) wire: String,
    pub(super) sent: Vec<Sent>,
    pub(super) gives: Gives,
    pub(super) value: Option<Type>,
    /// Its own error, and that of its stream.
    pub(super) errors: Vec<Type>,
}

/// An argument, as its type is described.
pub(super) struct Sent {
    pub(super) info: &'static ArgumentInfo,
    /// On the other side, if it is a channel.
    pub(super) ty: Option<Type>,
}

impl Sent {
    pub(super) fn is_channel(&self) -> bool {
        matches!(self.info.source, Source::Channel | Source::Named { .. })
    }
}

impl Described<'_> {
    /// The command, as messages name it.
    pub(super) fn shown(&self) -> String {
        let at = self.command.entry.command.at;
        let kind = if self.gives == Gives::Event { "event" } else { "command" };
        format!("{kind} `{}` ({}:{})", self.wire, at.file, at.line)
    }

    pub(super) fn returned(&self) -> impl Iterator<Item = &Type> {
        let items = self.sent.iter().filter(|sent| sent.is_channel()).filter_map(|sent| sent.ty.as_ref());
        self.value.iter().chain(&self.errors).chain(items)
    }

    pub(super) fn sent(&self) -> impl Iterator<Item = &Type> {
        self.sent.iter().filter(|sent| !sent.is_channel()).filter_map(|sent| sent.ty.as_ref())
    }
}

/// Describes the types of all commands, and says which nothing describes.
pub(super) fn describe<'a>(
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
        Source::Wire | Source::Checked(_) | Source::Channel | Source::Named { .. } => {}
    }
    // On both sides: two types of one name are found whichever way each goes.
    let (sent, returned) = (ty.on(&mut sides.0), ty.on(&mut sides.1));
    let is_channel = matches!(info.source, Source::Channel | Source::Named { .. });
    let on = if is_channel { returned } else { sent };
    if on.is_none() {
        let what = if is_channel { "what is sent to" } else { "argument" };
        untyped.push((format!("{what} `{}`", info.name), ty.name()));
    }
    Some(Sent { info, ty: on })
}
