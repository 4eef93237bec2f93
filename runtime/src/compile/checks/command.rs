//! What is judged of a command alone, at its own tokens: that it takes the scopes of its permissions, and asks for proof
//! of no others.

use super::same_place;
use crate::{
    compile::{
        tables::needed,
        text::{Text, same_text},
    },
    model::{ArgumentInfo, Command, Guard, Listed, PermissionInfo, Run, Source},
};

/// Proof of a permission, or what its scope has checked, may be asked for only where that permission guards the command.
#[track_caller]
pub const fn proof(listed: Listed, argument: usize) {
    let Listed::Command(command) = listed else { return };
    let argument = &command.arguments[argument];
    waits(command, argument);
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

/// What has to wait for the caller, or is told that it has gone, needs a command that can.
#[track_caller]
const fn waits(command: &Command, argument: &ArgumentInfo) {
    let what = match argument.source {
        Source::Channel => "sends items to the caller while the command runs",
        Source::Upload => "waits for bytes that the caller sends",
        Source::Cancellation => "says whether the caller has given up",
        _ => return,
    };
    if matches!(command.run, Run::Sync(_)) {
        let mut text = Text::new();
        text.complain().add("argument `").add(argument.name).add("` ").add(what).add(", and command `");
        text.add(command.name).add("` runs to its end where it is called");
        text.add(
            "\nhelp: make it an `async fn`, or add `blocking` to its attribute: #[command(.., blocking)]",
        );
        text.stop_if_any();
    }
    if matches!(argument.source, Source::Upload) {
        let mut i = 0;
        while i < command.arguments.len() {
            let other = &command.arguments[i];
            let another = matches!(other.source, Source::Upload) && !same_text(other.name, argument.name);
            if another || matches!(other.source, Source::Bytes) {
                let mut text = Text::new();
                text.complain()
                    .add("argument `")
                    .add(argument.name)
                    .add("` takes all bytes that come with a call, and `");
                text.add(other.name).add("` some of them");
                text.add("\nhelp: take one `Upload`, or any number of `Bytes`, and not both");
                text.stop_if_any();
            }
            i += 1;
        }
    }
}

/// A reply in parts is lines of text: there is no place for bytes at its end.
#[track_caller]
pub const fn no_channel(listed: Listed) {
    let Listed::Command(command) = listed else { return };
    let mut i = 0;
    while i < command.arguments.len() {
        if matches!(command.arguments[i].source, Source::Channel) {
            let mut text = Text::new();
            text.complain()
                .add("command `")
                .add(command.name)
                .add("` returns bytes, and sends items by argument `");
            text.add(command.arguments[i].name).add("` before: there is no reply that has both");
            text.add("\nhelp: leave the channel out, or let another command return the bytes");
            text.stop_if_any();
        }
        i += 1;
    }
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
    if command.is_event() {
        text.complain()
            .add("permission `")
            .add(permission.id)
            .add("` has a scope, which nothing that event `");
        text.add(command.name).add("` brings would be held against").arrow(permission.at);
        text.add("\nhelp: guard the event with a permission of its own, that has no scope");
        text.stop_if_any();
    }
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
