//! What a command is handed: a file to read, a file to write, and what is known of one. There is no way from one to
//! another, nor to a path or a handle of the system.

use std::{
    fmt,
    io::{self, IoSlice, IoSliceMut, Read as _, SeekFrom},
    time::SystemTime,
};

use cap_std::fs;

use super::error::PathError;

/// A file that was admitted for reading, open.
///
/// It is read as any other ([`io::Read`], [`io::Seek`]), and there is no way to write to it.
pub struct ReadFile {
    file: fs::File,
    name: Box<str>,
}

/// A file that was admitted for writing, open.
///
/// It is written as any other ([`io::Write`], [`io::Seek`]), and there is no way to read from it.
pub struct WriteFile {
    file: fs::File,
    name: Box<str>,
}

/// What is known of a file or folder.
#[derive(Clone, Debug)]
pub struct Metadata {
    kind: Kind,
    len: u64,
    read_only: bool,
    modified: Option<SystemTime>,
    created: Option<SystemTime>,
}

/// A file or a folder. There is no third: what is neither is refused, and a link is what it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
}

impl ReadFile {
    pub(super) fn new(file: fs::File, name: &str) -> Self {
        Self { file, name: name.into() }
    }

    /// All that has not been read yet.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn read_to_end(mut self) -> Result<Vec<u8>, PathError> {
        let mut bytes = Vec::new();
        self.file.read_to_end(&mut bytes).map_err(|error| PathError::new(&self.name, error))?;
        Ok(bytes)
    }

    /// All that has not been read yet, as text.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is not UTF-8 (`invalid_data`).
    pub fn read_to_string(mut self) -> Result<String, PathError> {
        let mut text = String::new();
        self.file.read_to_string(&mut text).map_err(|error| PathError::new(&self.name, error))?;
        Ok(text)
    }

    /// What is known of the file.
    ///
    /// # Errors
    ///
    /// If the system does not tell.
    pub fn metadata(&self) -> Result<Metadata, PathError> {
        Metadata::of(&self.file, &self.name)
    }
}

impl WriteFile {
    pub(super) fn new(file: fs::File, name: &str) -> Self {
        Self { file, name: name.into() }
    }

    /// Cuts the file off at this many bytes, or fills it with zeros up to there.
    ///
    /// # Errors
    ///
    /// If the system cannot do it.
    pub fn set_len(&self, len: u64) -> Result<(), PathError> {
        self.file.set_len(len).map_err(|error| PathError::new(&self.name, error))
    }

    /// Waits until all that was written is on the disk.
    ///
    /// # Errors
    ///
    /// If the system cannot do it.
    pub fn sync_all(&self) -> Result<(), PathError> {
        self.file.sync_all().map_err(|error| PathError::new(&self.name, error))
    }

    /// What is known of the file.
    ///
    /// # Errors
    ///
    /// If the system does not tell.
    pub fn metadata(&self) -> Result<Metadata, PathError> {
        Metadata::of(&self.file, &self.name)
    }
}

impl Metadata {
    pub(super) fn new(metadata: &fs::Metadata) -> Self {
        Self {
            kind: if metadata.is_dir() { Kind::Folder } else { Kind::File },
            len: metadata.len(),
            read_only: metadata.permissions().readonly(),
            modified: metadata.modified().ok().map(cap_std::time::SystemTime::into_std),
            created: metadata.created().ok().map(cap_std::time::SystemTime::into_std),
        }
    }

    fn of(file: &fs::File, name: &str) -> Result<Self, PathError> {
        file.metadata().map(|metadata| Self::new(&metadata)).map_err(|error| PathError::new(name, error))
    }

    /// Whether it is a file or a folder.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether it is a file.
    #[must_use]
    pub const fn is_file(&self) -> bool {
        matches!(self.kind, Kind::File)
    }

    /// Whether it is a folder.
    #[must_use]
    pub const fn is_dir(&self) -> bool {
        matches!(self.kind, Kind::Folder)
    }

    /// How many bytes it has. Of a folder, whatever the system says.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "a file is not a collection")]
    pub const fn len(&self) -> u64 {
        self.len
    }

    /// Whether the system would let nobody write to it.
    #[must_use]
    pub const fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// When it was last written to, if the system tells.
    #[must_use]
    pub const fn modified(&self) -> Option<SystemTime> {
        self.modified
    }

    /// When it was made, if the system tells.
    #[must_use]
    pub const fn created(&self) -> Option<SystemTime> {
        self.created
    }
}

impl io::Read for ReadFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer)
    }

    fn read_vectored(&mut self, buffers: &mut [IoSliceMut<'_>]) -> io::Result<usize> {
        self.file.read_vectored(buffers)
    }

    fn read_to_end(&mut self, buffer: &mut Vec<u8>) -> io::Result<usize> {
        self.file.read_to_end(buffer)
    }

    fn read_to_string(&mut self, buffer: &mut String) -> io::Result<usize> {
        self.file.read_to_string(buffer)
    }
}

impl io::Seek for ReadFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl io::Write for WriteFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn write_vectored(&mut self, buffers: &[IoSlice<'_>]) -> io::Result<usize> {
        self.file.write_vectored(buffers)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl io::Seek for WriteFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl fmt::Debug for ReadFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReadFile").field(&self.name).finish()
    }
}

impl fmt::Debug for WriteFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WriteFile").field(&self.name).finish()
    }
}
