//! Entries against the scopes that they are for, in const evaluation: whether a grant may have entries, whether it must,
//! and whether each of them is what its scope takes. What an entry matches is not known here.

use super::{
    checks::meet,
    suggest::{distance, is_near},
    tables::{Known, Rule, View},
    text::Text,
};
use crate::{
    model::{Grant, GrantKind, Id, Policy},
    scope::{
        shape::{Field, Shape, Variant},
        value::{Allow, Forms, Key, Narrowing, Node, Value},
    },
};
use portcullis_policy::form::Form;

/// All that is wrong with the entries of a grant that names `known`, or a set with it.
pub(super) const fn of(view: &View, policy: &Policy, index: usize, text: &mut Text) {
    let grant = &policy.grants[index];
    if let Some(known) = view.find(grant.hash) {
        if let Some(known) = view.known(known) {
            let scoped = of_member(view, policy, index, known, text);
            if !scoped {
                superfluous(policy, grant, "has no scope", text);
            }
        }
        return;
    }
    let (mut scoped, mut p) = (false, 0);
    while let Some(known) = view.known(p) {
        if names(view.rules(known), index) {
            scoped |= of_member(view, policy, index, known, text);
        }
        p += 1;
    }
    if !scoped {
        superfluous(policy, grant, "is a set of permissions none of which has a scope", text);
    }
}

const fn names(rules: &[Rule], grant: usize) -> bool {
    let mut r = 0;
    while r < rules.len() {
        if rules[r].grant as usize == grant {
            return true;
        }
        r += 1;
    }
    false
}

/// Says whether the permission has a scope.
const fn of_member(view: &View, policy: &Policy, index: usize, known: &Known, text: &mut Text) -> bool {
    let grant = &policy.grants[index];
    let Some(scope) = known.info.scope else { return false };
    let Some(narrowing) = grant.entries else {
        if grant.kind.grants() {
            without_allow(policy, grant, known.id(), text);
        }
        return true;
    };
    let capability = policy.capabilities[grant.capability as usize].identifier;
    let judge = Judge { file: policy.files[grant.file as usize], capability, id: known.id() };
    judge.narrowing(narrowing, scope.shape, text);
    if matches!(grant.kind, GrantKind::Narrows) && !narrows(policy, view.rules(known), grant) {
        start(policy, grant, known.id(), text).add("has `deny` entries alone, which narrow what others grant, and nobody that it matches is granted that");
        text.add("\n  --> ").add(grant.at);
        text.add("\nhelp: grant it with `allow` beside `deny`, or remove it");
    }
    true
}

const fn without_allow(policy: &Policy, grant: &Grant, id: Id, text: &mut Text) {
    start(policy, grant, id, text).add("has no `allow`, and its scope admits nothing without");
    text.add("\n  --> ").add(grant.at);
    text.add("\nhelp: write { \"identifier\": \"").add(grant.id);
    text.add("\", \"allow\": [..] } with the entries that it is for, or \"allow\": \"all\"");
}

const fn superfluous(policy: &Policy, grant: &Grant, why: &str, text: &mut Text) {
    let Some(narrowing) = grant.entries else { return };
    let at = match narrowing.allow {
        Allow::Only([first, ..]) => Some(first),
        _ => narrowing.deny.first(),
    };
    text.complain().add("capability `").add(policy.capabilities[grant.capability as usize].identifier);
    text.add("` gives `").add(grant.id).add("` entries, and it ").add(why);
    match at {
        Some(node) => place(policy.files[grant.file as usize], node.0, node.1, text),
        None => {
            text.add("\n  --> ").add(grant.at);
        }
    }
    text.add("\nhelp: write \"").add(grant.id).add("\" alone, or give the permission a scope: ");
    text.add("#[permission(id = \"..\", scope = ..)]");
}

/// Whether somebody that the capability matches is granted the permission.
const fn narrows(policy: &Policy, rules: &[Rule], grant: &Grant) -> bool {
    let mine = policy.capabilities[grant.capability as usize].platforms;
    let mut r = 0;
    while r < rules.len() {
        let other = rules[r].capability;
        if rules[r].kind.grants()
            && policy.capabilities[other as usize].platforms & mine != 0
            && meet(policy, grant.capability, other)
        {
            return true;
        }
        r += 1;
    }
    false
}

