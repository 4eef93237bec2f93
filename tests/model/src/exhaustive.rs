//! Every small world: one, two or three capabilities, each for some of three windows, for one or both of two origins (the
//! program's own pages, and one elsewhere), each granting, denying or not naming each of three permissions and a set of two of
//! them. The program has a command for each permission, one that needs both of the set's, and a public one.
//!
//! A capability is one of 7 × 3 × 80 = 1,680 (it must name something). One and two of them are tried here, and three, of which
//! there are 500 times as many, in [`columns`](crate::columns).
//!
//! Of two, *the order of capabilities* is that in which they are numbered and no other: 1,680 × 1,681 ÷ 2 worlds, each capability
//! beside itself among them. What order could do is tried by the property `the_order_of_capabilities_does_not_matter`. Nothing
//! else is taken to be alike.
//!
//! Of three, these are taken to be alike:
//!
//! - *Windows*, whatever they are called: a label takes part in a decision by being compared with globs, all of which are literal
//!   here, and the program treats its windows alike.
//! - *The two permissions of the set*, in the same way: ids are compared, and hashed.
//!
//! That it is so is seen where it is cheap, for all worlds of one and two: they are tried under every name.

use std::sync::LazyLock;

use crate::{
    callers::Universe,
    compare::{Counts, Difference},
    run::{self, Cases},
    world::{Capability, Command, Entry, Guard, Member, Permission, Set, World},
};

pub(crate) const WINDOWS: [&str; 3] = ["a", "b", "c"];
pub(crate) const ELSEWHERE: &str = "https://x.org";
/// Three permissions, and the set of the first two.
const IDS: [&str; 4] = ["p", "q", "r", "s"];

/// How many capabilities there are.
pub const CAPABILITIES: u64 = 7 * 3 * 80;

static CALLERS: LazyLock<Universe> =
    LazyLock::new(|| Universe::written(&["a", "b", "c", "d"], &[ELSEWHERE, "https://y.org"]));

/// Every small world of so many capabilities: none, one or two.
#[derive(Clone, Copy, Debug)]
pub struct Exhaustive {
    /// How many capabilities.
    pub capabilities: u32,
}

impl Exhaustive {
    /// One of them.
    pub fn world(&self, at: u64) -> World {
        let chosen = match self.capabilities {
            0 => vec![],
            1 => vec![Shape::of(at)],
            _ => {
                let (high, low) = split(at);
                vec![Shape::of(low), Shape::of(high)]
            }
        };
        program(chosen.iter().enumerate().map(|(at, shape)| shape.capability(at)).collect())
    }
}

impl Cases for Exhaustive {
    fn count(&self) -> u64 {
        match self.capabilities {
            0 => 1,
            1 => CAPABILITIES,
            _ => CAPABILITIES * (CAPABILITIES + 1) / 2,
        }
    }

    fn compare(&self, at: u64) -> Result<Counts, Difference> {
        run::compare(&self.world(at), &CALLERS)
    }

    fn arguments(&self) -> Vec<String> {
        vec!["--exhaustive".to_owned(), self.capabilities.to_string()]
    }
}

/// A pair by its number: the higher of the two, and the lower.
fn split(at: u64) -> (u64, u64) {
    let before = |high: u64| high * (high + 1) / 2;
    let (mut low, mut high) = (0, CAPABILITIES);
    while high - low > 1 {
        let middle = low.midpoint(high);
        if before(middle) <= at { low = middle } else { high = middle }
    }
    (low, at - before(low))
}

/// The program, with these capabilities.
pub fn program(capabilities: Vec<Capability>) -> World {
    let command = |name: &str, needed: &[usize]| Command {
        name: name.to_owned(),
        guard: if needed.is_empty() { Guard::Public } else { Guard::All(needed.to_vec()) },
    };
    World {
        windows: WINDOWS.map(str::to_owned).to_vec(),
        permissions: IDS[..3].iter().map(|&id| Permission { id: id.to_owned(), scoped: false }).collect(),
        sets: vec![Set {
            id: IDS[3].to_owned(),
            members: vec![Member::Permission(0), Member::Permission(1)],
        }],
        commands: vec![
            command("with_p", &[0]),
            command("with_q", &[1]),
            command("with_r", &[2]),
            command("with_both", &[0, 1]),
            command("open", &[]),
        ],
        capabilities,
        ..World::default()
    }
}

