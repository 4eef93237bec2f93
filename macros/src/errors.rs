//! All mistakes of one macro call, told together. Nothing here knows what the mistakes are about.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Collects errors; what is not turned into tokens is a bug, which it says when it is dropped.
pub(crate) struct Errors {
    found: Vec<syn::Error>,
    told: bool,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { found: Vec::new(), told: false }
    }

    /// At the tokens that caused it.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.push(syn::Error::new_spanned(tokens.into_token_stream(), message));
    }

    pub(crate) fn at_span(&mut self, span: Span, message: impl std::fmt::Display) {
        self.push(syn::Error::new(span, message));
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        self.found.push(error);
    }

    /// The value, or nothing and the error kept.
    pub(crate) fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// `compile_error!`s, in the order they were found.
    pub(crate) fn into_tokens(mut self) -> TokenStream {
        self.told = true;
        self.found.iter().map(syn::Error::to_compile_error).collect()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(
            self.told || std::thread::panicking(),
            "a bug in portcullis-macros: errors were collected and not told"
        );
    }
}
