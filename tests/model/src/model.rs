//! The whole decision once more, as a naive program: what the words of the design say, and nothing else. There are no tables
//! here, no hashes, no bits, and none of the code that this judges. What is dead is in `dead`,
//! what things are called in `names`.

use std::rc::Rc;

use crate::world::{Allow, Caller, Capability, Entry, From, Word, World};
pub use crate::{
    mutant::Mutant,
    names::{Named, Need, Type},
};

/// The decision for a program on a platform.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    /// The program.
    pub world: &'a World,
    /// The platform that it runs on, as capability files name it.
    pub platform: &'a str,
    /// A mistake that it makes, to see whether a comparison finds it.
    pub mutant: Option<Mutant>,
    /// Its sets, with the ids of the permissions that they hold.
    pub sets: Rc<[(String, Vec<String>)]>,
}

/// What the host has switched on for a session.
#[derive(Clone, Copy, Debug)]
pub enum On<'a> {
    /// These permissions.
    These(&'a [String]),
    /// Whatever is optional.
    Everything,
}

/// Nothing is switched on.
pub const OFF: On<'static> = On::These(&[]);

impl<'a> Model<'a> {
    /// On this platform, without a mistake.
    pub fn new(world: &'a World, platform: &'a str) -> Self {
        Self { world, platform, mutant: None, sets: world.all_sets().into() }
    }

    /// With this mistake.
    #[must_use]
    pub fn mistaken(self, mutant: Option<Mutant>) -> Self {
        Self { mutant, ..self }
    }

    pub(crate) fn is(&self, mutant: Mutant) -> bool {
        self.mutant == Some(mutant)
    }

    /// A command is allowed if its permission holds; `all_of`: if all of them hold. A public one is open to the program's own
    /// windows (declared label, local origin, main frame) and to nobody else.
    pub fn may_call(&self, caller: &Caller, command: &Named, on: On<'_>) -> bool {
        let holds = |need: &Need| self.holds(caller, &need.id, on);
        match (&command.needs, caller) {
            (None, Caller::Client(_)) => false,
            (None, Caller::Window { from, main_frame, .. }) => {
                let home = *from == From::Home || self.is(Mutant::PublicToEveryOrigin);
                self.declares(caller) && home && *main_frame
            }
            (Some(needs), _) if self.is(Mutant::OneOfAllIsEnough) => needs.iter().any(holds),
            (Some(needs), _) => !needs.is_empty() && needs.iter().all(holds),
        }
    }

    /// P holds for a principal if a matching capability grants it and no matching capability denies it. A label that the
    /// program does not declare may call nothing.
    pub fn holds(&self, caller: &Caller, permission: &str, on: On<'_>) -> bool {
        self.declares(caller)
            && self.is_granted(caller, permission, on)
            && !self.is_denied(caller, permission)
    }

    /// Whether a capability that matches grants it.
    pub fn is_granted(&self, caller: &Caller, permission: &str, on: On<'_>) -> bool {
        self.world.capabilities.iter().any(|capability| {
            self.matches(capability, caller)
                && entries(capability).any(|(entry, optional)| self.grants(entry, optional, permission, on))
        })
    }

    /// Whether a capability that matches, but for the frame, denies it.
    pub fn is_denied(&self, caller: &Caller, permission: &str) -> bool {
        self.world.capabilities.iter().any(|capability| {
            let matches = if self.is(Mutant::DenialsMindTheFrame) {
                self.matches(capability, caller)
            } else {
                self.is(Mutant::DenialsForEverybody) || self.matches_in_any_frame(capability, caller)
            };
            matches && self.denies(capability, permission)
        }) && !self.is(Mutant::DenialsForgotten)
    }

