//! What a program says in its build script, and what is done then, step by step.

use std::env;
use std::path::{Path, PathBuf};

use glob::Pattern;
use tauri_build::{AppManifest, Attributes, InlinedPlugin, WindowsAttributes};
use tauri_utils::acl::schema::CAPABILITIES_SCHEMA_FOLDER_PATH;
use tauri_utils::platform::Target;

use crate::config::Config;
use crate::copies::Copies;
use crate::error::Error;
use crate::known::{self, Known};
use crate::schema;

/// A build script that has more to say than [`build()`](crate::build()). It has what [`tauri_build::Attributes`] has.
///
/// ```no_run
/// // build.rs
/// use portcullis_tauri_build::{Build, Error, InlinedPlugin, WindowsAttributes};
///
/// fn main() -> Result<(), Error> {
///     Build::new()
///         .app_commands(&["greet", "read_settings"])
///         .plugin("clock", InlinedPlugin::new().commands(&["now"]))
///         .windows(WindowsAttributes::new().window_icon_path("icons/program.ico"))
///         .run()
/// }
/// ```
#[derive(Debug, Default)]
#[must_use = "nothing is done before `run`"]
pub struct Build {
    manifest: known::AppManifest,
    plugins: Vec<(&'static str, InlinedPlugin)>,
    capabilities: Option<PathBuf>,
    config: Option<PathBuf>,
    attributes: Attributes,
}

impl Build {
    /// A build script that does what [`build()`](crate::build()) does.
    pub fn new() -> Self {
        Self::default()
    }

    /// The commands that Tauri checks too, each by its name in Rust: [`tauri_build::AppManifest::commands`]. Tauri makes
    /// `allow-*` and `deny-*` for each, and lets nobody call any command of the program without a grant.
    pub fn app_commands(mut self, commands: &'static [&'static str]) -> Self {
        self.manifest.commands = commands;
        self
    }

    /// A glob for the permission files of the program, if they are not in `permissions`:
    /// [`tauri_build::AppManifest::permissions_path_pattern`]. What the glob can match is watched.
    pub fn app_permissions(mut self, pattern: &'static str) -> Self {
        self.manifest.permissions = Some(pattern);
        self
    }

    /// A plugin that is part of the program. The permissions that start with its name are Tauri's.
    pub fn plugin(mut self, name: &'static str, plugin: InlinedPlugin) -> Self {
        self.plugins.push((name, plugin));
        self
    }

