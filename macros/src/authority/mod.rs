//! `authority!`: what the program lists and declares (`input`), what its files (`root`, `files`) grant and deny,
//! and the tables and assertions that hold the two against each other (`expand`).

mod entries;
mod expand;
mod files;
mod input;
mod root;

use std::path::Path;

use proc_macro2::{Span, TokenStream};
use quote::quote;

use self::{files::Files, input::Input, root::Root};
use crate::errors::Errors;

/// `source` is the file that the call stands in, if the compiler knows.
pub(crate) fn authority(tokens: TokenStream, source: Option<&Path>) -> TokenStream {
    let mut errors = Errors::new();
    let (krate, tokens) = match input::krate(tokens) {
        Ok(split) => split,
        Err(error) => return error.to_compile_error(),
    };
    let input = Input::read(tokens, &mut errors);
    let files = match Root::find(source) {
        Ok(root) => Files::read(&root, &input, &mut errors),
        Err(why) => {
            errors.at_span(Span::call_site(), why);
            Files::default()
        }
    };
    // What is wrong with the input or a file makes the assertions about the rest misleading; what a file says of
    // windows that the program lacks does not.
    let expression = if files.is_whole && input.is_whole {
        expand::checked(&krate, &input, &files)
    } else {
        expand::empty(&krate)
    };
    let errors = errors.into_tokens();
    quote!({ #errors #expression })
}
