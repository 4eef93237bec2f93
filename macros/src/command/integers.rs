//! `number(id)`, `string(id)`, `bigint(id)`: how the integers of an argument are sent, where JavaScript has none as large.

use portcullis_policy::suggest::closest;
use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::{Ident, Type};

use super::argument::Argument;
use crate::{
    errors::Errors,
    syntax::{self, Value},
};

/// How an integer is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Number,
    Digits,
    BigInt,
}

impl Way {
    /// Of a key of the attribute.
    pub(super) fn of(key: &str) -> Self {
        match key {
            "number" => Self::Number,
            "string" => Self::Digits,
            _ => Self::BigInt,
        }
    }

    /// What holds one that is sent so.
    pub(super) fn holding(self, ty: &Type, gate: &Ident) -> TokenStream {
        let holder = match self {
            Self::Number => "Number",
            Self::Digits => "Digits",
            Self::BigInt => "BigInt",
        };
        // All at the place of the type: what rustc says of it twice, it says once.
        let holder = Ident::new(holder, gate.span());
        quote_spanned!(gate.span()=> #gate::#holder<#ty>)
    }
}

/// Reads the names in the parentheses.
pub(super) fn read(way: Way, key: &Ident, value: Value, into: &mut Vec<(Ident, Way)>, errors: &mut Errors) {
    let Value::List(tokens, span) = value else {
        errors.at(key, format!("expected the argument that is sent so\nhelp: {key}(id)"));
        return;
    };
    let items = syntax::split(tokens);
    if items.is_empty() {
        errors.at_span(span, format!("`{key}()` names no argument\nhelp: {key}(id)"));
    }
    for item in items {
        match syn::parse2::<Ident>(item.clone()) {
            Ok(name) => into.push((name, way)),
            Err(_) => errors.at(item, "expected the name of an argument"),
        }
    }
}

/// Gives each of them to its argument.
pub(super) fn apply(all: &[(Ident, Way)], arguments: &mut [Argument], errors: &mut Errors) {
    for (name, way) in all {
        if named(name, arguments, errors).is_none() {
            continue;
        }
        let Some(argument) = arguments.iter_mut().find(|argument| argument.ident == *name) else { continue };
        if argument.way.is_some() {
            errors.at(name, format!("`{name}` is given twice: an argument is sent in one way"));
        } else if argument.lent {
            errors.at(
                name,
                format!("`{name}` is lent, and what is sent in another form is not there to be lent\nhelp: take it by value"),
            );
        }
        argument.way = Some(*way);
    }
}

/// The argument of a name, or an error that names one that may be meant.
pub(super) fn named<'a>(
    name: &Ident,
    arguments: &'a [Argument],
    errors: &mut Errors,
) -> Option<&'a Argument> {
    let found = arguments.iter().find(|argument| argument.ident == *name);
    if found.is_none() {
        let names: Vec<String> = arguments.iter().map(|argument| argument.ident.to_string()).collect();
        let text = match closest(&name.to_string(), names.iter().map(String::as_str)) {
            Some(near) => format!("the command has no argument `{name}`\nhelp: did you mean `{near}`?"),
            None => format!("the command has no argument `{name}`"),
        };
        errors.at(name, text);
    }
    found
}
