//! A world through the real code: what the build would refuse, and a gate that decides.

use std::collections::BTreeSet;

use portcullis::{
    Authority, Frame, Gate, NotOptional, Origin, Permission, Principal, Reply, Request, Session, test,
};
use portcullis_tests_loaded::{self as loaded, Loaded};

use crate::{
    dead::Wrong,
    file,
    model::own_denial,
    world::{Caller, Command, From, Guard, Member, World},
};

/// A world that has gone the way of `authority!`.
#[derive(Debug)]
pub struct Real {
    refusals: Vec<String>,
    switches: Switches,
    gate: Result<Gate, String>,
}

/// What switches a permission type on and off, for a session.
#[derive(Debug)]
enum Switches {
    Loaded(Loaded),
    Compiled(&'static [Switch]),
}

/// The same for a type that is compiled in.
#[derive(Clone, Copy, Debug)]
pub struct Switch {
    /// The id of the type, as it is shipped.
    id: &'static str,
    on: fn(&Session) -> Result<(), NotOptional>,
    off: fn(&Session),
}

impl Switch {
    /// That of a type of this id.
    #[must_use]
    pub const fn of<P: Permission>(id: &'static str) -> Self {
        Self { id, on: Session::switch_on::<P>, off: Session::switch_off::<P> }
    }
}

/// One caller of it.
#[derive(Debug)]
pub struct Called<'a> {
    real: &'a Real,
    client: test::Client,
}

impl Real {
    /// Takes a world that way. What is made lives until the process ends.
    pub fn of(world: &World) -> Self {
        let loaded = program(world).load();
        let gate = Gate::new(loaded.authority).build().map_err(|error| error.to_string());
        Self { refusals: loaded.refusals.clone(), switches: Switches::Loaded(loaded), gate }
    }

    /// A program that has been compiled, with all of its types.
    pub fn compiled(authority: &'static Authority, switches: &'static [Switch]) -> Self {
        let gate = Gate::new(authority).build().map_err(|error| error.to_string());
        Self { refusals: Vec::new(), switches: Switches::Compiled(switches), gate }
    }

    /// What the build refuses, in words.
    pub fn refusals(&self) -> &[String] {
        &self.refusals
    }

    /// What the build refuses.
    ///
    /// # Errors
    ///
    /// A complaint that the model knows nothing of.
    pub fn told(&self) -> Result<BTreeSet<Wrong>, String> {
        let complaints = self.refusals().iter().flat_map(|text| text.split("\nalso: "));
        complaints.map(|text| wrong(text).ok_or_else(|| text.to_owned())).collect()
    }

    /// Why there is no gate, if there is none.
    pub fn no_gate(&self) -> Option<&str> {
        self.gate.as_ref().err().map(String::as_str)
    }

    /// A session of a caller, if there is a gate.
    pub fn open(&self, caller: &Caller) -> Option<Called<'_>> {
        let client = test::client(self.gate.as_ref().ok()?, principal(caller));
        Some(Called { real: self, client })
    }
}

impl Called<'_> {
    fn session(&self) -> &Session {
        self.client.session()
    }

    /// Whether it may call a command.
    pub fn may_call(&self, command: &str) -> bool {
        self.session().may_call(command)
    }

    /// Whether a call is carried out: `None` if the answer is another than that or a refusal.
    pub fn calls(&self, command: &str, arguments: &str) -> Option<bool> {
        match self.session().invoke(Request::json(command, arguments.as_bytes())).into_ready() {
            Ok(Reply::Ok(_)) => Some(true),
            Ok(Reply::Failed(failure)) if failure.code() == portcullis::Code::Denied => Some(false),
            _ => None,
        }
    }

    /// Switches on what is optional; says whether there was something.
    pub fn switch_on(&self, permission: &str) -> bool {
        match &self.real.switches {
            Switches::Loaded(loaded) => loaded.switch_on(self.session(), permission).is_ok(),
            Switches::Compiled(all) => {
                all.iter().filter(|one| one.id == permission).any(|one| (one.on)(self.session()).is_ok())
            }
        }
    }

    /// Switches it off again.
    pub fn switch_off(&self, permission: &str) {
        match &self.real.switches {
            Switches::Loaded(loaded) => loaded.switch_off(self.session(), permission),
            Switches::Compiled(all) => {
                all.iter().filter(|one| one.id == permission).for_each(|one| (one.off)(self.session()));
            }
        }
    }
}

