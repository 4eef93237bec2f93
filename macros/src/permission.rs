//! `derive(Permission)` and `derive(PermissionSet)`: an id and a description for a type.

use portcullis_policy::{hash::hash, id};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{DeriveInput, LitStr, Path};

use crate::{
    errors::Errors,
    syntax::{self, Item, Value},
};

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Permission,
    Set,
}

impl What {
    fn attribute(self) -> &'static str {
        match self {
            Self::Permission => "permission",
            Self::Set => "permission_set",
        }
    }

    fn example(self) -> &'static str {
        match self {
            Self::Permission => "#[permission(id = \"notes:read\")]",
            Self::Set => "#[permission_set(id = \"notes:reader\", permissions(ReadNotes, SearchNotes))]",
        }
    }

    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Permission => &["id", "scope", "crate"],
            Self::Set => &["id", "permissions", "crate"],
        }
    }
}

#[derive(Default)]
struct Attribute {
    id: Option<LitStr>,
    members: Option<Vec<Path>>,
    scope: Option<syn::Type>,
    krate: Option<Path>,
}

pub(crate) fn derive(what: What, input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::new();
    if !input.generics.params.is_empty() {
        errors.at(&input.generics, "a permission cannot be generic: a capability file could not name it");
    }
    let attribute = read(what, &input, &mut errors);
    let id = match &attribute.id {
        Some(id) => {
            if let Err(wrong) = id::check(&id.value()) {
                errors.at(id, format!("`{}` is not a permission id: {}", id.value(), wrong.message()));
            } else if id.value().rsplit(':').next().is_some_and(|last| last.starts_with("deny-")) {
                errors.at(
                    id,
                    "an id whose last part begins with `deny-` is how a capability denies a command's own `allow-..`\n\
                     help: give it another name; to deny a permission, a capability lists it under `deny`",
                );
            }
            id.clone()
        }
        None => LitStr::new("", Span::call_site()),
    };
    if what == What::Set && attribute.id.is_some() && attribute.members.as_ref().is_none_or(Vec::is_empty) {
        errors.at(&input.ident, format!("a permission set needs permissions\nhelp: {}", what.example()));
    }
    let output = if errors.is_empty() || !input.generics.params.is_empty() {
        TokenStream::new()
    } else {
        // Whatever is wrong with the attribute, the type is one: other errors about it would mislead.
        expand(what, &input, &LitStr::new("invalid", Span::call_site()), &[], &attribute)
    };
    let output = if errors.is_empty() {
        expand(what, &input, &id, attribute.members.as_deref().unwrap_or_default(), &attribute)
    } else {
        output
    };
    let errors = errors.into_tokens();
    quote!(#output #errors)
}

fn krate(attribute: &Attribute) -> Path {
    attribute.krate.clone().unwrap_or_else(|| syn::parse_quote!(::portcullis))
}

fn read(what: What, input: &DeriveInput, errors: &mut Errors) -> Attribute {
    let mut read = Attribute::default();
    let mut found = false;
    for attribute in input.attrs.iter().filter(|a| a.path().is_ident(what.attribute())) {
        found = true;
        let tokens = match &attribute.meta {
            syn::Meta::List(list) => list.tokens.clone(),
            meta => {
                errors.at(meta, format!("this needs a list\nhelp: {}", what.example()));
                continue;
            }
        };
        for item in syntax::split(tokens) {
            if let Some(item) = errors.keep(syntax::item(item)) {
                key(what, item, &mut read, errors);
            }
        }
    }
    if !found || (read.id.is_none() && errors.is_empty()) {
        errors.at(&input.ident, format!("`{}` has no id\nhelp: {}", input.ident, what.example()));
    }
    read
}

fn key(what: What, item: Item, read: &mut Attribute, errors: &mut Errors) {
    let Item { name, value } = item;
    let key = name.to_string();
    let repeated = match key.as_str() {
        "id" => read.id.is_some(),
        "permissions" => read.members.is_some(),
        "crate" => read.krate.is_some(),
        "scope" => read.scope.is_some(),
        _ => false,
    };
    if repeated {
        errors.at(&name, format!("`{key}` is given twice"));
        return;
    }
    match (key.as_str(), value) {
        ("id", Value::Assigned(tokens, _)) => {
            read.id = syn::parse2(tokens.clone())
                .map_err(|_| errors.at(tokens, "expected a string\nhelp: id = \"notes:read\""))
                .ok();
        }
        ("permissions", Value::List(tokens, _)) if what == What::Set => {
            read.members =
                Some(syntax::split(tokens).into_iter().filter_map(|t| errors.keep(syn::parse2(t))).collect());
        }
        ("crate", Value::Assigned(tokens, _)) => read.krate = errors.keep(syn::parse2(tokens)),
        ("scope", Value::Assigned(tokens, _)) if what == What::Permission => {
            read.scope = syn::parse2(tokens.clone())
                .map_err(|_| errors.at(tokens, "expected a type\nhelp: scope = PathScope<Read>"))
                .ok();
        }
        ("scope", _) if what == What::Permission => {
            errors.at(
                &name,
                "expected `scope = ..`\nhelp: #[permission(id = \"notes:read\", scope = PathScope<Read>)]",
            );
        }
        ("scope", _) => errors.at(
            &name,
            "a set has no scope of its own\nhelp: give scopes to its permissions; a capability that grants the set writes the entries of \
             all of them",
        ),
        ("id" | "crate", _) => errors.at(&name, format!("expected `{key} = ..`\nhelp: {}", what.example())),
        ("permissions", _) if what == What::Set => {
            errors.at(&name, format!("expected `permissions(..)`\nhelp: {}", what.example()));
        }
        _ => errors.at(&name, crate::text::unknown_key(&key, what.keys())),
    }
}

fn expand(
    what: What,
    input: &DeriveInput,
    id: &LitStr,
    members: &[Path],
    attribute: &Attribute,
) -> TokenStream {
    let krate = &krate(attribute);
    let (scope_type, scope) = scope(attribute, krate);
    let name = &input.ident;
    let at = crate::expand::at(name.span());
    let gate = crate::expand::gate(Span::call_site());
    let description = syntax::description(&input.attrs);
    let hash = crate::expand::hash_literal(hash(&id.value()));
    let (members, own_trait) = match what {
        What::Permission => (
            quote!(#gate::Option::None),
            quote! {
                #[automatically_derived]
                impl #krate::Permission for #name {
                    type Scope = #scope_type;
                }
            },
        ),
        What::Set => {
            let members = members.iter().map(|member| {
                let span = syntax::ours(span(member));
                let krate = syntax::located(krate, span);
                quote_spanned!(span=> <#member as #krate::Grantable>::INFO)
            });
            (
                quote!(#gate::Option::Some(&[#(#members),*])),
                quote! {
                    #[automatically_derived]
                    impl #krate::PermissionSet for #name {}
                },
            )
        }
    };
    let info = quote! {
        #gate::PermissionInfo {
            id: #id,
            hash: #hash,
            type_id: #gate::TypeId::of::<#name>(),
            description: #description,
            at: #at,
            members: #members,
            own: false,
            scope: #scope,
        }
    };
    let info = match what {
        What::Permission => quote!(&#info),
        // The name of the static is what the compiler says when a set comes to hold itself.
        What::Set => quote! {
            static A_SET_CANNOT_CONTAIN_ITSELF: #gate::PermissionInfo = #info;
            &A_SET_CANNOT_CONTAIN_ITSELF
        },
    };
    quote! {
        #[automatically_derived]
        impl #krate::Grantable for #name {
            const INFO: &'static #krate::__private::PermissionInfo = {
                use #krate::__private as #gate;
                #info
            };
        }
        #own_trait
    }
}

/// The type of a scope, and what it is as data.
fn scope(attribute: &Attribute, krate: &Path) -> (TokenStream, TokenStream) {
    let Some(ty) = &attribute.scope else {
        return (quote!(#krate::NoScope), quote!(::core::option::Option::None));
    };
    // Asked for at the type's own tokens: what is no scope is told of there.
    let span = syntax::ours(syn::spanned::Spanned::span(ty));
    let krate = syntax::located(krate, span);
    let info = quote_spanned!(span=> ::core::option::Option::Some(&#krate::__private::scope::<#ty>()));
    (quote!(#ty), info)
}

pub(crate) fn span(path: &Path) -> Span {
    path.segments.last().map_or_else(Span::call_site, |segment| segment.ident.span())
}
