//! Tells origins apart by the patterns that admit them: the product of all schemes, hosts and ports that patterns
//! name, with one of each that none names. Only patterns are known here.

use std::collections::{BTreeSet, HashSet};

use super::{Budget, Kind, TooMany};
use crate::origin::{Host, Pattern, Port, Scheme, default_port};

/// Every kind of origin, of patterns with their owners. What no pattern admits is a kind too.
pub(super) fn kinds(patterns: &[(usize, Pattern<'_>)], budget: &mut Budget) -> Result<Vec<Kind>, TooMany> {
    let schemes = schemes(patterns);
    let hosts = hosts(patterns);
    let ports = ports(patterns);
    let by_host: Vec<Bits> = hosts.iter().map(|host| Bits::new(patterns, |p| p.host.admits(host))).collect();
    let mut seen = HashSet::new();
    let mut owners = HashSet::new();
    let mut kinds = Vec::new();
    for scheme in &schemes {
        let of_scheme = Bits::new(patterns, |pattern| pattern.scheme.admits(scheme));
        for port in &ports {
            // The scheme's own port is never written.
            if port.is_some() && *port == default_port(scheme) {
                continue;
            }
            let of_port = of_scheme.and(&Bits::new(patterns, |pattern| pattern.port.admits(scheme, *port)));
            for (host, of_host) in hosts.iter().zip(&by_host) {
                budget.spend()?;
                let bits = of_port.and(of_host);
                if seen.contains(&bits) {
                    continue;
                }
                let matched = bits.owners(patterns);
                seen.insert(bits);
                if owners.insert(matched.clone()) {
                    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
                    kinds.push(Kind { matched, witness: format!("{scheme}://{host}{port}") });
                }
            }
        }
    }
    Ok(kinds)
}

/// All schemes that are named, those with a port of their own, since a pattern without scheme but with a port tells
/// them apart, and another.
fn schemes(patterns: &[(usize, Pattern<'_>)]) -> Vec<String> {
    let named = patterns.iter().filter_map(|(_, pattern)| match pattern.scheme {
        Scheme::Exact(scheme) => Some(scheme),
        Scheme::Any => None,
    });
    let mut schemes = distinct(["https", "http", "wss", "ws"].into_iter().chain(named));
    let other = fresh("other", &schemes);
    schemes.push(other);
    schemes
}

/// All hosts that are named, one below each host whose parts are admitted, and another.
///
/// These are all kinds: of a host that is not named, only the longest of those that it is below counts, for it is below
/// all the others that are.
fn hosts(patterns: &[(usize, Pattern<'_>)]) -> Vec<String> {
    let named = patterns.iter().filter_map(|(_, pattern)| match pattern.host {
        Host::Exact(host) => Some(host),
        Host::Any | Host::Under(_) => None,
    });
    let mut hosts = distinct(named);
    let parents = distinct(patterns.iter().filter_map(|(_, pattern)| match pattern.host {
        Host::Under(host) => Some(host),
        Host::Any | Host::Exact(_) => None,
    }));
    let taken: HashSet<String> = hosts.iter().cloned().collect();
    for parent in parents {
        let short = ('a'..='z').chain('0'..='9').map(String::from);
        let free = (0..).map(|number| if number == 0 { "sub".into() } else { format!("sub{number}") });
        // One of the first `taken + 1` names is free; if they are too long for a host, a short one may still be.
        let below = free
            .take(taken.len() + 1)
            .chain(short)
            .map(|name| format!("{name}.{parent}"))
            .find(|host| host.len() <= 253 && !taken.contains(host));
        hosts.extend(below);
    }
    // It has no dot, so it is below nothing.
    let other = fresh("other", &hosts);
    hosts.push(other);
    hosts
}

/// All ports that are named, none, and another.
fn ports(patterns: &[(usize, Pattern<'_>)]) -> Vec<Option<u16>> {
    let named: BTreeSet<u16> = patterns
        .iter()
        .filter_map(|(_, pattern)| match pattern.port {
            Port::Exact(port) => Some(port),
            Port::Default | Port::Any => None,
        })
        .collect();
    let other =
        (8000..=u16::MAX).chain(1..8000).find(|port| !named.contains(port) && ![80, 443].contains(port));
    std::iter::once(None).chain(named.iter().copied().map(Some)).chain(other.map(Some)).collect()
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen = HashSet::new();
    names.filter(|name| seen.insert(*name)).map(str::to_owned).collect()
}

fn fresh(name: &str, taken: &[String]) -> String {
    let mut fresh = name.to_owned();
    let mut number = 1;
    while taken.contains(&fresh) {
        fresh = format!("{name}{number}");
        number += 1;
    }
    fresh
}

/// A set of patterns.
#[derive(PartialEq, Eq, Hash)]
struct Bits(Vec<u64>);

impl Bits {
    fn new(patterns: &[(usize, Pattern<'_>)], admits: impl Fn(&Pattern<'_>) -> bool) -> Self {
        let mut words = vec![0; patterns.len().div_ceil(64)];
        for (at, (_, pattern)) in patterns.iter().enumerate() {
            if admits(pattern) {
                words[at / 64] |= 1 << (at % 64);
            }
        }
        Self(words)
    }

    fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    fn owners(&self, patterns: &[(usize, Pattern<'_>)]) -> Vec<usize> {
        let set: BTreeSet<usize> = patterns
            .iter()
            .enumerate()
            .filter(|(at, _)| self.0[at / 64] & (1 << (at % 64)) != 0)
            .map(|(_, (owner, _))| *owner)
            .collect();
        set.into_iter().collect()
    }
}
