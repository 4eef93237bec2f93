//! Every small world of three capabilities, many side by side in one program.
//!
//! What three capabilities are for (which windows, which origins) is one of 21³; what they say of the permissions is one of 81³
//! *columns*, of which those that grant and deny nothing at all are no different from fewer capabilities. All columns of one kind
//! of capabilities are put into few programs: each column is a group of commands with a namespace, permissions and a set of
//! its own. The model decides on each column alone; the real code has them all in one authority. So a column that reached
//! into another would be a difference, and the files are read, the tables built and the sessions opened once for all of them.
//!
//! Passed over, as like another (see [`exhaustive`](crate::exhaustive)):
//!
//! - capabilities in another order: of the 21³ only those in order are tried, with all columns;
//! - windows called otherwise: of up to six ways, the first;
//! - the two permissions of the set exchanged: of two columns, the first.
//!
//! That leaves 410 × 275,562 = 112,980,420 worlds in 9,415,240 programs: a run of hours on two processors, that can be had in
//! parts (`--part 0..100000`).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    compare::{Counts, Difference, platform},
    dead::Wrong,
    exhaustive::{ELSEWHERE, ORDERS, Shape, WINDOWS, program},
    model::{Model, Named, OFF},
    real::Real,
    run::Cases,
    world::{Caller, Capability, Entry, From, Group, Guard, Member, Set, World},
};

/// How many columns there are.
const COLUMNS: u64 = 81 * 81 * 81;
/// How many stand side by side: as many as tables of a usual size hold.
const BESIDE: u64 = 12;
/// How many windows and origins of one capability there are.
const PLACES: u64 = 7 * 3;

/// Windows and origins of three capabilities, in order, of which none is another with its windows called otherwise.
fn places() -> Vec<[u64; 3]> {
    let mut all = Vec::new();
    for first in 0..PLACES {
        for second in first..PLACES {
            for third in second..PLACES {
                let this = [first, second, third];
                let renamed = |order: &[usize; 3]| {
                    let mut other = this.map(|place| Shape::at(place).renamed(*order, false).place());
                    other.sort_unstable();
                    other
                };
                if ORDERS.iter().all(|order| this <= renamed(order)) {
                    all.push(this);
                }
            }
        }
    }
    all
}

/// Columns, of which none is another with the permissions of the set exchanged.
fn columns() -> Vec<[u64; 3]> {
    let says = |column: u64| [column % 81, column / 81 % 81, column / (81 * 81)];
    let exchanged = |says: u64| says % 9 % 3 * 3 + says % 9 / 3 + says / 9 * 9;
    (0..COLUMNS).map(says).filter(|column| *column <= column.map(exchanged)).collect()
}

/// The three windows at the two origins. (Other origins, frames and labels are tried with one and two capabilities.)
fn callers() -> Vec<Caller> {
    let windows = WINDOWS.iter().map(|label| Caller::window(label));
    let both = |caller: Caller| {
        let Caller::Window { window, webview, main_frame, .. } = caller.clone() else { return vec![caller] };
        let from = From::Origin(ELSEWHERE.to_owned());
        vec![caller, Caller::Window { window, webview, from, main_frame }]
    };
    windows.flat_map(both).collect()
}

/// All programs, by number.
#[derive(Debug)]
pub struct SideBySide {
    places: Vec<[u64; 3]>,
    columns: Vec<[u64; 3]>,
}

impl Default for SideBySide {
    fn default() -> Self {
        Self { places: places(), columns: columns() }
    }
}

impl SideBySide {
    /// How many programs are for the same places.
    fn of_one(&self) -> u64 {
        (self.columns.len() as u64).div_ceil(BESIDE)
    }

    /// How many small worlds there are in all.
    pub fn worlds(&self) -> u64 {
        self.places.len() as u64 * self.columns.len() as u64
    }
}

impl Cases for SideBySide {
    /// How many programs there are.
    fn count(&self) -> u64 {
        self.places.len() as u64 * self.of_one()
    }

    fn at_once(&self) -> u64 {
        5_000
    }

    /// Compares one program, column by column.
    fn compare(&self, at: u64) -> Result<Counts, Difference> {
        let places = self.places[usize::try_from(at / self.of_one()).unwrap_or_default()];
        let first = usize::try_from(at % self.of_one() * BESIDE).unwrap_or_default();
        let end = self.columns.len().min(first + usize::try_from(BESIDE).unwrap_or_default());
        let columns = &self.columns[first..end];
        Beside { places, columns }.compare()
    }

    fn arguments(&self) -> Vec<String> {
        vec!["--exhaustive".to_owned(), "3".to_owned()]
    }
}

