//! `UrlScope`: an address, another one that the first is redirected to, and entries, a line each: `+` allows, `-` denies, `*` allows
//! everything.
//!
//! Oracle: the `url` crate. What is admitted is an address as it has parsed it, which one `allow` entry says when both are looked at
//! in parts, and no `deny` entry says of any spelling of its host and path that other readers may take for the same. Where nothing is
//! denied and the address is not malformed, the other way round too.

use std::net::{IpAddr, Ipv6Addr};

use portcullis::{
    prelude::*,
    scope::{UrlEntry, UrlScope},
    test,
};
use url::{Host, Url};

/// Use addresses.
#[derive(Permission)]
#[permission(id = "addresses:use", scope = UrlScope)]
pub struct Use;

/// Holds `UrlScope` against the `url` crate.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if text.len() > 4096 {
        return;
    }
    let mut lines = text.split('\n');
    let (address, next) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let (mut all, mut allow, mut deny) = (false, Vec::new(), Vec::new());
    let mut scope = test::scope::<Use>();
    for line in lines.take(6) {
        let entry = line.get(1..).unwrap_or_default();
        match line.as_bytes().first() {
            Some(b'*') => all = true,
            Some(b'+') if UrlEntry::parse(entry).is_ok() => allow.push(entry),
            Some(b'-') if UrlEntry::parse(entry).is_ok() => deny.push(entry),
            _ => {}
        }
    }
    if all {
        scope = scope.allow_all();
        allow.clear();
    }
    scope = allow.iter().fold(scope, test::TestScope::allow);
    scope = deny.iter().fold(scope, test::TestScope::deny);

    let parsed = Url::parse(address).ok();
    let is_web = |url: &Url| matches!(url.scheme(), "http" | "https");
    let allowed = parsed
        .as_ref()
        .is_some_and(|url| (all && is_web(url)) || allow.iter().any(|entry| Entry::of(entry).says(url)));
    match scope.admit(address) {
        Ok(admitted) => {
            let admitted = &*admitted;
            let url = parsed.as_ref().expect("what no parser reads is not admitted");
            assert_eq!(**admitted, *url, "what was decided on is what is used");
            is_clean(url);
            assert!(allowed, "{url} under {allow:?}");
            for entry in &deny {
                assert!(!Entry::of(entry).says(url), "{url} but {entry}");
                assert!(!Entry::of(entry).says_of_a_spelling(url), "{url} but {entry}");
            }
            if let Ok(next) = Url::parse(next) {
                let redirected = admitted.redirects().admit(&next).is_ok();
                assert_eq!(
                    redirected,
                    scope.admit(next.as_str()).is_ok(),
                    "{next} is where it is redirected to"
                );
            }
        }
        Err(refusal) if deny.is_empty() && !refusal.is_malformed() => {
            assert!(!allowed, "{address} under {allow:?}");
        }
        Err(_) => {}
    }
}

/// An address that is used says one thing to every reader.
fn is_clean(url: &Url) {
    assert!(url.username().is_empty() && url.password().is_none(), "{url}");
    let host = url.host_str().expect("it has a host");
    assert!(
        !host.is_empty() && !host.starts_with('-') && !host.ends_with('.') && !host.contains(".."),
        "{url}"
    );
    assert!(!matches!(url.scheme(), "file" | "javascript" | "data" | "blob" | "about" | "mailto"), "{url}");
    for level in levels(url.path()) {
        for segment in level.split(|byte| *byte == b'/') {
            assert!(!matches!(segment, b"." | b".."), "{url}");
        }
        assert!(!level.contains(&b'\\') && !level.iter().any(u8::is_ascii_control), "{url}");
        let slashes = |bytes: &[u8]| bytes.split(|byte| *byte == b'/').count();
        assert_eq!(slashes(&level), slashes(url.path().as_bytes()), "{url} hides a separator");
    }
}

/// A path, and what is left of it after each time that it is decoded.
fn levels(path: &str) -> Vec<Vec<u8>> {
    let mut all = vec![path.as_bytes().to_vec()];
    loop {
        let last = all.last().expect("there is one");
        let mut next = Vec::new();
        let mut rest = &last[..];
        while let Some((first, behind)) = rest.split_first() {
            let digits = behind.get(..2).and_then(|two| std::str::from_utf8(two).ok());
            let byte = digits.filter(|two| two.bytes().all(|digit| digit.is_ascii_hexdigit()));
            match byte.and_then(|two| u8::from_str_radix(two, 16).ok()) {
                Some(byte) if *first == b'%' => {
                    next.push(byte);
                    rest = &behind[2..];
                }
                _ => {
                    next.push(*first);
                    rest = behind;
                }
            }
        }
        if next == *last {
            return all;
        }
        all.push(next);
    }
}

