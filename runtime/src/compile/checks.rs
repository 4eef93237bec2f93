//! The assertions of `authority!`: what is listed against what the files grant, both ways. Each function looks at one
//! path of the list, or at one capability file, and says all that is wrong with it.

use portcullis_policy::platform::Platform;

use super::{
    entries,
    sets::{Set, Sets},
    suggest::{distance, is_near},
    tables::{Entry, Known, Rule, View, is_foreign, is_incomplete, needed},
    text::Text,
};
use crate::model::{At, Command, Grant, GrantKind, Guard, Id, Listed, PermissionInfo, Policy, Root, Source};

/// All that is wrong with the commands of one path of the list.
#[track_caller]
pub const fn path(view: &View, root: &Root, policy: &Policy, listed: u32) {
    let mut text = Text::new();
    let mut place = view.start(listed);
    while let Some(index) = view.of_path(place, listed) {
        if let Some(entry) = view.entry(index) {
            same_name(view, index, entry, &mut text);
            if !foreign(entry, policy, &mut text) {
                reachable(view, root, policy, entry, &mut text);
            }
        }
        place += 1;
    }
    same_set(view, root, listed, &mut text);
    text.stop_if_any();
}

/// All that is wrong with the grants of one capability file.
#[track_caller]
pub const fn file(view: &View, root: &Root, policy: &Policy, file: u16) {
    let mut text = Text::new();
    // More than this many would not fit into one message.
    let (mut wrong, mut count) = ([0; 128], 0);
    let mut g = 0;
    while g < policy.grants.len() {
        let before = text.complaints;
        if policy.grants[g].file == file {
            grant(view, root, policy, g, &mut text);
        }
        if text.complaints > before {
            if count < wrong.len() {
                wrong[count] = g;
            }
            count += 1;
        }
        g += 1;
    }
    if count > 1 && count <= wrong.len() {
        // Told again as people read: grants are sorted by their hash.
        text = Text::new();
        let mut next = 0;
        while next < count {
            bring_topmost(&mut wrong, next, count, policy);
            grant(view, root, policy, wrong[next], &mut text);
            next += 1;
        }
    }
    text.stop_if_any();
}

const fn grant(view: &View, root: &Root, policy: &Policy, index: usize, text: &mut Text) {
    if names_something(view, root, policy, index, text) {
        entries::of(view, policy, index, text);
    }
}

/// Swaps the grant that stands topmost in its file, of those from `next` on, to that place.
const fn bring_topmost(grants: &mut [usize], next: usize, end: usize, policy: &Policy) {
    let mut i = next + 1;
    while i < end {
        let (a, b) =
            (line_and_column(policy.grants[grants[i]].at), line_and_column(policy.grants[grants[next]].at));
        if a.0 < b.0 || (a.0 == b.0 && a.1 < b.1) {
            grants.swap(i, next);
        }
        i += 1;
    }
}

/// What `file:line:column` ends with.
const fn line_and_column(at: &str) -> (u32, u32) {
    let bytes = at.as_bytes();
    let (mut line, mut column, mut i) = (0_u32, 0_u32, 0);
    while i < bytes.len() {
        match bytes[i] {
            b':' => {
                line = column;
                column = 0;
            }
            digit @ b'0'..=b'9' => column = column.wrapping_mul(10).wrapping_add((digit - b'0') as u32),
            _ => {}
        }
        i += 1;
    }
    (line, column)
}

/// Proof of a permission, or what its scope has checked, may be asked for only where that permission guards the command.
#[track_caller]
pub const fn proof(listed: Listed, argument: usize) {
    let Listed::Command(command) = listed else { return };
    let argument = &command.arguments[argument];
    let Some(permission) = argument.permission() else { return };
    let infos = needed(command);
    let mut text = Text::new();
    text.complain().add("argument `").add(argument.name);
    text.add(match argument.source {
        Source::Checked(_) => "` is checked by the scope of permission `",
        _ => "` is proof of permission `",
    });
    text.add(permission.id).add("`, which does not guard command `").add(command.name).add("`");
    let mut k = 0;
    while k < infos.len() {
        if same_permission(infos[k], permission) {
            return;
        }
        text.add(if k == 0 { ": it is guarded by `" } else { ", `" }).add(infos[k].id).add("`");
        k += 1;
    }
    if let Guard::Public(_) = command.guard {
        text.add(": it is public");
    }
    text.arrow(permission.at);
    text.add("\nhelp: guard the command with that permission, or leave the argument out");
    text.stop_if_any();
}

