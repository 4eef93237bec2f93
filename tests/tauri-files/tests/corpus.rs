//! Real files of Tauri applications, from a folder that is not part of the repository: every decision that they lead to is
//! ours too, or one of the differences.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use portcullis_policy::{
    files::{self, permissions},
    platform::Platform,
};
use portcullis_tests_tauri_files::{
    compare::{self, PLATFORMS},
    corpus::{Corpus, folder},
    differences::Difference,
    theirs,
    translate::Translation,
    unchanged::unchanged,
    world::{File, World},
};

/// Programs that Tauri does not build, and why.
const UNBUILT: [(&str, &str); 4] = [
    ("ccfnever__CleanMacProAI/src-tauri", "TOML parse error at line 1, column 1"),
    ("templates/_base_/src-tauri", "unknown capability format"),
    (
        "__example-api/tauri-app/src-tauri",
        "invalid plugin or permission identifier '{{ plugin_name }}:default'",
    ),
    (
        "__example-basic/vanilla/src-tauri",
        "invalid plugin or permission identifier '{{ plugin_name }}:default'",
    ),
];

/// Programs that do not come with their files unchanged: what has to be changed first.
const TO_BE_CHANGED: [(&str, &str); 3] = [
    (
        "bogdan-d__bazzite-architect/src-tauri",
        "the key `identifier` belongs in a permission, and not beside them",
    ),
    ("iblai__os/src-tauri", "unknown key `identifier` in `default`"),
    ("tauri-apps__tauri/examples/api/src-tauri", "`allow` of `allow-log-operation`"),
];

/// Differences for which a file is refused when it is read. The others show when the files of a program are put together.
const OF_A_FILE: [Difference; 10] = [
    Difference::PatternIsAnOrigin,
    Difference::PatternStar,
    Difference::LabelGlob,
    Difference::UnknownKey,
    Difference::KeyTwice,
    Difference::ReachesNobody,
    Difference::SaysNothing,
    Difference::ScopeInAPermissionFile,
    Difference::IdIsFree,
    Difference::MemberIsNoId,
];

#[test]
fn every_decision_is_tauris_but_for_the_list() {
    let Some(root) = folder() else { return };
    let corpus = Corpus::read(&root);
    let (mut disagreements, mut unbuilt) = (Vec::new(), Vec::new());
    let (mut capabilities, mut grants, mut decisions, mut allowed) = (0, 0, 0, 0);
    let mut found = BTreeSet::new();
    let mut otherwise: BTreeMap<Difference, (usize, String)> = BTreeMap::new();
    for program in &corpus.programs {
        let report = compare::compare(&program.clone().filled(), &PLATFORMS);
        capabilities += report.capabilities;
        grants += report.grants;
        decisions += report.decisions;
        allowed += report.allowed;
        disagreements.extend(report.disagreements);
        unbuilt.extend(report.unbuilt.map(|why| (program.name.clone(), why)));
        found.extend(report.found.into_iter().map(|one| {
            // The files of plugins are those of all programs.
            let whose = if one.file.starts_with("plugins/") { "" } else { program.name.as_str() };
            (one.difference, whose.to_owned(), one.file, one.what)
        }));
        for (difference, (count, example)) in report.otherwise {
            otherwise.entry(difference).or_insert((0, example)).0 += count;
        }
    }
    println!(
        "{} programs with {} files: {capabilities} capabilities, {grants} grants, {decisions} decisions, {allowed} of them allow",
        corpus.programs.len(),
        corpus.files,
    );
    for (difference, (count, example)) in &otherwise {
        println!("{count} decisions are otherwise: {}, such as {example}", difference.entry().id);
    }
    let mut counts: BTreeMap<Difference, usize> = BTreeMap::new();
    for (difference, ..) in found {
        *counts.entry(difference).or_default() += 1;
    }
    for (difference, count) in counts {
        println!("taken out of the files {count} times: {}", difference.entry().id);
    }
    assert!(disagreements.is_empty(), "{} {:#?}", disagreements.len(), disagreements.first_chunk::<9>());
    assert_listed(&unbuilt, &UNBUILT);
}

