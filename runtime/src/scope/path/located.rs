//! What a caller named and a scope admitted by that name: to be opened, and decided on once more, by what it really is.
//! Both kinds of access are here; what only one of them can do stands in `read` and `write`.

use std::{fmt, io, marker::PhantomData, sync::Arc};

use super::{
    error::{PathError, Trouble, Why},
    file::Metadata,
    root::{Base, Root},
};

/// Decides on real names. A name is `/`-joined and beneath its base folder; `""` is the base folder itself.
pub(crate) trait Judge: Send + Sync {
    /// Whether this one may be used.
    fn admits(&self, root: &Root, name: &str) -> bool;

    /// What was admitted by its name (the caller's) is refused now: for the audit trail. Told once for each error that a
    /// command gets.
    fn refused(&self, name: &str, why: &PathError);
}

/// Access to read: files, folders and their listings.
#[derive(Clone, Copy, Debug)]
pub enum Read {}

/// Access to write: files and folders, which does not include reading them.
#[derive(Clone, Copy, Debug)]
pub enum Write {}

/// [`Read`] or [`Write`].
pub trait Access: sealed::Sealed + 'static {}

impl Access for Read {}
impl Access for Write {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Read {}
    impl Sealed for super::Write {}
}

/// A file or folder that a caller has named and a scope has admitted by that name. It need not exist.
///
/// It is opened beneath its base folder when a command asks for it, and what was opened is what is decided on: links and
/// other spellings lead nowhere that is not admitted. There is no path to open by other means. Everything here blocks.
#[must_use]
pub struct Located<A: Access> {
    pub(super) root: Arc<Root>,
    pub(super) name: Box<str>,
    pub(super) judge: Arc<dyn Judge>,
    access: PhantomData<fn() -> A>,
}

impl<A: Access> Located<A> {
    /// For a scope that has admitted this name. It has none of the forms that lead elsewhere: `..`, an empty component.
    pub(crate) fn new(root: Arc<Root>, name: impl Into<Box<str>>, judge: Arc<dyn Judge>) -> Self {
        Self { root, name: name.into(), judge, access: PhantomData }
    }

    /// What the caller has named, beneath its base folder: to be shown, not to be opened.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is known of the file or folder.
    ///
    /// # Errors
    ///
    /// If it is not there, or is refused.
    pub fn metadata(&self) -> Result<Metadata, PathError> {
        self.told(|base| {
            let (metadata, name) = base.look(&self.name)?;
            self.admit(base, &name)?;
            Ok(Metadata::new(&metadata))
        })
    }

    /// Whether it is there.
    ///
    /// # Errors
    ///
    /// If it is there and refused.
    pub fn exists(&self) -> Result<bool, PathError> {
        self.told(|base| match base.look(&self.name) {
            Ok((_, name)) => self.admit(base, &name).map(|()| true),
            // In something that is no folder, there is nothing either.
            Err(trouble)
                if trouble.is(io::ErrorKind::NotFound) || trouble.is(io::ErrorKind::NotADirectory) =>
            {
                Ok(false)
            }
            Err(trouble) => Err(trouble),
        })
    }

    /// Refuses what is not admitted by its real name.
    pub(super) fn admit(&self, base: &Base, real: &str) -> Result<(), Trouble> {
        if base.is_system(real) {
            return Err(Trouble::really(Why::System, real));
        }
        if !self.judge.admits(&self.root, real) {
            return Err(Trouble::really(Why::NotAdmitted, real));
        }
        Ok(())
    }

    /// Of what kind something is that is not admitted is not told either.
    #[cold]
    fn no_more_than_refused(&self, base: &Base, trouble: Trouble) -> Trouble {
        let tells_kind = trouble.is(io::ErrorKind::IsADirectory) || trouble.is(io::ErrorKind::NotADirectory);
        if !tells_kind {
            return trouble;
        }
        match base.look(&self.name) {
            Ok((_, real)) => self.admit(base, &real).err().unwrap_or(trouble),
            Err(_) => trouble,
        }
    }

    /// Does it, and tells of a refusal.
    pub(super) fn told<T>(&self, act: impl FnOnce(&Base) -> Result<T, Trouble>) -> Result<T, PathError> {
        let done = self
            .root
            .base()
            .map_err(Trouble::Io)
            .and_then(|base| act(base).map_err(|trouble| self.no_more_than_refused(base, trouble)));
        done.map_err(|trouble| {
            let error = PathError::new(&self.name, trouble);
            if error.why().is_some() {
                self.judge.refused(&self.name, &error);
            }
            error
        })
    }
}

impl<A: Access> Clone for Located<A> {
    fn clone(&self) -> Self {
        Self::new(Arc::clone(&self.root), self.name.clone(), Arc::clone(&self.judge))
    }
}

impl<A: Access> fmt::Debug for Located<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Located").field(&self.name).finish()
    }
}
