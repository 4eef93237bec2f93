//! `derive(Scope)`: what an entry looks like in a capability file, as data, and how it is read. What an entry matches is
//! for the program to say.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Attribute, Data, DeriveInput, Field, Fields, LitStr, Path, Type, spanned::Spanned};

use crate::{
    errors::Errors,
    expand::gate,
    syntax::{self, Item, Value},
    text,
};

const EXAMPLE: &str = "#[derive(Scope)] struct Printer { name: String, pages: Option<u32> }";

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::new();
    if !input.generics.params.is_empty() {
        errors.at(
            &input.generics,
            "an entry of a scope cannot be generic: its capability file says nothing of types",
        );
    }
    let container = Container::read(&input.attrs, &mut errors);
    let gate = gate(Span::call_site());
    let parts = parts(&input, &container, &gate, &mut errors);
    let name = &input.ident;
    let krate = &container.krate;
    let output = match parts {
        Some(Parts { shape, read }) if errors.is_empty() => quote! {
            #[automatically_derived]
            impl #krate::scope::Scope for #name {
                const SHAPE: &'static #krate::__private::Shape = {
                    use #krate::__private as #gate;
                    #shape
                };
                fn read(
                    node: &#krate::__private::Node,
                ) -> ::core::result::Result<Self, #krate::scope::EntryError> {
                    use #krate::__private as #gate;
                    #read
                }
            }
        },
        // Whatever is wrong, the type is a scope: errors about what uses it would mislead.
        _ if input.generics.params.is_empty() => quote! {
            #[automatically_derived]
            impl #krate::scope::Scope for #name {
                const SHAPE: &'static #krate::__private::Shape = &#krate::__private::Shape::Text;
                fn read(
                    _: &#krate::__private::Node,
                ) -> ::core::result::Result<Self, #krate::scope::EntryError> {
                    ::core::result::Result::Err(#krate::scope::EntryError::new("it did not compile"))
                }
            }
        },
        _ => TokenStream::new(),
    };
    let errors = errors.into_tokens();
    quote!(#output #errors)
}

/// The two halves of what is generated.
struct Parts {
    shape: TokenStream,
    read: TokenStream,
}

