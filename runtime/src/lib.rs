//! Typed, permission-checked IPC for Rust programs with an untrusted front end.

#![forbid(unsafe_code)]

extern crate self as portcullis;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod argument;
mod authority;
mod compile;
mod decide;
mod denial;
mod gate;
mod invoke;
mod model;
mod output;
mod permission;
mod principal;
mod reply;
mod report;
mod session;
mod values;

pub use argument::{Given, Granted, Host, HostArgument, State, Unavailable};
pub use authority::Authority;
pub use denial::{Denial, Mismatch, Reason};
pub use gate::{BuildError, Gate, GateBuilder};
pub use invoke::Invoke;
pub use model::Need;
pub use permission::{Grantable, NoScope, Permission, PermissionSet};
pub use portcullis_macros::{Permission, PermissionSet, command};
pub use principal::{Frame, Origin, OriginError, Principal};
pub use reply::{Code, Failure, Reply};
pub use session::{Request, Session};

/// What most programs need.
pub mod prelude {
    pub use crate::{
        Authority, Gate, Granted, Permission, PermissionSet, Principal, Reply, Request, Session, State,
        authority, command, commands,
    };
}

/// authority
#[macro_export]
macro_rules! authority { ($($tokens:tt)*) => { $crate::__private::authority! { ($crate) $($tokens)* } } }
/// commands
#[macro_export]
macro_rules! commands { ($($tokens:tt)*) => { $crate::__private::commands! { ($crate) $($tokens)* } } }
