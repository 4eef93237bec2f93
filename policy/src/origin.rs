//! Origins as a browser serialises them, and the patterns that capability files match them with. There is no URL here:
//! a browser tells the gate the origin of a page only, so no path, query or user name has a place.

mod parse;
mod parts;
mod serialised;

use std::fmt;

pub use crate::wrong::PatternError;
pub use serialised::{Origin, OriginError};

/// Which origins a capability admits: `https://*.example.com`, `http://localhost:*`, `*://*:*`.
///
/// Every field is public and may be set in a `const`; [`parse`](Self::parse) is the only way from a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pattern<'a> {
    /// What stands before `://`.
    pub scheme: Scheme<'a>,
    /// What stands behind it.
    pub host: Host<'a>,
    /// What stands behind the `:`.
    pub port: Port,
}

/// The scheme of a [`Pattern`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme<'a> {
    /// `*`
    Any,
    /// This one, in lower case.
    Exact(&'a str),
}

/// The host of a [`Pattern`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Host<'a> {
    /// `*`, also written `**`: every host, also those that are addresses.
    Any,
    /// This host and nothing below it.
    Exact(&'a str),
    /// `*.example.com`: every host strictly below this one, at any depth; not the host itself.
    Under(&'a str),
}

/// The port of a [`Pattern`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Port {
    /// None is written: the scheme's own port, or none for a scheme that has none.
    Default,
    /// `*`
    Any,
    /// This one. `https://example.com:443` means what `https://example.com` does.
    Exact(u16),
}

impl<'a> Pattern<'a> {
    /// Reads a pattern: scheme, host and port, of which `*` may stand for each whole one and `*.` before a host.
    ///
    /// `/`, `/*` and `/**` may follow and mean nothing, since Tauri's files have them.
    ///
    /// ```
    /// use portcullis_policy::origin::{Host, Pattern, Port, Scheme};
    /// let pattern = Pattern::parse("https://*.example.com/*").unwrap();
    /// assert_eq!(pattern, Pattern {
    ///     scheme: Scheme::Exact("https"),
    ///     host: Host::Under("example.com"),
    ///     port: Port::Default,
    /// });
    /// assert!(Pattern::parse("https://example.com*").is_err());
    /// ```
    ///
    /// # Errors
    /// What is wrong with it, and what to write.
    pub fn parse(text: &'a str) -> Result<Self, PatternError> {
        parse::pattern(text)
    }

    /// Whether the pattern admits this origin.
    ///
    /// ```
    /// use portcullis_policy::origin::{Origin, Pattern};
    /// let pattern = Pattern::parse("https://*.example.com").unwrap();
    /// assert!(pattern.matches(&Origin::parse("https://a.b.example.com").unwrap()));
    /// assert!(!pattern.matches(&Origin::parse("https://example.com").unwrap()));
    /// assert!(!pattern.matches(&Origin::parse("https://a.example.com:8443").unwrap()));
    /// ```
    pub fn matches(&self, origin: &Origin) -> bool {
        self.scheme.admits(origin.scheme())
            && self.host.admits(origin.host())
            && self.port.admits(origin.scheme(), origin.port())
    }
}

impl Scheme<'_> {
    /// Whether it admits this scheme.
    pub fn admits(&self, scheme: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Exact(exact) => *exact == scheme,
        }
    }
}

impl Host<'_> {
    /// Whether it admits this host.
    pub fn admits(&self, host: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Exact(exact) => *exact == host,
            Self::Under(parent) => {
                host.strip_suffix(parent).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
            }
        }
    }
}

impl Port {
    /// Whether it admits this port of an origin of this scheme, `None` being the scheme's own.
    pub fn admits(&self, scheme: &str, port: Option<u16>) -> bool {
        match self {
            Self::Any => true,
            Self::Default => port.is_none() || port == default_port(scheme),
            Self::Exact(exact) => port.or(default_port(scheme)) == Some(*exact),
        }
    }
}

impl fmt::Display for Pattern<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.scheme {
            Scheme::Any => f.write_str("*://")?,
            Scheme::Exact(scheme) => write!(f, "{scheme}://")?,
        }
        match self.host {
            Host::Any => f.write_str("*")?,
            Host::Exact(host) => f.write_str(host)?,
            Host::Under(host) => write!(f, "*.{host}")?,
        }
        match self.port {
            Port::Default => Ok(()),
            Port::Any => f.write_str(":*"),
            Port::Exact(port) => write!(f, ":{port}"),
        }
    }
}

/// The port that a scheme has where none is written.
pub fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        _ => None,
    }
}
