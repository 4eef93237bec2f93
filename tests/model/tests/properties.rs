//! What holds in every world, asked of the real code alone: the properties that Cedar proves of its authorization, by their
//! names there, and those that other systems have broken. Where a property is about what a capability matches, the model says
//! what it matches.
#![allow(clippy::unwrap_used, clippy::panic)]

use portcullis_tests_model::{
    Model, World,
    compare::platform,
    dead::Wrong,
    model::{Named, On, Type, narrows, own_denial},
    random::{POOL, WORDS},
    real::Real,
    world::{Allow, Caller, Capability, Entry, From, Word},
};
use proptest::prelude::*;

/// Worlds in which every name means one thing and every file can be understood.
fn worlds() -> impl Strategy<Value = World> {
    prop::collection::vec(any::<u8>(), 40..400).prop_filter_map("decidable", |bytes| {
        let mut world = World::from_bytes(&bytes);
        let stays = |capability: &Capability, id: &String| {
            !capability.permissions.iter().chain(&capability.optional).any(|entry| entry.id == *id)
        };
        for at in 0..world.capabilities.len() {
            let mut deny = std::mem::take(&mut world.capabilities[at].deny);
            deny.retain(|id| stays(&world.capabilities[at], id));
            world.capabilities[at].deny = deny;
        }
        world
            .capabilities
            .retain(|one| !one.permissions.is_empty() || !one.optional.is_empty() || !one.deny.is_empty());
        is_decidable(&world).then_some(world)
    })
}

fn is_decidable(world: &World) -> bool {
    let wrongs = Model::new(world, platform()).wrongs(&[]);
    !wrongs.iter().any(|wrong| {
        let undecided = matches!(
            wrong,
            Wrong::TwoOfId { .. }
                | Wrong::TwoCommands { .. }
                | Wrong::RefusedEntry { .. }
                | Wrong::AdmitsNothing { .. }
        );
        undecided || wrong.is_of_a_file()
    })
}

