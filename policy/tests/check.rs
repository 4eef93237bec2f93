//! What `world::check` says about capabilities beside what a program declares.
#![cfg(feature = "files")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use portcullis_policy::files::read;
use portcullis_policy::label::{check as check_label, overlap};
use portcullis_policy::world::{Declared, check};

fn declared(windows: &[&str], webviews: &[&str], clients: &[&str]) -> Declared {
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Declared { windows: list(windows), webviews: list(webviews), clients: list(clients) }
}

/// All problems of these capabilities, each with its help.
#[track_caller]
fn said(declared: &Declared, text: &str) -> String {
    let reading = read("c.json5", text);
    assert!(reading.problems.is_empty(), "{}", reading.problems[0]);
    let problems: Vec<_> = check(declared, &reading.capabilities).iter().map(ToString::to_string).collect();
    problems.iter().flat_map(|problem| [problem.as_str(), "\n"]).collect()
}

#[test]
fn what_meets_is_fine() {
    let program = declared(&["main", "viewer-*"], &["panel-?"], &["cli"]);
    for capability in [
        "windows: ['main']",
        "windows: ['*']",
        "windows: ['viewer-1', 'view*', '?ain']",
        "webviews: ['panel-*']",
        // A webview may have the label of its window.
        "webviews: ['main']",
        "clients: ['cli']",
        "windows: ['*-1'], webviews: ['*'], clients: ['cli']",
    ] {
        let text = format!("{{ identifier: 'a', permissions: ['p'], {capability} }}");
        assert_eq!(said(&program, &text), "", "{capability}");
    }
}

#[test]
fn what_meets_nothing_is_named_with_what_was_meant() {
    let program = declared(&["main", "viewer-*"], &["panel"], &["cli"]);
    let text = "[
        { identifier: 'a', permissions: ['p'], windows: ['mian', 'main', 'settings'] },
        { identifier: 'b', permissions: ['p'], webviews: ['pannel', 'viewr-*', 'other-?'] },
        { identifier: 'c', permissions: ['p'], clients: ['cil', 'agent', 'cli'] },
    ]";
    assert_eq!(
        said(&program, text),
        "\
window `mian` of capability `a` is none of the declared windows
  --> c.json5:2:58
help: did you mean `main`?
window `settings` of capability `a` is none of the declared windows
  --> c.json5:2:74
help: this program declares `main`, `viewer-*`
webview `pannel` of capability `b` is none of the declared windows or webviews
  --> c.json5:3:59
help: did you mean `panel`?
webview `viewr-*` of capability `b` is none of the declared windows or webviews
  --> c.json5:3:69
help: did you mean `viewer-*`?
webview `other-?` of capability `b` is none of the declared windows or webviews
  --> c.json5:3:80
help: this program declares `panel`, `main`, `viewer-*`
client `cil` of capability `c` is none of the declared clients
  --> c.json5:4:58
help: did you mean `cli`?
client `agent` of capability `c` is none of the declared clients
  --> c.json5:4:65
help: this program declares `cli`
"
    );
}

#[test]
fn long_lists_are_cut_short() {
    let names: Vec<String> = (10..40).map(|number| format!("declared-window-{number}")).collect();
    let program = Declared { windows: names, ..Declared::default() };
    let said = said(&program, "{ identifier: 'a', permissions: ['p'], windows: ['settings'] }");
    assert!(said.ends_with("`declared-window-21`, and 18 more\n"), "{said}");
}

#[test]
fn nothing_is_declared() {
    let said = said(
        &declared(&[], &[], &[]),
        "{ identifier: 'a', permissions: ['p'], windows: ['main'], clients: ['x'] }",
    );
    assert_eq!(said.matches("help: this program declares none").count(), 2, "{said}");
}

#[test]
fn a_webview_without_any_window_is_nobody() {
    for clients in ["", ", clients: ['cli']"] {
        let said = said(
            &declared(&[], &["panel", "side-*"], &["cli"]),
            &format!(
                "{{ identifier: 'a', permissions: ['p'], webviews: ['panel', 'side-1', 'other']{clients} }}"
            ),
        );
        assert_eq!(
            said,
            "\
webview `panel` of capability `a` is in none of the declared windows: there are none
  --> c.json5:1:51
help: declare the windows that its webviews are in: `windows: [..]` in `authority!`; or remove it
webview `side-1` of capability `a` is in none of the declared windows: there are none
  --> c.json5:1:60
help: declare the windows that its webviews are in: `windows: [..]` in `authority!`; or remove it
webview `other` of capability `a` is none of the declared windows or webviews
  --> c.json5:1:70
help: this program declares `panel`, `side-*`
"
        );
    }
}

#[test]
fn two_of_one_name_are_both_named() {
    let text = "[
        { identifier: 'a', permissions: ['p'], windows: ['main'] },
        { identifier: 'a', permissions: ['q'], windows: ['main'] },
    ]";
    assert_eq!(
        said(&declared(&["main"], &[], &[]), text),
        "\
two capabilities are named `a`
  --> c.json5:3:23
help: the other one is at c.json5:2:23; give one of them another name
"
    );
}

#[test]
fn globs_meet_as_they_overlap() {
    let globs = ["a", "ab", "*", "a*", "*b", "?", "a?", "?b", "a*b", "b"];
    for ours in globs {
        for theirs in globs {
            assert!(check_label(ours).is_ok());
            let program = declared(&[ours, "z"], &[], &[]);
            let text = format!("{{ identifier: 'a', permissions: ['p'], windows: ['{theirs}'] }}");
            let meets = overlap(ours, theirs) || overlap("z", theirs);
            assert_eq!(said(&program, &text).is_empty(), meets, "{ours} {theirs}");
        }
    }
}
