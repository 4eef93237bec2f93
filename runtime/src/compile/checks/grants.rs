//! What is judged of the grants of one capability file: that each names something, and its entries.

use portcullis_policy::hash::hash;

use super::{defined, holding::denies_nothing};
use crate::{
    compile::{
        entries,
        sets::{Set, Sets},
        suggest::{distance, is_near},
        tables::{View, is_incomplete, prefix_len},
        text::{Text, same_text},
    },
    decide::target,
    model::{Application, Counts, Grant, GrantKind, Id, Policy, Root},
};

/// All that is wrong with the grants of one capability file.
#[track_caller]
pub const fn file(view: &View, root: &Root, policy: &Policy, file: u16) {
    let mut text = Text::new();
    if let Some(index) = of_tauris_core(view, root, policy, file) {
        foreign_unsaid(policy, index, &mut text);
        text.stop_if_any();
    }
    // More than this many would not fit into one message.
    let (mut wrong, mut count) = ([0; 128], 0);
    let (mut g, mut permission) = (0, 0);
    while g < policy.grants.len() {
        let before = text.complaints;
        let hash = policy.grants[g].hash;
        // Both are sorted by the hash.
        while permission < view.known_hashes.len() && view.known_hashes[permission] < hash {
            permission += 1;
        }
        if policy.grants[g].file == file {
            let is_direct = permission < view.known_hashes.len() && view.known_hashes[permission] == hash;
            let known = if is_direct { Some(permission) } else { None };
            grant(view, root, policy, g, known, &mut text);
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
            let known = view.find(policy.grants[wrong[next]].hash);
            grant(view, root, policy, wrong[next], known, &mut text);
            next += 1;
        }
    }
    text.stop_if_any();
}

/// The topmost grant of a file that is of Tauri's core, where nothing is said to be Tauri's: then all of its ids would be told
/// of, and this is what is wrong with them.
const fn of_tauris_core(view: &View, root: &Root, policy: &Policy, file: u16) -> Option<usize> {
    if !policy.foreign.is_empty() {
        return None;
    }
    let (mut found, mut g): (Option<usize>, usize) = (None, 0);
    while g < policy.grants.len() {
        let grant = &policy.grants[g];
        if grant.file == file && starts_with(grant.id, "core:") && !is_known(view, root, grant.hash) {
            let is_topmost = match found {
                Some(other) => is_above(grant.at, policy.grants[other].at),
                None => true,
            };
            if is_topmost {
                found = Some(g);
            }
        }
        g += 1;
    }
    found
}

const fn foreign_unsaid(policy: &Policy, index: usize, text: &mut Text) {
    let grant = &policy.grants[index];
    text.complain()
        .add("capability `")
        .add(policy.capabilities[grant.capability as usize].identifier)
        .add(verb(grant.kind))
        .granted_which(grant);
    text.add(" which is of Tauri's core, and nothing says which ids are Tauri's").arrow_to(grant);
    text.add("\nhelp: add the manifests that tauri-build writes to `authority!`: foreign: \"gen/schemas/acl-manifests.json\"");
}

/// `known` is the permission of that id, if a listed command needs it.
const fn grant(
    view: &View,
    root: &Root,
    policy: &Policy,
    index: usize,
    known: Option<usize>,
    text: &mut Text,
) {
    if names_something(view, root, policy, index, known.is_some(), text) {
        entries::of(view, policy, index, known, text);
    }
}

/// Swaps the grant that stands topmost in its file, of those from `next` on, to that place. What comes by one id stands as in
/// the permission file.
const fn bring_topmost(grants: &mut [usize], next: usize, end: usize, policy: &Policy) {
    let mut i = next + 1;
    while i < end {
        let (a, b) = (&policy.grants[grants[i]], &policy.grants[grants[next]]);
        if is_above(a.at, b.at) || (same_text(a.at, b.at) && is_above(end_of_way(a), end_of_way(b))) {
            grants.swap(i, next);
        }
        i += 1;
    }
}

const fn end_of_way(grant: &Grant) -> &'static str {
    match grant.way {
        Some(way) => way.at,
        None => "",
    }
}

