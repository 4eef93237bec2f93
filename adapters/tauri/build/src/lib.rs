//! x
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

/// Runs everything that a Tauri application needs of its build script, in place of `tauri_build::build()`.
///
/// What is wrong is printed, all of it, and the build script ends with an error.
pub fn build() {
    if let Err(error) = Build::new().run() {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
