//! A window whose pages come from a front-end development server. What is asked of it, and what comes back, goes through
//! the same door as everything else; nothing that lets a page call goes to it.

mod down;
mod forward;
mod resolve;
mod socket;

use std::{fmt, net::IpAddr, sync::Arc};

use axum::{extract::Request, http::Uri, response::Response};
use http_body_util::Empty;
use hyper::body::Bytes;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use percent_encoding::percent_decode_str;
use portcullis::Origin;

use self::resolve::Resolver;
use crate::{error::Error, place, refusal::Refusal, stop::Stop};

/// A front-end development server, such as Vite, that the pages of a window come from.
///
/// ```no_run
/// # use portcullis::Gate;
/// # async fn run(gate: &Gate, pages: axum::Router) -> Result<(), portcullis_http::Error> {
/// use portcullis_http::{DevServer, Pages, Program};
///
/// let pages: Pages = if cfg!(debug_assertions) {
///     DevServer::new("http://127.0.0.1:5173")?.start_with("npm run dev").into()
/// } else {
///     pages.into()
/// };
/// let served = Program::new(gate).window("editor", pages).serve(7878).await?;
/// # Ok(())
/// # }
/// ```
///
/// Pages are asked for through the window (open its link, not the development server's address), so all that is asked
/// of a request is asked here too, and the page may call. Its hot reload goes the same way. To the development server
/// go `GET`, `HEAD` and its `WebSocket`, with the headers that name no one: no token, no cookie, no `Authorization`.
/// Nothing whose path begins with `/portcullis` does.
///
/// The policy of its pages admits, beyond that of others, the scripts that stand in the HTML that the server sends (by
/// hash: Vite's React plugin has one), and inline styles and workers made of a `blob:`, which hot reload needs.
///
/// Vite looks for what a module imports when it builds, and does not find `/portcullis.js`. Tell it in `vite.config.js`
/// that somebody else serves that:
///
/// ```js
/// const portcullis = {
///   name: "portcullis",
///   enforce: "pre",
///   resolveId: (id) => (id === "/portcullis.js" ? { id, external: true } : null),
/// };
/// export default { plugins: [portcullis] };
/// ```
///
/// In the cargo feature `dev-server`, so that a program which is shipped need not have it.
pub struct DevServer {
    server: Arc<Server>,
}

type HttpClient = Client<HttpConnector<Resolver>, Empty<Bytes>>;

struct Server {
    origin: Origin,
    /// What starts it.
    start: String,
    client: HttpClient,
}

impl DevServer {
    /// A development server on this machine: `http://127.0.0.1:5173`, or `http://localhost:5173`, which is tried on both
    /// loopback addresses.
    ///
    /// # Errors
    ///
    /// If this is no address, or not one of this machine.
    pub fn new(address: &str) -> Result<Self, Error> {
        let origin = origin(address)?;
        if !is_loopback(origin.host()) {
            return Err(Error::FarDevServer { address: address.to_owned() });
        }
        Ok(Self::at(origin, false))
    }

    /// A development server on another machine, or in a container.
    ///
    /// What it serves acts as the window, and so does whoever is on the way there.
    ///
    /// # Errors
    ///
    /// If this is no address.
    pub fn on_another_machine(address: &str) -> Result<Self, Error> {
        Ok(Self::at(origin(address)?, true))
    }

    /// What the page says that stands in for a development server which does not answer: `npm run dev` unless this is
    /// said.
    #[must_use]
    pub fn start_with(self, command: &str) -> Self {
        let Server { origin, client, .. } = &*self.server;
        let (origin, client) = (origin.clone(), client.clone());
        Self { server: Arc::new(Server { origin, client, start: command.to_owned() }) }
    }

    fn at(origin: Origin, anywhere: bool) -> Self {
        let mut connector = HttpConnector::new_with_resolver(Resolver { anywhere });
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Self { server: Arc::new(Server { origin, client, start: "npm run dev".to_owned() }) }
    }

    pub(crate) async fn serve(&self, request: Request, stop: &Stop) -> Result<Response, Refusal> {
        if is_ours(request.uri().path()) {
            return Ok(down::not_there());
        }
        if socket::is_asked_for(&request) {
            socket::connect(&self.server, request, stop.clone()).await
        } else {
            forward::page(&self.server, request).await
        }
    }
}

impl Server {
    /// Where the server has what is asked for here.
    fn uri(&self, asked: &Uri) -> Option<Uri> {
        let path = asked.path_and_query().map_or("/", |path| path.as_str());
        format!("{}{path}", self.origin).parse().ok()
    }

    fn host(&self) -> String {
        place::host_header(&self.origin)
    }

    fn is_silent(&self, why: &dyn fmt::Display) -> Refusal {
        Refusal::NoDevServer {
            address: self.origin.to_string(),
            start: self.start.clone(),
            why: why.to_string(),
        }
    }
}

fn origin(address: &str) -> Result<Origin, Error> {
    let refused = || Error::NoDevServer { address: address.to_owned() };
    // As people copy it from the terminal.
    let text = address.strip_suffix('/').unwrap_or(address);
    let origin = Origin::parse(text).map_err(|_| refused())?;
    if origin.to_string().starts_with("http://") { Ok(origin) } else { Err(refused()) }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
}

/// Whether a path is one of the gate's, in whatever spelling.
fn is_ours(path: &str) -> bool {
    let path: Vec<u8> = percent_decode_str(path.trim_start_matches('/')).collect();
    path.get(..10).is_some_and(|start| start.eq_ignore_ascii_case(b"portcullis"))
}

impl fmt::Debug for DevServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DevServer").field(&self.server.origin).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_development_server_is_on_this_machine_unless_said_otherwise() {
        for near in
            ["http://127.0.0.1:5173", "http://localhost:5173/", "http://[::1]:5173", "http://127.9.9.9"]
        {
            assert!(DevServer::new(near).is_ok(), "{near}");
        }
        for far in ["http://192.168.0.2:5173", "http://evil.test:5173", "http://localhost.evil.test:1"] {
            let refused = DevServer::new(far).unwrap_err();
            assert!(matches!(refused, Error::FarDevServer { .. }), "{far}: {refused}");
            assert!(DevServer::on_another_machine(far).is_ok(), "{far}");
        }
        for no in [
            "",
            "127.0.0.1:5173",
            "https://127.0.0.1:5173",
            "http://me@127.0.0.1:5173",
            "http://127.0.0.1/app",
        ] {
            let refused = DevServer::new(no).unwrap_err();
            assert!(matches!(refused, Error::NoDevServer { .. }), "{no}: {refused}");
        }
    }

    #[test]
    fn what_is_the_gate_s_is_so_in_every_spelling() {
        for ours in [
            "/portcullis",
            "/portcullis.js",
            "/portcullis/add",
            "/%70ortcullis/add",
            "//portcullis",
            "/PORTCULLIS",
        ] {
            assert!(is_ours(ours), "{ours}");
        }
        for theirs in ["/", "/src/portcullis.ts", "/port", "/%2570ortcullis"] {
            assert!(!is_ours(theirs), "{theirs}");
        }
    }
}
