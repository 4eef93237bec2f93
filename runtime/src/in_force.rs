//! Which grants of a scoped permission are in force in a session, and the optional ones that its host has switched on.
//! Reading is free of locks; switching takes one.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use arc_swap::ArcSwapOption;

use crate::{
    compile::tables::Rule,
    decide::Holding,
    event, gate,
    model::{GrantKind, PermissionInfo},
    scope::{Enforce, Erased, Grants, Machine, Unusable},
};

/// The scopes of a session.
pub(crate) struct Scopes {
    machine: Machine,
    /// For each scoped permission, in the order of the gate: its grants in force, once somebody has asked for them.
    slots: Box<[ArcSwapOption<Erased>]>,
    /// What is switched on. Its lock is held where slots are filled or emptied, so that no slot outlives a switch.
    switched: Mutex<Vec<Switched>>,
}

/// What is to become of an optional permission.
pub(crate) enum Switch {
    On,
    /// On, and narrowed by these entries.
    Within(Erased),
    Off,
}

/// An optional permission that is on.
#[derive(Clone)]
struct Switched {
    permission: u32,
    /// The moment at which it came to hold by that.
    since: u64,
    /// What narrows it further.
    within: Option<Erased>,
}

impl Scopes {
    pub(crate) fn new(gate: &gate::Inner) -> Self {
        Self {
            machine: gate.machine.clone(),
            slots: empty(gate.scoped.len()),
            switched: Mutex::new(Vec::new()),
        }
    }

    pub(crate) const fn machine(&self) -> &Machine {
        &self.machine
    }

    /// Gives the session a machine of its own.
    #[cfg(feature = "path")]
    pub(crate) fn set_machine(&mut self, machine: Machine) {
        self.machine = machine;
        self.slots = empty(self.slots.len());
    }

    /// The grants in force of a permission.
    pub(crate) fn grants<S: Enforce>(
        &self,
        gate: &gate::Inner,
        holding: &Holding,
        permission: u32,
    ) -> Option<Grants<S>> {
        let place = gate.scoped.binary_search(&permission).ok()?;
        let slot = self.slots.get(place)?;
        if let Some(grants) = &*slot.load() {
            return grants.downcast_ref::<Grants<S>>().cloned();
        }
        let switched = self.switched.lock().unwrap_or_else(PoisonError::into_inner);
        let grants = gather(gate, holding, permission, &switched, &self.machine)?;
        slot.store(Some(Arc::new(Arc::clone(&grants))));
        grants.downcast_ref::<Grants<S>>().cloned()
    }

    /// Whether none of these permissions, all of which hold, has come to hold after this moment only.
    pub(crate) fn held_at(&self, moment: u64, permissions: &[u32]) -> bool {
        let switched = self.switched.lock().unwrap_or_else(PoisonError::into_inner);
        !switched.iter().any(|one| one.since > moment && permissions.contains(&one.permission))
    }

    /// Switches optional grants: on, perhaps narrowed, or off. A type that the program lists under two ids, as a group that it
    /// lists `as` another namespace brings it, is two permissions: each of which is switched that is optional here.
    pub(crate) fn switch(
        &self,
        gate: &gate::Inner,
        holding: &Holding,
        info: &PermissionInfo,
        to: &Switch,
    ) -> Result<(), NotOptional> {
        let view = &gate.authority.view;
        let is_optional = |rule: &Rule| rule.kind == GrantKind::Optional && holding.is_in_force(*rule, true);
        let of_type = view.all_known().filter(|(_, known)| known.info.type_id == info.type_id);
        let mut found = of_type.filter(|(_, known)| view.rules(known).iter().any(is_optional)).peekable();
        if found.peek().is_none() {
            return Err(NotOptional::of(info));
        }
        let mut switched = self.switched.lock().unwrap_or_else(PoisonError::into_inner);
        let mut gone = Vec::new();
        for (permission, known) in found {
            gone.push(self.switch_one(gate, holding, permission, view.rules(known), &mut switched, to));
        }
        drop(switched);
        // What was switched on may go here, and entries are code of the program's: it is off by now, and no lock is held.
        drop(gone);
        Ok(())
    }

    /// Switches one of them, while the lock is held; hands back what was on, and what was gathered of it.
    fn switch_one(
        &self,
        gate: &gate::Inner,
        holding: &Holding,
        permission: u32,
        rules: &[Rule],
        switched: &mut Vec<Switched>,
        to: &Switch,
    ) -> (Vec<Switched>, Option<Arc<Erased>>) {
        let before = switched.iter().find(|one| one.permission == permission).map(|one| one.since);
        let since = if holding.holds(permission) { before.unwrap_or_default() } else { event::moment() };
        let (before, mut after): (Vec<_>, Vec<_>) =
            std::mem::take(switched).into_iter().partition(|one| one.permission == permission);
        match to {
            Switch::Off => {}
            Switch::On => after.push(Switched { permission, since, within: None }),
            Switch::Within(entries) => {
                after.push(Switched { permission, since, within: Some(Arc::clone(entries)) });
            }
        }
        *switched = after;
        // Emptied while the lock is held: whoever fills the slot again waits, and sees what is on now.
        let place = gate.scoped.binary_search(&permission).ok();
        let gathered = place.and_then(|place| self.slots.get(place)).and_then(|slot| slot.swap(None));
        holding.set(permission, holding.is_held(rules, !matches!(to, Switch::Off)));
        (before, gathered)
    }
}

impl Clone for Scopes {
    fn clone(&self) -> Self {
        let switched = self.switched.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Self { machine: self.machine.clone(), slots: empty(self.slots.len()), switched: Mutex::new(switched) }
    }
}

fn empty(count: usize) -> Box<[ArcSwapOption<Erased>]> {
    (0..count).map(|_| ArcSwapOption::empty()).collect()
}

/// Gathers the parts of all rules that are in force.
fn gather(
    gate: &gate::Inner,
    holding: &Holding,
    permission: u32,
    switched: &[Switched],
    machine: &Machine,
) -> Option<Erased> {
    let view = &gate.authority.view;
    let known = view.known(permission as usize)?;
    let scope = known.info.scope?;
    let on = switched.iter().find(|one| one.permission == permission);
    let mut parts = Vec::new();
    for (index, rule) in view.rules(known).iter().enumerate() {
        if holding.is_in_force(*rule, on.is_some()) {
            // A part that is not there would be a denial that is not there.
            parts.push(Arc::clone(gate.part(known, index)?));
        } else if holding.denies_alone(*rule, on.is_some()) {
            // A frame must not get what its page does not.
            parts.extend(gate.denials(known, index).cloned());
        }
    }
    let mut layers = vec![parts];
    layers.extend(on.and_then(|on| on.within.clone()).map(|within| vec![within]));
    Some((scope.gather)(&layers, machine))
}

/// Nothing was switched on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotOptional(Box<str>);

impl NotOptional {
    fn of(info: &PermissionInfo) -> Self {
        Self(
            format!(
                "no capability that matches this session has `{id}` as `optional`\n\
                 help: add `\"optional\": [\"{id}\"]` to a capability of its window",
                id = info.id
            )
            .into(),
        )
    }

    pub(crate) fn unusable(faults: Vec<Unusable>) -> Self {
        let faults: Vec<Box<str>> = faults.into_iter().map(|fault| fault.0).collect();
        Self(format!("an entry cannot be used: {}", faults.join("; ")).into())
    }
}

impl fmt::Display for NotOptional {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotOptional {}
