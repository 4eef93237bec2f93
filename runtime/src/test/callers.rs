//! The callers that a program can have: each declared label and pattern, told apart by the capabilities that match, with
//! one example of each kind; and strangers, who must never get in. What they may call is not known here.

use std::collections::{HashMap, HashSet};

use portcullis_policy::{
    label,
    origin::{Origin, Pattern},
    world::{self, Kind, TooMany},
};

use crate::{
    decide::is_declared,
    model::{Capability, Policy},
    principal::{Frame, Principal},
};

/// One kind of caller, by an example.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub(super) principal: Principal,
    /// How a table names it.
    pub(super) name: String,
    /// The capabilities that match it but for frame and platform, as indices, sorted. Found out from the patterns, and
    /// not by asking the gate: it is what the gate is held to.
    pub(super) matched: Vec<usize>,
    /// The frame, for a page in a window.
    pub(super) frame: Frame,
    pub(super) place: Place,
}

/// What a caller is to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Its own page, in the main frame of a window.
    Own,
    Client,
    /// A page in a declared window that is not its own, or not in the main frame.
    Elsewhere,
    /// Nothing that the program declares.
    Stranger,
}

/// How many states of patterns are looked at before they are called too entangled. What the compiler was content with
/// is well within.
const MOST_STATES: usize = 200_000;

/// Labels of a page, and the capabilities that match by them.
struct Labels {
    name: String,
    window: String,
    webview: String,
    matched: Vec<usize>,
}

/// All kinds of callers.
pub(super) fn callers(policy: &Policy) -> Result<Vec<Caller>, TooMany> {
    let mut callers = Vec::new();
    let mut sites = Sites { policy, known: HashMap::new() };
    for labels in labels(policy)? {
        sites.pages(&labels, &mut callers)?;
    }
    for &name in policy.clients {
        callers.push(Caller {
            principal: Principal::client(name),
            name: format!("client `{name}`"),
            matched: owners(policy, |capability| capability.clients.contains(&name)),
            frame: Frame::Main,
            place: Place::Client,
        });
    }
    strangers(policy, &mut callers);
    // One label may be an example of two patterns.
    let mut seen = HashSet::new();
    callers.retain(|caller| seen.insert(caller.principal.clone()));
    Ok(callers)
}

/// The labels of pages in declared windows.
fn labels(policy: &Policy) -> Result<Vec<Labels>, TooMany> {
    let (windows, webviews) = (window_globs(policy), webview_globs(policy));
    let both: Vec<_> = windows.iter().chain(&webviews).copied().collect();
    let mut all = Vec::new();
    for (name, Kind { matched, witness }) in named(policy.windows, "window", &both)? {
        all.push(Labels { name, window: witness.clone(), webview: witness, matched });
    }
    // A webview with a label of its own, in any window.
    let in_webviews = named(policy.webviews, "webview", &webviews)?;
    for (window, by_window) in named(policy.windows, "window", &windows)? {
        for (webview, by_webview) in &in_webviews {
            let mut matched = [by_window.matched.as_slice(), &by_webview.matched].concat();
            matched.sort_unstable();
            matched.dedup();
            all.push(Labels {
                name: format!("{window}, {webview}"),
                window: by_window.witness.clone(),
                webview: by_webview.witness.clone(),
                matched,
            });
        }
    }
    Ok(all)
}

/// The kinds of labels of one declared pattern.
fn kinds(pattern: &str, globs: &[(usize, &str)]) -> Result<Vec<Kind>, TooMany> {
    if !label::is_literal(pattern) {
        return world::labels(&[pattern], globs.iter().copied(), MOST_STATES);
    }
    let mut matched: Vec<usize> =
        globs.iter().filter(|(_, glob)| label::matches(glob, pattern)).map(|(owner, _)| *owner).collect();
    matched.sort_unstable();
    matched.dedup();
    Ok(vec![Kind { matched, witness: pattern.to_owned() }])
}

/// The kinds of labels of these patterns, with a name each: the pattern, and the example too where there are several
/// kinds of it.
fn named(patterns: &[&str], what: &str, globs: &[(usize, &str)]) -> Result<Vec<(String, Kind)>, TooMany> {
    let mut all = Vec::new();
    for pattern in patterns {
        let kinds = kinds(pattern, globs)?;
        let several = kinds.len() > 1;
        all.extend(kinds.into_iter().map(|kind| {
            let such_as = if several { format!(" such as `{}`", kind.witness) } else { String::new() };
            (format!("{what} `{pattern}`{such_as}"), kind)
        }));
    }
    Ok(all)
}

/// Where pages come from.
struct Sites<'a> {
    policy: &'a Policy,
    /// The kinds of origins for capabilities that are for origins: most windows share them.
    known: HashMap<Vec<usize>, Vec<(Origin, Vec<usize>)>>,
}

