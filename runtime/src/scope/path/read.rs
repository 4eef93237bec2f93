//! What can be done with a file or folder that was admitted for reading.

use super::{
    error::PathError,
    file::ReadFile,
    list::{Listing, Walk},
    located::{Located, Read},
    open::How,
};

impl Located<Read> {
    /// Opens the file.
    ///
    /// # Errors
    ///
    /// If it is not there, is a folder, or is refused.
    pub fn open(&self) -> Result<ReadFile, PathError> {
        self.told(|base| {
            let found = base.file(&self.name, How::Read)?;
            self.admit(base, &found.name)?;
            Ok(ReadFile::new(found.file, &self.name))
        })
    }

    /// All that is in the file.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), or if it cannot be read.
    pub fn read(&self) -> Result<Vec<u8>, PathError> {
        self.open()?.read_to_end()
    }

    /// All that is in the file, as text.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), or if it is not UTF-8 (`invalid_data`).
    pub fn read_to_string(&self) -> Result<String, PathError> {
        self.open()?.read_to_string()
    }

    /// What the folder has in it, in the order of the system, and of that only what is admitted.
    ///
    /// A link is listed if what it leads to is admitted too, and as what that is. What is left out is no refusal.
    ///
    /// # Errors
    ///
    /// If the folder is not there, is a file, or is refused itself.
    pub fn list(&self) -> Result<Listing, PathError> {
        self.told(|base| {
            let folder = base.folder(&self.name)?;
            self.admit(base, &folder.name)?;
            Listing::new(self.clone(), folder)
        })
    }

    /// What the folder and the folders in it have in them: what each has comes together, before what the folders among
    /// that have.
    ///
    /// It goes into admitted folders only, and through no link. For the rest see [`list`](Self::list).
    ///
    /// # Errors
    ///
    /// As [`list`](Self::list).
    pub fn walk(&self) -> Result<Walk, PathError> {
        Ok(Walk::new(self.list()?))
    }
}
