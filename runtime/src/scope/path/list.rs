//! What a folder has in it, and what the folders in it have: of that only what is admitted.

use std::{fmt, io, sync::Arc, vec};

use cap_std::fs::{Dir, DirEntry, ReadDir};

use super::{
    error::{PathError, Trouble},
    file::{Kind, Metadata},
    located::{Located, Read},
    name,
    open::{self, Folder},
    root::{Base, Names},
};

/// What an admitted folder has in it. An item that the system fails on is an error among the others and not the end.
#[must_use]
pub struct Listing {
    listed: Located<Read>,
    dir: Arc<Dir>,
    /// The real one.
    folder: Box<str>,
    entries: ReadDir,
}

/// What an admitted folder and the admitted folders in it have in them.
#[must_use]
pub struct Walk {
    at: Listing,
    /// Where the folder is that is being listed, from where the walk began.
    within: Box<str>,
    /// Folders that it has and that are still to be gone into.
    found: Vec<Next>,
    waiting: Vec<vec::IntoIter<Next>>,
}

/// A file or folder that a folder has in it, admitted.
#[derive(Clone)]
pub struct Item {
    name: Box<str>,
    kind: Kind,
    located: Located<Read>,
    /// Where it is, and what it is called there; a link is looked at afresh.
    place: Option<(Arc<Dir>, Box<str>)>,
}

/// A folder to be gone into: what it is called from where the walk began, and really.
struct Next {
    within: Box<str>,
    real: Box<str>,
}

impl Listing {
    pub(super) fn new(listed: Located<Read>, folder: Folder) -> Result<Self, Trouble> {
        let entries = folder.dir.entries()?;
        Ok(Self { listed, dir: Arc::new(folder.dir), folder: folder.name.into(), entries })
    }

    /// The item, if it is to be listed.
    fn item(&self, entry: &DirEntry) -> Option<Result<Item, PathError>> {
        // What is not Unicode has no name that a caller could send.
        let last = entry.file_name().into_string().ok()?;
        let real = name::join(&self.folder, &last);
        let base = match self.listed.root.base() {
            Ok(base) => base,
            Err(error) => return Some(Err(PathError::new(&last, error))),
        };
        if self.listed.admit(base, &real).is_err() {
            return None;
        }
        let (kind, is_link) = match self.kind(base, entry, &real) {
            Ok(found) => found?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => return Some(Err(PathError::new(&last, error))),
        };
        let located = self.located(&real);
        let place = (!is_link).then(|| (Arc::clone(&self.dir), last.as_str().into()));
        Some(Ok(Item { name: last.into(), kind, located, place }))
    }

    /// What an entry is, and whether a link says so. Of a link, what it leads to, if that is admitted.
    fn kind(&self, base: &Base, entry: &DirEntry, real: &str) -> io::Result<Option<(Kind, bool)>> {
        let listed = entry.file_type()?;
        if listed.is_file() {
            return Ok(Some((Kind::File, false)));
        }
        if listed.is_dir() {
            return Ok(Some((Kind::Folder, false)));
        }
        // Some file systems do not say in a listing what something is.
        let metadata = entry.metadata()?;
        if !metadata.is_symlink() {
            let ordinary = open::must_be_ordinary(&metadata).is_ok();
            return Ok(ordinary.then(|| (Metadata::new(&metadata).kind(), false)));
        }
        if base.names == Names::ByWalking {
            return Ok(None);
        }
        match base.look(real) {
            Ok((metadata, target)) => {
                let admitted = self.listed.admit(base, &target).is_ok();
                Ok(admitted.then(|| (Metadata::new(&metadata).kind(), true)))
            }
            Err(Trouble::Refused { .. }) => Ok(None),
            // A link through a file leads nowhere, as one to nothing does.
            Err(Trouble::Io(error)) if error.kind() == io::ErrorKind::NotADirectory => Ok(None),
            Err(Trouble::Io(error)) => Err(error),
        }
    }

    fn located(&self, real: &str) -> Located<Read> {
        Located::new(Arc::clone(&self.listed.root), real, Arc::clone(&self.listed.judge))
    }

    /// The listing of another folder, which must really have this name: nothing has put a link in its place.
    fn of(&self, real: &str) -> Result<Option<Self>, Trouble> {
        let base = self.listed.root.base().map_err(Trouble::Io)?;
        let folder = base.folder(real)?;
        if folder.name != real || self.listed.admit(base, real).is_err() {
            return Ok(None);
        }
        Self::new(self.located(real), folder).map(Some)
    }
}

impl Iterator for Listing {
    type Item = Result<Item, PathError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => return Some(Err(PathError::new(self.listed.name(), error))),
            };
            if let Some(item) = self.item(&entry) {
                return Some(item);
            }
        }
    }
}

impl Walk {
    pub(super) fn new(at: Listing) -> Self {
        Self { at, within: "".into(), found: Vec::new(), waiting: Vec::new() }
    }

    /// The next folder that can be gone into; an error if the system fails on one.
    fn descend(&mut self) -> Option<Result<(), PathError>> {
        let found = std::mem::take(&mut self.found);
        self.waiting.push(found.into_iter());
        loop {
            let Some(next) = self.waiting.last_mut()?.next() else {
                self.waiting.pop();
                continue;
            };
            match self.at.of(&next.real) {
                Ok(Some(listing)) => {
                    self.at = listing;
                    self.within = next.within;
                    return Some(Ok(()));
                }
                // It has gone, or is another one by now.
                Ok(None) | Err(Trouble::Refused { .. }) => {}
                Err(trouble) if trouble.is(io::ErrorKind::NotFound) => {}
                Err(trouble) => return Some(Err(PathError::new(&next.within, trouble))),
            }
        }
    }
}

impl Iterator for Walk {
    type Item = Result<Item, PathError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some(item) = self.at.next() else {
                match self.descend()? {
                    Ok(()) => continue,
                    Err(error) => return Some(Err(error)),
                }
            };
            return Some(item.map(|mut item| {
                item.name = name::join(&self.within, &item.name).into();
                if item.kind == Kind::Folder && item.place.is_some() {
                    self.found.push(Next { within: item.name.clone(), real: item.located.name.clone() });
                }
                item
            }));
        }
    }
}

impl Item {
    /// What it is called: in a listing its own name, in a walk its name beneath the folder where the walk began.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is a file or a folder. Of a link, what it leads to.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// What is known of it.
    ///
    /// # Errors
    ///
    /// If it has gone, or is refused by now.
    pub fn metadata(&self) -> Result<Metadata, PathError> {
        let Some((dir, last)) = &self.place else {
            return self.located.metadata();
        };
        let found = self.located.told(|_| {
            let metadata = dir.symlink_metadata(&**last)?;
            open::must_not_be_link(&metadata)?;
            open::must_be_ordinary(&metadata)?;
            Ok(metadata)
        });
        found.map(|metadata| Metadata::new(&metadata))
    }

    /// The item, to be opened or listed.
    pub fn locate(&self) -> Located<Read> {
        self.located.clone()
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Item").field("name", &self.name).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl fmt::Debug for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Listing").field(&self.listed.name()).finish()
    }
}

impl fmt::Debug for Walk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Walk").field(&self.at).finish()
    }
}
