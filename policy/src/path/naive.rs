//! What a pattern matches, by the definition: slow, and short enough to be read. What has to be quick is in `glob.rs` and
//! `index.rs`, and compared with this.

use super::part::{Atom, Part, in_class};

/// Whether these components match this path.
pub(super) fn matches(parts: &[Part], path: &str, hidden: bool) -> bool {
    let names: Vec<&str> = if path.is_empty() { Vec::new() } else { path.split('/').collect() };
    // ends[i]: whether the components so far match just the first i names.
    let mut ends = vec![false; names.len() + 1];
    ends[0] = true;
    for part in parts {
        let mut next = vec![false; names.len() + 1];
        for start in (0..=names.len()).filter(|start| ends[*start]) {
            if *part == Part::Deep {
                let steps = names[start..].iter().take_while(|name| hidden || !name.starts_with('.')).count();
                next[start..=start + steps].fill(true);
            } else if start < names.len() && name(part, names[start], hidden) {
                next[start + 1] = true;
            }
        }
        ends = next;
    }
    ends[names.len()]
}

fn name(part: &Part, name: &str, hidden: bool) -> bool {
    if name.starts_with('.') && !part.is_dotted() && !hidden {
        return false;
    }
    match part {
        Part::Literal(literal) => **literal == *name,
        Part::Glob(atoms) => glob(atoms, name),
        Part::Deep => false,
    }
}

fn glob(atoms: &[Atom], name: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    // ends[i]: whether the atoms so far match just the first i characters.
    let mut ends = vec![false; name.len() + 1];
    ends[0] = true;
    for atom in atoms {
        let mut next = vec![false; name.len() + 1];
        for start in (0..=name.len()).filter(|start| ends[*start]) {
            let rest = &name[start..];
            match atom {
                Atom::Run => next[start..].fill(true),
                Atom::Text(text) => {
                    let text: Vec<char> = text.chars().collect();
                    if rest.starts_with(&text) {
                        next[start + text.len()] = true;
                    }
                }
                Atom::One if !rest.is_empty() => next[start + 1] = true,
                Atom::Class(ranges) if rest.first().is_some_and(|c| in_class(ranges, *c)) => {
                    next[start + 1] = true;
                }
                Atom::One | Atom::Class(_) => {}
            }
        }
        ends = next;
    }
    ends[name.len()]
}