/// What somebody may do: call a command, or call it with a word that its scope has to admit.
type Act = (Caller, Named, Option<&'static str>);

/// All that anybody could do in a world.
fn acts(world: &World) -> Vec<Act> {
    let mut acts = Vec::new();
    for caller in POOL.callers(world) {
        for command in world.all_commands() {
            acts.push((caller.clone(), command.clone(), None));
            if command.needs.iter().flatten().any(|need| need.scoped) {
                acts.extend(WORDS.map(|word| (caller.clone(), command.clone(), Some(word))));
            }
        }
    }
    acts
}

/// Which of these the real code lets through, with nothing that is optional on, or with these types.
fn done(world: &World, acts: &[Act], on: &[String]) -> Vec<bool> {
    let real = Real::of(world);
    let mut let_through = Vec::new();
    for acts in acts.chunk_by(|one, other| one.0 == other.0) {
        let Some(called) = real.open(&acts[0].0) else { panic!("{:?} of {world}", real.no_gate()) };
        for permission in on {
            called.switch_on(permission);
        }
        for (_, command, word) in acts {
            let may = called.may_call(&command.name);
            let_through.push(match word {
                Some(input) if may => {
                    called.calls(&command.name, &format!("{{\"word\":\"{input}\"}}")) == Some(true)
                }
                Some(_) => false,
                None => may,
            });
        }
    }
    let_through
}

/// All that a host can switch on, as shipped.
fn types(world: &World) -> Vec<String> {
    world.types().into_iter().map(|one| one.shipped).collect()
}

/// A capability that matches everybody.
fn for_everybody(identifier: &str) -> Capability {
    let clients = ["cli", "agent", "tool", "nobody"].map(str::to_owned).to_vec();
    let any = vec!["*".to_owned()];
    Capability {
        webviews: any,
        clients,
        remote: vec!["*://*:*".to_owned()],
        any_frame: true,
        ..Capability::of(identifier, &["*"])
    }
}

/// A denial of a permission that some command needs, in a capability like one of the world or for everybody.
fn denial(world: &World, number: usize) -> Option<Capability> {
    let needs: Vec<_> =
        world.all_commands().into_iter().flat_map(|command| command.needs.unwrap_or_default()).collect();
    let need = needs.get(number % needs.len().max(1))?;
    let like = world.capabilities.get(number / 7 % (world.capabilities.len() + 1));
    let like = like.cloned().unwrap_or_else(|| for_everybody("everybody"));
    Some(Capability {
        identifier: "denial".to_owned(),
        permissions: Vec::new(),
        optional: Vec::new(),
        deny: vec![need.id.clone()],
        ..like
    })
}

fn none_wider(acts: &[Act], before: &[bool], after: &[bool]) -> Result<(), TestCaseError> {
    for ((act, before), after) in acts.iter().zip(before).zip(after) {
        prop_assert!(*before || !after, "{:?}", act);
    }
    Ok(())
}

fn config() -> ProptestConfig {
    // `PROPTEST_CASES` asks for more. Shrinking bytes makes many worlds, so not too much of that.
    let cases =
        if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default().cases } else { 60 };
    ProptestConfig { failure_persistence: None, max_shrink_iters: 300, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn forbid_trumps_permit(world in worlds(), number in any::<usize>()) {
        let Some(denial) = denial(&world, number) else { return Ok(()) };
        let mut world = world;
        world.capabilities.push(denial.clone());
        let acts = acts(&world);
        let all = types(&world);
        let (off, on) = (done(&world, &acts, &[]), done(&world, &acts, &all));
        let model = Model::new(&world, platform());
        for ((act, off), on) in acts.iter().zip(off).zip(on) {
            let needed = act.1.needs.iter().flatten().any(|need| denial.deny.contains(&need.id));
            if needed && model.matches_in_any_frame(&denial, &act.0) {
                prop_assert!(!off && !on, "{:?}", act);
            }
        }
    }

    #[test]
    fn allowed_only_if_explicitly_permitted(world in worlds()) {
        let acts = acts(&world);
        let model = Model::new(&world, platform());
        for (act, done) in acts.iter().zip(done(&world, &acts, &[])) {
            let permitted = act.1.needs.iter().flatten().all(|need| {
                world.capabilities.iter().any(|capability| {
                    let names = |entry: &Entry| model.means(&entry.id, &need.id) && !narrows(entry);
                    model.matches(capability, &act.0) && capability.permissions.iter().any(names)
                })
            });
            prop_assert!(!done || permitted, "{:?}", act);
        }
    }

    #[test]
    fn default_deny(world in worlds()) {
        let mut nothing = world.clone();
        nothing.capabilities.clear();
        let acts = acts(&world);
        for (act, done) in acts.iter().zip(done(&nothing, &acts, &[])) {
            let (caller, command, _) = act;
            let own = matches!(caller, Caller::Window { from: From::Home, main_frame: true, .. });
            prop_assert!(!done || (command.needs.is_none() && own), "{:?}", act);
        }
        // Nor may anybody do anything whom the program does not declare, whatever is granted.
        let mut everything = world;
        let needs = everything.all_commands().into_iter().flat_map(|command| command.needs.unwrap_or_default());
        let all: Vec<Entry> = needs
            .map(|need| Entry { allow: if need.scoped { Allow::All } else { Allow::Unsaid }, ..Entry::of(&need.id) })
            .collect();
        everything.capabilities.push(Capability { permissions: all, ..for_everybody("everything") });
        let model = Model::new(&everything, platform());
        for (act, done) in acts.iter().zip(done(&everything, &acts, &[])) {
            prop_assert!(!done || model.declares(&act.0), "{:?}", act);
        }
    }

    #[test]
    fn allowed_iff_explicitly_permitted_and_not_denied(world in worlds()) {
        let acts = acts(&world);
        let model = Model::new(&world, platform());
        for (act, done) in acts.iter().zip(done(&world, &acts, &[])) {
            let (caller, command, word) = act;
            if let (Some(needs), None) = (&command.needs, word) {
                let permitted = needs.iter().all(|need| model.is_granted(caller, &need.id, On::These(&[])));
                let denied = needs.iter().any(|need| model.is_denied(caller, &need.id));
                prop_assert_eq!(done, model.declares(caller) && permitted && !denied, "{:?}", act);
            }
        }
    }

    #[test]
    fn the_order_of_capabilities_does_not_matter(world in worlds(), by in 0_usize..4) {
        let mut other = world.clone();
        if !other.capabilities.is_empty() {
            let by = by % other.capabilities.len();
            other.capabilities.rotate_left(by);
        }
        other.capabilities.reverse();
        for capability in &mut other.capabilities {
            capability.permissions.reverse();
            capability.optional.reverse();
            capability.deny.reverse();
            capability.windows.reverse();
            capability.remote.reverse();
        }
        other.sets.iter_mut().for_each(|set| set.members.reverse());
        other.commands.reverse();
        let acts = acts(&world);
        prop_assert_eq!(done(&world, &acts, &[]), done(&other, &acts, &[]));
        let said = |world: &World| Real::of(world).told();
        prop_assert_eq!(said(&world), said(&other));
    }

    #[test]
    fn saying_a_thing_twice_does_not_matter(world in worlds(), number in any::<usize>()) {
        let mut other = world.clone();
        if let Some(capability) = world.capabilities.get(number % world.capabilities.len().max(1)) {
            other.capabilities.push(Capability { identifier: "again".to_owned(), ..capability.clone() });
        }
        for capability in &mut other.capabilities {
            capability.permissions.extend(capability.permissions.clone());
            capability.optional.extend(capability.optional.clone());
            capability.deny.extend(capability.deny.clone());
            capability.windows.extend(capability.windows.clone());
            capability.clients.extend(capability.clients.clone());
        }
        let acts = acts(&world);
        prop_assert_eq!(done(&world, &acts, &[]), done(&other, &acts, &[]));
    }

    #[test]
    fn adding_a_denial_never_widens(world in worlds(), number in any::<usize>()) {
        let Some(denial) = denial(&world, number) else { return Ok(()) };
        let acts = acts(&world);
        let before = done(&world, &acts, &[]);
        let mut after = world.clone();
        after.capabilities.push(denial);
        none_wider(&acts, &before, &done(&after, &acts, &[]))?;
        // Nor does one of a word.
        let mut after = world;
        let entries = after.capabilities.iter_mut().flat_map(|capability| &mut capability.permissions);
        let mut scoped: Vec<&mut Entry> = entries.filter(|entry| entry.allow != Allow::Unsaid).collect();
        let count = scoped.len();
        if let Some(entry) = scoped.get_mut(number % count.max(1)) {
            entry.deny.push(Word::Word(WORDS[number % WORDS.len()].to_owned()));
        }
        none_wider(&acts, &before, &done(&after, &acts, &[]))?;
    }

    /// One that denies nothing, that is: with a denial, what it denies is taken away too.
    #[test]
    fn removing_a_capability_never_widens(world in worlds(), number in any::<usize>()) {
        let acts = acts(&world);
        let before = done(&world, &acts, &[]);
        let denies = |capability: &Capability| {
            let mut entries = capability.permissions.iter().chain(&capability.optional);
            let denies = entries.any(|entry| !entry.deny.is_empty() || own_denial(&entry.id).is_some());
            denies || !capability.deny.is_empty()
        };
        let grants: Vec<usize> =
            (0..world.capabilities.len()).filter(|at| !denies(&world.capabilities[*at])).collect();
        if let Some(at) = grants.get(number % grants.len().max(1)) {
            let mut after = world;
            after.capabilities.remove(*at);
            none_wider(&acts, &before, &done(&after, &acts, &[]))?;
        }
    }

    #[test]
    fn a_denial_never_reaches_a_caller_that_its_capability_does_not_match(
        world in worlds(),
        number in any::<usize>(),
    ) {
        let Some(denial) = denial(&world, number) else { return Ok(()) };
        let acts = acts(&world);
        let before = done(&world, &acts, &[]);
        let mut after = world.clone();
        after.capabilities.push(denial.clone());
        let model = Model::new(&world, platform());
        for ((act, before), after) in acts.iter().zip(before).zip(done(&after, &acts, &[])) {
            let matched = model.matches_in_any_frame(&denial, &act.0);
            prop_assert!(matched || before == after, "{:?}", act);
        }
    }

    /// What one capability allows of one permission, and what it denies, is nothing to any other permission, nor to whom it
    /// does not match.
    #[test]
    fn no_scope_value_crosses_a_permission_or_a_window(world in worlds(), number in any::<usize>()) {
        let model = Model::new(&world, platform());
        let scoped: Vec<(usize, usize)> = world
            .capabilities
            .iter()
            .enumerate()
            .flat_map(|(at, one)| (0..one.permissions.len()).map(move |entry| (at, entry)))
            .filter(|(at, entry)| {
                let entry = &world.capabilities[*at].permissions[*entry];
                entry.allow != Allow::Unsaid || !entry.deny.is_empty()
            })
            .collect();
        let Some(&(at, entry)) = scoped.get(number % scoped.len().max(1)) else { return Ok(()) };
        let mut after = world.clone();
        let changed = &mut after.capabilities[at].permissions[entry];
        if changed.allow != Allow::Unsaid {
            changed.allow = if number % 2 == 0 { Allow::All } else { Allow::Only(vec![Word::Word("v".into())]) };
        }
        changed.deny = if number % 3 == 0 { vec![Word::Word("w".into())] } else { changed.deny.clone() };
        let (id, capability) = (&changed.id.clone(), &world.capabilities[at]);
        let acts = acts(&world);
        for ((act, before), after) in acts.iter().zip(done(&world, &acts, &[])).zip(done(&after, &acts, &[])) {
            let (caller, command, _) = act;
            let needed = command.needs.iter().flatten().any(|need| model.means(id, &need.id));
            let concerned = needed && model.matches_in_any_frame(capability, caller);
            prop_assert!(concerned || before == after, "{:?}", act);
        }
    }

    #[test]
    fn what_is_optional_is_off_until_it_is_switched_on(world in worlds()) {
        let acts = acts(&world);
        // Denials, and `deny` entries alone, are never optional.
        let (mut without, mut with) = (world.clone(), world.clone());
        for capability in without.capabilities.iter_mut().chain(&mut with.capabilities) {
            let stays = |entry: &Entry| narrows(entry) || own_denial(&entry.id).is_some();
            let (denying, granting): (Vec<_>, Vec<_>) =
                std::mem::take(&mut capability.optional).into_iter().partition(stays);
            capability.permissions.extend(denying);
            capability.optional = granting;
        }
        let off = done(&world, &acts, &[]);
        without.capabilities.iter_mut().for_each(|capability| capability.optional.clear());
        prop_assert_eq!(&off, &done(&with, &acts, &[]));
        without.capabilities.retain(|one| !one.permissions.is_empty() || !one.deny.is_empty());
        prop_assert_eq!(&off, &done(&without, &acts, &[]));
        // On, it counts as any other grant. (A command's own permission cannot be switched on.)
        let own = |entry: &Entry| {
            let model = Model::new(&world, platform());
            let commands = world.all_commands();
            let mut needs = commands.iter().flat_map(|command| command.needs.iter().flatten());
            needs.any(|need| need.index.is_none() && model.means(&entry.id, &need.id))
        };
        if !world.capabilities.iter().flat_map(|one| &one.optional).any(own) {
            let on = done(&world, &acts, &types(&world));
            for capability in &mut with.capabilities {
                let optional = std::mem::take(&mut capability.optional);
                capability.permissions.extend(optional);
            }
            prop_assert_eq!(on, done(&with, &acts, &[]));
        }
    }

    #[test]
    fn a_frame_never_gets_more_than_its_page(world in worlds()) {
        let acts = acts(&world);
        let framed: Vec<Act> = acts
            .into_iter()
            .filter(|(caller, ..)| matches!(caller, Caller::Window { main_frame: false, .. }))
            .collect();
        let pages: Vec<Act> = framed
            .iter()
            .map(|(caller, command, word)| {
                let mut page = caller.clone();
                if let Caller::Window { main_frame, .. } = &mut page {
                    *main_frame = true;
                }
                (page, command.clone(), *word)
            })
            .collect();
        none_wider(&framed, &done(&world, &pages, &[]), &done(&world, &framed, &[]))?;
        // Nor with the same switched on, as far as both may have it: what one of them may not have is off there.
        let model = Model::new(&world, platform());
        for ((framed, pages), number) in
            framed.chunk_by(|a, b| a.0 == b.0).zip(pages.chunk_by(|a, b| a.0 == b.0)).zip(0..)
        {
            let same = |one: &Type| model.switched(&framed[0].0, one) == model.switched(&pages[0].0, one);
            let both: Vec<Type> = world.types().into_iter().filter(same).collect();
            for on in [both.as_slice(), both.get(number % both.len().max(1)..).unwrap_or_default()] {
                let on: Vec<String> = on.iter().map(|one| one.shipped.clone()).collect();
                none_wider(framed, &done(&world, pages, &on), &done(&world, framed, &on))?;
            }
        }
    }
}
