//! The tree of an expression with other spellings of its characters in it.

use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition};

/// More members than anybody writes who means a few characters.
const MOST_MEMBERS: usize = 256;

pub(super) fn fold(hir: &Hir, spellings: &dyn Fn(&str) -> Vec<String>) -> Hir {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => hir.clone(),
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) => Hir::concat(text.chars().map(|c| characters(&[c], spellings)).collect()),
            Err(_) => hir.clone(),
        },
        HirKind::Class(class) => match members(class) {
            Some(members) => characters(&members, spellings),
            None => hir.clone(),
        },
        HirKind::Repetition(Repetition { min, max, greedy, sub }) => Hir::repetition(Repetition {
            min: *min,
            max: *max,
            greedy: *greedy,
            sub: Box::new(fold(sub, spellings)),
        }),
        HirKind::Capture(Capture { sub, .. }) => fold(sub, spellings),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(|part| fold(part, spellings)).collect()),
        HirKind::Alternation(parts) => {
            Hir::alternation(parts.iter().map(|part| fold(part, spellings)).collect())
        }
    }
}

/// The characters of a class, if they are few.
fn members(class: &Class) -> Option<Vec<char>> {
    let all: Vec<char> = match class {
        Class::Unicode(class) => class
            .ranges()
            .iter()
            .flat_map(|range| range.start()..=range.end())
            .take(MOST_MEMBERS + 1)
            .collect(),
        Class::Bytes(class) => {
            class.ranges().iter().flat_map(|range| range.start()..=range.end()).map(char::from).collect()
        }
    };
    (all.len() <= MOST_MEMBERS).then_some(all)
}

/// One of these characters, in any case, or one of their other spellings.
fn characters(members: &[char], spellings: &dyn Fn(&str) -> Vec<String>) -> Hir {
    let mut class = ClassUnicode::new(members.iter().map(|c| ClassUnicodeRange::new(*c, *c)));
    let mut longer = Vec::new();
    for member in members {
        for spelling in spellings(member.encode_utf8(&mut [0; 4])) {
            let mut chars = spelling.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => class.push(ClassUnicodeRange::new(c, c)),
                _ => longer.push(spelling),
            }
        }
    }
    // Without the tables of letters it stays as it is, with what `spellings` has.
    let _ = class.try_case_fold_simple();
    longer.sort_unstable();
    longer.dedup();
    let class = Hir::class(Class::Unicode(class));
    Hir::alternation(
        std::iter::once(class)
            .chain(longer.into_iter().map(|text| Hir::literal(text.into_bytes())))
            .collect(),
    )
}
