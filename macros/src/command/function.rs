//! The function that `#[command]` is on. Its body is never looked at: it stays the tokens that it was.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, GenericParam, Safety, Signature, TypeParam, TypeParamBound, Visibility,
    parse::{Parse, ParseStream},
};

use crate::errors::Errors;

pub(super) struct Function {
    pub(super) attributes: Vec<Attribute>,
    pub(super) visibility: Visibility,
    pub(super) signature: Signature,
    body: TokenStream,
}

impl Parse for Function {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let function = Self {
            attributes: input.call(Attribute::parse_outer)?,
            visibility: input.parse()?,
            signature: input.parse()?,
            body: input.parse()?,
        };
        Ok(function)
    }
}

impl Function {
    pub(super) fn tokens(&self) -> TokenStream {
        let Self { attributes, visibility, signature, body } = self;
        quote!(#(#attributes)* #visibility #signature #body)
    }

    /// What a command cannot be. (Arguments are judged on their own.)
    pub(super) fn check(&self, errors: &mut Errors) {
        let signature = &self.signature;
        for attribute in self.attributes.iter().filter(|attribute| is_tauris(attribute)) {
            errors.at(
                attribute,
                "this is a command of Tauri's as well: by `generate_handler!` it would stay reachable past the gate\n\
                 help: remove `#[tauri::command]`, and the function from `generate_handler!`: the gate calls it",
            );
        }
        if let Safety::Unsafe(token) = &signature.safety {
            errors.at(
                token,
                "a command cannot be `unsafe`: whoever calls it is not trusted to keep a contract\n\
                 help: check what the contract asks for in a safe function",
            );
        }
        if let Some(abi) = &signature.abi {
            errors.at(abi, "a command cannot be `extern`: it is called by the gate alone");
        }
        if let Some(variadic) = &signature.variadic {
            errors.at(variadic, "a command has a fixed list of arguments");
        }
        for parameter in &signature.generics.params {
            match parameter {
                GenericParam::Lifetime(_) => {}
                GenericParam::Type(parameter) => errors.at(
                    parameter,
                    format!(
                        "a command cannot be generic: its caller cannot name `{}`\nhelp: {}",
                        parameter.ident,
                        if is_runtime(parameter) {
                            "write the runtime that the program has: `AppHandle` alone is that of `tauri::Wry`"
                        } else {
                            "write the type"
                        }
                    ),
                ),
                GenericParam::Const(parameter) => errors.at(
                    parameter,
                    format!("a command cannot be generic: its caller cannot name `{}`", parameter.ident),
                ),
            }
        }
        if let Some(receiver) = signature.receiver() {
            errors.at(
                receiver,
                "a command is a free function: it cannot take `self`\nhelp: take `State<'_, T>` for what the program holds",
            );
        }
    }
}

/// Whether this is `R: Runtime`, as commands of Tauri's have it.
fn is_runtime(parameter: &TypeParam) -> bool {
    parameter.bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => {
            bound.path.segments.last().is_some_and(|last| last.ident == "Runtime")
        }
        _ => false,
    })
}

/// Whether this is `#[tauri::command]`, written so.
fn is_tauris(attribute: &Attribute) -> bool {
    attribute.path().segments.iter().map(|segment| &segment.ident).eq(&["tauri", "command"])
}
