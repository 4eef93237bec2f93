//! Who may call what, by the capabilities of a program: a theme a file, each with an authority of its own.

mod all_of;
mod clients;
mod defaults;
mod deny;
mod formats;
mod frames;
mod groups;
mod labels;
mod origins;
mod permission_files;
mod platforms;
mod public;
mod sets;
mod tauri;

use portcullis::{Origin, Principal};

/// A page of another origin in a window.
fn remote(window: &str, origin: &str) -> Principal {
    Principal::window(window).origin(Origin::parse(origin).unwrap())
}
