//! The folder with the clips, and what is in it when the program is first started. Who may use what is not known here.

use std::{
    error::Error,
    fs, io,
    path::{Path, PathBuf},
};

/// The folder for data: the one that was told, or the platform's own.
pub fn folder(told: Option<PathBuf>) -> Result<PathBuf, Box<dyn Error>> {
    let own = || Some(directories::ProjectDirs::from("", "", "portcullis-clips")?.data_dir().to_owned());
    let folder = told.or_else(own).ok_or("no folder for data is known here: name one with `--data DIR`")?;
    // Base folders are absolute.
    Ok(std::path::absolute(folder)?)
}

/// The folder with the clips, which is made with a few first ones if it is not there.
pub fn clips(data: &Path) -> io::Result<PathBuf> {
    let clips = data.join("clips");
    if clips.try_exists()? {
        return Ok(clips);
    }
    fs::create_dir_all(clips.join("private"))?;
    fs::write(clips.join("welcome.md"), include_str!("../first/welcome.md"))?;
    fs::write(clips.join("private/plan.md"), include_str!("../first/plan.md"))?;
    // Beside the clips and not among them; and a link to it from among them, as somebody else might leave one.
    fs::write(data.join("secret.md"), include_str!("../first/secret.md"))?;
    #[cfg(unix)]
    std::os::unix::fs::symlink("../secret.md", clips.join("shortcut.md"))?;
    Ok(clips)
}
