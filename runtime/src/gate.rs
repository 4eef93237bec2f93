//! The gate between a front end and the commands of a program: an authority, and what the program gives it.

use std::{
    any::{Any, TypeId},
    fmt,
    sync::Arc,
    time::Duration,
};

use crate::{
    authority::Authority,
    compile::tables::{Entry, Known},
    denial::Denial,
    event::{Emitter, Event, NotListed, Topics},
    model::{ArgumentInfo, At, Need, Run, Timeout},
    principal::Principal,
    scope::{Allow, Erased, Machine, Narrowing},
    session::Session,
    values::Values,
    wait::Runtime,
};

/// How long a call may take, unless somebody says something else.
const TIMEOUT: Duration = Duration::from_mins(1);
/// How deep arguments may be nested at the most, and unless somebody says something else: what reads them goes no deeper.
pub(crate) const DEEPEST: usize = 127;

/// The gate of a program. Cheap to clone: the clones are one gate.
///
/// ```
/// # use portcullis::prelude::*;
/// # #[portcullis::command(public("an example"))]
/// # fn hello(name: String) -> String { format!("Hello, {name}") }
/// # static AUTHORITY: Authority = portcullis::authority! { commands: [hello], windows: ["main"] };
/// let gate = Gate::new(&AUTHORITY).build()?;
/// let main = gate.session(Principal::window("main"));
///
/// # let block_on = |call: portcullis::Invoke<'_>| {
/// #     use std::{future::Future, pin::pin, task::{Context, Poll, Waker}};
/// #     match pin!(call).poll(&mut Context::from_waker(Waker::noop())) { Poll::Ready(reply) => reply, _ => panic!() }
/// # };
/// let reply = block_on(main.invoke(Request::json("hello", br#"{"name":"you"}"#)));
/// assert_eq!(reply, Reply::Ok(br#""Hello, you""#.to_vec()));
/// # Ok::<(), portcullis::BuildError>(())
/// ```
#[derive(Clone)]
pub struct Gate(pub(crate) Arc<Inner>);

/// What a program does with a refusal.
type Hook = Box<dyn Fn(&Denial) + Send + Sync>;

pub(crate) struct Inner {
    pub(crate) authority: &'static Authority,
    pub(crate) values: Values,
    pub(crate) explain: bool,
    pub(crate) on_denial: Option<Hook>,
    pub(crate) machine: Machine,
    pub(crate) runtime: Option<Arc<dyn Runtime>>,
    pub(crate) timeout: Duration,
    pub(crate) json_depth: usize,
    pub(crate) topics: Topics,
    /// The permissions that have a scope, by their index, sorted.
    pub(crate) scoped: Box<[u32]>,
    /// For each rule of the authority, its entries made ready; none where it has none.
    parts: Box<[Option<Erased>]>,
    /// For each rule that grants, its `deny` entries alone, if its capability does not admit every frame.
    denials: Box<[Option<Erased>]>,
}

impl Inner {
    /// The entries of the rule at an index of a permission's rules.
    pub(crate) fn part(&self, known: &Known, index: usize) -> Option<&Erased> {
        self.parts.get(known.rules.start as usize + index)?.as_ref()
    }

    /// The `deny` entries of that rule alone: what counts of it in a frame that its capability does not admit.
    pub(crate) fn denials(&self, known: &Known, index: usize) -> Option<&Erased> {
        self.denials.get(known.rules.start as usize + index)?.as_ref()
    }
}

impl Gate {
    /// Starts to build a gate.
    #[expect(clippy::new_ret_no_self, reason = "a gate is built in steps; `build` refuses what is missing")]
    pub fn new(authority: &'static Authority) -> GateBuilder {
        GateBuilder {
            authority,
            values: Values::default(),
            elsewhere: Vec::new(),
            twice: Vec::new(),
            explain: crate::report::DEBUG,
            on_denial: None,
            runtime: None,
            timeout: TIMEOUT,
            json_depth: DEEPEST,
            #[cfg(feature = "path")]
            folders: crate::scope::Folders::default(),
        }
    }

