//! The model and the real code, side by side: every decision for every caller, every word for every scope, and all that the
//! build refuses.
//!
//! What the build says is held to what the model says, complaint by complaint, but for this: of what is wrong in two ways it
//! may be told of one ([`is_told_otherwise`]). Decisions are compared for what the build refuses too, unless
//! there is nothing to decide: a file that cannot be understood, a name that is that of two things, or an entry of which no gate
//! can be built.

use std::{collections::BTreeSet, fmt};

use crate::{
    callers::{Universe, in_main_frames},
    dead::Wrong,
    model::{Model, Mutant, Named, OFF, On, entries, narrows},
    random::{POOL, WORDS},
    real::{Called, Real},
    world::{Caller, World},
};

/// The model and the real code do not agree.
#[derive(Debug)]
pub struct Difference {
    /// About this world.
    pub world: Box<World>,
    /// In this.
    pub what: Vec<String>,
    /// What the build says of the world.
    pub refusals: Vec<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "the model and the real code differ:")?;
        for what in self.what.iter().take(12) {
            writeln!(f, "  {what}")?;
        }
        if self.what.len() > 12 {
            writeln!(f, "  .. and {} more", self.what.len() - 12)?;
        }
        writeln!(f, "in this world:\n{}", self.world)?;
        if self.refusals.is_empty() {
            return write!(f, "which compiles");
        }
        write!(f, "of which the build says:\n{}", self.refusals.join("\n"))
    }
}

impl std::error::Error for Difference {}

/// How much was compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Worlds.
    pub worlds: u64,
    /// Of them, those that the build refuses.
    pub refused: u64,
    /// Callers, each of one world.
    pub callers: u64,
    /// Decisions on a command for a caller, with what is optional off, on one by one, and off again.
    pub decisions: u64,
    /// Words held against a scope.
    pub admissions: u64,
    /// Complaints of the build.
    pub complaints: u64,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.worlds += other.worlds;
        self.refused += other.refused;
        self.callers += other.callers;
        self.decisions += other.decisions;
        self.admissions += other.admissions;
        self.complaints += other.complaints;
    }
}

/// Compares everything about a world that is made from the pool of [`random`](crate::random).
///
/// # Errors
///
/// All in which they differ.
pub fn compare(world: &World) -> Result<(), Difference> {
    counted(world, &POOL, None).map(|_| ())
}

/// As [`compare`], for callers out of a universe, perhaps with a mistake in the model; says how much there was.
///
/// # Errors
///
/// All in which they differ.
pub fn counted(world: &World, universe: &Universe, mutant: Option<Mutant>) -> Result<Counts, Difference> {
    against(&Real::of(world), world, universe, mutant)
}

/// As [`counted`], for a world that has gone through the real code already.
///
/// # Errors
///
/// All in which they differ.
pub fn against(
    real: &Real,
    world: &World,
    universe: &Universe,
    mutant: Option<Mutant>,
) -> Result<Counts, Difference> {
    let callers = universe.callers(world);
    let mut comparison = Comparison {
        model: Model::new(world, platform()).mistaken(mutant),
        commands: world.all_commands(),
        counts: Counts { worlds: 1, callers: callers.len() as u64, ..Counts::default() },
        what: Vec::new(),
    };
    let wrongs = comparison.model.wrongs(&in_main_frames(&callers));
    comparison.refusals(real, &wrongs);
    comparison.decisions(real, &wrongs, &callers);
    let Comparison { counts, what, .. } = comparison;
    if what.is_empty() {
        Ok(counts)
    } else {
        Err(Difference { world: Box::new(world.clone()), what, refusals: real.refusals().to_vec() })
    }
}

/// A world of bytes, compared.
///
/// # Panics
///
/// If the model and the real code differ: with the smallest world that was found in which they do.
#[expect(clippy::panic, reason = "this is how a fuzzer is told")]
pub fn fuzz(bytes: &[u8]) {
    if let Err(difference) = compare(&World::from_bytes(bytes)) {
        panic!("{}", crate::smaller::smallest(difference, &|world| compare(world).err()));
    }
}

/// The platform that this runs on, as capability files name it. What they cannot name counts as Linux.
pub fn platform() -> &'static str {
    match std::env::consts::OS {
        "macos" => "macOS",
        "windows" => "windows",
        "android" => "android",
        "ios" => "iOS",
        _ => "linux",
    }
}

