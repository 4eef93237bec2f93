//! The arguments of a command: their names on the wire, and whether they are taken by value or by reference. Whether
//! one is data or the host's is not known here: its type decides that, later.

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{FnArg, GenericArgument, Ident, Lifetime, Pat, PathArguments, Type};

use super::{attribute::Rename, function::Function, integers::Way, wire};
use crate::{errors::Errors, syntax};

pub(super) struct Argument {
    /// The name in Rust.
    pub(super) ident: Ident,
    /// The name on the wire.
    pub(super) name: String,
    pub(super) ty: Type,
    /// Whether the call holds the value and lends it: `&T`, `Option<&T>`.
    pub(super) lent: bool,
    /// How its integers are sent, if that is said.
    pub(super) way: Option<Way>,
}

impl Argument {
    /// Whether the type is surely data or state, so that it need not be asked whether it is proof of a permission, or
    /// what a scope has checked.
    pub(super) fn is_plain(&self) -> bool {
        is_plain(&self.ty)
    }

    /// The type as it is decoded: an integer may come in another form.
    pub(super) fn sent(&self, gate: &Ident) -> TokenStream {
        let ty = &self.ty;
        self.way.map_or_else(|| quote!(#ty), |way| way.holding(ty, gate))
    }

    /// What kind of raw thing this is that a scope is mostly about, by the name of its type: a hint, not a guarantee.
    pub(super) fn raw(&self) -> Option<&'static str> {
        raw(&self.ty)
    }
}

fn is_plain(ty: &Type) -> bool {
    const PLAIN: &[&str] = &[
        "String",
        "str",
        "Vec",
        "Option",
        "HashMap",
        "BTreeMap",
        "HashSet",
        "PathBuf",
        "State",
        "Principal",
        "bool",
        "char",
        "f32",
        "f64",
        "i8",
        "i16",
        "i32",
        "i64",
        "i128",
        "isize",
        "u8",
        "u16",
        "u32",
        "u64",
        "u128",
        "usize",
    ];
    match ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            let inner_is_plain = match &last.arguments {
                PathArguments::AngleBracketed(list) => list.args.iter().all(|argument| match argument {
                    GenericArgument::Type(ty) => is_plain(ty),
                    _ => true,
                }),
                _ => true,
            };
            // What is in a `State` is the program's own.
            last.ident == "State" || (PLAIN.iter().any(|plain| last.ident == plain) && inner_is_plain)
        }),
        Type::Group(group) => is_plain(&group.elem),
        Type::Paren(paren) => is_plain(&paren.elem),
        Type::Reference(reference) => is_plain(&reference.elem),
        _ => true,
    }
}

/// Whether a result is bytes, by the name of its type: a hint, not a guarantee.
pub(super) fn is_bytes(ty: &Type) -> bool {
    match ty {
        Type::Group(group) => is_bytes(&group.elem),
        Type::Path(path) => path.path.segments.last().is_some_and(|last| match &last.arguments {
            PathArguments::None => last.ident == "Bytes" || last.ident == "Download",
            PathArguments::AngleBracketed(list) => {
                matches!(list.args.first(), Some(GenericArgument::Type(ty)) if last.ident == "Result" && is_bytes(ty))
            }
            PathArguments::Parenthesized(_) => false,
        }),
        _ => false,
    }
}

fn raw(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Reference(reference) => raw(&reference.elem),
        Type::Group(group) => raw(&group.elem),
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            let name = last.ident.to_string();
            match (name.as_str(), &last.arguments) {
                ("PathBuf" | "Path" | "Utf8PathBuf" | "Utf8Path", PathArguments::None) => Some("a path"),
                ("Url" | "Uri", PathArguments::None) => Some("an address"),
                ("Option" | "Vec" | "Box" | "Cow", PathArguments::AngleBracketed(inner)) => {
                    inner.args.iter().find_map(|argument| match argument {
                        GenericArgument::Type(ty) => raw(ty),
                        _ => None,
                    })
                }
                _ => None,
            }
        }
        _ => None,
    }
}

