//! What `authority!` generates: the policy as a constant, the tables, and one assertion for each path and each file.

use portcullis_policy::{
    files::Capability,
    forms::Judge,
    origin::{Host, Pattern, Port, Scheme},
    resolve::{Application, Counts, Grant, Kind, Resolved, Way, hash_of},
};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{LitStr, Path};

use super::{
    entries,
    files::Files,
    input::{Foreign, Input},
    root::{self, Tracked},
};
use crate::{
    expand::{gate, hash_literal},
    group::{Listed, set_info},
    permission::span,
    syntax::ours,
};

/// The authority, and all that is asserted of it.
pub(super) fn checked(krate: &Path, input: &Input, files: &Files) -> TokenStream {
    let tracked = files.tracked.iter().map(tracked_bytes);
    let here = &gate(Span::call_site());
    let policy = policy(here, input, &files.resolved);
    let root = root(here, input);
    let paths = input.commands.iter().enumerate().map(|(index, listed)| {
        let span = ours(span(&listed.path));
        let gate = gate(shown_as(krate, span));
        let index = Literal::usize_unsuffixed(index);
        quote_spanned! {span=>
            /// Every command of this path is granted to somebody, and has its name for itself.
            #[allow(long_running_const_eval)]
            const _: () = #gate::checks::path(VIEW, ROOT, POLICY, #index);
        }
    });
    // A list without a path has its sets judged at the first of them.
    let sets_alone = input.sets.first().filter(|_| input.commands.is_empty()).map(|set| {
        let span = ours(span(set));
        let gate = gate(shown_as(krate, span));
        quote_spanned! {span=>
            /// No two sets have one id.
            const _: () = #gate::checks::sets_alone(VIEW, ROOT, POLICY);
        }
    });
    let checked_files = input.capabilities.iter().enumerate().map(|(index, literal)| {
        let span = ours(literal.span());
        let gate = gate(shown_as(krate, span));
        let index = Literal::usize_unsuffixed(index);
        quote_spanned! {span=>
            /// Every id in this file is that of a permission which a listed command needs.
            #[allow(long_running_const_eval)]
            const _: () = #gate::checks::file(VIEW, ROOT, POLICY, #index);
        }
    });
    let checked_permissions = input.permissions.iter().enumerate().map(|(index, literal)| {
        let span = ours(literal.span());
        let gate = gate(shown_as(krate, span));
        let index = Literal::usize_unsuffixed(index);
        quote_spanned! {span=>
            /// Nothing that this file defines is something else of the program's.
            #[allow(long_running_const_eval)]
            const _: () = #gate::checks::definitions(VIEW, ROOT, POLICY, #index);
        }
    });
    // References, since the compiler would judge the whole of `&POLICY` again for each assertion that says it.
    quote! {
        use #krate::__private as #here;
        #(#tracked)*
        /// What the capability files say, and what the program declares.
        const POLICY: &#here::Policy = &#policy;
        /// What the program lists.
        const ROOT: &#here::Root = &#root;
        const SIZES: #here::Sizes = #here::Sizes::of(ROOT, POLICY);
        /// Which capabilities grant which command, worked out while this is compiled.
        #[allow(long_running_const_eval)]
        static TABLES: #here::Tables<{ SIZES.commands }, { SIZES.guards }, { SIZES.rules }> =
            #here::Tables::build(ROOT, POLICY);
        #[allow(long_running_const_eval)]
        const VIEW: &#here::View = &TABLES.view().checked(ROOT, POLICY);
        #(#paths)*
        #sets_alone
        #(#checked_files)*
        #(#checked_permissions)*
        #krate::Authority::new(ROOT, POLICY, VIEW)
    }
}

/// A span at the user's token from which an error is said to come from `authority!`, and not from the macro behind it.
fn shown_as(krate: &Path, user: Span) -> Span {
    krate.segments.first().map_or(user, |first| first.ident.span().located_at(user))
}

