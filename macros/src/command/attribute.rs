//! What stands in `#[command(..)]`.

use portcullis_policy::{id, suggest::closest};
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{LitStr, Path};

use super::{
    argument::Argument,
    function::Function,
    integers::{self, Way, read as read_integers},
};
use crate::{
    errors::Errors,
    syntax::{self, Item, Value},
    text,
};

/// How a command is guarded.
pub(crate) enum Guard {
    /// `permission(A)`, `all_of(A, B)`
    All(Vec<Path>),
    /// `permission`
    Own,
    /// `public("reason")`
    Public(LitStr),
}

/// How names of arguments become names on the wire.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rename {
    Camel,
    Snake,
}

pub(super) struct Attribute {
    /// `None` only together with an error.
    pub(super) guard: Option<Guard>,
    pub(super) name: Option<LitStr>,
    pub(super) rename: Rename,
    pub(super) krate: Path,
    /// Arguments that may stay raw under a scoped permission, each with the reason.
    pub(super) unchecked: Vec<syn::Ident>,
    /// Whether it runs on a thread that may block.
    pub(super) blocking: bool,
    pub(super) timeout: Timeout,
    /// Arguments whose integers are sent in a way of their own.
    pub(super) integers: Vec<(syn::Ident, Way)>,
    /// What describes the types for clients, if not schemars.
    pub(super) types: Option<Path>,
}

/// How long a call may take.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Timeout {
    Default,
    Never,
    /// Milliseconds.
    After(u64),
}

pub(crate) const GUARDS: &[&str] = &["permission", "all_of", "public"];
const KEYS: &[&str] = &[
    "permission",
    "all_of",
    "public",
    "name",
    "rename_all",
    "unchecked",
    "blocking",
    "timeout",
    "number",
    "string",
    "bigint",
    "types",
    "crate",
];

impl Attribute {
    pub(super) fn read(tokens: TokenStream, function: &Function, errors: &mut Errors) -> Self {
        let mut read = Reading {
            guard: None,
            guarded: None,
            name: None,
            rename: None,
            krate: None,
            unchecked: Vec::new(),
            blocking: None,
            timeout: None,
            integers: Vec::new(),
            types: None,
        };
        for item in syntax::split(tokens) {
            if let Some(item) = errors.keep(syntax::item(item)) {
                read.key(item, errors);
            }
        }
        let ident = &function.signature.ident;
        if read.guarded.is_none() {
            errors.at_span(Span::call_site(), text::unguarded(&syntax::plain(ident)));
        }
        if let Some(name) = &read.name {
            check_name(name, errors);
        }
        let is_async = function.signature.asyncness.is_some();
        if let Some(blocking) = &read.blocking
            && is_async
        {
            errors.at(
                blocking,
                "an `async` command does not block: it is `blocking` only if it is a plain `fn`\n\
                 help: remove `async`, or `blocking`",
            );
        }
        if let Some((key, _)) = &read.timeout
            && !is_async
            && read.blocking.is_none()
        {
            errors.at(
                key,
                "a plain `fn` runs to its end where it is called: nothing can stop it\n\
                 help: make it `async fn`, or add `blocking` so that it runs on a thread of its own",
            );
        }
        if let Some(Guard::Own) = &read.guard {
            let own =
                text::own_permission(&read.name.as_ref().map_or_else(|| syntax::plain(ident), LitStr::value));
            if let Err(wrong) = id::check(&own) {
                errors.at(ident, text::no_own_permission("command", &own, wrong.message()));
            }
        }
        Self {
            guard: read.guard,
            name: read.name,
            rename: read.rename.unwrap_or(Rename::Camel),
            krate: read.krate.unwrap_or_else(|| syn::parse_quote!(::portcullis)),
            unchecked: read.unchecked,
            blocking: read.blocking.is_some(),
            timeout: read.timeout.map_or(Timeout::Default, |(_, timeout)| timeout),
            integers: read.integers,
            types: read.types,
        }
    }

    /// What is said to need no check must be there, and be something that a scope could be about.
    pub(super) fn check_unchecked(&self, arguments: &[Argument], errors: &mut Errors) {
        for (index, name) in self.unchecked.iter().enumerate() {
            if self.unchecked.iter().take(index).any(|other| other == name) {
                errors.at(name, format!("`{name}` is given twice"));
                continue;
            }
            let Some(argument) = integers::named(name, arguments, errors) else { continue };
            let why = match &self.guard {
                _ if argument.raw().is_none() => "it is neither a path nor an address",
                Some(Guard::Public(_)) => "a public command has no scope",
                Some(Guard::Own) => "a command's own permission has no scope",
                Some(Guard::All(_)) | None => continue,
            };
            errors.at(name, format!("`{name}` needs no check in any case: {why}\nhelp: remove it"));
        }
    }
}

struct Reading {
    guard: Option<Guard>,
    /// The key that said how, also if what it said was wrong.
    guarded: Option<String>,
    name: Option<LitStr>,
    rename: Option<Rename>,
    krate: Option<Path>,
    unchecked: Vec<syn::Ident>,
    blocking: Option<syn::Ident>,
    timeout: Option<(syn::Ident, Timeout)>,
    integers: Vec<(syn::Ident, Way)>,
    types: Option<Path>,
}

