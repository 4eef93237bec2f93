//! Pieces of generated code that several macros emit.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;

/// The place of a token: `line!` and `column!` answer for the span that they are written with.
pub(crate) fn at(krate: &Path, user: Span) -> TokenStream {
    let file = quote_spanned!(user=> file!());
    let line = quote_spanned!(user=> line!());
    let column = quote_spanned!(user=> column!());
    quote! {
        #krate::__private::At {
            file: #krate::__private::#file,
            line: #krate::__private::#line,
            column: #krate::__private::#column,
        }
    }
}
