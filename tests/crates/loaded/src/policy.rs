//! What the files of a program say, as the constant that `authority!` writes.

use portcullis::__private::{
    Allow, Application, Capability, Counts, Defined, Form, Forms, Grant, GrantKind, Key, Narrowing, Node,
    Pattern, Policy, Value, Way,
};
use portcullis_policy::{
    files::{self, Number, Spanned},
    forms::Judge,
    resolve::{self, Kind, Resolved, hash_of},
};

use crate::{
    Program,
    slots::{leak, text, texts},
};

pub(crate) fn policy(program: &Program, resolved: &Resolved) -> &'static Policy {
    let judge = Judge::new(&[]);
    let defined = resolved.defined.iter().map(|(id, file)| Defined {
        hash: hash_of(&id.value),
        id: text(&id.value),
        at: text(&id.place.to_string()),
        file: short(*file),
    });
    let classes = resolved.classes.iter().filter(|class| !class.matched.is_empty());
    leak(Policy {
        windows: texts(&program.declared.windows),
        webviews: texts(&program.declared.webviews),
        clients: texts(&program.declared.clients),
        foreign: texts(&resolved.foreign),
        manifests: program.manifests.as_ref().map(|file| text(&file.name)),
        defined: defined.collect::<Vec<_>>().leak(),
        files: texts(program.capability_files.iter().map(|file| &file.name)),
        bases: &[],
        capabilities: resolved.capabilities.iter().map(capability).collect::<Vec<_>>().leak(),
        grants: resolved.grants.iter().map(|one| grant(one, judge)).collect::<Vec<_>>().leak(),
        classes: classes
            .map(|class| &*class.matched.iter().map(|index| short(*index)).collect::<Vec<_>>().leak())
            .collect::<Vec<_>>()
            .leak(),
    })
}

fn capability(capability: &files::Capability) -> Capability {
    let values = |list: &[Spanned<String>]| texts(list.iter().map(|one| &one.value));
    let remote = capability.remote.iter().filter_map(|pattern| Pattern::parse(text(&pattern.value)).ok());
    Capability {
        identifier: text(&capability.identifier.value),
        at: text(&capability.place.to_string()),
        windows: values(&capability.windows),
        webviews: values(&capability.webviews),
        clients: values(&capability.clients),
        local: capability.local,
        remote: remote.collect::<Vec<_>>().leak(),
        any_frame: capability.any_frame,
        platforms: capability.platforms.bits(),
    }
}

fn grant(grant: &resolve::Grant, judge: Judge<'_>) -> Grant {
    let kind = match grant.kind {
        Kind::Grants => GrantKind::Grants,
        Kind::Optional => GrantKind::Optional,
        Kind::Denies => GrantKind::Denies,
        Kind::Narrows => GrantKind::Narrows,
    };
    let tauri = grant.tauri.as_ref().map(|known| {
        let counts = match known.counts {
            resolve::Counts::Yes => Counts::Yes,
            resolve::Counts::Unread(key) => Counts::Unread(key),
            resolve::Counts::Undefined => Counts::Undefined,
        };
        leak(Application { own: texts(&known.own), counts })
    });
    let way = grant
        .way
        .as_ref()
        .map(|way| leak(Way { by: text(&way.by), at: text(&way.at), command: text(&way.command) }));
    Grant {
        hash: grant.hash,
        id: text(&grant.id),
        at: text(&grant.at),
        file: short(grant.file),
        capability: short(grant.capability),
        kind,
        entries: grant.entries.as_ref().map(|entries| narrowing(entries, judge)),
        tauri,
        way,
    }
}

fn narrowing(narrowing: &files::Narrowing, judge: Judge<'_>) -> &'static Narrowing {
    let nodes = |entries: &[Spanned<files::Value>]| -> &'static [Node] {
        entries.iter().map(|entry| node(entry, judge)).collect::<Vec<_>>().leak()
    };
    let allow = match &narrowing.allow {
        files::Allow::Nothing => Allow::Nothing,
        files::Allow::All => Allow::All,
        files::Allow::Only(entries) => Allow::Only(nodes(entries)),
    };
    leak(Narrowing { allow, deny: nodes(&narrowing.deny) })
}

fn node(spanned: &Spanned<files::Value>, judge: Judge<'_>) -> Node {
    let (line, column) = place(spanned);
    Node(line, column, value(&spanned.value, judge))
}

fn value(value: &files::Value, judge: Judge<'_>) -> Value {
    match value {
        files::Value::Null => Value::Null,
        files::Value::Bool(value) => Value::Bool(*value),
        files::Value::Number(written) => match Number::of(written) {
            Number::Whole(whole) => Value::Integer(whole),
            Number::Other(float) => Value::Float(float),
        },
        files::Value::String(string) => {
            let verdict = judge.judge(string);
            let faults: Vec<(Form, &'static str)> =
                verdict.faults.iter().map(|(form, why)| (*form, text(why))).collect();
            Value::Text(text(string), Forms(verdict.fits, faults.leak()))
        }
        files::Value::List(list) => {
            Value::List(list.iter().map(|one| node(one, judge)).collect::<Vec<_>>().leak())
        }
        files::Value::Map(map) => {
            let field = |(key, value): &(Spanned<String>, Spanned<files::Value>)| {
                let (line, column) = place(key);
                (Key(line, column, text(&key.value)), node(value, judge))
            };
            Value::Map(map.iter().map(field).collect::<Vec<_>>().leak())
        }
    }
}

fn place<T>(spanned: &Spanned<T>) -> (u32, u32) {
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    (number(spanned.place.line), number(spanned.place.column))
}

fn short(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
