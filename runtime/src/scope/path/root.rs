//! A base folder, held open. What lies beneath it is opened relative to that handle; nothing is decided here.

use std::{
    borrow::Cow,
    fmt, io,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use cap_std::{ambient_authority, fs::Dir};
use portcullis_policy::path::folded;

use super::name;
use crate::scope::fold::fold;

/// The base folder of scope entries. It is opened when it is first needed and there, and held from then on: what the
/// host's path names later does not matter.
pub(crate) struct Root {
    given: PathBuf,
    base: OnceLock<Base>,
    /// What `folded` gives, once the folder is there.
    folded: OnceLock<Box<[Box<str>]>>,
    #[cfg(test)]
    by_walking: bool,
}

/// A base folder that has been opened.
pub(super) struct Base {
    pub(super) dir: Dir,
    /// Where it was when it was opened.
    pub(super) host: PathBuf,
    pub(super) names: Names,
}

/// How the real name of something is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// The system tells it for a handle, so links beneath the base folder may be followed.
    OfHandles,
    /// From the listing of each folder on the way, which no link may be part of.
    ByWalking,
}

impl Root {
    /// A base folder by its absolute path on the host. Links on the way to it are followed.
    pub(crate) const fn new(path: PathBuf) -> Self {
        Self {
            given: path,
            base: OnceLock::new(),
            folded: OnceLock::new(),
            #[cfg(test)]
            by_walking: false,
        }
    }

    /// As on a system that does not tell the names of handles.
    #[cfg(test)]
    pub(super) fn by_walking(path: PathBuf) -> Self {
        Self { by_walking: true, ..Self::new(path) }
    }

    /// The canonical path; as long as there is no such folder, what it would be.
    pub(super) fn path(&self) -> Cow<'_, Path> {
        match self.base() {
            Ok(base) => Cow::Borrowed(&base.host),
            Err(_) => Cow::Owned(real(&self.given)),
        }
    }

    /// The names that it has on the host, given and canonical: `/`-joined, without one at the end. One that is not Unicode
    /// is none that anybody could send.
    pub(super) fn names(&self) -> Vec<Box<str>> {
        let mut names: Vec<Box<str>> = [&*self.path(), &self.given]
            .iter()
            .filter_map(|path| Some(joined(path.to_str()?).into()))
            .collect();
        names.dedup();
        names
    }

    /// The canonical path as [`names`](Self::names) has it. An entry that allows is held against this one alone: what leads
    /// through a folder, by a link or by `..`, is not in it.
    pub(super) fn real_name(&self) -> Option<String> {
        self.path().to_str().map(joined)
    }

    /// The path as it was given, by which a caller may know it.
    pub(crate) fn given(&self) -> &Path {
        &self.given
    }

    /// The names that it has on the host, given and canonical, in the form in which denials are asked: `/`-joined, without
    /// one at the end.
    pub(super) fn folded(&self) -> Cow<'_, [Box<str>]> {
        if let Some(folded) = self.folded.get() {
            return Cow::Borrowed(folded);
        }
        // As long as it is not there, it can still come to have another canonical name. Asked first: it may come meanwhile.
        let is_there = self.base().is_ok();
        let mut names = vec![fold_host(&self.path()), fold_host(&self.given)];
        names.dedup();
        if is_there {
            return Cow::Borrowed(self.folded.get_or_init(|| names.into()));
        }
        Cow::Owned(names)
    }

    pub(super) fn base(&self) -> io::Result<&Base> {
        if let Some(base) = self.base.get() {
            return Ok(base);
        }
        let opened = self.open()?;
        // Two threads may come here: both then use the folder that was first.
        Ok(self.base.get_or_init(|| opened))
    }

    fn open(&self) -> io::Result<Base> {
        // A path of another system, in a test, is relative here.
        if !self.given.is_absolute() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let dir = Dir::open_ambient_dir(&self.given, ambient_authority())?;
        let (host, names) = match name::of_handle(&dir) {
            Ok(host) => (host, Names::OfHandles),
            Err(_) => (self.given.canonicalize()?, Names::ByWalking),
        };
        #[cfg(test)]
        let names = if self.by_walking { Names::ByWalking } else { names };
        Ok(Base { dir, host, names })
    }
}

impl Base {
    /// Whether something beneath is the system's own, by its real name: there files are handles to other powers.
    pub(super) fn is_system(&self, name: &str) -> bool {
        if cfg!(unix) {
            let host = self.host.join(name);
            ["/proc", "/sys", "/dev"].iter().any(|system| host.starts_with(system))
        } else {
            false
        }
    }
}

fn fold_host(path: &Path) -> Box<str> {
    folded(&joined(&path.to_string_lossy()), fold).into()
}

fn joined(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let path = path.strip_prefix("//?/").filter(|_| cfg!(windows)).unwrap_or(&path);
    path.trim_end_matches('/').to_owned()
}

/// The canonical path of what is there, and of what would be there: the nearest folder on the way that is.
pub(super) fn real(path: &Path) -> PathBuf {
    for folder in path.ancestors() {
        if let Ok(real) = folder.canonicalize()
            && let Ok(rest) = path.strip_prefix(folder)
        {
            return if rest.as_os_str().is_empty() { real } else { real.join(rest) };
        }
    }
    path.to_owned()
}

impl fmt::Debug for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Root").field("given", &self.given).finish_non_exhaustive()
    }
}
