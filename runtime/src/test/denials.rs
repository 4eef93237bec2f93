//! The negative test that every program wants and nobody writes: every command, called as everybody who may not. An event
//! is listened to.

use std::{
    fmt,
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use super::{
    callers::Caller,
    matrix::{Matrix, Verdict, all, verdict},
    watch::Watch,
};
use crate::{
    authority::Authority,
    denial::Denial,
    gate::Gate,
    principal::Principal,
    reply::{Code, Reply},
    request::Request,
    session::Session,
};

/// Calls every command, and listens to every event, as everybody who may not, and holds the gate to it: each call is
/// denied, whatever it sends, before anything is decoded or run, and told to the host once.
///
/// Called as is every declared window, webview and client, a pattern of labels once for each set of capabilities that
/// such a label can match; the same in a sub-frame, at an opaque origin, and at origins that capabilities name and
/// one that none does; and strangers: windows, webviews and clients that the program does not declare. Who may call what
/// is worked out from the capabilities for this, apart from the gate, and [`matrix`](super::matrix) shows it.
/// `optional` grants are off, and what needs one is denied.
///
/// Nothing runs, so this needs no executor and no useful state, and cannot hang. The `on_denial` of the gate is called
/// for each call.
///
/// ```
/// # use portcullis::{prelude::*, test};
/// # #[command(public("an example"))]
/// # fn version() -> u32 { 1 }
/// # static AUTHORITY: Authority = authority! { commands: [version], windows: ["main"], clients: ["cli"] };
/// // In a `#[test]`, with the gate of the program:
/// # let gate = Gate::new(&AUTHORITY).build()?;
/// test::denials(&gate);
/// # Ok::<(), portcullis::BuildError>(())
/// ```
///
/// # Panics
///
/// If a call is answered with anything else, with all that are; or if the patterns of labels and origins are too
/// entangled to tell who is who.
#[track_caller]
#[expect(clippy::panic, reason = "a gate that lets somebody in must not pass")]
pub fn denials(gate: &Gate) -> Denials {
    let (denials, faults) = Denials::of(gate.authority(), |principal| Door::open(gate, principal));
    match faults.len() {
        0 => denials,
        _ => panic!("{}", told(&faults)),
    }
}

/// What was tried by [`denials`], all of which was refused.
#[derive(Clone, Debug)]
pub struct Denials {
    callers: usize,
    commands: usize,
    pairs: usize,
    matrix: Matrix,
}

impl Denials {
    /// How many kinds of callers there are, strangers included.
    pub fn callers(&self) -> usize {
        self.callers
    }

    /// How many commands and events there are.
    pub fn commands(&self) -> usize {
        self.commands
    }

    /// How many pairs of a caller and a command or event were tried, all of which were denied. Every caller also calls a
    /// command that there is not.
    pub fn pairs(&self) -> usize {
        self.pairs
    }

    /// Who may call what.
    pub fn matrix(&self) -> &Matrix {
        &self.matrix
    }

    /// Tries every pair, and says what is wrong.
    fn of<D: Ask>(authority: &'static Authority, open: impl Fn(Principal) -> D) -> (Self, Vec<Fault>) {
        let callers = all(authority);
        let unheard_of = unheard_of(authority);
        let (mut pairs, mut faults) = (0, Vec::new());
        for caller in &callers {
            let door = open(caller.principal.clone());
            let mut refused = |how: How, command: &str| {
                pairs += 1;
                attempt(&door, &caller.principal, how, command)
            };
            let mut try_one = |how: How, command: &str, may: bool| {
                let what = match (may, door.may(how, command)) {
                    (true, true) => None,
                    (true, false) => Some("the capabilities let it in, and the gate would not".to_owned()),
                    // It is not called, since it would run.
                    (false, true) => Some("the capabilities do not let it in, and the gate would".to_owned()),
                    (false, false) => refused(how, command),
                };
                faults.extend(what.map(|what| Fault {
                    caller: caller.clone(),
                    command: command.to_owned(),
                    what,
                }));
            };
            for entry in authority.entries() {
                let how = if entry.command.is_event() { How::Listen } else { How::Call };
                try_one(
                    how,
                    &entry.name().to_string(),
                    verdict(authority, caller, entry) == Verdict::Allowed,
                );
            }
            try_one(How::Call, &unheard_of, false);
        }
        let commands = authority.entries().count();
        (Self { callers: callers.len(), commands, pairs, matrix: Matrix::of(authority, &callers) }, faults)
    }
}

/// As in: 35 pairs of 11 callers and 6 commands were denied.
impl fmt::Display for Denials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { callers, commands, pairs, .. } = self;
        write!(f, "{pairs} pairs of {callers} callers and {commands} commands were denied")
    }
}

