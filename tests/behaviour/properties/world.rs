//! A program with something of everything, and the rules once more.

use portcullis::{Frame, Origin, prelude::*};
use portcullis_tests_clock as clock;
use proptest::prelude::*;
use serde::Deserialize;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub(super) struct Read;

/// Write notes.
#[derive(Permission)]
#[permission(id = "notes:write")]
pub(super) struct Write;

/// All that can be done with notes.
#[derive(PermissionSet)]
#[permission_set(id = "notes:all", permissions(Read, Write))]
pub(super) struct All;

#[portcullis::command(permission(Read))]
pub(super) fn read() {}

#[portcullis::command(permission(Write))]
pub(super) fn write() {}

#[portcullis::command(all_of(Read, Write))]
pub(super) fn copy() {}

#[portcullis::command(permission)]
pub(super) fn own() {}

#[portcullis::command(public("a test"))]
pub(super) fn version() {}

pub(super) static AUTHORITY: Authority = portcullis::authority! {
    commands: [read, write, copy, own, version, clock::Commands],
    sets: [All],
    capabilities: [
        "behaviour/capabilities/properties/grants.json",
        "behaviour/capabilities/properties/denials.json",
    ],
    windows: ["main", "viewer-*", "t?ol"],
    webviews: ["side-?", "main"],
    clients: ["cli", "agent"],
};

/// The same files.
pub(super) const FILES: &[&str] = &[
    include_str!("../capabilities/properties/grants.json"),
    include_str!("../capabilities/properties/denials.json"),
];

/// What a command needs: nothing but an own window, or all of these.
pub(super) type Guard = Option<&'static [&'static str]>;

pub(super) const COMMANDS: [(&str, Guard); 9] = [
    ("read", Some(&["notes:read"])),
    ("write", Some(&["notes:write"])),
    ("copy", Some(&["notes:read", "notes:write"])),
    ("own", Some(&["allow-own"])),
    ("version", None),
    ("clock:now", Some(&["clock:read"])),
    ("clock:set", Some(&["clock:set"])),
    ("clock:wind_up", Some(&["clock:allow-wind-up"])),
    ("unheard_of", Some(&["unheard-of"])),
];

const SETS: [(&str, &[&str]); 3] = [
    ("notes:all", &["notes:read", "notes:write"]),
    ("clock:all", &["clock:read", "clock:set", "clock:allow-wind-up"]),
    ("clock:watcher", &["clock:read"]),
];

const WINDOWS: [&str; 3] = ["main", "viewer-*", "t?ol"];
const WEBVIEWS: [&str; 2] = ["side-?", "main"];
const CLIENTS: [&str; 2] = ["cli", "agent"];

/// Who calls, in plain words.
#[derive(Clone, Debug)]
pub(super) enum Caller {
    Client(String),
    Window { window: String, webview: String, from: From, main_frame: bool },
}

#[derive(Clone, Debug)]
pub(super) enum From {
    Home,
    Origin { scheme: &'static str, host: &'static str, port: Option<u16> },
    Opaque,
}

impl Caller {
    pub(super) fn any() -> impl Strategy<Value = Self> {
        let label = prop_oneof![
            4 => prop::sample::select(vec!["main", "viewer-1", "viewer-12", "tool", "side-1"]).prop_map(str::to_owned),
            1 => "(viewer-|side-|t|main)[a-z1-9é*?-]{0,3}",
            1 => "[a-z]{0,4}",
        ];
        let port = prop_oneof![Just(None), Just(Some(8443)), Just(Some(80)), Just(Some(443))];
        let host = prop::sample::select(vec![
            "example.com",
            "a.example.com",
            "b.a.example.com",
            "example.org",
            "xample.com",
        ]);
        let origin = (prop::sample::select(vec!["https", "http", "app"]), host, port)
            .prop_filter("a browser leaves the port of the scheme out", |(scheme, _, port)| {
                !matches!((*scheme, port), ("https", Some(443)) | ("http", Some(80)))
            })
            .prop_map(|(scheme, host, port)| From::Origin { scheme, host, port });
        let from = prop_oneof![3 => Just(From::Home), 3 => origin, 1 => Just(From::Opaque)];
        let window = (label.clone(), prop::option::of(label), from, any::<bool>()).prop_map(
            |(window, webview, from, main_frame)| Self::Window {
                webview: webview.unwrap_or_else(|| window.clone()),
                window,
                from,
                main_frame,
            },
        );
        let client = prop_oneof!["cli|agent|main", "[a-z]{0,3}"].prop_map(Self::Client);
        prop_oneof![6 => window, 1 => client]
    }

    pub(super) fn principal(&self) -> Principal {
        match self {
            Self::Client(name) => Principal::client(name.as_str()),
            Self::Window { window, webview, from, main_frame } => {
                let frame = if *main_frame { Frame::Main } else { Frame::Sub };
                let principal = Principal::window(window.as_str()).webview(webview.as_str()).frame(frame);
                match from {
                    From::Home => principal,
                    From::Opaque => principal.opaque_origin(),
                    From::Origin { scheme, host, port } => {
                        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
                        principal.origin(Origin::parse(&format!("{scheme}://{host}{port}")).unwrap())
                    }
                }
            }
        }
    }