/// `the grant of `notes:read` in capability `main` ..`
const fn start<'a>(policy: &Policy, grant: &Grant, id: Id, text: &'a mut Text) -> &'a mut Text {
    text.complain().add("the grant of `").id(id).add("` in capability `");
    text.add(policy.capabilities[grant.capability as usize].identifier).add("` ")
}

const fn place(file: &str, line: u32, column: u32, text: &mut Text) {
    text.add("\n  --> ").add(file).add(":").number(line).add(":").number(column);
}

/// Holds entries against the shape that they must have. Also at run time, for the entries that a test writes.
#[derive(Clone, Copy)]
pub(crate) struct Judge<'a> {
    pub(crate) file: &'a str,
    pub(crate) capability: &'a str,
    pub(crate) id: Id,
}

impl Judge<'_> {
    pub(crate) const fn narrowing(self, narrowing: &Narrowing, shape: &Shape, text: &mut Text) {
        if let Allow::Only(nodes) = narrowing.allow {
            self.each(nodes, shape, text);
        }
        self.each(narrowing.deny, shape, text);
    }

    const fn each(self, nodes: &[Node], shape: &Shape, text: &mut Text) {
        let mut i = 0;
        while i < nodes.len() {
            self.node(&nodes[i], shape, "", text);
            i += 1;
        }
    }

    /// Begins a complaint about an entry.
    const fn complain<'a>(self, key: &str, text: &'a mut Text) -> &'a mut Text {
        text.complain().add("an entry of `").id(self.id).add("` in capability `");
        text.add(self.capability).add("` is not what its scope takes: ");
        if !key.is_empty() {
            text.add("`").add(key).add("`: ");
        }
        text
    }

    const fn at(self, node: &Node, text: &mut Text) {
        place(self.file, node.0, node.1, text);
    }

    const fn node(self, node: &Node, shape: &Shape, key: &str, text: &mut Text) {
        match (shape, &node.2) {
            (Shape::Optional(_), Value::Null)
            | (Shape::Bool, Value::Bool(_))
            | (Shape::Float, Value::Float(_) | Value::Integer(_))
            | (Shape::Text, Value::Text(..)) => {}
            (Shape::Optional(inner), _) => self.node(node, inner, key, text),
            (Shape::Integer { min, max }, Value::Integer(value)) => {
                if *value < *min || *value > *max {
                    self.complain(key, text).add("the number is out of bounds: ");
                    text.signed(*min).add(" to ").signed(*max);
                    self.at(node, text);
                }
            }
            (Shape::Form(form), Value::Text(value, forms)) => self.form(*form, value, *forms, node, key, text),
            (Shape::List(of), Value::List(nodes)) => {
                let mut i = 0;
                while i < nodes.len() {
                    self.node(&nodes[i], of, key, text);
                    i += 1;
                }
            }
            (Shape::Struct { name, fields, .. }, Value::Map(map)) => {
                self.map(node, name, fields, map, text);
            }
            (Shape::Struct { name, fields, short: Some(short) }, _) => {
                let mut i = 0;
                while i < fields.len() {
                    if same(fields[i].name, short) {
                        self.node(node, fields[i].shape, short, text);
                    } else if fields[i].required {
                        self.missing(node, name, &fields[i], text);
                    }
                    i += 1;
                }
            }
            (Shape::Enum { name, variants }, _) => self.variant(node, name, variants, key, text),
            (_, found) => {
                self.complain(key, text).add("expected ").add(shape.expected()).add(", found ").add(found.kind());
                self.at(node, text);
                if let Shape::Struct { fields, .. } = shape {
                    keys(fields, text);
                }
            }
        }
    }

    const fn form(self, form: Form, value: &str, forms: Forms, node: &Node, key: &str, text: &mut Text) {
        if forms.0 & form.bit() != 0 {
            return;
        }
        self.complain(key, text).add("`").add(value).add("` is not ").add(form.name());
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
        if !reason.is_empty() {
            text.add(": ").add(reason);
        }
        self.at(node, text);
        if help.is_empty() {
            text.add("\nhelp: such as \"").add(form.example()).add("\"");
        } else {
            text.add("\nhelp: ").add(help);
        }
    }

    const fn map(self, node: &Node, name: &str, fields: &[Field], map: &[(Key, Node)], text: &mut Text) {
        let mut m = 0;
        while m < map.len() {
            let (key, value) = &map[m];
            let mut known = false;
            let mut f = 0;
            while f < fields.len() {
                if same(fields[f].name, key.2) {
                    known = true;
                    self.node(value, fields[f].shape, key.2, text);
                }
                f += 1;
            }
            if !known {
                self.complain("", text).add("unknown key `").add(key.2).add("` in `").add(name).add("`");
                place(self.file, key.0, key.1, text);
                nearest(key.2, fields, text);
            }
            m += 1;
        }
        let mut f = 0;
        while f < fields.len() {
            if fields[f].required && !has(map, fields[f].name) && !misspelt(map, fields, fields[f].name) {
                self.missing(node, name, &fields[f], text);
            }
            f += 1;
        }
    }

    const fn missing(self, node: &Node, name: &str, field: &Field, text: &mut Text) {
        self.complain("", text).add("`").add(name).add("` needs the key `").add(field.name).add("`, ");
        text.add(field.shape.expected());
        self.at(node, text);
    }

    const fn variant(self, node: &Node, name: &str, variants: &[Variant], key: &str, text: &mut Text) {
        let (named, value, at) = match &node.2 {
            Value::Text(named, _) => (*named, None, (node.0, node.1)),
            Value::Map([(key, value)]) => (key.2, Some(value), (key.0, key.1)),
            found => {
                self.complain(key, text).add("expected a variant of `").add(name).add("`, found ").add(found.kind());
                self.at(node, text);
                all_variants(variants, text);
                return;
            }
        };
        let mut v = 0;
        while v < variants.len() {
            if same(variants[v].name, named) {
                match (variants[v].shape, value) {
                    (Some(shape), Some(value)) => self.node(value, shape, named, text),
                    (None, None) => {}
                    (Some(shape), None) => {
                        if !shape.is_optional() {
                            self.complain(key, text).add("variant `").add(named).add("` needs a value, ").add(shape.expected());
                            self.at(node, text);
                            text.add("\nhelp: write { \"").add(named).add("\": .. }");
                        }
                    }
                    (None, Some(_)) => {
                        self.complain(key, text).add("variant `").add(named).add("` has no value");
                        self.at(node, text);
                        text.add("\nhelp: write \"").add(named).add("\"");
                    }
                }
                return;
            }
            v += 1;
        }
        self.complain(key, text).add("`").add(name).add("` has no variant `").add(named).add("`");
        place(self.file, at.0, at.1, text);
        all_variants(variants, text);
    }
}

