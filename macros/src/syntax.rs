//! Small pieces of syntax that several macros read: lists of items between commas, doc comments, spans.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta, Path};

use crate::errors::Errors;

/// One item of a comma-separated list: `name`, `name(tokens)` or `name = tokens`.
pub(crate) struct Item {
    pub(crate) name: Ident,
    pub(crate) value: Value,
}

pub(crate) enum Value {
    /// `name`
    None,
    /// `name(tokens)`, with the span of the parentheses.
    List(TokenStream, Span),
    /// `name = tokens`, with the span of the sign.
    Assigned(TokenStream, Span),
}

/// Splits at the commas that are in no bracket and no `<..>`. An item that is malformed does not take the others with
/// it.
pub(crate) fn split(tokens: TokenStream) -> Vec<TokenStream> {
    let (mut items, mut item, mut depth, mut dash) = (Vec::new(), Vec::<TokenTree>::new(), 0_usize, false);
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => depth += 1,
                // The `>` of `->` closes nothing.
                '>' if !dash => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    items.push(item.drain(..).collect());
                    continue;
                }
                _ => {}
            }
            dash = punct.as_char() == '-';
        }
        item.push(token);
    }
    if !item.is_empty() {
        items.push(item.into_iter().collect());
    }
    items.retain(|item: &TokenStream| !item.is_empty());
    items
}

/// Reads one item.
pub(crate) fn item(tokens: TokenStream) -> syn::Result<Item> {
    let mut tokens = tokens.into_iter();
    let name = match tokens.next() {
        Some(TokenTree::Ident(name)) => name,
        Some(other) => return Err(syn::Error::new(other.span(), "expected a name")),
        None => return Err(syn::Error::new(Span::call_site(), "expected a name")),
    };
    let value = match tokens.next() {
        None => return Ok(Item { name, value: Value::None }),
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            Value::List(group.stream(), group.span())
        }
        Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => {
            return Ok(Item { name, value: Value::Assigned(tokens.collect(), punct.span()) });
        }
        Some(other) => {
            return Err(syn::Error::new(
                other.span(),
                format!("expected `{name}`, `{name}(..)` or `{name} = ..`"),
            ));
        }
    };
    match tokens.next() {
        None => Ok(Item { name, value }),
        Some(extra) => Err(syn::Error::new(extra.span(), "expected a comma")),
    }
}

/// The text of the doc comments, as people read it.
pub(crate) fn description(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    let lines: Vec<String> = lines.map(|line| line.trim().to_owned()).collect();
    lines.join("\n").trim().to_owned()
}

/// The attributes that decide whether an item is there at all.
pub(crate) fn cfgs(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"))
}

/// A span that points at the user's token and counts as macro output: no lint speaks of it.
pub(crate) fn ours(user: Span) -> Span {
    Span::call_site().located_at(user)
}

/// The same path, resolved as before, shown at another place: an expression that begins with our crate would otherwise
/// be shown at the whole macro call.
pub(crate) fn located(path: &Path, user: Span) -> Path {
    let mut path = path.clone();
    if let Some(colon) = &mut path.leading_colon {
        colon.spans = colon.spans.map(|span| span.located_at(user));
    }
    for segment in &mut path.segments {
        let span = segment.ident.span().located_at(user);
        segment.ident.set_span(span);
    }
    path
}

/// The name without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map_or(text.clone(), str::to_owned)
}

/// Reads `name: tokens`.
pub(crate) fn field(tokens: TokenStream) -> syn::Result<(Ident, TokenStream)> {
    let first = tokens.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span());
    let mut tokens = tokens.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(name)), Some(TokenTree::Punct(colon))) if colon.as_char() == ':' => {
            Ok((name, tokens.collect()))
        }
        _ => Err(syn::Error::new(first, "expected `key: value`")),
    }
}

/// What stands in `[..]`.
pub(crate) fn bracketed(tokens: TokenStream) -> syn::Result<TokenStream> {
    let mut all = tokens.clone().into_iter();
    match (all.next(), all.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Bracket => {
            Ok(group.stream())
        }
        _ => Err(syn::Error::new_spanned(tokens, "expected a list in `[` and `]`")),
    }
}

/// A list of paths in brackets.
pub(crate) fn paths(tokens: TokenStream, errors: &mut Errors) -> Vec<Path> {
    let Some(list) = errors.keep(bracketed(tokens)) else { return Vec::new() };
    split(list)
        .into_iter()
        .filter_map(|item| match syn::parse2::<Path>(item.clone()) {
            Ok(path) => Some(path),
            Err(_) => {
                errors.at(item, "expected the path of a type");
                None
            }
        })
        .collect()
}

/// A list of strings in brackets.
pub(crate) fn strings(tokens: TokenStream, errors: &mut Errors) -> Vec<LitStr> {
    let Some(list) = errors.keep(bracketed(tokens)) else { return Vec::new() };
    split(list)
        .into_iter()
        .filter_map(|item| match syn::parse2::<LitStr>(item.clone()) {
            Ok(text) => Some(text),
            Err(_) => {
                errors.at(item, "expected a string");
                None
            }
        })
        .collect()
}
