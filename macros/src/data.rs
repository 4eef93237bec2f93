//! `#[data]`: the derives of what is sent and returned, through the runtime's own re-exports. Attributes of serde pass
//! through; where clients are written, the type gets a schema too, and notes there what schemars does not.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{
    Attribute, Data, DeriveInput, Field, GenericParam, Ident, LitStr, Meta, Path, Token, Type,
    punctuated::Punctuated, spanned::Spanned,
};

use crate::{
    errors::Errors,
    syntax::{self, Item, Value},
    text,
};

/// Which way data goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goes {
    Both,
    Out,
    In,
}

const KEYS: &[&str] = &["input", "output", "crate"];
/// How an integer is sent, with the type that holds one so.
const WAYS: &[(&str, &str)] = &[("number", "Number"), ("string", "Digits"), ("bigint", "BigInt")];

struct Container {
    goes: Goes,
    krate: Path,
}

#[expect(clippy::needless_pass_by_value, reason = "as the compiler hands them over")]
/// The attribute and what it stands on, `described` if clients are written.
pub(crate) fn data(attribute: TokenStream, item: TokenStream, described: bool) -> TokenStream {
    let Ok(mut input) = syn::parse2::<DeriveInput>(item.clone()) else {
        let text =
            "`#[data]` belongs on a struct or an enum\nhelp: #[portcullis::data] pub struct Note { .. }";
        let error = syn::Error::new(Span::call_site(), text).to_compile_error();
        return quote!(#item #error);
    };
    let mut errors = Errors::new();
    let container = container(attribute, &mut errors);
    if let Data::Union(union) = &input.data {
        errors.at(
            union.union_token,
            "a union cannot be sent: nobody knows which of its fields is meant\nhelp: write an enum",
        );
    }
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("data")) {
        errors
            .at(attribute, "what is said of the whole type stands in the `#[portcullis::data(..)]` above it");
    }
    input.attrs.retain(|attribute| !attribute.path().is_ident("data"));
    let derived = derived_already(&input, container.goes, &mut errors);
    let mut any = false;
    for field in fields(&mut input.data) {
        any |= integers(field, &container, described, &mut errors);
    }
    if described && any {
        hide_default(&mut input);
    }
    if !described {
        // Nothing would know them.
        strip(&mut input);
    }
    let above = match &input.data {
        Data::Union(_) => TokenStream::new(),
        // With errors too: what uses the type has none of its own.
        Data::Struct(_) | Data::Enum(_) => above(&input, &container, &derived, described),
    };
    let errors = errors.into_tokens();
    quote!(#above #input #errors)
}

fn container(tokens: TokenStream, errors: &mut Errors) -> Container {
    let mut goes: Option<Goes> = None;
    let mut krate = None;
    for item in syntax::split(tokens) {
        let Some(Item { name, value }) = errors.keep(syntax::item(item)) else { continue };
        match (name.to_string().as_str(), value) {
            (key @ ("input" | "output"), Value::None) => {
                let way = if key == "input" { Goes::In } else { Goes::Out };
                match goes.replace(way) {
                    None => {}
                    Some(before) if before == way => errors.at(&name, format!("`{key}` is given twice")),
                    Some(_) => errors.at(&name, "data that goes both ways says neither `input` nor `output`\nhelp: #[portcullis::data]"),
                }
            }
            ("crate", Value::Assigned(tokens, _)) => krate = errors.keep(syn::parse2(tokens)),
            ("crate", _) => errors.at(&name, "expected `crate = ..`"),
            (key @ ("input" | "output"), _) => {
                errors.at(&name, format!("`{key}` takes nothing\nhelp: #[portcullis::data({key})]"));
            }
            (key, _) if WAYS.iter().any(|(way, _)| *way == key) => errors.at(
                &name,
                format!("`{key}` is said of one integer\nhelp: write `#[data({key})]` on the field"),
            ),
            (key, _) => errors.at(&name, text::unknown_key(key, KEYS)),
        }
    }
    Container {
        goes: goes.unwrap_or(Goes::Both),
        krate: krate.unwrap_or_else(|| syn::parse_quote!(::portcullis)),
    }
}

/// A trait that is derived below the attribute as well would be rustc's to tell of, in words that do not help.
fn derived_already(input: &DeriveInput, goes: Goes, errors: &mut Errors) -> Vec<String> {
    let mut derived = Vec::new();
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let Ok(paths) = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated) else {
            continue;
        };
        for path in paths {
            let Some(last) = path.segments.last() else { continue };
            let ours = match last.ident.to_string().as_str() {
                "Serialize" => goes != Goes::In,
                "Deserialize" => goes != Goes::Out,
                "JsonSchema" => true,
                _ => false,
            };
            if ours {
                errors.at(&path, format!("`#[data]` derives `{}`\nhelp: leave it out here", last.ident));
                derived.push(last.ident.to_string());
            }
        }
    }
    derived
}

