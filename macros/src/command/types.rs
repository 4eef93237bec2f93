//! The types of a command, for clients in TypeScript: one more function of its twin, which is only there where the
//! runtime is compiled with its feature `typescript`. Not known here: whether anything describes the types.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{ReturnType, spanned::Spanned};

use super::{Command, argument};
use crate::{expand::gate, syntax};

/// The function, to stand in an `impl` of the twin.
pub(super) fn function(command: &Command) -> TokenStream {
    let krate = &command.attribute.krate;
    let here = syntax::ours(command.function.signature.ident.span());
    let located = gate(here);
    let by = command.attribute.types.as_ref().map(|provider| quote!(, #provider));
    let arguments = command.arguments.iter().map(|argument| {
        let span = syntax::ours(argument.ty.span());
        let gate = gate(span);
        let ty = argument.sent(&gate);
        let slot = format_ident!("{}", if argument.lent { "lent" } else { "argument" }, span = span);
        quote_spanned!(span=> #gate::sent!(#slot #ty #by))
    });
    let returned = returned(command, by.as_ref());
    quote_spanned! {here=>
        #krate::__private::if_typescript! {
            /// The types of what is sent and returned.
            #[allow(deprecated)]
            fn types() -> #krate::__private::Types {
                use #krate::__private as #located;
                #located::Types::new([#(#arguments),*], #returned)
            }
        }
    }
}

/// The value that names it.
pub(super) fn named(gate: &Ident) -> TokenStream {
    quote!(#gate::types!(Self::types))
}

fn returned(command: &Command, by: Option<&TokenStream>) -> TokenStream {
    match &command.function.signature.output {
        ReturnType::Default => {
            let span = syntax::ours(command.function.signature.ident.span());
            let gate = gate(span);
            quote_spanned!(span=> #gate::returned!(() #by))
        }
        ReturnType::Type(_, ty) => {
            let span = syntax::ours(ty.span());
            let gate = gate(span);
            if argument::is_unnamed(ty) {
                return quote_spanned!(span=> #gate::unnamed());
            }
            let ty = argument::elided((**ty).clone());
            quote_spanned!(span=> #gate::returned!(#ty #by))
        }
    }
}
