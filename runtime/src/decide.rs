//! The decision. Which permissions hold is worked out once for a session, one bit each; a call tests the bits that its
//! command names. Pure: no lock, no allocation, no clock, nothing but the tables and the principal.

use portcullis_policy::{label, platform::Platform};

use crate::{
    authority::Authority,
    compile::tables::Entry,
    model::{Capability, Guard, Policy},
    principal::{Frame, Kind, Principal, Site},
};

/// What holds for one principal.
#[derive(Clone, Debug)]
pub(crate) struct Holding {
    /// A bit for each permission.
    bits: Box<[u64]>,
    /// Whether this is a window of the program's own: what `public` is open to.
    own_window: bool,
    /// Whether any capability matches.
    pub(crate) matched: bool,
}

impl Holding {
    pub(crate) fn of(authority: &Authority, principal: &Principal) -> Self {
        let policy = authority.policy;
        let mut bits = vec![0_u64; authority.view.known_hashes.len().div_ceil(64)].into_boxed_slice();
        if !is_declared(policy, principal) {
            return Self { bits, own_window: false, matched: false };
        }
        let matches: Vec<Match> = policy.capabilities.iter().map(|c| Match::of(c, principal)).collect();
        let at = |capability: u16| matches.get(usize::from(capability)).copied().unwrap_or_default();
        for (index, word) in bits.iter_mut().enumerate() {
            for bit in 0..64 {
                let Some(known) = authority.view.known(index * 64 + bit) else { break };
                let rules = authority.view.rules(known);
                let granted = rules.iter().any(|rule| !rule.deny && at(rule.capability).grants);
                let denied = rules.iter().any(|rule| rule.deny && at(rule.capability).denies);
                *word |= u64::from(granted && !denied) << bit;
            }
        }
        Self {
            bits,
            own_window: principal.is_local_main(),
            matched: matches.iter().any(|matched| matched.grants),
        }
    }

    /// Whether a permission holds, by its index.
    pub(crate) fn holds(&self, permission: u32) -> bool {
        self.bits.get(permission as usize / 64).is_some_and(|word| word >> (permission % 64) & 1 == 1)
    }

    /// Whether a command may be called.
    pub(crate) fn allows(&self, authority: &Authority, entry: &Entry) -> bool {
        match entry.command.guard {
            Guard::Public(_) => self.own_window,
            Guard::All(_) => {
                let guards = authority.view.guards(entry);
                !guards.is_empty() && guards.iter().all(|&permission| self.holds(permission))
            }
        }
    }
}

/// Whether the program declares such a principal. One that it does not may call nothing.
pub(crate) fn is_declared(policy: &Policy, principal: &Principal) -> bool {
    match &principal.0 {
        Kind::Client(name) => policy.clients.contains(&&**name),
        Kind::Window { window, webview, .. } => {
            any_label(policy.windows, window) && (webview == window || any_label(policy.webviews, webview))
        }
    }
}

/// What a capability is to a principal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Match {
    /// Its permissions count.
    pub(crate) grants: bool,
    /// Its denials count: the frame is not asked for these.
    pub(crate) denies: bool,
}

impl Match {
    pub(crate) fn of(capability: &Capability, principal: &Principal) -> Self {
        let here = capability.platforms & target() != 0;
        match &principal.0 {
            Kind::Client(name) => {
                let named = here && capability.clients.contains(&&**name);
                Self { grants: named, denies: named }
            }
            Kind::Window { window, webview, site, frame } => {
                let labelled = matches_labels(capability, window, webview);
                let from = matches_site(capability, site);
                let denies = here && labelled && from;
                Self { grants: denies && (*frame == Frame::Main || capability.any_frame), denies }
            }
        }
    }
}

pub(crate) fn matches_labels(capability: &Capability, window: &str, webview: &str) -> bool {
    any_label(capability.windows, window) || any_label(capability.webviews, webview)
}

pub(crate) fn matches_site(capability: &Capability, site: &Site) -> bool {
    match site {
        Site::Local => capability.local,
        Site::Remote(origin) => capability.remote.iter().any(|pattern| pattern.matches(origin)),
        Site::Opaque => false,
    }
}

fn any_label(globs: &[&str], text: &str) -> bool {
    globs.iter().any(|glob| label::matches(glob, text))
}

/// The platform that this is compiled for, as a bit. What no capability can name (a BSD) counts as Linux, as in Tauri.
pub(crate) const fn target() -> u8 {
    let platform = match Platform::from_target_os(std::env::consts::OS) {
        Some(platform) => platform,
        None => Platform::Linux,
    };
    1 << platform as u8
}
