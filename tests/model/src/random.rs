//! Random worlds, made of bytes: whoever makes the bytes (a generator of random numbers, proptest, a fuzzer) makes the world. All
//! of them are made from one small pool of names, so that much of what is in a world meets.

use std::sync::LazyLock;

use arbitrary::Unstructured;

use crate::{
    callers::{Universe, words},
    compare::{Counts, Difference},
    mend::mended,
    run::{self, Cases},
    world::{Allow, Capability, Command, Entry, Format, Group, Guard, Member, Permission, Set, Word, World},
};

type Made<T> = arbitrary::Result<T>;

/// Globs of labels, of declarations and of capabilities.
const GLOBS: [&str; 11] = ["a", "b", "ab", "a*", "*b", "?", "??", "*", "*a*", "a?b", "b*a"];
const CLIENTS: [&str; 3] = ["cli", "agent", "tool"];
const PATTERNS: [&str; 9] = [
    "https://x.org",
    "https://*.x.org",
    "https://x.org:8443",
    "https://*:*",
    "http://x.org/*",
    "*://x.org",
    "https://y.x.org",
    "*://*:443",
    "app://x.org",
];
const PLATFORMS: [&str; 3] = ["linux", "android", "macOS"];
/// The permissions under `n:` can be in a group of that namespace.
const PERMISSIONS: [&str; 6] = ["p", "q", "r", "s:x", "n:y", "n:z"];
const SETS: [&str; 3] = ["all", "s:most", "some"];
const COMMANDS: [&str; 5] = ["one", "two_words", "three", "four", "five"];
const NAMES: [&str; 4] = ["first", "second", "third", "fourth"];
/// Words of scopes; two of them differ in case alone.
pub const WORDS: [&str; 3] = ["w", "W", "v"];
/// A prefix that another system guards, if the program says so.
const FOREIGN: &str = "f";

/// Every label and origin that something of the pool tells from the others.
pub static POOL: LazyLock<Universe> = LazyLock::new(|| pool(6));

fn pool(longest: usize) -> Universe {
    let mut origins = Vec::new();
    for scheme in ["https", "http", "app", "wss"] {
        for host in ["x.org", "y.x.org", "z.y.x.org", "yx.org", "other"] {
            for port in ["", ":8443", ":443", ":80"] {
                if !matches!((scheme, port), ("https" | "wss", ":443") | ("http", ":80")) {
                    origins.push(format!("{scheme}://{host}{port}"));
                }
            }
        }
    }
    Universe::of(words(&['a', 'b', 'c'], longest), &GLOBS, origins, &PATTERNS)
}

