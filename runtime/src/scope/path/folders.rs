//! Base folders: which path each of them has on this machine, for this program, for this session. Resolved when the
//! gate is built, and refused there by name. Nothing is opened here.

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use portcullis_policy::{
    path::{BASES, Style},
    platform::Platform,
};

use super::root::Root;
use crate::{
    gate::GateBuilder,
    model::Policy,
    permission::Permission,
    scope::{Enforce, Machine},
    session::Session,
    test::TestScope,
};

/// What a program says of base folders.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folders {
    given: Vec<(Box<str>, PathBuf)>,
    per_session: Vec<Box<str>>,
    identifier: Option<Box<str>>,
    style: Option<Style>,
}

/// The base folders of a gate or a session.
#[derive(Clone, Debug)]
pub(crate) struct Bases {
    all: BTreeMap<Arc<str>, Base>,
    /// How the paths that callers send are read.
    pub(super) style: Style,
    /// An empty text, to be shared.
    pub(super) nothing: Arc<str>,
}

#[derive(Clone, Debug)]
enum Base {
    At(Arc<Root>),
    /// Each session brings it.
    PerSession,
    Missing(Box<str>),
}

impl Default for Bases {
    fn default() -> Self {
        Self { all: BTreeMap::new(), style: Style::HERE, nothing: "".into() }
    }
}

impl Bases {
    /// Where a base folder is.
    pub(super) fn get(&self, name: &str) -> Option<&Arc<Root>> {
        self.named(name).map(|(_, root)| root)
    }

    /// Where a base folder is, and its name.
    pub(super) fn named(&self, name: &str) -> Option<(&Arc<str>, &Arc<Root>)> {
        match self.all.get_key_value(name) {
            Some((name, Base::At(root))) => Some((name, root)),
            Some((_, Base::PerSession | Base::Missing(_))) | None => None,
        }
    }

    /// Why an entry cannot start at this base folder.
    pub(super) fn missing(&self, name: &str) -> Option<String> {
        match self.all.get(name) {
            Some(Base::At(_) | Base::PerSession) => None,
            Some(Base::Missing(why)) => Some(why.to_string()),
            None => Some(format!("there is no base folder `${name}`")),
        }
    }
}

impl Folders {
    /// Resolves all of them; and what is wrong with what the program says.
    pub(crate) fn machine(&self, policy: &Policy) -> (Machine, Vec<Box<str>>) {
        let mut faults: Vec<Box<str>> = Vec::new();
        let is_known = |name: &str| policy.bases.contains(&name) || BASES.contains(&name);
        let names = self.given.iter().map(|(name, _)| name).chain(&self.per_session);
        for (index, name) in names.enumerate() {
            if !is_known(name) {
                faults.push(
                    format!(
                        "the base folder `{name}` is given, and the program does not declare it\n    help: add it to \
                         `authority!`: bases: [\"{name}\"]"
                    )
                    .into(),
                );
            }
            let before = self.given.iter().map(|(name, _)| name).chain(&self.per_session).take(index);
            if before.into_iter().any(|before| before == name) {
                faults.push(format!("the base folder `{name}` is given twice").into());
            }
        }
        for (name, path) in &self.given {
            if !path.is_absolute() {
                faults.push(
                    format!("the base folder `{name}` is not an absolute path: {}", path.display()).into(),
                );
            }
        }
        for name in policy.bases {
            let given = self.given.iter().any(|(given, _)| &**given == *name);
            if !given && !self.per_session.iter().any(|given| &**given == *name) {
                faults.push(
                    format!(
                        "the base folder `{name}` is declared, and not given\n    help: add `.base(\"{name}\", folder)`, or \
                         `.base_per_session(\"{name}\")` if each session brings its own"
                    )
                    .into(),
                );
            }
        }
        (self.resolve(), faults)
    }

    /// For a test, which declares nothing.
    pub(crate) fn for_test(&self) -> Machine {
        self.resolve()
    }

    fn resolve(&self) -> Machine {
        let mut bases: BTreeMap<Arc<str>, Base> = BASES
            .iter()
            .map(|&name| {
                let base = match find(name, self.identifier.as_deref()) {
                    Ok(path) if path.is_absolute() => Base::At(Arc::new(Root::new(path))),
                    Ok(path) => Base::Missing(
                        format!("the base folder `${name}` is not an absolute path here: {}", path.display())
                            .into(),
                    ),
                    Err(why) => Base::Missing(why),
                };
                (name.into(), base)
            })
            .collect();
        for (name, path) in &self.given {
            bases.insert((**name).into(), Base::At(Arc::new(Root::new(path.clone()))));
        }
        for name in &self.per_session {
            bases.insert((**name).into(), Base::PerSession);
        }
        let style = self.style.unwrap_or(Style::HERE);
        Machine { bases: Arc::new(Bases { all: bases, style, ..Bases::default() }) }
    }
}

