//! Pieces of generated code that several macros emit.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

/// The name under which a block of generated code imports the private part of the runtime, so that people can read it.
pub(crate) fn gate(span: Span) -> Ident {
    Ident::new("__gate", span)
}

/// The name under which a block of generated code keeps the place of a command: each `line!` is a macro that is expanded.
pub(crate) fn place(span: Span) -> Ident {
    Ident::new("__at", span)
}

/// The place of a token: `line!` and `column!` answer for the span that they are written with.
pub(crate) fn at(user: Span) -> TokenStream {
    // Every token of the invocation must have the span: one that has not moves the answer to the attribute.
    let file = quote_spanned!(user=> ::core::file!());
    let line = quote_spanned!(user=> ::core::line!());
    let column = quote_spanned!(user=> ::core::column!());
    let gate = gate(crate::syntax::ours(user));
    quote!(#gate::At { file: #file, line: #line, column: #column })
}

/// A hash, written as people write hashes.
pub(crate) fn hash_literal(hash: u64) -> Literal {
    format!("{hash:#018x}").parse().unwrap_or_else(|_| Literal::u64_unsuffixed(hash))
}