impl World {
    /// The world that these bytes say; all bytes say one.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut source = Unstructured::new(bytes);
        let mends = source.ratio(2, 3).unwrap_or_default();
        let world = Self::random(&mut source).unwrap_or_default();
        if mends { mended(world, &POOL) } else { world }
    }

    fn random(source: &mut Unstructured<'_>) -> Made<Self> {
        let mut world = Self::default();
        for id in PERMISSIONS {
            world.permissions.push(Permission { id: id.to_owned(), scoped: source.ratio(1, 3)? });
        }
        world.windows = some(source, &GLOBS, 1, 3)?;
        world.webviews = if source.ratio(1, 4)? { some(source, &GLOBS, 1, 2)? } else { Vec::new() };
        world.clients = if source.ratio(1, 3)? { some(source, &CLIENTS, 1, 2)? } else { Vec::new() };
        world.foreign = if source.ratio(1, 6)? { vec![FOREIGN.to_owned()] } else { Vec::new() };
        if source.ratio(1, 40)? {
            world.windows.clear();
        }
        for id in SETS {
            if source.ratio(1, 2)? {
                let members = world.members(source)?;
                world.sets.push(Set { id: id.to_owned(), members });
            }
        }
        if source.ratio(1, 40)? {
            // One id for two things.
            let id = (*source.choose(&["all", "p", "f:set", "allow-one"])?).to_owned();
            let members = world.members(source)?;
            world.sets.push(Set { id, members });
        }
        if source.ratio(1, 40)? {
            let id = (*source.choose(&["allow-one", "f:x"])?).to_owned();
            world.permissions.push(Permission { id, scoped: source.arbitrary()? });
        }
        let grouped = if source.ratio(1, 4)? { source.int_in_range(1..=3)? } else { 0 };
        let alone = source.int_in_range(usize::from(grouped == 0)..=4)?;
        for at in 0..alone {
            let at = if source.ratio(1, 40)? { 0 } else { at };
            let guard = world.guard(source)?;
            world.commands.push(Command { name: COMMANDS[at].to_owned(), guard });
        }
        if grouped > 0 {
            let mut commands = Vec::new();
            for name in COMMANDS.iter().take(grouped) {
                commands.push(Command { name: (*name).to_owned(), guard: world.guard(source)? });
            }
            let listed_as = *source.choose(&[None, None, Some("m"), Some("s"), Some(FOREIGN)])?;
            world.groups.push(Group {
                namespace: "n".to_owned(),
                listed_as: listed_as.map(str::to_owned),
                set: source.ratio(2, 3)?.then(|| "n:all".to_owned()),
                commands,
            });
        }
        let count = source.int_in_range(0..=4)?;
        for at in 0..count {
            let capability = world.capability(source, at)?;
            world.capabilities.push(capability);
        }
        if !world.capabilities.is_empty() && source.ratio(1, 6)? {
            let echo = source.choose(&world.capabilities)?.clone();
            let echo = Self::echo(source, echo)?;
            world.capabilities.push(echo);
        }
        Ok(world)
    }

    /// The same for the other frames, with other words denied: what two capabilities do to one caller is else rare.
    fn echo(source: &mut Unstructured<'_>, of: Capability) -> Made<Capability> {
        let mut echo = Capability { identifier: "echo".to_owned(), any_frame: !of.any_frame, ..of };
        for entry in echo.permissions.iter_mut().chain(&mut echo.optional) {
            if entry.allow != Allow::Unsaid {
                entry.deny = words_of(source)?;
            }
        }
        Ok(echo)
    }

    /// At least one, so that the set is one.
    fn members(&self, source: &mut Unstructured<'_>) -> Made<Vec<Member>> {
        let mut members = Vec::new();
        for _ in 0..source.int_in_range(1..=3)? {
            members.push(if !self.sets.is_empty() && source.ratio(1, 3)? {
                Member::Set(source.choose_index(self.sets.len())?)
            } else {
                Member::Permission(source.choose_index(self.permissions.len())?)
            });
        }
        Ok(members)
    }

    fn guard(&self, source: &mut Unstructured<'_>) -> Made<Guard> {
        Ok(match source.int_in_range(0..=9)? {
            0 => Guard::Public,
            1 => Guard::Own,
            at => {
                let mut needed = Vec::new();
                for _ in 0..if at < 7 { 1 } else { source.int_in_range(2..=3)? } {
                    let index = source.choose_index(self.permissions.len())?;
                    if !needed.contains(&index) {
                        needed.push(index);
                    }
                }
                Guard::All(needed)
            }
        })
    }

    fn capability(&self, source: &mut Unstructured<'_>, at: usize) -> Made<Capability> {
        let at = if source.ratio(1, 40)? { 0 } else { at };
        let mut capability = Capability::of(NAMES[at], &[]);
        // Most are about windows that there are, and some about none.
        capability.windows = if source.ratio(7, 8)? { self.labels(source)? } else { Vec::new() };
        capability.webviews = if source.ratio(1, 5)? { self.labels(source)? } else { Vec::new() };
        if capability.windows.is_empty() && capability.webviews.is_empty() || source.ratio(1, 5)? {
            capability.clients = some(source, &CLIENTS, 1, 2)?;
        }
        if source.ratio(1, 3)? {
            capability.remote = some(source, &PATTERNS, 1, 2)?;
            capability.local = source.arbitrary()?;
        }
        capability.any_frame = source.ratio(1, 4)?;
        if source.ratio(1, 6)? {
            capability.platforms = Some(some(source, &PLATFORMS, 1, 2)?);
        }
        let ids = self.ids(source)?;
        for _ in 0..source.int_in_range(0..=3)? {
            let entry = self.entry(source, &ids)?;
            capability.permissions.push(entry);
        }
        if source.ratio(1, 3)? {
            let entry = self.entry(source, &ids)?;
            capability.optional.push(entry);
        }
        for _ in 0..source.int_in_range(0..=5)? / 3 {
            capability.deny.push(source.choose(&ids)?.clone());
        }
        if capability.permissions.is_empty() && capability.optional.is_empty() && capability.deny.is_empty() {
            let entry = self.entry(source, &ids)?;
            capability.permissions.push(entry);
        }
        let both = capability.deny.iter().any(|id| entries_name(&capability, id));
        if both && source.ratio(7, 8)? {
            let deny = std::mem::take(&mut capability.deny);
            capability.deny = deny.into_iter().filter(|id| !entries_name(&capability, id)).collect();
        }
        capability.format = *source.choose(&[Format::Json, Format::Json5, Format::Toml, Format::Beside])?;
        Ok(capability)
    }

    /// Globs that are declared, and now and then others.
    fn labels(&self, source: &mut Unstructured<'_>) -> Made<Vec<String>> {
        let mut labels = Vec::new();
        for _ in 0..source.int_in_range(1..=2)? {
            let declared: Vec<&String> = self.windows.iter().chain(&self.webviews).collect();
            labels.push(if declared.is_empty() || source.ratio(1, 3)? {
                (*source.choose(&GLOBS)?).to_owned()
            } else {
                (*source.choose(&declared)?).clone()
            });
        }
        Ok(labels)
    }

    /// The ids that capabilities may name: mostly those that commands need.
    fn ids(&self, source: &mut Unstructured<'_>) -> Made<Vec<String>> {
        let commands = self.all_commands();
        let needs = commands.iter().flat_map(|command| command.needs.iter().flatten());
        let mut ids: Vec<String> = needs.map(|need| need.id.clone()).collect();
        ids.extend(self.all_sets().into_iter().map(|(id, _)| id));
        let own: Vec<String> =
            ids.iter().filter(|id| id.contains("allow-")).map(|id| id.replace("allow-", "deny-")).collect();
        ids.extend(own);
        if ids.is_empty() || source.ratio(1, 12)? {
            ids.extend(["ghost", "deny-ghost", "p", "f:thing"].map(str::to_owned));
        }
        if !self.foreign.is_empty() && source.ratio(1, 4)? {
            ids.push("f:thing".to_owned());
        }
        Ok(ids)
    }

    fn entry(&self, source: &mut Unstructured<'_>, ids: &[String]) -> Made<Entry> {
        let mut entry = Entry::of(source.choose(ids)?);
        if crate::model::own_denial(&entry.id).is_some() {
            return Ok(entry);
        }
        // What has a scope mostly has entries, and now and then what has none.
        let commands = self.all_commands();
        let mut needs = commands.iter().flat_map(|command| command.needs.iter().flatten());
        let sets = self.all_sets();
        let held =
            |id: &str| sets.iter().any(|(set, members)| *set == entry.id && members.iter().any(|m| m == id));
        let scoped = needs.any(|need| need.scoped && (need.id == entry.id || held(&need.id)));
        let usual = source.ratio(15, 16)?;
        if scoped == usual {
            match source.int_in_range(0..=5)? {
                0 => entry.deny = words_of(source)?,
                1 | 2 => entry.allow = Allow::All,
                _ => entry.allow = Allow::Only(words_of(source)?),
            }
            if source.ratio(1, 3)? {
                entry.deny = words_of(source)?;
            }
        }
        Ok(entry)
    }
}

