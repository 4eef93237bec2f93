//! Arguments that the caller sends and a scope admits: decoded to something that shows nothing of itself, admitted under
//! the grants of the call, and only then handed over.

use std::{fmt, marker::PhantomData, ops::Deref};

use serde::de::DeserializeOwned;

#[cfg(feature = "parsed")]
use super::parsed::Texts;
use super::{
    Argument, ByScope, LentArgument, Slot, Sourced,
    host::{Host, guard},
    wire::WireSlot,
};
use crate::{
    invoke::Call,
    model::{PermissionInfo, Source},
    permission::{Grantable, Permission},
    reply::{Code, Failure},
    report,
    scope::{Admission, Auditor, Enforce, Grants, Refusal, Untrusted},
};

/// An input of a command that the scope of `P` has admitted.
///
/// It is made from what the caller sends, under the entries of exactly the grants by which the caller may call, and from
/// nothing else: a command that takes it cannot be given an input that no grant admits. It holds what the scope makes
/// of the input, and lends it: of a path, something that can only be opened beneath its root; of an address, the
/// parsed URL; of a scope of your own, the input.
///
/// `&Checked<P>`, `Option<Checked<P>>` and `Vec<Checked<P>>` are arguments too. In a unit test, [`test`](crate::test) makes one.
///
/// ```
/// use portcullis::{prelude::*, scope::{Exact, Folded, Matches}};
///
/// /// A channel that may be posted to.
/// #[derive(Scope)]
/// pub struct Channel {
///     name: String,
/// }
///
/// impl Matches for Channel {
///     type Input = String;
///     fn allows(&self, name: Exact<'_, String>) -> bool {
///         *name == self.name
///     }
///     fn denies(&self, name: Folded<'_, String>) -> bool {
///         name.as_text().is(&self.name)
///     }
/// }
///
/// /// Post to channels.
/// #[derive(Permission)]
/// #[permission(id = "chat:post", scope = Channel)]
/// pub struct Post;
///
/// #[command(permission(Post))]
/// fn post(channel: Checked<Post>, text: String) -> String {
///     format!("to {}: {text}", channel.as_str())
/// }
///
/// let channel = portcullis::test::scope::<Post>().allow(serde_json::json!({ "name": "general" })).admit("general")?;
/// assert_eq!(post(channel, "hello".to_owned()), "to general: hello");
/// # Ok::<(), portcullis::scope::Refusal>(())
/// ```
#[must_use = "what is admitted and not used need not be asked for"]
pub struct Checked<P: Permission<Scope: Enforce>>(
    <P::Scope as Enforce>::Admitted,
    // Last, where the compiler looks for the size: that of a permission without a scope would be told of again.
    PhantomData<fn() -> P>,
);

impl<P: Permission<Scope: Enforce>> Checked<P> {
    /// What was admitted.
    pub fn into_inner(self) -> <P::Scope as Enforce>::Admitted {
        self.0
    }

    pub(crate) fn admit(
        input: Untrusted<<P::Scope as Enforce>::Input>,
        grants: &Grants<P::Scope>,
        auditor: &dyn Fn() -> Auditor,
    ) -> Result<Self, Refusal> {
        P::Scope::admit(input, &Admission::new(grants, auditor)).map(|admitted| Self(admitted, PhantomData))
    }
}

// Not `DerefMut`: what is changed after it was admitted has not been admitted.
impl<P: Permission<Scope: Enforce>> Deref for Checked<P> {
    type Target = <P::Scope as Enforce>::Admitted;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<P> fmt::Debug for Checked<P>
where
    P: Permission<Scope: Enforce<Admitted: fmt::Debug>>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Checked").field(&self.0).finish()
    }
}

/// An argument that is made of [`Checked`]: one, perhaps one, or several.
pub trait CheckedArgument: Sized {
    /// The permission whose scope admits it.
    type By: Permission<Scope: Enforce>;
    /// What is decoded.
    type Raw: DeserializeOwned;
    /// Admits what was decoded.
    ///
    /// # Errors
    ///
    /// If the scope does not.
    fn admit(
        raw: Self::Raw,
        one: &mut dyn FnMut(<ScopeBy<Self> as Enforce>::Input) -> Result<Checked<Self::By>, Refusal>,
    ) -> Result<Self, Refusal>;
}

type ScopeBy<T> = <<T as CheckedArgument>::By as Permission>::Scope;

impl<P: Permission<Scope: Enforce>> CheckedArgument for Checked<P> {
    type By = P;
    type Raw = <P::Scope as Enforce>::Input;
    fn admit(
        raw: Self::Raw,
        one: &mut dyn FnMut(<P::Scope as Enforce>::Input) -> Result<Self, Refusal>,
    ) -> Result<Self, Refusal> {
        one(raw)
    }
}

impl<T: CheckedArgument> CheckedArgument for Option<T> {
    type By = T::By;
    type Raw = Option<T::Raw>;
    fn admit(
        raw: Self::Raw,
        one: &mut dyn FnMut(<ScopeBy<T> as Enforce>::Input) -> Result<Checked<T::By>, Refusal>,
    ) -> Result<Self, Refusal> {
        raw.map(|raw| T::admit(raw, one)).transpose()
    }
}