    /// Opens a session: one document, or one connection, of one principal.
    ///
    /// A principal that matches no capability gets a session too, whose calls are refused; the log says so once.
    pub fn session(&self, principal: Principal) -> Session {
        Session::open(self, principal)
    }

    /// What emits an event: to every listener that holds the permission for it.
    ///
    /// # Errors
    ///
    /// If the event is not listed in the program's [`authority!`](crate::authority).
    pub fn emitter<E: Event>(&self) -> Result<Emitter<E>, NotListed> {
        self.0.topics.emitter()
    }

    /// What commands need and the host does not hold: to be asked by an adapter when the program is ready, of what the host
    /// holds values in. See [`Need::held`].
    ///
    /// # Errors
    ///
    /// All that is missing, by command and argument.
    pub fn missing(&self, host: &dyn Any) -> Result<(), BuildError> {
        let mut faults = Vec::new();
        for entry in self.0.authority.entries() {
            for argument in entry.command.arguments {
                let missing = argument.needs().iter().filter(|need| need.is_missing(host));
                faults.extend(missing.map(|need| Fault::missing(entry, argument, need)));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(BuildError::of(faults)) }
    }

    /// The value of a type that the gate was given: [`GateBuilder::state`].
    pub fn state<T: Send + Sync + 'static>(&self) -> Option<&T> {
        self.0.values.get()
    }

    /// The authority that decides.
    pub fn authority(&self) -> &'static Authority {
        self.0.authority
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Gate").field(self.0.authority).finish()
    }
}

/// A gate in the making.
#[must_use = "a gate is made by `build`"]
pub struct GateBuilder {
    authority: &'static Authority,
    values: Values,
    elsewhere: Vec<TypeId>,
    twice: Vec<&'static str>,
    explain: bool,
    on_denial: Option<Hook>,
    runtime: Option<Arc<dyn Runtime>>,
    timeout: Duration,
    json_depth: usize,
    #[cfg(feature = "path")]
    pub(crate) folders: crate::scope::Folders,
}

impl GateBuilder {
    /// Gives a value, one of its type, that commands may take as `State<'_, T>`.
    pub fn state<T: Send + Sync + 'static>(mut self, value: T) -> Self {
        if self.values.set(value) {
            self.twice.push(std::any::type_name::<T>());
        }
        self
    }

    /// Says that every session will bring a value of this type: `session.with(value)`.
    pub fn per_session<T: Send + Sync + 'static>(mut self) -> Self {
        self.elsewhere.push(TypeId::of::<T>());
        self
    }

    /// Says that every call will bring a value of this type: `request.with(&value)`. For adapters.
    pub fn per_call<T: Send + Sync + 'static>(mut self) -> Self {
        self.elsewhere.push(TypeId::of::<T>());
        self
    }

    /// Whether a refusal tells its reason to the program's own windows. Unless this is said, it does in a debug build.
    /// What is refused is the same.
    pub fn explain(mut self, explain: bool) -> Self {
        self.explain = explain;
        self
    }

    /// Called for every refusal, before it is answered: an audit trail, a counter. If it panics, the call is answered
    /// all the same.
    pub fn on_denial(mut self, hook: impl Fn(&Denial) + Send + Sync + 'static) -> Self {
        self.on_denial = Some(Box::new(hook));
        self
    }

    /// Gives the gate threads that may block, for `blocking` commands, and a clock, for deadlines: an adapter has one.
    pub fn runtime(mut self, runtime: impl Runtime) -> Self {
        self.runtime = Some(Arc::new(runtime));
        self
    }

    /// How long a call may take unless its command says something else: a minute unless this is said. Counts for calls that
    /// wait (`async` and `blocking` commands) where the gate has a [`runtime`](Self::runtime), and not for those that
    /// take a [`Channel`](crate::Channel), one of the host's own included, nor for what comes after a [`Streaming`](crate::Streaming) or a
    /// [`Download`](crate::Download) has begun. (A command with channels and a `timeout` of its own is looked at when its page
    /// reads: one whose page does not read waits, and takes no time.) [`Duration::MAX`] is for ever, and asks no clock.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = time;
        self
    }

    /// How deep the arguments of a call may be nested: 127 unless this is said, and at the most, since what reads them goes no
    /// deeper. Anything less is looked for before they are read, which costs some of the time that reading them does.
    pub fn json_depth(mut self, levels: usize) -> Self {
        self.json_depth = levels.min(DEEPEST);
        self
    }

    /// Builds the gate.
    ///
    /// # Errors
    ///
    /// All that is missing, by name: a value that a command asks for, or that is given twice; a base folder, or what
    /// else a scope entry needs of the machine.
    pub fn build(self) -> Result<Gate, BuildError> {
        let mut faults: Vec<Fault> = self.twice.iter().map(|&name| Fault::Twice(name)).collect();
        for entry in self.authority.entries() {
            if self.runtime.is_none()
                && let Some(why) = needs_runtime(entry)
            {
                faults.push(Fault::NoRuntime {
                    command: entry.name().to_string(),
                    at: entry.command.at,
                    why,
                });
            }
            for argument in entry.command.arguments {
                for need in argument.needs().iter().filter(|need| need.is_given()) {
                    if !self.values.has(need.id()) && !self.elsewhere.contains(&need.id()) {
                        faults.push(Fault::missing(entry, argument, need));
                    }
                }
            }
        }
        let machine = self.machine(&mut faults);
        let (parts, denials) = parts(self.authority, &machine, &mut faults);
        if faults.is_empty() {
            let Self { authority, values, explain, on_denial, runtime, timeout, json_depth, .. } = self;
            let (scoped, topics) = (scoped(authority), Topics::of(authority));
            return Ok(Gate(Arc::new(Inner {
                authority,
                values,
                explain,
                on_denial,
                machine,
                runtime,
                timeout,
                json_depth,
                topics,
                scoped,
                parts,
                denials,
            })));
        }
        Err(BuildError::of(faults))
    }
}

