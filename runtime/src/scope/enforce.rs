//! What a scope does for a call: from the entries of the grants in force and an input that nobody has looked at, to
//! what a command is handed, or a refusal. Knows no command and no capability file.

use std::{borrow::Cow, fmt, sync::Arc};

use serde::de::DeserializeOwned;

use super::{
    audit::Auditor,
    entry::Scope,
    machine::Machine,
    matches::{Exact, Folded, Matches},
};

/// The scope of a permission: what its entries look like, what a caller sends, and what a command gets for it.
///
/// A scope of your own derives [`Scope`] and implements [`Matches`], and has this from that. Implement it yourself if
/// your entries are to be compiled, or a command should get something better than what was sent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the scope of a permission",
    label = "not a scope",
    note = "for a scope of your own: derive `portcullis::Scope`, and implement `portcullis::scope::Matches`, which says which \
            inputs an entry matches",
    note = "for files and addresses: `PathScope<Read>`, `PathScope<Write>` (feature `path`), `UrlScope` (feature `url`)",
    note = "`NoScope` is what a permission without `scope = ..` has: give it one, or take the argument as it is sent"
)]
pub trait Enforce: Sized + 'static {
    /// Whether inputs are judged by their text alone, as on the platform that a test names: vectors of every platform are
    /// then run on any ([`test::vectors`](crate::test::vectors)).
    const ON_ANY_PLATFORM: bool = false;

    /// One entry of `allow` or `deny`.
    type Entry: Scope;
    /// What a caller sends.
    type Input: DeserializeOwned + Send + 'static;
    /// What a command is given in its place.
    type Admitted: Send + 'static;
    /// The entries of one grant, made ready once, when the gate is built.
    type Rules: Send + Sync + 'static;

    /// Makes the entries of one grant ready.
    ///
    /// # Errors
    ///
    /// What cannot be resolved on this machine. The gate is not built then, and says all of it.
    fn compile(entries: &Entries<Self::Entry>, machine: &Machine) -> Result<Self::Rules, Vec<Unusable>>;

    /// Admits an input, or refuses it.
    ///
    /// # Errors
    ///
    /// [`Refusal::malformed`] for what no scope would admit, [`Refusal::outside`] for what these grants do not.
    fn admit(
        input: Untrusted<Self::Input>,
        admission: &Admission<'_, Self>,
    ) -> Result<Self::Admitted, Refusal>;
}

/// What a caller has sent and nothing has admitted yet. It shows nothing of itself: only a scope takes it apart.
pub struct Untrusted<T>(pub(crate) T);

impl<T> Untrusted<T> {
    /// For a scope: the input.
    pub fn expose_to_scope(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Untrusted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Untrusted(..)")
    }
}

/// Why an input is not admitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    malformed: bool,
    why: Cow<'static, str>,
}

impl Refusal {
    /// Nothing that any scope would admit. The caller is answered with `invalid` and told why.
    pub fn malformed(why: impl Into<Cow<'static, str>>) -> Self {
        Self { malformed: true, why: why.into() }
    }

    /// No entry allows it, or one denies it. The caller is answered with `denied`.
    pub fn outside(why: impl Into<Cow<'static, str>>) -> Self {
        Self { malformed: false, why: why.into() }
    }

    /// No entry allows this kind of thing ("path").
    #[cold]
    pub(crate) fn not_allowed(what: &str) -> Self {
        Self::outside(format!("no `allow` entry of this caller's grants matches the {what}"))
    }

    /// Whether no scope would admit it.
    #[must_use]
    pub const fn is_malformed(&self) -> bool {
        self.malformed
    }

    /// Why.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl std::error::Error for Refusal {}

/// An entry that cannot be used on this machine, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable(pub(crate) Box<str>);

impl Unusable {
    /// For this reason: what is missing, and how to give it.
    pub fn because(why: impl Into<Box<str>>) -> Self {
        Self(why.into())
    }
}

/// The entries of one grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries<E> {
    pub(super) all: bool,
    pub(super) allow: Vec<E>,
    pub(super) deny: Vec<E>,
}

impl<E> Entries<E> {
    /// These are allowed, and nothing is denied.
    pub(crate) const fn only(allow: Vec<E>) -> Self {
        Self { all: false, allow, deny: Vec::new() }
    }

    /// Whether everything is allowed (`"allow": "all"`), but for what is denied.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        self.all
    }

    /// What is allowed.
    #[must_use]
    pub fn allow(&self) -> &[E] {
        &self.allow
    }

    /// What is denied.
    #[must_use]
    pub fn deny(&self) -> &[E] {
        &self.deny
    }
}

