//! One document, or one connection, of one principal: where messages come in. The path of a call is in `invoke`.

use std::{fmt, sync::Arc};

use crate::{
    authority::Found,
    compile::tables::Entry,
    decide::{Holding, is_declared},
    event::Listener,
    gate::{self, Gate},
    in_force::{NotOptional, Scopes, Switch},
    invoke::{Invoke, quietly},
    model::{Command, PermissionInfo},
    permission::Permission,
    principal::Principal,
    refused::{Named, Refused, Why},
    reply::{self, Code, Failure},
    report,
    request::Request,
    scope::{self, Enforce, Grants, Refusal},
    stream::Stream,
    test::Watch,
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
    scopes: Scopes,
}

impl Session {
    pub(crate) fn open(gate: &Gate, principal: Principal) -> Self {
        let session = Self::unreported(gate, principal);
        let Inner { gate, principal, holding, .. } = &*session.0;
        if !holding.matched {
            report::unmatched(principal, is_declared(gate.authority.policy, principal));
        }
        session
    }

    /// As [`open`](Self::open), and nothing is said of a principal that may call nothing.
    pub(crate) fn unreported(gate: &Gate, principal: Principal) -> Self {
        let gate = Arc::clone(&gate.0);
        let holding = Holding::of(gate.authority, &principal);
        let scopes = Scopes::new(&gate);
        Self(Arc::new(Inner { gate, principal, values: Values::default(), holding, scopes }))
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

    /// The value of a type: the session's, else the gate's.
    pub(crate) fn value<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.0.values.get().or_else(|| self.0.gate.values.get())
    }

    pub(crate) fn authority(&self) -> &'static crate::Authority {
        self.0.gate.authority
    }

    /// Whether a call of this command would be let through to its arguments.
    pub fn may_call(&self, command: &str) -> bool {
        self.allowed(command).is_some()
    }

    /// Carries out one call: decides, then decodes, then runs. Always answers.
    #[inline]
    pub fn invoke<'a>(&'a self, request: Request<'a>) -> Invoke<'a> {
        let session = &*self.0;
        let authority = session.gate.authority;
        match authority.find(request.command) {
            Some(entry) if session.holding.allows(authority, entry) => Invoke::lent(self, entry, request),
            refused => Invoke::ready(session.deny(refused, Named::Sent(request.command), Asked::ToCall)),
        }
    }

    /// As [`invoke`](Self::invoke), for a host that sets calls going and turns to others: the call keeps what it needs.
    pub fn invoke_owned(&self, request: Request<'_>) -> Invoke<'static> {
        let session = &*self.0;
        let authority = session.gate.authority;
        match authority.find(request.command) {
            Some(entry) if session.holding.allows(authority, entry) => Invoke::owned(self, entry, request),
            refused => Invoke::ready(session.deny(refused, Named::Sent(request.command), Asked::ToCall)),
        }
    }

    /// Decides on a call before anything of it is read: for an adapter that reads the message by what the command takes. Who may not
    /// call is refused here, as by [`invoke`](Self::invoke).
    ///
    /// # Errors
    ///
    /// `denied` if the caller may not call it, or there is no such command.
    #[doc(hidden)]
    pub fn admit(&self, command: &str, found: Option<Found>) -> Result<Admitted<'_>, Failure> {
        let authority = self.0.gate.authority;
        match found.and_then(|found| found.command(authority)) {
            Some(entry) if self.holds(entry) => Ok(Admitted { session: self, entry }),
            refused => Err(self.0.deny(refused, Named::Sent(command), Asked::ToCall)),
        }
    }

    /// Whether a call of this command would be let through, and takes the raw bytes beside its message as they arrive: an
    /// adapter then does not read them first.
    pub fn takes_upload(&self, command: &str) -> bool {
        self.allowed(command).is_some_and(Entry::takes_upload)
    }

    /// Listens to an event, from now on: a reply in parts, of which each item is what the event brings.
    ///
    /// It goes on until it is dropped. What is emitted while the caller does not hold the permission is not delivered.
    ///
    /// # Errors
    ///
    /// `denied` if the caller may not listen to it, or there is no such event.
    pub fn listen(&self, event: &str) -> Result<Stream, Failure> {
        let session = &*self.0;
        let authority = session.gate.authority;
        match authority.find_event(event) {
            Some(entry) if session.holding.allows(authority, entry) => match Listener::new(self, entry) {
                Some(listener) => {
                    let mut stream = Stream::new(Box::pin(listener));
                    stream.set_entry(entry);
                    Ok(stream)
                }
                None => Err(Failure::new(Code::Internal, None)),
            },
            refused => Err(session.deny(refused, Named::Sent(event), Asked::ToListen)),
        }
    }

    /// Whether the caller may listen to this event.
    pub fn may_listen(&self, event: &str) -> bool {
        let authority = self.0.gate.authority;
        authority.find_event(event).is_some_and(|entry| self.holds(entry))
    }

    fn allowed(&self, command: &str) -> Option<&'static Entry> {
        self.0.gate.authority.find(command).filter(|entry| self.holds(entry))
    }

    /// Whether the caller holds what a command or an event needs, now.
    pub(crate) fn holds(&self, entry: &Entry) -> bool {
        self.0.holding.allows(self.0.gate.authority, entry)
    }

    /// Whether the caller, who holds what this needs now, has held it since this moment.
    pub(crate) fn has_held_since(&self, moment: u64, entry: &Entry) -> bool {
        self.0.scopes.held_at(moment, self.0.gate.authority.view.guards(entry))
    }

    pub(crate) fn gate(&self) -> &gate::Inner {
        &self.0.gate
    }
}

/// A command that the caller may call.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Admitted<'a> {
    session: &'a Session,
    entry: &'static Entry,
}

