//! What generated code uses. Not for people: it changes without notice, and the macros are pinned to it.

pub use core::{
    any::TypeId, column, concat, default::Default, env, file, include_bytes, line, option::Option,
};

pub use portcullis_macros::{authority, commands};
pub use portcullis_policy::{
    hash::hash,
    origin::{Host as HostPattern, Pattern, Port, Scheme},
};

pub use crate::{
    argument::{Argument, ByHost, LentArgument, Wire},
    compile::{
        checks,
        tables::{Sizes, Tables, View},
    },
    invoke::{Call, Finished, Running},
    model::{
        ArgumentInfo, At, Capability, Command, Grant, Group, Guard, Listed, PermissionInfo, Policy, Root,
        Run, Source,
    },
    output::{Output, Plain},
};

/// Where an argument that is taken by value comes from.
#[must_use]
pub const fn source<T: Argument<'static, Kind>, Kind>() -> Source {
    T::SOURCE
}

/// Where an argument that is taken by reference comes from.
#[must_use]
pub const fn lent_source<T: LentArgument<'static, Kind>, Kind>() -> Source {
    T::SOURCE
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
    const ROOT: Root = Root { listed: &[], sets: &[], incomplete: true };
    const POLICY: Policy = Policy {
        windows: &[],
        webviews: &[],
        clients: &[],
        foreign: &[],
        capabilities: &[],
        grants: &[],
        classes: &[],
    };
    static TABLES: Tables<0, 0, 0> = Tables::build(&ROOT, &POLICY);
    crate::Authority::new(&ROOT, &POLICY, TABLES.view())
};
