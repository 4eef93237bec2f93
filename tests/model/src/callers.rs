//! All callers that a program can have, and some that it has not: every label over a small alphabet, every origin of a few
//! parts, of which those stay that something in the program tells apart.

use std::collections::BTreeSet;

use crate::{
    model::{admits_origin, fits},
    world::{Caller, From, World},
};

/// Labels and origins to try.
#[derive(Clone, Debug)]
pub struct Universe {
    labels: Vec<String>,
    origins: Vec<String>,
}

impl Universe {
    /// These labels and origins, as far as the globs and patterns of a pool tell them apart: those of any world that is made
    /// from the pool. What two labels are to a program depends on its globs alone, and of two that all of them match alike one
    /// will do.
    pub fn of(labels: Vec<String>, globs: &[&str], origins: Vec<String>, patterns: &[&str]) -> Self {
        Self {
            labels: distinct(labels, |label| globs.iter().map(|glob| fits(glob, label)).collect()),
            origins: distinct(origins, |origin| {
                patterns.iter().map(|pattern| admits_origin(pattern, origin, false)).collect()
            }),
        }
    }

    /// These, whatever tells them apart.
    pub fn written(labels: &[&str], origins: &[&str]) -> Self {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        Self { labels: owned(labels), origins: owned(origins) }
    }

    /// How many labels and origins there are.
    pub fn sizes(&self) -> (usize, usize) {
        (self.labels.len(), self.origins.len())
    }

    /// Every kind of caller of a world: windows, declared or not, with the webview of their own label or another; from home,
    /// from every kind of origin, and from an opaque one; in both frames; and clients, declared or not.
    pub fn callers(&self, world: &World) -> Vec<Caller> {
        let capabilities = || world.capabilities.iter();
        let window_globs: Vec<&str> =
            texts(world.windows.iter().chain(capabilities().flat_map(|one| &one.windows)));
        let webview_globs: Vec<&str> =
            texts(world.webviews.iter().chain(capabilities().flat_map(|one| &one.webviews)));
        let all_globs: Vec<&str> = window_globs.iter().chain(&webview_globs).copied().collect();
        let patterns: Vec<&str> = texts(capabilities().flat_map(|one| &one.remote));
        let kinds = |globs: &[&str]| {
            distinct(self.labels.clone(), |label| globs.iter().map(|glob| fits(glob, label)).collect())
        };
        let mut labels: BTreeSet<(String, String)> =
            kinds(&all_globs).into_iter().map(|label| (label.clone(), label)).collect();
        if !webview_globs.is_empty() {
            for window in kinds(&window_globs) {
                labels.extend(kinds(&webview_globs).into_iter().map(|webview| (window.clone(), webview)));
            }
        }
        let origins = distinct(self.origins.clone(), |origin| {
            patterns.iter().map(|pattern| admits_origin(pattern, origin, false)).collect()
        });
        let places: Vec<From> =
            [From::Home, From::Opaque].into_iter().chain(origins.into_iter().map(From::Origin)).collect();
        let mut callers = Vec::new();
        for (window, webview) in labels {
            for from in &places {
                for main_frame in [true, false] {
                    let (window, webview, from) = (window.clone(), webview.clone(), from.clone());
                    callers.push(Caller::Window { window, webview, from, main_frame });
                }
            }
        }
        let clients: BTreeSet<&String> =
            world.clients.iter().chain(capabilities().flat_map(|one| &one.clients)).collect();
        callers.extend(clients.into_iter().cloned().map(Caller::Client));
        callers.push(Caller::Client("nobody".to_owned()));
        callers
    }
}

/// Those in the main frame, which is where something can be reached that can be reached at all.
pub fn in_main_frames(callers: &[Caller]) -> Vec<Caller> {
    let is_main = |caller: &&Caller| !matches!(caller, Caller::Window { main_frame: false, .. });
    callers.iter().filter(is_main).cloned().collect()
}

/// One of all those that have the same signature: the first.
fn distinct(all: Vec<String>, signature: impl Fn(&str) -> Vec<bool>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    all.into_iter().filter(|one| seen.insert(signature(one))).collect()
}

fn texts<'a>(all: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    let all: BTreeSet<&str> = all.map(String::as_str).collect();
    all.into_iter().collect()
}

/// Every word over an alphabet up to a length, the shortest first.
pub fn words(alphabet: &[char], longest: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut start = 0;
    for _ in 0..longest {
        let end = all.len();
        for at in start..end {
            for letter in alphabet {
                all.push(format!("{}{letter}", all[at]));
            }
        }
        start = end;
    }
    all
}
