//! The components of a pattern, as they are held and written. How they match is not known here.

use std::fmt::{self, Write as _};

use super::escape_into;

/// One component of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    /// This name.
    Literal(Box<str>),
    /// Names of this form. One that is [`Atom::Text`] alone is a [`Part::Literal`].
    Glob(Box<[Atom]>),
    /// `**`: any number of components.
    Deep,
}

/// What a component that is a glob is made of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Atom {
    /// This text, which is not empty. No two of them are next to each other.
    Text(Box<str>),
    /// `?`
    One,
    /// `*`: any text. No two of them are next to each other.
    Run,
    /// `[a-z]`: from and to.
    Class(Box<[(char, char)]>),
}

impl Part {
    /// The name, if it is one that is written out.
    pub(super) fn literal(&self) -> Option<&str> {
        match self {
            Self::Literal(name) => Some(name),
            Self::Glob(_) | Self::Deep => None,
        }
    }

    /// Whether it says that it means hidden names.
    pub(super) fn is_dotted(&self) -> bool {
        match self {
            Self::Literal(name) => name.starts_with('.'),
            Self::Glob(atoms) => atoms.first().and_then(Atom::text).is_some_and(|text| text.starts_with('.')),
            Self::Deep => false,
        }
    }

    /// The component of these atoms, in the one form that it has.
    pub(super) fn of(atoms: impl IntoIterator<Item = Atom>) -> Self {
        let mut joined: Vec<Atom> = Vec::new();
        for atom in atoms {
            match (joined.last_mut(), atom) {
                (Some(Atom::Text(before)), Atom::Text(text)) => *before = format!("{before}{text}").into(),
                (Some(Atom::Run), Atom::Run) => {}
                (_, Atom::Text(text)) if text.is_empty() => {}
                (_, atom) => joined.push(atom),
            }
        }
        match joined.as_mut_slice() {
            [] => Self::Literal("".into()),
            [Atom::Text(text)] => Self::Literal(std::mem::take(text)),
            _ => Self::Glob(joined.into()),
        }
    }
}

impl Atom {
    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::One | Self::Run | Self::Class(_) => None,
        }
    }
}

/// Whether a class has this character.
pub(super) fn in_class(ranges: &[(char, char)], c: char) -> bool {
    ranges.iter().any(|(from, to)| (*from..=*to).contains(&c))
}

/// Writes components as they would be in a file.
pub(super) fn join(parts: &[Part], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            f.write_char('/')?;
        }
        match part {
            Part::Literal(name) => escape_into(f, name, false)?,
            Part::Deep => f.write_str("**")?,
            Part::Glob(atoms) => {
                for atom in atoms {
                    write_atom(atom, f)?;
                }
            }
        }
    }
    Ok(())
}

fn write_atom(atom: &Atom, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match atom {
        Atom::Text(text) => escape_into(f, text, false),
        Atom::One => f.write_char('?'),
        Atom::Run => f.write_char('*'),
        Atom::Class(ranges) => {
            f.write_char('[')?;
            for (from, to) in ranges {
                if from == to { f.write_char(*from)? } else { write!(f, "{from}-{to}")? }
            }
            f.write_char(']')
        }
    }
}
