//! Makes a world smaller in which something goes wrong, as long as it still does: what is left is worth reading.

use crate::{
    compare::Difference,
    world::{Allow, Format, Guard, World},
};

/// The smallest world that taking things away one by one comes to. `differs` says whether there is still a difference.
pub fn smallest(difference: Difference, differs: &dyn Fn(&World) -> Option<Difference>) -> Difference {
    let mut best = difference;
    loop {
        let smaller = without_something(&best.world).into_iter().find_map(|world| differs(&world));
        match smaller {
            Some(smaller) => best = smaller,
            None => return best,
        }
    }
}

/// Every world that is this one without one thing.
fn without_something(world: &World) -> Vec<World> {
    let mut all = Vec::new();
    let mut without = |change: &dyn Fn(&mut World)| {
        let mut smaller = world.clone();
        change(&mut smaller);
        if smaller != *world {
            all.push(smaller);
        }
    };
    for at in 0..world.capabilities.len() {
        without(&|world| drop(world.capabilities.remove(at)));
    }
    for at in 0..world.groups.len() {
        without(&|world| drop(world.groups.remove(at)));
        without(&|world| world.groups[at].listed_as = None);
        without(&|world| world.groups[at].set = None);
        for command in 0..world.groups[at].commands.len() {
            if world.groups[at].commands.len() > 1 {
                without(&|world| drop(world.groups[at].commands.remove(command)));
            }
        }
    }
    for at in 0..world.commands.len() {
        if world.commands.len() + world.groups.len() > 1 {
            without(&|world| drop(world.commands.remove(at)));
        }
        if let Guard::All(needed) = &world.commands[at].guard {
            for index in (0..needed.len()).filter(|_| needed.len() > 1) {
                without(&|world| {
                    if let Guard::All(needed) = &mut world.commands[at].guard {
                        needed.remove(index);
                    }
                });
            }
        }
    }
    without(&|world| drop(world.sets.pop()));
    for at in 0..world.sets.len() {
        for member in (0..world.sets[at].members.len()).filter(|_| world.sets[at].members.len() > 1) {
            without(&|world| {
                world.sets[at].members.remove(member);
            });
        }
    }
    without(&|world| drop(world.webviews.pop()));
    without(&|world| drop(world.clients.pop()));
    without(&|world| drop(world.foreign.pop()));
    for at in 0..world.windows.len() {
        without(&|world| drop(world.windows.remove(at)));
    }
    for at in 0..world.permissions.len() {
        without(&|world| world.permissions[at].scoped = false);
    }
    for at in 0..world.capabilities.len() {
        let one = &world.capabilities[at];
        for index in 0..one.windows.len() {
            without(&|world| drop(world.capabilities[at].windows.remove(index)));
        }
        for index in 0..one.webviews.len() {
            without(&|world| drop(world.capabilities[at].webviews.remove(index)));
        }
        for index in 0..one.clients.len() {
            without(&|world| drop(world.capabilities[at].clients.remove(index)));
        }
        for index in 0..one.remote.len() {
            without(&|world| drop(world.capabilities[at].remote.remove(index)));
        }
        for index in 0..one.permissions.len() {
            without(&|world| drop(world.capabilities[at].permissions.remove(index)));
            without(&|world| world.capabilities[at].permissions[index].deny.clear());
            // Each step has its way on, so that none goes back and forth.
            without(&|world| {
                let allow = &mut world.capabilities[at].permissions[index].allow;
                *allow = if matches!(allow, Allow::Only(_)) { Allow::All } else { Allow::Unsaid };
            });
        }
        for index in 0..one.optional.len() {
            without(&|world| drop(world.capabilities[at].optional.remove(index)));
        }
        for index in 0..one.deny.len() {
            without(&|world| drop(world.capabilities[at].deny.remove(index)));
        }
        without(&|world| world.capabilities[at].platforms = None);
        without(&|world| world.capabilities[at].any_frame = false);
        without(&|world| world.capabilities[at].local = true);
        without(&|world| world.capabilities[at].format = Format::Json);
    }
    all
}