    /// Plugins that are part of the program.
    pub fn plugins(mut self, plugins: impl IntoIterator<Item = (&'static str, InlinedPlugin)>) -> Self {
        self.plugins.extend(plugins);
        self
    }

    /// The folder of the capability files, beside `Cargo.toml`, if it is not `capabilities`. It must be there.
    pub fn capabilities(mut self, folder: impl Into<PathBuf>) -> Self {
        self.capabilities = Some(folder.into());
        self
    }

    /// The configuration of the program, if it is not `tauri.conf.json` beside `Cargo.toml`:
    /// [`tauri_build::Attributes::config_path`].
    pub fn config_path(mut self, path: impl Into<PathBuf>) -> Self {
        self.config = Some(path.into());
        self
    }

    /// What is said for Windows.
    pub fn windows(self, windows: WindowsAttributes) -> Self {
        self.attributes(|attributes| attributes.windows_attributes(windows))
    }

    /// Generates the context of the program here, and not in `generate_context!`.
    #[cfg(feature = "codegen")]
    pub fn codegen(self, codegen: tauri_build::CodegenContext) -> Self {
        self.attributes(|attributes| attributes.codegen(codegen))
    }

    /// Whatever else [`tauri_build::Attributes`] can be told.
    ///
    /// ```
    /// use portcullis_tauri_build::{Build, WindowsAttributes};
    /// let build = Build::new().attributes(|tauri| tauri.windows_attributes(WindowsAttributes::new()));
    /// ```
    ///
    /// Capabilities, plugins, app manifest and the path of the configuration must be given by the methods above, and
    /// [`run`](Self::run) says so: from those it knows which permissions are Tauri's.
    pub fn attributes(mut self, more: impl FnOnce(Attributes) -> Attributes) -> Self {
        self.attributes = more(self.attributes);
        self
    }

    /// Gives Tauri what is Tauri's, runs `tauri-build`, and tells editors of the rest.
    ///
    /// # Errors
    ///
    /// All that is wrong in the capability files, or what `tauri-build` says.
    pub fn run(self) -> Result<(), Error> {
        if hides_something(&self.attributes) {
            return Err(Error::Attributes);
        }
        let out = PathBuf::from(variable("OUT_DIR")?).join("portcullis").join("capabilities");
        let target = Target::from_triple(&variable("TARGET")?);
        let root = Path::new("");
        let config = self.config.as_deref().and_then(Path::parent).unwrap_or(root);
        let config = Config::read(target, config);
        let folder = self.watch(&config)?;

        let names: Vec<&str> = self.plugins.iter().map(|(name, _)| *name).collect();
        let known = Known::gather(root, &names, &self.manifest)?;
        let mut problems = config.problems(root, env::var("TAURI_CONFIG").ok().as_deref(), &known);
        let copies = match Copies::read(root, &folder, &known) {
            Ok(copies) if problems.is_empty() => copies,
            Ok(_) => return Err(Error::Files(problems)),
            Err(Error::Files(found)) => {
                problems.extend(found);
                return Err(Error::Files(problems));
            }
            Err(other) => return Err(other),
        };
        copies.write(&out)?;

        tauri_build::try_build(self.with_capabilities(&out))
            .map_err(|error| Error::Tauri(format!("{error:#}")))?;

        if !schema::extend_files(Path::new(CAPABILITIES_SCHEMA_FOLDER_PATH), target, &copies.ids)? {
            println!(
                "cargo:warning=the schemas in `{CAPABILITIES_SCHEMA_FOLDER_PATH}` are not as Portcullis knows them: editors \
                 will not know its permissions and keys"
            );
        }
        Ok(())
    }

    /// Tells cargo what Tauri does not, and says where the capability files are.
    fn watch(&self, config: &Config) -> Result<PathBuf, Error> {
        let folder = self.capabilities.clone().unwrap_or_else(|| PathBuf::from("capabilities"));
        if self.capabilities.is_some() {
            folder.read_dir().map_err(Error::io(&folder))?;
        }
        // A folder that is not there makes cargo run the script every time: only where it would mean something.
        if folder.exists() || !config.names_capabilities {
            println!("cargo:rerun-if-changed={}", folder.display());
        }
        if let Some(pattern) = self.manifest.permissions {
            println!("cargo:rerun-if-changed={}", fixed_part(pattern).display());
        }
        Ok(folder)
    }

    fn with_capabilities(self, folder: &Path) -> Attributes {
        let pattern = format!("{}/**/*.json", Pattern::escape(&folder.to_string_lossy()));
        let mut manifest = AppManifest::new().commands(self.manifest.commands);
        if let Some(pattern) = self.manifest.permissions {
            manifest = manifest.permissions_path_pattern(pattern);
        }
        let mut attributes = self
            .attributes
            // A build script ends before anybody could miss it.
            .capabilities_path_pattern(Box::leak(pattern.into_boxed_str()))
            .plugins(self.plugins)
            .app_manifest(manifest);
        if let Some(path) = self.config {
            attributes = attributes.config_path(path);
        }
        attributes
    }
}

/// Whether attributes have what must be known here. They can be asked by `Debug` only; should a version of Tauri show them
/// in another way, nothing is found. An app manifest that went unnoticed would be thrown away, and with it Tauri's check of
/// every command of the program.
fn hides_something(attributes: &Attributes) -> bool {
    let plain = |attributes: &Attributes| {
        let text = format!("{attributes:?}");
        [
            "capabilities_path_pattern: None, config_path: None,",
            "inlined_plugins: {}, app_manifest: AppManifest { commands: [], permissions_path_pattern: None }",
        ]
        .map(|part| text.contains(part))
    };
    plain(attributes) != plain(&Attributes::new())
}

/// The folder that all matches of a glob lie in.
fn fixed_part(pattern: &str) -> PathBuf {
    let plain =
        |part: &std::path::Component<'_>| !part.as_os_str().to_string_lossy().contains(['*', '?', '[']);
    Path::new(pattern).components().take_while(plain).collect()
}

fn variable(name: &'static str) -> Result<String, Error> {
    env::var(name).map_err(|_| Error::NoBuildScript(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_may_not_say_what_must_be_known_here() {
        let hides =
            |more: fn(Attributes) -> Attributes| hides_something(&Build::new().attributes(more).attributes);
        assert!(!hides(|tauri| tauri));
        assert!(!hides(|tauri| tauri.windows_attributes(WindowsAttributes::new_without_app_manifest())));
        assert!(hides(|tauri| tauri.capabilities_path_pattern("x")));
        assert!(hides(|tauri| tauri.config_path("x")));
        assert!(hides(|tauri| tauri.plugin("x", InlinedPlugin::new())));
        assert!(hides(|tauri| tauri.app_manifest(AppManifest::new().commands(&["x"]))));
        assert!(hides(|tauri| tauri.app_manifest(AppManifest::new().permissions_path_pattern("x"))));
        let error =
            Build::new().attributes(|tauri| tauri.config_path("x")).run().map_err(|error| error.to_string());
        assert!(error.is_err_and(|error| error.starts_with("what `Build::attributes` returned has")));
    }

    #[test]
    fn a_build_script_is_run_by_cargo() {
        let error = Build::new().run().map_err(|error| format!("{error:?}"));
        assert_eq!(
            error,
            Err("`OUT_DIR` is not set\nhelp: call this in `build.rs`, which cargo runs".into())
        );
    }

    #[test]
    fn what_a_glob_can_match_is_watched() {
        for (pattern, folder) in [
            ("./rules/**/*", "./rules"),
            ("rules/*.toml", "rules"),
            ("rules/a?/x.toml", "rules"),
            ("a/b.toml", "a/b.toml"),
            ("../shared/[ab]/*", "../shared"),
        ] {
            assert_eq!(fixed_part(pattern), Path::new(folder), "{pattern}");
        }
    }
}