/// A world, as the crate that loads it takes it.
fn program(world: &World) -> loaded::Program {
    let ids = |needed: &[usize]| needed.iter().map(|&index| world.permissions[index].id.clone()).collect();
    let command = |command: &Command| loaded::Command {
        name: command.name.clone(),
        guard: match &command.guard {
            Guard::Public => loaded::Guard::Public,
            Guard::Own => loaded::Guard::Own,
            Guard::All(needed) => loaded::Guard::All(ids(needed)),
        },
    };
    let member = |member: &Member| match *member {
        Member::Permission(index) => world.permissions[index].id.clone(),
        Member::Set(index) => world.sets[index].id.clone(),
    };
    let permissions = world.permissions.iter();
    loaded::Program {
        declared: loaded::Declared {
            windows: world.windows.clone(),
            webviews: world.webviews.clone(),
            clients: world.clients.clone(),
        },
        permissions: permissions
            .map(|one| loaded::Permission { id: one.id.clone(), is_scoped: one.scoped })
            .collect(),
        sets: world
            .sets
            .iter()
            .map(|set| loaded::Set { id: set.id.clone(), members: set.members.iter().map(member).collect() })
            .collect(),
        commands: world.commands.iter().map(command).collect(),
        groups: world
            .groups
            .iter()
            .map(|group| loaded::Group {
                namespace: group.namespace.clone(),
                listed_as: group.listed_as.clone(),
                set: group.set.clone(),
                commands: group.commands.iter().map(command).collect(),
            })
            .collect(),
        foreign: world.foreign.clone(),
        capability_files: file::written(&world.capabilities)
            .into_iter()
            .map(|(name, text)| loaded::File { name, text })
            .collect(),
        ..loaded::Program::default()
    }
}

/// A caller, as a host says it.
///
/// # Panics
///
/// If its origin is none.
#[expect(clippy::panic, reason = "in a crate of tests")]
pub fn principal(caller: &Caller) -> Principal {
    match caller {
        Caller::Client(name) => Principal::client(name.as_str()),
        Caller::Window { window, webview, from, main_frame } => {
            let frame = if *main_frame { Frame::Main } else { Frame::Sub };
            let principal = Principal::window(window.as_str()).webview(webview.as_str()).frame(frame);
            match from {
                From::Home => principal,
                From::Opaque => principal.opaque_origin(),
                From::Origin(origin) => match Origin::parse(origin) {
                    Ok(origin) => principal.origin(origin),
                    Err(error) => panic!("`{origin}`: {error}"),
                },
            }
        }
    }
}

/// What a complaint is about, by its first line.
fn wrong(complaint: &str) -> Option<Wrong> {
    let line = complaint.lines().next()?;
    let mut quoted = line.split('`').skip(1).step_by(2).map(str::to_owned);
    let (first, second) = (quoted.next()?, quoted.next().unwrap_or_default());
    let says = |text: &str| line.contains(text);
    let begins = |text: &str| line.starts_with(text);
    let capability = first.clone();
    Some(if begins("command `") {
        if says("which no capability grants") || says("called by nobody") || says("is public, which is open")
        {
            Wrong::Unreachable { command: first }
        } else if says("is listed twice") {
            Wrong::TwoCommands { name: first }
        } else if says("whose prefix is declared") {
            Wrong::Foreign { name: second }
        } else if says("is under a prefix that is declared") {
            Wrong::Foreign { name: first }
        } else {
            return None;
        }
    } else if begins("two commands are named") {
        Wrong::TwoCommands { name: first }
    } else if begins("two permissions have the id")
        || begins("two permission sets have the id")
        || says("is the id of a permission and of a set")
    {
        Wrong::TwoOfId { id: first }
    } else if begins("permission set `") && says("is under a prefix") {
        Wrong::Foreign { name: first }
    } else if begins("two capabilities are named") {
        Wrong::TwoCapabilities { identifier: first }
    } else if says("none of the declared") {
        Wrong::Stray { capability: second, label: first }
    } else if begins("an entry of `") {
        Wrong::RefusedEntry { capability: second, id: first }
    } else if says("says nothing:") {
        // `allow` of `id` in capability `name`
        Wrong::SaysNothing { capability: quoted.next()?, id: second }
    } else if says("is empty, which admits nothing") {
        Wrong::EmptyAllow { id: second }
    } else if says("is under a `foreign` prefix") {
        Wrong::Unread { id: first }
    } else if !begins("capability `") {
        return None;
    } else if says("which no listed command needs") {
        Wrong::NamesNothing { capability, id: meant(second) }
    } else if says("with `deny`, which nobody that it matches is granted") {
        Wrong::NarrowsNothing { capability, id: second }
    } else if says("which nobody that it matches is granted") {
        Wrong::DeniesNothing { capability, id: meant(second) }
    } else if says("without `allow`") {
        Wrong::AdmitsNothing { capability, id: second }
    } else if says("it reaches nobody") {
        Wrong::NamesNobody { capability }
    } else if says("its windows reach nothing") {
        Wrong::ForNoOrigin { capability }
    } else if says("grants nothing and denies nothing") || says("has no `permissions`") {
        Wrong::Empty { capability }
    } else if says("both grants and denies") {
        Wrong::BothWays { capability, id: second }
    } else {
        return None;
    })
}

/// The permission that an id is about: what is denied in two ways is told of once.
fn meant(id: String) -> String {
    own_denial(&id).unwrap_or(id)
}