    /// An input is admitted if one allow entry of the grants in force matches it exactly and no deny entry of any of them
    /// matches its folded form. No entries admit nothing; everything is `"allow": "all"`.
    pub fn admits(&self, caller: &Caller, permission: &str, word: &str, on: On<'_>) -> bool {
        let (mut allowed, mut denied) = (false, false);
        for capability in &self.world.capabilities {
            for (entry, optional) in entries(capability) {
                let here = self.matches(capability, caller) || self.is(Mutant::ScopesOfOtherWindows);
                let granting = here && (!optional || is_on(on, permission));
                // For `deny` the frame is ignored.
                let framed = self.matches_in_any_frame(capability, caller);
                let denying = if narrows(entry) {
                    framed && !self.is(Mutant::NarrowingForgotten)
                } else {
                    let counts =
                        !optional || (is_on(on, permission) && !self.is(Mutant::OptionalEntriesMindTheFrame));
                    granting || (framed && counts && !self.is(Mutant::EntriesMindTheFrame))
                };
                if self.means(&entry.id, permission) {
                    let exact = |one: &Word| *one == Word::Word(word.to_owned());
                    let folded = |one: &Word| match one {
                        _ if self.is(Mutant::EntriesOfDenialsAreExact) => exact(one),
                        Word::Word(text) => text.to_lowercase() == word.to_lowercase(),
                        Word::Number(_) => false,
                    };
                    denied |= denying && entry.deny.iter().any(folded);
                    allowed |= match &entry.allow {
                        _ if !granting => false,
                        Allow::Unsaid => false,
                        Allow::All => true,
                        Allow::Only(words) => words.iter().any(exact),
                    };
                }
            }
        }
        allowed && !denied
    }

    /// What a matching capability has as optional may be switched on, and nothing else.
    pub fn may_switch_on(&self, caller: &Caller, permission: &str) -> bool {
        self.declares(caller)
            && self.world.capabilities.iter().any(|capability| {
                self.matches(capability, caller)
                    && capability
                        .optional
                        .iter()
                        .any(|entry| self.grants(entry, true, permission, On::Everything))
            })
    }

    /// The ids under which a type may be switched on: a type that the program has under two ids is two permissions.
    pub fn switched(&self, caller: &Caller, one: &Type) -> Vec<String> {
        let mut ids = one.ids.clone();
        ids.truncate(if self.is(Mutant::TypesAreSwitchedByOneId) { 1 } else { ids.len() });
        ids.retain(|id| self.may_switch_on(caller, id));
        ids
    }

    /// Whether the program has such a caller.
    pub fn declares(&self, caller: &Caller) -> bool {
        match caller {
            Caller::Client(name) => self.world.clients.contains(name),
            Caller::Window { window, webview, .. } => {
                let declared = any_of(&self.world.windows, window)
                    && (window == webview || any_of(&self.world.webviews, webview));
                declared || self.is(Mutant::UndeclaredLabelsCall)
            }
        }
    }

    /// A capability matches a window if one of its window globs matches the window label or one of its webview globs the
    /// webview label, and its origin matches, and the frame is admitted; it matches a client if it names it.
    pub fn matches(&self, capability: &Capability, caller: &Caller) -> bool {
        let sub_frame = matches!(caller, Caller::Window { main_frame: false, .. });
        let admitted = !sub_frame || capability.any_frame || self.is(Mutant::GrantsForgetTheFrame);
        admitted && self.matches_in_any_frame(capability, caller)
    }

    /// The same without the frame, which is ignored where something is denied.
    pub fn matches_in_any_frame(&self, capability: &Capability, caller: &Caller) -> bool {
        let here = capability.platforms.iter().all(|names| names.iter().any(|name| name == self.platform));
        (here || self.is(Mutant::GrantsForgetThePlatform))
            && match caller {
                Caller::Client(name) => capability.clients.contains(name),
                Caller::Window { window, webview, from, .. } => {
                    let labelled =
                        any_of(&capability.windows, window) || any_of(&capability.webviews, webview);
                    let home = match from {
                        From::Home => capability.local,
                        From::Opaque => self.is(Mutant::OpaqueIsHome) && capability.local,
                        From::Origin(origin) => {
                            let below = self.is(Mutant::ParentsAreBelowThemselves);
                            capability.remote.iter().any(|pattern| admits_origin(pattern, origin, below))
                        }
                    };
                    labelled && (home || self.is(Mutant::GrantsForgetTheOrigin))
                }
            }
    }

    /// Whether an entry grants a permission: an object with only `deny` grants nothing, and what is optional is off until it is
    /// switched on.
    fn grants(&self, entry: &Entry, optional: bool, permission: &str, on: On<'_>) -> bool {
        let on = !optional || is_on(on, permission) || self.is(Mutant::OptionalIsOn);
        on && !narrows(entry) && self.means(&entry.id, permission)
    }