#[test]
fn what_is_refused_on_one_side_alone_is_in_the_list() {
    let Some(root) = folder() else { return };
    let corpus = Corpus::read(&root);
    let (mut both, mut here, mut there, mut unexplained) = (0, Vec::new(), Vec::new(), Vec::new());
    let plugins: BTreeMap<String, Vec<File>> =
        corpus.programs.iter().flat_map(|program| program.plugins.clone()).collect();
    let plugins = World { plugins, ..World::default() };
    for program in corpus
        .programs
        .iter()
        .map(|program| World { plugins: BTreeMap::new(), ..program.clone() })
        .chain([plugins])
    {
        let found = Translation::new(&program, Platform::Linux).found;
        let capabilities = program.capabilities.iter().map(|file| {
            let ours = files::read(&file.name, &file.text).problems.is_empty();
            (file, ours, theirs::capabilities(file).is_ok())
        });
        let own = program.permissions.iter().chain(program.plugins.values().flatten());
        let permissions = own.map(|file| {
            let ours = permissions::read(&file.name, &file.text).1.is_empty();
            (file, ours, theirs::permission_file(file).is_ok())
        });
        for (file, ours, theirs) in capabilities.chain(permissions) {
            let why = found.iter().filter(|one| one.file == file.name && OF_A_FILE.contains(&one.difference));
            let why: BTreeSet<&str> = why.map(|one| one.difference.entry().id).collect();
            let name = format!("{}/{}", program.name, file.name);
            match (ours, theirs) {
                (true, true) => both += 1,
                (false, false) => {}
                (true, false) => there.push(name.clone()),
                (false, true) => here.push(format!("{name}: {why:?}")),
            }
            if theirs && ours != why.is_empty() {
                unexplained.push(name);
            }
        }
    }
    println!("{both} files are read by both; refused here alone: {}", here.len());
    here.iter().filter(|file| !file.starts_with("/plugins/")).for_each(|file| println!("    {file}"));
    assert_eq!(unexplained, Vec::<String>::new());
    assert_eq!(there, Vec::<String>::new(), "refused by Tauri alone");
}

#[test]
fn programs_come_with_their_files_unchanged() {
    let Some(root) = folder() else { return };
    let corpus = Corpus::read(&root);
    let has_both = |world: &&World| !world.capabilities.is_empty() && !world.permissions.is_empty();
    let (mut changed, mut programs, mut commands, mut decisions) = (Vec::new(), 0, 0, 0);
    for world in corpus.programs.iter().filter(has_both) {
        let moved = unchanged(world).unwrap();
        assert_eq!(moved.report.disagreements, Vec::<String>::new());
        changed.extend(moved.refusals.into_iter().take(1).map(|why| (world.name.clone(), why)));
        if moved.report.decisions > 0 {
            programs += 1;
            commands += moved.commands;
        }
        decisions += moved.report.decisions;
    }
    println!("{programs} programs with files unchanged: {commands} commands, {decisions} decisions");
    assert_listed(&changed, &TO_BE_CHANGED);
}

/// What was found is what is listed, by the end of the name and the start of the reason.
fn assert_listed(found: &[(String, String)], listed: &[(&str, &str)]) {
    let is = |(name, why): &(String, String), (end, start): &(&str, &str)| {
        name.ends_with(end) && why.contains(start)
    };
    let surplus: Vec<_> = found.iter().filter(|one| !listed.iter().any(|entry| is(one, entry))).collect();
    assert!(surplus.is_empty(), "not listed: {surplus:#?}");
    let gone: Vec<_> = listed.iter().filter(|entry| !found.iter().any(|one| is(one, entry))).collect();
    assert!(gone.is_empty(), "listed, and no longer so: {gone:#?}");
}
