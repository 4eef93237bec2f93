//! Runs vectors over the scope of a permission, and says of all that came out otherwise at once.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Entries, On, Outcome, Vector, Vectors};
use crate::{
    permission::Permission,
    scope::Enforce,
    test::{self, TestScope},
};

/// How many vectors there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many were run.
    pub run: usize,
    /// How many were not, since they hold on another platform.
    pub skipped: usize,
}

/// Runs vectors over the scope of a permission: for each, `prepare` is given a scope without entries, to which it adds
/// what the entries need, such as base folders.
///
/// A vector of another platform is run too if the scope judges what it is about by its text alone
/// ([`Enforce::ON_ANY_PLATFORM`]), as path scopes do; and one of every platform is run as on each of them.
///
#[cfg_attr(feature = "path", doc = "```")]
#[cfg_attr(not(feature = "path"), doc = "```ignore")]
/// # use portcullis::{prelude::*, test::vectors};
/// # /// Read notes.
/// # #[derive(Permission)]
/// # #[permission(id = "notes:read", scope = PathScope<Read>)]
/// # pub struct ReadNotes;
/// let counts = vectors::run::<ReadNotes>(vectors::PATHS, |scope| scope.base("R", std::env::temp_dir()));
/// assert_eq!(counts.skipped, 0);
/// ```
///
/// # Panics
///
/// With a table of all that came out otherwise; or if these are no vectors.
pub fn run<P: Permission<Scope: Enforce>>(
    vectors: &str,
    prepare: impl Fn(TestScope<P>) -> TestScope<P>,
) -> Counts {
    Vectors::read(vectors).run(prepare)
}

impl Vectors {
    /// Runs them: see [`run`].
    ///
    /// # Panics
    ///
    /// With a table of all that came out otherwise.
    pub fn run<P: Permission<Scope: Enforce>>(
        &self,
        prepare: impl Fn(TestScope<P>) -> TestScope<P>,
    ) -> Counts {
        let mut counts = Counts::default();
        let mut wrong = Vec::new();
        for vector in self.iter() {
            let places = places(vector.platform, <P::Scope as Enforce>::ON_ANY_PLATFORM);
            if places.is_empty() {
                counts.skipped += 1;
                continue;
            }
            counts.run += 1;
            for place in places {
                let scope = at(prepare(with_entries(vector)), place);
                let (got, said) = judge(&scope, &vector.input);
                if got != vector.expect {
                    wrong.push(Wrong { vector, place, got, said });
                }
            }
        }
        assert!(wrong.is_empty(), "{}", table(P::INFO.id, &wrong, counts));
        counts
    }
}

/// A vector that came out otherwise.
struct Wrong<'a> {
    vector: &'a Vector,
    place: Option<&'static str>,
    got: Outcome,
    said: String,
}

/// As on which platforms a vector is run; `None` is this one, as it is.
fn places(on: On, on_any: bool) -> Vec<Option<&'static str>> {
    if on_any && cfg!(feature = "path") {
        return match on {
            On::Any => vec![Some("linux"), Some("macos"), Some("windows")],
            On::Unix => vec![Some("linux"), Some("macos")],
            On::Linux => vec![Some("linux")],
            On::Macos => vec![Some("macos")],
            On::Windows => vec![Some("windows")],
        };
    }
    let here = match on {
        On::Any => true,
        On::Unix => cfg!(unix),
        On::Linux => cfg!(target_os = "linux"),
        On::Macos => cfg!(target_os = "macos"),
        On::Windows => cfg!(windows),
    };
    if here { vec![None] } else { Vec::new() }
}

#[cfg(feature = "path")]
fn at<P: Permission<Scope: Enforce>>(scope: TestScope<P>, place: Option<&str>) -> TestScope<P> {
    match place {
        Some(place) => scope.platform(place),
        None => scope,
    }
}

#[cfg(not(feature = "path"))]
fn at<P: Permission<Scope: Enforce>>(scope: TestScope<P>, _: Option<&str>) -> TestScope<P> {
    scope
}

fn with_entries<P: Permission<Scope: Enforce>>(vector: &Vector) -> TestScope<P> {
    let scope = match &vector.allow {
        Entries::All => test::scope().allow_all(),
        Entries::Only(entries) => entries.iter().fold(test::scope(), TestScope::allow),
    };
    vector.deny.iter().fold(scope, TestScope::deny)
}

/// What becomes of an input, and what is said about it.
fn judge<P: Permission<Scope: Enforce>>(scope: &TestScope<P>, input: &Value) -> (Outcome, String) {
    let grants = match scope.made() {
        Ok(grants) => grants,
        Err(why) => return (Outcome::BadEntry, why),
    };
    match TestScope::<P>::admit_under(&grants, input) {
        Ok(_) => (Outcome::Admit, String::new()),
        Err(refusal) if refusal.is_malformed() => (Outcome::Malformed, refusal.why().to_owned()),
        Err(refusal) => (Outcome::Refuse, refusal.why().to_owned()),
    }
}

fn table(permission: &str, wrong: &[Wrong<'_>], counts: Counts) -> String {
    let mut vectors: Vec<&str> = wrong.iter().map(|wrong| wrong.vector.id.as_str()).collect();
    vectors.dedup();
    let mut text = format!(
        "{} of {} vectors came out otherwise for the scope of `{permission}`:\n",
        vectors.len(),
        counts.run
    );
    let width = wrong.iter().map(|wrong| wrong.vector.id.chars().count()).max().unwrap_or_default();
    for Wrong { vector, place, got, said } in wrong {
        let place = place.unwrap_or("here");
        // Writing to a `String` does not fail.
        let _ = write!(
            text,
            "\n{:width$}  {place:7}  expected {:9}  got {got:9}  {}\n{:width$}  {}",
            vector.id,
            vector.expect,
            shown(&vector.input),
            "",
            vector.why
        );
        if !said.is_empty() {
            let _ = write!(text, "\n{:width$}  it said: {said}", "");
        }
    }
    text
}

/// An input for people to read: some are long.
fn shown(input: &Value) -> String {
    let text = input.to_string();
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}.. ({} bytes)", &text[..end], text.len()),
        None => text,
    }
}
