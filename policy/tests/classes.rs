//! The kinds of callers that `world::classes` finds, against all callers of small worlds tried one by one.
#![cfg(feature = "files")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use portcullis_policy::files::{Capability, Grant, Place, Spanned};
use portcullis_policy::label;
use portcullis_policy::origin::{Origin, Pattern};
use portcullis_policy::platform::Platforms;
use portcullis_policy::world::{Class, Declared, TooMany, Witness, classes};

/// A generator of its own, so that a failure is the same everywhere: xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    fn some<'a, T>(&mut self, all: &'a [T], most: usize) -> Vec<&'a T> {
        (0..self.below(most + 1)).map(|_| &all[self.below(all.len())]).collect()
    }
}

fn spanned(text: &str) -> Spanned<String> {
    Spanned { value: text.into(), place: Place { file: "f.json".into(), line: 1, column: 1 } }
}

fn capability(windows: &[&str], webviews: &[&str], local: bool, remote: &[&str]) -> Capability {
    let list = |texts: &[&str]| texts.iter().map(|text| spanned(text)).collect();
    Capability {
        identifier: spanned("c"),
        description: String::new(),
        windows: list(windows),
        webviews: list(webviews),
        clients: Vec::new(),
        local,
        remote: list(remote),
        platforms: Platforms::ALL,
        any_frame: false,
        permissions: vec![Grant { id: spanned("p"), allow: None, deny: None, object: false }],
        optional: Vec::new(),
        deny: Vec::new(),
        place: spanned("").place,
    }
}

fn declared(windows: &[&str], webviews: &[&str]) -> Declared {
    let list = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Declared { windows: list(windows), webviews: list(webviews), clients: Vec::new() }
}

/// All words over these letters, the empty one too.
fn words(letters: &[char], longest: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut start = 0;
    for _ in 0..longest {
        let end = all.len();
        for at in start..end {
            for letter in letters {
                all.push(format!("{}{letter}", all[at]));
            }
        }
        start = end;
    }
    all
}

/// Every glob over `a`, `b`, `*` and `?` that may be written.
fn globs() -> Vec<String> {
    words(&['a', 'b', '*', '?'], 3).into_iter().filter(|glob| label::check(glob).is_ok()).collect()
}

fn any(globs: &[Spanned<String>], text: &str) -> bool {
    globs.iter().any(|glob| label::matches(&glob.value, text))
}

/// What the rules say about one caller.
fn matched(capabilities: &[Capability], witness: &Witness) -> Vec<usize> {
    let matches = |capability: &Capability| match witness {
        Witness::Client(name) => capability.clients.iter().any(|client| client.value == *name),
        Witness::Window { window, webview, origin } => {
            (any(&capability.windows, window) || any(&capability.webviews, webview))
                && match origin {
                    None => capability.local,
                    Some(origin) => {
                        let origin = Origin::parse(origin).expect(origin);
                        capability
                            .remote
                            .iter()
                            .any(|text| Pattern::parse(&text.value).unwrap().matches(&origin))
                    }
                }
        }
    };
    capabilities.iter().enumerate().filter(|(_, capability)| matches(capability)).map(|(at, _)| at).collect()
}

/// Whether the program declares such a caller.
fn is_declared(declared: &Declared, witness: &Witness) -> bool {
    let any = |globs: &[String], text: &str| globs.iter().any(|glob| label::matches(glob, text));
    match witness {
        Witness::Client(name) => declared.clients.contains(name),
        Witness::Window { window, webview, origin: _ } => {
            any(&declared.windows, window) && (window == webview || any(&declared.webviews, webview))
        }
    }
}

/// What holds for any answer: each witness is a declared caller that matches just this, and no class stands twice.
fn check_answer(declared: &Declared, capabilities: &[Capability], answer: &[Class]) -> BTreeSet<Vec<usize>> {
    for class in answer {
        assert_eq!(matched(capabilities, &class.witness), class.matched, "{}", class.witness);
        assert!(is_declared(declared, &class.witness), "{}", class.witness);
    }
    assert!(answer.is_sorted_by(|a, b| a.matched < b.matched), "each once, and sorted");
    answer.iter().map(|class| class.matched.clone()).collect()
}

