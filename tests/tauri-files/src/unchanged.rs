//! A program that comes from Tauri with its files as they are: its commands say just `permission`, and what begins with the
//! name of a plugin stays Tauri's.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use portcullis_policy::platform::Platform;

use crate::{
    callers::Callers,
    compare::{Report, decide, target},
    ours::Ours,
    theirs::{self, Theirs},
    world::World,
};

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Move {
    /// The commands of the program that somebody is granted.
    pub commands: usize,
    /// What our build refuses.
    pub refusals: Vec<String>,
    /// The decisions, if it refuses nothing.
    pub report: Report,
}

/// Builds the program on the platform that this runs on, and compares the decisions on its own commands.
///
/// # Errors
///
/// Why Tauri does not build it.
pub fn unchanged(world: &World) -> Result<Move, String> {
    let here = Platform::from_target_os(std::env::consts::OS).unwrap_or(Platform::Linux);
    let filled = world.clone().filled();
    let theirs = Theirs::new(&filled, target(here), Rc::default())?;
    let is_own = |name: &&String| !name.starts_with("plugin:");
    let commands: BTreeSet<String> =
        theirs.resolved().allowed_commands.keys().filter(is_own).cloned().collect();
    let foreign: BTreeSet<String> =
        world.ids().filter_map(|id| Some(id.split_once(':')?.0.to_owned())).collect();
    let ours = Ours::new(
        &world.capabilities,
        &world.permissions,
        commands.iter().map(String::as_str),
        &Vec::from_iter(foreign),
    );
    let mut moved = Move { commands: commands.len(), refusals: ours.refusals.clone(), ..Move::default() };
    if ours.refusals.is_empty() {
        let read: Vec<_> =
            world.capabilities.iter().filter_map(|file| theirs::capabilities(file).ok()).flatten().collect();
        let callers: Vec<_> = Callers::of(&read).iter().collect();
        let names: BTreeMap<String, String> = commands.into_iter().map(|name| (name.clone(), name)).collect();
        decide(&mut moved.report, &callers, &theirs, &ours, &names, &world.name);
    }
    Ok(moved)
}