/// Some columns in one program.
struct Beside<'a> {
    places: [u64; 3],
    columns: &'a [[u64; 3]],
}

impl Beside<'_> {
    /// The capabilities with one column, whose ids are under a namespace, if it has one.
    fn capabilities(&self, column: [u64; 3]) -> Vec<Capability> {
        let all = self.places.iter().zip(column).enumerate();
        all.map(|(at, (place, says))| Shape::at(*place).saying(says).capability(at)).collect()
    }

    /// All of it in one program.
    fn program(&self) -> World {
        let mut capabilities = self.capabilities([0; 3]);
        let alone = program(Vec::new());
        let mut world =
            World { commands: Vec::new(), sets: Vec::new(), permissions: Vec::new(), ..alone.clone() };
        for (at, column) in self.columns.iter().enumerate() {
            let namespace = format!("c{at}");
            let under = |id: &str| format!("{namespace}:{id}");
            let before = world.permissions.len();
            for permission in &alone.permissions {
                world.permissions.push(crate::world::Permission { id: under(&permission.id), scoped: false });
            }
            world.sets.push(Set {
                id: under("s"),
                members: vec![Member::Permission(before), Member::Permission(before + 1)],
            });
            let mut commands = alone.commands.clone();
            for command in &mut commands {
                if let Guard::All(needed) = &mut command.guard {
                    for index in needed {
                        *index += before;
                    }
                }
            }
            world.groups.push(Group { namespace: namespace.clone(), listed_as: None, set: None, commands });
            for (capability, one) in capabilities.iter_mut().zip(self.capabilities(*column)) {
                capability
                    .permissions
                    .extend(one.permissions.iter().map(|entry| Entry::of(&under(&entry.id))));
                capability.deny.extend(one.deny.iter().map(|id| under(id)));
            }
        }
        capabilities.retain(|one| !one.permissions.is_empty() || !one.deny.is_empty());
        World { capabilities, ..world }
    }

    fn compare(&self) -> Result<Counts, Difference> {
        let world = self.program();
        let real = Real::of(&world);
        let mut what = Vec::new();
        let mut counts = Counts { worlds: self.columns.len() as u64, ..Counts::default() };
        let mut told = Self::told(&real, &mut what);
        let callers = callers();
        let sessions: Vec<_> =
            callers.iter().filter_map(|caller| Some((caller, real.open(caller)?))).collect();
        counts.callers = sessions.len() as u64;
        for (at, column) in self.columns.iter().enumerate() {
            let mut capabilities = self.capabilities(*column);
            capabilities.retain(|one| !one.permissions.is_empty() || !one.deny.is_empty());
            let alone = program(capabilities);
            let model = Model::new(&alone, platform());
            let (wrongs, told) = (model.wrongs(&callers), told.remove(&at).unwrap_or_default());
            counts.refused += u64::from(!wrongs.is_empty());
            counts.complaints += told.len() as u64;
            if wrongs != told {
                what.push(format!("of c{at} the build says {told:?}, and the model {wrongs:?}"));
            }
            let commands: Vec<(Named, String)> = alone
                .all_commands()
                .into_iter()
                .map(|one| (one.clone(), format!("c{at}:{}", one.name)))
                .collect();
            for (caller, called) in &sessions {
                for (command, name) in &commands {
                    counts.decisions += 1;
                    let ours = model.may_call(caller, command, OFF);
                    if ours != called.may_call(name) {
                        what.push(format!("`{name}` called by {caller:?}: the model says {ours}"));
                    }
                }
            }
        }
        if what.is_empty() {
            return Ok(counts);
        }
        Err(Difference { world: Box::new(world.clone()), what, refusals: real.refusals().to_vec() })
    }

    /// What the build says of each column.
    fn told(real: &Real, what: &mut Vec<String>) -> BTreeMap<usize, BTreeSet<Wrong>> {
        let mut of: BTreeMap<usize, BTreeSet<Wrong>> = BTreeMap::new();
        let told = match real.told() {
            Ok(told) => told,
            Err(unknown) => {
                what.push(format!("the build says what the model knows nothing of: {unknown}"));
                return of;
            }
        };
        for mut wrong in told {
            let (Wrong::Unreachable { command: name }
            | Wrong::NamesNothing { id: name, .. }
            | Wrong::DeniesNothing { id: name, .. }) = &mut wrong
            else {
                what.push(format!("the build says of no column: {wrong}"));
                continue;
            };
            let Some((at, rest)) = name.strip_prefix('c').and_then(|name| name.split_once(':')) else {
                continue;
            };
            let Ok(at) = at.parse() else { continue };
            *name = rest.to_owned();
            of.entry(at).or_default().insert(wrong);
        }
        of
    }
}
