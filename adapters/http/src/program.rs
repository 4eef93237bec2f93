//! A program in the making: its windows, and where they are to be found. How requests are answered is in `door`.

use std::{
    collections::{HashMap, hash_map::Entry as Slot},
    fmt,
    net::SocketAddr,
    sync::Arc,
    time::Duration,
};

use axum::Router;
use portcullis::{Gate, Origin, Principal, Session};
use tokio::net::TcpListener;

use crate::{
    door::{Door, Place, Window},
    error::Error,
    keys::Keys,
    limits::{Limits, Meter},
    links::{self, Links, Secret},
    pages::Pages,
    place,
    served::{self, Served},
    sessions::Sessions,
    stop::Stop,
    token::Token,
};

/// How long calls that are under way may take once the program is to stop, unless it says something else.
const GRACE: Duration = Duration::from_secs(5);

/// A program in the making: its windows, and where they are to be found.
///
/// Ends with [`serve`](Self::serve), or with [`mount`](Self::mount) for a program that has a server of its own.
#[must_use = "a program is served by `serve` or `mount`"]
pub struct Program {
    gate: Gate,
    windows: Vec<Draft>,
    /// By window label: checked at the end, so that the order in which things are said does not matter.
    hosts: Vec<(String, String)>,
    ports: bool,
    reachable: bool,
    limits: Limits,
    grace: Duration,
    sessions: Option<Sessions>,
    prepare: Box<dyn Fn(Session) -> Session + Send + Sync>,
}

struct Draft {
    label: String,
    pages: Pages,
}

impl Program {
    /// A program without windows.
    pub fn new(gate: &Gate) -> Self {
        Self {
            gate: gate.clone(),
            windows: Vec::new(),
            hosts: Vec::new(),
            ports: false,
            reachable: false,
            limits: Limits::new(),
            grace: GRACE,
            sessions: None,
            prepare: Box::new(|session| session),
        }
    }

    /// Adds a window, and what it is served by `GET`.
    ///
    /// The label is the one that `authority!` declares, and the name in `<label>.localhost`. The router sees `GET` and
    /// `HEAD` only, and neither `/portcullis.js` nor what lies under `/portcullis/`: those are the page's way to the
    /// gate. What it serves needs no token: whatever runs on this machine may read it.
    ///
    /// A response that sets no `Content-Security-Policy` gets a strict one: everything from the window's own origin,
    /// nothing inline but what [`Page`](crate::Page) and [`Nonce`](crate::Nonce) admit, framed by nobody. A policy of its
    /// own should say `frame-ancestors 'none'` too. So it is with `Permissions-Policy` (no camera, no microphone, ..) and
    /// `Cache-Control` (`no-cache`).
    pub fn window(mut self, label: impl Into<String>, pages: impl Into<Pages>) -> Self {
        self.windows.push(Draft { label: label.into(), pages: pages.into() });
        self
    }

    /// Lets a window be reached by a further host: `devbox.local:8080`, as the address bar shows it, with `https://`
    /// before it if something in front of the program speaks TLS.
    ///
    /// Whoever controls what that name resolves to, or what is served there, can serve a page in the name of this
    /// window. It cannot call without the token. Over plain `http` and another machine, everybody on the way reads the
    /// token. One host belongs to one window.
    pub fn allow_host(mut self, window: impl Into<String>, host: impl Into<String>) -> Self {
        self.hosts.push((window.into(), host.into()));
        self
    }

    /// Gives each window a port of its own instead of a name of its own, for browsers that do not resolve
    /// `*.localhost` (Safari on older systems).
    ///
    /// Ports are origins of their own too, but a browser shares cookies between them: keep no secret in one.
    pub fn ports(mut self) -> Self {
        self.ports = true;
        self
    }

    /// Called with the session of each window when it is opened: to give it values, base folders, or optional grants.
    ///
    /// ```
    /// # use portcullis::{Gate, Session};
    /// # use portcullis_http::Program;
    /// struct Visits(u32);
    ///
    /// fn program(gate: &Gate) -> Program {
    ///     Program::new(gate).on_session(|session: Session| session.with(Visits(0)))
    /// }
    /// ```
    pub fn on_session(mut self, prepare: impl Fn(Session) -> Session + Send + Sync + 'static) -> Self {
        self.prepare = Box::new(prepare);
        self
    }

