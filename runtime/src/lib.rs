//! Typed, permission-checked IPC for Rust programs with an untrusted front end: webviews, local web pages, sidecars,
//! agents.
//!
//! > If it compiles, every command is guarded, every grant names something real, and every scope is enforced.
//!
//! - [`#[command]`](command) makes a function a command. It says how it is guarded, or it does not compile.
//! - A permission is a type: [`derive(Permission)`](derive@Permission). A typo is rustc's to tell.
//! - [`authority!`] lists the commands, reads the capability files (in Tauri's format) and holds the two against each
//!   other while the program is compiled.
//! - A permission may have a [`scope`]: paths, addresses, or entries of your own. What a caller sends reaches a command
//!   as [`Checked<P>`](Checked), through the entries of the grants by which it may call, or not at all.
//! - A [`Gate`] decides and dispatches at run time: one table look-up and one bit a permission. It allocates nothing for
//!   the decision, takes no lock and needs no executor.
//!
//! ```
//! use portcullis::prelude::*;
//!
//! #[command(public("says hello"))]
//! fn hello(name: String) -> String {
//!     format!("Hello, {name}")
//! }
//!
//! static AUTHORITY: Authority = authority! {
//!     commands: [hello],
//!     windows: ["main"],
//! };
//!
//! # fn main() -> Result<(), portcullis::BuildError> {
//! let gate = Gate::new(&AUTHORITY).build()?;
//! let main = gate.session(Principal::window("main"));
//! let call = main.invoke(Request::json("hello", br#"{ "name": "you" }"#)); // a future
//! # drop(call);
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! | feature | |
//! |---|---|
//! | `path` | `scope::PathScope`: files and folders beneath a root (cap-std, dirs) |
//! | `url` | `scope::UrlScope`: addresses (url; psl while compiling) |
//! | `pattern` | `scope::Pattern`: regular expressions in entries of your own (regex-automata) |
//! | `data` | `#[portcullis::data]`: derives what is sent and returned |
//! | `typescript` | `typescript`: clients in TypeScript (schemars). For `[dev-dependencies]`: a test writes them |
//!
//! None is on unless you ask.
//!
//! An adapter carries messages: it makes a [`Principal`] from what the host knows, hands the bytes to a [`Session`] and
//! carries the [`Reply`] back. `portcullis-http` is one.

#![forbid(unsafe_code)]

// Generated code names this crate by its own name, here too.
extern crate self as portcullis;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod argument;
mod authority;
mod cancellation;
mod channel;
mod compile;
mod decide;
mod denial;
mod event;
mod gate;
mod in_force;
pub mod int;
mod invoke;
mod model;
mod output;
mod permission;
mod principal;
mod raw;
mod refused;
mod reply;
mod report;
mod request;
#[doc = include_str!("../docs/scopes.md")]
pub mod scope;
mod session;
mod stream;
pub mod test;
#[cfg(feature = "typescript")]
pub mod typescript;
mod values;
mod wait;

#[cfg(feature = "typescript")]
use typescript::types;
#[cfg(not(feature = "typescript"))]
#[path = "typescript/off.rs"]
mod types;

pub use argument::{Checked, Given, Granted, Host, HostArgument, NamedArgument, State, Unavailable};
pub use authority::Authority;
pub use cancellation::Cancellation;
pub use channel::{Channel, SendError};
pub use denial::{Denial, Elsewhere, Mismatch, Reason};
pub use event::{Emitter, Event, NotListed};
pub use gate::{BuildError, Gate, GateBuilder};
pub use in_force::NotOptional;
pub use invoke::Invoke;
pub use model::Need;
pub use output::{Returned, ReturnedError};
pub use permission::{Grantable, NoScope, Permission, PermissionSet};
#[doc = include_str!("../docs/command.md")]
pub use portcullis_macros::command;
#[cfg(feature = "data")]
#[doc = include_str!("../docs/data.md")]
pub use portcullis_macros::data;
pub use portcullis_macros::{Event, Permission, PermissionSet};
pub use principal::{Frame, Origin, OriginError, Principal};
pub use raw::{Bytes, Download, Upload};
pub use reply::{Code, Failure, Reply};
pub use request::{Attachment, Request};
pub use scope::Scope;
pub use session::Session;
pub use stream::{Never, Stream, Streaming};
pub use wait::Runtime;

#[doc = include_str!("../docs/authority.md")]
#[macro_export]
macro_rules! authority {
    ($($tokens:tt)*) => { $crate::__private::authority! { ($crate) $($tokens)* } };
}

#[doc = include_str!("../docs/commands.md")]
#[macro_export]
macro_rules! commands {
    ($($tokens:tt)*) => { $crate::__private::commands! { ($crate) $($tokens)* } };
}

/// What most programs need.
pub mod prelude {
    #[cfg(feature = "path")]
    pub use crate::scope::{PathScope, Read, Write};
    pub use crate::{
        Authority, Checked, Gate, Granted, Permission, PermissionSet, Principal, Reply, Request, Scope,
        Session, State, authority, command, commands,
    };
}
