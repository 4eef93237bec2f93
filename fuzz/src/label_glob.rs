//! Label globs: a line each for two globs and a label.
//!
//! Oracle: the definition of a glob by the set of the places that it can be at, and the product of two such sets.

use portcullis_policy::label::{LONGEST, check as check_glob, is_literal, matches, overlap};

/// Longer ones are tried one by one, and not in pairs.
const LONGEST_PAIR: usize = 48;

/// Holds `policy::label` against the definition.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.splitn(3, '\n');
    let (a, b, label) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""), lines.next().unwrap_or(""));
    if text.len() > 4096 {
        return;
    }
    for glob in [a, b] {
        assert_eq!(matches(glob, label), naive(glob, label), "{glob:?} and the label {label:?}");
        assert_eq!(is_literal(glob), !glob.contains(['*', '?']));
        let well_formed = !glob.is_empty()
            && glob.len() <= LONGEST
            && !glob.contains(['[', ']', '{', '}', '!', '\\'])
            && !glob.contains("**");
        assert_eq!(check_glob(glob).is_ok(), well_formed, "{glob:?}");
    }
    if a.chars().count().max(b.chars().count()) > LONGEST_PAIR {
        return;
    }
    let shared = witness(a, b);
    assert_eq!(overlap(a, b), shared.is_some(), "{a:?} and {b:?}: {shared:?}");
    assert_eq!(overlap(b, a), shared.is_some(), "{b:?} and {a:?}: {shared:?}");
    if let Some(shared) = shared {
        assert!(matches(a, &shared) && matches(b, &shared), "{a:?} and {b:?} on {shared:?}");
    }
}

/// Whether a glob matches: where in it one can be after each character.
fn naive(glob: &str, label: &str) -> bool {
    let glob: Vec<char> = glob.chars().collect();
    let mut at = through_stars(&glob, vec![0]);
    for c in label.chars() {
        let next = at.iter().filter_map(|i| step(&glob, *i, c)).collect();
        at = through_stars(&glob, next);
    }
    at.contains(&glob.len())
}

/// Where one is behind a character.
fn step(glob: &[char], at: usize, c: char) -> Option<usize> {
    match glob.get(at)? {
        '*' => Some(at),
        '?' => Some(at + 1),
        own => (*own == c).then_some(at + 1),
    }
}

/// These places, and those behind the stars that they are before.
fn through_stars(glob: &[char], mut at: Vec<usize>) -> Vec<usize> {
    let mut next = 0;
    while let Some(&i) = at.get(next) {
        if glob.get(i) == Some(&'*') && !at.contains(&(i + 1)) {
            at.push(i + 1);
        }
        next += 1;
    }
    at.sort_unstable();
    at.dedup();
    at
}

/// A label that both globs match, if there is one: found by walking both at once.
fn witness(a: &str, b: &str) -> Option<String> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // One character stands for all that neither of them names.
    let other = ('a'..='z')
        .chain('0'..='9')
        .chain('\u{e000}'..='\u{f8ff}')
        .find(|c| !a.contains(c) && !b.contains(c))?;
    let mut letters: Vec<char> = a.iter().chain(&b).copied().chain([other]).collect();
    letters.sort_unstable();
    letters.dedup();
    let mut seen = vec![vec![false; b.len() + 1]; a.len() + 1];
    let mut open: Vec<(usize, usize, String)> = vec![(0, 0, String::new())];
    while let Some((i, j, text)) = open.pop() {
        if std::mem::replace(&mut seen[i][j], true) {
            continue;
        }
        if i == a.len() && j == b.len() {
            return Some(text);
        }
        if a.get(i) == Some(&'*') {
            open.push((i + 1, j, text.clone()));
        }
        if b.get(j) == Some(&'*') {
            open.push((i, j + 1, text.clone()));
        }
        for &c in &letters {
            if let (Some(x), Some(y)) = (step(&a, i, c), step(&b, j, c))
                && !seen[x][y]
            {
                open.push((x, y, format!("{text}{c}")));
            }
        }
    }
    None
}
