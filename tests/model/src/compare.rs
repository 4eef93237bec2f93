//! The model and the real code, side by side: every decision for every caller, every word for every scope, and all that the
//! build refuses.
//!
//! What the build says is held to what the model says, complaint by complaint, but for this: of what is wrong in two ways it
//! may be told of one (`is_told_otherwise`). Decisions are compared for what the build refuses too, unless
//! there is nothing to decide: a file that cannot be understood, a name that is that of two things, or an entry of which no gate
//! can be built.

use std::{collections::BTreeSet, fmt};

use crate::{
    callers::{Universe, in_main_frames},
    dead::Wrong,
    model::{Model, Mutant, Named, Need, OFF, On, Type, entries, narrows},
    random::{POOL, WORDS},
    real::{Called, Real},
    world::{Caller, Capability, Entry, World},
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

    /// What the build need not say, since something else that it says is the reason: once that is mended, it says what is left.
    fn is_told_otherwise(&self, wrong: &Wrong, told: &BTreeSet<Wrong>, wrongs: &BTreeSet<Wrong>) -> bool {
        match wrong {
            // A capability whose labels are all stray meets nobody. Each of the labels is told of, where it stands.
            Wrong::MeetsNobody { capability } => {
                let stray = |label: &String| {
                    told.contains(&Wrong::Stray { capability: capability.clone(), label: label.clone() })
                };
                let mut named =
                    self.model.world.capabilities.iter().filter(|one| one.identifier == *capability);
                named.any(|one| one.windows.iter().chain(&one.webviews).chain(&one.clients).all(stray))
            }
            // Of two commands of one name, which is told of, it may be the one or the other.
            Wrong::Unreachable { command } => self
                .commands
                .iter()
                .filter(|one| one.name == *command)
                .any(|one| self.is_unreachable_for_what_is_told(one, told, wrongs)),
            _ => false,
        }
    }

    /// Whether nobody can call a command for what is wrong with its name, or with what was to grant it.
    fn is_unreachable_for_what_is_told(
        &self,
        command: &Named,
        told: &BTreeSet<Wrong>,
        wrongs: &BTreeSet<Wrong>,
    ) -> bool {
        let needs = || command.needs.iter().flatten();
        // Grants of what is under a foreign prefix are another system's: that the name is under it is told of.
        let foreign = |name: &String| told.contains(&Wrong::Foreign { name: name.clone() });
        if foreign(&command.name) || needs().any(|need| foreign(&need.id)) {
            return true;
        }
        let capabilities = &self.model.world.capabilities;
        let naming = |need: &Need| -> Vec<(&Capability, &Entry)> {
            let all = capabilities.iter().flat_map(|one| entries(one).map(move |(entry, _)| (one, entry)));
            all.filter(|(_, entry)| self.model.means(&entry.id, &need.id)).collect()
        };
        let (granted, ungranted): (Vec<&Need>, Vec<&Need>) =
            needs().partition(|need| naming(need).iter().any(|(_, entry)| !narrows(entry)));
        // Somebody meant to grant it and has written what narrows: that this narrows nothing is told of, with the way out.
        let only_narrowed = |need: &&Need| {
            naming(need).iter().any(|(one, entry)| {
                let (capability, id) = (one.identifier.clone(), entry.id.clone());
                told.contains(&Wrong::NarrowsNothing { capability: capability.clone(), id: id.clone() })
                    || told.contains(&Wrong::SaysNothing { capability, id })
            })
        };
        if !ungranted.is_empty() {
            return ungranted.iter().all(only_narrowed);
        }
        // Its only permission is granted, and denied to nobody, by capabilities that meet nobody: that is told of. (Of several
        // permissions, or where there are denials, the build tells of the command too.)
        let in_vain = |(one, entry): &(&Capability, &Entry)| {
            narrows(entry) || wrongs.contains(&Wrong::MeetsNobody { capability: one.identifier.clone() })
        };
        let [need] = granted.as_slice() else { return false };
        !capabilities.iter().any(|one| self.model.denies(one, &need.id)) && naming(need).iter().all(in_vain)
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
            for one in &optional {
                let (ids, on) = (self.model.switched(caller, one), called.switch_on(&one.shipped));
                if ids.is_empty() == on {
                    let says = if on { "can be" } else { "cannot be" };
                    self.what.push(format!("`{}` {says} switched on for {caller:?}", one.shipped));
                }
                if on {
                    self.decide(&called, caller, &ids, exact);
                    called.switch_off(&one.shipped);
                    self.decide(&called, caller, &[], exact);
                }
            }
            let on: Vec<&Type> = optional.iter().filter(|one| called.switch_on(&one.shipped)).collect();
            if on.len() > 1 {
                let on: Vec<String> = on.iter().flat_map(|one| self.model.switched(caller, one)).collect();
                self.decide(&called, caller, &on, exact);
            }
        }
    }

    /// The types, of those that commands need, which some capability has as optional, and one that none has.
    fn optional(&self) -> Vec<Type> {
        let is_optional = |one: &Type| {
            let mut all = self.model.world.capabilities.iter().flat_map(|capability| &capability.optional);
            all.any(|entry| one.ids.iter().any(|id| self.model.means(&entry.id, id)))
        };
        let (mut types, others): (Vec<_>, Vec<_>) =
            self.model.world.types().into_iter().partition(is_optional);
        types.extend(others.into_iter().next());
        types
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
