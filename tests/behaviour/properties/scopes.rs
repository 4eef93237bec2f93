//! What holds of scopes whatever their entries are. What is opened in the end is compared with the rules in `files`.

#[cfg(target_os = "linux")]
mod files;

use portcullis::{
    prelude::*,
    scope::{Exact, Folded, Glob, Matches, PathInput},
    test::{self, TestScope},
};
use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};

/// Read files.
#[derive(Permission)]
#[permission(id = "files:read", scope = PathScope<Read>)]
struct ReadFiles;

/// A channel, or several.
#[derive(Scope)]
struct Channels {
    #[scope(short)]
    name: Glob,
}

impl Matches for Channels {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        self.name.allows(&name)
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        self.name.denies(name.as_text())
    }
}

/// Post to channels.
#[derive(Permission)]
#[permission(id = "chat:post", scope = Channels)]
struct Post;

/// What a grant says.
#[derive(Clone, Debug)]
struct Entries {
    all: bool,
    allow: Vec<Value>,
    deny: Vec<Value>,
}

impl Entries {
    fn any(entry: impl Strategy<Value = Value> + Clone + 'static) -> impl Strategy<Value = Self> {
        let allow = prop::collection::vec(entry.clone(), 0..5);
        let deny = prop::collection::vec(entry, 0..3);
        (prop::bool::weighted(0.1), allow, deny).prop_map(|(all, allow, deny)| Self { all, allow, deny })
    }

    fn scope<P: Permission<Scope: portcullis::scope::Enforce>>(&self) -> TestScope<P> {
        let scope = self.allow.iter().fold(test::scope(), TestScope::allow);
        let scope = self.deny.iter().fold(scope, TestScope::deny);
        if self.all { scope.allow_all() } else { scope }
    }

    fn allowing(&self) -> Self {
        Self { deny: Vec::new(), ..self.clone() }
    }

    /// Everything, but for what this denies.
    fn denying(&self) -> Self {
        Self { all: true, allow: Vec::new(), ..self.clone() }
    }
}

/// A base folder, and one that lies in it.
const OUTER: &str = "/nothing/here";
const INNER: &str = "/nothing/here/a";

const NAMES: [&str; 12] =
    ["a", "b", "A", "ab", "c.md", ".h", "ß", "SS", "é", "e\u{301}", "ﬁ", "se\u{200d}cret"];

fn names() -> impl Strategy<Value = String> {
    prop::collection::vec(select(&NAMES[..]), 0..4).prop_map(|names| names.join("/"))
}

fn joined(start: &str, rest: &str) -> String {
    match (start, rest) {
        (start, "") => start.to_owned(),
        ("", rest) => rest.to_owned(),
        (start, rest) => format!("{start}/{rest}"),
    }
}

fn path_entry() -> impl Strategy<Value = Value> + Clone {
    let globs = ["*", "?", "**", "[a-c]", "*.md", ".*", "s*t", "a?", "e*", "?h"];
    let part = select([&NAMES[..], &globs[..]].concat());
    let rest = prop::collection::vec(part, 0..4).prop_map(|parts| parts.join("/"));
    let start = select(vec!["$OUTER", "$OUTER", "$INNER", OUTER]);
    (start, rest, any::<bool>()).prop_map(|(start, rest, hidden)| {
        let path = joined(start, &rest);
        if hidden { json!({ "path": path, "hidden": true }) } else { json!(path) }
    })
}

/// A path that says where it starts.
fn explicit() -> impl Strategy<Value = String> {
    (select(vec!["$OUTER", "$INNER"]), names()).prop_map(|(start, rest)| joined(start, &rest))
}

fn path() -> impl Strategy<Value = String> {
    let anyhow = (select(vec!["", OUTER, INNER]), names()).prop_map(|(start, rest)| joined(start, &rest));
    prop_oneof![2 => explicit(), 1 => anyhow.prop_map(|path| if path.is_empty() { ".".into() } else { path })]
}

fn paths() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(path(), 1..12)
}