impl Sites<'_> {
    /// All pages that a webview of these labels can show.
    fn pages(&mut self, labels: &Labels, callers: &mut Vec<Caller>) -> Result<(), TooMany> {
        let capability = |at: &usize| self.policy.capabilities.get(*at);
        let of = |is: fn(&Capability) -> bool| {
            let those = labels.matched.iter().copied();
            those.filter(|at| capability(at).is_some_and(is)).collect::<Vec<_>>()
        };
        let (local, remote) =
            (of(|capability| capability.local), of(|capability| !capability.remote.is_empty()));
        let here = Principal::window(labels.window.as_str()).webview(labels.webview.as_str());
        let mut page = |principal: Principal, from: &str, matched: &[usize], place| {
            for (frame, framed, place) in
                [(Frame::Main, "", place), (Frame::Sub, ", in a sub-frame", Place::Elsewhere)]
            {
                callers.push(Caller {
                    principal: principal.clone().frame(frame),
                    name: format!("{}{from}{framed}", labels.name),
                    matched: matched.to_vec(),
                    frame,
                    place,
                });
            }
        };
        page(here.clone(), "", &local, Place::Own);
        page(here.clone().opaque_origin(), " at an opaque origin", &[], Place::Elsewhere);
        for (origin, matched) in self.origins(&remote)? {
            page(here.clone().origin(origin.clone()), &format!(" at {origin}"), matched, Place::Elsewhere);
        }
        Ok(())
    }

    /// The kinds of origins, for capabilities that are for origins. One that none of them names is a kind too.
    fn origins(&mut self, capabilities: &[usize]) -> Result<&[(Origin, Vec<usize>)], TooMany> {
        if !self.known.contains_key(capabilities) {
            let patterns: Vec<(usize, Pattern<'_>)> = capabilities
                .iter()
                .filter_map(|at| Some((*at, self.policy.capabilities.get(*at)?)))
                .flat_map(|(at, capability)| capability.remote.iter().map(move |pattern| (at, *pattern)))
                .collect();
            let kinds = world::origins(&patterns, MOST_STATES)?;
            let origins =
                kinds.into_iter().filter_map(|kind| Some((Origin::parse(&kind.witness).ok()?, kind.matched)));
            self.known.insert(capabilities.to_owned(), origins.collect());
        }
        Ok(self.known.get(capabilities).map_or(&[], Vec::as_slice))
    }
}

/// Whom the program does not declare, with labels that meet what capabilities name wherever there are such.
fn strangers(policy: &Policy, callers: &mut Vec<Caller>) {
    let both: Vec<_> = window_globs(policy).into_iter().chain(webview_globs(policy)).collect();
    let declared: Vec<&str> = policy.windows.iter().chain(policy.webviews).copied().collect();
    let labels =
        || undeclared(&declared, &both).into_iter().chain(policy.clients.iter().map(|&name| name.to_owned()));
    let mut strangers: Vec<Principal> = labels().map(Principal::window).collect();
    let inhabited = policy.windows.iter().filter_map(|pattern| kinds(pattern, &[]).ok()?.pop());
    for window in inhabited.map(|kind| kind.witness) {
        strangers.extend(labels().map(|webview| Principal::window(window.as_str()).webview(webview)));
        strangers.push(Principal::client(window));
    }
    strangers.extend(
        policy
            .webviews
            .iter()
            .filter(|pattern| label::is_literal(pattern))
            .map(|&label| Principal::window(label)),
    );
    strangers.push(Principal::client(""));
    strangers.push(Principal::client("undeclared"));
    strangers.retain(|stranger| !is_declared(policy, stranger));
    callers.extend(strangers.into_iter().map(|principal| Caller {
        name: principal.to_string(),
        principal,
        matched: Vec::new(),
        frame: Frame::Main,
        place: Place::Stranger,
    }));
}

/// Labels that no declared pattern matches, one for each set of capabilities that such a label can meet.
fn undeclared(declared: &[&str], globs: &[(usize, &str)]) -> Vec<String> {
    let all = globs.iter().copied().chain(declared.iter().map(|&glob| (usize::MAX, glob)));
    match world::labels(&["*"], all, MOST_STATES) {
        Ok(kinds) => kinds
            .into_iter()
            .filter(|kind| !kind.matched.contains(&usize::MAX))
            .map(|kind| kind.witness)
            .collect(),
        // Too many to find them all: these stand for them, where they are not declared.
        Err(TooMany { .. }) => ["", "undeclared", "*", "main", "Main"]
            .into_iter()
            .filter(|label| !declared.iter().any(|glob| label::matches(glob, label)))
            .map(str::to_owned)
            .collect(),
    }
}

fn window_globs(policy: &Policy) -> Vec<(usize, &'static str)> {
    globs(policy, |capability| capability.windows)
}

fn webview_globs(policy: &Policy) -> Vec<(usize, &'static str)> {
    globs(policy, |capability| capability.webviews)
}

fn globs(policy: &Policy, of: fn(&Capability) -> &'static [&'static str]) -> Vec<(usize, &'static str)> {
    let capabilities = policy.capabilities.iter().enumerate();
    capabilities.flat_map(|(at, capability)| of(capability).iter().map(move |glob| (at, *glob))).collect()
}

fn owners(policy: &Policy, are: impl Fn(&Capability) -> bool) -> Vec<usize> {
    policy.capabilities.iter().enumerate().filter(|(_, one)| are(one)).map(|(at, _)| at).collect()
}
