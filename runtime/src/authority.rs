//! The compiled whole: commands and capabilities. `authority!` makes one, in read-only data.

use std::fmt;

use portcullis_policy::hash::hash;

use crate::{
    compile::tables::{Entry, View},
    decide::is_declared,
    model::{Policy, Root},
    principal::Principal,
};

/// Who may call what in a program: made by [`authority!`](crate::authority), checked while it is compiled, and read
/// by a [`Gate`](crate::Gate).
pub struct Authority {
    pub(crate) root: &'static Root,
    pub(crate) policy: &'static Policy,
    pub(crate) view: View,
}

/// A command or an event, looked up by its name on the wire.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Found {
    authority: &'static Authority,
    entry: &'static Entry,
}

impl Found {
    /// It, if it is a command of this authority.
    pub(crate) fn command(self, authority: &Authority) -> Option<&'static Entry> {
        (std::ptr::eq(self.authority, authority) && !self.entry.command.is_event()).then_some(self.entry)
    }
}

/// The longest name that is looked up: a longer one is unknown without being hashed.
const LONGEST_NAME: usize = 256;

impl Authority {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(root: &'static Root, policy: &'static Policy, view: &View) -> Self {
        Self { root, policy, view: *view }
    }

    /// The command of a name on the wire: one search over hashes, one comparison of text.
    #[inline]
    pub(crate) fn find(&self, name: &str) -> Option<&'static Entry> {
        self.find_any(name).filter(|entry| !entry.command.is_event())
    }

    /// The event of a name on the wire.
    pub(crate) fn find_event(&self, name: &str) -> Option<&'static Entry> {
        self.find_any(name).filter(|entry| entry.command.is_event())
    }

    #[inline]
    fn find_any(&self, name: &str) -> Option<&'static Entry> {
        if name.len() > LONGEST_NAME {
            return None;
        }
        let index = self.view.hashes.binary_search(&hash(name)).ok()?;
        self.view.entry(index).filter(|entry| entry.name().is(name))
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &'static Entry> {
        (0..).map_while(|index| self.view.entry(index))
    }

    /// Whether the program declares such a caller. One that it does not may call nothing: an adapter can refuse to serve
    /// it before anybody calls.
    pub fn declares(&self, principal: &Principal) -> bool {
        is_declared(self.policy, principal)
    }

    /// The command or event of a name on the wire. For adapters, which look before they ask for anything.
    #[doc(hidden)]
    #[must_use]
    pub fn found(&'static self, name: &str) -> Option<Found> {
        self.find_any(name).map(|entry| Found { authority: self, entry })
    }

    /// Whether a capability admits pages that are not the program's own: `remote`.
    pub fn admits_elsewhere(&self) -> bool {
        self.policy.capabilities.iter().any(|capability| !capability.remote.is_empty())
    }

    /// The names of all commands on the wire, in no particular order.
    pub fn command_names(&self) -> impl Iterator<Item = String> {
        self.entries().filter(|entry| !entry.command.is_event()).map(|entry| entry.name().to_string())
    }

    /// The names of all events on the wire, in no particular order.
    pub fn event_names(&self) -> impl Iterator<Item = String> {
        self.entries().filter(|entry| entry.command.is_event()).map(|entry| entry.name().to_string())
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority")
            .field("commands", &self.view.hashes.len())
            .field("permissions", &self.view.known_hashes.len())
            .field("capabilities", &self.policy.capabilities.len())
            .field("paths", &self.root.listed.len())
            .finish()
    }
}