impl Reading {
    fn key(&mut self, item: Item, errors: &mut Errors) {
        let Item { name, value } = item;
        let key = name.to_string();
        match (key.as_str(), value) {
            ("permission" | "all_of" | "public", value) => {
                if let Some(before) = self.guarded.replace(key.clone()) {
                    errors.at(&name, twice(&before, &key, "command"));
                    return;
                }
                self.guard = guard(&name, value, "command", errors);
            }
            ("name", Value::Assigned(tokens, _)) => {
                set(&mut self.name, &name, string(tokens, "name", errors), errors);
            }
            ("rename_all", Value::Assigned(tokens, _)) => {
                let rename =
                    string(tokens, "rename_all", errors).and_then(|rule| match rule.value().as_str() {
                        "camelCase" => Some(Rename::Camel),
                        "snake_case" => Some(Rename::Snake),
                        _ => {
                            errors
                                .at(&rule, "expected \"camelCase\", which is the default, or \"snake_case\"");
                            None
                        }
                    });
                set(&mut self.rename, &name, rename, errors);
            }
            ("crate", Value::Assigned(tokens, _)) => {
                set(&mut self.krate, &name, errors.keep(syn::parse2(tokens)), errors);
            }
            ("blocking", Value::None) => set(&mut self.blocking, &name, Some(name.clone()), errors),
            ("blocking", _) => errors.at(&name, "`blocking` stands alone\nhelp: #[command(.., blocking)]"),
            ("timeout", Value::Assigned(tokens, _)) => {
                let timeout = string(tokens, "timeout", errors).and_then(|text| timeout(&text, errors));
                set(&mut self.timeout, &name, timeout.map(|timeout| (name.clone(), timeout)), errors);
            }
            ("number" | "string" | "bigint", value) => {
                read_integers(Way::of(&key), &name, value, &mut self.integers, errors);
            }
            ("types", Value::Assigned(tokens, _)) => {
                set(&mut self.types, &name, errors.keep(syn::parse2(tokens)), errors);
            }
            ("unchecked", Value::List(tokens, span)) => self.unchecked(tokens, span, errors),
            ("unchecked", _) => errors.at(&name, UNCHECKED),
            ("name" | "rename_all" | "types" | "crate" | "timeout", _) => {
                errors.at(&name, format!("expected `{key} = ..`"));
            }
            _ => {
                // Whoever misspells a guard has said one: that it is missing too need not be told.
                if closest(&key, GUARDS.iter().copied()).is_some() || key == "any_of" {
                    self.guarded.get_or_insert(key.clone());
                }
                errors.at(&name, unknown(&key));
            }
        }
    }
}

/// `500ms`, `30s`, `5min` or `none`.
fn timeout(text: &LitStr, errors: &mut Errors) -> Option<Timeout> {
    let value = text.value();
    if value == "none" {
        return Some(Timeout::Never);
    }
    let units = [("ms", 1), ("min", 60_000), ("s", 1000)];
    let read = units.iter().find_map(|(unit, milliseconds)| {
        let number = value.strip_suffix(unit)?.parse::<u64>().ok()?;
        number.checked_mul(*milliseconds).filter(|time| *time > 0)
    });
    if read.is_none() {
        errors.at(
            text,
            "expected a time, such as \"500ms\", \"30s\" or \"5min\", or \"none\" for as long as it takes",
        );
    }
    read.map(Timeout::After)
}

const UNCHECKED: &str =
    "expected the argument and the reason\nhelp: unchecked(path = \"only shown, never opened\")";

impl Reading {
    fn unchecked(&mut self, tokens: TokenStream, span: Span, errors: &mut Errors) {
        let items = syntax::split(tokens);
        if items.is_empty() {
            errors.at_span(span, UNCHECKED);
        }
        for item in items {
            let Some(Item { name, value }) = errors.keep(syntax::item(item)) else { continue };
            let reason = match value {
                Value::Assigned(tokens, _) => syn::parse2::<LitStr>(tokens).ok(),
                Value::None | Value::List(..) => None,
            };
            match reason {
                Some(reason) if !reason.value().trim().is_empty() => self.unchecked.push(name),
                Some(reason) => errors.at(
                    &reason,
                    format!(
                        "the reason is empty: whoever reviews this must learn why no scope need look at it\n\
                         help: unchecked({name} = \"only shown, never opened\")"
                    ),
                ),
                None => errors.at(
                    &name,
                    format!(
                        "expected a reason in quotes\nhelp: unchecked({name} = \"only shown, never opened\")"
                    ),
                ),
            }
        }
    }
}

