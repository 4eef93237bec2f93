//! What Tauri makes of a program's files: `tauri-utils` reads and resolves them, and what Tauri's run time then decides by is
//! told here in our own words.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashMap},
    panic::{AssertUnwindSafe, catch_unwind},
    rc::Rc,
    str::FromStr,
};

use portcullis_policy::{label, origin::Pattern};
use tauri_utils::{
    acl::{
        ExecutionContext, RemoteUrlPattern,
        capability::{Capability, CapabilityFile},
        manifest::{Manifest, PermissionFile},
        resolved::{Resolved, ResolvedCommand},
    },
    platform::Target,
};
use url::Url;

use crate::{
    callers::{Caller, Site},
    differences::Difference,
    world::{File, World},
};

/// The key of the manifest of the program itself.
pub const APP: &str = tauri_utils::acl::APP_ACL_KEY;

/// The capabilities of a file.
///
/// # Errors
///
/// Why Tauri refuses it.
pub fn capabilities(file: &File) -> Result<Vec<Capability>, String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    // As `CapabilityFile::load` does, which wants a file.
    let read = match file.name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("json") => serde_json::from_str(&file.text).map_err(|error| text(&error)),
        Some("toml") => toml::from_str(&file.text).map_err(|error| text(&error)),
        Some("json5") => json5::from_str(&file.text).map_err(|error| text(&error)),
        _ => Err("unknown capability format".to_owned()),
    };
    Ok(match read? {
        CapabilityFile::Capability(capability) => vec![capability],
        CapabilityFile::List(list) | CapabilityFile::NamedList { capabilities: list } => list,
    })
}

/// The definitions of a permission file.
///
/// # Errors
///
/// Why Tauri refuses it.
pub fn permission_file(file: &File) -> Result<PermissionFile, String> {
    thread_local! {
        // Many programs have the same plugins.
        static READ: RefCell<HashMap<String, PermissionFile>> = RefCell::default();
    }
    let key = format!("{}\n{}", file.name, file.text);
    if let Some(read) = READ.with_borrow(|read| read.get(&key).cloned()) {
        return Ok(read);
    }
    let read = read_permission_file(file)?;
    READ.with_borrow_mut(|all| all.insert(key, read.clone()));
    Ok(read)
}

fn read_permission_file(file: &File) -> Result<PermissionFile, String> {
    match file.name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("json") => serde_json::from_str(&file.text).map_err(|error| error.to_string()),
        Some("toml") => toml::from_str(&file.text).map_err(|error| error.to_string()),
        _ => Err("unknown permission format".to_owned()),
    }
}

/// The resolved files of a program on one platform.
pub struct Theirs {
    resolved: Resolved,
    patterns: Rc<Patterns>,
}

impl Theirs {
    /// Resolves the files.
    ///
    /// # Errors
    ///
    /// Why Tauri does not build the program, a panic of it included.
    pub fn new(world: &World, target: Target, patterns: Rc<Patterns>) -> Result<Self, String> {
        let mut manifests: BTreeMap<String, Manifest> = BTreeMap::new();
        for (key, files) in &world.plugins {
            manifests.insert(key.clone(), manifest(files)?);
        }
        if !world.permissions.is_empty() {
            manifests.insert(APP.to_owned(), manifest(&world.permissions)?);
        }
        let mut by_id = BTreeMap::new();
        for file in &world.capabilities {
            for capability in capabilities(file)? {
                let id = capability.identifier.clone();
                if by_id.insert(id.clone(), capability).is_some() {
                    return Err(format!("capability with identifier `{id}` already exists"));
                }
            }
        }
        let resolve = AssertUnwindSafe(|| Resolved::resolve(&manifests, by_id, target));
        match catch_unwind(resolve) {
            Ok(resolved) => {
                let resolved = resolved.map_err(|error| error.to_string())?;
                Ok(Self { resolved, patterns })
            }
            Err(panic) => Err(match panic.downcast::<String>() {
                Ok(text) => format!("panics: {text}"),
                Err(_) => "panics".to_owned(),
            }),
        }
    }

    /// What has been resolved.
    #[must_use]
    pub const fn resolved(&self) -> &Resolved {
        &self.resolved
    }

    /// Every command that is allowed or denied to somebody.
    #[must_use]
    pub fn commands(&self) -> BTreeSet<String> {
        self.resolved.allowed_commands.keys().chain(self.resolved.denied_commands.keys()).cloned().collect()
    }