    /// The most bytes that the arguments of a call may have: [`Limits::body`].
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.limits = self.limits.body(bytes);
        self
    }

    /// How much the page of a window may ask for, instead of what [`Limits::new`] says.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// How long calls that are under way may take once the program is to [stop](crate::Stop). Five seconds unless this
    /// is said.
    ///
    /// What comes in then is refused with 503 `stopping`; what has not ended in time is given up (its future is
    /// dropped) and answered with the same.
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    /// Keeps sessions beyond the run of the program: see [`Sessions`]. Links then carry a code that is good once,
    /// instead of a token that is good for the run.
    ///
    /// One file belongs to one program: its sessions are told apart by window label only.
    pub fn remember(mut self, sessions: &Sessions) -> Self {
        self.sessions = Some(sessions.clone());
        self
    }

    /// Lets [`serve_on`](Self::serve_on) listen on an address that other machines reach.
    ///
    /// The pages can be read by whoever reaches the address, and links travel over the network in the clear. The checks
    /// of host, origin and token stay as they are: name the host with [`allow_host`](Self::allow_host).
    pub fn reachable_from_other_machines(mut self) -> Self {
        self.reachable = true;
        self
    }

    /// Serves on this port of 127.0.0.1, and of `::1` where there is one; 0 takes any that is free. After
    /// [`ports`](Self::ports), the windows take this port and those that follow.
    ///
    /// Needs a tokio runtime with I/O and time. It goes on in the background until it is stopped or dropped: see
    /// [`Served`].
    ///
    /// # Errors
    ///
    /// If a label or a host cannot be used, or a port cannot be listened on. The port of `::1` must be free too if
    /// there is that address: a browser may ask there first.
    pub async fn serve(self, port: u16) -> Result<Served, Error> {
        self.check()?;
        if port == 0 && self.sessions.as_ref().is_some_and(Sessions::outlive) {
            tracing::warn!(
                target: "portcullis",
                "sessions are kept, but browsers find theirs again only at the same port: give `serve` a fixed one"
            );
        }
        let count = if self.ports { self.windows.len() } else { 1 };
        let mut listeners = Vec::new();
        let mut ports = Vec::new();
        for offset in 0..count {
            let wanted =
                if port == 0 { 0 } else { port.saturating_add(u16::try_from(offset).unwrap_or(u16::MAX)) };
            let (bound, port) = served::listen(wanted).await?;
            listeners.extend(bound);
            ports.push(port);
        }
        let (door, links) = self.build(&ports)?;
        served::start(door, links, listeners)
    }

    /// Serves on a listener of the program's own.
    ///
    /// # Errors
    ///
    /// If a label or a host cannot be used; if its address is reached from other machines and
    /// [`reachable_from_other_machines`](Self::reachable_from_other_machines) was not said.
    #[expect(clippy::unused_async, reason = "must be called within a tokio runtime, as `serve`")]
    pub async fn serve_on(self, listener: TcpListener) -> Result<Served, Error> {
        let unspecified = SocketAddr::from(([0, 0, 0, 0], 0));
        let address =
            listener.local_addr().map_err(|source| Error::Listen { address: unspecified, source })?;
        if !address.ip().to_canonical().is_loopback() && !self.reachable {
            return Err(Error::Reachable { address });
        }
        let (door, links) = self.at_one_port(address.port())?;
        served::start(door, links, vec![listener])
    }

    /// Makes a router for a program that has an axum server of its own, which people reach at this port.
    ///
    /// Serve the router as it is, at the root: its windows are told apart by host, and routes that are put beside it are
    /// outside of its checks. What a window is to be served belongs in the window's own router. Listen on loopback only.
    ///
    /// # Errors
    ///
    /// If a label or a host cannot be used, or after [`ports`](Self::ports).
    pub fn mount(self, port: u16) -> Result<Mounted, Error> {
        let (door, links) = self.at_one_port(port)?;
        let stop = door.stop.clone();
        Ok(Mounted { router: door.router(), links, stop })
    }

    fn at_one_port(self, port: u16) -> Result<(Door, Links), Error> {
        if self.ports {
            return Err(Error::OnePort);
        }
        self.check()?;
        self.build(&[port])
    }

    /// What can be told before there is a port.
    fn check(&self) -> Result<(), Error> {
        if self.windows.is_empty() {
            return Err(Error::NoWindow);
        }
        for (index, draft) in self.windows.iter().enumerate() {
            let window = &draft.label;
            if !self.ports && !place::is_host_label(window) {
                return Err(Error::NoHostLabel { window: window.clone() });
            }
            if !self.gate.authority().declares(&Principal::window(&**window)) {
                return Err(Error::Undeclared { window: window.clone() });
            }
            if self.windows.iter().take(index).any(|other| other.label == *window) {
                return Err(Error::WindowTwice { window: window.clone() });
            }
        }
        for (window, host) in &self.hosts {
            if !self.windows.iter().any(|draft| draft.label == *window) {
                return Err(Error::NoSuchWindow { window: window.clone(), host: host.clone() });
            }
        }
        Ok(())
    }

    /// One port for all windows, or one for each.
    fn build(self, ports: &[u16]) -> Result<(Door, Links), Error> {
        let mut places: HashMap<String, Place> = HashMap::new();
        let mut windows = Vec::new();
        let mut entries: Vec<links::Entry> = Vec::new();
        for (index, (draft, port)) in self.windows.into_iter().zip(ports.iter().cycle()).enumerate() {
            let origins = origins(&draft.label, *port, self.ports, &self.hosts)?;
            for origin in &origins {
                match places.entry(place::host_header(origin)) {
                    Slot::Vacant(slot) => {
                        slot.insert(Place::new(index, origin.clone()));
                    }
                    Slot::Occupied(slot) if slot.get().origin == *origin && slot.get().window == index => {}
                    Slot::Occupied(slot) => {
                        let first =
                            entries.get(slot.get().window).map_or(&*draft.label, |entry| &entry.window);
                        return Err(Error::HostTwice {
                            host: slot.key().clone(),
                            windows: [first.to_owned(), draft.label],
                        });
                    }
                }
            }
            let label: Box<str> = draft.label.into();
            let (keys, secret) = keys(self.sessions.as_ref())?;
            entries.push(links::Entry { window: label.clone(), origins, secret });
            let session = (self.prepare)(self.gate.session(Principal::window(label.clone())));
            let meter = Arc::new(Meter::new(&self.limits));
            windows.push(Window { label, session, keys, meter, pages: draft.pages });
        }
        let stop = Stop::new(self.grace);
        Ok((Door { windows, places, limit: self.limits.body, stop }, Links(entries)))
    }
}

