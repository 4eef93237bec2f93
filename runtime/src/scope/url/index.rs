//! Many patterns of addresses, asked at once: what is asked costs the same however many there are, and allocates
//! nothing.

use std::collections::{HashMap, HashSet};

use portcullis_policy::url::{Host, Path, Pattern, Port};
use url::Url;

use super::fold;

/// Patterns by scheme, host and port.
#[derive(Debug, Default)]
pub(super) struct Index {
    schemes: HashMap<Box<str>, Hosts>,
}

#[derive(Debug, Default)]
struct Hosts {
    exact: HashMap<Box<str>, Ports>,
    /// By the name that the host must be below of.
    under: HashMap<Box<str>, Ports>,
}

#[derive(Debug, Default)]
struct Ports {
    any: Paths,
    /// `None` is no port at all, of a scheme that has none of its own.
    one: HashMap<Option<u16>, Paths>,
}

#[derive(Debug, Default)]
struct Paths {
    any: bool,
    exact: HashSet<Box<str>>,
    below: HashSet<Box<str>>,
    /// The lengths of what is in `below`: no other beginning of a path needs to be looked for.
    lengths: Vec<usize>,
}

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key<'a> {
    pub(super) scheme: &'a str,
    pub(super) host: &'a str,
    pub(super) port: Option<u16>,
    pub(super) path: &'a str,
}

impl Index {
    /// Adds a pattern that is asked with addresses as they are.
    pub(super) fn add(&mut self, pattern: &Pattern<'_>) {
        let paths = self.paths(pattern, |host| host.into());
        match pattern.path() {
            Path::Any => paths.any = true,
            Path::Exact(path) => drop(paths.exact.insert(path.into())),
            Path::Below(path) => drop(paths.below.insert(path.into())),
        }
    }

    /// Adds a pattern that is asked with folded addresses.
    pub(super) fn add_folded(&mut self, pattern: &Pattern<'_>) {
        let paths = self.paths(pattern, |host| fold::host(host).into());
        match pattern.path() {
            Path::Any => paths.any = true,
            Path::Exact(path) => drop(paths.exact.insert(fold::path(path).into())),
            Path::Below(path) => drop(paths.below.insert(fold::path(path).into())),
        }
    }

    fn paths(&mut self, pattern: &Pattern<'_>, host: impl Fn(&str) -> Box<str>) -> &mut Paths {
        let hosts = self.schemes.entry(pattern.scheme().into()).or_default();
        let ports = match pattern.host() {
            Host::Under(parent) => hosts.under.entry(parent.into()).or_default(),
            // There is no pattern for any host; if there were, this would match none.
            Host::Exact(_) | Host::Any => {
                let exact = if let Host::Exact(exact) = pattern.host() { host(exact) } else { "*".into() };
                hosts.exact.entry(exact).or_default()
            }
        };
        match pattern.port() {
            Port::Any => &mut ports.any,
            Port::Exact(port) => ports.one.entry(Some(port)).or_default(),
            Port::Default => ports.one.entry(default_port(pattern.scheme())).or_default(),
        }
    }

    /// To be called when all are added.
    pub(super) fn finish(&mut self) {
        let hosts = self.schemes.values_mut();
        let ports = hosts.flat_map(|hosts| hosts.exact.values_mut().chain(hosts.under.values_mut()));
        for paths in ports.flat_map(|ports| ports.one.values_mut().chain([&mut ports.any])) {
            paths.lengths = paths.below.iter().map(|path| path.len()).collect();
            paths.lengths.sort_unstable();
            paths.lengths.dedup();
        }
    }

    /// Whether one of the patterns is for this.
    pub(super) fn has(&self, key: Key<'_>) -> bool {
        let Some(hosts) = self.schemes.get(key.scheme) else { return false };
        let is_there = |ports: &Ports| ports.has(key);
        if hosts.exact.get(key.host).is_some_and(is_there) {
            return true;
        }
        // A pattern for what is below a name has no address for that name, so that it is found for no address.
        !hosts.under.is_empty()
            && key
                .host
                .match_indices('.')
                .filter_map(|(at, _)| key.host.get(at + 1..))
                .any(|parent| hosts.under.get(parent).is_some_and(is_there))
    }
}

impl Ports {
    fn has(&self, key: Key<'_>) -> bool {
        self.any.has(key.path) || self.one.get(&key.port).is_some_and(|paths| paths.has(key.path))
    }
}

impl Paths {
    fn has(&self, path: &str) -> bool {
        self.any
            || self.exact.contains(path)
            || self
                .lengths
                .iter()
                .take_while(|length| **length <= path.len())
                .filter(|length| matches!(path.as_bytes().get(**length), None | Some(b'/')))
                .any(|length| path.get(..*length).is_some_and(|folder| self.below.contains(folder)))
    }
}

/// The port that the parser of addresses knows for a scheme.
fn default_port(scheme: &str) -> Option<u16> {
    Url::parse(&format!("{scheme}://host")).ok().and_then(|url| url.port_or_known_default())
}
