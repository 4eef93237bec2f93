//! [Portcullis](portcullis) over HTTP on loopback: each window of a program is an origin of its own, and only its own
//! page may call.
//!
//! ```no_run
//! use axum::{Router, response::Html, routing::get};
//! use portcullis::prelude::*;
//!
//! #[portcullis::command(public("greets, and reads nothing"))]
//! fn hello(name: String) -> String {
//!     format!("Hello, {name}")
//! }
//!
//! static AUTHORITY: Authority = portcullis::authority! { commands: [hello], windows: ["main"] };
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let gate = Gate::new(&AUTHORITY).build()?;
//! let page = r#"<!doctype html><script type="module" src="/main.js"></script>"#;
//! let script = r#"
//!     import { invoke } from "/portcullis.js";
//!     document.body.textContent = await invoke("hello", { name: "you" });
//! "#;
//! let pages = Router::new()
//!     .route("/", get(move || async move { Html(page) }))
//!     .route("/main.js", get(move || async move { ([("content-type", "text/javascript")], script) }));
//!
//! let served = portcullis_http::Program::new(&gate).window("main", pages).serve(0).await?;
//! for (window, link) in served.links() {
//!     println!("{window}: {link}"); // http://main.localhost:40123/#portcullis=5f2c..
//! }
//! served.until_stopped().await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Why each window has a name of its own
//!
//! Pages of one origin are not separate: each can read the other's storage, script it and call in its name. So a window
//! is served under `<label>.localhost`, which browsers resolve to this machine by themselves, or, after
//! [`Program::ports`], on a port of its own.
//!
//! # Who may call
//!
//! Whoever holds the token of a window, from the origin of that window. The token is in the fragment of the
//! [link](Served::link), which a browser never sends; the page's script takes it out of the address bar and keeps it
//! for its tab, so that a reload goes on working. No resource that can be fetched contains it. It is good for one run of
//! the program.
//!
//! Whoever may see a link may act as its window: a link on a command line can be read by every user of the machine.
//!
//! After [`Program::remember`] links carry a code instead, which is good once and for a short time, and sessions may
//! outlive the run of the program: see [`Sessions`].
//!
//! # What a page may do
//!
//! Load and run what its own origin serves, and nothing that is written into it, but what its author wrote: [`Page`]
//! admits that by hash, and [`Nonce`] marks it in a template. Nobody may frame it, it may not use the camera and its
//! like, and it may open its own WebSocket and no other. With the cargo feature `dev-server`, pages may come from a
//! front-end development server such as Vite (`DevServer`), through the same door.
//!
//! How much it may ask for is for [`Limits`] to say.
//!
//! # On the wire
//!
//! `POST /portcullis/<command>`, the name percent-encoded, with `Content-Type: application/json`,
//! `Authorization: Bearer <token>` and the arguments as a JSON object. The header `Portcullis-Reply` says what the body
//! is: `ok` (the value), `error` (the command's own error) or `failed` (`{"code", "id", "message"}`). A page needs
//! none of that: `import { invoke } from "/portcullis.js"`.
//!
//! `POST /portcullis/~open` with `{"code": "<code>"}`, without `Authorization`, exchanges the code of a link for
//! `{"token": "<token>", "expires": <seconds since 1970>}`. A code that is used up, too old, or another window's is
//! answered with 401 `code_used`.
//!
//! A call that is sent again with its token is a new call. A code that is sent again is refused.
//!
//! Before a call reaches the gate, in this order:
//!
//! | what is asked | status | code |
//! |---|---|---|
//! | is the `Host` an address of a window? | 421 | `unknown_host` |
//! | is the `Origin` that of the window? A call must have one | 403 | `foreign_origin` |
//! | does the browser say that another site asks (`Sec-Fetch-Site`)? | 403 | `cross_site` |
//! | is it `POST` for a call, and `GET` or `HEAD` for a page? | 405 | `wrong_method` |
//! | is there the token of this window? | 401 | `unauthorized` |
//! | does the window call as often, and as much at once, as it [may](Limits)? | 429 | `too_many` |
//! | is it JSON by its `Content-Type`? | 415 | `wrong_content_type` |
//! | is the body within [the limit](Limits::body)? | 413 | `too_large` |
//! | did the body arrive whole? | 400 | `broken_body` |
//!
//! A program that is [stopping](Stop) answers 503 `stopping`, before all of that.
//!
//! These refusals have no `id`; each is logged with `tracing`. A failure of the gate is answered with 403 (`denied`),
//! 400 (`invalid`), 413 (`too_large`), 504 (`timeout`), 503 (`cancelled`) or 500; a value and a command's own error with
//! 200.
//!
//! What this crate does not do: decide. It makes a [`Principal`](portcullis::Principal), hands over bytes, and carries
//! the reply back.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops on what it does not expect"))]

mod answer;
mod body;
mod call;
mod content;
#[cfg(feature = "dev-server")]
mod dev;
mod door;
mod error;
mod headers;
mod keys;
mod limits;
mod line;
mod links;
mod open;
mod pages;
mod place;
mod program;
mod refusal;
mod runtime;
mod script;
mod served;
mod sessions;
mod stop;
mod token;

pub use content::{NoNonce, Nonce, Page};
#[cfg(feature = "dev-server")]
pub use dev::DevServer;
pub use error::Error;
pub use limits::Limits;
pub use links::Links;
pub use pages::Pages;
pub use program::{Mounted, Program};
pub use runtime::Tokio;
pub use served::Served;
pub use sessions::{Sessions, SessionsError};
pub use stop::Stop;
