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
//! A page needs none of this: `import { call, invoke, stream, listen } from "/portcullis.js"`.
//!
//! ## Calls
//!
//! `POST /portcullis/<command>`, the name percent-encoded, with `Authorization: Bearer <token>` and
//!
//! - `Content-Type: application/json`: the arguments as a JSON object;
//! - `Content-Type: application/x-portcullis`: the length of that JSON in four bytes, the highest first, the JSON, and
//!   behind it the raw bytes of all byte arguments, in the order in which the JSON names them. In it, the value of a
//!   byte argument is how many bytes it has; an [`Upload`](portcullis::Upload) takes all that there are, and is handed on
//!   while they arrive.
//!
//! The header `Portcullis-Reply` says what the body is:
//!
//! | `Portcullis-Reply` | body |
//! |---|---|
//! | `ok` | the value, as JSON |
//! | `error` | the command's own error, as JSON |
//! | `failed` | `{"code", "id", "message"}`, of which only `code` is always there |
//! | `bytes` | raw bytes, whole |
//! | `download` | raw bytes as they come, of the content type that the command says; if they break off, so does the body |
//! | `stream` | `application/x-ndjson`: the lines of a [`Stream`](portcullis::Stream), pulled as fast as the page reads |
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
//! | is the `Origin` that of the window? A call, and a WebSocket, must have one | 403 | `foreign_origin` |
//! | does the browser say that another site asks (`Sec-Fetch-Site`)? | 403 | `cross_site` |
//! | is it `POST` for a call, and `GET` or `HEAD` for a page? | 405 | `wrong_method` |
//! | for the line: is it a WebSocket, of version 13, and is `portcullis` among its protocols? | 426 | `no_upgrade` |
//! | is there the token of this window? | 401 | `unauthorized` |
//! | does the window call as often, and as much at once, as it [may](Limits)? | 429 | `too_many` |
//! | is it of one of the two content types? | 415 | `wrong_content_type` |
//! | may it be called at all? Nothing of a body is kept of which that is not so | 403 | `denied` |
//! | is the body, up to an upload, within [the limit](Limits::body)? | 413 | `too_large` |
//! | did the body arrive whole? | 400 | `broken_body` |
//!
//! A program that is [stopping](Stop) answers 503 `stopping`, before all of that.
//!
//! These refusals, but for `denied`, have no `id`; each is logged with `tracing`. A failure of the gate is answered with
//! 403 (`denied`), 400 (`invalid`, `too_deep`), 413 (`too_large`), 429 (`too_many`), 504 (`timeout`), 503 (`cancelled`) or
//! 500; everything else with 200.
//!
//! ## The line
//!
//! A browser opens six connections to a host, and each call that waits takes one. So a page has one WebSocket for all of
//! its calls: `GET /portcullis`, asked as a call is, with the protocols `portcullis` and `portcullis.token.<token>`, of
//! which the first is selected. Messages are text:
//!
//! | the page says | |
//! |---|---|
//! | `c<id> <command>`, a line feed, and the arguments as JSON | a call |
//! | `l<id> <event>` | listens to an event |
//! | `m<id>` | a batch of this stream has been used: one more may come |
//! | `x<id>` | gives the call, the stream or the listening up |
//!
//! | the program says | |
//! |---|---|
//! | `o<id> <json>`, `e<id> <json>`, `f<id> <json>` | the value, the command's own error, a failure: the end of the id |
//! | `b<id>`, and then one binary message | bytes, whole: the end of the id |
//! | `s<id>`, a line feed, and lines | a batch of the lines of a [`Stream`](portcullis::Stream), each with a line feed; the last line of all is the end of the id |
//!
//! An id is a decimal number below 2³², which the page chooses, without leading zeros. It is in use from when the page
//! names it until the program has said its end, which it does once, whatever happens: also after `x` (`f` `cancelled`,
//! unless the end was on its way already). `m` and `x` for an id that is not in use mean nothing. A batch has up to 64 KiB
//! and the rest of its last line, and four of a stream may be on their way or unused at once. A
//! [`Download`](portcullis::Download) does not go over the line (`f` `invalid`), and bytes do not go up it: that is what a
//! request of its own is for.
//!
//! Calls that are answered at once are answered in their order; others when they are done. Who does not read is not
//! served: while answers wait for room on the socket, nothing further is begun. The program asks every 20 seconds whether
//! the page is there (`Ping`); after two questions without a sign of it, it is gone. When a line ends, all that is under
//! way on it is dropped.
//!
//! | the line is closed with | when |
//! |---|---|
//! | 1001 | the program ends, and what was under way has ended or is out of time; or the page does not answer |
//! | 1002 | what the page sends is no WebSocket |
//! | 1007 | a message is not UTF-8 |
//! | 1008 | a message is none of those above, or names an id that is in use; or the session of the page has ended |
//! | 1009 | a message is longer than [the limit](Limits::body), or 768 KiB if that is more, and a kilobyte |
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
