//! The macros of [Portcullis](https://docs.rs/portcullis). Use them through that crate, which documents them.
//!
//! This file is a shell: each macro is one call into a module that knows nothing of `proc_macro` and is tested outside
//! a compiler.

#![forbid(unsafe_code)]

mod authority;
mod command;
mod data;
mod errors;
mod event;
mod expand;
mod group;
mod permission;
mod scope;
#[cfg(test)]
mod snapshots;
mod syntax;
mod text;

use proc_macro::TokenStream;

use crate::permission::What;

/// Makes a function a command: see `portcullis::command`.
#[proc_macro_attribute]
pub fn command(attribute: TokenStream, item: TokenStream) -> TokenStream {
    command::command(attribute.into(), item.into()).into()
}

/// Derives what data needs that is sent and returned: see `portcullis::data`.
#[proc_macro_attribute]
pub fn data(attribute: TokenStream, item: TokenStream) -> TokenStream {
    data::data(attribute.into(), item.into(), cfg!(feature = "typescript")).into()
}

/// Makes a type a permission: see `portcullis::Permission`.
#[proc_macro_derive(Permission, attributes(permission))]
pub fn derive_permission(input: TokenStream) -> TokenStream {
    permission::derive(What::Permission, input.into()).into()
}

/// Makes a type a set of permissions: see `portcullis::PermissionSet`.
#[proc_macro_derive(PermissionSet, attributes(permission_set))]
pub fn derive_permission_set(input: TokenStream) -> TokenStream {
    permission::derive(What::Set, input.into()).into()
}

/// Makes a type an event: see `portcullis::Event`.
#[proc_macro_derive(Event, attributes(event))]
pub fn derive_event(input: TokenStream) -> TokenStream {
    event::derive(input.into()).into()
}

/// Makes a type an entry of a scope, or a part of one: see `portcullis::scope::Scope`.
#[proc_macro_derive(Scope, attributes(scope))]
pub fn derive_scope(input: TokenStream) -> TokenStream {
    scope::derive(input.into()).into()
}

#[doc(hidden)]
#[proc_macro]
pub fn commands(input: TokenStream) -> TokenStream {
    group::commands(input.into()).into()
}

#[doc(hidden)]
#[proc_macro]
pub fn authority(input: TokenStream) -> TokenStream {
    // Where the call stands can only be asked here: outside a compiler there is nobody to answer. The call itself is
    // in the `macro_rules!` of the runtime; the program's own tokens follow its first.
    let source = input.clone().into_iter().nth(1).and_then(|token| token.span().local_file());
    authority::authority(input.into(), source.as_deref()).into()
}
