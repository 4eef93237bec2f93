//! The folder for data, and the one for imports with what is in it when the program is first started.

use std::{
    error::Error,
    fs, io,
    path::{Path, PathBuf},
};

/// What is there to be imported at first.
const FIRST: [(&str, &str); 7] = [
    ("Books to read.md", include_str!("../first/Books to read.md")),
    ("Ideas.txt", include_str!("../first/Ideas.txt")),
    ("Recipes/Pancakes.md", include_str!("../first/Recipes/Pancakes.md")),
    ("Recipes/Rye bread.md", include_str!("../first/Recipes/Rye bread.md")),
    ("Recipes/Tomato soup.md", include_str!("../first/Recipes/Tomato soup.md")),
    ("Trip/Packing list.md", include_str!("../first/Trip/Packing list.md")),
    ("Trip/Trains.md", include_str!("../first/Trip/Trains.md")),
];

/// The folder for data, which is made if it is not there: the one that was told, or the platform's own.
pub fn folder(told: Option<PathBuf>) -> Result<PathBuf, Box<dyn Error>> {
    let own = || Some(directories::ProjectDirs::from("", "", "portcullis-notes")?.data_dir().to_owned());
    let folder = told.or_else(own).ok_or("no folder for data is known here: name one with `--data DIR`")?;
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    // Base folders are absolute.
    Ok(std::path::absolute(folder)?)
}

/// The folder that notes can be imported from: the one that was told, which must be there, or the program's own, which is
/// made with a few first notes if it is not.
pub fn imports(told: Option<PathBuf>, data: &Path) -> Result<PathBuf, Box<dyn Error>> {
    match told {
        Some(folder) if folder.is_dir() => Ok(std::path::absolute(folder)?),
        Some(folder) => Err(format!("`--import {}`: there is no such folder", folder.display()).into()),
        None => {
            let own = data.join("import");
            seed(&own).map_err(|error| format!("{}: {error}", own.display()))?;
            Ok(own)
        }
    }
}

fn seed(folder: &Path) -> io::Result<()> {
    if folder.try_exists()? {
        return Ok(());
    }
    for (name, text) in FIRST {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap_or(folder))?;
        fs::write(file, text)?;
    }
    Ok(())
}
