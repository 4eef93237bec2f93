//! Why a build script stops.

use std::fmt;
use std::io;
use std::path::PathBuf;

use portcullis_policy::files::Problem;

/// Why the build script cannot go on. Shown with `{}` and with `{:?}` it says the same, so that `fn main() -> Result<(), Error>`
/// and `unwrap` print what a person can read.
#[non_exhaustive]
pub enum Error {
    /// What is wrong in the program's own files: all of it, each with its place.
    Files(Vec<Problem>),
    /// A file or a folder cannot be read or written.
    Io {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// [`Build::attributes`](crate::Build::attributes) was given what this crate must know of.
    Attributes,
    /// This variable is not set: no build script is running.
    NoBuildScript(&'static str),
    /// What `tauri-build` says.
    Tauri(String),
}

impl Error {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        |source| Self::Io { path, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(problems) => {
                for (at, problem) in problems.iter().enumerate() {
                    let space = if at == 0 { "" } else { "\n\n" };
                    write!(f, "{space}{problem}")?;
                }
                Ok(())
            }
            Self::Io { path, source } => write!(f, "`{}`: {source}", path.display()),
            Self::Attributes => f.write_str(
                "what `Build::attributes` returned has capabilities, plugins, an app manifest or a config path, which decide \
                 which permissions are Tauri's\nhelp: give them to `Build` itself: `.capabilities(..)`, `.plugin(..)`, \
                 `.app_commands(..)`, `.app_permissions(..)`, `.config_path(..)`",
            ),
            Self::NoBuildScript(variable) => {
                write!(f, "`{variable}` is not set\nhelp: call this in `build.rs`, which cargo runs")
            }
            Self::Tauri(message) => {
                f.write_str(message)?;
                if message.starts_with("unknown field") {
                    f.write_str(
                        "\nhelp: if the Tauri CLI is newer than `tauri-build`, run `cargo update` in the folder of the program",
                    )?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
