//! Why a program cannot be served, and what to write instead.

use std::{fmt, io, net::SocketAddr};

use portcullis::OriginError;

/// Why a program cannot be served.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// It has no window.
    NoWindow,
    /// Two windows have one label.
    WindowTwice {
        /// The label.
        window: String,
    },
    /// `authority!` does not declare the window: every call of it would be refused.
    Undeclared {
        /// The label.
        window: String,
    },
    /// A label cannot be a name in `<label>.localhost`.
    NoHostLabel {
        /// The label.
        window: String,
    },
    /// `allow_host` names a window that the program does not have.
    NoSuchWindow {
        /// The label.
        window: String,
        /// The host.
        host: String,
    },
    /// `allow_host` names something that is no host.
    NoHost {
        /// What was written.
        host: String,
        /// What is wrong with it.
        why: OriginError,
    },
    /// Two windows, or two schemes of one window, have one host.
    HostTwice {
        /// The host.
        host: String,
        /// The windows that have it.
        windows: [String; 2],
    },
    /// After `ports`, one port is not enough.
    OnePort,
    /// An address that other machines reach.
    Reachable {
        /// The address.
        address: SocketAddr,
    },
    /// A port cannot be listened on.
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// This is no address of a development server.
    #[cfg(feature = "dev-server")]
    NoDevServer {
        /// What was written.
        address: String,
    },
    /// The development server is on another machine.
    #[cfg(feature = "dev-server")]
    FarDevServer {
        /// What was written.
        address: String,
    },
    /// The system gives no random bytes for a token.
    NoRandomness,
    /// The server failed while it ran.
    Server(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoWindow => f.write_str("the program has no window: add one with `.window(\"main\", pages)`"),
            Self::WindowTwice { window } => write!(f, "window `{window}` is given twice: give each a label of its own"),
            Self::Undeclared { window } => write!(
                f,
                "window `{window}` is not declared, so every call of it would be refused: write it in `windows: [..]` of \
                 `authority!`"
            ),
            Self::NoHostLabel { window } => write!(
                f,
                "window label `{window}` cannot be a name in `{window}.localhost`: use at most 63 of a-z, 0-9 and `-` \
                 (not first, not last, not third and fourth), or serve each window on a port of its own with `.ports()`"
            ),
            Self::NoSuchWindow { window, host } => {
                write!(f, "host `{host}` is allowed for window `{window}`, which the program does not have")
            }
            Self::NoHost { host, why } => write!(
                f,
                "`{host}` cannot be allowed as a host: {why}; write it as the address bar shows it, such as \
                 `devbox.local:8080` or `https://notes.example`"
            ),
            Self::HostTwice { host, windows: [one, other] } => write!(
                f,
                "host `{host}` is given to window `{one}` and to window `{other}`: pages of one host are not separate, \
                 so give each a host of its own, under one scheme"
            ),
            Self::OnePort => f.write_str(
                "after `.ports()` each window needs a port of its own: use `.serve(port)`, which takes as many",
            ),
            Self::Reachable { address } => write!(
                f,
                "{address} can be reached from other machines: listen on 127.0.0.1, or, if that is meant, say so with \
                 `.reachable_from_other_machines()`"
            ),
            Self::Listen { address, source } => write!(
                f,
                "cannot listen on {address}: {source}; if the port is taken, choose another, or 0 for any that is free"
            ),
            #[cfg(feature = "dev-server")]
            Self::NoDevServer { address } => write!(
                f,
                "`{address}` is no address of a development server: write it as `http://127.0.0.1:5173`, with http, and \
                 without a path"
            ),
            #[cfg(feature = "dev-server")]
            Self::FarDevServer { address } => write!(
                f,
                "`{address}` is not on this machine, and what it serves acts as the window: use 127.0.0.1, ::1 or \
                 localhost, or, if that is meant, `DevServer::on_another_machine`"
            ),
            Self::NoRandomness => f.write_str("the system gives no random bytes, so no token can be made"),
            Self::Server(source) => write!(f, "the server failed: {source}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen { source, .. } | Self::Server(source) => Some(source),
            Self::NoHost { why, .. } => Some(why),
            _ => None,
        }
    }
}