impl Admitted<'_> {
    /// What is known of it.
    #[must_use]
    pub const fn command(self) -> &'static Command {
        self.entry.command
    }

    /// Carries out the call, whichever command the message names, as [`Session::invoke_owned`] does: that the caller may call is asked
    /// again, since reading has taken its time.
    pub fn invoke(self, request: Request<'_>) -> Invoke<'static> {
        let Self { session, entry } = self;
        if session.holds(entry) {
            Invoke::owned(session, entry, request)
        } else {
            Invoke::ready(session.0.deny(Some(entry), Named::Found(entry), Asked::ToCall))
        }
    }
}

/// What somebody wants of a name.
#[derive(Clone, Copy)]
enum Asked {
    ToCall,
    ToListen,
}

impl Inner {
    #[cold]
    fn deny(&self, entry: Option<&Entry>, named: Named<'_>, asked: Asked) -> Failure {
        let why = entry.map_or(
            Why::Unknown { is_event: matches!(asked, Asked::ToListen), explain: self.gate.explain },
            Why::NotHeld,
        );
        self.refuse(named, why)
    }

    /// Refuses a call: for the caller a code and a number, for the host the reason.
    #[cold]
    fn refuse(&self, named: Named<'_>, why: Why<'_>) -> Failure {
        let refused = self.refused(named, why);
        // A page that the program does not own is not told how the program is guarded.
        let told = || {
            self.gate.explain
                && self.principal.is_local_main()
                && is_declared(self.gate.authority.policy, &self.principal)
        };
        let (code, told) = match why {
            // It is the caller's own message, so that may be told.
            Why::Input { is_malformed: true, .. } => (Code::Invalid, true),
            _ => (Code::Denied, told()),
        };
        let message = told.then(|| refused.reason().to_string());
        let failure = Failure::numbered(refused.id, code, message);
        self.audit(refused);
        failure
    }

    /// What is known of a refusal, with a number of its own.
    fn refused<'a>(&'a self, named: Named<'a>, why: Why<'a>) -> Refused<'a> {
        Refused::new(reply::next_id(), &self.principal, self.gate.authority, named, why)
    }

    #[cold]
    fn audit(&self, refused: Refused<'_>) {
        // A test that sees it itself needs no second telling on stderr.
        let watch = self.values.get();
        let seen = watch.is_some_and(|watch: &Watch| watch.see(refused.clone().into_denial()));
        report::denied(&refused, seen);
        if let Some(hook) = &self.gate.on_denial {
            let denial = refused.into_denial();
            // The hook is the program's own code; the call is answered whatever it does.
            quietly(|| hook(&denial));
        }
    }
}

/// Scopes in a session.
impl Session {
    /// The grants in force of a permission by its index, if it has a scope of this type and holds.
    pub(crate) fn grants<S: Enforce>(&self, permission: u32) -> Option<Grants<S>> {
        self.0.scopes.grants(&self.0.gate, &self.0.holding, permission)
    }

    #[cfg(feature = "path")]
    pub(crate) fn gate_machine(&self) -> &scope::Machine {
        &self.0.gate.machine
    }

    #[cfg(feature = "path")]
    pub(crate) fn machine(&self) -> &scope::Machine {
        self.0.scopes.machine()
    }

    #[cfg(feature = "path")]
    pub(crate) fn set_machine(&mut self, machine: scope::Machine) {
        Arc::make_mut(&mut self.0).scopes.set_machine(machine);
    }

    /// An input of a call is not admitted.
    #[cold]
    pub(crate) fn refuse_input(
        &self,
        entry: &Entry,
        permission: &PermissionInfo,
        argument: &str,
        refusal: &Refusal,
    ) -> Failure {
        let (why, is_malformed) = (refusal.why(), refusal.is_malformed());
        let why = Why::Input { entry, permission, argument, why, is_malformed };
        self.0.refuse(Named::Found(entry), why)
    }

    /// Something that was admitted turned out to be outside when it was used.
    #[cold]
    pub(crate) fn audit(&self, entry: &Entry, permission: &PermissionInfo, argument: &str, why: &str) {
        let why = Why::Input { entry, permission, argument, why, is_malformed: false };
        self.0.audit(self.0.refused(Named::Found(entry), why));
    }

    /// Switches on what capabilities list as `optional` for the caller of this session: the user has agreed, say.
    ///
    /// From then on such a grant counts as any other. A denial still denies.
    ///
    /// # Errors
    ///
    /// If no capability that matches the caller has it as `optional`: nothing else can be switched on.
    pub fn switch_on<P: Permission>(&self) -> Result<(), NotOptional> {
        self.0.scopes.switch(&self.0.gate, &self.0.holding, P::INFO, &Switch::On)
    }

    /// As [`switch_on`](Self::switch_on), for these entries alone: an input must then be admitted by the capability's
    /// entries and by one of these.
    ///
    /// # Errors
    ///
    /// As `switch_on`; or if an entry cannot be used on this machine.
    pub fn switch_on_within<P: Permission<Scope: Enforce>>(
        &self,
        entries: Vec<<P::Scope as Enforce>::Entry>,
    ) -> Result<(), NotOptional> {
        let machine = self.0.scopes.machine();
        let part =
            scope::part::<P::Scope>(scope::Entries::only(entries), machine).map_err(NotOptional::unusable)?;
        self.0.scopes.switch(&self.0.gate, &self.0.holding, P::INFO, &Switch::Within(part))
    }

    /// Switches off again what was switched on. Calls that were let through before go on.
    pub fn switch_off<P: Permission>(&self) {
        let _ = self.0.scopes.switch(&self.0.gate, &self.0.holding, P::INFO, &Switch::Off);
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Session").field(&self.0.principal).finish()
    }
}
