//! What a command takes when a test calls it as a function: inputs that a scope has admitted, and proof of permissions.

use std::{any::Any, fmt, marker::PhantomData, sync::Arc};

use serde::{Deserialize as _, Serialize};

use crate::{
    argument::{Checked, Granted},
    compile::{entries::Judge, text::Text},
    model::Id,
    permission::Permission,
    principal::Principal,
    scope::{
        Allow, Auditor, Enforce, Forms, Grants, Key, Machine, Narrowing, Node, Part, Refusal, Untrusted,
        Value, entries, grants, part,
    },
};

/// A scope with entries that a test writes.
pub fn scope<P: Permission<Scope: Enforce>>() -> TestScope<P> {
    TestScope {
        principal: Principal::window("test"),
        written: Written::default(),
        beside: Vec::new(),
        #[cfg(feature = "path")]
        folders: crate::scope::Folders::default(),
        permission: PhantomData,
    }
}

/// A scope with entries that a test writes. It admits what a grant with these entries would, and nothing without any.
#[must_use]
pub struct TestScope<P> {
    principal: Principal,
    written: Written,
    /// Other grants of the permission.
    beside: Vec<Written>,
    #[cfg(feature = "path")]
    pub(crate) folders: crate::scope::Folders,
    permission: PhantomData<fn() -> P>,
}

/// What is written for one grant.
#[derive(Debug, Default)]
struct Written {
    allow: Vec<serde_json::Value>,
    all: bool,
    deny: Vec<serde_json::Value>,
}

impl<P: Permission<Scope: Enforce>> TestScope<P> {
    /// Adds an `allow` entry, as a capability file would have it.
    ///
    /// # Panics
    ///
    /// If it cannot be serialized.
    pub fn allow(mut self, entry: impl Serialize) -> Self {
        self.written.allow.push(json(entry));
        self
    }

    /// Allows everything, as `"allow": "all"` does.
    pub fn allow_all(mut self) -> Self {
        self.written.all = true;
        self
    }

    /// Adds a `deny` entry, as a capability file would have it.
    ///
    /// # Panics
    ///
    /// If it cannot be serialized.
    pub fn deny(mut self, entry: impl Serialize) -> Self {
        self.written.deny.push(json(entry));
        self
    }

    /// Adds a grant of the same permission, as another capability would: what one of them allows is admitted, but for what
    /// one of them denies. Of the other, only the entries count.
    ///
    /// ```
    /// # use portcullis::{prelude::*, scope::{Exact, Folded, Matches}};
    /// # /// A channel.
    /// # #[derive(Scope)]
    /// # pub struct Channel { name: String }
    /// # impl Matches for Channel {
    /// #     type Input = String;
    /// #     fn allows(&self, name: Exact<'_, String>) -> bool { *name == self.name }
    /// #     fn denies(&self, name: Folded<'_, String>) -> bool { name.as_text().is(&self.name) }
    /// # }
    /// # /// Post to channels.
    /// # #[derive(Permission)]
    /// # #[permission(id = "chat:post", scope = Channel)]
    /// # pub struct Post;
    /// use portcullis::test;
    /// use serde_json::json;
    ///
    /// let member = test::scope::<Post>().allow(json!({ "name": "general" }));
    /// let guest = test::scope::<Post>().allow(json!({ "name": "lobby" })).deny(json!({ "name": "general" }));
    /// let both = member.with_grant(guest);
    /// assert!(both.admit("lobby").is_ok());
    /// assert!(both.admit("general").is_err());
    /// ```
    pub fn with_grant(mut self, other: Self) -> Self {
        self.beside.push(other.written);
        self.beside.extend(other.beside);
        self
    }

    /// Admits an input, which is what a page would send for the argument.
    ///
    /// # Errors
    ///
    /// As in a call: if the entries do not admit it.
    ///
    /// # Panics
    ///
    /// If the input cannot be serialized, or an entry is not what the scope takes: the test is wrong then.
    pub fn admit(&self, input: impl Serialize) -> Result<Checked<P>, Refusal> {
        Self::admit_under(&self.grants(), &json(input))
    }

    pub(super) fn admit_under(
        grants: &Grants<P::Scope>,
        input: &serde_json::Value,
    ) -> Result<Checked<P>, Refusal> {
        let input = <P::Scope as Enforce>::Input::deserialize(input)
            .map_err(|error| Refusal::malformed(format!("the input is of another type: {error}")))?;
        Checked::admit(Untrusted(input), grants, &Auditor::nobody)
    }

