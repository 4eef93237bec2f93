//! A refusal that nobody has looked at yet. Whoever may call nothing can be refused as often as it likes: what is told of a refusal is
//! made when somebody is there to read it, and otherwise not at all.

use std::{borrow::Cow, cell::OnceCell, fmt};

use crate::{
    authority::Authority,
    compile::tables::Entry,
    denial::{self, Denial, Reason},
    model::PermissionInfo,
    principal::{Principal, beginning},
};

/// A call that is refused: what its [`Denial`] is made of.
#[derive(Clone)]
pub(crate) struct Refused<'a> {
    pub(crate) id: u64,
    pub(crate) principal: &'a Principal,
    authority: &'static Authority,
    named: Named<'a>,
    why: Why<'a>,
    reason: OnceCell<Reason>,
}

/// The name that was called.
#[derive(Clone, Copy)]
pub(crate) enum Named<'a> {
    /// As it was sent.
    Sent(&'a str),
    /// By what it has named.
    Found(&'a Entry),
}

/// Why a call is refused, as it is found out.
#[derive(Clone, Copy)]
pub(crate) enum Why<'a> {
    /// There is nothing of that name.
    Unknown { is_event: bool, explain: bool },
    /// The caller does not hold what it takes.
    NotHeld(&'a Entry),
    /// The caller holds it, and not for this input; or it is nothing that the scope takes.
    Input {
        entry: &'a Entry,
        permission: &'a PermissionInfo,
        argument: &'a str,
        why: &'a str,
        is_malformed: bool,
    },
}

impl<'a> Refused<'a> {
    pub(crate) const fn new(
        id: u64,
        principal: &'a Principal,
        authority: &'static Authority,
        named: Named<'a>,
        why: Why<'a>,
    ) -> Self {
        Self { id, principal, authority, named, why, reason: OnceCell::new() }
    }

    /// The reason: made once.
    pub(crate) fn reason(&self) -> &Reason {
        self.reason.get_or_init(|| self.made_reason())
    }

    #[cold]
    fn made_reason(&self) -> Reason {
        match self.why {
            Why::Unknown { is_event, explain } => {
                Reason::unknown(self.authority, &self.command(), is_event, explain)
            }
            Why::NotHeld(entry) => Reason::of(self.authority, entry, self.principal),
            Why::Input { entry, permission, argument, why, is_malformed } => {
                let permission = entry.namespace.id(permission).to_string();
                let (argument, why) = (argument.to_owned(), why.to_owned());
                if is_malformed {
                    Reason::Malformed { permission, argument, why }
                } else {
                    Reason::OutOfScope { permission, argument, why }
                }
            }
        }
    }

    /// The name that was called.
    pub(crate) fn command(&self) -> Cow<'a, str> {
        match self.named {
            Named::Sent(name) => name.into(),
            Named::Found(entry) => entry.name().to_string().into(),
        }
    }

    /// All of it, to keep.
    #[cold]
    pub(crate) fn into_denial(mut self) -> Denial {
        let command = beginning(&self.command()).to_owned();
        let reason = self.reason.take().unwrap_or_else(|| self.made_reason());
        Denial { id: self.id, command, principal: self.principal.clone(), reason }
    }
}

impl fmt::Display for Refused<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        denial::tell(f, self.id, &self.command(), self.principal, self.reason())
    }
}