/// A scope that a command does not take would be ignored. `name` is the permission as the command has it.
#[track_caller]
pub const fn taken(listed: Listed, permission: usize, name: &str) {
    let Listed::Command(command) = listed else { return };
    let permission = needed(command)[permission];
    if is_taken(command, permission) {
        return;
    }
    let mut text = Text::new();
    text.complain()
        .add("command `")
        .add(command.name)
        .add("` takes nothing that the scope of `")
        .add(permission.id);
    text.add("` has checked: the scope would be ignored");
    text.arrow(permission.at);
    text.add("\nhelp: take what the scope is about as `Checked<").add(name);
    text.add(">`, or `Granted<'_, ").add(name).add(">` to decide by hand");
    text.stop_if_any();
}

/// What a scope is about should come through the scope: a path or an address that does not is pointed out. `name` is
/// the argument as the command has it, `guards` are the permissions as it has them.
#[track_caller]
pub const fn raw(listed: Listed, name: &str, what: &str, guards: &[&str]) {
    let Listed::Command(command) = listed else { return };
    let infos = needed(command);
    let (mut scoped, mut k) = (None, 0);
    while k < infos.len() {
        // Where a scope is taken by nothing at all, that is told, and this may well be what should take it.
        if !is_taken(command, infos[k]) {
            return;
        }
        if scoped.is_none() && infos[k].scope.is_some() {
            scoped = Some(k);
        }
        k += 1;
    }
    let Some(k) = scoped else { return };
    let mut text = Text::new();
    text.complain()
        .add("argument `")
        .add(name)
        .add("` is ")
        .add(what)
        .add(" that the scope of `")
        .add(infos[k].id);
    text.add("` has not checked").arrow(infos[k].at);
    text.add("\nhelp: take it as `Checked<").add(guards[k]);
    text.add(">`; if it needs no check, say why: #[command(.., unchecked(").add(name).add(" = \"..\"))]");
    text.stop_if_any();
}

/// Whether an argument takes what the scope of a permission is for, if it has one.
const fn is_taken(command: &Command, permission: &PermissionInfo) -> bool {
    let mut i = 0;
    while i < command.arguments.len() {
        if let Some(by) = command.arguments[i].permission()
            && same_permission(by, permission)
        {
            return true;
        }
        i += 1;
    }
    permission.scope.is_none()
}

const fn same_permission(a: &PermissionInfo, b: &PermissionInfo) -> bool {
    a.hash == b.hash && same_place(a.at, b.at)
}

/// A name may be listed once; so may the id of a permission.
const fn same_name(view: &View, index: usize, entry: &Entry, text: &mut Text) {
    // Equals stand beside each other; the later of two speaks, so that each pair is told once.
    let (mut other, mut again, mut clash) = (index, false, None);
    while other > 0 && view.hashes[other - 1] == view.hashes[index] {
        other -= 1;
        if let Some(earlier) = view.entry(other) {
            again |= same_place(earlier.command.at, entry.command.at);
            clash = Some(earlier.command.at);
        }
    }
    if again {
        text.complain().add("command `").id(entry.name()).add("` is listed twice").arrow(entry.command.at);
    } else if let Some(at) = clash {
        text.complain().add("two commands are named `").id(entry.name()).add("`");
        text.arrow(at).arrow(entry.command.at);
        text.add("\nhelp: rename one of them: #[command(name = \"..\")], or list its group `as \"..\"`");
    }
    let guards = view.guards(entry);
    let infos = needed(entry.command);
    let mut k = 0;
    while k < guards.len() {
        if let Some(known) = view.known(guards[k] as usize) {
            let (a, b) = (known.info.at, infos[k].at);
            if !same_place(a, b) {
                text.complain().add("two permissions have the id `").id(known.id()).add("`");
                text.arrow(a).arrow(b);
                text.add("\nhelp: give one of them another id");
            }
        }
        k += 1;
    }
}

const fn same_place(a: At, b: At) -> bool {
    a.line == b.line && a.column == b.column && same_text(a.file, b.file)
}

