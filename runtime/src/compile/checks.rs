//! The assertions of `authority!`: what is listed against what the files grant, both ways. Each function looks at one
//! path of the list, or at one capability file, and says all that is wrong with it. Commands are here; what is granted to
//! them is in `grants`, to whom in `holding`, and what a command says of itself in `command`.

mod command;
mod defined;
mod grants;
mod holding;

pub use command::{no_channel, proof, raw, taken};
pub use defined::definitions;
pub use grants::file;
pub(super) use grants::verb;
use grants::{is_known, is_not_moved};
pub(super) use holding::{is_of, somebody_is_granted};
use holding::{kinds, narrowed_only, somebody_holds};

use super::{
    sets::Sets,
    suggest::{distance, is_near},
    tables::{Entry, View, is_foreign, needed},
    text::{Text, same_text},
};
use crate::model::{At, Command, GrantKind, Guard, Id, Listed, Policy, Root, Source};

/// All that is wrong with the commands of one path of the list.
#[track_caller]
pub const fn path(view: &View, root: &Root, policy: &Policy, listed: u32) {
    if view.is_well {
        return;
    }
    let mut text = Text::new();
    kind(root, listed, &mut text);
    let mut place = view.start(listed);
    while let Some(index) = view.of_path(place, listed) {
        if let Some(entry) = view.entry(index) {
            command(view, root, policy, index, entry, &mut text);
        }
        place += 1;
    }
    if listed == 0 {
        // Sets belong to the whole list: its first path speaks for it.
        sets(view, root, policy, &mut text);
    }
    text.stop_if_any();
}

/// All that is wrong with the sets of a list that has no path to speak for them.
#[track_caller]
pub const fn sets_alone(view: &View, root: &Root, policy: &Policy) {
    let mut text = Text::new();
    sets(view, root, policy, &mut text);
    text.stop_if_any();
}

impl View {
    /// Looks at all paths at once, so that where nothing is wrong, which is nearly always, no path has to be looked up.
    #[must_use]
    pub const fn checked(mut self, root: &Root, policy: &Policy) -> Self {
        let mut text = Text::new();
        let mut listed = 0;
        while listed < root.listed.len() {
            #[expect(clippy::cast_possible_truncation, reason = "an index of the list")]
            kind(root, listed as u32, &mut text);
            listed += 1;
        }
        let mut index = 0;
        while text.complaints == 0
            && let Some(entry) = self.entry(index)
        {
            command(&self, root, policy, index, entry, &mut text);
            index += 1;
        }
        sets(&self, root, policy, &mut text);
        self.is_well = text.complaints == 0;
        self
    }
}

/// All that is wrong with a command.
const fn command(view: &View, root: &Root, policy: &Policy, index: usize, entry: &Entry, text: &mut Text) {
    same_name(view, index, entry, text);
    emitted(view, entry, text);
    if !foreign(entry, policy, text) {
        reachable(view, root, policy, entry, text);
    }
}

/// Commands and events each have a list of their own, so that a reader knows what may be called. (A group has both.)
const fn kind(root: &Root, listed: u32, text: &mut Text) {
    let listed = listed as usize;
    let (Listed::Command(command) | Listed::RenamedCommand(command, _)) = root.listed[listed] else { return };
    if command.is_event() && listed < root.events {
        text.complain().add("`").add(command.name).add("` is an event, and no command").arrow(command.at);
        text.add("\nhelp: write its type into `events: [..]`");
    } else if !command.is_event() && listed >= root.events {
        text.complain().add("`").add(command.name).add("` is a command, and no event").arrow(command.at);
        text.add("\nhelp: write it into `commands: [..]`");
    }
}

/// What is listed, before its name.
const fn what(entry: &Entry) -> &'static str {
    if entry.command.is_event() { "event `" } else { "command `" }
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
        text.complain().add(what(entry)).id(entry.name()).add("` is listed twice").arrow(entry.command.at);
    } else if let Some(at) = clash {
        let event = entry.command.is_event();
        text.complain().add(if event {
            "an event and something else are named `"
        } else {
            "two commands are named `"
        });
        text.id(entry.name()).add("`").arrow(at).arrow(entry.command.at);
        text.add(if event {
            "\nhelp: rename one of them: #[event(name = \"..\")], #[command(name = \"..\")], or list its group `as \"..\"`"
        } else {
            "\nhelp: rename one of them: #[command(name = \"..\")], or list its group `as \"..\"`"
        });
    }
    if !view.has_shared() {
        return;
    }
    let infos = needed(entry.command);
    let mut k = 0;
    while let Some(known) = view.guard(entry, k) {
        let (a, b) = (known.info.at, infos[k].at);
        if !same_place(a, b) {
            text.complain().add("two permissions have the id `").id(known.id()).add("`");
            text.arrow(a).arrow(b);
            text.add("\nhelp: give one of them another id");
        }
        k += 1;
    }
}

