//! `scope::Pattern`: a regular expression and a text, a line each.
//!
//! Oracle: the expression's tree, as `regex-syntax` reads it, walked with a set of places in the text, without any engine; and the
//! `regex` crate, which must find something in what is admitted.

use portcullis::{
    prelude::*,
    scope::{Exact, Folded, Matches, Pattern},
    test,
};
use portcullis_policy::pattern;
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use serde_json::json;

/// A name.
#[derive(Scope)]
pub struct Name {
    name: Pattern,
}

impl Matches for Name {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        self.name.allows(&name)
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        self.name.denies(name.as_text())
    }
}

/// Use names.
#[derive(Permission)]
#[permission(id = "names:use", scope = Name)]
pub struct Use;

/// Longer ones are for the engine to be slow with.
const LONGEST: usize = 160;

/// Holds `scope::Pattern` against the definition of an expression.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (expression, name) = text.split_once('\n').unwrap_or((text, ""));
    if expression.len() > LONGEST || name.chars().count() > 40 {
        return;
    }
    let judged = pattern::check(expression);
    let Ok(tree) = regex_syntax::parse(expression) else {
        assert!(judged.is_err(), "{expression:?} is no expression");
        return;
    };
    if judged.is_err() {
        return;
    }
    let characters: Vec<char> = name.chars().collect();
    let mut steps = 0;
    let Some(ends) = ends(&tree, &characters, 0, &mut steps) else { return };
    let whole = ends.contains(&characters.len());
    let entry = json!({ "name": expression });
    let allowed = test::scope::<Use>().allow(&entry).admit(name).is_ok();
    assert_eq!(allowed, whole, "{expression:?} and {name:?}");
    if allowed {
        // Pasted together it would say something else, such as `a)|(?:b`; looked for, it must be there all the same.
        let engine = regex::Regex::new(expression).expect("it is an expression");
        assert!(engine.is_match(name), "{expression:?} and {name:?}");
    }
    let denied = |name: &str| test::scope::<Use>().allow_all().deny(&entry).admit(name).is_err();
    if whole {
        assert!(denied(name), "{expression:?} allows {name:?} and does not deny it");
        // Where nothing in it says which characters are *not* meant, letters are denied in any case.
        if expression
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '*' | '+' | '?' | '|' | '(' | ')' | '-'))
        {
            for spelled in [name.to_uppercase(), name.to_lowercase()] {
                assert!(denied(&spelled), "{expression:?} denies {name:?} and not {spelled:?}");
            }
        }
    }
}

/// Where a match that begins here can end. `None` if it takes too long to find out.
fn ends(tree: &Hir, text: &[char], start: usize, steps: &mut usize) -> Option<Vec<usize>> {
    *steps += 1;
    if *steps > 20_000 {
        return None;
    }
    let mut found = match tree.kind() {
        HirKind::Empty => vec![start],
        HirKind::Literal(literal) => {
            let literal: Vec<char> = std::str::from_utf8(&literal.0).ok()?.chars().collect();
            if text[start..].starts_with(&literal) { vec![start + literal.len()] } else { Vec::new() }
        }
        HirKind::Class(class) => {
            let has = |c: char| match class {
                Class::Unicode(class) => {
                    class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&c))
                }
                Class::Bytes(class) => class
                    .ranges()
                    .iter()
                    .any(|range| u8::try_from(c).is_ok_and(|c| (range.start()..=range.end()).contains(&c))),
            };
            if text.get(start).is_some_and(|c| has(*c)) { vec![start + 1] } else { Vec::new() }
        }
        HirKind::Look(look) => {
            if looks(*look, text, start) {
                vec![start]
            } else {
                Vec::new()
            }
        }
        HirKind::Repetition(repetition) => {
            let mut all = Vec::new();
            let mut now = vec![start];
            let mut times = 0;
            // More often than there are characters, it goes nowhere that it has not been.
            let most =
                (repetition.max.unwrap_or(u32::MAX) as usize).min(repetition.min as usize + text.len() + 1);
            loop {
                if times >= repetition.min as usize {
                    all.extend(&now);
                }
                if times == most || now.is_empty() {
                    break;
                }
                times += 1;
                now = from_all(&repetition.sub, text, &now, steps)?;
            }
            all
        }
        HirKind::Capture(capture) => ends(&capture.sub, text, start, steps)?,
        HirKind::Concat(parts) => {
            let mut now = vec![start];
            for part in parts {
                now = from_all(part, text, &now, steps)?;
            }
            now
        }
        HirKind::Alternation(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(ends(part, text, start, steps)?);
            }
            all
        }
    };
    found.sort_unstable();
    found.dedup();
    Some(found)
}

fn from_all(tree: &Hir, text: &[char], starts: &[usize], steps: &mut usize) -> Option<Vec<usize>> {
    let mut all = Vec::new();
    for start in starts {
        all.extend(ends(tree, text, *start, steps)?);
    }
    all.sort_unstable();
    all.dedup();
    Some(all)
}

fn looks(look: Look, text: &[char], at: usize) -> bool {
    let (before, behind) = (at.checked_sub(1).map(|at| text[at]), text.get(at).copied());
    let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    let word = |c: Option<char>| c.is_some_and(regex_syntax::is_word_character);
    match look {
        Look::Start => before.is_none(),
        Look::End => behind.is_none(),
        Look::StartLF => before.is_none_or(|c| c == '\n'),
        Look::EndLF => behind.is_none_or(|c| c == '\n'),
        Look::StartCRLF => match before {
            None | Some('\n') => true,
            Some('\r') => behind != Some('\n'),
            Some(_) => false,
        },
        Look::EndCRLF => match behind {
            None | Some('\r') => true,
            Some('\n') => before != Some('\r'),
            Some(_) => false,
        },
        Look::WordAscii => ascii(before) != ascii(behind),
        Look::WordAsciiNegate => ascii(before) == ascii(behind),
        Look::WordUnicode => word(before) != word(behind),
        Look::WordUnicodeNegate => word(before) == word(behind),
        Look::WordStartAscii => !ascii(before) && ascii(behind),
        Look::WordEndAscii => ascii(before) && !ascii(behind),
        Look::WordStartUnicode => !word(before) && word(behind),
        Look::WordEndUnicode => word(before) && !word(behind),
        Look::WordStartHalfAscii => !ascii(before),
        Look::WordEndHalfAscii => !ascii(behind),
        Look::WordStartHalfUnicode => !word(before),
        Look::WordEndHalfUnicode => !word(behind),
    }
}