    /// A proof of the permission, for a command that decides by hand.
    ///
    /// # Panics
    ///
    /// If an entry is not what the scope takes: the test is wrong then.
    pub fn grant(&self) -> TestGrant<P> {
        TestGrant {
            principal: self.principal.clone(),
            grants: Box::new(self.grants()),
            permission: PhantomData,
        }
    }

    #[expect(clippy::panic, reason = "a test that is wrong must not pass")]
    fn grants(&self) -> Grants<P::Scope> {
        match self.made() {
            Ok(grants) => grants,
            Err(faults) => panic!("{faults}"),
        }
    }

    /// The grants; or what is wrong with their entries.
    pub(super) fn made(&self) -> Result<Grants<P::Scope>, String> {
        let machine = self.machine();
        let written = std::iter::once(&self.written).chain(&self.beside);
        let parts = written.map(|written| written.part::<P>(&machine)).collect::<Result<Vec<_>, _>>()?;
        Ok(grants(vec![parts], &machine))
    }

    #[cfg(not(feature = "path"))]
    #[expect(clippy::unused_self, reason = "with the feature `path` it has folders")]
    fn machine(&self) -> Machine {
        Machine::default()
    }

    #[cfg(feature = "path")]
    fn machine(&self) -> Machine {
        self.folders.for_test()
    }
}

impl Written {
    fn part<P: Permission<Scope: Enforce>>(&self, machine: &Machine) -> Result<Arc<Part<P::Scope>>, String> {
        let allow = if self.all { Allow::All } else { Allow::Only(nodes(&self.allow)) };
        let narrowing = Narrowing { allow, deny: nodes(&self.deny) };
        let judge = Judge { file: "entry", capability: "test", id: Id { namespace: "", rest: P::INFO.id } };
        let mut wrong = Text::new();
        judge.narrowing(&narrowing, <<P::Scope as Enforce>::Entry as crate::scope::Scope>::SHAPE, &mut wrong);
        if wrong.complaints != 0 {
            return Err(wrong.as_str().to_owned());
        }
        let made = entries(&narrowing)
            .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>())
            .and_then(|entries| {
                part::<P::Scope>(entries, machine)
                    .map_err(|faults| faults.iter().map(|fault| fault.0.to_string()).collect())
            });
        made.map_err(|faults| {
            format!("an entry is not what the scope of `{}` takes: {}", P::INFO.id, faults.join("; "))
        })
    }
}

impl<P> fmt::Debug for TestScope<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestScope")
            .field("written", &self.written)
            .field("beside", &self.beside)
            .finish_non_exhaustive()
    }
}

/// Holds what a proof borrows.
pub struct TestGrant<P> {
    principal: Principal,
    grants: Box<dyn Any + Send + Sync>,
    permission: PhantomData<fn() -> P>,
}

impl<P: Permission> TestGrant<P> {
    /// The proof.
    #[must_use]
    pub fn granted(&self) -> Granted<'_, P> {
        Granted::for_test(&self.principal, &*self.grants)
    }
}

impl<P> fmt::Debug for TestGrant<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TestGrant(..)")
    }
}

/// A proof of a permission without a scope, for a test.
#[must_use]
pub fn grant<P: Permission>() -> TestGrant<P> {
    TestGrant { principal: Principal::window("test"), grants: Box::new(()), permission: PhantomData }
}

#[expect(clippy::panic, reason = "a test that is wrong must not pass")]
fn json(value: impl Serialize) -> serde_json::Value {
    match serde_json::to_value(value) {
        Ok(value) => value,
        Err(error) => panic!("the value cannot be serialized: {error}"),
    }
}

/// Entries as a program has them: in memory that lives as long as it does. Tests write few.
fn nodes(values: &[serde_json::Value]) -> &'static [Node] {
    values.iter().map(node).collect::<Vec<_>>().leak()
}

fn node(value: &serde_json::Value) -> Node {
    let value = match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(*value),
        serde_json::Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => Value::Integer(number.into()),
            (None, Some(number)) => Value::Integer(number.into()),
            (None, None) => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        serde_json::Value::String(text) => Value::Text(text.clone().leak(), Forms::UNSEEN),
        serde_json::Value::Array(values) => Value::List(nodes(values)),
        serde_json::Value::Object(map) => Value::Map(
            map.iter()
                .map(|(key, value)| (Key(0, 0, key.clone().leak()), node(value)))
                .collect::<Vec<_>>()
                .leak(),
        ),
    };
    Node(0, 0, value)
}
