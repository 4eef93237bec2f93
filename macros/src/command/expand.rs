//! What `#[command]` generates beside the function: its twin, an empty enum of the same name. It lives in the type
//! namespace, so it has the path of the function and follows every `use`, re-export and rename of it.

use portcullis_policy::hash::hash;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::{ReturnType, spanned::Spanned};

use super::{
    Command,
    argument::{self, Argument},
    attribute::{Guard, Timeout},
    types,
};
use crate::{
    expand::{at, gate, hash_literal, place},
    permission, syntax, text,
};

pub(super) fn twin(command: &Command) -> TokenStream {
    let krate = &command.attribute.krate;
    let ident = &command.function.signature.ident;
    let here = syntax::ours(ident.span());
    let gate = gate(here);
    let name = &command.name;
    let guard = command.attribute.guard.as_ref().map(|guard| self::guard(guard, name, ident));
    let (place, at) = (place(here), at(ident.span()));
    let description = syntax::description(&command.function.attributes);
    let arguments = command.arguments.iter().map(info);
    let kind = match () {
        () if command.function.signature.asyncness.is_some() => format_ident!("Async"),
        () if command.attribute.blocking => format_ident!("Blocking"),
        () => format_ident!("Sync"),
    };
    let timeout = match command.attribute.timeout {
        Timeout::Default => quote!(Default),
        Timeout::Never => quote!(Never),
        Timeout::After(milliseconds) => {
            let milliseconds = Literal::u64_unsuffixed(milliseconds);
            quote!(After(#milliseconds))
        }
    };
    let run = run(command);
    let (types, types_named) = (types::function(command), types::named(&gate));
    let assertions = assertions(command);
    let declaration = declaration(command);
    quote_spanned! {here=>
        #declaration
        impl #ident {
            /// The command, as lists of commands name it.
            #[doc(hidden)]
            pub const LISTED: #krate::__private::Listed = {
                use #krate::__private as #gate;
                let #place = #at;
                #gate::Listed::Command(&#gate::Command {
                    name: #name,
                    guard: #guard,
                    arguments: &[#(#arguments),*],
                    at: #place,
                    description: #description,
                    timeout: #gate::Timeout::#timeout,
                    run: #gate::Run::#kind(Self::run),
                    types: #types_named,
                })
            };
            #run
            #types
        }
        #assertions
    }
}

/// What the compiler judges of a command alone, each at the token that it is about.
fn assertions(command: &Command) -> TokenStream {
    let krate = &command.attribute.krate;
    let ident = &command.function.signature.ident;
    let mut assertions = TokenStream::new();
    let guards: &[syn::Path] = match &command.attribute.guard {
        Some(Guard::All(paths)) => paths,
        _ => &[],
    };
    let names: Vec<String> = guards.iter().map(written).collect();
    assertions.extend(taken(guards, ident, krate));
    for (index, argument) in command.arguments.iter().enumerate() {
        let span = syntax::ours(argument.ty.span());
        let krate = syntax::located(krate, span);
        let index = Literal::usize_unsuffixed(index);
        if !argument.is_plain() {
            assertions.extend(quote_spanned! {span=>
                /// If this is about a permission, that permission guards the command.
                const _: () = #krate::__private::checks::proof(#ident::LISTED, #index);
            });
        }
        if let Some(what) = argument.raw()
            && !guards.is_empty()
            && !command.attribute.unchecked.contains(&argument.ident)
        {
            let name = argument.ident.to_string();
            assertions.extend(quote_spanned! {span=>
                /// No permission of the command has a scope that should have looked at this.
                const _: () = #krate::__private::checks::raw(#ident::LISTED, #name, #what, &[#(#names),*]);
            });
        }
    }
    if let ReturnType::Type(_, ty) = &command.function.signature.output
        && argument::is_bytes(ty)
        && command.arguments.iter().any(|argument| !argument.is_plain())
    {
        let span = syntax::ours(ty.span());
        let krate = syntax::located(krate, span);
        assertions.extend(quote_spanned! {span=>
            /// What sends items while it runs returns no bytes.
            const _: () = #krate::__private::checks::no_channel(#ident::LISTED);
        });
    }
    assertions
}

/// Asserts that the scopes of these permissions are taken.
pub(crate) fn taken(guards: &[syn::Path], ident: &Ident, krate: &syn::Path) -> TokenStream {
    let assertions = guards.iter().enumerate().map(|(index, path)| {
        let name = written(path);
        let span = syntax::ours(permission::span(path));
        let krate = syntax::located(krate, span);
        let index = Literal::usize_unsuffixed(index);
        quote_spanned! {span=>
            /// If the permission has a scope, an argument takes it.
            const _: () = #krate::__private::checks::taken(#ident::LISTED, #index, #name);
        }
    });
    assertions.collect()
}

/// A path as it was written, for a message.
fn written(path: &syn::Path) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}