struct Comparison<'a> {
    model: Model<'a>,
    commands: Vec<Named>,
    counts: Counts,
    what: Vec<String>,
}

impl Comparison<'_> {
    /// A world has a refusal of the build exactly if the model calls something dead, and they are about the same.
    fn refusals(&mut self, real: &Real, wrongs: &BTreeSet<Wrong>) {
        self.counts.refused += u64::from(!wrongs.is_empty());
        let told = match real.told() {
            Ok(told) => told,
            Err(unknown) => {
                self.what.push(format!("the build says what the model knows nothing of: {unknown}"));
                return;
            }
        };
        self.counts.complaints += told.len() as u64;
        // What is said of an id that stands for two things depends on which of them is meant.
        let ambiguous = |one: &&Wrong| matches!(one, Wrong::TwoOfId { .. });
        if wrongs.iter().any(|one| ambiguous(&one)) {
            if !wrongs.iter().filter(ambiguous).eq(told.iter().filter(ambiguous)) {
                self.what.push(format!("the build says {told:?}, and the model {wrongs:?}"));
            }
            return;
        }
        if wrongs.is_empty() == told.is_empty() {
            let untold = wrongs.difference(&told).filter(|one| !self.is_told_otherwise(one, &told, wrongs));
            let untold: Vec<String> = untold.map(|one| format!("the build says nothing of: {one}")).collect();
            self.what.extend(untold);
        } else if told.is_empty() {
            self.what.push(format!("this compiles, and the model says: {wrongs:?}"));
        }
        for superfluous in told.difference(wrongs) {
            self.what.push(format!("the build alone says: {superfluous}"));
        }
    }

    /// What the build need not say, since something else that it says is the reason.
    fn is_told_otherwise(&self, wrong: &Wrong, told: &BTreeSet<Wrong>, wrongs: &BTreeSet<Wrong>) -> bool {
        match wrong {
            // A capability whose labels are all stray meets nobody, and the labels are told of. Webviews without any window
            // are told of by the capability.
            Wrong::MeetsNobody { capability } => told
                .iter()
                .any(|one| matches!(one, Wrong::Stray { capability: other, .. } if other == capability)),
            Wrong::Stray { capability, .. } => {
                let other = |one: &Wrong| match one {
                    Wrong::MeetsNobody { capability: other } | Wrong::Stray { capability: other, .. } => {
                        other == capability
                    }
                    _ => false,
                };
                self.model.world.windows.is_empty() && told.iter().any(other)
            }
            // Nobody can call it for what is wrong with what grants it: a capability that meets nobody, or that only narrows.
            // A command under a foreign prefix is told of for that.
            Wrong::Unreachable { command } => {
                let named = || self.commands.iter().filter(|one| one.name == *command);
                let needs = || named().flat_map(|one| one.needs.iter().flatten());
                let foreign = |name: &str| told.contains(&Wrong::Foreign { name: name.to_owned() });
                let granted_in_vain = self.model.world.capabilities.iter().any(|capability| {
                    let name = &capability.identifier;
                    let vain = wrongs.contains(&Wrong::MeetsNobody { capability: name.clone() });
                    entries(capability).any(|(entry, _)| {
                        let (capability, id) = (name.clone(), entry.id.clone());
                        let only_narrows = narrows(entry)
                            && (told.contains(&Wrong::NarrowsNothing {
                                capability: capability.clone(),
                                id: id.clone(),
                            }) || told.contains(&Wrong::SaysNothing { capability, id }));
                        (vain || only_narrows) && needs().any(|need| self.model.means(&entry.id, &need.id))
                    })
                });
                granted_in_vain || foreign(command) || needs().any(|need| foreign(&need.id))
            }
            _ => false,
        }
    }

    fn decisions(&mut self, real: &Real, wrongs: &BTreeSet<Wrong>, callers: &[Caller]) {
        let undecidable = |one: &Wrong| {
            one.is_of_a_file() || matches!(one, Wrong::TwoOfId { .. } | Wrong::TwoCommands { .. })
        };
        if wrongs.iter().any(undecidable) {
            return;
        }
        let refused_entry = wrongs.iter().any(|one| matches!(one, Wrong::RefusedEntry { .. }));
        if let Some(why) = real.no_gate() {
            if !refused_entry {
                self.what.push(format!("there is no gate: {why}"));
            }
            return;
        }
        // A grant that must have entries and has none: the gate then admits nothing at all.
        let exact = !wrongs.iter().any(|one| matches!(one, Wrong::AdmitsNothing { .. }));
        let optional = self.optional();
        for caller in callers {
            let Some(called) = real.open(caller) else { continue };
            self.decide(&called, caller, &[], exact);
            for (permission, shipped) in &optional {
                let (may, on) = (self.model.may_switch_on(caller, permission), called.switch_on(shipped));
                if may != on {
                    let says = if on { "can be" } else { "cannot be" };
                    self.what.push(format!("`{permission}` {says} switched on for {caller:?}"));
                }
                if on {
                    self.decide(&called, caller, std::slice::from_ref(permission), exact);
                    called.switch_off(shipped);
                    self.decide(&called, caller, &[], exact);
                }
            }
            let on = optional.iter().filter(|(_, shipped)| called.switch_on(shipped));
            let on: Vec<String> = on.map(|(permission, _)| permission.clone()).collect();
            if on.len() > 1 {
                self.decide(&called, caller, &on, exact);
            }
        }
    }

    /// The permissions, of those that a host can name, which some capability has as optional, and one that none has: the id, and
    /// the type as it was shipped. (A type that is in the program under two ids is left out.)
    fn optional(&self) -> Vec<(String, String)> {
        let world = self.model.world;
        let needs = || self.commands.iter().flat_map(|command| command.needs.iter().flatten());
        let mut types: Vec<(usize, String)> =
            needs().filter_map(|need| Some((need.index?, need.id.clone()))).collect();
        types.sort();
        types.dedup();
        let once = |index: usize| types.iter().filter(|(other, _)| *other == index).count() == 1;
        let mut ids: Vec<(String, String)> = types
            .iter()
            .filter(|(index, _)| once(*index))
            .map(|(index, id)| (id.clone(), world.permissions[*index].id.clone()))
            .collect();
        let is_optional = |id: &String| {
            let mut all = world.capabilities.iter().flat_map(|capability| &capability.optional);
            all.any(|entry| self.model.means(&entry.id, id))
        };
        let other = ids.iter().position(|(id, _)| !is_optional(id)).map(|at| ids.remove(at));
        ids.retain(|(id, _)| is_optional(id));
        ids.extend(other);
        ids
    }

    /// Every command for a caller, as things are.
    fn decide(&mut self, session: &Called<'_>, caller: &Caller, on: &[String], exact: bool) {
        let switched = if on.is_empty() { OFF } else { On::These(on) };
        for at in 0..self.commands.len() {
            let command = &self.commands[at];
            let (ours, theirs) =
                (self.model.may_call(caller, command, switched), session.may_call(&command.name));
            self.counts.decisions += 1;
            if ours != theirs {
                let says = if theirs { "may" } else { "may not" };
                self.what.push(format!("{caller:?} {says} call `{}` with {on:?} on", command.name));
                continue;
            }
            // A command takes a word by the first of its permissions that has a scope.
            let scoped = command.needs.iter().flatten().find(|need| need.scoped).cloned();
            let name = command.name.clone();
            // What may not be called is called once in a while: a refusal takes time to explain.
            if !ours && !(self.counts.decisions + self.counts.callers).is_multiple_of(16) {
                continue;
            }
            let words: &[&str] = if ours && scoped.is_some() { &WORDS } else { &WORDS[..1] };
            for word in words {
                let admits = ours
                    && scoped.as_ref().is_none_or(|need| self.model.admits(caller, &need.id, word, switched));
                let arguments =
                    if scoped.is_some() { format!("{{\"word\":\"{word}\"}}") } else { "{}".into() };
                let theirs = session.calls(&name, &arguments);
                self.counts.admissions += 1;
                let agree = if exact { theirs == Some(admits) } else { theirs == Some(false) || admits };
                if !agree {
                    self.what.push(format!(
                        "{caller:?} calls `{name}` with `{word}` ({on:?} on): {theirs:?}, and the model says {admits}"
                    ));
                }
            }
        }
    }
}
