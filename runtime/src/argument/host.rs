//! Arguments that the host gives: state, the principal, proof of a permission, and what adapters and other crates add.

use std::{any::Any, fmt, marker::PhantomData, ops::Deref};

use super::{Argument, Beside, ByHost, LentArgument, Slot, Sourced, checked::Checked};
use crate::{
    compile::tables::Entry,
    invoke::Call,
    model::{Guard, Need, Source},
    permission::{Grantable, Permission},
    principal::Principal,
    reply::{Code, Failure},
    report,
    scope::{Auditor, Enforce, Grants, Refusal, Untrusted},
    session::Session,
};

/// What a host argument is made from: who calls, which command, and the values that the gate, the session and the
/// adapter hold.
#[derive(Clone, Copy)]
pub struct Host<'a> {
    pub(crate) session: &'a Session,
    pub(crate) entry: &'static Entry,
    pub(crate) given: Option<&'a Given>,
    pub(crate) beside: Option<&'a Beside>,
}

/// What an adapter gives with one call.
pub type Given = dyn Any + Send + Sync;

impl<'a> Host<'a> {
    /// Who calls.
    pub fn principal(self) -> &'a Principal {
        self.session.principal()
    }

    /// The name of the command on the wire.
    pub fn command_name(self) -> impl fmt::Display {
        self.entry.name()
    }

    /// The value of a type: the call's, else the session's, else the gate's.
    pub fn value<T: Send + Sync + 'static>(self) -> Option<&'a T> {
        self.given.and_then(|given| given.downcast_ref()).or_else(|| self.session.value())
    }

    pub(crate) fn command(self) -> &'static Entry {
        self.entry
    }
}

/// Something that a command may take and that does not come from the caller.
///
/// Any crate may add one. An adapter may implement it for a type of another crate with a marker of its own for `Via`:
/// `impl<'a> HostArgument<'a, MyAdapter> for other::Window`.
///
/// ```
/// use portcullis::{Host, HostArgument, Need, Unavailable};
///
/// /// The language of whoever calls.
/// pub struct Language(String);
///
/// /// What the program knows of a session.
/// pub struct Settings {
///     language: String,
/// }
///
/// impl<'a> HostArgument<'a> for Language {
///     // Looked for when the gate is built: `.state(..)`, `.per_session::<Settings>()` or `.per_call::<Settings>()`.
///     const NEEDS: &'static [Need] = &[Need::of::<Settings>()];
///
///     fn take(host: Host<'a>) -> Result<Self, Unavailable> {
///         let settings = host.value::<Settings>().ok_or_else(Unavailable::of::<Settings>)?;
///         Ok(Language(settings.language.clone()))
///     }
/// }
///
/// #[portcullis::command(public("greets"))]
/// fn greet(name: String, language: Language) -> String {
///     if language.0 == "fr" { format!("Bonjour {name}") } else { format!("Hello {name}") }
/// }
/// ```
pub trait HostArgument<'a, Via = ()>: Sized {
    /// The values that it needs: `Gate::build` refuses to build without them.
    const NEEDS: &'static [Need] = &[];

    #[doc(hidden)]
    const PROVES: Option<&'static crate::model::PermissionInfo> = None;

    #[doc(hidden)]
    const EMITS: Option<&'static crate::model::Command> = None;

    /// Makes it for one call.
    ///
    /// # Errors
    ///
    /// If what it is made from is not there. The call is answered with `internal`, and the log says what was missing.
    fn take(host: Host<'a>) -> Result<Self, Unavailable>;
}

/// What a host argument is made from is not there.
#[derive(Debug)]
pub struct Unavailable(Box<str>);

impl Unavailable {
    /// No value of this type.
    #[must_use]
    pub fn of<T>() -> Self {
        Self::because(format!("no value of type `{}` was given", std::any::type_name::<T>()))
    }