/// Stands in for a command that has errors of its own, so that what lists it has none.
pub(super) fn broken_twin(command: &Command) -> TokenStream {
    let krate = &command.attribute.krate;
    let ident = &command.function.signature.ident;
    let declaration = declaration(command);
    let here = syntax::ours(ident.span());
    quote_spanned! {here=>
        #declaration
        impl #ident {
            #[doc(hidden)]
            pub const LISTED: #krate::__private::Listed = #krate::__private::Listed::Broken;
        }
    }
}

fn declaration(command: &Command) -> TokenStream {
    let ident = &command.function.signature.ident;
    let visibility = &command.function.visibility;
    // The name is ours here, so that no lint about it speaks to the user.
    let twin = respanned(ident, syntax::ours(ident.span()));
    let doc = format!(" The twin of the function: what stands for the command `{}` in lists.", command.name);
    quote! {
        #[doc = #doc]
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        #visibility enum #twin {}
    }
}

/// A guard, as data, for code in which [`place`] is that of the command.
pub(crate) fn guard(guard: &Guard, name: &str, ident: &Ident) -> TokenStream {
    let here = gate(syntax::ours(ident.span()));
    match guard {
        Guard::All(paths) => {
            let permissions = paths.iter().map(|path| {
                let span = syntax::ours(permission::span(path));
                let gate = gate(span);
                quote_spanned!(span=> #gate::permission::<#path>())
            });
            quote!(#here::Guard::All(&[#(#permissions),*]))
        }
        Guard::Public(reason) => quote!(#here::Guard::Public(#reason)),
        Guard::Own => {
            let id = text::own_permission(name);
            let hash = hash_literal(hash(&id));
            let place = place(syntax::ours(ident.span()));
            quote! {
                #here::Guard::All(&[&#here::PermissionInfo {
                    id: #id,
                    hash: #hash,
                    type_id: #here::TypeId::of::<Self>(),
                    description: "",
                    at: #place,
                    members: #here::Option::None,
                    own: true,
                    scope: #here::Option::None,
                }])
            }
        }
    }
}

fn info(argument: &Argument) -> TokenStream {
    let Argument { name, ty, lent, .. } = argument;
    let span = syntax::ours(ty.span());
    let gate = gate(span);
    let ty = argument.sent(&gate);
    let slot = format_ident!("{}", if *lent { "lent" } else { "argument" }, span = span);
    quote_spanned!(span=> #gate::ArgumentInfo { name: #name, source: #gate::source(#gate::Call::#slot::<#ty, _>) })
}

/// The shim: a slot for each argument, one walk over the message, the function, its result.
fn run(command: &Command) -> TokenStream {
    let krate = &command.attribute.krate;
    let ident = &command.function.signature.ident;
    let is_async = command.function.signature.asyncness.is_some();
    let mut call = "call".to_owned();
    while command.arguments.iter().any(|argument| syntax::plain(&argument.ident) == call) {
        call.push('_');
    }
    let call = Ident::new(&call, Span::mixed_site());
    // Locals are seen by this code alone: an argument may have the name of the function, or of anything else.
    let locals: Vec<Ident> = command
        .arguments
        .iter()
        .map(|argument| respanned(&argument.ident, Span::mixed_site().located_at(argument.ident.span())))
        .collect();
    let slots = command.arguments.iter().zip(&locals).map(|(argument, local)| {
        let Argument { name, ty, lent, .. } = argument;
        let span = syntax::ours(ty.span());
        let ty = argument.sent(&gate(span));
        let method = format_ident!("{}", if *lent { "lent" } else { "argument" }, span = span);
        quote_spanned!(span=> let mut #local = #call.#method::<#ty, _>(#name);)
    });
    let values = command.arguments.iter().zip(&locals).map(|(argument, local)| {
        let method = format_ident!("{}", if argument.lent { "lend" } else { "take" });
        let inner = argument.way.map(|_| quote!(.0));
        quote!(#local.#method()?#inner)
    });
    let result = match &command.function.signature.output {
        ReturnType::Default => syntax::ours(ident.span()),
        ReturnType::Type(_, ty) => syntax::ours(ty.span()),
    };
    let awaited = is_async.then(|| quote!(.await));
    let located = gate(result);
    let reply = quote_spanned!(result=> #located::Output(#ident(#(#values),*) #awaited).reply());
    let body = quote! {
        #(#slots)*
        #call.decode(&mut [#(&mut #locals),*])?;
        #reply
    };
    let here = syntax::ours(ident.span());
    let gate = gate(here);
    let imports = quote!(use #krate::__private::{self as #gate, Plain as _};);
    if is_async {
        let running = quote_spanned!(here=> #call.running(async move { #body }));
        quote! {
            /// Runs the function for a call that the authority has allowed.
            #[allow(deprecated)]
            fn run<'a>(#call: #krate::__private::Call<'a>) -> #krate::__private::Running<'a> {
                #imports
                #running
            }
        }
    } else {
        quote! {
            /// Runs the function for a call that the authority has allowed.
            #[allow(deprecated)]
            fn run(#call: #krate::__private::Call<'_>) -> #krate::__private::Finished {
                #imports
                #body
            }
        }
    }
}

/// The same name elsewhere. (`Ident::new` refuses the text of a raw identifier.)
fn respanned(ident: &Ident, span: Span) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(span);
    ident
}
