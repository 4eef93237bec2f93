//! Patterns and paths in the form in which denials compare them. What is folded to what is the caller's to know.

use super::part::{Atom, Part};

/// The path, `/`-joined, in the form that a folded pattern is asked about: each name is folded alone.
///
/// It has the same components as before. A separator that `fold` makes (`℀` is `a/c` to some) becomes another
/// character, and a name of which it leaves nothing stays as it is.
///
/// ```
/// use portcullis_policy::path::folded;
/// assert_eq!(folded("Notes/℀", |name| name.to_lowercase().replace('℀', "a/c")), "notes/a∕c");
/// ```
pub fn folded(path: &str, fold: impl Fn(&str) -> String) -> String {
    if path.is_empty() {
        return String::new();
    }
    let mut text = String::with_capacity(path.len());
    for (at, part) in path.split('/').enumerate() {
        if at > 0 {
            text.push('/');
        }
        text.push_str(&name(part, &fold));
    }
    text
}

/// The path as it is read by what ignores dots and spaces at the end of a name (a FAT file system, and whatever stands
/// behind Win32); `None` if that is no other one.
///
/// A denial has to be asked about both: `secret.txt.` may be the file that it names.
///
/// ```
/// use portcullis_policy::path::trimmed;
/// assert_eq!(trimmed("a. /secret.txt.").as_deref(), Some("a/secret.txt"));
/// assert_eq!(trimmed("a/secret.txt"), None);
/// assert_eq!(trimmed("..."), None); // a name stays a name
/// ```
pub fn trimmed(path: &str) -> Option<String> {
    let trim = |name| match str::trim_end_matches(name, ['.', ' ']) {
        "" => name,
        shorter => shorter,
    };
    if path.split('/').all(|name| trim(name).len() == name.len()) {
        return None;
    }
    Some(path.split('/').map(trim).collect::<Vec<_>>().join("/"))
}

/// The component of a pattern that matches the folded form of every name that this one matches.
pub(super) fn part(part: &Part, fold: impl Fn(&str) -> String) -> Part {
    match part {
        Part::Deep => Part::Deep,
        Part::Literal(literal) => Part::Literal(name(literal, &fold).into()),
        Part::Glob(atoms) => {
            let fold = |text: &str| without_separators(fold(text));
            let last = atoms.len() - 1;
            Part::of(atoms.iter().enumerate().flat_map(|(at, atom)| match atom {
                Atom::Run | Atom::One => vec![Atom::Run],
                Atom::Class(ranges) => vec![class(ranges, fold)],
                Atom::Text(text) => self::text(text, at > 0, at < last, fold),
            }))
        }
    }
}

fn name(name: &str, fold: impl Fn(&str) -> String) -> String {
    let folded = without_separators(fold(name));
    if folded.is_empty() { name.to_owned() } else { folded }
}

fn without_separators(text: String) -> String {
    if text.contains('/') { text.replace('/', "\u{2215}") } else { text }
}

// A glob is folded piece by piece, but the name that it is compared with is folded whole. That is the same if a fold
// looks at one character at a time. Some look at its neighbours: the canonical order puts a combining mark of a lower
// class before one of a higher, and a sigma depends on whether a letter stands before and behind it. So each piece is
// tried with these beside it, and what does not stay is given up for `*`.

/// What may stand before a piece: nothing, letters, and marks of high classes (the highest is a letter in upper case).
const BEFORE: &[&str] = &["", "a", "Σ", "a\u{301}", "a\u{35d}", "a\u{345}"];
/// What may stand behind: nothing, letters, and marks of the lowest class and of usual ones.
const BEHIND: &[&str] = &["", "a", "Σ", "\u{334}", "\u{323}", "\u{301}"];

/// More members than anybody writes who means a few characters.
const MOST_MEMBERS: usize = 256;

fn class(ranges: &[(char, char)], fold: impl Fn(&str) -> String) -> Atom {
    let members: Vec<char> =
        ranges.iter().flat_map(|(from, to)| *from..=*to).take(MOST_MEMBERS + 1).collect();
    if members.len() > MOST_MEMBERS {
        return Atom::Run;
    }
    let mut all = Vec::with_capacity(members.len());
    for member in members {
        let member = member.to_string();
        let folded = fold(&member);
        let mut chars = folded.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None)
                if stays_at_end(&member, &folded, &fold) && stays_at_start(&member, &folded, &fold) =>
            {
                all.push((c, c));
            }
            _ => return Atom::Run,
        }
    }
    all.sort_unstable();
    all.dedup();
    match all.as_slice() {
        [(c, _)] => Atom::Text(c.to_string().into()),
        _ => Atom::Class(all.into()),
    }
}

/// The text as it is in the folded form of every name that has it at that place.
fn text(text: &str, open_before: bool, open_behind: bool, fold: impl Fn(&str) -> String) -> Vec<Atom> {
    let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let start = if open_before {
        cuts.iter().find(|at| stays_at_end(text, &fold(&text[**at..]), &fold)).copied()
    } else {
        Some(0)
    };
    let end = if open_behind {
        cuts.iter().rev().find(|at| stays_at_start(text, &fold(&text[..**at]), &fold)).copied()
    } else {
        Some(text.len())
    };
    let (Some(start), Some(end)) = (start, end) else { return vec![Atom::Run] };
    if start >= end {
        return vec![Atom::Run];
    }
    let middle = fold(&text[start..end]);
    let given_up = |is: bool| is.then_some(Atom::Run);
    let kept = Atom::Text(middle.into());
    given_up(start > 0).into_iter().chain([kept]).chain(given_up(end < text.len())).collect()
}

/// Whether the folded text ends like this, whatever is before it.
fn stays_at_end(text: &str, end: &str, fold: impl Fn(&str) -> String) -> bool {
    BEFORE.iter().all(|before| fold(&format!("{before}{text}")).ends_with(end))
}

/// Whether the folded text starts like this, whatever is behind it.
fn stays_at_start(text: &str, start: &str, fold: impl Fn(&str) -> String) -> bool {
    BEHIND.iter().all(|behind| fold(&format!("{text}{behind}")).starts_with(start))
}
