//! Which commands a client has: those that every caller it is for may call, on some platform, with what may be switched
//! on.

use portcullis_policy::{platform::Platform, world};

use super::error::Error;
use crate::{
    Authority, Principal,
    compile::tables::Entry,
    decide::{Holding, is_declared},
    model::Guard,
};

/// Who a client is for.
#[derive(Clone, Debug)]
pub(super) enum Who {
    /// Every window whose label a glob describes: its own pages, in its main frame.
    Windows(String),
    /// One caller.
    One(Principal),
}

/// A command of a client.
pub(super) struct Reached {
    pub(super) entry: &'static Entry,
    /// The ids of the permissions that guard it, and whether each must be switched on first.
    pub(super) permissions: Vec<(String, bool)>,
    /// The platforms on which it may be called; `None` if on all.
    pub(super) platforms: Option<Vec<&'static str>>,
}

/// How many states the labels of a glob may take to be told apart.
const LIMIT: usize = 100_000;

pub(super) fn commands(authority: &Authority, who: &Who) -> Result<Vec<Reached>, Error> {
    let callers = match who {
        Who::One(principal) => vec![principal.clone()],
        Who::Windows(glob) => labels(authority, glob)?.into_iter().map(Principal::window).collect(),
    };
    if let Some(stranger) = callers.iter().find(|caller| !is_declared(authority.policy, caller)) {
        return Err(Error::one(undeclared(authority, who, stranger)));
    }
    let mut reached: Vec<Reached> =
        authority.entries().filter_map(|entry| reach(authority, &callers, entry)).collect();
    reached.sort_by_key(|command| command.entry.name().to_string());
    Ok(reached)
}

/// A label for each way in which capabilities and declarations match those of a glob.
fn labels(authority: &Authority, glob: &str) -> Result<Vec<String>, Error> {
    if let Err(wrong) = portcullis_policy::label::check(glob) {
        return Err(Error::one(format!("`{glob}` is no label and no glob of labels: {wrong}")));
    }
    let policy = authority.policy;
    let capabilities = policy.capabilities.iter().enumerate().flat_map(|(at, capability)| {
        capability.windows.iter().chain(capability.webviews).map(move |glob| (at, *glob))
    });
    // Whether a label is declared tells labels apart too.
    let declared = policy.windows.iter().map(|glob| (usize::MAX, *glob));
    match world::labels(&[glob], capabilities.chain(declared), LIMIT) {
        Ok(kinds) => Ok(kinds.into_iter().map(|kind| kind.witness).collect()),
        Err(many) => Err(Error::one(many.to_string())),
    }
}

fn undeclared(authority: &Authority, who: &Who, stranger: &Principal) -> String {
    let windows: Vec<String> = authority.policy.windows.iter().map(|glob| format!("`{glob}`")).collect();
    let windows = if windows.is_empty() { "none".to_owned() } else { windows.join(", ") };
    match who {
        Who::Windows(glob) if portcullis_policy::label::is_literal(glob) => format!(
            "the program declares no window `{glob}`, so there is nothing that it may call\n\
             help: the windows that it declares are {windows}"
        ),
        Who::Windows(glob) => format!(
            "`{glob}` describes labels that the program does not declare, such as `{}`: those may call nothing\n\
             help: the windows that it declares are {windows}",
            stranger.window_label().unwrap_or_default()
        ),
        Who::One(principal) => {
            format!("the program declares no {principal}, so there is nothing that it may call")
        }
    }
}

fn reach(authority: &Authority, callers: &[Principal], entry: &'static Entry) -> Option<Reached> {
    let mut on = Vec::new();
    let mut optional = vec![false; authority.view.guards(entry).len()];
    for (bit, platform) in Platform::EVERY.iter().enumerate() {
        let all = callers.iter().all(|caller| {
            let holding = Holding::on(authority, caller, 1 << bit);
            may_call(authority, &holding, entry, caller, &mut optional)
        });
        if all {
            on.push(platform.name());
        }
    }
    if on.is_empty() {
        return None;
    }
    let guards = authority.view.guards(entry).iter();
    let permissions = guards
        .zip(optional)
        .filter_map(|(&index, optional)| {
            Some((authority.view.known(index as usize)?.id().to_string(), optional))
        })
        .collect();
    let platforms = (on.len() < Platform::EVERY.len()).then_some(on);
    Some(Reached { entry, permissions, platforms })
}

/// Whether a caller may call a command, now or once what is optional is switched on. Notes which permissions are.
fn may_call(
    authority: &Authority,
    holding: &Holding,
    entry: &Entry,
    caller: &Principal,
    optional: &mut [bool],
) -> bool {
    if let Guard::Public(_) = entry.command.guard {
        return caller.is_local_main();
    }
    let guards = authority.view.guards(entry);
    let rules = |index: u32| authority.view.known(index as usize).map(|known| authority.view.rules(known));
    let held = |index: u32, switched| rules(index).is_some_and(|rules| holding.is_held(rules, switched));
    if guards.is_empty() || !guards.iter().all(|&index| held(index, true)) {
        return false;
    }
    for (index, optional) in guards.iter().zip(optional) {
        *optional |= !held(*index, false);
    }
    true
}
