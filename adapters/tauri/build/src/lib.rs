//! The build script of a Tauri application with [Portcullis](https://docs.rs/portcullis): its capability files grant
//! permissions of Tauri's and of the program's own side by side, and Tauri is given what is Tauri's.
//!
//! ```no_run
//! // build.rs
//! fn main() {
//!     portcullis_tauri_build::build()
//! }
//! ```
//!
//! ```toml
//! # Cargo.toml, in place of tauri-build
//! [build-dependencies]
//! portcullis-tauri-build = "0.1"
//! ```
//!
//! A program that gives `tauri_build` attributes gives them to [`Build`]. It may go on naming `tauri-build` beside this
//! crate; cargo takes one version for both. The features `codegen`, `config-json5`, `config-toml` and `isolation` are those
//! of `tauri-build`.
//!
//! # Whose a permission is
//!
//! | in a capability file | is |
//! |---|---|
//! | `core:..`, and ids that start with the name of a plugin: one that the program depends on, or one of its own ([`Build::plugin`]) | Tauri's |
//! | an id without `:` that the app manifest has: from the files in `permissions`, or `allow-`/`deny-` of [`Build::app_commands`] | Tauri's, and may be Portcullis's too |
//! | every other id | Portcullis's |
//! | the keys `clients`, `deny`, `frames` and `optional` of a capability; `"allow": "all"` | Portcullis's |
//!
//! So `dialgo:default` is Portcullis's here. `authority!` knows the permissions of the program and says that there is no
//! such.
//!
//! # What is done
//!
//! 1. Every file in `capabilities` is read: `json` and `jsonc` with comments, `json5`, `toml`. (Tauri alone passes over
//!    `jsonc`, and over `json5` without its feature: such a file that has long been forgotten applies now.)
//! 2. A copy of each, as JSON and without what is Portcullis's, is written to `$OUT_DIR/portcullis/capabilities`. A
//!    capability that has nothing left stays, without permissions: `tauri.conf.json` may name it, and to Tauri it means
//!    nothing. All else, such as `remote`, `platforms` and `webviews`, goes through as it is.
//! 3. `tauri-build` runs as ever, but reads the copies.
//! 4. The schemas that it writes to `gen/schemas`, and that `"$schema"` of a capability file names, are extended, so that
//!    an editor knows Portcullis's keys and those of its permissions that some file names already.
//!
//! Cargo runs the script again when a capability file changes, is added or is removed.
//!
//! # What is refused
//!
//! All of it is said at once, with file, line and column: a file that cannot be parsed, a capability that Tauri could
//! not read (Tauri itself does not say in which file), and what Tauri would never hear of, though it says that Tauri's
//! permissions are meant:
//!
//! - a plugin's permission in `deny` or `optional`, or with `"allow": "all"`;
//! - a permission of the app manifest in `optional`: Tauri refuses a command that it does not grant, whatever has been
//!   switched on;
//! - a capability in `tauri.conf.json` itself with what is Portcullis's, since Tauri reads it there. It belongs in a file,
//!   and its name in `tauri.conf.json`.
//!
//! # If `build.rs` still says `tauri_build::build()`
//!
//! then Tauri reads the files themselves, and stops at the first of these:
//!
//! ```text
//! Permission notes:read not found, expected one of core:default, core:app:default, ..
//! failed to parse JSON: invalid type: string "all", expected a sequence
//! failed to parse JSON: key must be a string at line 2 column 5
//! ```
//!
//! The first is a permission of Portcullis's (with a permission of Tauri's that is alike, `(did you mean ..?)` stands
//! before the comma), the second `"allow": "all"`, the third a comment in a `json` file. Write
//! `portcullis_tauri_build::build()` in `build.rs`.
//!
//! # Limits
//!
//! - **`removeUnusedCommands`** of `tauri.conf.json` makes the build scripts of `tauri` and of all plugins read the files
//!   in `capabilities` themselves. Ids and keys of Portcullis's they pass over, but at `"allow": "all"` and at comments in
//!   `json` files they stop, with the messages above. Keep such capabilities in a folder of another name, of which Tauri
//!   knows nothing; `authority!` reads them from wherever they are.
//! - **`generate_context!(capabilities = [..])`** reads its files itself. What is Portcullis's may not stand in them.
//! - `gen/schemas` has the schemas of `tauri-build` before they are extended for a moment in every run of the script.

// A build script is its `main`.
#![allow(clippy::needless_doctest_main)]

mod build;
mod config;
mod copies;
mod error;
mod known;
mod schema;
mod strip;

pub use portcullis_policy::files::{Place, Problem};
#[cfg(feature = "codegen")]
pub use tauri_build::CodegenContext;
pub use tauri_build::{Attributes, DefaultPermissionRule, InlinedPlugin, WindowsAttributes, is_dev};

pub use self::build::Build;
pub use self::error::Error;

/// Does all that a Tauri application needs of its build script, in place of `tauri_build::build()`.
///
/// What is wrong is printed, all of it, and the build script ends with an error.
///
/// ```no_run
/// // build.rs
/// fn main() {
///     portcullis_tauri_build::build()
/// }
/// ```
pub fn build() {
    if let Err(error) = Build::new().run() {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
