//! The files that a program lists: where they are looked for, and what is said of those that are not there.

use std::{
    fs,
    path::{Path, PathBuf},
};

use portcullis_policy::suggest::closest;
use syn::LitStr;

use crate::errors::Errors;

/// The folder that paths in the lists start from.
pub(super) struct Root {
    folder: PathBuf,
    in_package: bool,
}

/// A file whose change must rebuild the program.
pub(super) enum Tracked {
    /// Beneath the folder of `Cargo.toml`.
    InPackage(String),
    /// Beside the source file, which is not in the package.
    BesideSource(String),
}

/// A file that a program lists.
pub(super) struct Listed {
    /// The path, as messages have it.
    pub(super) name: String,
    pub(super) text: String,
    pub(super) tracked: Tracked,
}

/// What a file is listed as.
#[derive(Clone, Copy)]
pub(super) enum What {
    Capabilities,
    Permissions,
    Manifests,
}

impl What {
    const fn name(self) -> &'static str {
        match self {
            Self::Capabilities => "capability file",
            Self::Permissions => "permission file",
            Self::Manifests => "manifests file",
        }
    }

    const fn example(self) -> &'static str {
        match self {
            Self::Capabilities => "capabilities/main.json",
            Self::Permissions => "permissions/notes.toml",
            Self::Manifests => "gen/schemas/acl-manifests.json",
        }
    }
}

impl Root {
    /// The folder of `Cargo.toml`; for a source file that lies outside of it (as the cases of a compile test do), the
    /// folder of that file.
    pub(super) fn find(source: Option<&Path>) -> Result<Self, String> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).ok_or(
            "capability files are found from CARGO_MANIFEST_DIR, which is not set: build with cargo",
        )?;
        let package = fs::canonicalize(&package).unwrap_or(package);
        let source = source.and_then(|source| fs::canonicalize(source).ok());
        match source.as_deref().and_then(Path::parent) {
            Some(folder) if !folder.starts_with(&package) => {
                Ok(Self { folder: folder.to_owned(), in_package: false })
            }
            _ => Ok(Self { folder: package, in_package: true }),
        }
    }

    /// Reads a file; `None` together with an error.
    pub(super) fn read(&self, literal: &LitStr, what: What, errors: &mut Errors) -> Option<Listed> {
        let path = literal.value();
        let name = name(&path);
        if Path::new(&path).is_absolute() || name.split('/').any(|part| part == "..") || name.is_empty() {
            errors.at(
                literal,
                format!(
                    "a {} lies in the package\nhelp: \"{}\", from the folder of Cargo.toml",
                    what.name(),
                    what.example()
                ),
            );
            return None;
        }
        match fs::read_to_string(self.folder.join(&name)) {
            Ok(text) => {
                let tracked = self.tracked(&name);
                Some(Listed { name, text, tracked })
            }
            Err(error) => {
                errors.at(literal, self.unreadable(&name, what, &error));
                None
            }
        }
    }

    /// The names of what lies in a folder.
    pub(super) fn names_in(&self, folder: &str) -> impl Iterator<Item = String> {
        let entries = fs::read_dir(self.folder.join(folder)).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned())
    }

    fn unreadable(&self, file: &str, what: What, error: &std::io::Error) -> String {
        let is = what.name();
        if error.kind() != std::io::ErrorKind::NotFound {
            return format!("{is} `{file}` cannot be read: {error}");
        }
        let (folder, last) = file.rsplit_once('/').unwrap_or(("", file));
        let there: Vec<String> = self.names_in(folder).collect();
        let from =
            if self.in_package { "the folder of Cargo.toml" } else { "the folder of this source file" };
        match (closest(last, there.iter().map(String::as_str)), what) {
            (Some(near), _) if folder.is_empty() => {
                format!("there is no {is} `{file}`\nhelp: did you mean `{near}`?")
            }
            (Some(near), _) => format!("there is no {is} `{file}`\nhelp: did you mean `{folder}/{near}`?"),
            (None, What::Capabilities | What::Permissions) => {
                format!("there is no {is} `{file}`\nhelp: the path starts from {from}")
            }
            (None, What::Manifests) => format!(
                "there is no {is} `{file}`\n\
                 help: tauri-build writes it when the build script runs, as `gen/schemas/acl-manifests.json` in the folder of the package\n      \
                 check that there is a `build.rs` beside Cargo.toml that calls it, that it is under [build-dependencies],\n      \
                 and that the path starts from {from}"
            ),
        }
    }

    fn tracked(&self, path: &str) -> Tracked {
        if self.in_package {
            Tracked::InPackage(format!("/{path}"))
        } else {
            Tracked::BesideSource(path.to_owned())
        }
    }
}

/// The path as messages have it: with forward slashes, and no `./`.
pub(super) fn name(path: &str) -> String {
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
    parts.join("/")
}
