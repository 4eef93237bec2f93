//! The kinds of callers that a program has: kinds of labels times kinds of origins, and clients.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::origins;
use super::walk::kinds;
use super::{Budget, Class, Declared, Kind, TooMany, Witness};
use crate::files::{Capability, Spanned};
use crate::origin::Pattern;

pub(super) fn classes(
    declared: &Declared,
    capabilities: &[Capability],
    limit: usize,
) -> Result<Vec<Class>, TooMany> {
    let mut budget = Budget::new(limit);
    let mut found: BTreeMap<Vec<usize>, Witness> = BTreeMap::new();
    let remote = remote(capabilities);
    // Most windows share their remote capabilities, if they have any.
    let mut known: HashMap<Vec<usize>, Vec<Kind>> = HashMap::new();
    for (set, (window, webview)) in labels(declared, capabilities, &mut budget)? {
        let local: Vec<usize> = set.iter().copied().filter(|at| capabilities[*at].local).collect();
        found.entry(local).or_insert_with(|| Witness::Window {
            window: window.clone(),
            webview: webview.clone(),
            origin: None,
        });
        let elsewhere: Vec<usize> = set.into_iter().filter(|at| !remote[*at].is_empty()).collect();
        if !known.contains_key(&elsewhere) {
            let patterns: Vec<_> =
                elsewhere.iter().flat_map(|at| remote[*at].iter().map(|pattern| (*at, *pattern))).collect();
            known.insert(elsewhere.clone(), origins::kinds(&patterns, &mut budget)?);
        }
        for kind in &known[&elsewhere] {
            if !found.contains_key(&kind.matched) {
                let origin = Some(kind.witness.clone());
                let witness = Witness::Window { window: window.clone(), webview: webview.clone(), origin };
                found.insert(kind.matched.clone(), witness);
            }
        }
    }
    let mut clients: HashMap<&str, BTreeSet<usize>> = HashMap::new();
    for (at, name) in named(capabilities, |capability| &capability.clients) {
        clients.entry(name).or_default().insert(at);
    }
    for client in &declared.clients {
        budget.spend()?;
        let matched = clients.get(client.as_str()).into_iter().flatten().copied().collect();
        found.entry(matched).or_insert_with(|| Witness::Client(client.clone()));
    }
    Ok(found.into_iter().map(|(matched, witness)| Class { matched, witness }).collect())
}

/// The capabilities that a window and a webview of these labels match, whatever the origin.
type ByLabel = (Vec<usize>, (String, String));

/// Every such set, with an example.
fn labels(
    declared: &Declared,
    capabilities: &[Capability],
    budget: &mut Budget,
) -> Result<Vec<ByLabel>, TooMany> {
    let windows = named(capabilities, |capability| &capability.windows);
    let webviews = named(capabilities, |capability| &capability.webviews);
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    // A webview that has the label of its window.
    for kind in kinds(&texts(&declared.windows), windows.clone().chain(webviews.clone()), budget)? {
        seen.insert(kind.matched.clone());
        found.push((kind.matched, (kind.witness.clone(), kind.witness)));
    }
    if declared.webviews.is_empty() {
        return Ok(found);
    }
    // A webview with a label of its own, in any window.
    let of_window = kinds(&texts(&declared.windows), windows, budget)?;
    let of_webview = kinds(&texts(&declared.webviews), webviews, budget)?;
    for window in &of_window {
        for webview in &of_webview {
            budget.spend()?;
            let mut set = [window.matched.as_slice(), &webview.matched].concat();
            set.sort_unstable();
            set.dedup();
            if seen.insert(set.clone()) {
                found.push((set, (window.witness.clone(), webview.witness.clone())));
            }
        }
    }
    Ok(found)
}

/// The patterns of each capability. One that cannot be read admits nothing; reading the file has refused it.
fn remote(capabilities: &[Capability]) -> Vec<Vec<Pattern<'_>>> {
    capabilities
        .iter()
        .map(|capability| {
            capability.remote.iter().filter_map(|text| Pattern::parse(&text.value).ok()).collect()
        })
        .collect()
}

fn named<'a>(
    capabilities: &'a [Capability],
    list: impl Fn(&'a Capability) -> &'a Vec<Spanned<String>> + Clone + 'a,
) -> impl Iterator<Item = (usize, &'a str)> + Clone {
    capabilities
        .iter()
        .enumerate()
        .flat_map(move |(at, capability)| list(capability).iter().map(move |name| (at, name.value.as_str())))
}

fn texts(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}