    /// For another reason, which the host's log will show.
    #[must_use]
    pub fn because(reason: impl Into<Box<str>>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unavailable {}

/// A value that the program holds: the session's own (`Session::with`), else the gate's (`GateBuilder::state`).
///
/// ```
/// use portcullis::State;
/// use std::sync::atomic::{AtomicU32, Ordering};
///
/// #[portcullis::command(public("counts calls"))]
/// fn count(calls: State<'_, AtomicU32>) -> u32 {
///     calls.fetch_add(1, Ordering::Relaxed) + 1
/// }
///
/// // A command is still a function:
/// assert_eq!(count(State::new(&AtomicU32::new(4))), 5);
/// ```
pub struct State<'a, T: ?Sized>(&'a T);

impl<'a, T: ?Sized> State<'a, T> {
    /// Wraps a value, to call a command as a function.
    pub const fn new(value: &'a T) -> Self {
        Self(value)
    }

    /// The value, for as long as the call lasts.
    pub const fn get(&self) -> &'a T {
        self.0
    }
}

impl<T: ?Sized> Clone for State<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for State<'_, T> {}

impl<T: ?Sized> Deref for State<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for State<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'a, T: Send + Sync + 'static> HostArgument<'a> for State<'a, T> {
    const NEEDS: &'static [Need] = &[Need::of::<T>()];
    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        host.value().map(State).ok_or_else(Unavailable::of::<T>)
    }
}

impl<'a> HostArgument<'a> for &'a Principal {
    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        Ok(host.principal())
    }
}

impl<'a> HostArgument<'a> for Principal {
    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        Ok(host.principal().clone())
    }
}

impl<'a> HostArgument<'a> for &'a Session {
    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        Ok(host.session)
    }
}

impl<'a> HostArgument<'a> for Session {
    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        Ok(host.session.clone())
    }
}

/// Proof that the authority has decided: `P` holds for whoever makes this call.
///
/// A function that takes one cannot be reached without the decision. Only the gate makes one, and only for a command
/// that `P` guards: to ask for another is a compile error.
///
/// ```
/// use portcullis::{Granted, prelude::*};
///
/// /// Delete notes.
/// #[derive(Permission)]
/// #[permission(id = "notes:delete")]
/// pub struct DeleteNotes;
///
/// /// Not a command, and still out of reach without the permission.
/// fn wipe(_: Granted<'_, DeleteNotes>) {}
///
/// #[portcullis::command(permission(DeleteNotes))]
/// fn delete_all(granted: Granted<'_, DeleteNotes>) {
///     wipe(granted);
/// }
/// ```
///
/// Of a scoped permission it gives the entries, to a command that must decide by hand: [`scope`](Granted::scope),
/// [`admit`](Granted::admit).
pub struct Granted<'a, P: Permission> {
    of: &'a Principal,
    source: ScopeOf<'a>,
    permission: PhantomData<fn() -> P>,
}

/// Where the scope of a proof is found.
#[derive(Clone, Copy)]
enum ScopeOf<'a> {
    /// In the session of a call.
    Call(Host<'a>),
    /// Written in a test.
    Test(&'a (dyn Any + Send + Sync)),
}

impl<'a, P: Permission> Granted<'a, P> {
    /// For whom the permission holds.
    pub const fn principal(&self) -> &'a Principal {
        self.of
    }

    pub(crate) fn for_test(of: &'a Principal, grants: &'a (dyn Any + Send + Sync)) -> Self {
        Self { of, source: ScopeOf::Test(grants), permission: PhantomData }
    }
}

impl<P: Permission<Scope: Enforce>> Granted<'_, P> {
    /// The grants in force. There is no way around them but by hand: [`admit`](Self::admit) decides for you.
    ///
    /// `None` if nothing is in force any more, since the host has switched it off: then nothing is admitted.
    #[must_use]
    pub fn scope(&self) -> Option<Grants<P::Scope>> {
        match self.source {
            ScopeOf::Call(host) => {
                let (index, _) = guard::<P>(host)?;
                host.session.grants(index)
            }
            ScopeOf::Test(grants) => grants.downcast_ref::<Grants<P::Scope>>().cloned(),
        }
    }

    /// Admits an input that did not come as an argument of its own, such as a part of a larger one.
    ///
    /// # Errors
    ///
    /// If the scope does not admit it.
    pub fn admit(&self, input: <P::Scope as Enforce>::Input) -> Result<Checked<P>, Refusal> {
        let grants = self.scope().ok_or_else(|| Refusal::outside("nothing is granted any more"))?;
        let auditor = || match self.source {
            ScopeOf::Call(host) => Auditor::of(host.session, host.entry, P::INFO, ""),
            ScopeOf::Test(_) => Auditor::nobody(),
        };
        Checked::admit(Untrusted(input), &grants, &auditor)
    }
}

