//! What generated code and the adapters of this workspace use. Not for people: it changes without notice, and the macros are pinned
//! to it.

pub use core::{
    any::TypeId, column, concat, default::Default, env, file, include_bytes, line, option::Option,
};

pub use portcullis_macros::{authority, commands};
pub use portcullis_policy::{
    form::Form,
    hash::hash,
    origin::{Host as HostPattern, Pattern, Port, Scheme},
};

#[cfg(feature = "parsed")]
pub use crate::argument::parsed::{Ignored, Keeps, Object};
#[cfg(feature = "typescript")]
pub use schemars;
#[cfg(feature = "data")]
pub use serde;

pub use crate::{
    __event_types as event_types, __if_typescript as if_typescript, __types as types,
    argument::{Argument, LentArgument},
    authority::Found,
    compile::{
        checks,
        tables::{Sizes, Tables, View},
    },
    int::{BigInt, Digits, Number},
    invoke::{Call, Finished, Running, quietly},
    model::{
        Application, ArgumentInfo, At, Capability, Command, Counts, Defined, Grant, GrantKind, Group, Guard,
        Listed, PermissionInfo, Policy, Root, Run, Source, Timeout, Way,
    },
    output::{Output, Plain},
    scope::{
        EntryError,
        entry::{Fields, reader, unknown_variant, variant},
        erased::ScopeInfo,
        shape::{Field, Shape, Variant},
        value::{Allow, Forms, Key, Narrowing, Node, Value},
    },
    session::Admitted,
    types::Types,
};
#[cfg(feature = "typescript")]
pub use crate::{
    __returned as returned, __sent as sent,
    types::{Described, NotStreamed, Results, Returned, Typed, Unfailing, Untyped, Whole, sent, unnamed},
};

/// Where an argument comes from, by the function that makes its slot. That function, so that a type that can be no
/// argument is told of once.
#[must_use]
pub const fn source<S: crate::argument::Sourced>(_: fn(Call<'static>, &'static str) -> S) -> Source {
    S::SOURCE
}

/// What a scope is, as data.
#[must_use]
pub const fn scope<S: crate::scope::Enforce>() -> ScopeInfo {
    ScopeInfo::of::<S>()
}

/// What a permission is, as data: asks for a permission, where a set would do for its id.
#[must_use]
pub const fn permission<P: crate::Permission>() -> &'static PermissionInfo {
    P::INFO
}

/// What a permission set is, as data.
#[must_use]
pub const fn set<S: crate::PermissionSet>() -> &'static PermissionInfo {
    S::INFO
}

/// The same under another namespace.
#[must_use]
pub const fn renamed(listed: Listed, namespace: &'static str) -> Listed {
    match listed {
        Listed::Group(group) | Listed::Renamed(group, _) => Listed::Renamed(group, namespace),
        Listed::Command(command) | Listed::RenamedCommand(command, _) => {
            Listed::RenamedCommand(command, namespace)
        }
        Listed::Broken => Listed::Broken,
    }
}

/// What stands in for an authority that did not compile.
pub const NO_AUTHORITY: crate::Authority = {
    const ROOT: Root = Root { listed: &[], events: 0, sets: &[], incomplete: true };
    const POLICY: Policy = Policy::NOTHING;
    static TABLES: Tables<0, 0, 0> = Tables::build(&ROOT, &POLICY);
    crate::Authority::new(&ROOT, &POLICY, &TABLES.view())
};