fn ask(declared: &Declared, capabilities: &[Capability]) -> BTreeSet<Vec<usize>> {
    let answer = classes(declared, capabilities, 1_000_000).unwrap();
    assert_eq!(classes(declared, capabilities, 1_000_000).unwrap(), answer, "the same each time");
    check_answer(declared, capabilities, &answer)
}

#[test]
fn labels_as_by_brute_force() {
    let globs = globs();
    // `c` stands for every letter that no glob names.
    let labels = words(&['a', 'b', 'c'], 6);
    let mut random = Random(0x5eed);
    for round in 0..400 {
        let windows: Vec<&str> = random.some(&globs, 3).into_iter().map(String::as_str).collect();
        let declared = declared(&windows, &[]);
        let capabilities: Vec<_> = (0..=random.below(5))
            .map(|_| {
                let windows: Vec<&str> = random.some(&globs, 2).into_iter().map(String::as_str).collect();
                let webviews: Vec<&str> = random.some(&globs, 2).into_iter().map(String::as_str).collect();
                capability(&windows, &webviews, true, &[])
            })
            .collect();
        let mut expected = BTreeSet::new();
        for text in &labels {
            let local = Witness::Window { window: text.clone(), webview: text.clone(), origin: None };
            if is_declared(&declared, &local) {
                expected.insert(matched(&capabilities, &local));
                // From elsewhere, nothing matches.
                expected.insert(Vec::new());
            }
        }
        assert_eq!(ask(&declared, &capabilities), expected, "round {round}: {declared:?} {capabilities:?}");
    }
}

#[test]
fn webviews_with_labels_of_their_own_as_by_brute_force() {
    let globs = globs();
    let labels = words(&['a', 'b', 'c'], 4);
    let mut random = Random(0xfeed);
    for round in 0..60 {
        // No more than one star in each, so that labels of four letters show all there is.
        let short: Vec<&str> = globs
            .iter()
            .map(String::as_str)
            .filter(|glob| glob.matches('*').count() < 2 && glob.len() < 3)
            .collect();
        let pick =
            |random: &mut Random, most| random.some(&short, most).into_iter().copied().collect::<Vec<&str>>();
        let declared = declared(&pick(&mut random, 2), &pick(&mut random, 2));
        let capabilities: Vec<_> = (0..=random.below(4))
            .map(|_| capability(&pick(&mut random, 2), &pick(&mut random, 2), true, &[]))
            .collect();
        let mut expected = BTreeSet::new();
        for window in &labels {
            for webview in &labels {
                let local =
                    Witness::Window { window: window.clone(), webview: webview.clone(), origin: None };
                if is_declared(&declared, &local) {
                    expected.insert(matched(&capabilities, &local));
                    expected.insert(Vec::new());
                }
            }
        }
        assert_eq!(ask(&declared, &capabilities), expected, "round {round}: {declared:?} {capabilities:?}");
    }
}

#[test]
fn origins_as_by_brute_force() {
    let (mut patterns, mut origins) = (Vec::new(), Vec::new());
    for scheme in ["https", "http", "app", "*"] {
        for host in ["a.b", "b", "c.a.b", "x", "127.0.0.1", "*", "*.b", "*.a.b", "*.c.a.b"] {
            for port in ["", ":*", ":443", ":80", ":9"] {
                patterns.push(format!("{scheme}://{host}{port}"));
            }
        }
    }
    for scheme in ["https", "http", "app", "wss", "ws", "else"] {
        for host in [
            "b",
            "a.b",
            "z.b",
            "z.z.b",
            "z.a.b",
            "c.a.b",
            "z.c.a.b",
            "z.z.a.b",
            "x",
            "z",
            "z.x",
            "127.0.0.1",
            "[::1]",
        ] {
            for port in ["", ":443", ":80", ":9", ":10"] {
                // A port that the browser would leave out is in no origin.
                origins.extend(
                    Some(format!("{scheme}://{host}{port}")).filter(|text| Origin::parse(text).is_ok()),
                );
            }
        }
    }
    let declared = declared(&["main"], &[]);
    let mut random = Random(0xbeef);
    for round in 0..300 {
        let capabilities: Vec<_> = (0..=random.below(4))
            .map(|_| {
                let remote: Vec<&str> = random.some(&patterns, 3).into_iter().map(String::as_str).collect();
                capability(&["main"], &[], random.below(2) == 0, &remote)
            })
            .collect();
        let at = |origin| Witness::Window { window: "main".into(), webview: "main".into(), origin };
        let mut expected = BTreeSet::from([matched(&capabilities, &at(None))]);
        expected.extend(origins.iter().map(|origin| matched(&capabilities, &at(Some(origin.clone())))));
        assert_eq!(ask(&declared, &capabilities), expected, "round {round}: {capabilities:?}");
    }
}