    fn is_declared(&self) -> bool {
        match self {
            Self::Client(name) => CLIENTS.contains(&name.as_str()),
            Self::Window { window, webview, .. } => {
                any_of(&WINDOWS, window) && (window == webview || any_of(&WEBVIEWS, webview))
            }
        }
    }
}

/// A capability, as a file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Capability {
    #[serde(rename = "identifier")]
    _identifier: String,
    #[serde(default)]
    windows: Vec<String>,
    #[serde(default)]
    webviews: Vec<String>,
    #[serde(default)]
    clients: Vec<String>,
    local: Option<bool>,
    remote: Option<Remote>,
    platforms: Option<Vec<String>>,
    frames: Option<String>,
    #[serde(default)]
    permissions: Vec<String>,
    #[serde(default)]
    deny: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Remote {
    urls: Vec<String>,
}

/// The rules, applied to files.
pub(super) struct Model(Vec<Capability>);

impl Model {
    pub(super) fn of(files: &[&str]) -> Self {
        Self(files.iter().flat_map(|file| serde_json::from_str::<Vec<Capability>>(file).unwrap()).collect())
    }

    /// A command is allowed if its permission holds; `all_of`: if all of them hold. A public one is open to the
    /// program's own windows.
    pub(super) fn allows(&self, caller: &Caller, guard: Guard) -> bool {
        match guard {
            None => {
                let own = matches!(caller, Caller::Window { from: From::Home, main_frame: true, .. });
                own && caller.is_declared()
            }
            Some(needed) => needed.iter().all(|permission| self.holds(caller, permission)),
        }
    }

    /// P holds if a matching capability grants it and no matching capability denies it.
    fn holds(&self, caller: &Caller, permission: &str) -> bool {
        caller.is_declared()
            && self
                .0
                .iter()
                .any(|capability| capability.grants(permission) && capability.matches(caller, false))
            && !self.is_denied(caller, permission)
    }

    pub(super) fn is_denied(&self, caller: &Caller, permission: &str) -> bool {
        self.0.iter().any(|capability| capability.denies(permission) && capability.matches(caller, true))
    }
}

impl Capability {
    fn grants(&self, permission: &str) -> bool {
        self.permissions.iter().any(|id| means(id, permission))
    }

    fn denies(&self, permission: &str) -> bool {
        let own =
            self.permissions.iter().filter(|id| id.contains("deny-")).map(|id| id.replace("deny-", "allow-"));
        own.chain(self.deny.iter().cloned()).any(|id| means(&id, permission))
    }

    /// Whether it matches. For a denial the frame is ignored.
    fn matches(&self, caller: &Caller, denial: bool) -> bool {
        let here = self
            .platforms
            .as_ref()
            .is_none_or(|names| names.iter().any(|name| name.to_lowercase() == std::env::consts::OS));
        here && match caller {
            Caller::Client(name) => self.clients.contains(name),
            Caller::Window { window, webview, from, main_frame } => {
                let labelled = any_of(&self.windows, window) || any_of(&self.webviews, webview);
                let from = match from {
                    From::Home => self.local.unwrap_or(true),
                    From::Opaque => false,
                    From::Origin { scheme, host, port } => self
                        .remote
                        .as_ref()
                        .is_some_and(|remote| remote.urls.iter().any(|url| is_of(url, scheme, host, *port))),
                };
                let framed = denial || *main_frame || self.frames.as_deref() == Some("any");
                labelled && from && framed
            }
        }
    }
}

/// Whether an id is that permission, or a set that holds it.
fn means(id: &str, permission: &str) -> bool {
    id == permission || SETS.iter().any(|(set, members)| *set == id && members.contains(&permission))
}

fn any_of<T: AsRef<str>>(globs: &[T], label: &str) -> bool {
    globs.iter().any(|glob| {
        let (glob, label): (Vec<char>, Vec<char>) =
            (glob.as_ref().chars().collect(), label.chars().collect());
        fits(&glob, &label)
    })
}

fn fits(glob: &[char], label: &[char]) -> bool {
    match (glob, label) {
        ([], []) => true,
        (['*', rest @ ..], _) => (0..=label.len()).any(|taken| fits(rest, &label[taken..])),
        (['?', rest @ ..], [_, left @ ..]) => fits(rest, left),
        ([one, rest @ ..], [other, left @ ..]) => one == other && fits(rest, left),
        _ => false,
    }
}

/// Whether a page of an origin is one that a pattern means.
fn is_of(pattern: &str, scheme: &str, host: &str, port: Option<u16>) -> bool {
    let (wanted_scheme, rest) = pattern.trim_end_matches("/*").split_once("://").unwrap();
    let (wanted_host, wanted_port) = match rest.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (rest, None),
    };
    let own = match scheme {
        "https" => Some(443),
        "http" => Some(80),
        _ => None,
    };
    let hosted = match wanted_host.strip_prefix("*.") {
        Some(parent) => host.ends_with(&format!(".{parent}")),
        None => wanted_host == "*" || wanted_host == host,
    };
    let ported = match wanted_port {
        Some("*") => true,
        Some(wanted) => port.or(own) == Some(wanted.parse().unwrap()),
        None => port.or(own) == own,
    };
    (wanted_scheme == "*" || wanted_scheme == scheme) && hosted && ported
}
