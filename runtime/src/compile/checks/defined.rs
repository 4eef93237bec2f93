//! What is judged of permission files: that what they define is not something else of the program's already, and that the
//! commands that capabilities have by them are there.

use portcullis_policy::hash::hash;

use super::grants::verb;
use crate::{
    compile::{
        sets::Sets,
        sort::lower_bound,
        suggest::{distance, is_near},
        tables::{Entry, View, needed},
        text::Text,
    },
    model::{Grant, Guard, Id, Policy, Root, Way},
};

/// All that is wrong with the definitions of one permission file.
#[track_caller]
pub const fn definitions(view: &View, root: &Root, policy: &Policy, file: u16) {
    let mut text = Text::new();
    let mut d = 0;
    while d < policy.defined.len() {
        let defined = &policy.defined[d];
        if defined.file == file {
            if let Some(index) = view.find(defined.hash)
                && let Some(known) = view.known(index)
            {
                text.complain().add("`").add(defined.id).add("` is defined in a permission file, and is ");
                text.add(if known.info.own { "a command's own permission" } else { "a permission type" });
                text.add("\n  --> ").add(defined.at).arrow(known.info.at);
                text.add("\nhelp: give it another id in the permission file, or take it out");
            }
            let mut sets = Sets::of(root);
            while let Some(set) = sets.next() {
                if set.id().hash() == defined.hash {
                    text.complain().add("`").add(defined.id);
                    text.add("` is defined in a permission file, and is a permission set");
                    text.add("\n  --> ").add(defined.at).arrow(set.at());
                    text.add("\nhelp: give it another id in the permission file, or take it out");
                }
            }
        }
        d += 1;
    }
    text.stop_if_any();
}

/// What is wrong with a command of a permission file whose own permission no listed command needs.
pub(super) const fn command(
    view: &View,
    policy: &Policy,
    grant: &Grant,
    way: &Way,
    capability: &str,
    text: &mut Text,
) {
    text.complain().add("capability `").add(capability).add(verb(grant.kind)).granted(grant);
    if let Some(entry) = find(view, way.command) {
        text.add(" and command `").add(way.command).add("` ");
        text.add(if needed(entry.command).is_empty() { "is public" } else { "is guarded otherwise" });
        text.arrow_to(grant).arrow(entry.command.at);
        if let Guard::Public(_) = entry.command.guard {
            text.add("\nhelp: take the command out of the permission file");
            return;
        }
        text.add("\nhelp: take the command out of the permission file, and grant `")
            .id(entry.namespace.id(needed(entry.command)[0]));
        text.add("`; or guard it with its own permission: #[command(permission)]");
        return;
    }
    text.add(" and there is no listed command `").add(way.command).add("`").arrow_to(grant);
    if let Some(near) = near(view, way.command) {
        text.add("\nhelp: did you mean `").id(near).add("`?");
        return;
    }
    text.add("\nhelp: remove it, or list the command");
    if policy.manifests.is_none() {
        text.add("; if Tauri still guards it, say so: foreign: \"gen/schemas/acl-manifests.json\"");
    }
}

const fn find(view: &View, name: &str) -> Option<&'static Entry> {
    let wanted = hash(name);
    let index = lower_bound(view.hashes, wanted);
    if index < view.hashes.len() && view.hashes[index] == wanted { view.entry(index) } else { None }
}

/// The command that was probably meant.
const fn near(view: &View, wrong: &str) -> Option<Id> {
    let (mut near, mut best, mut i) = (None, usize::MAX, 0);
    while let Some(entry) = view.entry(i) {
        let apart = distance(wrong, entry.name());
        if apart < best && is_near(apart, wrong) && !entry.command.is_event() {
            near = Some(entry.name());
            best = apart;
        }
        i += 1;
    }
    near
}
