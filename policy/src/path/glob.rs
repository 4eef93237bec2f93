//! Matches components without allocating and in at most pattern × path steps, whatever the two are.

use super::part::{Atom, Part, in_class};

/// Whether these components match the rest of a path, `None` being that there is none.
pub(super) fn matches(parts: &[Part], rest: Option<&str>, hidden: bool) -> bool {
    let (mut at, mut rest) = (0, rest);
    // Behind the last `**`, and where to go on if what follows it does not fit: one name later each time. Earlier ones
    // need no second try: what stands between two `**` may as well match where it can first, and leave the rest to the
    // second one. Hidden names do not change that. For it to match later, the first `**` has to step over the names that
    // it matched before, so that it asks for none that is hidden, and the second can step over what it would match.
    let mut retry: Option<(usize, Option<&str>)> = None;
    loop {
        let fits = match (parts.get(at), rest) {
            (Some(Part::Deep), _) => {
                at += 1;
                retry = Some((at, rest));
                continue;
            }
            (None, None) => return true,
            (Some(part), Some(path)) => {
                let (name, behind) = split(path);
                at += 1;
                rest = behind;
                self::name(part, name, hidden)
            }
            (Some(_), None) | (None, Some(_)) => false,
        };
        if fits {
            continue;
        }
        let Some((behind, Some(start))) = retry else { return false };
        let (stepped, shorter) = split(start);
        if stepped.starts_with('.') && !hidden {
            return false;
        }
        (at, rest, retry) = (behind, shorter, Some((behind, shorter)));
    }
}

/// The first name of a path, and what is behind its separator.
pub(super) fn split(path: &str) -> (&str, Option<&str>) {
    match path.split_once('/') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    }
}

/// Whether some name of a path is hidden.
pub(super) fn has_hidden(path: &str) -> bool {
    path.starts_with('.') || path.contains("/.")
}

fn name(part: &Part, name: &str, hidden: bool) -> bool {
    if name.starts_with('.') && !hidden && !part.is_dotted() {
        return false;
    }
    match part {
        Part::Literal(literal) => **literal == *name,
        Part::Glob(atoms) => glob(atoms, name),
        Part::Deep => false,
    }
}

fn glob(atoms: &[Atom], name: &str) -> bool {
    let (mut at, mut rest) = (0, name);
    // As above, for the last `*`.
    let mut retry: Option<(usize, &str)> = None;
    loop {
        let behind = match atoms.get(at) {
            None if rest.is_empty() => return true,
            None => None,
            Some(Atom::Run) if at + 1 == atoms.len() => return true,
            Some(Atom::Run) => {
                retry = Some((at + 1, rest));
                Some(rest)
            }
            Some(Atom::Text(text)) => rest.strip_prefix(&**text),
            Some(Atom::One) => without_first(rest, |_| true),
            Some(Atom::Class(ranges)) => without_first(rest, |c| in_class(ranges, c)),
        };
        if let Some(behind) = behind {
            at += 1;
            rest = behind;
            continue;
        }
        let Some((behind, start)) = retry else { return false };
        let Some(shorter) = without_first(start, |_| true) else { return false };
        (at, rest, retry) = (behind, shorter, Some((behind, shorter)));
    }
}

fn without_first(text: &str, admits: impl Fn(char) -> bool) -> Option<&str> {
    let mut chars = text.chars();
    chars.next().filter(|c| admits(*c)).map(|_| chars.as_str())
}
