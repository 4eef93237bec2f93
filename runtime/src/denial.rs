//! A refusal, for the host: the whole reason. The caller is told a code and an id.

use std::fmt;

use crate::{
    authority::Authority,
    compile::tables::Entry,
    decide::{Match, is_declared, matches_labels, matches_site, target},
    model::{GrantKind, Guard},
    principal::{Kind, Principal, shown},
};

/// How many capabilities are named that grant what was asked for to others: a refusal stays cheap and short.
const MOST_ELSEWHERE: usize = 8;

/// A call that was refused, with the reason: for the host's log, and for `GateBuilder::on_denial`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Denial {
    /// The number that the caller was told.
    pub id: u64,
    /// The name that was called, as it was sent (cut at 256 bytes).
    pub command: String,
    /// Who called.
    pub principal: Principal,
    /// Why it was refused.
    pub reason: Reason,
}

/// Why a call was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// There is no such command.
    UnknownCommand {
        /// The nearest name, if one is near. Looked for only where refusals are explained
        /// ([`GateBuilder::explain`](crate::GateBuilder::explain)): whoever may call nothing must not be able to make
        /// the host compare names all day.
        similar: Option<String>,
    },
    /// There is no such event to listen to.
    UnknownEvent {
        /// As for a command.
        similar: Option<String>,
    },
    /// The program declares no such window, webview or client.
    Undeclared,
    /// A public command is open to the program's own windows, in their main frame, and to nobody else.
    NotAnOwnWindow,
    /// No capability that matches the caller grants the permission.
    NotGranted {
        /// The id of the permission.
        permission: String,
        /// Capabilities that grant it to others: eight at the most.
        elsewhere: Vec<Elsewhere>,
    },
    /// A capability that matches the caller has the permission as `optional`, and the host has not switched it on.
    NotSwitchedOn {
        /// The id of the permission.
        permission: String,
    },
    /// A capability that matches the caller denies the permission.
    Denied {
        /// The id of the permission.
        permission: String,
        /// The capability, and where it says so.
        by: String,
    },
    /// The caller may call the command, and not with this input: no entry of its grants allows it, or one denies it.
    OutOfScope {
        /// The id of the permission.
        permission: String,
        /// The argument, by its name on the wire.
        argument: String,
        /// Why it is not admitted.
        why: String,
    },
    /// The input is nothing that any scope would admit. The caller is answered with `invalid`.
    Malformed {
        /// The id of the permission.
        permission: String,
        /// The argument, by its name on the wire.
        argument: String,
        /// What is wrong with it.
        why: String,
    },
}

/// A capability that grants what was asked for, and does not match who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Elsewhere {
    /// Its identifier.
    pub capability: String,
    /// Where it says so: `file:line:column`.
    pub at: String,
    /// Whom it is for.
    pub audience: String,
    /// Why that is not the caller.
    pub mismatch: Mismatch,
}

/// Why a capability does not match a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mismatch {
    /// It is for other platforms.
    Platform,
    /// It names other windows, webviews or clients.
    Label,
    /// It is for other origins.
    Origin,
    /// It does not admit sub-frames.
    Frame,
}

impl Reason {
    /// Why there is nothing of this name to call, or to listen to.
    #[cold]
    pub(crate) fn unknown(authority: &Authority, name: &str, is_event: bool, explain: bool) -> Self {
        let similar = if explain { similar(authority, name, is_event) } else { None };
        if is_event { Self::UnknownEvent { similar } } else { Self::UnknownCommand { similar } }
    }

    pub(crate) const fn is_unknown(&self) -> bool {
        matches!(self, Self::UnknownCommand { .. } | Self::UnknownEvent { .. })
    }

    #[cold]
    pub(crate) fn of(authority: &Authority, entry: &Entry, principal: &Principal) -> Self {
        let policy = authority.policy;
        if !is_declared(policy, principal) {
            return Self::Undeclared;
        }
        if let Guard::Public(_) = entry.command.guard {
            return Self::NotAnOwnWindow;
        }
        let mut missing = None;
        for &index in authority.view.guards(entry) {
            let Some(known) = authority.view.known(index as usize) else { continue };
            let permission = known.id().to_string();
            let rules = authority.view.rules(known);
            let mut elsewhere = Vec::new();
            let (mut granted, mut optional) = (false, false);
            for rule in rules {
                let Some(capability) = policy.capabilities.get(usize::from(rule.capability)) else {
                    continue;
                };
                let grant = policy.grants.get(rule.grant as usize);
                let at = grant.map_or("", |grant| grant.at);
                let matched = Match::of(capability, principal);
                if rule.kind == GrantKind::Denies && matched.denies {
                    let way = grant.and_then(|grant| grant.way);
                    let way = way.map_or_else(String::new, |way| format!(", by way of {}", way.by));
                    return Self::Denied {
                        permission,
                        by: format!("`{}` ({at}{way})", capability.identifier),
                    };
                }
                optional |= rule.kind == GrantKind::Optional && matched.grants;
                granted |= rule.kind == GrantKind::Grants && matched.grants;
                if rule.kind == GrantKind::Grants && !matched.grants && elsewhere.len() < MOST_ELSEWHERE {
                    elsewhere.push(Elsewhere {
                        capability: capability.identifier.to_owned(),
                        at: at.to_owned(),
                        audience: audience(capability),
                        mismatch: Mismatch::of(capability, principal),
                    });
                }
            }
            if !granted {
                missing.get_or_insert(if optional {
                    Self::NotSwitchedOn { permission }
                } else {
                    Self::NotGranted { permission, elsewhere }
                });
            }
        }
        missing.unwrap_or(Self::Undeclared)
    }
}

