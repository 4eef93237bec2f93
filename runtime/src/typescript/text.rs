//! Pieces of types in TypeScript, put together. Schemas are not known here.

use std::fmt::Write as _;

use super::doc;

/// How the text of a type binds: what needs parentheses in what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Union,
    Intersection,
    Atom,
}

#[derive(Clone, Debug)]
pub(super) struct Ts {
    pub(super) text: String,
    pub(super) level: Level,
    /// Of a union, its members.
    pub(super) members: Vec<String>,
}

impl Ts {
    pub(super) fn atom(text: impl Into<String>) -> Self {
        Self { text: text.into(), level: Level::Atom, members: Vec::new() }
    }

    pub(super) fn within(self, level: Level) -> String {
        if self.level < level { format!("({})", self.text) } else { self.text }
    }

    pub(super) fn array(self) -> Self {
        Self::atom(if self.level == Level::Atom {
            format!("{}[]", self.text)
        } else {
            format!("Array<{}>", self.text)
        })
    }
}

pub(super) struct Field {
    pub(super) key: String,
    pub(super) text: Ts,
    pub(super) optional: bool,
    pub(super) docs: Vec<String>,
}

/// An object type, on one line if it is short.
pub(super) fn written(fields: &[Field], indent: usize) -> String {
    let one = |field: &Field| {
        let mark = if field.optional { "?" } else { "" };
        let space = if field.text.text.starts_with('\n') { "" } else { " " };
        format!("{}{mark}:{space}{}", field.key, field.text.text)
    };
    let all: Vec<String> = fields.iter().map(one).collect();
    let line = format!("{{ {} }}", all.join("; "));
    let plain = fields.iter().all(|field| field.docs.is_empty()) && !line.contains('\n');
    if plain && line.len() + indent <= 80 {
        return line;
    }
    let margin = " ".repeat(indent + 2);
    let mut text = "{\n".to_owned();
    for (field, line) in fields.iter().zip(all) {
        text.push_str(&doc::comment(&field.docs, indent + 2));
        let _ = writeln!(text, "{margin}{line};");
    }
    text.push_str(&" ".repeat(indent));
    text.push('}');
    text
}

pub(super) fn union(members: Vec<Ts>, indent: usize) -> Ts {
    let mut texts: Vec<String> = Vec::new();
    let mut level = Level::Union;
    for member in members {
        if member.text == "unknown" {
            return member;
        }
        if member.text == "never" {
            continue;
        }
        level = member.level;
        let parts = if member.members.is_empty() { vec![member.text] } else { member.members };
        for text in parts {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    match texts.as_slice() {
        [] => Ts::atom("never"),
        [one] => Ts { level, ..Ts::atom(one) },
        many => {
            let line = many.join(" | ");
            let text = if line.len() + indent <= 100 && !line.contains('\n') {
                line
            } else {
                let margin = format!("\n{}| ", " ".repeat(indent + 2));
                format!("{margin}{}", many.join(&margin))
            };
            Ts { text, level: Level::Union, members: texts }
        }
    }
}

pub(super) fn intersection(mut parts: Vec<Ts>) -> Ts {
    if parts.len() > 1 {
        parts.retain(|part| part.text != "unknown");
    }
    match parts.len() {
        0 => Ts::atom("unknown"),
        1 => parts.swap_remove(0),
        _ => {
            let parts: Vec<String> = parts.into_iter().map(|part| part.within(Level::Intersection)).collect();
            Ts { level: Level::Intersection, ..Ts::atom(parts.join(" & ")) }
        }
    }
}