fn fields(data: &mut Data) -> Vec<&mut Field> {
    match data {
        Data::Struct(data) => data.fields.iter_mut().collect(),
        Data::Enum(data) => data.variants.iter_mut().flat_map(|variant| variant.fields.iter_mut()).collect(),
        Data::Union(_) => Vec::new(),
    }
}

/// Reads `#[data(number)]` and writes what serde and schemars know. Says whether it was there.
fn integers(field: &mut Field, container: &Container, described: bool, errors: &mut Errors) -> bool {
    let (ours, mut kept): (Vec<Attribute>, Vec<Attribute>) =
        field.attrs.drain(..).partition(|attribute| attribute.path().is_ident("data"));
    let mut way: Option<(Ident, &str)> = None;
    for attribute in ours {
        let Meta::List(list) = &attribute.meta else {
            errors.at(
                &attribute,
                "expected how the integer is sent\nhelp: #[data(number)], #[data(string)] or #[data(bigint)]",
            );
            continue;
        };
        for item in syntax::split(list.tokens.clone()) {
            let Some(Item { name, value }) = errors.keep(syntax::item(item)) else { continue };
            let key = name.to_string();
            match (WAYS.iter().find(|(way, _)| *way == key), value) {
                (Some(_), _) if way.is_some() => {
                    errors.at(&name, "an integer is sent in one way\nhelp: leave one of the two");
                }
                (Some((_, ty)), Value::None) => way = Some((name, ty)),
                (Some(_), _) => errors.at(&name, format!("`{key}` takes nothing\nhelp: #[data({key})]")),
                (None, _) => {
                    let known: Vec<&str> = WAYS.iter().map(|(way, _)| *way).collect();
                    errors.at(&name, text::unknown_key(&key, &known));
                }
            }
        }
    }
    let found = way.is_some();
    if let Some((way, holder)) = way {
        if let Some(with) = kept
            .iter()
            .find(|attribute| says(attribute, "serde", &["with", "serialize_with", "deserialize_with"]))
        {
            errors.at(
                with,
                format!("`#[data({way})]` already says how it is sent\nhelp: leave one of the two"),
            );
            field.attrs = kept;
            return false;
        }
        let krate = path(&container.krate);
        // Ours: no lint speaks to the user of what serde makes of it.
        let module = LitStr::new(&format!("{krate}::int::{way}"), syntax::ours(way.span()));
        kept.push(syn::parse_quote!(#[serde(with = #module)]));
        // serde takes a missing `Option` for `None` only where nothing else reads it.
        let mut defaults = kept.iter().any(|attribute| says(attribute, "serde", &["default"]));
        if is_option(&field.ty) && container.goes != Goes::Out && !defaults {
            kept.push(syn::parse_quote!(#[serde(default)]));
            defaults = true;
        }
        if described {
            let ty = field
                .ty
                .to_token_stream()
                .to_string()
                .replace(" <", "<")
                .replace("< ", "<")
                .replace(" >", ">");
            let with = LitStr::new(&format!("{krate}::int::{holder}<{ty}>"), syntax::ours(field.ty.span()));
            kept.push(syn::parse_quote!(#[schemars(with = #with)]));
            if defaults {
                kept.push(syn::parse_quote!(#[schemars(!default, extend("x-optional" = true))]));
            }
        }
    }
    field.attrs = kept;
    found
}

/// To show the default of an integer, schemars would write it by way of a crate `serde` that the program need not have:
/// what is not required is noted in another way.
fn hide_default(input: &mut DeriveInput) {
    if !input.attrs.iter().any(|attribute| says(attribute, "serde", &["default"])) {
        return;
    }
    input.attrs.push(syn::parse_quote!(#[schemars(!default)]));
    for field in fields(&mut input.data) {
        if !field.attrs.iter().any(|attribute| says(attribute, "serde", &["default", "flatten"])) {
            field.attrs.push(syn::parse_quote!(#[schemars(extend("x-optional" = true))]));
        }
    }
}

/// Whether `#[name(..)]` has one of these keys.
fn says(attribute: &Attribute, name: &str, keys: &[&str]) -> bool {
    attribute.path().is_ident(name) && value(attribute, keys).is_some()
}

/// What stands behind a key in `#[..(key)]` or `#[..(key = "..")]`.
fn value(attribute: &Attribute, keys: &[&str]) -> Option<Value> {
    let Meta::List(list) = &attribute.meta else { return None };
    syntax::split(list.tokens.clone()).into_iter().find_map(|item| {
        let Item { name, value } = syntax::item(item).ok()?;
        keys.iter().any(|key| name == key).then_some(value)
    })
}

fn is_option(ty: &Type) -> bool {
    match ty {
        Type::Group(group) => is_option(&group.elem),
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Option"),
        _ => false,
    }
}

fn path(path: &Path) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}

fn strip(input: &mut DeriveInput) {
    let keep = |attribute: &Attribute| !attribute.path().is_ident("schemars");
    input.attrs.retain(keep);
    if let Data::Enum(data) = &mut input.data {
        data.variants.iter_mut().for_each(|variant| variant.attrs.retain(keep));
    }
    for field in fields(&mut input.data) {
        field.attrs.retain(keep);
    }
}

/// The derives, and what they are told.
fn above(input: &DeriveInput, container: &Container, derived: &[String], described: bool) -> TokenStream {
    let krate = &container.krate;
    let here = syntax::ours(input.ident.span());
    let mut all = Vec::new();
    let mut derive = |name: &str, tokens: TokenStream| {
        if !derived.iter().any(|derived| derived == name) {
            all.push(tokens);
        }
    };
    if container.goes != Goes::In {
        derive("Serialize", quote!(#krate::__private::serde::Serialize));
    }
    if container.goes != Goes::Out {
        derive("Deserialize", quote!(#krate::__private::serde::Deserialize));
    }
    if described {
        derive("JsonSchema", quote!(#krate::__private::schemars::JsonSchema));
    }
    let text = path(krate);
    let serde = format!("{text}::__private::serde");
    let serde = (!input.attrs.iter().any(|attribute| says(attribute, "serde", &["crate"])))
        .then(|| quote!(#[serde(crate = #serde)]));
    if !described {
        return quote_spanned!(here=> #[::core::prelude::v1::derive(#(#all),*)] #serde);
    }
    let schemars = format!("{text}::__private::schemars");
    let name = syntax::plain(&input.ident);
    let behind = format!("::{name}");
    let rename = generic_name(input, &name);
    let tag = tag(input, &name);
    quote_spanned! {here=>
        #[::core::prelude::v1::derive(#(#all),*)]
        #serde
        #[schemars(crate = #schemars, #rename extend("x-rust" = ::core::concat!(::core::module_path!(), #behind) #tag))]
    }
}

/// `Page<T>` has a name for each `T`.
fn generic_name(input: &DeriveInput, name: &str) -> Option<TokenStream> {
    let named = |attribute: &Attribute| {
        says(attribute, "schemars", &["rename"]) || says(attribute, "serde", &["rename"])
    };
    if input.attrs.iter().any(named) {
        return None;
    }
    let parameters: Vec<String> = input
        .generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Type(parameter) => Some(format!("{{{}}}", parameter.ident)),
            GenericParam::Const(parameter) => Some(format!("{{{}}}", parameter.ident)),
            GenericParam::Lifetime(_) => None,
        })
        .collect();
    if parameters.is_empty() {
        return None;
    }
    let rename = format!("{name}_of_{}", parameters.join("_and_"));
    Some(quote!(rename = #rename,))
}

/// The tag that serde writes into a struct, which schemars does not know of.
fn tag(input: &DeriveInput, name: &str) -> Option<TokenStream> {
    let Data::Struct(_) = &input.data else { return None };
    let find = |key: &str| -> Option<LitStr> {
        let mut serde = input.attrs.iter().filter(|attribute| attribute.path().is_ident("serde"));
        match serde.find_map(|attribute| value(attribute, &[key]))? {
            Value::Assigned(tokens, _) => syn::parse2(tokens).ok(),
            Value::None | Value::List(..) => None,
        }
    };
    let tag = find("tag")?;
    let name = find("rename").map_or_else(|| name.to_owned(), |rename| rename.value());
    Some(quote!(, "x-tag" = { #tag: #name }))
}
