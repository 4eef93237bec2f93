//! `derive(Event)`: a type that a program tells its pages, with the guard that says who may listen.

use portcullis_policy::{id, suggest::closest};
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{DeriveInput, LitStr, Path, ext::IdentExt as _};

use crate::{
    command::{
        attribute::{GUARDS, Guard, check_name, guard, twice},
        expand,
    },
    errors::Errors,
    expand::{at, gate, place},
    syntax::{self, Item, Value},
    text,
};

const KEYS: &[&str] = &["permission", "all_of", "public", "name", "crate"];

#[derive(Default)]
struct Attribute {
    /// The key that said how it is guarded, also if what it said was wrong.
    guarded: Option<String>,
    guard: Option<Guard>,
    name: Option<LitStr>,
    krate: Option<Path>,
}

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::new();
    if !input.generics.params.is_empty() {
        let borrows =
            input.generics.type_params().next().is_none() && input.generics.lifetimes().next().is_some();
        let text = if borrows {
            "an event cannot borrow: events are told apart by their types, and a lifetime would make many of one\n\
             help: own what it carries, such as a `String`"
        } else {
            "an event cannot be generic: whoever listens could not name it\nhelp: write the type"
        };
        errors.at(&input.generics, text);
        return errors.into_tokens();
    }
    let attribute = read(&input, &mut errors);
    let name =
        attribute.name.as_ref().map_or_else(|| snake_case(&input.ident.unraw().to_string()), LitStr::value);
    if attribute.guarded.is_none() {
        errors.at_span(Span::call_site(), text::unguarded_event(&input.ident.to_string(), &name));
    }
    if let Some(name) = &attribute.name {
        check_name(name, &mut errors);
    }
    let own = text::own_permission(&name);
    if let Some(Guard::Own) = &attribute.guard
        && let Err(wrong) = id::check(&own)
    {
        errors.at(&input.ident, text::no_own_permission("event", &own, wrong.message()));
    }
    let whole = errors.is_empty();
    let errors = errors.into_tokens();
    let event = event(&input, &attribute, &name, whole);
    quote!(#event #errors)
}

fn read(input: &DeriveInput, errors: &mut Errors) -> Attribute {
    let mut read = Attribute::default();
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("event")) {
        match &attribute.meta {
            syn::Meta::List(list) => {
                for item in syntax::split(list.tokens.clone()) {
                    if let Some(item) = errors.keep(syntax::item(item)) {
                        key(item, &mut read, errors);
                    }
                }
            }
            meta => errors.at(meta, "this needs a list\nhelp: #[event(permission(SomePermission))]"),
        }
    }
    read
}

fn key(item: Item, read: &mut Attribute, errors: &mut Errors) {
    let Item { name, value } = item;
    let key = name.to_string();
    match (key.as_str(), value) {
        ("permission" | "all_of" | "public", value) => match read.guarded.replace(key.clone()) {
            Some(before) => errors.at(&name, twice(&before, &key, "event")),
            None => read.guard = guard(&name, value, "event", errors),
        },
        ("name", Value::Assigned(..)) if read.name.is_some() => errors.at(&name, "`name` is given twice"),
        ("name", Value::Assigned(tokens, _)) => {
            read.name = syn::parse2(tokens.clone())
                .map_err(|_| errors.at(tokens, "expected a string\nhelp: name = \"note_changed\""))
                .ok();
        }
        ("crate", Value::Assigned(tokens, _)) => read.krate = errors.keep(syn::parse2(tokens)),
        ("name" | "crate", _) => errors.at(&name, format!("expected `{key} = ..`")),
        _ => {
            // Whoever misspells a guard has said one: that it is missing too need not be told.
            if closest(&key, GUARDS.iter().copied()).is_some() {
                read.guarded.get_or_insert(key.clone());
            }
            errors.at(&name, text::unknown_key(&key, KEYS));
        }
    }
}

/// With errors the type is an event all the same, and stands for nothing in lists: what uses it has no errors of its own.
fn event(input: &DeriveInput, attribute: &Attribute, name: &str, whole: bool) -> TokenStream {
    let ident = &input.ident;
    let krate = attribute.krate.clone().unwrap_or_else(|| syn::parse_quote!(::portcullis));
    let here = gate(syntax::ours(ident.span()));
    let guard = match attribute.guard.as_ref().filter(|_| whole) {
        Some(guard) => expand::guard(guard, name, ident),
        None => quote!(#here::Guard::Public("")),
    };
    let listed = if whole {
        quote!(#here::Listed::Command(<Self as #krate::Event>::INFO))
    } else {
        quote!(#here::Listed::Broken)
    };
    let at = at(ident.span());
    let place = place(syntax::ours(ident.span()));
    let description = syntax::description(&input.attrs);
    let assertions = match &attribute.guard {
        Some(Guard::All(paths)) if whole => expand::taken(paths, ident, &krate),
        _ => TokenStream::new(),
    };
    quote! {
        #[automatically_derived]
        impl #krate::Event for #ident {
            const INFO: &'static #krate::__private::Command = {
                use #krate::__private as #here;
                let #place = #at;
                &#here::Command {
                    name: #name,
                    guard: #guard,
                    arguments: &[],
                    at: #place,
                    description: #description,
                    timeout: #here::Timeout::Never,
                    run: #here::Run::Event(#here::TypeId::of::<Self>()),
                    types: #here::event_types!(Self),
                }
            };
        }
        impl #ident {
            /// The event, as lists of events name it.
            #[doc(hidden)]
            pub const LISTED: #krate::__private::Listed = {
                use #krate::__private as #here;
                #listed
            };
        }
        #assertions
    }
}

/// `NoteChanged` is `note_changed`, `HTTPStarted` is `http_started`.
fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                !before.is_uppercase() && *before != '_' || after.is_some_and(|after| after.is_lowercase())
            });
        if begins && before != Some(&'_') {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::snake_case;

    #[test]
    fn the_name_of_an_event_is_that_of_its_type_in_snake_case() {
        for (name, expected) in [
            ("NoteChanged", "note_changed"),
            ("HTTPStarted", "http_started"),
            ("Tick", "tick"),
            ("Disk2Full", "disk2_full"),
            ("X_Y", "x_y"),
        ] {
            assert_eq!(snake_case(name), expected);
        }
    }
}