#[test]
fn clients_are_classes_of_their_own() {
    let mut one = capability(&[], &[], true, &[]);
    one.clients = vec![spanned("cli"), spanned("agent"), spanned("stranger")];
    let mut two = capability(&[], &[], true, &[]);
    two.clients = vec![spanned("agent")];
    let declared =
        Declared { clients: vec!["agent".into(), "idle".into(), "cli".into()], ..Declared::default() };
    let answer = classes(&declared, &[one, two], 100).unwrap();
    let client = |name: &str| Witness::Client(name.into());
    let class = |matched: &[usize], witness| Class { matched: matched.to_vec(), witness };
    assert_eq!(
        answer,
        [class(&[], client("idle")), class(&[0], client("cli")), class(&[0, 1], client("agent"))]
    );
}

#[test]
fn the_empty_label_is_a_witness_only_where_there_is_no_other() {
    let any = declared(&["*"], &[]);
    let answer = classes(&any, &[capability(&["?*"], &[], true, &["*://*:*"])], 100).unwrap();
    assert!(matches!(&answer[0].witness, Witness::Window { window, .. } if window.is_empty()));
    let answer = classes(&any, &[capability(&["*"], &[], true, &["*://*:*"])], 100).unwrap();
    assert!(matches!(&answer[0].witness, Witness::Window { window, .. } if !window.is_empty()));
}

#[test]
fn nobody_is_declared() {
    assert_eq!(
        classes(&Declared::default(), &[capability(&["*"], &["*"], true, &["*://*:*"])], 10),
        Ok(Vec::new())
    );
    // A webview is in a window.
    assert_eq!(classes(&declared(&[], &["*"]), &[capability(&["*"], &["*"], true, &[])], 10), Ok(Vec::new()));
}

#[test]
fn a_thousand_windows_are_a_thousand_classes() {
    let names: Vec<String> = (0..1000).map(|number| format!("window-of-some-length-{number:04}")).collect();
    let mut capabilities: Vec<_> = names.iter().map(|name| capability(&[name], &[], true, &[])).collect();
    capabilities.push(capability(&["*"], &[], true, &["https://*.example.com"]));
    let listed = Declared { windows: names, ..Declared::default() };
    // All that is listed matches, and from elsewhere the last one or none.
    assert_eq!(ask(&listed, &capabilities).len(), 1002);
    // A window that no other capability names, besides.
    assert_eq!(ask(&declared(&["*"], &[]), &capabilities).len(), 1002);
    assert_eq!(ask(&declared(&["window-of-some-length-0007"], &[]), &capabilities).len(), 3);
}

#[test]
fn what_would_blow_up_is_given_up() {
    // Which of these letters a label has: two to the power of twenty-six sets.
    let globs: Vec<String> = ('a'..='z').map(|letter| format!("*{letter}*")).collect();
    let capabilities: Vec<_> = globs.iter().map(|glob| capability(&[glob], &[], true, &[])).collect();
    let answer = classes(&declared(&["*"], &[]), &capabilities, 5000);
    assert_eq!(answer, Err(TooMany { limit: 5000 }));
    let said = answer.unwrap_err().to_string();
    assert!(said.contains("more than 5000 states"), "{said}");
    // Origins count too.
    let hosts: Vec<String> = (0..200).map(|number| format!("https://h{number}.example:*")).collect();
    let capabilities: Vec<_> = hosts.iter().map(|host| capability(&["main"], &[], true, &[host])).collect();
    assert_eq!(classes(&declared(&["main"], &[]), &capabilities, 100), Err(TooMany { limit: 100 }));
    assert!(classes(&declared(&["main"], &[]), &capabilities, 10_000).is_ok());
}

#[test]
fn the_product_of_many_stars_within_one_glob_is_small() {
    let glob = "*a*b*c*d*e*f*g*h*i*j*k*l*m*";
    let capabilities = [capability(&[glob], &[], true, &[])];
    assert!(classes(&declared(&["*"], &[]), &capabilities, 100).is_ok());
}
