//! A program that is being served: its links, and its end.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use axum::{Router, serve::ListenerExt as _};
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

use crate::{error::Error, links::Links};

/// How long calls that are under way may take once the program is to stop.
const GRACE: Duration = Duration::from_secs(5);

/// A program that is being served, until it is [stopped](Stop) or this is dropped.
#[derive(Debug)]
pub struct Served {
    links: Links,
    addresses: Vec<SocketAddr>,
    stop: Stop,
    servers: JoinSet<io::Result<()>>,
}

impl Served {
    /// The link that opens a window, with the token of the window. `None` if the program has no such window.
    pub fn link(&self, window: &str) -> Option<String> {
        self.links.get(window)
    }

    /// The link that opens a window at a host that `allow_host` names. `None` if the window has no such host.
    pub fn link_at(&self, window: &str, host: &str) -> Option<String> {
        self.links.at(window, host)
    }

    /// Every window with its link, in the order in which they were given.
    pub fn links(&self) -> impl Iterator<Item = (&str, String)> {
        self.links.iter()
    }

    /// The addresses that are listened on.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Something to stop the program with, from elsewhere.
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Waits until the program has been stopped. Calls that are under way then have five seconds to end.
    ///
    /// # Errors
    ///
    /// If the server fails.
    pub async fn until_stopped(mut self) -> Result<(), Error> {
        let mut stopping = self.stop.0.subscribe();
        let out_of_time = async {
            // Fails only if the sender is gone, which `self` holds.
            let _ = stopping.wait_for(|stop| *stop).await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::pin!(out_of_time);
        loop {
            tokio::select! {
                ended = self.servers.join_next() => match ended {
                    Some(Ok(result)) => result.map_err(Error::Server)?,
                    Some(Err(error)) => return Err(Error::Server(io::Error::other(error))),
                    None => return Ok(()),
                },
                () = &mut out_of_time => return Ok(()),
            }
        }
    }
}

/// Stops a program. The clones stop the same one.
#[derive(Clone, Debug)]
pub struct Stop(watch::Sender<bool>);

impl Stop {
    /// Takes no further calls, and lets those that are under way end.
    pub fn now(&self) {
        self.0.send_replace(true);
    }
}

pub(crate) fn start(router: &Router, links: Links, listeners: Vec<TcpListener>) -> Result<Served, Error> {
    let (stop, stopping) = watch::channel(false);
    let mut servers = JoinSet::new();
    let mut addresses = Vec::new();
    for listener in listeners {
        addresses.push(listener.local_addr().map_err(Error::Server)?);
        let mut stopping = stopping.clone();
        let stopped = async move {
            // An error says that nobody is left who could stop it: that ends it too.
            let _ = stopping.wait_for(|stop| *stop).await;
        };
        let listener = listener.tap_io(|stream| {
            // Answers are small and complete: there is nothing to wait for. If it cannot be set, they are only slower.
            let _ = stream.set_nodelay(true);
        });
        let server = axum::serve(listener, router.clone()).with_graceful_shutdown(stopped);
        servers.spawn(async move { server.await });
    }
    Ok(Served { links, addresses, stop: Stop(stop), servers })
}

/// Listens on one port of both loopback addresses, or of 127.0.0.1 alone on a machine without the other.
///
/// A port that somebody else has on `::1` is no good: a browser that asks there first would hand them the page's address,
/// and they could serve a page in its name.
pub(crate) async fn listen(port: u16) -> Result<(Vec<TcpListener>, u16), Error> {
    const TRIES: u32 = 16;
    let mut tries = 0;
    loop {
        tries += 1;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let refused = |address| move |source| Error::Listen { address, source };
        let four = TcpListener::bind(address).await.map_err(refused(address))?;
        let bound = four.local_addr().map_err(refused(address))?.port();
        let address = SocketAddr::from((Ipv6Addr::LOCALHOST, bound));
        match TcpListener::bind(address).await {
            Ok(six) => return Ok((vec![four, six], bound)),
            Err(source) if source.kind() == io::ErrorKind::AddrInUse => {
                if port != 0 || tries == TRIES {
                    return Err(Error::Listen { address, source });
                }
            }
            Err(_) => return Ok((vec![four], bound)),
        }
    }
}