const fn same_text(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// The id of a set may be neither that of a permission nor of another set.
const fn same_set(view: &View, root: &Root, listed: u32, text: &mut Text) {
    if listed != 0 {
        return; // sets belong to the whole list: its first path speaks for it
    }
    let (mut sets, mut at) = (Sets::of(root), 0);
    while let Some(set) = sets.next() {
        let id = set.id();
        if view.find(id.hash()).is_some() {
            text.complain().add("`").id(id).add("` is the id of a permission and of a set");
            text.arrow(set.at());
            text.add("\nhelp: give the set another id");
        }
        let (mut others, mut before) = (Sets::of(root), 0);
        while before < at {
            if let Some(other) = others.next()
                && other.id().hash() == id.hash()
            {
                text.complain().add("two permission sets have the id `").id(id).add("`");
                text.arrow(other.at());
                text.arrow(set.at());
            }
            before += 1;
        }
        at += 1;
    }
}

/// Whether a command is under a prefix that another system guards: then that is what is wrong with it.
const fn foreign(entry: &Entry, policy: &Policy, text: &mut Text) -> bool {
    if is_foreign(entry.name(), policy.foreign) {
        text.complain()
            .add("command `")
            .id(entry.name())
            .add("` is under a prefix that is declared `foreign`");
        text.arrow(entry.command.at);
        text.add("\nhelp: another system guards that prefix; list the group `as` another namespace");
        return true;
    }
    let infos = needed(entry.command);
    let (mut found, mut k) = (false, 0);
    while k < infos.len() {
        let id = entry.namespace.id(infos[k]);
        if is_foreign(id, policy.foreign) {
            text.complain().add("command `").id(entry.name()).add("` needs permission `").id(id);
            text.add("`, whose prefix is declared `foreign`: its grants would be passed over");
            text.arrow(entry.command.at);
            text.add("\nhelp: give the permission another id, or take the prefix off the list");
            found = true;
        }
        k += 1;
    }
    found
}

/// A command that nobody can reach is dead: somebody must hold all that it needs.
const fn reachable(view: &View, root: &Root, policy: &Policy, entry: &Entry, text: &mut Text) {
    if let Guard::Public(_) = entry.command.guard {
        if policy.windows.is_empty() {
            text.complain().add("command `").id(entry.name());
            text.add("` is public, which is open to the program's own windows, and it has none");
            text.arrow(entry.command.at);
            text.add(
                "\nhelp: declare `windows: [..]`, or guard it with a permission and grant that to a client",
            );
        }
        return;
    }
    let guards = view.guards(entry);
    let (mut missing, mut denied, mut k) = (0, false, 0);
    while k < guards.len() {
        if let Some(known) = view.known(guards[k] as usize) {
            let (granted, some_deny) = kinds(view.rules(known));
            denied |= some_deny;
            if !granted {
                missing += 1;
                // The file with a grant that only narrows is told of that.
                if narrowed_only(policy, view, known) {
                    k += 1;
                    continue;
                }
                text.complain().add("command `").id(entry.name()).add("` needs permission `").id(known.id());
                text.add("`, which no capability grants");
                text.arrow(entry.command.at);
                how_to_grant(known.id(), view, root, policy, text);
            }
        }
        k += 1;
    }
    // One permission that nobody denies is reachable where it is granted: every capability meets somebody.
    if missing > 0 || (guards.len() < 2 && !denied) || somebody_holds(view, policy, guards) {
        return;
    }
    text.complain().add("command `").id(entry.name()).add("` can be called by nobody: ");
    text.add(if guards.len() < 2 {
        "its permission is denied wherever it is granted"
    } else {
        "no window or client holds all of its permissions at once"
    });
    text.arrow(entry.command.at);
    let mut k = 0;
    while k < guards.len() {
        if let Some(known) = view.known(guards[k] as usize) {
            let rules = view.rules(known);
            let mut r = 0;
            while r < rules.len() {
                let grant = &policy.grants[rules[r].grant as usize];
                let denied = matches!(rules[r].kind, GrantKind::Denies);
                text.add(if denied { "\nnote: denied " } else { "\nnote: granted " });
                text.add("`").id(known.id()).add("` by capability `");
                text.add(policy.capabilities[grant.capability as usize].identifier)
                    .add("`\n  --> ")
                    .add(grant.at);
                r += 1;
            }
        }
        k += 1;
    }
}

/// Whether some grant of a permission that nobody is granted has `deny` entries alone, and is refused for it.
const fn narrowed_only(policy: &Policy, view: &View, known: &Known) -> bool {
    let rules = view.rules(known);
    let mut r = 0;
    while r < rules.len() {
        let by_itself = policy.grants[rules[r].grant as usize].hash == known.id().hash();
        if matches!(rules[r].kind, GrantKind::Narrows) && by_itself {
            return true;
        }
        r += 1;
    }
    false
}

/// Whether some rule grants, and whether some rule denies.
const fn kinds(rules: &[Rule]) -> (bool, bool) {
    let (mut granted, mut denied, mut r) = (false, false, 0);
    while r < rules.len() {
        match rules[r].kind {
            GrantKind::Grants | GrantKind::Optional => granted = true,
            GrantKind::Denies => denied = true,
            GrantKind::Narrows => {}
        }
        r += 1;
    }
    (granted, denied)
}

/// Whether all of these permissions hold for somebody, on some platform.
const fn somebody_holds(view: &View, policy: &Policy, guards: &[u32]) -> bool {
    let mut c = 0;
    while c < policy.classes.len() {
        let mut platform = 0;
        while platform < Platform::EVERY.len() {
            let (mut all, mut k) = (true, 0);
            while k < guards.len() {
                if let Some(known) = view.known(guards[k] as usize) {
                    all = all && holds(policy, view.rules(known), policy.classes[c], 1 << platform);
                }
                k += 1;
            }
            if all {
                return true;
            }
            platform += 1;
        }
        c += 1;
    }
    false
}

const fn holds(policy: &Policy, rules: &[Rule], class: &[u16], platform: u8) -> bool {
    let (mut granted, mut r) = (false, 0);
    while r < rules.len() {
        let active = policy.capabilities[rules[r].capability as usize].platforms & platform != 0;
        if active && contains(class, rules[r].capability) {
            match rules[r].kind {
                GrantKind::Grants | GrantKind::Optional => granted = true,
                GrantKind::Denies => return false,
                GrantKind::Narrows => {}
            }
        }
        r += 1;
    }
    granted
}

const fn contains(sorted: &[u16], wanted: u16) -> bool {
    let (mut low, mut high) = (0, sorted.len());
    while low < high {
        let middle = low + (high - low) / 2;
        if sorted[middle] == wanted {
            return true;
        }
        if sorted[middle] < wanted {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    false
}

/// The way out for a command without a grant: the misspelt one that was probably meant, else where to write it.
const fn how_to_grant(id: Id, view: &View, root: &Root, policy: &Policy, text: &mut Text) {
    let mut near: Option<usize> = None;
    let mut best = usize::MAX;
    let mut g = 0;
    while g < policy.grants.len() {
        let grant = &policy.grants[g];
        let apart = distance(grant.id, id);
        if grant.kind.grants()
            && apart < best
            && is_near(apart, grant.id)
            && !is_known(view, root, grant.hash)
        {
            near = Some(g);
            best = apart;
        }
        g += 1;
    }
    if let Some(g) = near {
        text.add("\nhelp: a similar id is granted: `")
            .add(policy.grants[g].id)
            .add("`\n  --> ")
            .add(policy.grants[g].at);
    } else if !policy.capabilities.is_empty() {
        text.add("\nhelp: add \"").id(id).add("\" to `permissions` of a capability, such as `");
        text.add(policy.capabilities[0].identifier).add("`\n  --> ").add(policy.capabilities[0].at);
    } else {
        text.add("\nhelp: list a capability file that grants it: capabilities: [\"capabilities/main.json\"]");
    }
}

/// Whether an id is that of a permission that a listed command needs, or of a set with such a permission.
const fn is_known(view: &View, root: &Root, hash: u64) -> bool {
    if view.find(hash).is_some() {
        return true;
    }
    let mut sets = Sets::of(root);
    while let Some(set) = sets.next() {
        if set.id().hash() == hash && is_needed(view, &set) {
            return true;
        }
    }
    false
}

/// Whether a listed command needs some permission of a set.
const fn is_needed(view: &View, set: &Set) -> bool {
    let mut window = [0_u64; 64];
    let mut skip = 0;
    loop {
        let count = set.leaves(skip, &mut window);
        let mut i = 0;
        while i < window.len() && skip + i < count {
            if view.find(window[i]).is_some() {
                return true;
            }
            i += 1;
        }
        skip += window.len();
        if skip >= count {
            return false;
        }
    }
}

/// A grant must name a permission that a listed command needs; a denial must deny something that somebody is granted.
/// Says whether it does.
const fn names_something(view: &View, root: &Root, policy: &Policy, index: usize, text: &mut Text) -> bool {
    let grant = &policy.grants[index];
    let capability = &policy.capabilities[grant.capability as usize];
    if is_known(view, root, grant.hash) {
        if matches!(grant.kind, GrantKind::Denies)
            && !is_incomplete(root)
            && denies_nothing(view, policy, index)
        {
            text.complain().add("capability `").add(capability.identifier).add("` denies `").add(grant.id);
            text.add("`, which nobody that it matches is granted\n  --> ").add(grant.at);
            text.add("\nhelp: remove it: what is not granted is denied");
        }
        return true;
    }
    // An entry that `#[cfg]` has taken out of this build may be the one that is named: a build with it will tell.
    if is_incomplete(root) {
        return false;
    }
    text.complain().add("capability `").add(capability.identifier).add(verb(grant.kind)).add(grant.id);
    if is_leaf_or_set(root, grant.hash) {
        text.add("`, which no listed command needs\n  --> ").add(grant.at);
        text.add("\nhelp: remove it, or list the command that needs it in `commands: [..]`");
        return false;
    }
    text.add("`, which no listed command needs: there is no permission of that id\n  --> ").add(grant.at);
    suggest(view, root, grant.id, text);
    false
}

/// Between the name of a capability and an id.
pub(super) const fn verb(kind: GrantKind) -> &'static str {
    match kind {
        GrantKind::Grants => "` grants `",
        GrantKind::Optional => "` has the optional `",
        GrantKind::Denies => "` denies `",
        GrantKind::Narrows => "` narrows `",
    }
}

/// Whether some set knows the id, as itself or as one of its permissions.
const fn is_leaf_or_set(root: &Root, hash: u64) -> bool {
    let mut sets = Sets::of(root);
    while let Some(set) = sets.next() {
        if set.id().hash() == hash {
            return true;
        }
        let mut one = [0];
        let mut skip = 0;
        while skip < set.leaves(skip, &mut one) {
            if one[0] == hash {
                return true;
            }
            skip += 1;
        }
    }
    false
}

const fn suggest(view: &View, root: &Root, wrong: &str, text: &mut Text) {
    let mut near: Option<Id> = None;
    let mut best = usize::MAX;
    let mut i = 0;
    while let Some(known) = view.known(i) {
        let apart = distance(wrong, known.id());
        if apart < best && is_near(apart, wrong) {
            near = Some(known.id());
            best = apart;
        }
        i += 1;
    }
    let mut sets = Sets::of(root);
    while let Some(set) = sets.next() {
        let apart = distance(wrong, set.id());
        if apart < best && is_near(apart, wrong) {
            near = Some(set.id());
            best = apart;
        }
    }
    if let Some(id) = near {
        text.add("\nhelp: did you mean `").id(id).add("`?");
        return;
    }
    text.add("\nhelp: remove it, or list the command that needs it; the permissions of this program are: ");
    let mut i = 0;
    while let Some(known) = view.known(i) {
        if i == 12 {
            text.add(", ..");
            return;
        }
        text.add(if i > 0 { ", `" } else { "`" }).id(known.id()).add("`");
        i += 1;
    }
    if i == 0 {
        text.add("none");
    }
}

/// Whether nobody that the capability of a denial matches is granted what it denies.
const fn denies_nothing(view: &View, policy: &Policy, index: usize) -> bool {
    let grant = &policy.grants[index];
    let mut p = 0;
    while let Some(known) = view.known(p) {
        let rules = view.rules(known);
        if denied_by(rules, index) {
            if somebody_is_granted(policy, rules, grant) {
                return false;
            }
        }
        p += 1;
    }
    true
}

/// Whether somebody that the capability of a denial, or of a narrowing, matches is granted what these rules are about.
pub(super) const fn somebody_is_granted(policy: &Policy, rules: &[Rule], grant: &Grant) -> bool {
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

const fn denied_by(rules: &[Rule], grant: usize) -> bool {
    let mut r = 0;
    while r < rules.len() {
        if rules[r].grant as usize == grant {
            return true;
        }
        r += 1;
    }
    false
}

/// Whether somebody matches both capabilities.
const fn meet(policy: &Policy, a: u16, b: u16) -> bool {
    let mut c = 0;
    while c < policy.classes.len() {
        if contains(policy.classes[c], a) && contains(policy.classes[c], b) {
            return true;
        }
        c += 1;
    }
    false
}