/// What lets a page in, and what its links carry.
fn keys(sessions: Option<&Sessions>) -> Result<(Keys, Secret), Error> {
    if let Some(sessions) = sessions {
        return Ok((Keys::Kept(sessions.clone()), Secret::Code(sessions.clone())));
    }
    let token = Token::random().map_err(|_| Error::NoRandomness)?;
    let secret = Secret::Token(token.reveal().into());
    Ok((Keys::Run(token), secret))
}

/// The origins of a window: its own first, then those that the program allows.
fn origins(label: &str, port: u16, ports: bool, hosts: &[(String, String)]) -> Result<Vec<Origin>, Error> {
    let own = if ports {
        vec!["127.0.0.1".to_owned(), "localhost".to_owned(), "[::1]".to_owned()]
    } else {
        vec![format!("{label}.localhost")]
    };
    let own = own.into_iter().map(|host| place::own(&host, port).map_err(|why| Error::NoHost { host, why }));
    let further = hosts
        .iter()
        .filter(|(window, _)| window == label)
        .map(|(_, host)| place::allowed(host).map_err(|why| Error::NoHost { host: host.clone(), why }));
    own.chain(further).collect()
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let windows: Vec<_> = self.windows.iter().map(|draft| &draft.label).collect();
        f.debug_struct("Program")
            .field("windows", &windows)
            .field("hosts", &self.hosts)
            .field("ports", &self.ports)
            .finish_non_exhaustive()
    }
}

/// A program as a router, for a server that is not this crate's.
#[derive(Debug)]
pub struct Mounted {
    router: Router,
    links: Links,
    stop: Stop,
}

impl Mounted {
    /// The links that open the windows.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// Something to stop the program with, from elsewhere. The server itself is the program's own to end.
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// The router. It answers every request, whatever its path.
    pub fn into_router(self) -> Router {
        self.router
    }
}
