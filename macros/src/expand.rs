//! Pieces of generated code that several macros emit.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;

/// The place of a token: `line!` and `column!` answer for the span that they are written with.
pub(crate) fn at(krate: &Path, user: Span) -> TokenStream {
    // Every token of the invocation must have the span: one that has not moves the answer to the attribute.
    let file = quote_spanned!(user=> ::core::file!());
    let line = quote_spanned!(user=> ::core::line!());
    let column = quote_spanned!(user=> ::core::column!());
    quote!(#krate::__private::At { file: #file, line: #line, column: #column })
}
