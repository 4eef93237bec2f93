//! Entries against the scopes that they are for, in const evaluation: whether a grant may have entries, and whether it
//! must. What an entry must look like is `judge`'s to say; what it matches is not known here.

mod judge;

pub(crate) use self::judge::Judge;
use super::{
    checks::{is_of, somebody_is_granted, verb},
    tables::View,
    text::Text,
};
use crate::{
    model::{Grant, GrantKind, Id, Policy},
    scope::value::{Allow, Narrowing},
};

/// All that is wrong with the entries of a grant of a permission or a set that listed commands need.
pub(super) const fn of(view: &View, policy: &Policy, index: usize, known: Option<usize>, text: &mut Text) {
    match known {
        Some(known) => of_permission(view, policy, index, known, text),
        None => of_set(view, policy, index, text),
    }
}

const fn of_permission(view: &View, policy: &Policy, index: usize, known: usize, text: &mut Text) {
    let grant = &policy.grants[index];
    let Some(known) = view.known(known) else { return };
    let Some(scope) = known.info.scope else {
        if let Some(narrowing) = grant.entries {
            superfluous(policy, grant, narrowing, "the permission has no scope", text);
            text.add("\nhelp: write \"").add(grant.id).add(if known.info.own {
                "\" alone, or guard the command with a permission type that has a scope"
            } else {
                "\" alone, or give the permission a scope: #[permission(id = \"..\", scope = ..)]"
            });
        }
        return;
    };
    let Some(narrowing) = grant.entries else {
        if grant.kind.grants() {
            does(policy, grant, text).add(" without `allow`, and its scope admits nothing then");
            text.arrow_to(grant);
            how_to_allow(grant, text);
            text.add(" for everything");
        }
        return;
    };
    judge(policy, grant).narrowing(narrowing, scope.shape, text);
    if matches!(grant.kind, GrantKind::Narrows) && !somebody_is_granted(policy, view.rules(known), grant) {
        narrows_nothing(policy, grant, text);
    }
}

/// The entries of a set are for each of its permissions that has a scope, and each must take them.
const fn of_set(view: &View, policy: &Policy, index: usize, text: &mut Text) {
    let grant = &policy.grants[index];
    let (mut scoped, mut narrowed, mut p) = (0, false, 0);
    while let Some(known) = view.known(p) {
        if is_of(view.rules(known), index)
            && let Some(scope) = known.info.scope
        {
            scoped += 1;
            if let Some(narrowing) = grant.entries {
                narrowed |= somebody_is_granted(policy, view.rules(known), grant);
                let mut wrong = Text::new();
                judge(policy, grant).narrowing(narrowing, scope.shape, &mut wrong);
                // Permissions with scopes of one type say the same, which is told once.
                if wrong.complaints > 0 && !contains(text.as_str(), wrong.as_str()) {
                    text.complain().add(wrong.as_str());
                    text.complaints += wrong.complaints - 1;
                    text.add("\nnote: so says the scope of `").id(known.id()).add("`, which is in that set");
                }
            } else if grant.kind.grants() {
                if scoped == 1 {
                    does(policy, grant, text).add(" without `allow`, and these of its permissions have scopes, which admit nothing then: `");
                } else {
                    text.add("`, `");
                }
                text.id(known.id());
            }
        }
        p += 1;
    }
    if scoped == 0 {
        if let Some(narrowing) = grant.entries {
            superfluous(policy, grant, narrowing, "none of its permissions has a scope", text);
            text.add("\nhelp: write \"").add(grant.id).add("\" alone");
        }
    } else if grant.entries.is_none() && grant.kind.grants() {
        text.add("`").arrow_to(grant);
        how_to_allow(grant, text);
        text.add(" for everything; or grant its permissions one by one");
    } else if matches!(grant.kind, GrantKind::Narrows) && !narrowed {
        narrows_nothing(policy, grant, text);
    }
}

const fn judge(policy: &Policy, grant: &Grant) -> Judge<'static> {
    let capability = policy.capabilities[grant.capability as usize].identifier;
    Judge { file: policy.files[grant.file as usize], capability, id: Id { namespace: "", rest: grant.id } }
}

/// ``capability `main` grants `notes:read` ``
const fn does<'a>(policy: &Policy, grant: &Grant, text: &'a mut Text) -> &'a mut Text {
    text.complain().add("capability `").add(policy.capabilities[grant.capability as usize].identifier);
    text.add(verb(grant.kind)).granted(grant)
}

const fn how_to_allow(grant: &Grant, text: &mut Text) {
    if grant.way.is_some() {
        text.add("\nhelp: take it out of the permission file, and grant it in the capability: { \"identifier\": \"").add(grant.id);
        text.add("\", \"allow\": [..] } with the entries that it is for, or \"allow\": \"all\"");
        return;
    }
    text.add("\nhelp: write { \"identifier\": \"").add(grant.id);
    text.add("\", \"allow\": [..] } with the entries that it is for, or \"allow\": \"all\"");
}

const fn narrows_nothing(policy: &Policy, grant: &Grant, text: &mut Text) {
    does(policy, grant, text).add(" with `deny`, which nobody that it matches is granted");
    text.arrow_to(grant);
    text.add("\nhelp: add `allow` to grant it, or remove it");
}

const fn superfluous(policy: &Policy, grant: &Grant, narrowing: &Narrowing, why: &str, text: &mut Text) {
    let (key, at) = match narrowing.allow {
        Allow::Only([first, ..]) => ("`allow` of `", Some(first)),
        Allow::Only([]) | Allow::All => ("`allow` of `", None),
        Allow::Nothing => ("`deny` of `", narrowing.deny.first()),
    };
    text.complain().add(key).add(grant.id).add("` in capability `");
    text.add(policy.capabilities[grant.capability as usize].identifier);
    text.add("` says nothing: ").add(why);
    match at {
        Some(node) => place(policy.files[grant.file as usize], node.0, node.1, text),
        None => {
            text.add("\n  --> ").add(grant.at);
        }
    }
}

const fn place(file: &str, line: u32, column: u32, text: &mut Text) {
    text.add("\n  --> ").add(file).add(":").number(line).add(":").number(column);
}

/// Whether a text contains another.
const fn contains(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let mut start = 0;
    while start + part.len() <= text.len() {
        let mut i = 0;
        while i < part.len() && text[start + i] == part[i] {
            i += 1;
        }
        if i == part.len() {
            return true;
        }
        start += 1;
    }
    false
}