fn parts(input: &DeriveInput, container: &Container, gate: &Ident, errors: &mut Errors) -> Option<Parts> {
    let name = &input.ident;
    match &input.data {
        Data::Struct(data) => {
            match &data.fields {
                Fields::Named(fields) => {
                    let keys = keys(&fields.named, container.rename, errors);
                    let shape = struct_shape(gate, &name.to_string(), &keys);
                    let values = keys.iter().map(|key| key.value(gate));
                    Some(Parts {
                        shape,
                        read: quote! {
                            let fields = #gate::Fields::of(node, Self::SHAPE)?;
                            ::core::result::Result::Ok(Self { #(#values),* })
                        },
                    })
                }
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                    let ty = &fields.unnamed.first()?.ty;
                    let shape = shape_of(gate, ty);
                    Some(Parts { shape, read: quote!(#gate::Entry::read(node).map(Self)) })
                }
                fields => {
                    let at = if fields.is_empty() { name.span() } else { fields.span() };
                    errors.at_span(
                    at,
                    format!("an entry needs keys: its fields are what a capability file writes\nhelp: {EXAMPLE}"),
                );
                    None
                }
            }
        }
        Data::Enum(data) => variants(name, data, container, gate, errors),
        Data::Union(data) => {
            errors.at(
                data.union_token,
                format!("a union cannot be read from a capability file\nhelp: {EXAMPLE}"),
            );
            None
        }
    }
}

fn variants(
    name: &Ident,
    data: &syn::DataEnum,
    container: &Container,
    gate: &Ident,
    errors: &mut Errors,
) -> Option<Parts> {
    if data.variants.is_empty() {
        errors.at(name, "an entry that can be nothing cannot be written");
        return None;
    }
    let (mut shapes, mut arms, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for variant in &data.variants {
        let ident = &variant.ident;
        let own = FieldAttribute::read(&variant.attrs, &["rename"], errors);
        let key =
            own.rename.map_or_else(|| container.rename.variant(&syntax::plain(ident)), |name| name.value());
        if !seen.insert(key.clone()) {
            errors.at(
                ident,
                format!("two variants are `{key}` in a capability file\nhelp: rename one of them"),
            );
        }
        let (shape, arm) = match &variant.fields {
            Fields::Unit => (
                quote!(::core::option::Option::None),
                quote!(#key => ::core::result::Result::Ok(Self::#ident)),
            ),
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                let shape = shape_of(gate, &fields.unnamed.first()?.ty);
                (
                    quote!(::core::option::Option::Some(#shape)),
                    quote!(#key => #gate::variant_value(#key, value).map(Self::#ident)),
                )
            }
            Fields::Named(fields) => {
                let keys = keys(&fields.named, container.rename, errors);
                let shape = struct_shape(gate, &ident.to_string(), &keys);
                let values = keys.iter().map(|key| key.value(gate));
                (
                    quote!(::core::option::Option::Some(#shape)),
                    quote! {
                        #key => {
                            let fields = #gate::Fields::of_variant(#key, value)?;
                            ::core::result::Result::Ok(Self::#ident { #(#values),* })
                        }
                    },
                )
            }
            fields @ Fields::Unnamed(_) => {
                errors.at(
                    fields,
                    "a variant has one value, or named fields: a capability file could not tell which is which",
                );
                continue;
            }
        };
        shapes.push(quote!(#gate::Variant { name: #key, shape: #shape }));
        arms.push(arm);
    }
    let name = name.to_string();
    Some(Parts {
        shape: quote!(&#gate::Shape::Enum { name: #name, variants: &[#(#shapes),*] }),
        read: quote! {
            // Not every enum has a variant with a value.
            #[allow(unused_variables)]
            let (name, value) = #gate::variant(node, Self::SHAPE)?;
            match name {
                #(#arms,)*
                other => ::core::result::Result::Err(#gate::unknown_variant(other)),
            }
        },
    })
}

/// A key of an object.
struct Key<'a> {
    ident: &'a Ident,
    name: String,
    ty: &'a Type,
    default: bool,
    short: bool,
}

impl Key<'_> {
    fn value(&self, gate: &Ident) -> TokenStream {
        let Self { ident, name, ty, default, .. } = self;
        let span = syntax::ours(ty.span());
        let gate = Ident::new(&gate.to_string(), span);
        if *default {
            quote_spanned!(span=> #ident: #gate::Fields::read_or_default(fields, #name)?)
        } else {
            quote_spanned!(span=> #ident: #gate::Fields::read(fields, #name)?)
        }
    }
}

fn keys<'a>(
    fields: impl IntoIterator<Item = &'a Field>,
    rename: Rename,
    errors: &mut Errors,
) -> Vec<Key<'a>> {
    let (mut keys, mut seen): (Vec<Key<'a>>, HashSet<String>) = (Vec::new(), HashSet::new());
    for field in fields {
        let Some(ident) = &field.ident else { continue };
        let own = FieldAttribute::read(&field.attrs, &["rename", "default", "short"], errors);
        let name = own.rename.map_or_else(|| rename.field(&syntax::plain(ident)), |name| name.value());
        if !seen.insert(name.clone()) {
            errors
                .at(ident, format!("two fields are `{name}` in a capability file\nhelp: rename one of them"));
        }
        if own.short && keys.iter().any(|key| key.short) {
            errors.at(ident, "one field alone can stand for the whole entry: `short` is given twice");
        }
        keys.push(Key { ident, name, ty: &field.ty, default: own.default, short: own.short });
    }
    keys
}

fn struct_shape(gate: &Ident, name: &str, keys: &[Key<'_>]) -> TokenStream {
    let fields = keys.iter().map(|key| {
        let shape = shape_of(gate, key.ty);
        let name = &key.name;
        let required = if key.default { quote!(false) } else { quote!(!#shape.is_optional()) };
        quote!(#gate::Field { name: #name, shape: #shape, required: #required })
    });
    let short = match keys.iter().find(|key| key.short) {
        Some(Key { name, .. }) => quote!(::core::option::Option::Some(#name)),
        None => quote!(::core::option::Option::None),
    };
    quote!(&#gate::Shape::Struct { name: #name, fields: &[#(#fields),*], short: #short })
}

/// The shape of a type, asked for at its tokens: a type that can be no part of an entry is told of there.
fn shape_of(gate: &Ident, ty: &Type) -> TokenStream {
    let span = syntax::ours(ty.span());
    let gate = Ident::new(&gate.to_string(), span);
    quote_spanned!(span=> #gate::shape::<#ty>())
}

/// How names are written in a capability file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rename {
    AsWritten,
    Camel,
    Kebab,
    Snake,
}

impl Rename {
    const ALL: &'static [&'static str] = &["camelCase", "kebab-case", "snake_case"];

    fn parse(text: &str) -> Option<Self> {
        match text {
            "camelCase" => Some(Self::Camel),
            "kebab-case" => Some(Self::Kebab),
            "snake_case" => Some(Self::Snake),
            _ => None,
        }
    }

    /// The name of a field, which is `snake_case` in Rust.
    fn field(self, name: &str) -> String {
        match self {
            Self::AsWritten | Self::Snake => name.to_owned(),
            Self::Kebab => name.replace('_', "-"),
            Self::Camel => {
                let mut words = name.split('_').filter(|word| !word.is_empty());
                let first = words.next().unwrap_or_default().to_owned();
                words.fold(first, |all, word| all + &capitalised(word))
            }
        }
    }

    /// The name of a variant, which is `CamelCase` in Rust.
    fn variant(self, name: &str) -> String {
        if self == Self::AsWritten {
            return name.to_owned();
        }
        let mut snake = String::new();
        for letter in name.chars() {
            if letter.is_uppercase() && !snake.is_empty() {
                snake.push('_');
            }
            snake.extend(letter.to_lowercase());
        }
        self.field(&snake)
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What `#[scope(..)]` on the type says.
struct Container {
    krate: Path,
    rename: Rename,
}

impl Container {
    fn read(attributes: &[Attribute], errors: &mut Errors) -> Self {
        let mut read = Self { krate: syn::parse_quote!(::portcullis), rename: Rename::AsWritten };
        for Item { name, value } in items(attributes, errors) {
            match (name.to_string().as_str(), value) {
                ("crate", Value::Assigned(tokens, _)) => {
                    if let Some(path) = errors.keep(syn::parse2(tokens)) {
                        read.krate = path;
                    }
                }
                ("rename_all", Value::Assigned(tokens, _)) => {
                    match syn::parse2::<LitStr>(tokens.clone())
                        .ok()
                        .and_then(|text| Rename::parse(&text.value()))
                    {
                        Some(rename) => read.rename = rename,
                        None => errors.at(tokens, format!("expected one of {}", strings(Rename::ALL))),
                    }
                }
                (key @ ("crate" | "rename_all"), _) => errors.at(&name, format!("expected `{key} = ..`")),
                (key, _) => errors.at(&name, text::unknown_key(key, &["rename_all", "crate"])),
            }
        }
        read
    }
}

/// What `#[scope(..)]` on a field or a variant says.
#[derive(Default)]
struct FieldAttribute {
    rename: Option<LitStr>,
    default: bool,
    short: bool,
}

impl FieldAttribute {
    fn read(attributes: &[Attribute], known: &[&str], errors: &mut Errors) -> Self {
        let mut read = Self::default();
        for Item { name, value } in items(attributes, errors) {
            let key = name.to_string();
            match (key.as_str(), value) {
                (key, _) if !known.contains(&key) => errors.at(&name, text::unknown_key(key, known)),
                ("rename", Value::Assigned(tokens, _)) => {
                    read.rename = syn::parse2(tokens.clone())
                        .map_err(|_| errors.at(tokens, "expected a string\nhelp: rename = \"..\""))
                        .ok();
                }
                ("rename", _) => errors.at(&name, "expected `rename = \"..\"`"),
                ("default", Value::None) => read.default = true,
                ("short", Value::None) => read.short = true,
                (key, _) => errors.at(&name, format!("`{key}` takes no value")),
            }
        }
        read
    }
}

fn items(attributes: &[Attribute], errors: &mut Errors) -> Vec<Item> {
    let mut items = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("scope")) {
        match &attribute.meta {
            syn::Meta::List(list) => {
                for item in syntax::split(list.tokens.clone()) {
                    items.extend(errors.keep(syntax::item(item)));
                }
            }
            meta => errors.at(meta, "this needs a list\nhelp: #[scope(rename = \"..\")]"),
        }
    }
    items
}

fn strings(names: &[&str]) -> String {
    names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}
