//! Why sessions cannot be kept in a file, and what to do.

use std::{fmt, io, path::PathBuf};

/// Why sessions cannot be kept in a file.
#[derive(Debug)]
#[non_exhaustive]
pub enum SessionsError {
    /// The file cannot be read.
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The file cannot be written.
    Write {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The file is there, and is no file of sessions. It has not been touched.
    Foreign {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Others than its owner may write the file, or its owner is somebody else: they could let themselves in.
    Exposed {
        /// The file.
        path: PathBuf,
    },
    /// Another run of the program has the file.
    InUse {
        /// The file.
        path: PathBuf,
    },
}

impl fmt::Display for SessionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, source } => {
                write!(f, "the sessions in {} cannot be read: {source}", path.display())
            }
            Self::Write { path, source } => write!(
                f,
                "the sessions cannot be written to {}: {source}; its folder must be there, and this user must be able \
                 to write in it",
                path.display()
            ),
            Self::Foreign { path, why } => write!(
                f,
                "{} is no file of sessions ({why}), and is left as it is: name another file, or remove this one, and \
                 every window is to be opened by a new link",
                path.display()
            ),
            Self::Exposed { path } => write!(
                f,
                "others may write {}, and so could let themselves in: it must belong to this user, and nobody else may \
                 write it (`chmod 600`); if you do not know who wrote it, remove it",
                path.display()
            ),
            Self::InUse { path } => write!(
                f,
                "another run of the program keeps its sessions in {}: end that one first, or give each a file of its own",
                path.display()
            ),
        }
    }
}

impl std::error::Error for SessionsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } | Self::Write { source, .. } => Some(source),
            Self::Foreign { .. } | Self::Exposed { .. } | Self::InUse { .. } => None,
        }
    }
}
