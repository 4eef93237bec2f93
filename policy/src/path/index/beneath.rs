//! What the patterns of one folder say below it, sorted by the literals that tell them apart.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::texts::{Edge, Texts};
use crate::path::glob::{self, split};
use crate::path::part::{Atom, Part};

/// What is left of a pattern below its folder. It does not begin with a literal component.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Candidate {
    pub(super) parts: Box<[Part]>,
    pub(super) hidden: bool,
}

/// The candidates of a folder, each in one place.
#[derive(Clone, Debug, Default)]
pub(super) struct Beneath {
    /// Those that have no literal to be found by, or too few to be worth it.
    others: Vec<Candidate>,
    filed: Vec<(Place, Texts<Candidate>)>,
}

/// Where a literal has to be in the rest of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Place {
    First(Edge),
    Last(Edge),
    /// It is one of the names.
    Name,
}

/// Trying so many one after the other is quicker than looking them up.
const FEW: usize = 4;

impl Beneath {
    pub(super) fn new(candidates: &BTreeSet<Candidate>) -> Self {
        let mut beneath = Self::default();
        let mut sharing: HashMap<(Place, &str), usize> = HashMap::new();
        for literal in candidates.iter().flat_map(Candidate::literals) {
            *sharing.entry(literal).or_default() += 1;
        }
        let mut filed: BTreeMap<Place, Vec<(&str, Candidate)>> = BTreeMap::new();
        for candidate in candidates {
            // Of its literals, the one that it shares with the fewest.
            match candidate.literals().min_by_key(|literal| sharing.get(literal).copied()) {
                Some((place, text)) if candidates.len() > FEW => {
                    filed.entry(place).or_default().push((text, candidate.clone()));
                }
                _ => beneath.others.push(candidate.clone()),
            }
        }
        beneath.filed =
            filed.into_iter().map(|(place, items)| (place, Texts::new(place.edge(), items))).collect();
        beneath
    }

    /// Whether one of them matches the rest of a path below the folder, of which there is some.
    pub(super) fn matches(&self, rest: &str) -> bool {
        let fits = |candidate: &Candidate| glob::matches(&candidate.parts, Some(rest), candidate.hidden);
        if self.others.iter().any(fits) {
            return true;
        }
        self.filed.iter().any(|(place, texts)| match place {
            Place::First(_) => texts.any(split(rest).0, fits),
            Place::Last(_) => texts.any(rest.rsplit('/').next().unwrap_or(rest), fits),
            Place::Name => rest.split('/').any(|name| texts.any(name, fits)),
        })
    }
}

impl Place {
    fn edge(self) -> Edge {
        match self {
            Self::First(edge) | Self::Last(edge) => edge,
            Self::Name => Edge::Whole,
        }
    }
}

impl Candidate {
    /// What a path that it matches has, and where.
    fn literals(&self) -> impl Iterator<Item = (Place, &str)> {
        let (head_of_first, end_of_first) = edges(self.parts.first());
        let (head_of_last, end_of_last) = edges(self.parts.last());
        let edges = [
            (Place::First(Edge::Head), head_of_first),
            (Place::First(Edge::End), end_of_first),
            (Place::Last(Edge::Head), head_of_last),
            (Place::Last(Edge::End), end_of_last),
        ];
        let names = self.parts.iter().map(|part| (Place::Name, part.literal()));
        edges.into_iter().chain(names).filter_map(|(place, text)| text.map(|text| (place, text)))
    }
}

/// The literal head and end of a glob.
fn edges(part: Option<&Part>) -> (Option<&str>, Option<&str>) {
    match part {
        Some(Part::Glob(atoms)) => (atoms.first().and_then(Atom::text), atoms.last().and_then(Atom::text)),
        _ => (None, None),
    }
}