impl<P: Permission> Clone for Granted<'_, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: Permission> Copy for Granted<'_, P> {}

impl<P: Permission> fmt::Debug for Granted<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Granted({} for {})", P::INFO.id, self.of)
    }
}

impl<'a, P: Permission> HostArgument<'a> for Granted<'a, P> {
    const PROVES: Option<&'static crate::model::PermissionInfo> = Some(<P as Grantable>::INFO);
    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        // Compiled commands cannot get here with another permission; a host argument that asks on its own can.
        match guard::<P>(host) {
            Some(_) => {
                Ok(Self { of: host.principal(), source: ScopeOf::Call(host), permission: PhantomData })
            }
            None => Err(Unavailable::because(format!("`{}` does not guard this command", P::INFO.id))),
        }
    }
}

/// The index of a permission that guards the command of a call, and what is known of it.
pub(crate) fn guard<P: Permission>(host: Host<'_>) -> Option<(u32, &'static crate::model::PermissionInfo)> {
    let Guard::All(all) = host.entry.command.guard else { return None };
    let place = all.iter().position(|info| info.type_id == P::INFO.type_id)?;
    let index = host.session.authority().view.guards(host.entry).get(place)?;
    Some((*index, all.get(place)?))
}

/// The slot of a host argument: nothing to decode, made when the command is called.
pub struct HostSlot<'a, T, Via> {
    call: Call<'a>,
    name: &'static str,
    makes: PhantomData<fn() -> (T, Via)>,
}

impl<'a, T: HostArgument<'a, Via>, Via> HostSlot<'a, T, Via> {
    /// The value.
    ///
    /// # Errors
    ///
    /// `internal` if what it is made from is not there.
    pub fn take(&self) -> Result<T, Failure> {
        T::take(self.call.host).map_err(|why| unavailable(self.call.host, self.name, &why))
    }

    /// The value: it is a reference of its own.
    ///
    /// # Errors
    ///
    /// `internal` if what it is made from is not there.
    pub fn lend(&self) -> Result<T, Failure> {
        self.take()
    }
}

#[cold]
pub(super) fn unavailable(host: Host<'_>, argument: &'static str, why: &Unavailable) -> Failure {
    let failure = Failure::new(Code::Internal, None);
    report::unavailable(host.entry, failure.id(), argument, why);
    failure
}

impl<'a, T, Via> Slot<'a> for HostSlot<'a, T, Via> {
    fn is_full(&self) -> bool {
        true
    }
    fn fill(&mut self, _: &'a [u8]) -> serde_json::Result<usize> {
        Ok(0)
    }
    fn absent(&mut self) -> bool {
        true
    }
}

impl<'a, T: HostArgument<'a, Via>, Via> Sourced for HostSlot<'a, T, Via> {
    const SOURCE: Source = Source::Host { needs: T::NEEDS, proves: T::PROVES, emits: T::EMITS };
    type Sent = ();
}

#[diagnostic::do_not_recommend]
impl<'a, T: HostArgument<'a, Via>, Via> Argument<'a, ByHost<Via>> for T {
    type Slot = HostSlot<'a, T, Via>;
    fn slot(call: Call<'a>, name: &'static str) -> HostSlot<'a, T, Via> {
        HostSlot { call, name, makes: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: HostArgument<'a, Via>, Via> LentArgument<'a, ByHost<Via>> for T {
    type Slot = HostSlot<'a, T, Via>;
    fn slot(call: Call<'a>, name: &'static str) -> HostSlot<'a, T, Via> {
        HostSlot { call, name, makes: PhantomData }
    }
}
