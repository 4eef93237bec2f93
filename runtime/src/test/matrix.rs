//! Who may call what, as a table: for each kind of caller and each command and event, from the capabilities alone. It is made
//! without asking the gate, which [`denials`](super::denials) then holds to it.

use std::fmt;

use super::callers::{Caller, Place, callers};
use crate::{
    authority::Authority,
    compile::tables::{Entry, Rule},
    decide::target,
    model::{GrantKind, Guard},
    principal::Frame,
};

/// Who may call what in this program: a table to read, and to keep beside the code, so that a change of a capability
/// shows as a change of this text.
///
/// Every declared window, webview and client has its lines; a pattern of labels has them once for each set of
/// capabilities that such a label can match, with an example. A page of another origin, or in a sub-frame, is listed if
/// it may call anything. Who is not listed may call nothing. It is sorted, and depends on nothing but the
/// program's commands and capabilities for the platform that it runs on.
///
/// ```
/// use portcullis::{prelude::*, test};
///
/// # #[command(public("an example"))]
/// # fn version() -> u32 { 1 }
/// static AUTHORITY: Authority = authority! { commands: [version], windows: ["main"], clients: ["cli"] };
///
/// assert_eq!(test::matrix(&AUTHORITY).to_string(), "\
/// client `cli`
///     denied    version
///
/// window `main`
///     allowed   version
/// ");
/// ```
///
/// # Panics
///
/// If the patterns of labels and origins are too entangled to tell who is who.
#[track_caller]
pub fn matrix(authority: &'static Authority) -> Matrix {
    Matrix::of(authority, &all(authority))
}

/// Who may call what: made by [`matrix`], and a text by `to_string`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a table is made to be read"]
pub struct Matrix {
    rows: Vec<Row>,
}

/// One caller, and one command or event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Row {
    /// Who calls: ``window `viewer-*` ``, ``client `cli` ``, ``window `main` at https://example.com, in a sub-frame``.
    pub caller: String,
    /// The command or event, by its name on the wire.
    pub command: String,
    /// Whether it is an event, and the verdict is on listening to it.
    pub is_event: bool,
    /// Whether it may.
    pub verdict: Verdict,
}

/// Whether a caller may call a command, or listen to an event. What the scopes of its permissions then make of the arguments is not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It may.
    Allowed,
    /// It may once the host has switched on what a capability has as `optional`.
    Optional,
    /// It may not.
    Denied,
}

impl Matrix {
    /// The table of these callers.
    pub(super) fn of(authority: &'static Authority, callers: &[Caller]) -> Self {
        let mut rows = Vec::new();
        for caller in callers.iter().filter(|caller| caller.place != Place::Stranger) {
            let before = rows.len();
            for entry in authority.entries() {
                let verdict = verdict(authority, caller, entry);
                rows.push(Row {
                    caller: caller.name.clone(),
                    command: entry.name().to_string(),
                    is_event: entry.command.is_event(),
                    verdict,
                });
            }
            let may = rows.iter().skip(before).any(|row| row.verdict != Verdict::Denied);
            if !may && caller.place == Place::Elsewhere {
                rows.truncate(before);
            }
        }
        rows.sort();
        Self { rows }
    }

    /// Its rows, sorted by caller and command.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

/// A paragraph for each caller, a line for each command and event.
impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before: Option<&str> = None;
        for Row { caller, command, is_event, verdict } in &self.rows {
            if before != Some(caller) {
                writeln!(f, "{}{caller}", if before.is_some() { "\n" } else { "" })?;
                before = Some(caller);
            }
            writeln!(f, "    {verdict:9} {command}{}", if *is_event { " (event)" } else { "" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Allowed => "allowed",
            Self::Optional => "optional",
            Self::Denied => "denied",
        })
    }
}

/// All kinds of callers of a program.
#[track_caller]
#[expect(clippy::panic, reason = "a test that cannot be carried out must not pass")]
pub(super) fn all(authority: &Authority) -> Vec<Caller> {
    match callers(authority.policy) {
        Ok(callers) => callers,
        Err(too_many) => panic!("{too_many}"),
    }
}

/// Whether a caller may call a command, from the capabilities that match the caller.
pub(super) fn verdict(authority: &Authority, caller: &Caller, entry: &Entry) -> Verdict {
    let all = match entry.command.guard {
        Guard::Public(_) if caller.place == Place::Own => return Verdict::Allowed,
        Guard::Public(_) => return Verdict::Denied,
        Guard::All(_) => authority.view.guards(entry),
    };
    let held = all.iter().map(|&permission| {
        let known = authority.view.known(permission as usize);
        known.map_or(Verdict::Denied, |known| holds(authority, caller, authority.view.rules(known)))
    });
    // The verdicts are in this order: the worst of them counts.
    held.max().unwrap_or(Verdict::Denied)
}

/// Whether a permission with these rules holds.
fn holds(authority: &Authority, caller: &Caller, rules: &[Rule]) -> Verdict {
    let mut verdict = Verdict::Denied;
    for rule in rules {
        let at = usize::from(rule.capability);
        let Some(capability) = authority.policy.capabilities.get(at) else { continue };
        if capability.platforms & target() == 0 || caller.matched.binary_search(&at).is_err() {
            continue;
        }
        let framed = caller.frame == Frame::Main || capability.any_frame;
        match rule.kind {
            GrantKind::Denies => return Verdict::Denied,
            GrantKind::Grants if framed => verdict = Verdict::Allowed,
            GrantKind::Optional if framed => verdict = verdict.min(Verdict::Optional),
            GrantKind::Grants | GrantKind::Optional | GrantKind::Narrows => {}
        }
    }
    verdict
}