impl GateBuilder {
    #[cfg(not(feature = "path"))]
    #[expect(clippy::unused_self, reason = "with the feature `path` it has folders")]
    fn machine(&self, _: &mut Vec<Fault>) -> Machine {
        Machine::default()
    }

    #[cfg(feature = "path")]
    fn machine(&self, faults: &mut Vec<Fault>) -> Machine {
        let (machine, wrong) = self.folders.machine(self.authority.policy);
        faults.extend(wrong.into_iter().map(Fault::Folder));
        machine
    }
}

/// Why a command needs a runtime, if it does.
fn needs_runtime(entry: &Entry) -> Option<&'static str> {
    match (entry.command.run, entry.command.timeout) {
        (Run::Blocking(_), _) => Some("is `blocking`"),
        (_, Timeout::After(_)) => Some("has a `timeout`"),
        _ => None,
    }
}

/// The permissions that have a scope.
fn scoped(authority: &Authority) -> Box<[u32]> {
    authority
        .view
        .all_known()
        .filter(|(_, known)| known.info.scope.is_some())
        .map(|(index, _)| index)
        .collect()
}

/// For each rule, something made of its entries.
type Parts = Box<[Option<Erased>]>;

/// Makes the entries of every rule ready: all of them, and those alone that count in any frame.
fn parts(authority: &Authority, machine: &Machine, faults: &mut Vec<Fault>) -> (Parts, Parts) {
    let (mut parts, mut denials) = (Vec::new(), Vec::new());
    for (_, known) in authority.view.all_known() {
        for rule in authority.view.rules(known) {
            let grant = authority.policy.grants.get(rule.grant as usize);
            let narrowing = grant.and_then(|grant| grant.entries);
            let (Some(scope), Some(narrowing), Some(grant)) = (known.info.scope, narrowing, grant) else {
                parts.push(None);
                denials.push(None);
                continue;
            };
            let any_frame =
                authority.policy.capabilities.get(usize::from(rule.capability)).is_some_and(|c| c.any_frame);
            let alone = Narrowing { allow: Allow::Nothing, deny: narrowing.deny };
            let counts = rule.kind.grants() && !any_frame && !narrowing.deny.is_empty();
            // What is wrong with a denial is told of with the whole.
            denials.push(counts.then(|| (scope.compile)(&alone, machine).ok()).flatten());
            match (scope.compile)(narrowing, machine) {
                Ok(part) => parts.push(Some(part)),
                Err(wrong) => {
                    let permission = known.id().to_string();
                    faults.extend(wrong.into_iter().map(|why| Fault::Entry {
                        permission: permission.clone(),
                        at: grant.at,
                        why: why.0,
                    }));
                    parts.push(None);
                }
            }
        }
    }
    (parts.into(), denials.into())
}

