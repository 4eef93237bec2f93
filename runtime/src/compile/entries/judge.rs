//! One entry against the shape that its scope says it must have: all that is wrong with it, each at its place.

use portcullis_policy::form::Form;

use super::place;
use crate::{
    compile::{
        suggest::{distance, is_near},
        text::{Text, same_text},
    },
    model::Id,
    scope::{
        shape::{Field, Shape, Variant},
        value::{Allow, Forms, Key, Narrowing, Node, Value},
    },
};

/// Holds entries against the shape that they must have. Also at run time, for the entries that a test writes.
#[derive(Clone, Copy)]
pub(crate) struct Judge<'a> {
    pub(crate) file: &'a str,
    pub(crate) capability: &'a str,
    pub(crate) id: Id,
}

/// Which part of an entry is judged.
#[derive(Clone, Copy)]
enum Part<'a> {
    Whole,
    Key(&'a str),
    /// An element of the list under this key; of the entry, if that is a list itself.
    Element(&'a str),
}

impl Part<'_> {
    const fn element(self) -> Self {
        match self {
            Self::Whole => Self::Element(""),
            Self::Key(key) | Self::Element(key) => Self::Element(key),
        }
    }
}

impl Judge<'_> {
    pub(crate) const fn narrowing(self, narrowing: &Narrowing, shape: &Shape, text: &mut Text) {
        if let Allow::Only(nodes) = narrowing.allow {
            self.each(nodes, shape, Part::Whole, text);
        }
        self.each(narrowing.deny, shape, Part::Whole, text);
    }

    const fn each(self, nodes: &[Node], shape: &Shape, part: Part<'_>, text: &mut Text) {
        let mut i = 0;
        while i < nodes.len() {
            self.node(&nodes[i], shape, part, text);
            i += 1;
        }
    }

    /// Begins a complaint about an entry.
    const fn complain(self, text: &mut Text) -> &mut Text {
        text.complain()
            .add("an entry of `")
            .id(self.id)
            .add("` in capability `")
            .add(self.capability)
            .add("`")
    }

    /// Begins a complaint about a part of an entry.
    const fn complain_of<'a>(self, part: Part<'_>, text: &'a mut Text) -> &'a mut Text {
        match part {
            Part::Whole => self.complain(text),
            Part::Key(key) => self.complain(text).add(": `").add(key).add("`"),
            Part::Element(key) if key.is_empty() => self.complain(text).add(": an element of it"),
            Part::Element(key) => self.complain(text).add(": an element of `").add(key).add("`"),
        }
    }

    const fn at(self, node: &Node, text: &mut Text) {
        place(self.file, node.0, node.1, text);
    }

    const fn node(self, node: &Node, shape: &Shape, part: Part<'_>, text: &mut Text) {
        match (shape, &node.2) {
            (Shape::Optional(_), Value::Null)
            | (Shape::Bool, Value::Bool(_))
            | (Shape::Float, Value::Float(_) | Value::Integer(_))
            | (Shape::Text, Value::Text(..)) => {}
            (Shape::Optional(inner), _) => self.node(node, inner, part, text),
            (Shape::Integer { min, max }, Value::Integer(value)) => {
                if *value < *min || *value > *max {
                    self.complain_of(part, text).add(" must be ").signed(*min).add(" to ").signed(*max);
                    // What no type holds is not known any more.
                    if *value != i128::MIN && *value != i128::MAX {
                        text.add(", not ").signed(*value);
                    }
                    self.at(node, text);
                }
            }
            (Shape::Form(form), Value::Text(value, forms)) => self.form(*form, value, *forms, node, text),
            (Shape::List(of), Value::List(nodes)) => self.each(nodes, of, part.element(), text),
            (Shape::Struct { fields, .. }, Value::Map(map)) => self.map(node, fields, map, part, text),
            (Shape::Struct { fields, short: Some(short), .. }, found) => {
                self.short(node, fields, short, found, part, text);
            }
            (Shape::Enum { name, variants }, _) => self.variant(node, name, variants, part, text),
            (_, found) => self.another(node, shape, found, "", part, text),
        }
    }

    /// A value of another kind.
    const fn another(
        self,
        node: &Node,
        shape: &Shape,
        found: &Value,
        or: &str,
        part: Part<'_>,
        text: &mut Text,
    ) {
        self.complain_of(part, text).add(" must be ").add(shape.expected()).add(or).add(", not ");
        text.add(match (shape, found) {
            (Shape::Integer { .. }, Value::Float(_)) => "a fraction",
            _ => found.kind(),
        });
        self.at(node, text);
        match (shape, found) {
            (Shape::Struct { fields, .. }, _) => keys(fields, text),
            (Shape::List(_), _) => {
                text.add("\nhelp: write it in `[` and `]`");
            }
            (_, Value::List(_)) => {
                text.add("\nhelp: write an entry for each");
            }
            _ => {}
        }
    }

    /// A value in the place of an object, which stands for one of its keys.
    const fn short(
        self,
        node: &Node,
        fields: &[Field],
        short: &str,
        found: &Value,
        part: Part<'_>,
        text: &mut Text,
    ) {
        let mut i = 0;
        while i < fields.len() {
            if same_text(fields[i].name, short) {
                if may_be(fields[i].shape, found) {
                    self.node(node, fields[i].shape, part, text);
                } else {
                    self.another(node, fields[i].shape, found, " or an object", part, text);
                    keys(fields, text);
                }
            } else if fields[i].required {
                self.missing(node, &fields[i], part, text);
            }
            i += 1;
        }
    }

    const fn form(self, form: Form, value: &str, forms: Forms, node: &Node, text: &mut Text) {
        if forms.0 & form.bit() != 0 {
            return;
        }
        let mut why = "";
        let mut i = 0;
        while i < forms.1.len() {
            if forms.1[i].0.bit() == form.bit() {
                why = forms.1[i].1;
            }
            i += 1;
        }
        // The reason is one line; what to write is the next.
        let (reason, help) = lines(why);
        self.complain(text).add(": ");
        if reason.is_empty() {
            text.add("`").add(value).add("` is not ").add(form.name());
        } else {
            text.add(reason);
        }
        self.at(node, text);
        if help.is_empty() {
            text.add("\nhelp: write one such as \"").add(form.example()).add("\"");
        } else {
            text.add("\nhelp: ").add(help);
        }
    }

    const fn map(self, node: &Node, fields: &[Field], map: &[(Key, Node)], part: Part<'_>, text: &mut Text) {
        let mut told = false;
        let mut m = 0;
        while m < map.len() {
            let (key, value) = &map[m];
            match index_of(key.2, fields) {
                Some(f) => self.node(value, fields[f].shape, Part::Key(key.2), text),
                None => {
                    self.complain_of(part, text).add(" has an unknown key `").add(key.2).add("`");
                    place(self.file, key.0, key.1, text);
                    match near(key.2, Names::Fields(fields)) {
                        Some(name) => {
                            text.add("\nhelp: did you mean `").add(name).add("`?");
                        }
                        None => {
                            told = true;
                            keys(fields, text);
                        }
                    }
                }
            }
            m += 1;
        }
        // Who has been told all keys need not be told which are missing.
        let mut f = 0;
        while f < fields.len() && !told {
            if fields[f].required && !has(map, fields[f].name) && !misspelt(map, fields, fields[f].name) {
                self.missing(node, &fields[f], part, text);
            }
            f += 1;
        }
    }

    const fn missing(self, node: &Node, field: &Field, part: Part<'_>, text: &mut Text) {
        self.complain_of(part, text).add(" has no `").add(field.name).add("`");
        self.at(node, text);
        text.add("\nhelp: add \"").add(field.name).add("\", ").add(field.shape.expected());
    }

    const fn variant(self, node: &Node, name: &str, variants: &[Variant], part: Part<'_>, text: &mut Text) {
        let (named, value, at) = match &node.2 {
            Value::Text(named, _) => (*named, None, (node.0, node.1)),
            Value::Map([(key, value)]) => (key.2, Some(value), (key.0, key.1)),
            found => {
                self.complain_of(part, text).add(" must be a variant of `").add(name).add("`, not ");
                text.add(match found {
                    Value::Map([]) => "an empty object",
                    Value::Map(_) => "an object of several keys",
                    other => other.kind(),
                });
                self.at(node, text);
                all(Names::Variants(variants), text);
                return;
            }
        };
        let mut v = 0;
        while v < variants.len() {
            if same_text(variants[v].name, named) {
                match (variants[v].shape, value) {
                    (Some(shape), Some(value)) => self.node(value, shape, Part::Key(named), text),
                    (None, None) => {}
                    (Some(shape), None) => {
                        if !shape.is_optional() {
                            self.complain(text)
                                .add(": variant `")
                                .add(named)
                                .add("` needs a value, ")
                                .add(shape.expected());
                            self.at(node, text);
                            text.add("\nhelp: write { \"").add(named).add("\": .. }");
                        }
                    }
                    (None, Some(_)) => {
                        self.complain(text).add(": variant `").add(named).add("` has no value");
                        self.at(node, text);
                        text.add("\nhelp: write \"").add(named).add("\"");
                    }
                }
                return;
            }
            v += 1;
        }
        self.complain(text).add(": `").add(named).add("` is no variant of `").add(name).add("`");
        place(self.file, at.0, at.1, text);
        match near(named, Names::Variants(variants)) {
            Some(name) => {
                text.add("\nhelp: did you mean `").add(name).add("`?");
            }
            None => all(Names::Variants(variants), text),
        }
    }
}

