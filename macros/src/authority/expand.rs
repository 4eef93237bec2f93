//! What `authority!` generates: the policy as a constant, the tables, and one assertion for each path and each file.

use portcullis_policy::{
    files::Capability,
    origin::{Host, Pattern, Port, Scheme},
};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Path;

use super::{
    files::{Files, Grant, Tracked},
    input::Input,
};
use crate::{
    group::{Listed, set_info},
    permission::span,
    syntax::{self, ours},
};

/// The authority, and all that is asserted of it.
pub(super) fn checked(krate: &Path, input: &Input, files: &Files) -> TokenStream {
    let tracked = files.tracked.iter().map(tracked_bytes);
    let policy = policy(krate, input, files);
    let root = root(krate, input);
    let paths = input.commands.iter().enumerate().map(|(index, listed)| {
        let span = ours(span(&listed.path));
        let krate = syntax::located(krate, span);
        let cfgs = syntax::cfgs(&listed.attributes);
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        quote_spanned! {span=>
            #(#cfgs)*
            #[allow(long_running_const_eval)]
            const _: () = #krate::__private::checks::path(&VIEW, &ROOT, &POLICY, #index);
        }
    });
    let checked_files = input.capabilities.iter().enumerate().map(|(index, literal)| {
        let span = ours(literal.span());
        let krate = syntax::located(krate, span);
        let index = u16::try_from(index).unwrap_or(u16::MAX);
        quote_spanned! {span=>
            #[allow(long_running_const_eval)]
            const _: () = #krate::__private::checks::file(&VIEW, &ROOT, &POLICY, #index);
        }
    });
    quote! {
        #(#tracked)*
        const POLICY: #krate::__private::Policy = #policy;
        const ROOT: #krate::__private::Root = #root;
        const SIZES: #krate::__private::Sizes = #krate::__private::Sizes::of(&ROOT, &POLICY);
        #[allow(long_running_const_eval)]
        static TABLES: #krate::__private::Tables<{ SIZES.commands }, { SIZES.guards }, { SIZES.rules }> =
            #krate::__private::Tables::build(&ROOT, &POLICY);
        const VIEW: #krate::__private::View = TABLES.view();
        #(#paths)*
        #(#checked_files)*
        #krate::Authority::new(&ROOT, &POLICY, VIEW)
    }
}

/// Stands in for an authority that has errors, so that what uses it has none.
pub(super) fn empty(krate: &Path) -> TokenStream {
    quote!(#krate::__private::NO_AUTHORITY)
}

/// A file that is part of the build: cargo compiles the program again when it changes.
fn tracked_bytes(tracked: &Tracked) -> TokenStream {
    match tracked {
        Tracked::InPackage(path) => quote! {
            const _: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), #path));
        },
        Tracked::BesideSource(path) => quote! {
            const _: &[u8] = include_bytes!(#path);
        },
    }
}

fn root(krate: &Path, input: &Input) -> TokenStream {
    let listed = input.commands.iter().map(|listed| listed.element(krate));
    let sets = input.sets.iter().map(|path| set_info(krate, path));
    let conditions: Vec<_> = input.commands.iter().flat_map(condition).collect();
    let incomplete =
        if conditions.is_empty() { quote!(false) } else { quote!(!(true #(&& cfg!(#conditions))*)) };
    quote! {
        #krate::__private::Root { listed: &[#(#listed),*], sets: &[#(#sets),*], incomplete: #incomplete }
    }
}

/// What must be configured for an entry to be there.
fn condition(listed: &Listed) -> Vec<TokenStream> {
    let lists = syntax::cfgs(&listed.attributes).filter_map(|attribute| attribute.meta.require_list().ok());
    lists.map(|list| list.tokens.clone()).collect()
}

fn policy(krate: &Path, input: &Input, files: &Files) -> TokenStream {
    let Input { windows, webviews, clients, foreign, .. } = input;
    let capabilities = files.capabilities.iter().map(|capability| capability_literal(krate, capability));
    let grants = files.grants.iter().map(|grant| grant_literal(krate, grant));
    let classes = files.classes.iter().filter(|class| !class.matched.is_empty()).map(|class| {
        let matched = class.matched.iter().map(|index| u16::try_from(*index).unwrap_or(u16::MAX));
        quote!(&[#(#matched),*])
    });
    quote! {
        #krate::__private::Policy {
            windows: &[#(#windows),*],
            webviews: &[#(#webviews),*],
            clients: &[#(#clients),*],
            foreign: &[#(#foreign),*],
            capabilities: &[#(#capabilities),*],
            grants: &[#(#grants),*],
            classes: &[#(#classes),*],
        }
    }
}

fn capability_literal(krate: &Path, capability: &Capability) -> TokenStream {
    let identifier = &capability.identifier.value;
    let at = capability.place.to_string();
    let windows = capability.windows.iter().map(|glob| &glob.value);
    let webviews = capability.webviews.iter().map(|glob| &glob.value);
    let clients = capability.clients.iter().map(|client| &client.value);
    let (local, any_frame, platforms) = (capability.local, capability.any_frame, capability.platforms.bits());
    let remote = capability
        .remote
        .iter()
        .filter_map(|pattern| Pattern::parse(&pattern.value).ok())
        .map(|pattern| pattern_literal(krate, &pattern));
    quote! {
        #krate::__private::Capability {
            identifier: #identifier,
            at: #at,
            windows: &[#(#windows),*],
            webviews: &[#(#webviews),*],
            clients: &[#(#clients),*],
            local: #local,
            remote: &[#(#remote),*],
            any_frame: #any_frame,
            platforms: #platforms,
        }
    }
}

fn pattern_literal(krate: &Path, pattern: &Pattern<'_>) -> TokenStream {
    let scheme = match pattern.scheme {
        Scheme::Any => quote!(Any),
        Scheme::Exact(text) => quote!(Exact(#text)),
    };
    let host = match pattern.host {
        Host::Any => quote!(Any),
        Host::Exact(text) => quote!(Exact(#text)),
        Host::Under(text) => quote!(Under(#text)),
    };
    let port = match pattern.port {
        Port::Default => quote!(Default),
        Port::Any => quote!(Any),
        Port::Exact(number) => quote!(Exact(#number)),
    };
    quote! {
        #krate::__private::Pattern {
            scheme: #krate::__private::Scheme::#scheme,
            host: #krate::__private::HostPattern::#host,
            port: #krate::__private::Port::#port,
        }
    }
}

fn grant_literal(krate: &Path, grant: &Grant) -> TokenStream {
    let Grant { id, hash, at, deny, .. } = grant;
    let file = u16::try_from(grant.file).unwrap_or(u16::MAX);
    let capability = u16::try_from(grant.capability).unwrap_or(u16::MAX);
    let hash: LitHash = LitHash(*hash);
    quote! {
        #krate::__private::Grant { hash: #hash, id: #id, at: #at, file: #file, capability: #capability, deny: #deny }
    }
}

/// A hash, written as people write hashes.
struct LitHash(u64);

impl quote::ToTokens for LitHash {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let text = format!("{:#018x}", self.0);
        let literal: proc_macro2::Literal =
            text.parse().unwrap_or_else(|_| proc_macro2::Literal::u64_unsuffixed(self.0));
        tokens.extend(std::iter::once(proc_macro2::TokenTree::Literal(literal)));
    }
}
