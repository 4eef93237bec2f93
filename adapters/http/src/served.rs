//! A program that is being served: its links, and its end.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use axum::{ServiceExt, extract::Request, serve::ListenerExt as _};
use tokio::{net::TcpListener, task::JoinSet};

use crate::{door::Door, error::Error, links::Links, stop::Stop};

/// How long the answers to what was given up may take on their way.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// A program that is being served, until it is [stopped](Stop) or this is dropped.
#[derive(Debug)]
pub struct Served {
    links: Links,
    addresses: Vec<SocketAddr>,
    stop: Stop,
    servers: JoinSet<io::Result<()>>,
}

impl Served {
    /// The link that opens a window, with the token of the window, or, after
    /// [`remember`](crate::Program::remember), with a new code that is good once. `None` if the program has no such window.
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

    /// Waits until the program has been stopped. Calls that are under way then have its
    /// [grace](crate::Program::grace) to end; others are refused.
    ///
    /// # Errors
    ///
    /// If the server fails.
    pub async fn until_stopped(mut self) -> Result<(), Error> {
        let stop = self.stop.clone();
        tokio::select! {
            // Only if one fails: they go on until what is under way has ended.
            ended = all_ended(&mut self.servers) => return ended,
            () = stop.begun() => {}
        }
        // Connections that are open and silent, as browsers keep them in reserve, may take all of it, and no more.
        if let Ok(ended) = tokio::time::timeout(stop.grace(), all_ended(&mut self.servers)).await {
            return ended;
        }
        stop.cut_off();
        let last_words = async {
            stop.all_gone().await;
            all_ended(&mut self.servers).await
        };
        tokio::time::timeout(LAST_WORDS, last_words).await.unwrap_or(Ok(()))
    }
}

/// What still runs then is nobody's: it ends.
impl Drop for Served {
    fn drop(&mut self) {
        self.stop.cut_off();
    }
}

async fn all_ended(servers: &mut JoinSet<io::Result<()>>) -> Result<(), Error> {
    while let Some(ended) = servers.join_next().await {
        match ended {
            Ok(result) => result.map_err(Error::Server)?,
            Err(error) => return Err(Error::Server(io::Error::other(error))),
        }
    }
    Ok(())
}

/// Serves until the program is stopped. Connections are taken as long as there are calls under way, so that who asks
/// then is told why not.
pub(crate) fn start(door: Door, links: Links, listeners: Vec<TcpListener>) -> Result<Served, Error> {
    let (stop, service) = (door.stop.clone(), door.service());
    let mut servers = JoinSet::new();
    let mut addresses = Vec::new();
    for listener in listeners {
        addresses.push(listener.local_addr().map_err(Error::Server)?);
        let listener = listener.tap_io(|stream| {
            // Answers are small and complete: there is nothing to wait for. If it cannot be set, they are only slower.
            let _ = stream.set_nodelay(true);
        });
        let ended = stop.clone();
        let server = axum::serve(listener, ServiceExt::<Request>::into_make_service(service.clone()))
            .with_graceful_shutdown(async move { ended.ended().await });
        servers.spawn(async move { server.await });
    }
    Ok(Served { links, addresses, stop, servers })
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