const fn same_place(a: At, b: At) -> bool {
    a.line == b.line && a.column == b.column && same_text(a.file, b.file)
}

/// What a command emits must be listed: nobody could listen to it.
const fn emitted(view: &View, entry: &Entry, text: &mut Text) {
    let arguments = entry.command.arguments;
    let mut i = 0;
    while i < arguments.len() {
        if let Source::Host { emits: Some(event), .. } = arguments[i].source
            && !is_listed(view, event)
        {
            text.complain().add("command `").id(entry.name()).add("` emits event `").add(event.name);
            text.add("`, which is not listed").arrow(entry.command.at).arrow(event.at);
            text.add("\nhelp: write its type into `events: [..]`");
        }
        i += 1;
    }
}

const fn is_listed(view: &View, event: &Command) -> bool {
    let mut index = 0;
    while let Some(entry) = view.entry(index) {
        if entry.command.is_event() && same_place(entry.command.at, event.at) {
            return true;
        }
        index += 1;
    }
    false
}

/// The id of a set may be neither that of a permission nor of another set, nor under a prefix that another system guards.
const fn sets(view: &View, root: &Root, policy: &Policy, text: &mut Text) {
    let (mut sets, mut at) = (Sets::of(root), 0);
    while let Some(set) = sets.next() {
        let id = set.id();
        if is_foreign(id, policy.foreign) {
            text.complain().add("permission set `").id(id);
            text.add(
                "` is under a prefix that is declared `foreign`: a grant of it would be another system's",
            );
            text.arrow(set.at());
            text.add("\nhelp: give the set another id");
        }
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
    if policy.foreign.is_empty() {
        return false;
    }
    if is_foreign(entry.name(), policy.foreign) {
        text.complain()
            .add(what(entry))
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
            text.complain().add(what(entry)).id(entry.name()).add("` needs permission `").id(id);
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
            text.complain().add(what(entry)).id(entry.name());
            text.add("` is public, which is open to the program's own windows, and it has none");
            text.arrow(entry.command.at);
            text.add(
                "\nhelp: declare `windows: [..]`, or guard it with a permission and grant that to a client",
            );
        }
        return;
    }
    let (mut missing, mut denied, mut k) = (0, false, 0);
    while let Some(known) = view.guard(entry, k) {
        k += 1;
        let (granted, some_deny) = kinds(view, known);
        denied |= some_deny;
        if !granted {
            missing += 1;
            // The file with a grant that only narrows is told of that; so is one with a grant that is Tauri's alone.
            let is_own = known.info.own;
            if narrowed_only(policy, view, known) || (is_own && is_not_moved(view, root, policy, known.id()))
            {
                continue;
            }
            text.complain().add(what(entry)).id(entry.name()).add("` needs permission `").id(known.id());
            text.add("`, which no capability grants");
            text.arrow(entry.command.at);
            how_to_grant(known.id(), view, root, policy, text);
        }
    }
    // One permission that nobody denies is reachable where it is granted: every capability meets somebody.
    if missing > 0 || (k < 2 && !denied) {
        return;
    }
    let guards = view.guards(entry);
    if somebody_holds(view, policy, guards) {
        return;
    }
    text.complain().add(what(entry)).id(entry.name()).add(if entry.command.is_event() {
        "` can be heard by nobody: "
    } else {
        "` can be called by nobody: "
    });
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
                text.add(policy.capabilities[grant.capability as usize].identifier).add("`").arrow_to(grant);
                r += 1;
            }
        }
        k += 1;
    }
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
            && (grant.tauri.is_none() || grant.way.is_some())
            && !is_known(view, root, grant.hash)
        {
            near = Some(g);
            best = apart;
        }
        g += 1;
    }
    if let Some(g) = near {
        let grant = &policy.grants[g];
        text.add("\nhelp: a similar id is granted: `").add(grant.id).add("`").arrow_to(grant);
    } else if !policy.capabilities.is_empty() {
        text.add("\nhelp: add \"").id(id).add("\" to `permissions` of a capability, such as `");
        text.add(policy.capabilities[0].identifier).add("`\n  --> ").add(policy.capabilities[0].at);
    } else {
        text.add("\nhelp: list a capability file that grants it: capabilities: [\"capabilities/main.json\"]");
    }
}
