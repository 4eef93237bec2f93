//! `#[command]`: tokens to a model (`attribute`, `function`, `argument`), the model to code (`expand`).

mod argument;
pub(crate) mod attribute;
pub(crate) mod expand;
mod function;
mod integers;
mod types;
mod wire;

use proc_macro2::TokenStream;
use quote::quote;

use self::{attribute::Attribute, function::Function};
use crate::{errors::Errors, syntax};

/// A command, as it was written.
struct Command {
    attribute: Attribute,
    function: Function,
    /// The name on the wire.
    name: String,
    arguments: Vec<argument::Argument>,
}

#[expect(clippy::needless_pass_by_value, reason = "as the compiler hands them over")]
pub(crate) fn command(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let Ok(function) = syn::parse2::<Function>(item.clone()) else {
        let text = "`#[command]` belongs on a function\nhelp: #[command(permission(..))] fn name(..) { .. }";
        let error = syn::Error::new(proc_macro2::Span::call_site(), text).to_compile_error();
        return quote!(#item #error);
    };
    let mut errors = Errors::new();
    let attribute = Attribute::read(attribute, &function, &mut errors);
    function.check(&mut errors);
    let mut arguments = argument::read(&function, attribute.rename, &mut errors);
    integers::apply(&attribute.integers, &mut arguments, &mut errors);
    attribute.check_unchecked(&arguments, &mut errors);
    let name = match &attribute.name {
        Some(name) => name.value(),
        None => syntax::plain(&function.signature.ident),
    };
    let command = Command { attribute, function, name, arguments };
    // The function goes first, whatever is wrong: an editor shows the first place of each token.
    let twin = if errors.is_empty() {
        expand::twin(&command)
    } else if command.function.signature.receiver().is_some() {
        // A method stands where no item may: a twin would only add to the errors.
        TokenStream::new()
    } else {
        expand::broken_twin(&command)
    };
    let function = command.function.tokens();
    let errors = errors.into_tokens();
    quote!(#function #twin #errors)
}