/// Where one of Tauri's base folders is.
fn find(name: &str, identifier: Option<&str>) -> Result<PathBuf, Box<str>> {
    let none = || -> Box<str> {
        format!("this system has no folder for `${name}`\n    help: give one: `.base(\"{name}\", folder)`")
            .into()
    };
    let own = |folder: Option<PathBuf>| match identifier {
        Some(identifier) => folder.map(|folder| folder.join(identifier)).ok_or_else(none),
        None => Err(format!(
            "`${name}` is a folder of the program's own, and the program has no identifier\n    help: add \
             `.identifier(\"com.example.app\")` to the gate, or give the folder: `.base(\"{name}\", folder)`"
        )
        .into()),
    };
    match name {
        "APPCACHE" => own(dirs::cache_dir()),
        "APPCONFIG" => own(dirs::config_dir()),
        "APPDATA" => own(dirs::data_dir()),
        "APPLOCALDATA" => own(dirs::data_local_dir()),
        "APPLOG" if cfg!(target_vendor = "apple") => {
            own(dirs::home_dir().map(|home| home.join("Library/Logs")))
        }
        "APPLOG" => own(dirs::data_local_dir()).map(|folder| folder.join("logs")),
        "RESOURCE" => Err(
            "`$RESOURCE` is where the program's resources were installed, which only the program knows\n    \
                           help: give it: `.base(\"RESOURCE\", folder)`"
                .into(),
        ),
        "TEMP" => Ok(std::env::temp_dir()),
        _ => match name {
            "AUDIO" => dirs::audio_dir(),
            "CACHE" => dirs::cache_dir(),
            "CONFIG" => dirs::config_dir(),
            "DATA" => dirs::data_dir(),
            "DESKTOP" => dirs::desktop_dir(),
            "DOCUMENT" => dirs::document_dir(),
            "DOWNLOAD" => dirs::download_dir(),
            "EXE" => dirs::executable_dir(),
            "FONT" => dirs::font_dir(),
            "HOME" => dirs::home_dir(),
            "LOCALDATA" => dirs::data_local_dir(),
            "PICTURE" => dirs::picture_dir(),
            "PUBLIC" => dirs::public_dir(),
            "RUNTIME" => dirs::runtime_dir(),
            "TEMPLATE" => dirs::template_dir(),
            "VIDEO" => dirs::video_dir(),
            _ => None,
        }
        .ok_or_else(none),
    }
}

/// Base folders for path scopes (feature `path`).
impl GateBuilder {
    /// Says where a base folder is: one that `bases` in `authority!` names, or one of Tauri's in another place.
    ///
    /// The folder need not be there yet. Links on the way to it are followed when it is first used; what is beneath it
    /// is opened relative to the folder itself from then on.
    pub fn base(mut self, name: impl Into<Box<str>>, folder: impl Into<PathBuf>) -> Self {
        self.folders.given.push((name.into(), folder.into()));
        self
    }

    /// Says that every session brings this base folder: [`Session::base`].
    pub fn base_per_session(mut self, name: impl Into<Box<str>>) -> Self {
        self.folders.per_session.push(name.into());
        self
    }

    /// The identifier of the program, which its own base folders (`$APPDATA`, `$APPCONFIG`, ..) are named after, as in
    /// Tauri's configuration: `com.example.notes`.
    pub fn identifier(mut self, identifier: impl Into<Box<str>>) -> Self {
        self.folders.identifier = Some(identifier.into());
        self
    }
}

/// Base folders for path scopes (feature `path`).
impl Session {
    /// Gives the session a base folder of its own, which was announced by `GateBuilder::base_per_session`.
    ///
    /// Until it has it, every permission whose entries start there admits nothing. Clones that were made before do not
    /// see it.
    ///
    /// # Errors
    ///
    /// If it was not announced, or the path is not absolute.
    pub fn base(mut self, name: &str, folder: impl Into<PathBuf>) -> Result<Self, NoBase> {
        let folder = folder.into();
        let announced = matches!(self.gate_machine().bases.all.get(name), Some(Base::PerSession));
        if !announced {
            return Err(NoBase(format!(
                "no session may bring a base folder `{name}`\nhelp: build the gate with `.base_per_session(\"{name}\")`"
            )));
        }
        if !folder.is_absolute() {
            return Err(NoBase(format!(
                "the base folder `{name}` is not an absolute path: {}",
                folder.display()
            )));
        }
        let mut bases = Bases::clone(&self.machine().bases);
        bases.all.insert(name.into(), Base::At(Arc::new(Root::new(folder))));
        self.set_machine(Machine { bases: Arc::new(bases) });
        Ok(self)
    }
}

/// Base folders for path scopes (feature `path`).
impl<P: Permission<Scope: Enforce>> TestScope<P> {
    /// Says where a base folder is, as [`GateBuilder::base`] does.
    pub fn base(mut self, name: impl Into<Box<str>>, folder: impl AsRef<Path>) -> Self {
        self.folders.given.push((name.into(), folder.as_ref().to_owned()));
        self
    }

    /// Judges names as on that system: `"linux"`, `"macos"`, `"windows"`, `"android"` or `"ios"`. What a name is
    /// there is known from its text alone, so what is admitted this way cannot be opened here if it is none of a base
    /// folder.
    ///
    /// ```
    /// # use portcullis::prelude::*;
    /// # /// Read notes.
    /// # #[derive(Permission)]
    /// # #[permission(id = "notes:read", scope = PathScope<Read>)]
    /// # pub struct ReadNotes;
    /// let notes = portcullis::test::scope::<ReadNotes>().allow("C:/notes/**").platform("windows");
    /// assert!(notes.admit(r"C:\notes\today.md").is_ok());
    /// assert!(notes.admit(r"C:\notes\nul.md").is_err()); // a device
    /// ```
    ///
    /// # Panics
    ///
    /// If it is none of these: the test is wrong then.
    #[expect(clippy::panic, reason = "a test that is wrong must not pass")]
    pub fn platform(mut self, name: &str) -> Self {
        let found = Platform::EVERY.into_iter().find(|one| one.name() == name || one.target_os() == name);
        self.folders.style = Some(match found {
            Some(Platform::Linux | Platform::Android) => Style::Unix,
            Some(Platform::Macos | Platform::Ios) => Style::Mac,
            Some(Platform::Windows) => Style::Windows,
            None => panic!("there is no platform `{name}`; there are linux, macos, windows, android and ios"),
        });
        self
    }
}

/// A session cannot have this base folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoBase(String);

impl fmt::Display for NoBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoBase {}