/// Whether a value is of a kind that a shape has.
const fn may_be(shape: &Shape, value: &Value) -> bool {
    match (shape, value) {
        (Shape::Optional(_), Value::Null)
        | (Shape::Bool, Value::Bool(_))
        | (Shape::Integer { .. } | Shape::Float, Value::Integer(_) | Value::Float(_))
        | (Shape::Text | Shape::Form(_), Value::Text(..))
        | (Shape::List(_), Value::List(_))
        | (Shape::Struct { .. }, Value::Map(_))
        | (Shape::Enum { .. }, Value::Text(..) | Value::Map(_)) => true,
        (Shape::Optional(inner), _) => may_be(inner, value),
        _ => false,
    }
}

/// Names that a capability file may write in one place.
#[derive(Clone, Copy)]
enum Names<'a> {
    Fields(&'a [Field]),
    Variants(&'a [Variant]),
}

impl Names<'_> {
    const fn get(self, index: usize) -> Option<&'static str> {
        match self {
            Self::Fields(fields) if index < fields.len() => Some(fields[index].name),
            Self::Variants(variants) if index < variants.len() => Some(variants[index].name),
            Self::Fields(_) | Self::Variants(_) => None,
        }
    }
}

const fn keys(fields: &[Field], text: &mut Text) {
    all(Names::Fields(fields), text);
}