/// A capability, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shape {
    /// Its windows, as bits.
    windows: u64,
    /// 1 for the program's own pages, 2 for those from elsewhere.
    origins: u64,
    /// For each id nothing, a grant or a denial, as digits.
    says: [u64; 4],
}

impl Shape {
    fn of(number: u64) -> Self {
        let (number, windows) = (number / 7, number % 7 + 1);
        let (number, origins) = (number / 3, number % 3 + 1);
        let says = number + 1;
        Self { windows, origins, says: [says % 3, says / 3 % 3, says / 9 % 3, says / 27] }
    }

    #[cfg(test)]
    fn number(self) -> u64 {
        let [p, q, r, s] = self.says;
        ((p + 3 * q + 9 * r + 27 * s - 1) * 3 + self.origins - 1) * 7 + self.windows - 1
    }

    /// One for windows and origins, by their number, that says nothing yet.
    pub(crate) fn at(place: u64) -> Self {
        Self { windows: place % 7 + 1, origins: place / 7 + 1, says: [0; 4] }
    }

    /// The number of its windows and origins.
    pub(crate) fn place(self) -> u64 {
        (self.origins - 1) * 7 + self.windows - 1
    }

    /// Says this, by its number.
    pub(crate) fn saying(self, says: u64) -> Self {
        Self { says: [says % 3, says / 3 % 3, says / 9 % 3, says / 27], ..self }
    }

    pub(crate) fn capability(self, at: usize) -> Capability {
        let windows: Vec<&str> =
            (0..3).filter(|bit| self.windows >> bit & 1 == 1).map(|bit| WINDOWS[bit]).collect();
        let mut capability = Capability::of(["first", "second", "third"][at], &windows);
        capability.local = self.origins & 1 == 1;
        if self.origins & 2 == 2 {
            capability.remote.push(ELSEWHERE.to_owned());
        }
        for (id, says) in IDS.iter().zip(self.says) {
            match says {
                0 => {}
                1 => capability.permissions.push(Entry::of(id)),
                _ => capability.deny.push((*id).to_owned()),
            }
        }
        capability
    }

    /// With its windows called otherwise, and perhaps the permissions of the set.
    pub(crate) fn renamed(self, windows: [usize; 3], exchanged: bool) -> Self {
        let [p, q, r, s] = self.says;
        let says = if exchanged { [q, p, r, s] } else { self.says };
        let windows = (0..3).map(|bit| (self.windows >> bit & 1) << windows[bit]).sum();
        Self { windows, says, ..self }
    }
}

/// Every way to call the windows.
pub(crate) const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{CAPABILITIES, Exhaustive, Shape};
    use crate::run::Cases as _;

    #[test]
    fn every_capability_has_a_number() {
        let all: BTreeSet<Shape> = (0..CAPABILITIES).map(Shape::of).collect();
        assert_eq!(all.len() as u64, CAPABILITIES);
        assert!((0..CAPABILITIES).all(|number| Shape::of(number).number() == number));
        assert!(all.iter().all(|shape| shape.windows > 0 && shape.origins > 0 && shape.says != [0; 4]));
    }

    #[test]
    fn every_pair_is_there_once() {
        let two = Exhaustive { capabilities: 2 };
        let worlds = (0..two.count()).step_by(97).map(|at| two.world(at));
        let different: BTreeSet<String> = worlds.map(|world| format!("{:?}", world.capabilities)).collect();
        assert_eq!(different.len() as u64, two.count().div_ceil(97));
        let last = two.world(two.count() - 1).capabilities;
        let highest = Shape::of(CAPABILITIES - 1);
        assert_eq!(last, [highest.capability(0), highest.capability(1)]);
    }
}
