//! Many patterns at once: the same answer as one after the other.

use super::{Random, pattern};
use crate::path::{Index, Pattern};

fn index(patterns: &[(Pattern, bool)]) -> Index {
    Index::new(patterns.iter().map(|(pattern, hidden)| (pattern, *hidden)))
}

fn index_of(texts: &[&str]) -> Index {
    index(&texts.iter().map(|text| (pattern(text), false)).collect::<Vec<_>>())
}

#[test]
fn no_pattern_matches_nothing() {
    for path in ["", "a", "a/b"] {
        assert!(!Index::default().matches(path));
        assert!(!index_of(&[]).matches(path));
    }
}

#[test]
fn answers_as_one_after_the_other() {
    let pieces = ["a", "b", "ab", ".", "*", "?", "[ab]", "ü"];
    let mut random = Random(0x1dea);
    let (mut yes, mut no) = (0, 0);
    for _ in 0..3_000 {
        let patterns: Vec<(Pattern, bool)> = (0..random.below(12))
            .map(|_| {
                let one = random.pattern(&pieces);
                let one = if random.below(4) == 0 { one.folded(str::to_lowercase) } else { one };
                (one, random.below(2) == 0)
            })
            .collect();
        let index = index(&patterns);
        for _ in 0..40 {
            let path = random.path(&["a", "b", "ab", ".", "ü"]);
            let expected = patterns.iter().any(|(pattern, hidden)| pattern.matches(&path, *hidden));
            assert_eq!(index.matches(&path), expected, "`{path}` {patterns:?}");
            if expected { yes += 1 } else { no += 1 }
        }
    }
    assert!(yes > 10_000 && no > 10_000, "{yes} {no}");
}

#[test]
fn order_and_repetition_do_not_matter() {
    let pieces = ["a", "b", ".", "*", "?"];
    let mut random = Random(0x0bde);
    for _ in 0..1_000 {
        let some: Vec<(Pattern, bool)> =
            (0..random.below(8)).map(|_| (random.pattern(&pieces), random.below(2) == 0)).collect();
        let mut more = some.clone();
        more.reverse();
        more.extend(some.iter().cloned());
        let (some, more) = (index(&some), index(&more));
        for _ in 0..20 {
            let path = random.path(&["a", "b", "."]);
            assert_eq!(some.matches(&path), more.matches(&path), "`{path}`");
        }
    }
}

#[test]
fn patterns_are_found_by_each_literal_that_they_may_have() {
    let index = index_of(&[
        "$HOME/head*",
        "$HOME/*end",
        "$HOME/h*/x/y*",
        "$HOME/**/lasthead*",
        "$HOME/**/*lastend",
        "$HOME/**/middle/**",
        "$HOME/*/*/q?",
        "$HOME/ü*",
    ]);
    for path in
        ["head1", "1end", "h1/x/y1", "a/b/lasthead1", "a/1lastend", "a/middle/b", "middle", "a/b/qx", "üx"]
    {
        assert!(index.matches(path), "{path}");
    }
    for path in ["hea", "nd", "h1/x/z", "a/b/astlas", "a/middles/b", "a/b/q", "a/q1", "\u{fe}x", "", "u"] {
        assert!(!index.matches(path), "{path}");
    }
}

/// Of literals of many lengths, some are filed under less than all of them.
#[test]
fn literals_of_many_lengths_are_found() {
    let mut random = Random(0x1e77);
    let letters = ["a", "b", "ü", "語", ".", "ab"];
    for round in 0..60 {
        let patterns: Vec<(Pattern, bool)> = (0..random.below(200))
            .map(|_| {
                let word = random.some(&letters, 9);
                let text = match random.below(4) {
                    0 => format!("$HOME/{word}*"),
                    1 => format!("$HOME/*{word}"),
                    2 => format!("$HOME/**/{word}?"),
                    _ => format!("$HOME/**/?{word}"),
                };
                (pattern(&text), random.below(2) == 0)
            })
            .collect();
        let index = index(&patterns);
        for _ in 0..100 {
            let mut path = random.some(&letters, 9);
            if random.below(2) == 0 {
                path = format!("{}/{path}", random.some(&letters, 3));
            }
            let expected = patterns.iter().any(|(pattern, hidden)| pattern.matches(&path, *hidden));
            assert_eq!(index.matches(&path), expected, "round {round}: `{path}`");
        }
    }
}

#[test]
fn a_hidden_entry_does_not_speak_for_the_others() {
    let index =
        index(&[(pattern("$HOME/a/**"), true), (pattern("$HOME/**"), false), (pattern("$HOME/a/*"), false)]);
    assert!(index.matches("a/.x/y") && index.matches("b/x"));
    assert!(!index.matches("b/.x") && !index.matches(".a"));
}

#[test]
fn a_pattern_as_deep_as_can_be_written_is_taken() {
    let deep = format!("/{}*", "a/".repeat(2047));
    let index = index_of(&[deep.as_str()]);
    assert!(index.matches(&format!("{}b", "a/".repeat(2047))));
    assert!(!index.matches("a"));
}

type Write = fn(usize) -> String;

#[test]
fn ten_thousand_patterns_answer_as_ten_do() {
    let sets: [(Write, Write, Write); 6] = [
        // A pattern, a path that it matches, and one that none of them matches.
        (|n| format!("folder-{n}/**"), |n| format!("folder-{n}/a/b"), |n| format!("folder-{n}x/a")),
        (|n| format!("folder-{n}/*.md"), |n| format!("folder-{n}/a.md"), |n| format!("folder-{n}/a/a.md")),
        (|n| format!("notes/{n}.md"), |n| format!("notes/{n}.md"), |n| format!("notes/{n}.mdx")),
        (|n| format!("notes/{n}*"), |n| format!("notes/{n}-today"), |n| format!("{n}")),
        (|n| format!("notes/*-{n}.md"), |n| format!("notes/a-{n}.md"), |n| format!("notes/a/a-{n}.md")),
        (|n| format!("**/private-{n}/**"), |n| format!("a/private-{n}/b"), |n| format!("a/private-{n}s/b")),
    ];
    for (written, inside, outside) in sets {
        let patterns: Vec<_> =
            (10_000..20_000).map(|n| (pattern(&format!("$HOME/{}", written(n))), false)).collect();
        let index = index(&patterns);
        for n in (10_000..20_000).step_by(501) {
            assert!(index.matches(&inside(n)), "{}", inside(n));
            assert!(!index.matches(&inside(n + 10_000)), "{}", inside(n + 10_000));
            assert!(!index.matches(&outside(n)), "{}", outside(n));
        }
    }
}
