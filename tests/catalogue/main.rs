//! The catalogue of attacks, held against the repository: `README.md` beside this file says which tests an attack has, and they are there,
//! all of them, and no others.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it says"
)]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "these are files of this repository")]

mod named;
mod sources;
mod table;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use named::Named;
use table::Table;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

#[track_caller]
fn none(problems: impl IntoIterator<Item = String>) {
    let problems: Vec<_> = problems.into_iter().collect();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn every_attack_has_a_test_of_its_name_in_each_file_that_it_names() {
    let (table, named) = (Table::read(&root()), Named::read(&root()));
    let missing = |id: &str, files: &BTreeSet<String>| {
        let there = named.files(id);
        let missing = files.difference(&there).map(|file| format!("`{id}`: {file} has no test of that name"));
        let none = files.is_empty().then(|| format!("`{id}` names no test"));
        missing.chain(none).collect::<Vec<_>>()
    };
    none(table.attacks.iter().flat_map(|(id, files)| missing(id, files)));
    assert!(table.attacks.len() >= 81, "{} attacks", table.attacks.len());
}

#[test]
fn every_test_of_an_attack_is_in_its_row() {
    let (table, named) = (Table::read(&root()), Named::read(&root()));
    let unlisted = |id: &str, files: &BTreeSet<String>| {
        let there = named.files(id);
        there
            .difference(files)
            .map(|file| format!("`{id}`: {file} has a test of that name"))
            .collect::<Vec<_>>()
    };
    none(table.attacks.iter().flat_map(|(id, files)| unlisted(id, files)));
}

#[test]
fn every_test_that_is_called_like_an_attack_is_one() {
    let (table, named) = (Table::read(&root()), Named::read(&root()));
    none(named.like_attacks().filter_map(|(name, file)| {
        let is_known = table.attacks.keys().any(|id| named::begins(name, id));
        (!is_known).then(|| format!("{file}: `{name}` is no attack of the table"))
    }));
}

#[test]
fn every_drift_is_in_the_table_and_does_not_compile() {
    let (table, named) = (Table::read(&root()), Named::read(&root()));
    let cases: BTreeSet<String> = named.drifts().collect();
    none(cases.symmetric_difference(&table.drifts).map(|case| format!("{case} is in one of the two only")));
    assert!(cases.len() >= 12, "{cases:?}");
}

#[test]
fn every_link_leads_somewhere() {
    let here = root().join("tests/catalogue");
    let table = Table::read(&root());
    none(
        table
            .links
            .iter()
            .filter(|link| !here.join(link).exists())
            .map(|link| format!("{link} is not there")),
    );
    assert!(table.links.len() > 100, "{} links", table.links.len());
}
