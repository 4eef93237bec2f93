//! From a name beneath a base folder to a handle and its real name. Nothing is created, nothing that is no file or folder
//! is opened, and whether the real name is admitted is for the caller to ask.

use std::io;

use cap_fs_ext::{DirExt as _, FollowSymlinks, MetadataExt as _, OpenOptionsFollowExt as _};
use cap_std::fs::{Dir, File, Metadata, OpenOptions};

#[cfg(any(target_os = "linux", target_os = "android"))]
use super::filesystem;
use super::{
    error::{Trouble, Why},
    name,
    root::{Base, Names},
};

/// What a file is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Read,
    Write,
    Append,
}

/// A folder that is held open.
pub(super) struct Folder {
    pub(super) dir: Dir,
    pub(super) name: String,
    names: Names,
}

/// A file that is held open.
pub(super) struct Found {
    pub(super) file: File,
    pub(super) name: String,
    metadata: Metadata,
}

impl How {
    pub(super) fn options(self) -> OpenOptions {
        let mut options = OpenOptions::new();
        match self {
            Self::Read => options.read(true),
            Self::Write => options.write(true),
            Self::Append => options.append(true),
        };
        // If a pipe or a terminal takes the place of the file that was looked at, this neither waits for it nor is owned
        // by it.
        #[cfg(unix)]
        {
            use cap_std::fs::OpenOptionsExt as _;
            use rustix::fs::OFlags;
            options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
        }
        options
    }
}

impl Base {
    /// Opens a folder. `""` is the base folder itself.
    pub(super) fn folder(&self, name: &str) -> Result<Folder, Trouble> {
        if self.names == Names::ByWalking {
            return walk(self, name);
        }
        let dir = if name.is_empty() { self.dir.try_clone()? } else { self.dir.open_dir(name)? };
        let name = name::beneath(self, &dir, &dir.dir_metadata()?)?;
        not_system(&dir, &name)?;
        Ok(Folder { dir, name, names: self.names })
    }

    /// Opens the folder that something is in, or would be in, and gives its name there.
    pub(super) fn parent<'n>(&self, name: &'n str) -> Result<(Folder, &'n str), Trouble> {
        let (folder, last) = name::split(name);
        if last.is_empty() {
            return Err(Trouble::refused(Why::Base));
        }
        Ok((self.folder(folder)?, last))
    }

    /// Opens a file that is there.
    pub(super) fn file(&self, name: &str, how: How) -> Result<Found, Trouble> {
        if name.is_empty() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if self.names == Names::ByWalking {
            let (folder, last) = self.parent(name)?;
            return folder.file(last, how);
        }
        must_be_file(&self.peek(name)?)?;
        let file = self.dir.open_with(name, &how.options())?;
        let metadata = file.metadata()?;
        must_be_file(&metadata)?;
        let name = name::beneath(self, &file, &metadata)?;
        not_system(&file, &name)?;
        Ok(Found { file, name, metadata })
    }

    /// Looks at a file or folder without opening it.
    pub(super) fn look(&self, name: &str) -> Result<(Metadata, String), Trouble> {
        if self.names == Names::ByWalking {
            return walk_to(self, name);
        }
        if name.is_empty() {
            let folder = self.folder(name)?;
            return Ok((folder.dir.dir_metadata()?, folder.name));
        }
        #[cfg(any(target_os = "linux", target_os = "android"))]
        let handle = self.dir.open_with(name, &without_opening())?;
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        let handle = {
            must_be_ordinary(&self.peek(name)?)?;
            self.dir.open_with(name, &How::Read.options())?
        };
        let metadata = handle.metadata()?;
        must_be_ordinary(&metadata)?;
        let name = name::beneath(self, &handle, &metadata)?;
        not_system(&handle, &name)?;
        Ok((metadata, name))
    }

    /// What opening would open. Looking has no effect on it, while opening a pipe, a device or a file of the kernel has.
    fn peek(&self, name: &str) -> Result<Metadata, Trouble> {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        {
            let handle = self.dir.open_with(name, &without_opening())?;
            not_system(&handle, name)?;
            Ok(handle.metadata()?)
        }
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        Ok(self.dir.metadata(name)?)
    }
}

impl Folder {
    /// What the folder has under this name, which may be a link, and how it spells it.
    pub(super) fn entry(&self, last: &str) -> Result<(Metadata, String), Trouble> {
        let metadata = self.dir.symlink_metadata(last)?;
        let spelled = self.spelling(last, &metadata)?;
        Ok((metadata, spelled))
    }

    /// A new file, in the place of nothing, not even a link.
    pub(super) fn create(&self, last: &str, how: How) -> Result<File, Trouble> {
        let mut options = how.options();
        // Appending is writing too, which creating asks for.
        options.write(true).create_new(true).follow(FollowSymlinks::No);
        self.dir.open_with(last, &options).map_err(|error| self.no_place(last, error))
    }

    /// A new folder, in the place of nothing, not even a link.
    pub(super) fn create_folder(&self, last: &str) -> Result<(), Trouble> {
        self.dir.create_dir(last).map_err(|error| self.no_place(last, error))
    }

    /// The real name of a file that has just been created here. It is asked for afresh: the folder may have been moved
    /// meanwhile, or the file system may have a spelling of its own.
    pub(super) fn created(&self, base: &Base, last: &str, file: &File) -> Result<String, Trouble> {
        let metadata = file.metadata()?;
        must_be_file(&metadata)?;
        self.real_name(base, last, file, &metadata)
    }

