//! The decision. Which permissions hold is worked out once for a session, one bit each; a call tests the bits that its
//! command names. Pure: no lock, no allocation, no clock, nothing but the tables and the principal.

use std::sync::atomic::{AtomicU64, Ordering};

use portcullis_policy::{label, platform::Platform};

use crate::{
    authority::Authority,
    compile::tables::{Entry, Rule},
    model::{Capability, GrantKind, Guard, Policy},
    principal::{Frame, Kind, Principal, Site},
};

/// What holds for one principal.
#[derive(Debug)]
pub(crate) struct Holding {
    /// A bit for each permission. Atomic, since the host may switch optional grants while calls are decided.
    bits: Box<[AtomicU64]>,
    /// What each capability is to the principal.
    matches: Box<[Match]>,
    /// Whether this is a window of the program's own: what `public` is open to.
    own_window: bool,
    /// Whether any capability matches.
    pub(crate) matched: bool,
}

impl Holding {
    pub(crate) fn of(authority: &Authority, principal: &Principal) -> Self {
        Self::on(authority, principal, target())
    }

    /// What holds on these platforms, as bits: a caller is on one.
    pub(crate) fn on(authority: &Authority, principal: &Principal, platforms: u8) -> Self {
        let policy = authority.policy;
        let words = authority.view.known_hashes.len().div_ceil(64);
        let bits = (0..words).map(|_| AtomicU64::new(0)).collect();
        if !is_declared(policy, principal) {
            return Self { bits, matches: Box::default(), own_window: false, matched: false };
        }
        let matches: Box<[Match]> =
            policy.capabilities.iter().map(|c| Match::on(c, principal, platforms)).collect();
        let any = matches.iter().any(|one| one.grants);
        let holding = Self { bits, matches, own_window: principal.is_local_main(), matched: any };
        for (index, known) in authority.view.all_known() {
            holding.set(index, holding.is_held(authority.view.rules(known), false));
        }
        holding
    }

    /// What a capability is to the principal.
    pub(crate) fn matched(&self, capability: u16) -> Match {
        self.matches.get(usize::from(capability)).copied().unwrap_or_default()
    }

    /// Whether a permission with these rules holds, with its optional grants or without them.
    pub(crate) fn is_held(&self, rules: &[Rule], optional: bool) -> bool {
        let grants = |rule: &Rule| match rule.kind {
            GrantKind::Grants => self.matched(rule.capability).grants,
            GrantKind::Optional => optional && self.matched(rule.capability).grants,
            GrantKind::Denies | GrantKind::Narrows => false,
        };
        let denies = |rule: &Rule| rule.kind == GrantKind::Denies && self.matched(rule.capability).denies;
        rules.iter().any(grants) && !rules.iter().any(denies)
    }

    /// Whether the entries of a rule are in force.
    pub(crate) fn is_in_force(&self, rule: Rule, optional: bool) -> bool {
        let matched = self.matched(rule.capability);
        match rule.kind {
            GrantKind::Grants => matched.grants,
            GrantKind::Optional => optional && matched.grants,
            GrantKind::Narrows => matched.denies,
            GrantKind::Denies => false,
        }
    }

    /// Whether a rule grants where this principal is not, for its frame alone: its `deny` entries count all the same. Those of
    /// an optional one count where it is on.
    pub(crate) fn denies_alone(&self, rule: Rule, optional: bool) -> bool {
        let matched = self.matched(rule.capability);
        let counts = match rule.kind {
            GrantKind::Grants => true,
            GrantKind::Optional => optional,
            GrantKind::Narrows | GrantKind::Denies => false,
        };
        counts && matched.denies && !matched.grants
    }

    /// Sets whether a permission holds.
    pub(crate) fn set(&self, permission: u32, holds: bool) {
        if let Some(word) = self.bits.get(permission as usize / 64) {
            let bit = 1 << (permission % 64);
            // Sequentially consistent: whoever has switched something off sees no later call decided as before.
            if holds {
                word.fetch_or(bit, Ordering::SeqCst);
            } else {
                word.fetch_and(!bit, Ordering::SeqCst);
            }
        }
    }

    /// Whether a permission holds, by its index.
    #[inline]
    pub(crate) fn holds(&self, permission: u32) -> bool {
        let word = self.bits.get(permission as usize / 64);
        word.is_some_and(|word| word.load(Ordering::SeqCst) >> (permission % 64) & 1 == 1)
    }

    /// Whether a command may be called.
    #[inline]
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
        Self::on(capability, principal, target())
    }

    fn on(capability: &Capability, principal: &Principal, platforms: u8) -> Self {
        let here = capability.platforms & platforms != 0;
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

impl Clone for Holding {
    fn clone(&self) -> Self {
        let bits = self.bits.iter().map(|word| AtomicU64::new(word.load(Ordering::SeqCst))).collect();
        Self { bits, matches: self.matches.clone(), ..*self }
    }
}