const fn all(names: Names<'_>, text: &mut Text) {
    let what = match names {
        Names::Fields(_) => "key",
        Names::Variants(_) => "variant",
    };
    if let Some(name) = names.get(0)
        && names.get(1).is_none()
    {
        text.add("\nhelp: its only ").add(what).add(" is `").add(name).add("`");
        return;
    }
    text.add("\nhelp: its ").add(what).add("s are ");
    let mut i = 0;
    while let Some(name) = names.get(i) {
        text.add(if i > 0 { ", `" } else { "`" }).add(name).add("`");
        if let Names::Fields(fields) = names
            && fields[i].required
        {
            text.add(" (required)");
        }
        i += 1;
    }
}

const fn near(wrong: &str, names: Names<'_>) -> Option<&'static str> {
    let (mut best, mut found, mut i) = (usize::MAX, None, 0);
    while let Some(name) = names.get(i) {
        let apart = distance(wrong, Id { namespace: "", rest: name });
        // Keys are short: with half of the letters wrong it is another word.
        if apart < best && is_near(apart, wrong) && apart * 2 <= wrong.len() {
            best = apart;
            found = Some(name);
        }
        i += 1;
    }
    found
}

const fn index_of(name: &str, fields: &[Field]) -> Option<usize> {
    let mut f = 0;
    while f < fields.len() {
        if same_text(fields[f].name, name) {
            return Some(f);
        }
        f += 1;
    }
    None
}

/// Whether some unknown key was meant to be this one: it is not missing as well.
const fn misspelt(map: &[(Key, Node)], fields: &[Field], name: &str) -> bool {
    let mut m = 0;
    while m < map.len() {
        if let Some(meant) = near(map[m].0.2, Names::Fields(fields))
            && same_text(meant, name)
            && index_of(map[m].0.2, fields).is_none()
        {
            return true;
        }
        m += 1;
    }
    false
}

const fn has(map: &[(Key, Node)], name: &str) -> bool {
    let mut m = 0;
    while m < map.len() {
        if same_text(map[m].0.2, name) {
            return true;
        }
        m += 1;
    }
    false
}

/// The first line of a text, and the rest.
const fn lines(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == b'\n' {
            return (text.split_at(i).0, text.split_at(i + 1).1);
        }
        i += 1;
    }
    (text, "")
}
