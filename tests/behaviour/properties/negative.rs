//! The ready-made negative test tries what the rules refuse, all of it and nothing else; and its table has every kind of
//! caller that there is.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock, Mutex},
};

use portcullis::{
    Denial, Gate, Principal,
    test::{Verdict, denials, matrix},
};
use portcullis_tests_model::{
    real,
    world::{Caller, From},
};
use proptest::prelude::*;

use super::world::{AUTHORITY, COMMANDS, WORLD, callers, may_call};

/// Reads a caller from the words of a log.
fn read(principal: &str) -> Caller {
    let named = |text: &str, what: &str| {
        text.strip_prefix(what).and_then(|text| text.strip_suffix('`')).map(str::to_owned)
    };
    let parts: Vec<&str> = principal.split(", ").collect();
    let [first, between @ .., from, frame] = parts.as_slice() else {
        return Caller::Client(named(principal, "client `").unwrap());
    };
    let window = named(first, "window `").unwrap();
    let webview = between.first().map_or_else(|| window.clone(), |text| named(text, "webview `").unwrap());
    let from = match *from {
        "local" => From::Home,
        "opaque origin" => From::Opaque,
        origin => From::Origin(origin.to_owned()),
    };
    Caller::Window { window, webview, from, main_frame: *frame == "main frame" }
}

#[test]
fn what_is_tried_is_what_the_rules_refuse() {
    let seen = Arc::new(Mutex::new(BTreeMap::<String, BTreeSet<String>>::new()));
    let kept = Arc::clone(&seen);
    let hook = move |denial: &Denial| {
        kept.lock().unwrap().entry(denial.principal.to_string()).or_default().insert(denial.command.clone());
    };
    let done = denials(&Gate::new(&AUTHORITY).on_denial(hook).build().unwrap());
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), done.callers());
    assert_eq!(seen.values().map(BTreeSet::len).sum::<usize>(), done.pairs());
    let names: BTreeSet<String> = AUTHORITY.command_names().collect();
    for (principal, refused) in &*seen {
        let caller = read(principal);
        assert_eq!(real::principal(&caller).to_string(), *principal);
        for command in COMMANDS {
            let is_refused = !names.contains(command) || !may_call(&WORLD, &caller, command);
            assert_eq!(refused.contains(command), is_refused, "`{command}` called by {principal}");
        }
    }
}

/// What each caller of the table may call, by its commands.
static KINDS: LazyLock<BTreeSet<BTreeSet<String>>> = LazyLock::new(|| {
    let mut rows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in matrix(&AUTHORITY).rows() {
        let may = rows.entry(row.caller.clone()).or_default();
        if row.verdict == Verdict::Allowed {
            may.insert(row.command.clone());
        }
    }
    rows.into_values().collect()
});

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn whoever_calls_is_of_a_kind_that_the_table_has(caller in callers()) {
            let names: BTreeSet<String> = AUTHORITY.command_names().collect();
        let may: BTreeSet<String> = COMMANDS
            .iter()
            .filter(|command| names.contains(**command) && may_call(&WORLD, &caller, command))
            .map(|command| (*command).to_owned())
            .collect();
        prop_assert!(may.is_empty() || KINDS.contains(&may), "{:?} may call {:?}", caller, may);
    }
}

/// A caller is read as it is written.
#[test]
fn callers_are_read_as_they_are_written() {
    for principal in [Principal::client("cli"), Principal::window("main").webview("side-1").opaque_origin()] {
        assert_eq!(real::principal(&read(&principal.to_string())), principal);
    }
}