/// Whether a place is above another, in whatever file.
const fn is_above(a: &str, b: &str) -> bool {
    let (a, b) = (line_and_column(a), line_and_column(b));
    a.0 < b.0 || (a.0 == b.0 && a.1 < b.1)
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

/// A grant must name a permission that a listed command needs; a denial must deny something that somebody is granted.
/// Says whether it does.
const fn names_something(
    view: &View,
    root: &Root,
    policy: &Policy,
    index: usize,
    is_permission: bool,
    text: &mut Text,
) -> bool {
    let grant = &policy.grants[index];
    let capability = &policy.capabilities[grant.capability as usize];
    if is_permission || is_known(view, root, grant.hash) {
        if matches!(grant.kind, GrantKind::Denies)
            && !is_incomplete(root)
            && denies_nothing(view, policy, index)
            && !is_excused(view, root, policy, index)
        {
            text.complain()
                .add("capability `")
                .add(capability.identifier)
                .add("` denies `")
                .granted_which(grant);
            text.add(" which nobody that it matches is granted").arrow_to(grant);
            text.add("\nhelp: remove it: what is not granted is denied");
        }
        return true;
    }
    let is_ours = is_leaf_or_set(root, grant.hash);
    if let Some(application) = grant.tauri
        && !is_ours
    {
        if !not_moved(view, grant, application.own, capability.identifier, text) && !is_incomplete(root) {
            not_counted(grant, application, capability.identifier, text);
        }
        return false;
    }
    // An entry that `#[cfg]` has taken out of this build may be the one that is named: a build with it will tell. So will
    // a build for the platform of a capability whether a plugin is Tauri's: its manifests have those of their target.
    if is_incomplete(root) || (has_prefix(grant.id) && is_elsewhere(policy, capability.platforms)) {
        return false;
    }
    if let Some(way) = grant.way
        && !way.command.is_empty()
        && !is_ours
    {
        defined::command(view, policy, grant, way, capability.identifier, text);
        return false;
    }
    text.complain().add("capability `").add(capability.identifier).add(verb(grant.kind)).granted_which(grant);
    text.add(" which no listed command needs");
    if is_ours {
        text.arrow_to(grant);
        text.add("\nhelp: remove it, or list the command that needs it in `commands: [..]`");
        return false;
    }
    text.add(": there is no permission of that id").arrow_to(grant);
    suggest(view, root, policy, grant.id, text);
    false
}

/// Whether a denial that denies nothing comes with others, by way of a permission file, of which one does something: what
/// is defined once may be granted in many places. Of several that do nothing, the first is told of.
const fn is_excused(view: &View, root: &Root, policy: &Policy, index: usize) -> bool {
    let grant = &policy.grants[index];
    if grant.way.is_none() {
        return false;
    }
    let mut g = 0;
    while g < policy.grants.len() {
        let other = &policy.grants[g];
        if g != index && same_text(other.at, grant.at) && is_known(view, root, other.hash) {
            let is_denial = matches!(other.kind, GrantKind::Denies);
            if g < index || !is_denial || !denies_nothing(view, policy, g) {
                return true;
            }
        }
        g += 1;
    }
    false
}

/// What Tauri knows as the application's, and the program does not, is of commands that Tauri still guards. Where it is of
/// commands of ours too, it would not count for them. Says whether it is.
const fn not_moved(view: &View, grant: &Grant, own: &[&str], capability: &str, text: &mut Text) -> bool {
    let (mut found, mut i) = (false, 0);
    while i < own.len() {
        if let Some(index) = view.find(hash(own[i]))
            && let Some(known) = view.known(index)
            && known.info.own
        {
            if !found {
                text.complain()
                    .add("capability `")
                    .add(capability)
                    .add(verb(grant.kind))
                    .granted_which(grant);
                text.add(" which Tauri's manifests have for commands of this program, and no listed permission file defines: it would not count for them");
                text.arrow_to(grant).add("\nnote: it is for ");
            }
            text.add(if found { ", `" } else { "`" }).id(known.id()).add("`");
            found = true;
        }
        i += 1;
    }
    if found {
        text.add("\nhelp: list the file that defines it: permissions: [\"permissions/..\"]");
    }
    found
}

/// What is of commands that Tauri still guards, and would do nothing there.
const fn not_counted(grant: &Grant, application: &Application, capability: &str, text: &mut Text) {
    match application.counts {
        Counts::Yes => {}
        Counts::Unread(key) => {
            text.complain().add("capability `").add(capability).add(if is_deny(key) {
                "` denies `"
            } else {
                "` has the optional `"
            });
            text.granted_which(grant).add(" which Tauri still guards, and Tauri has no `").add(key);
            text.add(if is_deny(key) || is_denial(grant.id) {
                "`: this would deny nothing"
            } else {
                "`: this would never be granted"
            });
            text.arrow_to(grant);
            if is_deny(key) && !is_denial(grant.id) {
                text.add("\nhelp: ");
                denials(application.own, text);
                text.add(" in `permissions`");
            } else {
                text.add("\nhelp: move it to `permissions`");
            }
        }
        // What a permission file names is told of where that is read.
        Counts::Undefined if grant.way.is_some() => {}
        Counts::Undefined => {
            text.complain().add("capability `").add(capability).add(verb(grant.kind)).granted_which(grant);
            text.add(" which no permission file defines: Tauri, which still guards its command, would never hear of it");
            text.arrow_to(grant);
            text.add("\nhelp: define it in a permission file, or move the command: #[command(permission)]");
        }
    }
}

/// The own denials of commands.
const fn denials(own: &[&str], text: &mut Text) {
    let mut i = 0;
    while i < own.len() {
        let (_, command) = own[i].split_at("allow-".len());
        text.add(if i > 0 { ", `deny-" } else { "write `deny-" }).add(command).add("`");
        i += 1;
    }
    if own.is_empty() {
        text.add("write what denies its commands");
    }
}

const fn is_deny(key: &str) -> bool {
    same_text(key, "deny")
}

const fn is_denial(id: &str) -> bool {
    starts_with(id, "deny-")
}

const fn starts_with(text: &str, start: &str) -> bool {
    let (text, start) = (text.as_bytes(), start.as_bytes());
    let mut i = 0;
    while i < start.len() && i < text.len() && text[i] == start[i] {
        i += 1;
    }
    i == start.len()
}

const fn has_prefix(id: &str) -> bool {
    prefix_len(id) < id.len()
}

/// Whether a capability grants what is not ours, and for Tauri would grant this own permission: it is told of that.
pub(super) const fn is_not_moved(view: &View, root: &Root, policy: &Policy, id: Id) -> bool {
    let (mut g, hash_of_id) = (0, id.hash());
    while g < policy.grants.len() {
        let grant = &policy.grants[g];
        if let Some(Application { own, .. }) = grant.tauri
            && grant.kind.grants()
            && !is_known(view, root, grant.hash)
        {
            let mut i = 0;
            while i < own.len() {
                if hash(own[i]) == hash_of_id {
                    return true;
                }
                i += 1;
            }
        }
        g += 1;
    }
    false
}

/// Whether what Tauri has for these platforms is not what its manifests say.
const fn is_elsewhere(policy: &Policy, platforms: u8) -> bool {
    policy.manifests.is_some() && platforms & target() == 0
}

/// Between the name of a capability and an id.
pub(in crate::compile) const fn verb(kind: GrantKind) -> &'static str {
    match kind {
        GrantKind::Grants => "` grants `",
        GrantKind::Optional => "` has the optional `",
        GrantKind::Denies => "` denies `",
        GrantKind::Narrows => "` narrows `",
    }
}

