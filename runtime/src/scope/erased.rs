//! A scope type as data: what tables of many permissions hold, each with its own scope. The one place where types are
//! lost and found again; whatever does not fit admits nothing.

use std::{any::Any, fmt, sync::Arc};

use super::{
    enforce::{Enforce, Entries, Grants, InForce, Part, Unusable},
    entry::{EntryError, Scope},
    machine::Machine,
    shape::Shape,
    value::{Allow, Narrowing, Node},
};

/// A value whose type is known to its permission only.
pub(crate) type Erased = Arc<dyn Any + Send + Sync>;

/// What `derive(Permission)` knows of a scope.
pub struct ScopeInfo {
    pub(crate) shape: &'static Shape,
    /// The entries of one grant, made ready: a `Part<S>`.
    pub(crate) compile: fn(&Narrowing, &Machine) -> Result<Erased, Vec<Unusable>>,
    /// The parts in force, in layers: a `Grants<S>`.
    pub(crate) gather: fn(&[Vec<Erased>], &Machine) -> Erased,
}

impl ScopeInfo {
    /// That of a scope type.
    #[must_use]
    pub const fn of<S: Enforce>() -> Self {
        Self { shape: <S::Entry as Scope>::SHAPE, compile: compile::<S>, gather: gather::<S> }
    }
}

impl fmt::Debug for ScopeInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScopeInfo").field("shape", self.shape).finish_non_exhaustive()
    }
}

fn compile<S: Enforce>(narrowing: &Narrowing, machine: &Machine) -> Result<Erased, Vec<Unusable>> {
    let entries = entries::<S::Entry>(narrowing).map_err(|errors| {
        errors.into_iter().map(|error| Unusable::because(error.to_string())).collect::<Vec<_>>()
    })?;
    part::<S>(entries, machine).map(|part| part as Erased)
}

/// Makes entries ready.
pub(crate) fn part<S: Enforce>(
    entries: Entries<S::Entry>,
    machine: &Machine,
) -> Result<Arc<Part<S>>, Vec<Unusable>> {
    let rules = S::compile(&entries, machine)?;
    Ok(Arc::new(Part { entries, rules }))
}

/// Reads the entries of a grant.
pub(crate) fn entries<E: Scope>(narrowing: &Narrowing) -> Result<Entries<E>, Vec<EntryError>> {
    let mut errors = Vec::new();
    let mut read = |nodes: &[Node]| {
        let mut entries = Vec::with_capacity(nodes.len());
        for node in nodes {
            match E::read(node) {
                Ok(entry) => entries.push(entry),
                Err(error) => errors.push(error),
            }
        }
        entries
    };
    let (all, allow) = match narrowing.allow {
        Allow::Nothing => (false, Vec::new()),
        Allow::All => (true, Vec::new()),
        Allow::Only(nodes) => (false, read(nodes)),
    };
    let deny = read(narrowing.deny);
    // Not one entry may go missing, least of all a denial.
    if errors.is_empty() { Ok(Entries { all, allow, deny }) } else { Err(errors) }
}

fn gather<S: Enforce>(layers: &[Vec<Erased>], machine: &Machine) -> Erased {
    let mut found = Vec::with_capacity(layers.len());
    for layer in layers {
        let parts: Option<Vec<Arc<Part<S>>>> =
            layer.iter().map(|part| Arc::clone(part).downcast().ok()).collect();
        match parts {
            Some(parts) => found.push(parts),
            // A part of another scope cannot be: if it is, nothing is in force.
            None => return Arc::new(grants::<S>(Vec::new(), machine)),
        }
    }
    Arc::new(grants::<S>(found, machine))
}

pub(crate) fn grants<S: Enforce>(layers: Vec<Vec<Arc<Part<S>>>>, machine: &Machine) -> Grants<S> {
    Grants(Arc::new(InForce { layers, machine: machine.clone() }))
}