/// What is sent to a command: nothing, an object, and what is no JSON. None of it may be looked at.
const ARGUMENTS: [&[u8]; 3] = [b"", b"{}", b"\xff{[rubbish"];

/// What is asked for.
#[derive(Clone, Copy)]
enum How {
    Call,
    Listen,
}

/// Asks for what must be refused; says what is wrong with the answers.
fn attempt(door: &impl Ask, principal: &Principal, how: How, command: &str) -> Option<String> {
    let arguments = match how {
        How::Call => &ARGUMENTS[..],
        How::Listen => &ARGUMENTS[..1],
    };
    arguments.iter().find_map(|arguments| {
        let sent = String::from_utf8_lossy(arguments);
        let answer = door.ask(how, command, arguments);
        let told = door.told();
        let failure = match &answer {
            None => return Some(format!("with `{sent}` it was not denied: it runs, and waits")),
            Some(Reply::Failed(failure)) if failure.code() == Code::Denied => failure,
            Some(reply) => {
                return Some(match reply.to_json() {
                    Some(json) => {
                        let json = String::from_utf8_lossy(&json).into_owned();
                        format!("with `{sent}` it was not denied, and answered {json}")
                    }
                    None => format!("with `{sent}` it was not denied, and answered {reply:?}"),
                });
            }
        };
        let is_of_this = |denial: &Denial| {
            denial.id == failure.id() && denial.command == command && denial.principal == *principal
        };
        match told.as_slice() {
            [one] if is_of_this(one) => None,
            _ => {
                Some(format!("with `{sent}` it was denied, and the host was told of {} denials", told.len()))
            }
        }
    })
}

/// A name that no command has.
fn unheard_of(authority: &Authority) -> String {
    let mut name = "unheard_of".to_owned();
    while authority.find(&name).is_some() {
        name.push('_');
    }
    name
}

/// What is tried: a session. Apart, since what this test says of a gate that fails it has to be tried too.
trait Ask {
    fn may(&self, how: How, command: &str) -> bool;

    /// The answer, if there is one at once.
    fn ask(&self, how: How, command: &str, arguments: &[u8]) -> Option<Reply>;

    /// What the host was told since the last time.
    fn told(&self) -> Vec<Denial>;
}

/// A session, and what the host is told of it.
struct Door {
    session: Session,
    watch: Watch,
}

impl Door {
    fn open(gate: &Gate, principal: Principal) -> Self {
        let watch = Watch::default();
        Self { session: Session::unreported(gate, principal).with(watch.clone()), watch }
    }
}

impl Ask for Door {
    fn may(&self, how: How, command: &str) -> bool {
        match how {
            How::Call => self.session.may_call(command),
            How::Listen => self.session.may_listen(command),
        }
    }

    fn ask(&self, how: How, command: &str, arguments: &[u8]) -> Option<Reply> {
        if let How::Listen = how {
            return Some(self.session.listen(command).map_or_else(Reply::Failed, Reply::Stream));
        }
        let call = pin!(self.session.invoke(Request::json(command, arguments)));
        // A denial is there at once. Whatever is not is given up, so that nothing can keep the test waiting.
        match call.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(reply) => Some(reply),
            Poll::Pending => None,
        }
    }

    fn told(&self) -> Vec<Denial> {
        self.watch.take()
    }
}

/// One pair with which something is wrong.
#[derive(Debug)]
struct Fault {
    caller: Caller,
    command: String,
    what: String,
}

/// All faults, as many as one wants to read.
fn told(faults: &[Fault]) -> String {
    const MOST: usize = 100;
    let mut lines =
        vec![format!("{} pairs of a caller and a command are not as the capabilities say:", faults.len())];
    lines.extend(faults.iter().take(MOST).map(|Fault { caller, command, what }| {
        format!("  `{command}` called by {} ({}): {what}", caller.principal, caller.name)
    }));
    if faults.len() > MOST {
        lines.push(format!("  and {} more", faults.len() - MOST));
    }
    lines.join("\n")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops where something is not as it says")]
mod tests;