/// Whether an id is that of a permission that a listed command needs, or of a set with such a permission.
pub(super) const fn is_known(view: &View, root: &Root, hash: u64) -> bool {
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

const fn suggest(view: &View, root: &Root, policy: &Policy, wrong: &str, text: &mut Text) {
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
    let (prefix, rest) = wrong.split_at(prefix_len(wrong));
    if let Some(foreign) = near_prefix(policy.foreign, prefix, best)
        && !rest.is_empty()
    {
        text.add("\nhelp: did you mean `")
            .add(foreign)
            .add(rest)
            .add("`, which is under a `foreign` prefix?");
        return;
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
            break;
        }
        text.add(if i > 0 { ", `" } else { "`" }).id(known.id()).add("`");
        i += 1;
    }
    if i == 0 {
        text.add("none");
    }
    if let Some(file) = policy.manifests
        && !rest.is_empty()
    {
        text.add("\nhelp: if it is of a plugin of Tauri's, check that the plugin is a dependency: ")
            .add(file);
        text.add(" has no `").add(prefix).add("`");
    } else if policy.foreign.is_empty() && !rest.is_empty() {
        text.add("\nhelp: if it is of Tauri's, or of a plugin, say so in `authority!`: foreign: \"gen/schemas/acl-manifests.json\"");
    }
}

/// The foreign prefix that was probably meant, if one is nearer than `best`. Prefixes are short, so that a third of the
/// letters wrong is another word.
const fn near_prefix(foreign: &[&'static str], prefix: &str, mut best: usize) -> Option<&'static str> {
    let (mut near, mut i) = (None, 0);
    while i < foreign.len() {
        let apart = distance(prefix, Id { namespace: "", rest: foreign[i] });
        if apart < best && apart * 3 <= prefix.len() {
            near = Some(foreign[i]);
            best = apart;
        }
        i += 1;
    }
    near
}