impl fmt::Debug for GateBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("GateBuilder").field(self.authority).finish()
    }
}

/// What a gate was not given, all of it.
#[derive(Debug)]
pub struct BuildError(Vec<Fault>);

#[derive(Debug)]
enum Fault {
    Missing {
        command: String,
        argument: &'static str,
        at: At,
        need: Need,
    },
    Twice(&'static str),
    NoRuntime {
        command: String,
        at: At,
        why: &'static str,
    },
    /// An entry of a capability cannot be used on this machine.
    Entry {
        permission: String,
        at: &'static str,
        why: Box<str>,
    },
    /// A base folder is missing, or one too many is given.
    #[cfg(feature = "path")]
    Folder(Box<str>),
}

impl BuildError {
    /// The table is in the order of hashes: people read in the order of the source.
    fn of(mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(Fault::place);
        Self(faults)
    }
}

impl Fault {
    fn missing(entry: &Entry, argument: &ArgumentInfo, need: &Need) -> Self {
        Self::Missing {
            command: entry.name().to_string(),
            argument: argument.name,
            at: entry.command.at,
            need: *need,
        }
    }

    fn place(&self) -> (&'static str, u32, &'static str) {
        match self {
            Self::Missing { at, argument, .. } => (at.file, at.line, argument),
            Self::Twice(name) => ("", 0, name),
            Self::NoRuntime { at, why, .. } => (at.file, at.line, why),
            Self::Entry { at, .. } => (at, 0, ""),
            #[cfg(feature = "path")]
            Self::Folder(_) => ("", 0, ""),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_held = |fault: &Fault| matches!(fault, Fault::Missing { need, .. } if !need.is_given());
        let title = if self.0.iter().all(is_held) {
            "the host does not hold what commands need:"
        } else {
            "the gate cannot be built:"
        };
        f.write_str(title)?;
        for fault in &self.0 {
            match fault {
                Fault::Missing { command, argument, at, need } => {
                    let name = need.name();
                    write!(
                        f,
                        "\n  command `{command}` takes `{argument}`, for which a value of type `{name}` is needed, and none \
                         is given\n    --> {file}:{line}:{column}\n    help: ",
                        file = at.file,
                        line = at.line,
                        column = at.column,
                    )?;
                    if need.is_given() {
                        write!(
                            f,
                            "add `.state(..)` with such a value, or `.per_session::<{name}>()` if each session brings its own"
                        )?;
                    } else {
                        f.write_str("give it to the host before anybody calls: `.manage(..)` of Tauri, say")?;
                    }
                }
                Fault::NoRuntime { command, at, why } => write!(
                    f,
                    "\n  command `{command}` {why}, and the gate has neither threads nor a clock for that\n    --> \
                     {file}:{line}:{column}\n    help: add `.runtime(..)` with what the adapter has, such as \
                     `portcullis_http::Tokio`",
                    file = at.file,
                    line = at.line,
                    column = at.column,
                )?,
                Fault::Entry { permission, at, why } => {
                    write!(f, "\n  an entry of `{permission}` cannot be used: {why}\n    --> {at}")?;
                }
                #[cfg(feature = "path")]
                Fault::Folder(why) => write!(f, "\n  {why}")?,
                Fault::Twice(name) => write!(
                    f,
                    "\n  a value of type `{name}` is given twice\n    help: wrap one of them in a type of its own"
                )?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for BuildError {}
