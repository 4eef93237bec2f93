//! Permission files of Tauri's, in two ways.
//!
//! As text: a letter for the format as in `capability`, and the text. Or as a graph, behind a `g`: a line for each set, its name
//! and those of its members, one letter each, which is written out as a file first. Cycles and names that are defined twice are
//! what this is about.
//!
//! Oracle: the meaning of a set is all that can be reached from it, which a walk over the letters finds; and whether there is a
//! cycle is whether a set can be reached from itself.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use portcullis_policy::{
    files::{
        parse,
        permissions::{Permissions, read},
    },
    id,
};

use crate::files;

/// Holds `policy::files::permissions` against other parsers and against the definition of a set.
pub fn check(data: &[u8]) {
    match data.split_first() {
        Some((b'g', graph)) => check_graph(graph),
        _ => check_text(data),
    }
}

fn check_text(data: &[u8]) {
    let Some((name, text)) = files::split(data) else { return };
    let (definitions, problems) = read(name, text);
    files::are_told(&problems, text);
    if let Ok(tree) = parse(name, text) {
        files::is_what_others_read(name, text, &tree);
    } else {
        assert!(!problems.is_empty());
    }
    for definition in &definitions {
        files::is_inside(&definition.id.place, text);
        assert!(id::check(&definition.id.value).is_ok() && !definition.id.value.contains(':'));
    }
    let (all, problems) = Permissions::new(definitions);
    problems.iter().for_each(|problem| files::is_inside(&problem.place, text));
    for definition in all.iter() {
        let leaves = all.expand(&definition.id.value).expect("it is defined");
        let mut told = HashSet::new();
        for leaf in leaves {
            files::is_inside(leaf.place, text);
            assert!(told.insert((leaf.id.clone(), leaf.platforms.bits())), "{leaf:?} is told twice");
            assert_eq!(leaf.way.first().map(|first| &first.id), Some(&definition.id));
            // What is defined is taken apart, but for a command's own permission, which stands for itself.
            assert!(leaf.command.is_some() || all.get(&leaf.id).is_none(), "{leaf:?} is not taken apart");
        }
    }
}

/// A set, and its members. Small letters may be sets; capitals never are.
fn check_graph(graph: &[u8]) {
    let mut sets: BTreeMap<char, Vec<char>> = BTreeMap::new();
    let mut text = String::new();
    let mut twice = false;
    for line in graph.split(|byte| *byte == b'\n').take(32) {
        let mut letters = line.iter().filter(|byte| byte.is_ascii_alphabetic()).map(|byte| char::from(*byte));
        let Some(name) = letters.next().map(|name| name.to_ascii_lowercase()) else { continue };
        let members: Vec<char> = letters.take(32).collect();
        let listed: Vec<String> = members.iter().map(|member| format!("'{member}'")).collect();
        text += &format!("[[set]]\nidentifier = '{name}'\npermissions = [{}]\n", listed.join(", "));
        // The first of that name is the one that counts.
        twice |= sets.contains_key(&name);
        sets.entry(name).or_insert(members);
    }
    if sets.is_empty() {
        return;
    }
    let (definitions, problems) = read("sets.toml", &text);
    assert!(problems.is_empty(), "{problems:?}\n{text}");
    let (all, problems) = Permissions::new(definitions);
    problems.iter().for_each(|problem| files::is_inside(&problem.place, &text));
    let says = |words: &str| problems.iter().any(|problem| problem.message.contains(words));
    assert_eq!(says("two permissions are named"), twice);
    let cyclic = sets.keys().any(|name| reached(&sets, *name).contains(name));
    assert_eq!(says("holds itself"), cyclic, "{problems:?}\n{text}");
    for name in sets.keys() {
        let leaves = all.expand(&name.to_string()).expect("it is defined");
        let ids: Vec<char> = leaves.iter().filter_map(|leaf| leaf.id.chars().next()).collect();
        let expected: BTreeSet<char> =
            reached(&sets, *name).into_iter().filter(|member| !sets.contains_key(member)).collect();
        assert_eq!(ids.len(), expected.len(), "each once: {ids:?}\n{text}");
        assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), expected, "of {name}\n{text}");
    }
}

/// What can be reached from a set, itself only by way of a member.
fn reached(sets: &BTreeMap<char, Vec<char>>, from: char) -> BTreeSet<char> {
    let mut found = BTreeSet::new();
    let mut open: Vec<char> = sets.get(&from).into_iter().flatten().copied().collect();
    while let Some(member) = open.pop() {
        if found.insert(member) {
            open.extend(sets.get(&member).into_iter().flatten());
        }
    }
    found
}