pub(crate) fn guard(name: &syn::Ident, value: Value, what: &str, errors: &mut Errors) -> Option<Guard> {
    let key = name.to_string();
    match (key.as_str(), value) {
        ("permission", Value::None) => Some(Guard::Own),
        ("public", Value::None) => {
            errors.at(name, format!("a public {what} says why it may be\nhelp: {}", public(what)));
            None
        }
        ("public", Value::List(tokens, span)) => {
            let Ok(reason) = syn::parse2::<LitStr>(tokens.clone()) else {
                let text = format!("expected a reason in quotes\nhelp: {}", public(what));
                if tokens.is_empty() {
                    errors.at_span(span, text);
                } else {
                    errors.at(tokens, text);
                }
                return None;
            };
            if reason.value().trim().is_empty() {
                errors.at(
                    &reason,
                    format!(
                        "the reason is empty: whoever reviews this must learn why everybody may {} it\nhelp: {}",
                        if what == "event" { "hear" } else { "call" },
                        public(what)
                    ),
                );
            }
            Some(Guard::Public(reason))
        }
        ("all_of", Value::None) => {
            errors.at(name, "expected permission types\nhelp: all_of(ReadNotes, WriteNotes)");
            None
        }
        (_, Value::List(tokens, span)) => permissions(&key, tokens, span, errors).map(Guard::All),
        (_, Value::Assigned(tokens, sign)) => {
            // `=` is what Tauri's attribute passes over in silence; the parentheses keep the two apart.
            let text = format!("write `{key}({tokens})`, with parentheses");
            errors.at_span(sign, text);
            None
        }
        _ => None,
    }
}

fn public(what: &str) -> &'static str {
    if what == "event" {
        "public(\"says only that something has changed\")"
    } else {
        "public(\"returns only the version number\")"
    }
}

fn permissions(key: &str, tokens: TokenStream, span: Span, errors: &mut Errors) -> Option<Vec<Path>> {
    let mut paths = Vec::new();
    let items = syntax::split(tokens);
    let count = items.len();
    for item in items {
        match syn::parse2::<Path>(item.clone()) {
            Ok(path) => paths.push(path),
            Err(_) if syn::parse2::<LitStr>(item.clone()).is_ok() => errors.at(
                item,
                "a permission is a type, not a string\n\
                 help: #[derive(Permission)] #[permission(id = \"..\")] pub struct ReadNotes; and `permission(ReadNotes)`",
            ),
            Err(_) => errors.at(item, "expected the path of a permission type"),
        }
    }
    if count == 0 {
        let text = format!(
            "`{key}()` names no permission\nhelp: name a permission type, or write `permission` alone for the command's own"
        );
        errors.at_span(span, text);
        return None;
    }
    if key == "permission" && count > 1 {
        errors.at_span(
            span,
            "`permission` takes one type\nhelp: write `all_of(..)` if the caller must hold all of them",
        );
    }
    for (index, path) in paths.iter().enumerate() {
        let text = path.to_token_stream().to_string();
        if paths.iter().take(index).any(|other| other.to_token_stream().to_string() == text) {
            errors.at(path, format!("`{}` is named twice", text.replace(' ', "")));
        }
    }
    (paths.len() == count).then_some(paths)
}

pub(crate) fn twice(before: &str, key: &str, what: &str) -> String {
    if before == key {
        return format!("`{key}` is given twice");
    }
    let help = if before != "public" && key != "public" {
        "name all permissions in one `all_of(..)`".to_owned()
    } else {
        format!("{} {what} is either public or guarded", if what == "event" { "an" } else { "a" })
    };
    format!("`{before}` already says how the {what} is guarded\nhelp: {help}")
}

fn unknown(key: &str) -> String {
    match key {
        "scope" => "unknown key `scope`\nhelp: a scope belongs to the permission type".to_owned(),
        "rename" => "unknown key `rename`\nhelp: write `name = \"..\"`".to_owned(),
        // Two more of Tauri's.
        "async" => "unknown key `async`\n\
                    help: write `blocking`: the function runs on a thread that may block; an `async fn` needs nothing"
            .to_owned(),
        "root" => "unknown key `root`\nhelp: write `crate = path`, if `portcullis` has another name".to_owned(),
        "any_of" => "unknown key `any_of`\n\
                     help: a command is guarded by one permission or by `all_of(..)`; put the permissions that may \
                     each open it into a permission of its own"
            .to_owned(),
        _ => text::unknown_key(key, KEYS),
    }
}

fn set<T>(slot: &mut Option<T>, name: &syn::Ident, value: Option<T>, errors: &mut Errors) {
    if slot.is_some() {
        errors.at(name, format!("`{name}` is given twice"));
    } else {
        *slot = value;
    }
}

fn string(tokens: TokenStream, key: &str, errors: &mut Errors) -> Option<LitStr> {
    syn::parse2(tokens.clone())
        .map_err(|_| errors.at(tokens, format!("expected a string\nhelp: {key} = \"..\"")))
        .ok()
}

/// A name on the wire. The namespace comes from the group, so there is no `:` in it.
pub(crate) fn check_name(name: &LitStr, errors: &mut Errors) {
    let text = name.value();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if text.contains(':') {
        errors.at(
            name,
            "a name has no `:`\nhelp: the namespace comes from the group: commands! { pub Commands: [..], namespace: \"..\" }",
        );
    } else if text.is_empty() || text.len() > 100 || !text.chars().all(fits) {
        errors.at(name, "a name is 1 to 100 letters, digits, `_`, `-` or `.`");
    }
}
