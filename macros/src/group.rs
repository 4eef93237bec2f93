//! `commands!`: the commands of a module or of a library crate as one item.

use portcullis_policy::id;
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{
    Attribute, LitStr, Path, Token, Visibility,
    parse::{Parse, ParseStream},
};

use crate::{
    errors::Errors,
    expand,
    syntax::{self, ours},
    text,
};

/// One path in a list of commands.
pub(crate) struct Listed {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) path: Path,
    /// `as "namespace"`
    pub(crate) namespace: Option<LitStr>,
}

impl Parse for Listed {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let path = input.call(Path::parse_mod_style)?;
        let namespace =
            if input.parse::<Option<Token![as]>>()?.is_some() { Some(input.parse()?) } else { None };
        Ok(Self { attributes, path, namespace })
    }
}

impl Listed {
    /// Reads a list, and passes over what is no path.
    pub(crate) fn list(tokens: TokenStream, errors: &mut Errors) -> Vec<Self> {
        let paths =
            syntax::split(tokens).into_iter().filter_map(|item| match syn::parse2::<Self>(item.clone()) {
                Ok(listed) => Some(listed),
                Err(_) => {
                    errors.at(item, "expected the path of a command or of a group\nhelp: notes::read_note");
                    None
                }
            });
        let paths: Vec<Self> = paths.collect();
        for listed in &paths {
            for attribute in listed.attributes.iter().filter(|attribute| !attribute.path().is_ident("cfg")) {
                errors.at(attribute, "only `#[cfg(..)]` may stand here");
            }
            if let Some(namespace) = &listed.namespace {
                check_namespace(namespace, errors);
            }
        }
        paths
    }

    /// Whether `#[cfg]` takes an entry out of this build.
    pub(crate) fn incomplete(list: &[Self]) -> TokenStream {
        let conditions: Vec<TokenStream> = list.iter().flat_map(Self::conditions).collect();
        if conditions.is_empty() { quote!(false) } else { quote!(!::core::cfg!(all(#(#conditions),*))) }
    }

    /// `<path>::LISTED`, as an element of an array.
    pub(crate) fn element(&self) -> TokenStream {
        let Self { path, namespace, .. } = self;
        let span = ours(crate::permission::span(path));
        let listed = match namespace {
            None => quote_spanned!(span=> <#path>::LISTED),
            Some(namespace) => {
                let gate = expand::gate(span);
                quote_spanned!(span=> #gate::renamed(<#path>::LISTED, #namespace))
            }
        };
        let conditions = self.conditions();
        if conditions.is_empty() {
            return listed;
        }
        // Something stands in its place where it is compiled out: assertions find a path by its index.
        let gate = expand::gate(span);
        quote! {
            #[cfg(all(#(#conditions),*))] #listed,
            #[cfg(not(all(#(#conditions),*)))] #gate::Listed::Broken
        }
    }

    fn conditions(&self) -> Vec<TokenStream> {
        let lists = syntax::cfgs(&self.attributes).filter_map(|attribute| attribute.meta.require_list().ok());
        lists.map(|list| list.tokens.clone()).collect()
    }
}

/// The namespace of a group, as an id has it.
pub(crate) fn check_namespace(namespace: &LitStr, errors: &mut Errors) {
    if let Err(wrong) = id::check_namespace(&namespace.value()) {
        errors.at(namespace, format!("`{}` is not a namespace: {}", namespace.value(), wrong.message()));
    }
}

struct Group {
    krate: Path,
    attributes: Vec<Attribute>,
    visibility: Visibility,
    name: Ident,
    commands: TokenStream,
    rest: TokenStream,
}

impl Parse for Group {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let krate;
        syn::parenthesized!(krate in input);
        let krate = krate.call(Path::parse_mod_style)?;
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility = input.parse()?;
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        let commands;
        syn::bracketed!(commands in input);
        let commands = commands.parse()?;
        input.parse::<Option<Token![,]>>()?;
        Ok(Self { krate, attributes, visibility, name, commands, rest: input.parse()? })
    }
}

const KEYS: &[&str] = &["events", "namespace", "set", "sets"];

pub(crate) fn commands(input: TokenStream) -> TokenStream {
    let group: Group = match syn::parse2(input) {
        Ok(group) => group,
        Err(error) => {
            let text = format!(
                "{error}\nhelp: commands! {{ pub Commands: [read_note, write_note], namespace: \"notes\" }}"
            );
            return syn::Error::new(error.span(), text).to_compile_error();
        }
    };
    let mut errors = Errors::new();
    let mut listed = Listed::list(group.commands.clone(), &mut errors);
    let (mut namespace, mut set, mut sets, mut events) = (None, None, None, None);
    for field in syntax::split(group.rest.clone()) {
        let Some((key, value)) = errors.keep(syntax::field(field)) else { continue };
        let repeated = match key.to_string().as_str() {
            "namespace" => {
                errors.keep(syn::parse2::<LitStr>(value)).and_then(|text| namespace.replace(text)).is_some()
            }
            "set" => errors.keep(syn::parse2::<LitStr>(value)).and_then(|text| set.replace(text)).is_some(),
            "events" => {
                let list = errors.keep(syntax::bracketed(value)).unwrap_or_default();
                events.replace(Listed::list(list, &mut errors)).is_some()
            }
            "sets" => sets.replace(syntax::paths(value, &mut errors)).is_some(),
            other => {
                errors.at(&key, text::unknown_key(other, KEYS));
                false
            }
        };
        if repeated {
            errors.at(&key, format!("`{key}` is given twice"));
        }
    }
    listed.extend(events.unwrap_or_default());
    if let Some(namespace) = &namespace {
        check_namespace(namespace, &mut errors);
    }
    if let Some(set) = &set
        && let Err(wrong) = id::check(&set.value())
    {
        errors.at(set, format!("`{}` is not the id of a set: {}", set.value(), wrong.message()));
    }
    let Group { krate, attributes, visibility, name, .. } = &group;
    let incomplete = Listed::incomplete(&listed);
    let listed = listed.iter().map(Listed::element);
    let sets = sets.unwrap_or_default();
    let sets = sets.iter().map(set_info);
    let at = expand::at(name.span());
    let gate = expand::gate(ours(name.span()));
    let text = |text: &Option<LitStr>| text.as_ref().map_or_else(|| quote!(""), |text| quote!(#text));
    let (namespace, set) = (text(&namespace), text(&set));
    let group = if errors.is_empty() {
        quote! {
            #gate::Listed::Group(&#gate::Group {
                namespace: #namespace,
                set: #set,
                sets: &[#(#sets),*],
                listed: &[#(#listed),*],
                incomplete: #incomplete,
                at: #at,
            })
        }
    } else {
        quote!(#gate::Listed::Broken)
    };
    let errors = errors.into_tokens();
    quote! {
        #(#attributes)*
        #visibility enum #name {}
        impl #name {
            /// The group, as lists of commands name it.
            #[doc(hidden)]
            pub const LISTED: #krate::__private::Listed = {
                use #krate::__private as #gate;
                #group
            };
        }
        #errors
    }
}

/// What a permission set is, as data.
pub(crate) fn set_info(path: &Path) -> TokenStream {
    let span = ours(crate::permission::span(path));
    let gate = expand::gate(span);
    quote_spanned!(span=> #gate::set::<#path>())
}
