//! Tests of paths and patterns, and what they share. Those whose names start with `p_` are cases of known attacks.

mod base;
mod folding;
mod index;
mod input;
mod matching;
mod pattern;
mod windows;

use super::Pattern;

#[track_caller]
fn pattern(text: &str) -> Pattern {
    match Pattern::parse(text) {
        Ok(pattern) => pattern,
        Err(error) => panic!("{error}"),
    }
}

/// A generator of its own, so that a failure is the same everywhere: xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    /// A few of these, one behind the other.
    fn some(&mut self, all: &[&str], most: usize) -> String {
        (0..=self.below(most)).map(|_| self.of(all)).collect()
    }

    /// A pattern below `$HOME` of these pieces.
    fn pattern(&mut self, pieces: &[&str]) -> Pattern {
        loop {
            let mut text = String::from("$HOME");
            for _ in 0..self.below(5) {
                text.push('/');
                text.push_str(&if self.below(3) == 0 { "**".into() } else { self.some(pieces, 3) });
            }
            if let Ok(pattern) = Pattern::parse(&text) {
                return pattern;
            }
        }
    }

    /// A path of these pieces.
    fn path(&mut self, pieces: &[&str]) -> String {
        (0..self.below(6)).map(|_| self.some(pieces, 3)).collect::<Vec<_>>().join("/")
    }
}