/// Which of these a scope admits.
fn admitted(scope: TestScope<ReadFiles>, paths: &[String]) -> Vec<bool> {
    let grant = scope.base("OUTER", OUTER).base("INNER", INNER).grant();
    let admits = |path: &String| match grant.granted().admit(PathInput::new(path.clone())) {
        Ok(_) => true,
        Err(refusal) => {
            assert!(!refusal.is_malformed(), "{path}");
            false
        }
    };
    paths.iter().map(admits).collect()
}

/// In another order, and each perhaps several times.
fn again(entries: &[Value], how: &[usize]) -> Vec<Value> {
    let mut again: Vec<Value> = entries.to_vec();
    for at in how {
        if !again.is_empty() {
            let at = at % again.len();
            let one = again[at].clone();
            again.rotate_left(at);
            again.push(one);
        }
    }
    again
}

/// Another spelling of a name, which a file system may take for it.
fn spelled(path: &str, how: usize) -> String {
    let (start, rest) = path.split_once('/').unwrap_or((path, ""));
    let swapped = |from: &str, to: &str| rest.replace(from, to);
    let rest = match how % 8 {
        0 => rest.to_uppercase(),
        1 => rest.to_lowercase(),
        2 => swapped("é", "e\u{301}"),
        3 => swapped("e\u{301}", "É"),
        4 => swapped("ß", "sS"),
        5 => swapped("SS", "ẞ"),
        6 => swapped("ﬁ", "Fi"),
        _ => swapped("a", "\u{ad}ａ\u{200b}"),
    };
    joined(start, &rest)
}

fn with_ends(path: &str, how: usize) -> String {
    let end = [".", " ", "..", ". ."][how % 4];
    if path.contains('/') { format!("{path}{end}") } else { path.to_owned() }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn the_order_of_entries_and_how_often_they_stand_there_say_nothing(
        entries in Entries::any(path_entry()),
        paths in paths(),
        how in prop::collection::vec(0_usize..16, 0..6),
    ) {
        let other = Entries {
            all: entries.all,
            allow: again(&entries.allow, &how),
            deny: again(&entries.deny, &how),
        };
        prop_assert_eq!(admitted(entries.scope(), &paths), admitted(other.scope(), &paths));
    }

    #[test]
    fn a_denial_more_never_admits_more(
        entries in Entries::any(path_entry()),
        more in path_entry(),
        paths in paths(),
    ) {
        let before = admitted(entries.scope(), &paths);
        let mut narrowed = entries;
        narrowed.deny.push(more);
        let after = admitted(narrowed.scope(), &paths);
        for (index, path) in paths.iter().enumerate() {
            prop_assert!(before[index] || !after[index], "{}", path);
        }
    }

    #[test]
    fn an_entry_more_never_refuses_what_says_where_it_starts(
        entries in Entries::any(path_entry()),
        more in path_entry(),
        paths in prop::collection::vec(explicit(), 1..12),
    ) {
        let before = admitted(entries.scope(), &paths);
        let mut widened = entries;
        widened.allow.push(more);
        let after = admitted(widened.scope(), &paths);
        for (index, path) in paths.iter().enumerate() {
            prop_assert!(after[index] || !before[index], "{}", path);
        }
    }

    #[test]
    fn two_grants_are_what_either_allows_but_for_what_either_denies(
        one in Entries::any(path_entry()),
        other in Entries::any(path_entry()),
        paths in prop::collection::vec(explicit(), 1..12),
    ) {
        let both = admitted(one.scope().with_grant(other.scope()), &paths);
        let swapped = admitted(other.scope().with_grant(one.scope()), &paths);
        let allowed = [&one, &other].map(|grant| admitted(grant.allowing().scope(), &paths));
        let spared = [&one, &other].map(|grant| admitted(grant.denying().scope(), &paths));
        for (index, path) in paths.iter().enumerate() {
            let expected = (allowed[0][index] || allowed[1][index]) && spared[0][index] && spared[1][index];
            prop_assert_eq!(both[index], expected, "{}", path);
            prop_assert_eq!(swapped[index], expected, "{}", path);
        }
    }

    #[test]
    fn what_is_spelled_otherwise_is_denied_alike(
        entries in Entries::any(path_entry()),
        paths in prop::collection::vec(explicit(), 1..12),
        how in 0_usize..8,
    ) {
        let otherwise: Vec<String> = paths.iter().map(|path| spelled(path, how)).collect();
        let denying = entries.denying();
        prop_assert_eq!(admitted(denying.scope(), &paths), admitted(denying.scope(), &otherwise));
    }

    #[test]
    fn dots_and_spaces_at_an_end_are_no_way_around_a_denial(
        entries in Entries::any(path_entry()),
        paths in prop::collection::vec(explicit(), 1..12),
        how in 0_usize..4,
    ) {
        let longer: Vec<String> = paths.iter().map(|path| with_ends(path, how)).collect();
        let denying = entries.denying();
        let (plain, longer_admitted) =
            (admitted(denying.scope(), &paths), admitted(denying.scope(), &longer));
        for (index, path) in paths.iter().enumerate() {
            prop_assert!(plain[index] || !longer_admitted[index], "{}", path);
        }
    }

    #[test]
    fn what_an_entry_allows_it_denies_as_well(entry in path_entry(), paths in paths()) {
        let allowed = admitted(test::scope().allow(&entry), &paths);
        let spared = admitted(test::scope().allow_all().deny(&entry), &paths);
        for (index, path) in paths.iter().enumerate() {
            // What does not say where it starts is not admitted where everything is.
            prop_assert!(!(allowed[index] && spared[index]), "{}", path);
        }
    }
}