    /// Denying a set denies each member. `deny-<command>` denies a command's own permission, also among `permissions`.
    pub fn denies(&self, capability: &Capability, permission: &str) -> bool {
        let own = entries(capability).map(|(entry, _)| &entry.id).filter(|id| own_denial(id).is_some());
        let own = own.filter(|_| !self.is(Mutant::OwnDenialsForgotten));
        own.chain(&capability.deny).any(|id| {
            let is_foreign = self.is_foreign(id);
            let id = own_denial(id).unwrap_or_else(|| id.clone());
            let means = if self.is(Mutant::SetsAreNotDenied) {
                id == permission
            } else {
                self.means(&id, permission)
            };
            means && !is_foreign
        })
    }

    /// Whether an id is that permission, or a set that holds it. What is foreign means nothing here.
    pub fn means(&self, id: &str, permission: &str) -> bool {
        let held =
            |(set, members): &(String, Vec<String>)| set == id && members.iter().any(|m| m == permission);
        !self.is_foreign(id) && (id == permission || self.sets.iter().any(held))
    }

    /// Whether an id is under a prefix that another system guards.
    pub fn is_foreign(&self, id: &str) -> bool {
        id.split_once(':').is_some_and(|(first, _)| self.world.foreign.iter().any(|prefix| prefix == first))
    }
}

fn is_on(on: On<'_>, permission: &str) -> bool {
    match on {
        On::Everything => true,
        On::These(these) => these.iter().any(|one| one == permission),
    }
}

/// What a capability grants, and whether that is optional.
pub(crate) fn entries(capability: &Capability) -> impl Iterator<Item = (&Entry, bool)> {
    let granted = capability.permissions.iter().map(|entry| (entry, false));
    granted.chain(capability.optional.iter().map(|entry| (entry, true)))
}

/// An object with only `deny` entries narrows what others grant.
pub fn narrows(entry: &Entry) -> bool {
    entry.allow == Allow::Unsaid && !entry.deny.is_empty()
}

/// `allow-x` of `deny-x`.
pub fn own_denial(id: &str) -> Option<String> {
    let (namespace, last) = match id.rfind(':') {
        Some(at) => id.split_at(at + 1),
        None => ("", id),
    };
    Some(format!("{namespace}allow-{}", last.strip_prefix("deny-")?))
}

pub(crate) fn any_of<T: AsRef<str>>(globs: &[T], label: &str) -> bool {
    globs.iter().any(|glob| fits(glob.as_ref(), label))
}

/// Label globs are `*` and `?`.
pub(crate) fn fits(glob: &str, label: &str) -> bool {
    let (mut behind, mut left) = (glob.chars(), label.chars());
    match (behind.next(), left.next()) {
        (None, None) => true,
        (Some('*'), None) => fits(behind.as_str(), label),
        (Some('*'), Some(_)) => fits(behind.as_str(), label) || fits(glob, left.as_str()),
        (Some('?'), Some(_)) => fits(behind.as_str(), left.as_str()),
        (Some(one), Some(other)) => one == other && fits(behind.as_str(), left.as_str()),
        _ => false,
    }
}

/// Remote patterns are origins: scheme, host and port, of which `*` may stand for each whole one and `*.` for what is below a
/// host. A port that is not written is that of the scheme.
pub(crate) fn admits_origin(pattern: &str, origin: &str, parents_too: bool) -> bool {
    let (wanted_scheme, wanted_host, wanted_port) = parts(pattern);
    let (scheme, host, port) = parts(origin);
    let usual = match scheme {
        "https" | "wss" => Some("443"),
        "http" | "ws" => Some("80"),
        _ => None,
    };
    let hosted = match wanted_host.strip_prefix("*.") {
        Some(parent) => host.ends_with(&format!(".{parent}")) || (parents_too && host == parent),
        None => wanted_host == "*" || wanted_host == host,
    };
    let ported = match wanted_port {
        Some("*") => true,
        Some(wanted) => port.or(usual) == Some(wanted),
        None => port.or(usual) == usual,
    };
    (wanted_scheme == "*" || wanted_scheme == scheme) && hosted && ported
}

fn parts(origin: &str) -> (&str, &str, Option<&str>) {
    let origin = ["/**", "/*", "/"].iter().find_map(|end| origin.strip_suffix(end)).unwrap_or(origin);
    let (scheme, rest) = origin.split_once("://").unwrap_or(("", origin));
    match rest.split_once(':') {
        Some((host, port)) => (scheme, host, Some(port)),
        None => (scheme, rest, None),
    }
}