impl Mismatch {
    fn of(capability: &crate::model::Capability, principal: &Principal) -> Self {
        if capability.platforms & target() == 0 {
            return Self::Platform;
        }
        match &principal.0 {
            Kind::Window { window, webview, .. } if !matches_labels(capability, window, webview) => {
                Self::Label
            }
            Kind::Window { site, .. } if !matches_site(capability, site) => Self::Origin,
            Kind::Window { .. } => Self::Frame,
            Kind::Client(_) => Self::Label,
        }
    }
}

/// Whom a capability is for, without its origins.
fn audience(capability: &crate::model::Capability) -> String {
    let named =
        [("window", capability.windows), ("webview", capability.webviews), ("client", capability.clients)];
    let named =
        named.iter().flat_map(|(kind, labels)| labels.iter().map(move |label| format!("{kind} `{label}`")));
    named.collect::<Vec<_>>().join(", ")
}

/// As in: capability grants it to window main (capabilities/main.json:4:5).
impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { capability, at, audience, mismatch } = self;
        write!(f, "`{capability}` grants it to {audience}")?;
        if *mismatch != Mismatch::Label {
            write!(f, ", {mismatch}")?;
        }
        write!(f, " ({at})")
    }
}

fn similar(authority: &Authority, name: &str, is_event: bool) -> Option<String> {
    use crate::compile::suggest::{distance, is_near};
    authority
        .entries()
        .filter(|entry| entry.command.is_event() == is_event)
        .map(|entry| (distance(name, entry.name()), entry))
        .filter(|(apart, _)| is_near(*apart, name))
        .min_by_key(|(apart, _)| *apart)
        .map(|(_, entry)| entry.name().to_string())
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownCommand { similar: Some(name) } => {
                write!(f, "there is no such command; did you mean `{name}`?")
            }
            Self::UnknownCommand { similar: None } => {
                f.write_str("there is no such command; is it listed in `authority!`?")
            }
            Self::UnknownEvent { similar: Some(name) } => {
                write!(f, "there is no such event; did you mean `{name}`?")
            }
            Self::UnknownEvent { similar: None } => {
                f.write_str("there is no such event; is it listed in `events: [..]` of `authority!`?")
            }
            Self::Undeclared => f.write_str("the program declares no such caller: see `windows`, `webviews` and `clients` in `authority!`"),
            Self::NotAnOwnWindow => {
                f.write_str("it is public, which is open to the program's own pages in the main frame of a window only")
            }
            Self::NotSwitchedOn { permission } => {
                write!(f, "it needs `{permission}`, which is optional and not switched on for this session")
            }
            Self::OutOfScope { permission, argument, why } => {
                write!(f, "argument `{argument}` is outside the scope of `{permission}`: {why}")
            }
            Self::Malformed { permission, argument, why } => {
                write!(f, "argument `{argument}` is nothing that the scope of `{permission}` takes: {why}")
            }
            Self::Denied { permission, by } => write!(f, "`{permission}` is denied by capability {by}"),
            Self::NotGranted { permission, elsewhere } => {
                write!(f, "it needs `{permission}`, which no capability grants to this caller")?;
                for (index, other) in elsewhere.iter().enumerate() {
                    f.write_str(if index == 0 { "; " } else { ", " })?;
                    write!(f, "{other}")?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Platform => "on other platforms",
            Self::Label => "and not to this caller",
            Self::Origin => "from other origins",
            Self::Frame => "in the main frame only",
        })
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, command, principal, reason } = self;
        tell(f, *id, command, principal, reason)
    }
}

/// A refusal as a line of a log.
pub(crate) fn tell(
    f: &mut fmt::Formatter<'_>,
    id: u64,
    command: &str,
    principal: &Principal,
    reason: &Reason,
) -> fmt::Result {
    // The name is the caller's text: a line break in it must not look like another entry of a log.
    let command = shown(command);
    write!(f, "denied (failure {id}): `{command}` called by {principal}: {reason}")
}
