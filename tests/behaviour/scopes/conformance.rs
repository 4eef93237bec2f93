//! The vectors that are part of the crate, run over the scopes that they are for, and the runner itself.

use portcullis::{
    prelude::*,
    scope::{Exact, Folded, Glob, Matches, Pattern, UrlScope},
    test::vectors::{self, Counts, Vectors},
};
use serde_json::json;

/// Read documents.
#[derive(Permission)]
#[permission(id = "docs:read", scope = PathScope<Read>)]
struct ReadDocs;

/// Write documents.
#[derive(Permission)]
#[permission(id = "docs:write", scope = PathScope<Write>)]
struct WriteDocs;

/// Fetch pages.
#[derive(Permission)]
#[permission(id = "pages:fetch", scope = UrlScope)]
struct Fetch;

/// A channel.
#[derive(Scope)]
struct Channel {
    name: String,
}

impl Matches for Channel {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        *name == self.name
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        name.as_text().is(&self.name)
    }
}

/// Post to channels.
#[derive(Permission)]
#[permission(id = "chat:post", scope = Channel)]
struct Post;

/// Some reports.
#[derive(Scope)]
struct Reports {
    #[scope(short)]
    name: Glob,
}

impl Matches for Reports {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        self.name.allows(&name)
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        self.name.denies(name.as_text())
    }
}

/// Print reports.
#[derive(Permission)]
#[permission(id = "reports:print", scope = Reports)]
struct Print;

/// Some branches.
#[derive(Scope)]
struct Branches {
    #[scope(short)]
    name: Pattern,
}

impl Matches for Branches {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        self.name.allows(&name)
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        self.name.denies(name.as_text())
    }
}

/// Deploy branches.
#[derive(Permission)]
#[permission(id = "branches:deploy", scope = Branches)]
struct Deploy;

#[track_caller]
fn all_of_them_ran(counts: Counts, at_least: usize) {
    assert_eq!(counts.skipped, 0);
    assert!(counts.run >= at_least, "{counts:?}");
}

#[test]
fn paths() {
    let folder = tempfile::tempdir().unwrap();
    let based = |scope: portcullis::test::TestScope<_>| scope.base("R", folder.path());
    all_of_them_ran(vectors::run::<ReadDocs>(vectors::PATHS, based), 600);
    let folder = tempfile::tempdir().unwrap();
    all_of_them_ran(vectors::run::<WriteDocs>(vectors::PATHS, |scope| scope.base("R", folder.path())), 600);
}

#[test]
fn paths_beneath_a_folder_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let gone = folder.path().join("gone");
    all_of_them_ran(vectors::run::<ReadDocs>(vectors::PATHS, |scope| scope.base("R", &gone)), 600);
}

#[test]
#[cfg(unix)]
fn paths_beneath_a_folder_that_is_known_by_a_link() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("real")).unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink("real", &link).unwrap();
    all_of_them_ran(vectors::run::<ReadDocs>(vectors::PATHS, |scope| scope.base("R", &link)), 600);
}

#[test]
fn urls() {
    all_of_them_ran(vectors::run::<Fetch>(vectors::URLS, |scope| scope), 440);
}

#[test]
fn text() {
    let named = Vectors::read(vectors::TEXT).entries(|name| json!({ "name": name }));
    all_of_them_ran(named.run::<Post>(|scope| scope), 90);
    // A glob or an expression without wildcards is a text too.
    all_of_them_ran(vectors::run::<Print>(vectors::TEXT, |scope| scope), 90);
    all_of_them_ran(vectors::run::<Deploy>(vectors::TEXT, |scope| scope), 90);
}

#[test]
fn globs() {
    all_of_them_ran(vectors::run::<Print>(vectors::GLOBS, |scope| scope), 60);
}

#[test]
fn patterns() {
    all_of_them_ran(vectors::run::<Deploy>(vectors::PATTERNS, |scope| scope), 50);
}