/// So many worlds, of numbers that a seed begins.
#[derive(Clone, Copy, Debug)]
pub struct Random {
    /// How many.
    pub count: u64,
    /// What they begin with.
    pub seed: u64,
}

impl Random {
    /// One of them.
    pub fn world(&self, at: u64) -> World {
        World::from_bytes(&bytes(self.seed, at))
    }
}

impl Cases for Random {
    fn count(&self) -> u64 {
        self.count
    }

    fn compare(&self, at: u64) -> Result<Counts, Difference> {
        run::compare(&self.world(at), &POOL)
    }

    fn arguments(&self) -> Vec<String> {
        vec![self.count.to_string(), "--seed".to_owned(), self.seed.to_string()]
    }
}

/// Bytes for a world: `SplitMix64`, which is all that is needed here.
fn bytes(seed: u64, at: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ at.wrapping_mul(0xd134_2543_de82_ef95);
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    (0..64).flat_map(|_| next().to_le_bytes()).collect()
}

fn entries_name(capability: &Capability, id: &str) -> bool {
    capability.permissions.iter().chain(&capability.optional).any(|entry| entry.id == id)
}

fn words_of(source: &mut Unstructured<'_>) -> Made<Vec<Word>> {
    let mut words = Vec::new();
    for _ in 0..source.int_in_range(1..=2)? {
        words.push(if source.ratio(1, 60)? {
            Word::Number(7)
        } else {
            Word::Word((*source.choose(&WORDS)?).to_owned())
        });
    }
    Ok(words)
}

/// Some of these, each once.
fn some(source: &mut Unstructured<'_>, of: &[&str], least: usize, most: usize) -> Made<Vec<String>> {
    let mut chosen: Vec<String> = Vec::new();
    for _ in 0..source.int_in_range(least..=most)? {
        let one = *source.choose(of)?;
        if !chosen.iter().any(|other| other == one) {
            chosen.push(one.to_owned());
        }
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::{POOL, pool};

    #[test]
    fn longer_labels_are_told_apart_by_nothing_more() {
        assert_eq!(POOL.sizes(), pool(8).sizes());
    }
}
