//! Finds what is filed under a literal that a name begins or ends with. What is filed is not known here.

use std::collections::{BTreeSet, HashMap};

/// Items by the literal that a name has to begin with, to end with, or to be.
#[derive(Clone, Debug)]
pub(super) struct Texts<T> {
    edge: Edge,
    /// By the bytes at that edge of the literal, which may be fewer than all: what is found is only likely.
    items: HashMap<Box<[u8]>, Vec<T>>,
    /// How many bytes it is filed under may be, sorted. Each is a lookup, so they are few.
    lengths: Vec<usize>,
}

/// Where in a name a literal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Edge {
    Head,
    End,
    Whole,
}

/// So many lengths may be looked up, whatever is filed.
const FEW_LENGTHS: usize = 6;

/// So many literals may be filed under the same bytes, so that there are fewer lengths.
const FEW_LITERALS: usize = 2;

impl<T> Texts<T> {
    pub(super) fn new(edge: Edge, items: Vec<(&str, T)>) -> Self {
        let literals: BTreeSet<&[u8]> = items.iter().map(|(literal, _)| literal.as_bytes()).collect();
        let mut texts = Self { edge, items: HashMap::new(), lengths: edge.lengths(&literals) };
        for (literal, item) in items {
            let length = texts.lengths.iter().rfind(|length| **length <= literal.len());
            let filed = length.and_then(|length| edge.cut(literal.as_bytes(), *length));
            texts.items.entry(filed.unwrap_or(literal.as_bytes()).into()).or_default().push(item);
        }
        texts
    }

    /// Whether something that may be meant by this name fits.
    pub(super) fn any(&self, name: &str, fits: impl Fn(&T) -> bool) -> bool {
        let name = name.as_bytes();
        let any = |filed| self.items.get(filed).is_some_and(|items| items.iter().any(&fits));
        match self.edge {
            Edge::Whole => any(name),
            Edge::Head | Edge::End => {
                self.lengths.iter().map_while(|length| self.edge.cut(name, *length)).any(any)
            }
        }
    }
}

impl Edge {
    /// So many bytes at this edge, if there are as many.
    fn cut(self, text: &[u8], length: usize) -> Option<&[u8]> {
        match self {
            Self::Head => text.get(..length),
            Self::End => text.get(text.len().checked_sub(length)?..),
            Self::Whole => Some(text),
        }
    }

    /// Of the lengths of literals, those that are needed to tell them apart well enough.
    fn lengths(self, literals: &BTreeSet<&[u8]>) -> Vec<usize> {
        let distinct: BTreeSet<usize> = literals.iter().map(|literal| literal.len()).collect();
        if distinct.len() <= FEW_LENGTHS {
            return distinct.into_iter().collect();
        }
        let mut shorter = distinct.iter().rev().skip(1);
        let mut kept = Vec::new();
        for length in distinct.iter().rev() {
            let longer = kept.last().copied().unwrap_or(usize::MAX);
            let is_needed = shorter.next().is_none_or(|shorter| {
                let mut filed: HashMap<Option<&[u8]>, usize> = HashMap::new();
                literals.iter().filter(|literal| (*shorter..longer).contains(&literal.len())).any(|literal| {
                    let sharing = filed.entry(self.cut(literal, *shorter)).or_default();
                    *sharing += 1;
                    *sharing > FEW_LITERALS
                })
            });
            if is_needed {
                kept.push(*length);
            }
        }
        kept.reverse();
        kept
    }
}