#[test]
fn a_grant_that_admits_nothing_beside_it_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let beside = || portcullis::test::scope::<ReadDocs>().deny("$R/denied to the other");
    let both =
        |scope: portcullis::test::TestScope<ReadDocs>| scope.base("R", folder.path()).with_grant(beside());
    all_of_them_ran(vectors::run::<ReadDocs>(vectors::PATHS, both), 600);
}

/// Some vectors, and what comes of them for a scope of names.
fn run(vectors: &serde_json::Value) -> Result<Counts, String> {
    let text = vectors.to_string();
    // What it says is looked at, and need not be on the screen.
    std::thread::Builder::new()
        .spawn(move || vectors::run::<Post>(&text, |scope| scope))
        .unwrap()
        .join()
        .map_err(|panic| panic.downcast_ref::<String>().expect("a text").clone())
}

fn vector(id: &str, platform: &str, input: &str, expect: &str) -> serde_json::Value {
    json!({
        "id": id, "platform": platform, "allow": [{ "name": "general" }], "input": input, "expect": expect,
        "why": "a test",
    })
}

#[test]
fn vectors_of_ones_own() {
    assert_eq!(
        run(&json!([vector("a", "any", "general", "admit"), vector("b", "any", "lobby", "refuse")])),
        Ok(Counts { run: 2, skipped: 0 })
    );
}

#[test]
fn all_that_came_out_otherwise_is_told_at_once() {
    let said = run(&json!([
        vector("one", "any", "general", "refuse"),
        vector("two", "any", "general", "admit"),
        vector("three", "any", &"lobby".repeat(50), "admit"),
    ]))
    .unwrap_err();
    assert!(said.starts_with("2 of 3 vectors came out otherwise for the scope of `chat:post`:"), "{said}");
    assert!(
        said.contains("one    here     expected refuse     got admit      \"general\"\n       a test"),
        "{said}"
    );
    assert!(said.contains("lobb.. (252 bytes)"), "{said}");
    assert!(said.contains("it said: no `allow` entry of this caller's grants matches the input"), "{said}");
    assert!(!said.contains("two"), "{said}");
}

#[test]
fn an_entry_that_the_scope_refuses_is_told_like_any_other() {
    let wrong =
        json!([{ "id": "x", "allow": ["general"], "input": "general", "expect": "admit", "why": "a test" }]);
    let said = run(&wrong).unwrap_err();
    assert!(said.contains("expected admit      got bad_entry"), "{said}");
}

#[test]
fn a_vector_of_another_platform_is_counted_where_it_cannot_be_run() {
    let each = ["unix", "linux", "macos", "windows"].map(|on| vector(on, on, "general", "admit"));
    let counts = run(&json!(each)).unwrap();
    assert_eq!(counts.run + counts.skipped, 4);
    assert_eq!(counts.run, if cfg!(any(target_os = "linux", target_os = "macos")) { 2 } else { 1 });
}

#[test]
fn a_vector_with_a_key_that_is_misspelt_is_none() {
    let mut misspelt = vector("a", "any", "general", "admit");
    misspelt["denies"] = json!(["general"]);
    assert!(run(&json!([misspelt])).unwrap_err().contains("unknown key `denies`"));
}

#[test]
fn every_file_names_what_it_is_about() {
    for file in [vectors::PATHS, vectors::URLS, vectors::TEXT, vectors::GLOBS, vectors::PATTERNS] {
        for vector in Vectors::read(file).iter() {
            let class = vector.id.split('/').next().unwrap_or_default();
            assert!(!class.is_empty() && vector.id.len() > class.len() + 1, "{}", vector.id);
            assert!(!vector.why.ends_with('.'), "{}", vector.id);
        }
    }
}

#[test]
fn a_platform_that_there_is_not_is_a_test_that_is_wrong() {
    let scope = || portcullis::test::scope::<ReadDocs>().platform("beos");
    assert!(std::panic::catch_unwind(scope).is_err());
}
