//! One document, or one connection, of one principal: where messages come in. The path of a call is in `invoke`.

use std::{fmt, sync::Arc};

use crate::{
    argument::{Given, Host},
    compile::tables::Entry,
    decide::{Holding, is_declared},
    denial::{Denial, Reason},
    gate::{self, Gate},
    invoke::{Call, Invoke, quietly},
    principal::Principal,
    reply::{Code, Failure},
    report,
    values::Values,
};

/// One document, or one connection, of one principal.
///
/// What holds for it is worked out once, when it is opened. A navigation ends a session: open another. Cheap to clone:
/// the clones are one session.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

#[derive(Clone)]
pub(crate) struct Inner {
    pub(crate) gate: Arc<gate::Inner>,
    pub(crate) principal: Principal,
    pub(crate) values: Values,
    holding: Holding,
}

impl Session {
    pub(crate) fn open(gate: &Gate, principal: Principal) -> Self {
        let gate = Arc::clone(&gate.0);
        let holding = Holding::of(gate.authority, &principal);
        if !holding.matched {
            report::unmatched(&principal, is_declared(gate.authority.policy, &principal));
        }
        Self(Arc::new(Inner { gate, principal, values: Values::default(), holding }))
    }

    /// Gives the session a value of its own, which commands may take as `State<'_, T>`: it goes before the gate's.
    ///
    /// Clones that were made before do not see it.
    #[must_use]
    pub fn with<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        Arc::make_mut(&mut self.0).values.set(value);
        self
    }

    /// Whose session it is.
    pub fn principal(&self) -> &Principal {
        &self.0.principal
    }

    /// Whether a call of this command would be let through to its arguments.
    pub fn may_call(&self, command: &str) -> bool {
        let authority = self.0.gate.authority;
        authority.find(command).is_some_and(|entry| self.0.holding.allows(authority, entry))
    }

    /// Carries out one call: decides, then decodes, then runs. Always answers.
    #[inline]
    pub fn invoke<'a>(&'a self, request: Request<'a>) -> Invoke<'a> {
        let session = &*self.0;
        let authority = session.gate.authority;
        match authority.find(request.command) {
            Some(entry) if session.holding.allows(authority, entry) => {
                let host = Host { session, entry, given: request.given };
                Invoke::run(entry, Call { host, body: request.arguments })
            }
            refused => Invoke::ready(session.deny(refused, request.command)),
        }
    }
}

impl Inner {
    #[cold]
    fn deny(&self, entry: Option<&Entry>, name: &str) -> Failure {
        let reason = Reason::of(self.gate.authority, entry, name, &self.principal, self.gate.explain);
        // A page that the program does not own is not told how the program is guarded.
        let told = self.gate.explain
            && self.principal.is_local_main()
            && is_declared(self.gate.authority.policy, &self.principal);
        let failure = Failure::new(Code::Denied, told.then(|| reason.to_string()));
        let cut = (0..=256.min(name.len())).rev().find_map(|end| name.get(..end)).unwrap_or_default();
        let denial =
            Denial { id: failure.id(), command: cut.to_owned(), principal: self.principal.clone(), reason };
        report::denied(&denial);
        if let Some(hook) = &self.gate.on_denial {
            // The hook is the program's own code; the call is answered whatever it does.
            quietly(|| hook(&denial));
        }
        failure
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Session").field(&self.0.principal).finish()
    }
}

/// One message: which command, and its arguments.
#[derive(Clone, Copy)]
#[must_use]
pub struct Request<'a> {
    command: &'a str,
    arguments: &'a [u8],
    given: Option<&'a Given>,
}

impl<'a> Request<'a> {
    /// A call with its arguments as a JSON object. No bytes are no arguments.
    pub fn json(command: &'a str, arguments: &'a [u8]) -> Self {
        Self { command, arguments, given: None }
    }

    /// Gives the call a value of its own, for host arguments. For adapters: `GateBuilder::per_call` announces it.
    pub fn with(mut self, given: &'a Given) -> Self {
        self.given = Some(given);
        self
    }
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Arguments may be secrets: they do not get into logs by way of `{:?}`.
        f.debug_struct("Request")
            .field("command", &self.command)
            .field("bytes", &self.arguments.len())
            .finish()
    }
}