/// An entry in parts, of which the host is as the `url` crate has it.
struct Entry {
    scheme: String,
    host: String,
    below: bool,
    /// `None` is every port.
    port: Option<Option<u16>>,
    path: String,
}

impl Entry {
    fn of(text: &str) -> Self {
        let (scheme, rest) = text.split_once("://").expect("an entry has a scheme");
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (below, authority) = authority.strip_prefix("*.").map_or((false, authority), |name| (true, name));
        let (any_port, authority) =
            authority.strip_suffix(":*").map_or((false, authority), |host| (true, host));
        let origin = Url::parse(&format!("{scheme}://{authority}"));
        let (host, port) = match &origin {
            Ok(url) => (url.host_str().unwrap_or_default().to_owned(), url.port_or_known_default()),
            // No address has such a host.
            Err(_) => (String::from("\0"), None),
        };
        Self {
            scheme: scheme.to_owned(),
            host,
            below,
            port: (!any_port).then_some(port),
            path: path.to_owned(),
        }
    }

    fn says(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let segments = |path: &'_ str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
        let path = match self.folder() {
            Some(folder) => segments(url.path()).starts_with(&segments(folder)) || folder.is_empty(),
            None => url.path() == self.path,
        };
        let is_name = matches!(url.host(), Some(Host::Domain(_)));
        self.is_at(url) && self.has(host, is_name) && path
    }

    /// The same of what other readers may take for the address.
    fn says_of_a_spelling(&self, url: &Url) -> bool {
        let is_name = matches!(url.host(), Some(Host::Domain(_)));
        let hosts = spellings(url.host_str().unwrap_or_default());
        let own = spellings(&self.host);
        let host = if self.below {
            hosts.iter().any(|host| self.has(host, is_name))
        } else {
            hosts.iter().any(|host| own.contains(host))
        };
        let (path, own) = (plain(url.path()), plain(self.folder().unwrap_or(&self.path)));
        let path = if self.folder().is_some() { path.starts_with(&own) } else { path == own };
        self.is_at(url) && host && path
    }

    fn is_at(&self, url: &Url) -> bool {
        self.scheme == url.scheme() && self.port.is_none_or(|port| port == url.port_or_known_default())
    }

    fn has(&self, host: &str, is_name: bool) -> bool {
        if !self.below {
            return host == self.host;
        }
        let labels = |name: &str| name.split('.').rev().map(str::to_owned).collect::<Vec<_>>();
        let (whole, parent) = (labels(host), labels(&self.host));
        is_name && whole.len() > parent.len() && whole.starts_with(&parent)
    }

    /// The folder that the entry is about with all in it; `None` if it is one path.
    fn folder(&self) -> Option<&str> {
        match self.path.as_str() {
            "" => Some(""),
            path => path.strip_suffix("/**").or_else(|| path.strip_suffix("/*")),
        }
    }
}

/// The names of a host: itself, the IPv4 address in an IPv6 one, and all names of this machine.
fn spellings(host: &str) -> Vec<String> {
    let mut all = vec![host.to_owned()];
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let mut address = bare.parse::<IpAddr>().ok();
    if let Some(IpAddr::V6(v6)) = address {
        address = in_v6(v6).or(address);
    }
    if let Some(address) = address {
        all.push(address.to_string());
    }
    if host == "localhost" || address.is_some_and(|address| address.is_loopback() || address.is_unspecified())
    {
        all.push("this machine".to_owned());
    }
    all
}

fn in_v6(address: Ipv6Addr) -> Option<IpAddr> {
    // Mapped, and by NAT64.
    let nat64 = address.segments()[..6] == [0x64, 0xff9b, 0, 0, 0, 0];
    let [.., a, b, c, d] = address.octets();
    let v4 = address.to_ipv4_mapped().or(nat64.then(|| [a, b, c, d].into()));
    v4.map(IpAddr::V4)
}

/// A path without escapes, case, doubled separators, parameters and what is cut off at the end of a name.
fn plain(path: &str) -> Vec<String> {
    let decoded = levels(path).pop().unwrap_or_default();
    let text = String::from_utf8_lossy(&decoded).to_lowercase();
    let names = text.split('/').map(|name| {
        let name = name.split(';').next().unwrap_or_default();
        let cut = name.trim_end_matches(['.', ' ']);
        if cut.is_empty() { name.trim().to_owned() } else { cut.to_owned() }
    });
    names.filter(|name| !name.is_empty()).collect()
}