const fn all_variants(variants: &[Variant], text: &mut Text) {
    text.add("\nhelp: its variants are ");
    let mut v = 0;
    while v < variants.len() {
        text.add(if v > 0 { ", `" } else { "`" }).add(variants[v].name).add("`");
        v += 1;
    }
}

const fn keys(fields: &[Field], text: &mut Text) {
    text.add("\nhelp: its keys are ");
    let mut f = 0;
    while f < fields.len() {
        text.add(if f > 0 { ", `" } else { "`" }).add(fields[f].name).add("`");
        f += 1;
    }
}

const fn nearest(wrong: &str, fields: &[Field], text: &mut Text) {
    match near(wrong, fields) {
        Some(name) => {
            text.add("\nhelp: did you mean `").add(name).add("`?");
        }
        None => keys(fields, text),
    }
}

const fn near(wrong: &str, fields: &[Field]) -> Option<&'static str> {
    let (mut best, mut found, mut f) = (usize::MAX, None, 0);
    while f < fields.len() {
        let apart = distance(wrong, Id { namespace: "", rest: fields[f].name });
        if apart < best && is_near(apart, wrong) {
            best = apart;
            found = Some(fields[f].name);
        }
        f += 1;
    }
    found
}

/// Whether some unknown key was meant to be this one: it is not missing as well.
const fn misspelt(map: &[(Key, Node)], fields: &[Field], name: &str) -> bool {
    let mut m = 0;
    while m < map.len() {
        if let Some(meant) = near(map[m].0.2, fields)
            && same(meant, name)
            && !same(map[m].0.2, name)
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
        if same(map[m].0.2, name) {
            return true;
        }
        m += 1;
    }
    false
}

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
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
