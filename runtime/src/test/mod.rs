//! For tests of commands: as functions, and as callers see them. No part of a running program.
//!
//! - A command is a function, and [`scope`], [`grant`], [`channel`] and [`emitter`] make what it takes.
//! - [`client`] calls any command as any principal, without a transport, and listens to events; [`Parts`] are what comes
//!   in parts.
//! - [`denials`] calls every command as everybody who may not, and [`matrix`] shows who may.
//! - [`vectors`] has inputs that were tried against scopes before, for those of your own.
//!
//! ```
//! # use portcullis::{prelude::*, scope::{Exact, Folded, Matches}};
//! # /// A channel.
//! # #[derive(Scope)]
//! # pub struct Channel { name: String }
//! # impl Matches for Channel {
//! #     type Input = String;
//! #     fn allows(&self, name: Exact<'_, String>) -> bool { *name == self.name }
//! #     fn denies(&self, name: Folded<'_, String>) -> bool { name.as_text().is(&self.name) }
//! # }
//! /// Post to channels.
//! #[derive(Permission)]
//! #[permission(id = "chat:post", scope = Channel)]
//! pub struct Post;
//!
//! #[command(permission(Post))]
//! fn post(channel: Checked<Post>, text: String) -> String {
//!     format!("to {}: {text}", channel.as_str())
//! }
//!
//! use portcullis::test;
//! use serde_json::json;
//!
//! let posts = test::scope::<Post>().allow(json!({ "name": "general" }));
//! assert_eq!(post(posts.admit("general")?, "hello".into()), "to general: hello");
//! assert!(posts.admit("secret").is_err());
//! # Ok::<(), portcullis::scope::Refusal>(())
//! ```

mod called;
mod callers;
mod client;
mod denials;
mod matrix;
mod outcome;
mod parts;
mod reading;
mod scope;
mod threads;
pub mod vectors;
mod wait;
mod watch;

pub use client::{Client, client};
pub use denials::{Denials, denials};
pub use matrix::{Matrix, Row, Verdict, matrix};
pub use outcome::{Answer, Outcome};
pub use parts::{Heard, Sent, channel, emitter};
pub use reading::{Part, Parts};
pub use scope::{TestGrant, TestScope, grant, scope};
pub use threads::Threads;
pub use wait::block_on;
pub(crate) use watch::Watch;
