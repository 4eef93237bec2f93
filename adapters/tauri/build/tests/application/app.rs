//! A program in a folder of its own, which cargo builds.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

/// A copy of the fixture.
pub(crate) struct App {
    folder: PathBuf,
    name: String,
}

impl App {
    /// A program with a build script of one line.
    pub(crate) fn new(case: &str) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("application").join(case);
        let _ = fs::remove_dir_all(&folder);
        let app = Self { folder, name: format!("program-{case}") };
        copy(&here.join("tests/fixtures/app"), &app.folder);
        fs::copy(here.join("../../../Cargo.lock"), app.folder.join("Cargo.lock")).unwrap();
        app.put("build.rs", "fn main() { portcullis_tauri_build::build() }");
        app.put(
            "Cargo.toml",
            &format!(
                r#"
                [package]
                name = "{}"
                version = "0.0.0"
                edition = "2024"
                [dependencies]
                tauri-{case} = {{ path = "tauri" }}
                files-{case} = {{ path = "files" }}
                [build-dependencies]
                portcullis-tauri-build = {{ path = '{}' }}
                tauri-build = "2.7"
                [profile.dev]
                debug = false
                [workspace]
                "#,
                app.name,
                here.display()
            ),
        );
        // What they are called by is no matter: a build script knows them by `links`. Of one name, they would be the same
        // package to cargo in every program, and be built anew for each.
        for (folder, links) in [("tauri", "Tauri"), ("files", "tauri-plugin-files")] {
            app.put(
                &format!("{folder}/Cargo.toml"),
                &format!(
                    r#"
                    [package]
                    name = "{folder}-{case}"
                    version = "2.0.0"
                    edition = "2024"
                    links = "{links}"
                    [build-dependencies]
                    tauri-utils = {{ version = "2.10", features = ["build-2"] }}
                    "#
                ),
            );
        }
        app
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap()
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes a file. Cargo goes by modification times, of a granularity that a test can outrun.
    pub(crate) fn change(&self, path: &str, text: &str) {
        sleep(Duration::from_millis(1100));
        self.put(path, text);
    }

    pub(crate) fn remove(&self, path: &str) {
        sleep(Duration::from_millis(1100));
        let path = self.folder.join(path);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
    }

    #[track_caller]
    pub(crate) fn builds(&self) {
        let (well, said) = self.cargo();
        assert!(well, "{said}");
    }

    #[track_caller]
    pub(crate) fn fails(&self, expected: &str) {
        let (well, said) = self.cargo();
        // Cargo indents what a build script says.
        let said =
            said.lines().map(|line| line.strip_prefix("  ").unwrap_or(line)).collect::<Vec<_>>().join("\n");
        assert!(!well, "it builds");
        assert!(said.contains(expected), "`{expected}` is not in:\n{said}");
    }

    /// Builds, and says whether the build script has run for it.
    #[track_caller]
    pub(crate) fn runs_again(&self) -> bool {
        let (well, said) = self.cargo();
        assert!(well, "{said}");
        let script = format!("{}-", self.name);
        said.lines().any(|line| {
            line.contains("Running `") && line.contains(&script) && line.contains("build-script-build`")
        })
    }

    fn cargo(&self) -> (bool, String) {
        let output = Command::new(env!("CARGO"))
            .args(["check", "--verbose", "--color", "never", "--manifest-path"])
            .arg(self.folder.join("Cargo.toml"))
            .env("CARGO_TARGET_DIR", target_folder())
            .env_remove("TAURI_CONFIG")
            .env_remove("REMOVE_UNUSED_COMMANDS")
            .output()
            .unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    }

    /// The files that Tauri was given.
    pub(crate) fn copies(&self) -> BTreeSet<String> {
        let builds =
            fs::read_dir(target_folder().join("debug/build")).unwrap().map(|entry| entry.unwrap().path());
        let folder = builds
            .filter(|path| {
                path.file_name().unwrap().to_string_lossy().starts_with(&format!("{}-", self.name))
            })
            .map(|path| path.join("out/portcullis/capabilities"))
            .filter(|path| path.is_dir())
            // A target folder that has been moved has those of before too.
            .max_by_key(|path| path.metadata().unwrap().modified().unwrap())
            .expect("there are copies");
        let mut files = BTreeSet::new();
        collect(&folder, &folder, &mut files);
        files
    }
}

/// The target that programs are built for here, as Tauri calls it.
pub(crate) fn target() -> &'static str {
    match env::consts::OS {
        "macos" => "macOS",
        "windows" => "windows",
        _ => "linux",
    }
}

/// Shared by all programs, and kept: what they depend on is compiled once.
fn target_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("application-target")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            files.insert(path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"));
        }
    }
}