pub(super) fn read(function: &Function, rename: Rename, errors: &mut Errors) -> Vec<Argument> {
    let mut arguments = Vec::new();
    let mut names: HashMap<String, Ident> = HashMap::new();
    for input in &function.signature.inputs {
        let FnArg::Typed(input) = input else { continue };
        for attribute in syntax::cfgs(&input.attrs) {
            errors.at(attribute, "an argument cannot come and go with `#[cfg]`: callers would not know\nhelp: put it on the command, and write two");
        }
        check_type(&input.ty, errors);
        let ident = match &*input.pat {
            Pat::Ident(pattern) if pattern.by_ref.is_none() && pattern.subpat.is_none() => {
                pattern.ident.clone()
            }
            pattern => {
                errors.at(
                    pattern,
                    "an argument of a command needs a name: callers send it by that\n\
                     help: write `name: Type`, and take it apart in the body",
                );
                continue;
            }
        };
        let name = rename.apply(&syntax::plain(&ident));
        if name.is_empty() {
            errors.at(
                &ident,
                "this name has nothing left on the wire\nhelp: give the argument a name with letters",
            );
        }
        if let Some(other) = names.insert(name.clone(), ident.clone()) {
            // The same name twice is rustc's to tell.
            if other != ident {
                errors.at(
                    &ident,
                    format!(
                        "`{other}` and `{ident}` are both `{name}` on the wire\nhelp: rename one of them"
                    ),
                );
            }
        }
        let ty = elided((*input.ty).clone());
        arguments.push(Argument { lent: is_lent(&ty), ident, name, ty, way: None });
    }
    arguments
}

impl Rename {
    fn apply(self, name: &str) -> String {
        match self {
            Self::Camel => wire::camel(name),
            Self::Snake => wire::snake(name),
        }
    }
}

fn is_lent(ty: &Type) -> bool {
    match ty {
        Type::Reference(_) => true,
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            last.ident == "Option"
                && matches!(&last.arguments, PathArguments::AngleBracketed(list)
                    if matches!(list.args.first(), Some(GenericArgument::Type(ty)) if is_reference(ty)))
        }),
        _ => false,
    }
}

fn is_reference(ty: &Type) -> bool {
    match ty {
        Type::Group(group) => is_reference(&group.elem),
        ty => matches!(ty, Type::Reference(_)),
    }
}

fn check_type(ty: &Type, errors: &mut Errors) {
    let mut ty = ty.clone();
    each(&mut ty, &mut |part| {
        match part {
        Part::Type(Type::ImplTrait(ty)) => errors.at(
            ty,
            "a command cannot be generic: its caller cannot name what stands for `impl ..`\nhelp: write the type",
        ),
        Part::Type(Type::Reference(ty)) => {
            if let Some(token) = &ty.mutability {
                errors.at(
                    token,
                    "an argument cannot be `&mut`: it comes from a message\n\
                     help: take it by value; state that changes goes into a `Mutex` in `State<'_, T>`",
                );
            }
            if let Some(lifetime) = ty.lifetime.as_ref().filter(|lifetime| lifetime.ident == "static") {
                errors.at(
                    lifetime,
                    "an argument does not outlive its call\nhelp: leave the lifetime out, or take it by value",
                );
            }
        }
        Part::Type(_) | Part::Lifetime(_) => {}
    }
    });
}

/// Lifetimes of the function do not exist in the shim: there they are inferred.
pub(super) fn elided(mut ty: Type) -> Type {
    // A type that comes through another macro is wrapped in an invisible group.
    while let Type::Group(group) = ty {
        ty = *group.elem;
    }
    each(&mut ty, &mut |part| {
        if let Part::Lifetime(lifetime) = part
            && lifetime.ident != "static"
        {
            lifetime.ident = Ident::new("_", Span::call_site().located_at(lifetime.span()));
        }
    });
    ty
}

/// Whether there is an `impl ..` in it, so that nothing else can name it.
pub(super) fn is_unnamed(ty: &Type) -> bool {
    let mut unnamed = false;
    each(&mut ty.clone(), &mut |part| {
        unnamed |= matches!(part, Part::Type(Type::ImplTrait(_)));
    });
    unnamed
}

enum Part<'a> {
    Type(&'a Type),
    Lifetime(&'a mut Lifetime),
}

/// Walks over the types that arguments are made of, and the lifetimes in them.
fn each(ty: &mut Type, found: &mut dyn FnMut(Part<'_>)) {
    found(Part::Type(ty));
    match ty {
        Type::Reference(reference) => {
            if let Some(lifetime) = &mut reference.lifetime {
                found(Part::Lifetime(lifetime));
            }
            each(&mut reference.elem, found);
        }
        Type::Path(path) => {
            for segment in &mut path.path.segments {
                let PathArguments::AngleBracketed(list) = &mut segment.arguments else { continue };
                for argument in &mut list.args {
                    match argument {
                        GenericArgument::Lifetime(lifetime) => found(Part::Lifetime(lifetime)),
                        GenericArgument::Type(ty) => each(ty, found),
                        _ => {}
                    }
                }
            }
        }
        Type::Tuple(tuple) => tuple.elems.iter_mut().for_each(|ty| each(ty, found)),
        Type::Slice(slice) => each(&mut slice.elem, found),
        Type::Array(array) => each(&mut array.elem, found),
        Type::Paren(paren) => each(&mut paren.elem, found),
        Type::Group(group) => each(&mut group.elem, found),
        _ => {}
    }
}