/// Stands in for an authority that has errors, so that what uses it has none.
pub(super) fn empty(krate: &Path) -> TokenStream {
    quote!(#krate::__private::NO_AUTHORITY)
}

/// A file that is part of the build: cargo compiles the program again when it changes.
fn tracked_bytes(tracked: &Tracked) -> TokenStream {
    match tracked {
        Tracked::InPackage(path) => quote! {
            const _: &[u8] = ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #path));
        },
        Tracked::BesideSource(path) => quote! {
            const _: &[u8] = ::core::include_bytes!(#path);
        },
    }
}

fn root(gate: &Ident, input: &Input) -> TokenStream {
    let listed = input.commands.iter().map(Listed::element);
    let events = Literal::usize_unsuffixed(input.events);
    let sets = input.sets.iter().map(set_info);
    let incomplete = Listed::incomplete(&input.commands);
    quote! {
        #gate::Root { listed: &[#(#listed),*], events: #events, sets: &[#(#sets),*], incomplete: #incomplete }
    }
}

fn policy(gate: &Ident, input: &Input, files: &Resolved) -> TokenStream {
    let Input { windows, webviews, clients, bases, .. } = input;
    let foreign = files.foreign.iter();
    let manifests = match &input.foreign {
        Foreign::Prefixes(_) => quote!(#gate::Option::None),
        Foreign::Manifests(literal) => {
            let name = root::name(&literal.value());
            quote!(#gate::Option::Some(#name))
        }
    };
    let defined = files.defined.iter().map(|(id, file)| {
        let (hash, file) = (hash_literal(hash_of(&id.value)), Literal::usize_unsuffixed(*file));
        let (id, at) = (&id.value, id.place.to_string());
        quote!(#gate::Defined { hash: #hash, id: #id, at: #at, file: #file })
    });
    let names = input.capabilities.iter().map(|file| root::name(&file.value()));
    let declared: Vec<String> = bases.iter().map(LitStr::value).collect();
    let forms = Judge::new(&declared);
    let capabilities = files.capabilities.iter().map(|capability| capability_literal(gate, capability));
    let grants = files.grants.iter().map(|grant| grant_literal(gate, grant, &forms));
    let classes = files.classes.iter().filter(|class| !class.matched.is_empty()).map(|class| {
        let matched = class.matched.iter().map(|index| Literal::usize_unsuffixed(*index));
        quote!(&[#(#matched),*])
    });
    quote! {
        #gate::Policy {
            windows: &[#(#windows),*],
            webviews: &[#(#webviews),*],
            clients: &[#(#clients),*],
            foreign: &[#(#foreign),*],
            manifests: #manifests,
            defined: &[#(#defined),*],
            files: &[#(#names),*],
            bases: &[#(#bases),*],
            capabilities: &[#(#capabilities),*],
            grants: &[#(#grants),*],
            classes: &[#(#classes),*],
        }
    }
}

fn capability_literal(gate: &Ident, capability: &Capability) -> TokenStream {
    let identifier = &capability.identifier.value;
    let at = capability.place.to_string();
    let windows = capability.windows.iter().map(|glob| &glob.value);
    let webviews = capability.webviews.iter().map(|glob| &glob.value);
    let clients = capability.clients.iter().map(|client| &client.value);
    let (local, any_frame, platforms) =
        (capability.local, capability.any_frame, Literal::u8_unsuffixed(capability.platforms.bits()));
    let remote = capability
        .remote
        .iter()
        .filter_map(|pattern| Pattern::parse(&pattern.value).ok())
        .map(|pattern| pattern_literal(gate, &pattern));
    quote! {
        #gate::Capability {
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

fn pattern_literal(gate: &Ident, pattern: &Pattern<'_>) -> TokenStream {
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
        #gate::Pattern {
            scheme: #gate::Scheme::#scheme,
            host: #gate::HostPattern::#host,
            port: #gate::Port::#port,
        }
    }
}

fn grant_literal(gate: &Ident, grant: &Grant, forms: &Judge<'_>) -> TokenStream {
    let Grant { id, hash, at, kind, entries, tauri, way, .. } = grant;
    let file = Literal::usize_unsuffixed(grant.file);
    let capability = Literal::usize_unsuffixed(grant.capability);
    let hash = hash_literal(*hash);
    let kind = match kind {
        Kind::Grants => quote!(Grants),
        Kind::Optional => quote!(Optional),
        Kind::Denies => quote!(Denies),
        Kind::Narrows => quote!(Narrows),
    };
    let entries = match entries {
        Some(narrowing) => entries::narrowing(gate, narrowing, forms),
        None => quote!(#gate::Option::None),
    };
    let tauri = match tauri {
        Some(Application { own, counts }) => {
            let counts = match counts {
                Counts::Yes => quote!(Yes),
                Counts::Unread(key) => quote!(Unread(#key)),
                Counts::Undefined => quote!(Undefined),
            };
            quote! {
                #gate::Option::Some(&#gate::Application { own: &[#(#own),*], counts: #gate::Counts::#counts })
            }
        }
        None => quote!(#gate::Option::None),
    };
    let way = match way {
        Some(Way { by, at, command }) => {
            quote!(#gate::Option::Some(&#gate::Way { by: #by, at: #at, command: #command }))
        }
        None => quote!(#gate::Option::None),
    };
    quote! {
        #gate::Grant {
            hash: #hash,
            id: #id,
            at: #at,
            file: #file,
            capability: #capability,
            kind: #gate::GrantKind::#kind,
            entries: #entries,
            tauri: #tauri,
            way: #way,
        }
    }
}
