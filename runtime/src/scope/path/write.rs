//! What can be done with a file or folder that was admitted for writing.

use std::io::{self, Write as _};

use cap_std::fs::{File, Metadata};

use super::{
    error::{PathError, Trouble},
    file::WriteFile,
    located::{Located, Write},
    name,
    open::{self, Folder, How},
    root::Base,
};

/// How often a file may come and go between looking for it and making it.
const TRIES: usize = 8;

impl Located<Write> {
    /// Writes these bytes and nothing else into the file, which is created if it is not there.
    ///
    /// # Errors
    ///
    /// If its folder is not there, it is a folder, is refused, or cannot be written.
    pub fn write(&self, bytes: impl AsRef<[u8]>) -> Result<(), PathError> {
        self.told(|base| {
            let mut file = self.there_or_new(base, How::Write)?;
            // Not before it was decided on.
            file.set_len(0).map_err(Trouble::Io)?;
            file.write_all(bytes.as_ref()).map_err(Trouble::Io)
        })
    }

    /// Writes these bytes behind what the file has, which is created if it is not there.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    pub fn append(&self, bytes: impl AsRef<[u8]>) -> Result<(), PathError> {
        self.told(|base| {
            let mut file = self.there_or_new(base, How::Append)?;
            file.write_all(bytes.as_ref()).map_err(Trouble::Io)
        })
    }

    /// Creates the file, which must not be there.
    ///
    /// # Errors
    ///
    /// If it is there (`already_exists`), its folder is not, or it is refused.
    pub fn create(&self) -> Result<WriteFile, PathError> {
        self.told(|base| self.new_file(base, How::Write)).map(|file| WriteFile::new(file, &self.name))
    }

    /// Opens the file, which must be there, as it is and at its beginning.
    ///
    /// # Errors
    ///
    /// If it is not there, is a folder, or is refused.
    pub fn open(&self) -> Result<WriteFile, PathError> {
        self.told(|base| self.there(base, How::Write)).map(|file| WriteFile::new(file, &self.name))
    }

    /// Opens the file for writing behind what it has. It is created if it is not there.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    pub fn open_append(&self) -> Result<WriteFile, PathError> {
        self.told(|base| self.there_or_new(base, How::Append)).map(|file| WriteFile::new(file, &self.name))
    }

    /// Removes the file. Of a link, the link is removed and what it leads to stays.
    ///
    /// # Errors
    ///
    /// If it is not there, is a folder, or is refused.
    pub fn remove(&self) -> Result<(), PathError> {
        self.told(|base| {
            let (folder, last, metadata) = self.entry(base)?;
            open::must_be_ordinary(&metadata)?;
            if metadata.is_dir() {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            folder.dir.remove_file(&last).map_err(Trouble::from)
        })
    }

    /// Makes the folder, which must not be there.
    ///
    /// # Errors
    ///
    /// If it is there (`already_exists`), the folder that it would be in is not, or it is refused.
    pub fn create_dir(&self) -> Result<(), PathError> {
        self.told(|base| self.new_folder(base, &self.name))
    }

    /// Makes the folder and the folders on the way to it, as far as they are not there. Each that is made must be
    /// admitted.
    ///
    /// # Errors
    ///
    /// If something on the way is a file, or is refused.
    pub fn create_dir_all(&self) -> Result<(), PathError> {
        self.told(|base| {
            let ends = self.name.match_indices('/').map(|(at, _)| at).chain([self.name.len()]);
            for way in ends.filter_map(|end| self.name.get(..end)) {
                // What is there is passed, and need not be admitted for that.
                match base.folder(way) {
                    Err(trouble) if trouble.is(io::ErrorKind::NotFound) => match self.new_folder(base, way) {
                        Err(trouble) if trouble.is(io::ErrorKind::AlreadyExists) => {}
                        made => made?,
                    },
                    there => drop(there?),
                }
            }
            self.admit(base, &base.folder(&self.name)?.name)
        })
    }

    /// Removes the folder, which must be empty.
    ///
    /// # Errors
    ///
    /// If it is not there, is not empty, is no folder, or is refused.
    pub fn remove_dir(&self) -> Result<(), PathError> {
        self.told(|base| {
            let (folder, last, metadata) = self.entry(base)?;
            if !metadata.is_dir() {
                return Err(io::ErrorKind::NotADirectory.into());
            }
            folder.dir.remove_dir(&last).map_err(Trouble::from)
        })
    }

    /// Gives the file the place and name of another, which it replaces if that is there.
    ///
    /// Files only: with a folder, what is in it would get names that nobody has looked at.
    ///
    /// # Errors
    ///
    /// If it is not there, the other's folder is not, either is a folder or a link, or is refused.
    pub fn rename_to(&self, target: &Self) -> Result<(), PathError> {
        let (from, last, _) = self.told(|base| {
            let entry = self.entry(base)?;
            open::must_be_file(&entry.2)?;
            open::must_have_one_name(&entry.2)?;
            Ok(entry)
        })?;
        let (to, new) = target.told(|base| target.place(base))?;
        self.told(|_| from.dir.rename(&last, &to.dir, &new).map_err(Trouble::Io))
    }

    /// The file that is there, which has no other name.
    fn there(&self, base: &Base, how: How) -> Result<File, Trouble> {
        let found = base.file(&self.name, how)?;
        self.admit(base, &found.name)?;
        found.must_have_one_name()?;
        Ok(found.file)
    }

    fn there_or_new(&self, base: &Base, how: How) -> Result<File, Trouble> {
        let mut last = Trouble::from(io::ErrorKind::ResourceBusy);
        for _ in 0..TRIES {
            match self.there(base, how) {
                Err(trouble) if trouble.is(io::ErrorKind::NotFound) => {}
                decided => return decided,
            }
            match self.new_file(base, how) {
                Err(trouble) if trouble.is(io::ErrorKind::AlreadyExists) => last = trouble,
                decided => return decided,
            }
        }
        Err(last)
    }

    fn new_file(&self, base: &Base, how: How) -> Result<File, Trouble> {
        let (folder, last) = self.new_entry(base, &self.name)?;
        let file = folder.create(last, how)?;
        let decide = || {
            let created = folder.created(base, last, &file)?;
            self.admit(base, &created)?;
            open::must_have_one_name(&file.metadata()?)
        };
        if let Err(trouble) = decide() {
            let made = file.metadata().map_err(Trouble::Io)?;
            if folder.dir.symlink_metadata(last).is_ok_and(|found| name::is_same(&found, &made)) {
                folder.dir.remove_file(last).map_err(Trouble::Io)?;
            }
            return Err(trouble);
        }
        Ok(file)
    }

    fn new_folder(&self, base: &Base, name: &str) -> Result<(), Trouble> {
        let (folder, last) = self.new_entry(base, name)?;
        folder.create_folder(last)?;
        let decide = || self.admit(base, &folder.created_folder(base, last)?);
        decide().inspect_err(|_| {
            // If it is no longer there or no longer empty, it is somebody else's by now.
            let _ = folder.dir.remove_dir(last);
        })
    }

    /// The folder that something new is to be made in, and what it will be called there: that name is admitted.
    fn new_entry<'n>(&self, base: &Base, name: &'n str) -> Result<(Folder, &'n str), Trouble> {
        let (folder, last) = base.parent(name)?;
        self.admit(base, &name::join(&folder.name, last))?;
        folder.keeps(last)?;
        Ok((folder, last))
    }

    /// What is there under this name, which may be a link: that name is admitted as it is spelled.
    fn entry(&self, base: &Base) -> Result<(Folder, String, Metadata), Trouble> {
        let (folder, last) = base.parent(&self.name)?;
        let (metadata, last) = folder.entry(last)?;
        self.admit(base, &name::join(&folder.name, &last))?;
        Ok((folder, last, metadata))
    }

    /// Where a file can be moved to: nothing is there, or a file that may be written.
    fn place(&self, base: &Base) -> Result<(Folder, String), Trouble> {
        let (folder, last) = self.new_entry(base, &self.name)?;
        match folder.entry(last) {
            Ok((metadata, spelled)) => {
                self.admit(base, &name::join(&folder.name, &spelled))?;
                open::must_be_file(&metadata)?;
                open::must_have_one_name(&metadata)?;
            }
            Err(trouble) if trouble.is(io::ErrorKind::NotFound) => {}
            Err(trouble) => return Err(trouble),
        }
        Ok((folder, last.to_owned()))
    }
}