    /// Whether a call reaches its command; with a difference, by Tauri's rules but for that one, which is ours.
    ///
    /// Denials go first, and only ask where the page is from. Then any one permission will do whose page and whose window
    /// or webview are those of the caller. What is in no permission is refused to pages from elsewhere, and where the program
    /// has permissions of its own or the command is a plugin's.
    #[must_use]
    pub fn allows(&self, command: &str, caller: &Caller, instead: Option<Difference>) -> bool {
        let here = |of: &'_ BTreeMap<String, Vec<ResolvedCommand>>, labels: bool| {
            of.get(command).into_iter().flatten().any(|entry| {
                (!labels || has_label(entry, caller, instead))
                    && self.is_from(&entry.context, &caller.site, instead)
            })
        };
        let denied = here(&self.resolved.denied_commands, instead == Some(Difference::DenyMindsLabels));
        let allowed = !denied && here(&self.resolved.allowed_commands, true);
        let is_checked = command.starts_with("plugin:")
            || self.resolved.has_app_acl
            || caller.site != Site::Local
            || instead == Some(Difference::ClosedWithoutAManifest);
        allowed || !is_checked
    }

    fn is_from(&self, context: &ExecutionContext, site: &Site, instead: Option<Difference>) -> bool {
        match (context, site) {
            (ExecutionContext::Local, Site::Local) => true,
            (ExecutionContext::Remote { url: pattern }, Site::Url(url)) => {
                let text = pattern.as_str();
                let left_out = match instead {
                    Some(Difference::OpaqueOrigin) => site.origin().is_none(),
                    Some(difference) => refused_as(text) == Some(difference),
                    None => false,
                };
                !left_out && self.patterns.admits(text, url)
            }
            _ => false,
        }
    }
}

/// The difference that a pattern of remote pages is an instance of, if we refuse it.
#[must_use]
pub fn refused_as(pattern: &str) -> Option<Difference> {
    let error = Pattern::parse(pattern).err()?;
    Some(if error.message().contains("`*`") {
        Difference::PatternStar
    } else {
        Difference::PatternIsAnOrigin
    })
}

/// Whether an entry is for the window or for the webview.
fn has_label(entry: &ResolvedCommand, caller: &Caller, instead: Option<Difference>) -> bool {
    let counts =
        |glob: &glob::Pattern| instead != Some(Difference::LabelGlob) || label::check(glob.as_str()).is_ok();
    let any =
        |globs: &[glob::Pattern], label: &str| globs.iter().any(|glob| glob.matches(label) && counts(glob));
    any(&entry.windows, &caller.window) || any(&entry.webviews, &caller.webview)
}

/// Which pages patterns of remote pages admit. To read one takes long, and to ask it too, so each is done once.
#[derive(Debug, Default)]
pub struct Patterns {
    read: RefCell<HashMap<String, RemoteUrlPattern>>,
    asked: RefCell<HashMap<String, HashMap<Url, bool>>>,
}

impl Patterns {
    /// Whether a pattern admits a page.
    ///
    /// # Panics
    ///
    /// If Tauri does not read it as a pattern.
    pub fn admits(&self, pattern: &str, url: &Url) -> bool {
        let known = |asked: &HashMap<String, HashMap<Url, bool>>| asked.get(pattern)?.get(url).copied();
        if let Some(admits) = known(&self.asked.borrow()) {
            return admits;
        }
        let mut read = self.read.borrow_mut();
        let parsed = read.entry(pattern.to_owned()).or_insert_with(|| {
            RemoteUrlPattern::from_str(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"))
        });
        let admits = parsed.test(url);
        self.asked.borrow_mut().entry(pattern.to_owned()).or_default().insert(url.clone(), admits);
        admits
    }
}

/// Whether the program is another on another platform.
#[must_use]
pub fn minds_platforms(world: &World) -> bool {
    let capabilities = world.capabilities.iter().filter_map(|file| capabilities(file).ok()).flatten();
    let files = world.plugins.values().flatten().chain(&world.permissions);
    let permissions = files.filter_map(|file| permission_file(file).ok()).flat_map(|file| file.permission);
    let speaks_of_commands =
        |commands: &tauri_utils::acl::Commands| !commands.allow.is_empty() || !commands.deny.is_empty();
    capabilities.into_iter().any(|capability| capability.platforms.is_some())
        || permissions
            .into_iter()
            .any(|permission| permission.platforms.is_some() && speaks_of_commands(&permission.commands))
}

/// The manifest of permission files, the last of which wins.
///
/// # Errors
///
/// Why Tauri refuses a file.
pub fn manifest(files: &[File]) -> Result<Manifest, String> {
    let read =
        files.iter().map(|file| permission_file(file).map_err(|error| format!("{}: {error}", file.name)));
    Ok(Manifest::new(read.collect::<Result<_, _>>()?, None))
}
