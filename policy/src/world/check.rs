//! What in the capabilities meets nothing that the program declares.

use std::collections::HashMap;

use super::Declared;
use crate::files::{Capability, Problem, Spanned};
use crate::label::{is_literal, overlap};
use crate::suggest::closest;

pub(super) fn check(declared: &Declared, capabilities: &[Capability]) -> Vec<Problem> {
    let windows = Labels::new(&declared.windows);
    let webviews = Labels::new(&declared.webviews);
    let mut problems = Vec::new();
    let mut identifiers = HashMap::new();
    for capability in capabilities {
        let name = &capability.identifier.value;
        if let Some(first) = identifiers.insert(name, &capability.identifier.place) {
            problems.push(Problem {
                place: capability.identifier.place.clone(),
                message: format!("two capabilities are named `{name}`"),
                help: Some(format!("the other one is at {first}; give one of them another name")),
            });
        }
        for glob in &capability.windows {
            if !windows.meets(&glob.value) {
                let help = meant(&glob.value, "windows", &[&declared.windows]);
                problems.push(stray("window", glob, name, "windows", help));
            }
        }
        for glob in &capability.webviews {
            if !webviews.meets(&glob.value) && !windows.meets(&glob.value) {
                let help = meant(&glob.value, "webviews", &[&declared.webviews, &declared.windows]);
                problems.push(stray("webview", glob, name, "windows or webviews", help));
            } else if declared.windows.is_empty() {
                problems.push(windowless(glob, name));
            }
        }
        for client in &capability.clients {
            if !declared.clients.contains(&client.value) {
                let help = meant(&client.value, "clients", &[&declared.clients]);
                problems.push(stray("client", client, name, "clients", help));
            }
        }
    }
    problems
}

/// Declared globs, of which those that are literal are looked up instead of compared.
struct Labels<'a> {
    literal: std::collections::HashSet<&'a str>,
    globs: Vec<&'a str>,
}

impl<'a> Labels<'a> {
    fn new(declared: &'a [String]) -> Self {
        let (literal, globs): (Vec<&str>, Vec<&str>) =
            declared.iter().map(String::as_str).partition(|glob| is_literal(glob));
        Self { literal: literal.into_iter().collect(), globs }
    }

    fn meets(&self, glob: &str) -> bool {
        if is_literal(glob) && self.literal.contains(glob) {
            return true;
        }
        self.globs.iter().any(|declared| overlap(declared, glob))
            || (!is_literal(glob) && self.literal.iter().any(|declared| overlap(declared, glob)))
    }
}

fn stray(what: &str, name: &Spanned<String>, capability: &str, list: &str, help: String) -> Problem {
    let message =
        format!("{what} `{}` of capability `{capability}` is none of the declared {list}", name.value);
    Problem { place: name.place.clone(), message, help: Some(help) }
}

/// A webview is in a window, so without any window there is no webview either.
fn windowless(name: &Spanned<String>, capability: &str) -> Problem {
    let message = format!(
        "webview `{}` of capability `{capability}` is in none of the declared windows: there are none",
        name.value
    );
    let help = "declare the windows that its webviews are in: `windows: [..]` in `authority!`; or remove it";
    Problem { place: name.place.clone(), message, help: Some(help.into()) }
}

/// The name that was meant, or what there is.
fn meant(wrong: &str, key: &str, declared: &[&Vec<String>]) -> String {
    let all = || declared.iter().flat_map(|list| list.iter()).map(String::as_str);
    if let Some(name) = closest(wrong, all()) {
        return format!("did you mean `{name}`?");
    }
    let mut names: Vec<String> = all().map(|name| format!("`{name}`")).collect();
    if names.is_empty() {
        return format!("this program declares none: write `{key}: [\"{wrong}\"]` in `authority!`");
    }
    if names.len() > 12 {
        let more = names.len() - 12;
        names.truncate(12);
        names.push(format!("and {more} more"));
    }
    format!("this program declares {}", names.join(", "))
}
