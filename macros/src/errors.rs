//! All mistakes of one macro call, told together. Nothing here knows what the mistakes are about.

use portcullis_policy::platform::{Platform, Platforms};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

/// Collects errors; what is not turned into tokens is a bug, which it says when it is dropped.
pub(crate) struct Errors {
    found: Vec<(Platforms, syn::Error)>,
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
        self.found.push((Platforms::ALL, error));
    }

    /// As [`at`](Self::at), where the program is compiled for one of these platforms: a macro cannot know that.
    pub(crate) fn at_on(
        &mut self,
        platforms: Platforms,
        tokens: impl ToTokens,
        message: impl std::fmt::Display,
    ) {
        self.found.push((platforms, syn::Error::new_spanned(tokens.into_token_stream(), message)));
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
        let errors = self.found.iter().map(|(platforms, error)| {
            let (cfg, error) = (cfg(*platforms), error.to_compile_error());
            quote!(#cfg #error)
        });
        errors.collect()
    }
}

/// `#[cfg(..)]` for some platforms, or nothing for all of them. A system that no capability file can name (a BSD) counts
/// as Linux, as in Tauri.
fn cfg(platforms: Platforms) -> TokenStream {
    let of = |wanted: bool| {
        let some = move |platform: &Platform| platforms.contains(*platform) == wanted;
        Platform::EVERY.into_iter().filter(some).map(Platform::target_os)
    };
    let (with, without) = (of(true), of(false));
    match (platforms.contains(Platform::Linux), without.clone().next()) {
        (_, None) => TokenStream::new(),
        (true, _) => quote!(#[cfg(not(any(#(target_os = #without),*)))]),
        (false, _) => quote!(#[cfg(any(#(target_os = #with),*))]),
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