const WORDS: [&str; 10] = ["a", "b", "A", "ß", "ss", "é", "e\u{301}", "-", "ﬁ", "\u{200d}"];

fn word() -> impl Strategy<Value = String> {
    prop::collection::vec(select(&WORDS[..]), 0..5).prop_map(|words| words.concat())
}

fn glob() -> impl Strategy<Value = Value> + Clone {
    prop::collection::vec(select([&WORDS[..], &["*", "?"]].concat()), 1..5).prop_filter_map(
        "a glob",
        |parts| {
            let glob = parts.concat();
            (!glob.contains("**")).then(|| json!(glob))
        },
    )
}

/// Which of these a scope of texts admits.
fn posted(scope: &TestScope<Post>, words: &[String]) -> Vec<bool> {
    let grant = scope.grant();
    words.iter().map(|word| grant.granted().admit(word.clone()).is_ok()).collect()
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn of_texts_too(
        one in Entries::any(glob()),
        other in Entries::any(glob()),
        words in prop::collection::vec(word(), 1..12),
        how in prop::collection::vec(0_usize..16, 0..6),
    ) {
        let reordered = Entries { all: one.all, allow: again(&one.allow, &how), deny: again(&one.deny, &how) };
        prop_assert_eq!(posted(&one.scope(), &words), posted(&reordered.scope(), &words));

        let both = posted(&one.scope().with_grant(other.scope()), &words);
        let allowed = [&one, &other].map(|grant| posted(&grant.allowing().scope(), &words));
        let spared = [&one, &other].map(|grant| posted(&grant.denying().scope(), &words));
        for (index, word) in words.iter().enumerate() {
            let expected = (allowed[0][index] || allowed[1][index]) && spared[0][index] && spared[1][index];
            prop_assert_eq!(both[index], expected, "{}", word);
        }
    }

    #[test]
    fn a_text_that_is_spelled_otherwise_is_denied_alike(
        entries in Entries::any(glob()),
        words in prop::collection::vec(word(), 1..12),
        how in 0_usize..8,
    ) {
        let otherwise: Vec<String> =
            words.iter().map(|word| spelled(&format!("/{word}"), how).trim_start_matches('/').to_owned()).collect();
        let denying = entries.denying();
        prop_assert_eq!(posted(&denying.scope(), &words), posted(&denying.scope(), &otherwise));
    }
}
