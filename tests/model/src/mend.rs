//! Takes out of a world what the model calls wrong, so that worlds which compile are not rare among random ones.

use crate::{
    callers::{Universe, in_main_frames},
    compare::platform,
    dead::Wrong,
    model::{Model, own_denial},
    world::{Allow, Capability, Entry, World},
};

/// A world like this in which, mostly, nothing is wrong.
pub fn mended(mut world: World, universe: &Universe) -> World {
    // What one step takes away may be what made something else alive.
    for step in 0..6 {
        let callers = in_main_frames(&universe.callers(&world));
        let wrongs = Model::new(&world, platform()).wrongs(&callers);
        if wrongs.is_empty() {
            break;
        }
        for wrong in wrongs {
            mend(&mut world, wrong, step == 0);
        }
        world.capabilities.retain(|one| {
            let says = !one.permissions.is_empty() || !one.optional.is_empty() || !one.deny.is_empty();
            says && (!one.windows.is_empty() || !one.webviews.is_empty() || !one.clients.is_empty())
        });
    }
    world
}

fn mend(world: &mut World, wrong: Wrong, first: bool) {
    let of = |name: String| move |one: &&mut Capability| one.identifier == name;
    match wrong {
        Wrong::Unreachable { command } if first => grant(world, &command),
        Wrong::Unreachable { command } | Wrong::Foreign { name: command } => {
            let commands = world.all_commands();
            let kept: Vec<bool> = commands.iter().map(|one| one.name != command).collect();
            if !kept.contains(&true) {
                return;
            }
            let mut kept = kept.into_iter();
            world.commands.retain(|_| kept.next().unwrap_or(true));
            for group in &mut world.groups {
                group.commands.retain(|_| kept.next().unwrap_or(true));
            }
            world.groups.retain(|group| !group.commands.is_empty());
        }
        Wrong::NamesNothing { capability, id }
        | Wrong::DeniesNothing { capability, id }
        | Wrong::NarrowsNothing { capability, id }
        | Wrong::SaysNothing { capability, id }
        | Wrong::RefusedEntry { capability, id }
        | Wrong::BothWays { capability, id } => {
            let other = |written: &String| *written != id && own_denial(written).is_none_or(|own| own != id);
            for one in world.capabilities.iter_mut().filter(of(capability)) {
                one.permissions.retain(|entry| other(&entry.id));
                one.optional.retain(|entry| other(&entry.id));
                one.deny.retain(other);
            }
        }
        Wrong::AdmitsNothing { capability, id } => {
            for one in world.capabilities.iter_mut().filter(of(capability)) {
                for entry in one.permissions.iter_mut().chain(&mut one.optional) {
                    if entry.id == id && entry.allow == Allow::Unsaid {
                        entry.allow = Allow::All;
                    }
                }
            }
        }
        Wrong::Stray { capability, label } => {
            for one in world.capabilities.iter_mut().filter(of(capability)) {
                one.windows.retain(|other| *other != label);
                one.webviews.retain(|other| *other != label);
                one.clients.retain(|other| *other != label);
            }
        }
        Wrong::MeetsNobody { capability }
        | Wrong::NamesNobody { capability }
        | Wrong::ForNoOrigin { capability }
        | Wrong::Empty { capability } => world.capabilities.retain(|one| one.identifier != capability),
        Wrong::TwoCapabilities { identifier } => {
            if let Some(at) = world.capabilities.iter().position(|one| one.identifier == identifier) {
                world.capabilities.remove(at);
            }
        }
        Wrong::TwoCommands { .. }
        | Wrong::TwoOfId { .. }
        | Wrong::EmptyAllow { .. }
        | Wrong::Unread { .. } => {}
    }
}

/// Grants all that a command needs, in a capability that grants something already.
fn grant(world: &mut World, command: &str) {
    let commands = world.all_commands();
    let needs = commands.iter().filter(|one| one.name == command).flat_map(|one| one.needs.iter().flatten());
    let entries: Vec<Entry> = needs
        .map(|need| Entry {
            allow: if need.scoped { Allow::All } else { Allow::Unsaid },
            ..Entry::of(&need.id)
        })
        .collect();
    match world.capabilities.iter_mut().find(|one| one.deny.is_empty()) {
        Some(capability) => capability.permissions.extend(entries),
        None => {
            let windows: Vec<&str> = world.windows.iter().map(String::as_str).take(1).collect();
            let capability = Capability { permissions: entries, ..Capability::of("more", &windows) };
            world.capabilities.push(capability);
        }
    }
}
