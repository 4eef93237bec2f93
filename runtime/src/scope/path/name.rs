//! The real name of something beneath a base folder: of a handle, as the system tells it, or as the folder that it is
//! in spells it. No decision is made on it here.

use std::{
    io,
    path::{Path, PathBuf},
};

use cap_fs_ext::{DirEntryExt as _, MetadataExt as _};
use cap_std::fs::{Dir, Metadata};

#[cfg(unix)]
pub(super) use std::os::fd::AsFd as Handle;

use super::{
    error::{Trouble, Why},
    open,
    root::Base,
};

/// What the system tells no name of.
#[cfg(not(unix))]
pub(super) trait Handle {}
#[cfg(not(unix))]
impl<T> Handle for T {}

/// The name in a folder.
pub(super) fn join(folder: &str, last: &str) -> String {
    if folder.is_empty() { last.to_owned() } else { format!("{folder}/{last}") }
}

/// The folder of a name, and its last component.
pub(super) fn split(name: &str) -> (&str, &str) {
    name.rsplit_once('/').unwrap_or(("", name))
}

/// Where a handle is now, on the host. An error where the system does not tell.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn of_handle(handle: &impl Handle) -> io::Result<PathBuf> {
    use std::os::fd::AsRawFd as _;
    std::fs::read_link(format!("/proc/self/fd/{}", handle.as_fd().as_raw_fd()))
}

/// Where a handle is now, on the host.
#[cfg(target_vendor = "apple")]
pub(super) fn of_handle(handle: &impl Handle) -> io::Result<PathBuf> {
    use std::os::unix::ffi::OsStringExt as _;
    let path = rustix::fs::getpath(handle)?.into_bytes();
    Ok(std::ffi::OsString::from_vec(path).into())
}

/// The system does not tell.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn of_handle(_: &impl Handle) -> io::Result<PathBuf> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The real name of an open handle, beneath the base folder that it was opened in.
pub(super) fn beneath(base: &Base, handle: &impl Handle, metadata: &Metadata) -> Result<String, Trouble> {
    let name = relative(base, handle)?;
    // Linux says so in the name, and some of its file systems count no names at all.
    if cfg!(target_vendor = "apple") && metadata.nlink() == 0 {
        return Err(io::ErrorKind::NotFound.into());
    }
    if name.is_empty() || is_spelled(base, &name) { Ok(name) } else { confirm(base, &name, metadata) }
}

/// The name of an entry of a folder as the folder spells it: any case, a short name or another normal form may have
/// found it.
pub(super) fn spelling(folder: &Dir, asked: &str, metadata: &Metadata) -> Result<String, Trouble> {
    for entry in folder.entries()? {
        let entry = entry?;
        if entry.file_name() == asked && is_same(&entry.full_metadata()?, metadata) {
            return Ok(asked.to_owned());
        }
    }
    let mut found = None;
    for entry in folder.entries()? {
        let entry = entry?;
        // What cannot be looked at is not what was looked at a moment ago.
        if entry.full_metadata().is_ok_and(|of_entry| is_same(&of_entry, metadata)) {
            if found.is_some() {
                return Err(Trouble::refused(Why::Unclear));
            }
            found = Some(entry.file_name());
        }
    }
    let found = found.ok_or(io::ErrorKind::NotFound)?;
    found.into_string().map_err(|_| Trouble::refused(Why::NotUnicode))
}

/// Whether both are of one file or folder.
pub(super) fn is_same(a: &Metadata, b: &Metadata) -> bool {
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

fn relative(base: &Base, handle: &impl Handle) -> Result<String, Trouble> {
    // A base folder that is moved while we look makes the two names disagree for a moment.
    for _ in 0..8 {
        let root = of_handle(&base.dir)?;
        if let Ok(rest) = of_handle(handle)?.strip_prefix(&root) {
            return text(rest);
        }
        if of_handle(&base.dir)? == root {
            break;
        }
    }
    Err(Trouble::refused(Why::Outside))
}

/// With `/` between the components, whatever the system writes.
fn text(path: &Path) -> Result<String, Trouble> {
    let components: Option<Vec<&str>> = path.iter().map(|component| component.to_str()).collect();
    Ok(components.ok_or(Trouble::refused(Why::NotUnicode))?.join("/"))
}

/// Whether the system's name for a handle is how the folders on the way spell it. Linux tells the name that was looked
/// up, which on some file systems is another.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn is_spelled(base: &Base, name: &str) -> bool {
    // Linux writes this behind the name of what has been removed, and a name can end in it too.
    !name.ends_with(" (deleted)") && super::filesystem::is_exact_down_to(&base.dir, split(name).0)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn is_spelled(_: &Base, _: &str) -> bool {
    true
}

/// Walks to what has this name, and takes the spelling of each folder on the way.
fn confirm(base: &Base, name: &str, metadata: &Metadata) -> Result<String, Trouble> {
    let (seen, name) = open::walk_to(base, name)?;
    if is_same(&seen, metadata) { Ok(name) } else { Err(io::ErrorKind::NotFound.into()) }
}
