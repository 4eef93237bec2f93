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

/// What may be said of a type, of a field, of a field of a variant, of a variant.
const TYPE: &[&str] = &["rename_all", "crate"];
const FIELD: &[&str] = &["rename", "default", "short"];
const FIELD_OF_VARIANT: &[&str] = &["rename", "default"];
const VARIANT: &[&str] = &["rename"];

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::new();
    if !input.generics.params.is_empty() {
        errors.at(
            &input.generics,
            "an entry of a scope cannot be generic: a capability file says nothing of types\n\
             help: write the types out; a text is a `String`",
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
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => {
                let keys = keys(&fields.named, container.rename, FIELD, errors);
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
                let reader = reader(gate, unnamed(fields.unnamed.first()?, errors));
                Some(Parts { shape: quote!(#reader.shape), read: quote!(#reader.value(node).map(Self)) })
            }
            fields => {
                let at = if fields.is_empty() { name.span() } else { fields.span() };
                errors.at_span(
                        at,
                        format!("an entry needs keys: a capability file writes its fields by their names\nhelp: {EXAMPLE}"),
                    );
                None
            }
        },
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
        errors.at(
            name,
            "an enum without variants cannot be written in a capability file\nhelp: give it a variant",
        );
        return None;
    }
    let (mut shapes, mut arms, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for variant in &data.variants {
        let ident = &variant.ident;
        let own = FieldAttribute::read(&variant.attrs, VARIANT, errors);
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
                let reader = reader(gate, unnamed(fields.unnamed.first()?, errors));
                (
                    quote!(::core::option::Option::Some(#reader.shape)),
                    quote!(#key => #reader.variant(#key, value).map(Self::#ident)),
                )
            }
            Fields::Named(fields) => {
                let keys = keys(&fields.named, container.rename, FIELD_OF_VARIANT, errors);
                let shape = struct_shape(gate, &key, &keys);
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
                let help = if fields.is_empty() {
                    format!("write `{ident}`")
                } else {
                    format!("give them names: {ident} {{ .. }}")
                };
                errors.at(
                    fields,
                    format!(
                        "a variant has no value, one, or fields with names in a capability file\nhelp: {help}"
                    ),
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
        let reader = reader(gate, ty);
        let method = Ident::new(if *default { "key_or_default" } else { "key" }, syntax::ours(ty.span()));
        quote!(#ident: #reader.#method(fields, #name)?)
    }
}

fn keys<'a>(
    fields: impl IntoIterator<Item = &'a Field>,
    rename: Rename,
    known: &[&str],
    errors: &mut Errors,
) -> Vec<Key<'a>> {
    let (mut keys, mut seen): (Vec<Key<'a>>, HashSet<String>) = (Vec::new(), HashSet::new());
    for field in fields {
        let Some(ident) = &field.ident else { continue };
        let own = FieldAttribute::read(&field.attrs, known, errors);
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

/// The type of a field that has no name, of which nothing can be said.
fn unnamed<'a>(field: &'a Field, errors: &mut Errors) -> &'a Type {
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("scope")) {
        errors.at(
            attribute,
            "this field has no key in a capability file, so there is nothing to say of it\nhelp: remove it",
        );
    }
    &field.ty
}

fn struct_shape(gate: &Ident, name: &str, keys: &[Key<'_>]) -> TokenStream {
    let fields = keys.iter().map(|key| {
        let reader = reader(gate, key.ty);
        let name = &key.name;
        let required = if key.default { quote!(false) } else { quote!(!#reader.shape.is_optional()) };
        quote!(#gate::Field { name: #name, shape: #reader.shape, required: #required })
    });
    let short = match keys.iter().find(|key| key.short) {
        Some(Key { name, .. }) => quote!(::core::option::Option::Some(#name)),
        None => quote!(::core::option::Option::None),
    };
    quote!(&#gate::Shape::Struct { name: #name, fields: &[#(#fields),*], short: #short })
}

/// How a type is read, asked for at its tokens, and always in the same words: a type that can be no part of an entry is
/// told of there, and once.
fn reader(gate: &Ident, ty: &Type) -> TokenStream {
    let span = syntax::ours(ty.span());
    let gate = Ident::new(&gate.to_string(), span);
    quote_spanned!(span=> #gate::reader::<#ty>())
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
        let (mut krate, mut rename) = (None, None);
        for Item { name, value } in items(attributes, "rename_all = \"camelCase\"", errors) {
            match (name.to_string().as_str(), value) {
                ("crate", _) if krate.is_some() => errors.at(&name, twice("crate")),
                ("rename_all", _) if rename.is_some() => errors.at(&name, twice("rename_all")),
                ("crate", Value::Assigned(tokens, _)) => krate = errors.keep(syn::parse2(tokens)),
                ("rename_all", Value::Assigned(tokens, _)) => {
                    let text = syn::parse2::<LitStr>(tokens.clone()).ok();
                    rename = text.and_then(|text| Rename::parse(&text.value()));
                    if rename.is_none() {
                        errors.at(tokens, format!("expected one of {}", strings(Rename::ALL)));
                    }
                }
                (key @ ("crate" | "rename_all"), _) => errors.at(&name, format!("expected `{key} = ..`")),
                (key, _) => errors.at(&name, text::unknown_key(key, TYPE)),
            }
        }
        Self {
            krate: krate.unwrap_or_else(|| syn::parse_quote!(::portcullis)),
            rename: rename.unwrap_or(Rename::AsWritten),
        }
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
        for Item { name, value } in items(attributes, "rename = \"..\"", errors) {
            let key = name.to_string();
            match (key.as_str(), value) {
                (key, _) if !known.contains(&key) => errors.at(&name, text::unknown_key(key, known)),
                ("rename", _) if read.rename.is_some() => errors.at(&name, twice("rename")),
                ("default", _) if read.default => errors.at(&name, twice("default")),
                ("short", _) if read.short => errors.at(&name, twice("short")),
                ("rename", Value::Assigned(tokens, _)) => {
                    read.rename = syn::parse2(tokens.clone())
                        .map_err(|_| errors.at(tokens, "expected a string\nhelp: rename = \"..\""))
                        .ok();
                }
                ("rename", _) => errors.at(&name, "expected `rename = \"..\"`"),
                ("default", Value::None) => read.default = true,
                ("short", Value::None) => read.short = true,
                (key, _) => errors.at(&name, format!("`{key}` takes no value\nhelp: #[scope({key})]")),
            }
        }
        read
    }
}

fn items(attributes: &[Attribute], example: &str, errors: &mut Errors) -> Vec<Item> {
    let mut items = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("scope")) {
        match &attribute.meta {
            syn::Meta::List(list) => {
                for item in syntax::split(list.tokens.clone()) {
                    items.extend(errors.keep(syntax::item(item)));
                }
            }
            meta => errors.at(meta, format!("this needs a list\nhelp: #[scope({example})]")),
        }
    }
    items
}

fn twice(key: &str) -> String {
    format!("`{key}` is given twice")
}

fn strings(names: &[&str]) -> String {
    names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}