/// One grant: its entries, and what they were made into.
pub struct Part<S: Enforce> {
    pub(super) entries: Entries<S::Entry>,
    pub(super) rules: S::Rules,
}

impl<S: Enforce> Part<S> {
    /// The entries, as the capability file has them.
    pub const fn entries(&self) -> &Entries<S::Entry> {
        &self.entries
    }

    /// What they were made into.
    pub const fn rules(&self) -> &S::Rules {
        &self.rules
    }
}

/// The grants of one permission that are in force for one session. Cheap to clone.
///
/// An input is admitted if one of them allows it and none of them denies it. What the host has narrowed further
/// (`Session::switch_on_within`) must admit it too.
pub struct Grants<S: Enforce>(pub(super) Arc<InForce<S>>);

pub(super) struct InForce<S: Enforce> {
    /// Each is a union of what its parts admit; an input must pass all of them.
    pub(super) layers: Vec<Vec<Arc<Part<S>>>>,
    pub(super) machine: Machine,
}

impl<S: Enforce> Grants<S> {
    /// Each grant.
    pub fn parts(&self) -> impl Iterator<Item = &Part<S>> {
        self.0.layers.iter().flatten().map(|part| &**part)
    }

    /// Each grant of a capability, without what the host has narrowed further.
    pub fn granted(&self) -> impl Iterator<Item = &Part<S>> {
        self.0.layers.first().into_iter().flatten().map(|part| &**part)
    }

    /// What the scope may know of the machine.
    pub fn machine(&self) -> &Machine {
        &self.0.machine
    }

    /// Decides: `allows` says whether a grant allows the input exactly, `denies` whether it denies its folded form.
    pub fn decide(
        &self,
        mut allows: impl FnMut(&Part<S>) -> bool,
        mut denies: impl FnMut(&Part<S>) -> bool,
    ) -> Verdict {
        // Nothing in force is nothing allowed: no layer is not "all of none".
        let allowed = !self.0.layers.is_empty()
            && self.0.layers.iter().all(|layer| layer.iter().any(|part| allows(part)));
        if !allowed {
            return Verdict::NotAllowed;
        }
        if self.parts().any(|part| !part.entries.deny.is_empty() && denies(part)) {
            return Verdict::Denied;
        }
        Verdict::Admitted
    }
}

/// What the grants in force say of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A grant allows it, and none denies it.
    Admitted,
    /// No grant allows it.
    NotAllowed,
    /// A grant denies it.
    Denied,
}

impl Verdict {
    /// The verdict as a result; `what` is the kind of thing that is judged ("path").
    ///
    /// # Errors
    ///
    /// If it is not admitted.
    pub fn admitted(self, what: &str) -> Result<(), Refusal> {
        match self {
            Self::Admitted => Ok(()),
            Self::NotAllowed => Err(Refusal::not_allowed(what)),
            Self::Denied => {
                Err(Refusal::outside(format!("a `deny` entry of this caller's grants matches the {what}")))
            }
        }
    }
}

impl<S: Enforce> Clone for Grants<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S: Enforce> fmt::Debug for Grants<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grants").field("layers", &self.0.layers.len()).finish_non_exhaustive()
    }
}

/// What an input is admitted under: the grants in force, and who is told if something turns out to be outside later.
pub struct Admission<'a, S: Enforce> {
    pub(super) grants: &'a Grants<S>,
    pub(super) auditor: &'a dyn Fn() -> Auditor,
}

impl<'a, S: Enforce> Admission<'a, S> {
    pub(crate) const fn new(grants: &'a Grants<S>, auditor: &'a dyn Fn() -> Auditor) -> Self {
        Self { grants, auditor }
    }

    /// The grants in force.
    pub const fn grants(&self) -> &Grants<S> {
        self.grants
    }

    /// For what is decided on once more when it is used, such as a file when it is opened.
    pub fn auditor(&self) -> Auditor {
        (self.auditor)()
    }
}

#[diagnostic::do_not_recommend]
impl<S: Matches> Enforce for S {
    type Entry = S;
    type Input = S::Input;
    type Admitted = S::Input;
    type Rules = ();

    fn compile(_: &Entries<S>, _: &Machine) -> Result<(), Vec<Unusable>> {
        Ok(())
    }

    fn admit(input: Untrusted<S::Input>, admission: &Admission<'_, S>) -> Result<S::Input, Refusal> {
        let input = input.expose_to_scope();
        let verdict = admission.grants().decide(
            |part| part.entries.all || part.entries.allow.iter().any(|entry| entry.allows(Exact(&input))),
            |part| part.entries.deny.iter().any(|entry| entry.denies(Folded(&input))),
        );
        verdict.admitted("input")?;
        Ok(input)
    }
}
