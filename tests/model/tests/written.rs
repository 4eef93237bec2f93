//! The worlds in `compiled` are those that are written now, and there is of everything something in them.
//! `UPDATE_EXPECTED=1` writes them.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::{collections::BTreeSet, fs, path::Path};

use portcullis_tests_model::{
    World, compiled,
    world::{Allow, Capability, Entry, Format, Guard},
};

#[test]
fn what_is_compiled_is_what_is_written_now() {
    let files = compiled::files();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(compiled::FOLDER);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        for one in fs::read_dir(&folder).unwrap().map(|one| one.unwrap().path()).filter(|one| one.is_dir()) {
            fs::remove_dir_all(one).unwrap();
        }
        for (path, text) in &files {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    for (path, text) in &files {
        let there = fs::read_to_string(path).unwrap_or_default();
        assert!(there == *text, "{}: write it with UPDATE_EXPECTED=1", path.display());
    }
    let wanted: BTreeSet<_> = files.into_iter().map(|(path, _)| path).collect();
    for folder in fs::read_dir(&folder).unwrap().map(|one| one.unwrap().path()).filter(|one| one.is_dir()) {
        for file in fs::read_dir(folder).unwrap().map(|one| one.unwrap().path()) {
            assert!(wanted.contains(&file), "{}: nothing writes it", file.display());
        }
    }
}

#[test]
fn of_everything_there_is_something_among_them() {
    let worlds = compiled::worlds();
    let world = |what: &dyn Fn(&World) -> bool| worlds.iter().any(what);
    let capability = |what: &dyn Fn(&Capability) -> bool| world(&|one| one.capabilities.iter().any(what));
    let entry = |what: &dyn Fn(&Entry) -> bool| {
        capability(&|one| one.permissions.iter().chain(&one.optional).any(what))
    };
    let guard = |what: &dyn Fn(&Guard) -> bool| {
        world(&|one| {
            let grouped = one.groups.iter().flat_map(|group| &group.commands);
            one.commands.iter().chain(grouped).any(|command| what(&command.guard))
        })
    };
    let there = [
        ("public", guard(&|one| *one == Guard::Public)),
        ("own", guard(&|one| *one == Guard::Own)),
        ("all_of", guard(&|one| matches!(one, Guard::All(needed) if needed.len() > 1))),
        ("group", world(&|one| one.groups.iter().any(|group| group.listed_as.is_none()))),
        ("renamed group", world(&|one| one.groups.iter().any(|group| group.listed_as.is_some()))),
        ("set of a group", world(&|one| one.groups.iter().any(|group| group.set.is_some()))),
        ("set", world(&|one| !one.sets.is_empty())),
        ("webviews", world(&|one| !one.webviews.is_empty())),
        ("clients", world(&|one| !one.clients.is_empty())),
        ("foreign", world(&|one| !one.foreign.is_empty())),
        ("remote", capability(&|one| !one.remote.is_empty())),
        ("frames", capability(&|one| one.any_frame)),
        ("platforms", capability(&|one| one.platforms.is_some())),
        ("optional", capability(&|one| !one.optional.is_empty())),
        ("deny", capability(&|one| !one.deny.is_empty())),
        ("allow", entry(&|one| matches!(one.allow, Allow::Only(_)))),
        ("all", entry(&|one| one.allow == Allow::All)),
        ("entries denied", entry(&|one| !one.deny.is_empty())),
        ("toml", capability(&|one| one.format == Format::Toml)),
        ("json5", capability(&|one| one.format == Format::Json5)),
        ("json", capability(&|one| one.format == Format::Json)),
        ("beside", capability(&|one| one.format == Format::Beside)),
    ];
    let missing: Vec<&str> = there.iter().filter(|(_, is)| !is).map(|(name, _)| *name).collect();
    assert_eq!(missing, [""; 0]);
}
