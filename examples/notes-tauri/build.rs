//! Puts together what the windows show, and does what every Tauri program needs of its build script.

use std::{error::Error, fs, path::Path};

/// The pages of the notes program, as they are.
const PAGES: &str = "../notes/pages";
/// The capability files of the notes program, as they are.
const CAPABILITIES: &str = "../notes/capabilities";
/// What Tauri embeds: `frontendDist` in `tauri.conf.json`.
const DIST: &str = "dist";

fn main() -> Result<(), Box<dyn Error>> {
    pages()?;
    portcullis_tauri_build::Build::new().capabilities(CAPABILITIES).run()?;
    Ok(())
}

/// One page for both windows, which is told what its window is called; the rest as it is.
fn pages() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={PAGES}");
    let dist = Path::new(DIST);
    if dist.exists() {
        fs::remove_dir_all(dist)?;
    }
    fs::create_dir_all(dist)?;
    for file in fs::read_dir(PAGES)? {
        let file = file?;
        if file.file_name() == "index.html" {
            let page = fs::read_to_string(file.path())?;
            for window in ["editor", "viewer"] {
                fs::write(dist.join(window).with_extension("html"), page.replace("{window}", window))?;
            }
        } else {
            fs::copy(file.path(), dist.join(file.file_name()))?;
        }
    }
    Ok(())
}
