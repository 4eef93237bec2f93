//! The text of a module: functions first, then types, then what both stand on.

use std::fmt::Write as _;

use super::{
    Style,
    collect::{Collected, Gives, Parameter, Signature},
    doc, names,
};
use crate::{model::Guard, reply::Code};

const PLAIN: [&str; 3] = [include_str!("plain.ts"), include_str!("stream.ts"), include_str!("listen.ts")];
const SPECTA: [&str; 3] =
    [include_str!("specta.ts"), include_str!("specta_stream.ts"), include_str!("specta_listen.ts")];

/// Writes the module. `way` is how it gets to the program, and `described` says so.
pub(super) fn module(who: &str, style: Style, described: &str, way: &str, all: &Collected<'_>) -> String {
    let mut text = format!(
        "/* eslint-disable */\n// What {who} may call, and nothing else. Written by Portcullis from commands and capabilities: a change here is\n\
         // lost when the test that writes it runs again.\n\n"
    );
    let (events, commands): (Vec<_>, Vec<_>) =
        all.signatures.iter().partition(|signature| signature.gives == Gives::Event);
    match style {
        Style::Functions => {
            for signature in commands {
                function(&mut text, signature);
                text.push('\n');
            }
            for signature in &events {
                listener(&mut text, signature);
                text.push('\n');
            }
        }
        Style::Specta => {
            text.push_str("export const commands = {\n");
            for signature in commands {
                method(&mut text, signature);
            }
            text.push_str("};\n\n");
            // It is made when the module is loaded, so what makes it stands below as a function.
            if !events.is_empty() {
                text.push_str("export const events = {\n");
                for signature in &events {
                    event(&mut text, signature);
                }
                text.push_str("};\n\n");
            }
        }
    }
    for declaration in &all.declarations {
        text.push_str(declaration);
        text.push('\n');
    }
    let [below, stream, listen] = match style {
        Style::Functions => PLAIN,
        Style::Specta => SPECTA,
    };
    // The way last: what looks like a place to fill is none there.
    text.push_str(&below.replace("$CODES", &codes()).replace("$WHAT", described).replace("$WAY\n", way));
    if all.signatures.iter().any(|signature| signature.gives == Gives::Items) {
        text.push_str(stream);
    }
    if !events.is_empty() {
        text.push_str(listen);
    }
    text
}

/// How the page must ask, if not as ever.
fn how(signature: &Signature<'_>) -> String {
    match (signature.gives == Gives::Raw, signature.revive) {
        (false, false) => "",
        (true, false) => ", { bytes: true }",
        (false, true) => ", { revive: true }",
        (true, true) => ", { bytes: true, revive: true }",
    }
    .to_owned()
}

/// The codes of failures, and those that come from the way there.
fn codes() -> String {
    let all = Code::ALL.iter().map(|code| code.as_str()).chain(["unauthorized", "unreachable", "cut_off"]);
    let all: Vec<String> = all.map(names::quoted).collect();
    all.join(" | ")
}

/// What stands above a function.
fn docs(signature: &Signature<'_>) -> Vec<String> {
    let command = signature.command;
    let mut docs = vec![command.entry.command.description.to_owned()];
    let code = |id: &str| format!("`{id}`");
    docs.push(match command.entry.command.guard {
        Guard::Public(reason) => format!("Public: {reason}."),
        Guard::All(_) => {
            let ids: Vec<String> = command.permissions.iter().map(|(id, _)| code(id)).collect();
            let s = if ids.len() == 1 { "" } else { "s" };
            format!("Permission{s}: {}.", ids.join(", "))
        }
    });
    let optional: Vec<String> =
        command.permissions.iter().filter(|(_, optional)| *optional).map(|(id, _)| code(id)).collect();
    if !optional.is_empty() {
        docs.push(format!("Refused until the program has switched on {}.", optional.join(" and ")));
    }
    if let Some(platforms) = &command.platforms {
        docs.push(format!("Only on {}.", platforms.join(", ")));
    }
    docs
}

fn function(text: &mut String, signature: &Signature<'_>) {
    text.push_str(&doc::comment(&docs(signature), 0));
    let mut parameters = Vec::new();
    if !signature.arguments.is_empty() {
        let ty = object(&signature.arguments);
        let none = if signature.arguments.iter().all(|argument| argument.optional) { " = {}" } else { "" };
        parameters.push(format!("args: {ty}{none}"));
    }
    parameters.push("options?: CallOptions".to_owned());
    let types = match &signature.error {
        Some(error) => format!("{}, {error}", signature.value),
        None => signature.value.clone(),
    };
    let (result, call) = match signature.gives {
        Gives::Items => (format!("Stream<{types}>"), "$stream"),
        _ => (format!("Promise<Result<{types}>>"), "$call"),
    };
    let args = if signature.arguments.is_empty() { "{}" } else { "args" };
    let _ = writeln!(
        text,
        "export function {}({}): {result} {{\n  return {call}({}, {args}, options{});\n}}",
        signature.function,
        parameters.join(", "),
        names::quoted(&signature.wire),
        how(signature),
    );
}

fn listener(text: &mut String, signature: &Signature<'_>) {
    text.push_str(&doc::comment(&docs(signature), 0));
    let _ = writeln!(
        text,
        "export function {}(listener: (event: {}) => void, options?: ListenOptions): () => void {{\n  \
         return $listen({}, listener, options{});\n}}",
        signature.function,
        signature.value,
        names::quoted(&signature.wire),
        how(signature),
    );
}

fn event(text: &mut String, signature: &Signature<'_>) {
    text.push_str(&doc::comment(&docs(signature), 2));
    let _ = writeln!(
        text,
        "  {}: $event<{}>({}{}),",
        names::function(&signature.wire),
        signature.value,
        names::quoted(&signature.wire),
        how(signature),
    );
}

fn object(arguments: &[Parameter]) -> String {
    let fields: Vec<String> = arguments
        .iter()
        .map(|Parameter { name, ty, optional }| {
            let name = names::key(name);
            // `JSON.stringify` leaves out what is undefined.
            if *optional { format!("{name}?: {ty} | undefined") } else { format!("{name}: {ty}") }
        })
        .collect();
    format!("{{ {} }}", fields.join("; "))
}

fn method(text: &mut String, signature: &Signature<'_>) {
    text.push_str(&doc::comment(&docs(signature), 2));
    let mut parameters = Vec::new();
    let mut sent = Vec::new();
    for Parameter { name, ty, .. } in &signature.arguments {
        let parameter = if names::is_parameter(name) { (*name).to_owned() } else { names::function(name) };
        sent.push(if parameter == *name {
            parameter.clone()
        } else {
            format!("{}: {parameter}", names::key(name))
        });
        parameters.push(format!("{parameter}: {ty}"));
    }
    let sent = if sent.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", sent.join(", ")) };
    let (head, result, call) = match (signature.gives, &signature.error) {
        (Gives::Items, _) => ("", format!("AsyncGenerator<{}, void, void>", signature.value), "$stream"),
        (_, Some(error)) => ("async ", format!("Promise<Result<{}, {error}>>", signature.value), "$result"),
        (_, None) => ("async ", format!("Promise<{}>", signature.value), "$value"),
    };
    let _ = writeln!(
        text,
        "  {head}{}({}): {result} {{\n    return {call}({}, {sent}{});\n  }},",
        signature.function,
        parameters.join(", "),
        names::quoted(&signature.wire),
        how(signature),
    );
}
