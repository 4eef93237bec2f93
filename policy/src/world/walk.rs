//! Tells labels apart by the globs that match them: a walk through the product of all globs, in which a state is the
//! set of places that the globs can have come to, and a step is one character. Only globs are known here.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Budget, Kind, TooMany};

/// Every kind of label that at least one of the `required` globs matches, told apart by the owners of the others.
pub(super) fn kinds<'a>(
    required: &[&str],
    owned: impl IntoIterator<Item = (usize, &'a str)>,
    budget: &mut Budget,
) -> Result<Vec<Kind>, TooMany> {
    let owned = Owned::new(owned.into_iter());
    let mut seen = HashSet::new();
    let mut kinds = walk(required, &owned.globs, budget)?;
    for kind in &mut kinds {
        kind.matched = owned.of(&kind.matched);
    }
    kinds.retain(|kind| seen.insert(kind.matched.clone()));
    Ok(kinds)
}

/// Every kind of label that at least one of the `required` globs matches, told apart by the others, as indices.
fn walk(required: &[&str], others: &[&str], budget: &mut Budget) -> Result<Vec<Kind>, TooMany> {
    let globs = Globs::new(required, others);
    let mut steps = vec![Step { from: 0, letter: '\0' }];
    let mut seen: HashSet<Vec<usize>> = HashSet::new();
    let mut kinds = Vec::new();
    let mut signatures: HashSet<Vec<usize>> = HashSet::new();
    let start = globs.close(globs.starts.clone());
    // The start is not among the states seen: what comes back to it is a label that is not empty.
    let mut layer = vec![(0, start.clone())];
    while !layer.is_empty() {
        let mut next_layer = Vec::new();
        for (at, state) in layer {
            for (letter, next) in globs.successors(&state) {
                if !globs.is_alive(&next) || seen.contains(&next) {
                    continue;
                }
                budget.spend()?;
                seen.insert(next.clone());
                steps.push(Step { from: at, letter });
                let number = steps.len() - 1;
                if let Some(matched) = globs.accepted(&next)
                    && signatures.insert(matched.clone())
                {
                    kinds.push(Kind { matched, witness: spell(&steps, number) });
                }
                next_layer.push((number, next));
            }
        }
        layer = next_layer;
    }
    if let Some(matched) = globs.accepted(&start)
        && signatures.insert(matched.clone())
    {
        kinds.push(Kind { matched, witness: String::new() });
    }
    Ok(kinds)
}

/// How a state was reached first.
struct Step {
    from: usize,
    letter: char,
}

fn spell(steps: &[Step], mut at: usize) -> String {
    let mut letters = Vec::new();
    while at != 0 {
        letters.push(steps[at].letter);
        at = steps[at].from;
    }
    letters.into_iter().rev().collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Letter(char),
    One,
    Star,
    /// The end of a glob, with its number.
    End(usize),
}

/// All globs behind one another, each closed by an [`Token::End`]. A place is an index into this.
struct Globs {
    tokens: Vec<Token>,
    starts: Vec<usize>,
    /// How many globs are required, and the first place behind them.
    required: (usize, usize),
}

impl Globs {
    fn new(required: &[&str], others: &[&str]) -> Self {
        let (mut tokens, mut starts) = (Vec::new(), Vec::new());
        let mut boundary = 0;
        for (number, glob) in required.iter().chain(others).enumerate() {
            if number == required.len() {
                boundary = tokens.len();
            }
            starts.push(tokens.len());
            tokens.extend(glob.chars().map(|c| match c {
                '*' => Token::Star,
                '?' => Token::One,
                c => Token::Letter(c),
            }));
            tokens.push(Token::End(number));
        }
        if others.is_empty() {
            boundary = tokens.len();
        }
        Self { tokens, starts, required: (required.len(), boundary) }
    }

    /// The state of these places: a star may also take nothing, and within one glob whatever stands before a star that
    /// has been reached can do no more than that star can.
    fn close(&self, mut places: Vec<usize>) -> Vec<usize> {
        let mut at = 0;
        while at < places.len() {
            if self.tokens[places[at]] == Token::Star {
                places.push(places[at] + 1);
            }
            at += 1;
        }
        places.sort_unstable();
        places.dedup();
        let mut starred = false;
        let mut kept = Vec::with_capacity(places.len());
        let mut above = usize::MAX;
        for &place in places.iter().rev() {
            if starred && !self.divides(place, above) {
                continue;
            }
            starred = self.tokens[place] == Token::Star;
            above = place;
            kept.push(place);
        }
        kept.reverse();
        kept
    }

    /// Whether a glob ends at `low` or between it and `high`.
    fn divides(&self, low: usize, high: usize) -> bool {
        self.starts.partition_point(|start| *start <= low)
            != self.starts.partition_point(|start| *start <= high)
    }

    /// One state for each letter that some glob waits for, and one for a letter that none does.
    fn successors(&self, state: &[usize]) -> Vec<(char, Vec<usize>)> {
        let mut wild = Vec::new();
        let mut waiting: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for &place in state {
            match self.tokens[place] {
                Token::Letter(letter) => waiting.entry(letter).or_default().push(place + 1),
                Token::One => wild.push(place + 1),
                Token::Star => wild.push(place),
                Token::End(_) => {}
            }
        }
        let other = other_than(&waiting);
        let mut successors: Vec<_> = waiting
            .into_iter()
            .map(|(letter, mut places)| {
                places.extend_from_slice(&wild);
                (letter, self.close(places))
            })
            .collect();
        successors.push((other, self.close(wild)));
        successors
    }

    /// Whether a required glob may still match.
    fn is_alive(&self, state: &[usize]) -> bool {
        state.first().is_some_and(|place| *place < self.required.1)
    }

    /// The other globs that match here, if a required one does.
    fn accepted(&self, state: &[usize]) -> Option<Vec<usize>> {
        let ends = state.iter().filter_map(|place| match self.tokens[*place] {
            Token::End(number) => Some(number),
            _ => None,
        });
        let (mut required, mut matched) = (false, Vec::new());
        for number in ends {
            match number.checked_sub(self.required.0) {
                Some(other) => matched.push(other),
                None => required = true,
            }
        }
        required.then_some(matched)
    }
}

/// A letter that stands for all those that no glob waits for, best one that reads well in a label.
fn other_than(waiting: &BTreeMap<char, Vec<usize>>) -> char {
    let readable = ('a'..='z').rev().skip(2).chain('0'..='9').chain('A'..='Z');
    let any = readable.chain('\u{a1}'..char::MAX);
    any.into_iter().find(|letter| !waiting.contains_key(letter)).unwrap_or(char::MAX)
}

/// Distinct texts, with who has each: many capabilities name the same window.
struct Owned<'a> {
    globs: Vec<&'a str>,
    owners: Vec<Vec<usize>>,
}

impl<'a> Owned<'a> {
    fn new(all: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let mut known: HashMap<&str, usize> = HashMap::new();
        let (mut globs, mut owners) = (Vec::new(), Vec::<Vec<usize>>::new());
        for (owner, glob) in all {
            let at = *known.entry(glob).or_insert_with(|| {
                globs.push(glob);
                owners.push(Vec::new());
                globs.len() - 1
            });
            owners[at].push(owner);
        }
        Self { globs, owners }
    }

    /// The owners of any of these globs, sorted.
    fn of(&self, globs: &[usize]) -> Vec<usize> {
        let set: BTreeSet<usize> = globs.iter().flat_map(|glob| self.owners[*glob].iter().copied()).collect();
        set.into_iter().collect()
    }
}