impl<T: CheckedArgument> CheckedArgument for Vec<T> {
    type By = T::By;
    type Raw = Vec<T::Raw>;
    fn admit(
        raw: Self::Raw,
        one: &mut dyn FnMut(<ScopeBy<T> as Enforce>::Input) -> Result<Checked<T::By>, Refusal>,
    ) -> Result<Self, Refusal> {
        raw.into_iter().map(|raw| T::admit(raw, one)).collect()
    }
}

/// The slot of a checked argument.
pub struct CheckedSlot<'a, T: CheckedArgument> {
    host: Host<'a>,
    name: &'static str,
    raw: WireSlot<T::Raw>,
}

impl<T: CheckedArgument> CheckedSlot<'_, T> {
    /// The argument.
    ///
    /// # Errors
    ///
    /// `denied` or `invalid` if the scope does not admit it.
    pub fn take(&mut self) -> Result<T, Failure> {
        let raw = self.raw.take()?;
        let Self { host, name, .. } = *self;
        // Compiled commands cannot get here with another permission.
        let Some((index, info)) = guard::<T::By>(host) else { return Err(unguarded(host, name)) };
        let refused = |refusal: &Refusal| host.session.refuse_input(host.entry, info, name, refusal);
        let Some(grants) = host.session.grants::<ScopeBy<T>>(index) else {
            return Err(refused(&Refusal::outside("nothing is granted any more")));
        };
        let auditor = || Auditor::of(host.session, host.entry, info, name);
        let mut one = |input| Checked::admit(Untrusted(input), &grants, &auditor);
        T::admit(raw, &mut one).map_err(|refusal| refused(&refusal))
    }
}

/// The slot of a checked argument that is taken by reference.
pub struct LentCheckedSlot<'a, T: CheckedArgument> {
    slot: CheckedSlot<'a, T>,
    admitted: Option<T>,
}

impl<T: CheckedArgument> LentCheckedSlot<'_, T> {
    /// The argument.
    ///
    /// # Errors
    ///
    /// `denied` or `invalid` if the scope does not admit it.
    pub fn lend(&mut self) -> Result<&T, Failure> {
        let admitted = self.slot.take()?;
        Ok(self.admitted.insert(admitted))
    }
}

#[cold]
fn unguarded(host: Host<'_>, argument: &'static str) -> Failure {
    let failure = Failure::new(Code::Internal, None);
    let why = super::Unavailable::because("the permission of this argument does not guard the command");
    report::unavailable(host.entry, failure.id(), argument, &why);
    failure
}

impl<'a, T: CheckedArgument> Slot<'a> for CheckedSlot<'a, T> {
    fn is_full(&self) -> bool {
        self.raw.is_full()
    }
    fn fill(&mut self, text: &'a [u8]) -> serde_json::Result<usize> {
        self.raw.fill(text)
    }
    #[cfg(feature = "parsed")]
    fn fill_parsed(&mut self, value: &'a serde_json::Value, texts: &'a Texts) -> serde_json::Result<()> {
        self.raw.fill_parsed(value, texts)
    }
    fn absent(&mut self) -> bool {
        self.raw.absent()
    }
}

impl<T: CheckedArgument> Sourced for CheckedSlot<'_, T> {
    const SOURCE: Source = {
        const fn info<P: Permission>() -> &'static PermissionInfo {
            <P as Grantable>::INFO
        }
        Source::Checked(info::<T::By>())
    };
    type Sent = T::Raw;
}

impl<'a, T: CheckedArgument> Slot<'a> for LentCheckedSlot<'a, T> {
    fn is_full(&self) -> bool {
        self.slot.is_full()
    }
    fn fill(&mut self, text: &'a [u8]) -> serde_json::Result<usize> {
        self.slot.fill(text)
    }
    #[cfg(feature = "parsed")]
    fn fill_parsed(&mut self, value: &'a serde_json::Value, texts: &'a Texts) -> serde_json::Result<()> {
        self.slot.fill_parsed(value, texts)
    }
    fn absent(&mut self) -> bool {
        self.slot.absent()
    }
}

impl<'a, T: CheckedArgument> Sourced for LentCheckedSlot<'a, T> {
    const SOURCE: Source = <CheckedSlot<'a, T> as Sourced>::SOURCE;
    type Sent = T::Raw;
}

#[diagnostic::do_not_recommend]
impl<'a, T: CheckedArgument + 'a> LentArgument<'a, ByScope> for &T {
    type Slot = LentCheckedSlot<'a, T>;
    fn slot(call: Call<'a>, name: &'static str) -> LentCheckedSlot<'a, T> {
        LentCheckedSlot { slot: T::slot(call, name), admitted: None }
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: CheckedArgument> Argument<'a, ByScope> for T {
    type Slot = CheckedSlot<'a, T>;
    fn slot(call: Call<'a>, name: &'static str) -> CheckedSlot<'a, T> {
        CheckedSlot { host: call.host, name, raw: WireSlot::new(name) }
    }
}
