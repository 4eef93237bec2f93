//! What holds for all entries and all addresses: of many that are made of the same few pieces, so that they meet.

use portcullis_policy::url::{Pattern, Port};
use url::Url;

use super::{
    super::fold,
    Is::{self, A, D, E},
    scope, verdict,
};

/// A generator of its own, so that a failure is the same everywhere: xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    fn pattern(&mut self) -> String {
        let host = self.of(&["a.com", "a.com", "*.a.com", "b.a.com", "127.0.0.1", "[::1]", "10.0.0.1"]);
        let port = self.of(&["", "", ":*", ":*", ":8080", ":80"]);
        let mut path = String::new();
        for _ in 0..self.below(3) {
            path = path + "/" + self.of(&["x", "x", "y", "caf%C3%A9", "x;y"]);
        }
        let end = self.of(&["", "/*", "/**", "/"]);
        format!("http://{host}{port}{path}{end}")
    }

    fn patterns(&mut self, most: usize) -> Vec<String> {
        (0..self.below(most + 1)).map(|_| self.pattern()).collect()
    }

    fn address(&mut self) -> String {
        let host = self.of(&[
            "a.com",
            "a.com",
            "A.com",
            "b.a.com",
            "c.b.a.com",
            "xa.com",
            "127.0.0.1",
            "127.1",
            "[::1]",
            "[::ffff:10.0.0.1]",
            "10.1",
        ]);
        let (scheme, port) = (self.of(&["http", "http", "http", "https"]), self.of(&["", "", ":8080"]));
        let mut path = String::new();
        for _ in 0..self.below(4) {
            path = path
                + self.of(&["/", "/", "/", "/", "//", "\\"])
                + self.of(&[
                    "x",
                    "x",
                    "x",
                    "X",
                    "%78",
                    "y",
                    "%2578",
                    "caf%C3%A9",
                    "cafe%CC%81",
                    "x;y",
                    "..",
                    "",
                    "x.",
                ]);
        }
        // Some are malformed.
        let user = self.of(&["", "", "", "", "", "", "", "u@"]);
        format!("{scheme}://{user}{host}{port}{path}")
    }
}

fn strings(entries: &[String]) -> Vec<&str> {
    entries.iter().map(String::as_str).collect()
}

fn decides(allow: &[String], deny: &[String], address: &str) -> Is {
    verdict(&scope(&strings(allow), &strings(deny)).admit(address))
}

/// The definition of what is allowed: entry by entry, each part by itself.
fn is_allowed(pattern: &str, url: &Url) -> bool {
    let pattern = Pattern::parse(pattern).unwrap();
    let port = match pattern.port() {
        Port::Default => url.port().is_none(),
        Port::Any => true,
        Port::Exact(port) => url.port_or_known_default() == Some(port),
    };
    let host = url.host_str().is_some_and(|host| pattern.host().admits(host));
    pattern.scheme() == url.scheme() && host && port && pattern.path().admits(url.path())
}

#[test]
fn what_is_admitted_is_what_one_entry_after_another_allows() {
    let mut random = Random(1);
    let mut admitted = 0;
    for _ in 0..6_000 {
        let (allow, address) = (random.patterns(6), random.address());
        let found = decides(&allow, &[], &address);
        if found == E {
            continue;
        }
        let url = Url::parse(&address).unwrap();
        let expected = allow.iter().any(|pattern| is_allowed(pattern, &url));
        assert_eq!(found == A, expected, "`{address}` under {allow:?}");
        admitted += usize::from(expected);
    }
    assert!(admitted > 300, "{admitted} of all were admitted: the pieces do not meet");
}

#[test]
fn order_and_duplicates_of_entries_do_not_matter() {
    let mut random = Random(2);
    for _ in 0..2_000 {
        let (mut allow, mut deny, address) = (random.patterns(5), random.patterns(3), random.address());
        let before = decides(&allow, &deny, &address);
        for entries in [&mut allow, &mut deny] {
            entries.extend(entries.clone());
            let end = entries.len().max(1);
            entries.rotate_left(random.below(end) % end.max(1));
            entries.reverse();
        }
        assert_eq!(decides(&allow, &deny, &address), before, "`{address}` under {allow:?} but {deny:?}");
    }
}

#[test]
fn a_denial_more_never_admits_more() {
    let mut random = Random(3);
    let mut fewer = 0;
    for _ in 0..4_000 {
        let (mut allow, mut deny, address) = (random.patterns(6), random.patterns(2), random.address());
        if random.below(2) == 0 {
            allow = vec!["all".to_owned()];
        }
        let before = decides(&allow, &deny, &address);
        deny.push(random.pattern());
        let after = decides(&allow, &deny, &address);
        assert!(after == before || (before, after) == (A, D), "`{address}` under {allow:?} but {deny:?}");
        fewer += usize::from(after != before);
    }
    assert!(fewer > 50, "{fewer} denials denied");
}

#[test]
fn what_an_entry_allows_it_denies_too() {
    let mut random = Random(4);
    let mut met = 0;
    for _ in 0..6_000 {
        let (pattern, address) = ([random.pattern()], random.address());
        if decides(&pattern, &[], &address) == A {
            met += 1;
            assert_eq!(decides(&pattern, &pattern, &address), D, "`{address}` and {pattern:?}");
        }
    }
    assert!(met > 100, "{met} met");
}

/// What a denial says of one spelling it says of every other.
#[test]
fn folded_forms_are_denied_as_one() {
    let mut random = Random(5);
    let mut denied = 0;
    for _ in 0..6_000 {
        let (deny, one, other) = (random.patterns(3), random.address(), random.address());
        let forms = |address: &str| {
            let url = Url::parse(address).ok()?;
            let host = fold::host(url.host_str()?).into_owned();
            Some((url.scheme().to_owned(), host, url.port(), fold::path(url.path())))
        };
        let all = ["all".to_owned()];
        let (a, b) = (decides(&all, &deny, &one), decides(&all, &deny, &other));
        if forms(&one).is_some() && forms(&one) == forms(&other) && a != E && b != E {
            assert_eq!(a, b, "`{one}` and `{other}` but {deny:?}");
            denied += usize::from(a == D && one != other);
        }
    }
    assert!(denied > 0, "no two spellings met");
}

#[test]
fn a_path_that_is_folded_twice_is_folded_once() {
    let mut random = Random(6);
    for _ in 0..3_000 {
        let Ok(url) = Url::parse(&random.address()) else { continue };
        let once = fold::path(url.path());
        assert_eq!(fold::path(&once), once, "{url}");
    }
}