    /// The same of a folder.
    pub(super) fn created_folder(&self, base: &Base, last: &str) -> Result<String, Trouble> {
        let dir = self.dir.open_dir_nofollow(last)?;
        self.real_name(base, last, &dir, &dir.dir_metadata()?)
    }

    /// Whether a new entry would have this name. Windows' file systems, under Linux too, drop what ends in dots and spaces.
    pub(super) fn keeps(&self, last: &str) -> Result<(), Trouble> {
        if last.ends_with(['.', ' ']) && !self.is_exact() {
            return Err(Trouble::refused(Why::Respelled));
        }
        Ok(())
    }

    /// How the folder spells the name of what has been found in it.
    pub(super) fn spelling(&self, last: &str, metadata: &Metadata) -> Result<String, Trouble> {
        if self.is_exact() { Ok(last.to_owned()) } else { name::spelling(&self.dir, last, metadata) }
    }

    /// The folder in this one, which may not be a link.
    fn folder(&self, last: &str) -> Result<Self, Trouble> {
        let seen = self.dir.symlink_metadata(last)?;
        must_not_be_link(&seen)?;
        if !seen.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let dir = self.dir.open_dir_nofollow(last)?;
        let name = name::join(&self.name, &self.spelling(last, &dir.dir_metadata()?)?);
        not_system(&dir, &name)?;
        Ok(Self { dir, name, names: self.names })
    }

    /// The file in this folder, which may not be a link.
    fn file(&self, last: &str, how: How) -> Result<Found, Trouble> {
        let seen = self.dir.symlink_metadata(last)?;
        must_be_file(&seen)?;
        let file = self.dir.open_with(last, how.options().follow(FollowSymlinks::No))?;
        let metadata = file.metadata()?;
        must_be_file(&metadata)?;
        let name = name::join(&self.name, &self.spelling(last, &metadata)?);
        not_system(&file, &name)?;
        Ok(Found { file, name, metadata })
    }

    fn real_name(
        &self,
        base: &Base,
        last: &str,
        handle: &impl name::Handle,
        metadata: &Metadata,
    ) -> Result<String, Trouble> {
        match self.names {
            Names::OfHandles => name::beneath(base, handle, metadata),
            Names::ByWalking => Ok(name::join(&self.name, &self.spelling(last, metadata)?)),
        }
    }

    fn is_exact(&self) -> bool {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        return self.names == Names::OfHandles && filesystem::is_exact(&self.dir);
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        return false;
    }

    fn no_place(&self, last: &str, error: io::Error) -> Trouble {
        let is_link = || self.dir.symlink_metadata(last).is_ok_and(|found| found.is_symlink());
        if error.kind() == io::ErrorKind::AlreadyExists && is_link() {
            return Trouble::refused(Why::Link);
        }
        error.into()
    }
}

impl Found {
    /// Refuses a file that has another name somewhere, which nobody has looked at.
    pub(super) fn must_have_one_name(&self) -> Result<(), Trouble> {
        // Looked at before its name was read, and now: if it had two names at any time between, one of these shows it.
        must_have_one_name(&self.metadata)?;
        must_have_one_name(&self.file.metadata()?)
    }
}

/// Goes down one component at a time, and follows no link.
fn walk(base: &Base, name: &str) -> Result<Folder, Trouble> {
    let mut at = Folder { dir: base.dir.try_clone()?, name: String::new(), names: Names::ByWalking };
    for component in name.split('/').filter(|component| !component.is_empty()) {
        at = at.folder(component)?;
    }
    Ok(at)
}

/// Goes down to what has this name, and gives the name that each folder on the way has for it.
pub(super) fn walk_to(base: &Base, name: &str) -> Result<(Metadata, String), Trouble> {
    let (folder, last) = name::split(name);
    let folder = walk(base, folder)?;
    if last.is_empty() {
        return Ok((folder.dir.dir_metadata()?, folder.name));
    }
    let (metadata, last) = folder.entry(last)?;
    must_not_be_link(&metadata)?;
    must_be_ordinary(&metadata)?;
    Ok((metadata, name::join(&folder.name, &last)))
}

/// A file that may be written to.
pub(super) fn must_have_one_name(metadata: &Metadata) -> Result<(), Trouble> {
    if metadata.nlink() > 1 { Err(Trouble::refused(Why::HardLink)) } else { Ok(()) }
}

/// A regular file.
pub(super) fn must_be_file(metadata: &Metadata) -> Result<(), Trouble> {
    must_not_be_link(metadata)?;
    must_be_ordinary(metadata)?;
    if metadata.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { Ok(()) }
}

/// A regular file or a folder, or a link.
pub(super) fn must_be_ordinary(metadata: &Metadata) -> Result<(), Trouble> {
    let ordinary = metadata.is_file() || metadata.is_dir() || metadata.is_symlink();
    if ordinary { Ok(()) } else { Err(Trouble::refused(Why::Special)) }
}

/// Anything but a link.
pub(super) fn must_not_be_link(metadata: &Metadata) -> Result<(), Trouble> {
    if metadata.is_symlink() { Err(Trouble::refused(Why::Link)) } else { Ok(()) }
}

/// A handle that can be asked about and nothing else.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn without_opening() -> OpenOptions {
    use cap_std::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(rustix::fs::OFlags::PATH.bits().cast_signed());
    options
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn not_system(handle: &impl name::Handle, name: &str) -> Result<(), Trouble> {
    if filesystem::is_system(handle) { Err(Trouble::really(Why::System, name)) } else { Ok(()) }
}

/// Nothing tells of a handle. What is the system's own is known by its name.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn not_system(_: &impl name::Handle, _: &str) -> Result<(), Trouble> {
    Ok(())
}
