//! Formatted snapshots of what the macros generate: `tests/expand/NAME.in.rs` gives `NAME.out.rs`. They are read as
//! documentation, so they are made to be read: what stands in `if_typescript! { .. }` is shown as an item under
//! `#[if_typescript]`, since nobody formats what stands in a macro. After a wanted change: `UPDATE_EXPECTED=1 cargo test -p portcullis-macros`.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::{fs, path::Path};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, File, ImplItem, ImplItemFn, Item, Meta, parse_quote};

use crate::permission::What;

/// Expands every macro of ours in a file, as the compiler would.
fn expand(source: &Path, file: &File) -> TokenStream {
    let items = file.items.iter().map(|item| match item {
        Item::Fn(function) => {
            let mut function = function.clone();
            match take(&mut function.attrs, "command") {
                Some(Meta::List(list)) => crate::command::command(list.tokens, function.into_token_stream()),
                Some(_) => crate::command::command(TokenStream::new(), function.into_token_stream()),
                None => function.into_token_stream(),
            }
        }
        Item::Struct(item) if item.attrs.iter().any(is_data) => {
            let mut item = item.clone();
            let tokens = match take(&mut item.attrs, "data") {
                Some(Meta::List(list)) => list.tokens,
                _ => TokenStream::new(),
            };
            crate::data::data(tokens, item.into_token_stream(), true)
        }
        Item::Struct(item) => {
            let mut plain = item.clone();
            let derive = take(&mut plain.attrs, "derive");
            take(&mut plain.attrs, "permission");
            take(&mut plain.attrs, "permission_set");
            take(&mut plain.attrs, "event");
            let what = match derive.map(|derive| derive.to_token_stream().to_string()) {
                Some(text) if text.contains("Event") => {
                    let derived = crate::event::derive(item.to_token_stream());
                    return quote!(#plain #derived);
                }
                Some(text) if text.contains("PermissionSet") => What::Set,
                Some(_) => What::Permission,
                None => return item.to_token_stream(),
            };
            let derived = crate::permission::derive(what, item.to_token_stream());
            quote!(#plain #derived)
        }
        Item::Macro(item) => {
            let tokens = &item.mac.tokens;
            crate::group::commands(quote!((::portcullis) #tokens))
        }
        Item::Static(item) => {
            let mut item = item.clone();
            if let syn::Expr::Macro(call) = &*item.expr {
                let tokens = &call.mac.tokens;
                let expanded = crate::authority::authority(quote!((::portcullis) #tokens), Some(source));
                *item.expr = parse_quote!(#expanded);
            }
            item.into_token_stream()
        }
        other => other.to_token_stream(),
    });
    items.collect()
}

fn is_data(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|last| last.ident == "data")
}

/// With what stands in `if_typescript!` as items.
fn opened(mut file: File) -> File {
    for item in &mut file.items {
        let Item::Impl(block) = item else { continue };
        for item in &mut block.items {
            if let ImplItem::Macro(call) = item
                && call.mac.path.segments.last().is_some_and(|last| last.ident == "if_typescript")
            {
                let mut function: ImplItemFn =
                    syn::parse2(call.mac.tokens.clone()).expect("it holds a function");
                function.attrs.push(parse_quote!(#[if_typescript]));
                *item = ImplItem::Fn(function);
            }
        }
    }
    file
}

fn take(attributes: &mut Vec<Attribute>, name: &str) -> Option<Meta> {
    let at = attributes
        .iter()
        .position(|attribute| attribute.path().segments.last().is_some_and(|last| last.ident == name))?;
    Some(attributes.remove(at).meta)
}

#[test]
fn expansions_read_like_code_that_was_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/expand");
    let mut inputs: Vec<_> = fs::read_dir(&folder)
        .expect("tests/expand is there")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.to_string_lossy().ends_with(".in.rs"))
        .collect();
    inputs.sort();
    assert!(!inputs.is_empty());
    let mut stale = Vec::new();
    for input in inputs {
        let text = fs::read_to_string(&input).expect("the input can be read");
        let file: File = syn::parse_str(&text).unwrap_or_else(|error| panic!("{}: {error}", input.display()));
        let tokens = expand(&input, &file);
        let expanded: File = syn::parse2(tokens.clone())
            .unwrap_or_else(|error| panic!("{}: {error}\n{tokens}", input.display()));
        let expanded = prettyplease::unparse(&opened(expanded));
        let output = input
            .with_file_name(input.file_name().expect("a file").to_string_lossy().replace(".in.", ".out."));
        if fs::read_to_string(&output).ok().as_deref() == Some(&*expanded) {
            continue;
        }
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&output, expanded).expect("the output can be written");
        } else {
            stale.push(format!("{}\n{expanded}", output.display()));
        }
    }
    assert!(
        stale.is_empty(),
        "the expansion has changed; if that is wanted, UPDATE_EXPECTED=1 writes it:\n{}",
        stale.join("\n")
    );
}
