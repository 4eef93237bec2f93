//! Patterns of addresses, as entries of a scope have them, and what no address that is sent may have. Text only: it is
//! for others to parse the address that a caller sends, and to say which patterns it has to match.
//!
//! A pattern is an origin, as [`origin`] reads it, and perhaps a path:
//!
//! | written | means |
//! |---|---|
//! | `https://example.com` | every page of that host, at the port of the scheme |
//! | `https://*.example.com` | every host strictly below it, at any depth; *not* `example.com` itself, nor an address |
//! | `https://example.com:8443`, `http://localhost:*` | that port; every port |
//! | `http://127.0.0.1:3000`, `http://[::1]:1` | an address, in the one form in which browsers write it |
//! | nothing behind that, `/*`, `/**` | every path |
//! | `/public/*`, `/public/**` | `/public` and all below it, by whole segments: not `/publicity` |
//! | `/public/page`, `/` | exactly this path |
//!
//! A query is no part of it: a pattern admits a path with every query. There is no `*` for all hosts, no `*` inside of a
//! host or of a segment, and none in a scheme.

mod malformed;
mod parse;
mod path;
#[cfg(feature = "suffixes")]
mod suffix;

use std::{borrow::Cow, fmt};

use crate::origin;
pub use crate::origin::{Host, Port, Scheme};
pub use crate::wrong::PatternError;
pub use malformed::Malformed;
#[cfg(feature = "suffixes")]
pub use suffix::check_suffix;

/// The longest pattern, in bytes.
pub const LONGEST: usize = 2048;

/// Which addresses an entry means: `https://example.com`, `https://*.example.com/api/*`, `http://localhost:*`.
///
/// Its scheme is always a written one, and its host is one host or all below one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pattern<'a> {
    scheme: &'a str,
    host: Host<'a>,
    port: Port,
    path: Path<'a>,
}

/// The path of a [`Pattern`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Path<'a> {
    /// None, `/*` or `/**`: every path.
    Any,
    /// This path and nothing below it.
    Exact(&'a str),
    /// `/public/*` or `/public/**`: this path, here `/public`, and all below it.
    Below(&'a str),
}

impl<'a> Pattern<'a> {
    /// Reads a pattern.
    ///
    /// ```
    /// use portcullis_policy::url::{Host, Path, Pattern, Port};
    /// let pattern = Pattern::parse("https://*.example.com:8443/public/*").unwrap();
    /// assert_eq!(pattern.scheme(), "https");
    /// assert_eq!(pattern.host(), Host::Under("example.com"));
    /// assert_eq!(pattern.port(), Port::Exact(8443));
    /// assert_eq!(pattern.path(), Path::Below("/public"));
    ///
    /// let error = Pattern::parse("https://user@example.com").unwrap_err();
    /// assert_eq!(error.message(), "`https://user@example.com` has a user name or a password");
    /// assert_eq!(error.help(), "write `https://example.com`: an address with one is never admitted");
    /// ```
    ///
    /// # Errors
    /// What is wrong with it, and what to write.
    pub fn parse(text: &'a str) -> Result<Self, PatternError> {
        parse::pattern(text)
    }

    /// What stands before `://`, in lower case.
    pub const fn scheme(&self) -> &'a str {
        self.scheme
    }

    /// The host: never [`Host::Any`].
    pub const fn host(&self) -> Host<'a> {
        self.host
    }

    /// The port.
    pub const fn port(&self) -> Port {
        self.port
    }

    /// The path.
    pub const fn path(&self) -> Path<'a> {
        self.path
    }
}

impl Path<'_> {
    /// Whether it admits this path, as an address has it after parsing.
    ///
    /// ```
    /// use portcullis_policy::url::Path;
    /// let public = Path::Below("/public");
    /// assert!(public.admits("/public") && public.admits("/public/") && public.admits("/public/a/b"));
    /// assert!(!public.admits("/publicity") && !public.admits("/PUBLIC") && !public.admits("//public"));
    /// assert!(Path::Exact("/").admits("/") && !Path::Exact("/").admits("/a"));
    /// ```
    pub fn admits(&self, path: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Exact(exact) => *exact == path,
            Self::Below(folder) => {
                path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }
        }
    }
}

/// Judges the scheme of an address: a pattern can be for any other.
///
/// ```
/// use portcullis_policy::url::{Malformed, check_scheme};
/// assert_eq!(check_scheme("https"), Ok(()));
/// assert_eq!(check_scheme("javascript"), Err(Malformed::Scheme));
/// ```
///
/// # Errors
/// If it is a file's, or one whose addresses have no host.
pub fn check_scheme(scheme: &str) -> Result<(), Malformed> {
    if scheme == "file" || HOSTLESS.contains(&scheme) { Err(Malformed::Scheme) } else { Ok(()) }
}

/// Schemes whose addresses have no host, so that nothing could narrow them.
const HOSTLESS: &[&str] = &[
    "about",
    "blob",
    "cid",
    "data",
    "filesystem",
    "javascript",
    "mailto",
    "mid",
    "sms",
    "tel",
    "urn",
    "vbscript",
    "view-source",
];

/// Judges scheme and host of an address that was parsed, `https://example.com`, without port: they must be written as a
/// browser writes them. A parser lets more pass, such as `https://$(id).example.com` or `ssh://-oProxyCommand=x`.
///
/// ```
/// use portcullis_policy::url::{Malformed, check_host};
/// assert_eq!(check_host("https://example.com"), Ok(()));
/// assert_eq!(check_host("https://example.com."), Err(Malformed::Host));
/// assert_eq!(check_host("ssh://-oProxyCommand=x"), Err(Malformed::Dash));
/// ```
///
/// # Errors
/// What is wrong with it.
pub fn check_host(scheme_and_host: &str) -> Result<(), Malformed> {
    let host = scheme_and_host.split_once("://").map_or("", |(_, host)| host);
    if host.starts_with('-') {
        return Err(Malformed::Dash);
    }
    // What is a pattern and means one host is written as browsers write it: there is one meaning of that.
    match origin::Pattern::parse(scheme_and_host) {
        Ok(origin::Pattern { scheme: Scheme::Exact(_), host: Host::Exact(exact), port: Port::Default })
            if exact == host =>
        {
            Ok(())
        }
        _ => Err(Malformed::Host),
    }
}

/// Judges the path of an address that was parsed: what hides from one reader of it and not from the next is refused, at
/// any level of encoding.
///
/// ```
/// use portcullis_policy::url::{Malformed, check_path};
/// assert_eq!(check_path("/public/100%25/caf%C3%A9"), Ok(()));
/// assert_eq!(check_path("/public/..%2Fadmin"), Err(Malformed::Hidden('/')));
/// assert_eq!(check_path("/public/%252e%252e/admin"), Err(Malformed::Hidden('.')));
/// assert_eq!(check_path("/public/..;/admin"), Err(Malformed::Dots));
/// ```
///
/// # Errors
/// What is wrong with it.
pub fn check_path(path: &str) -> Result<(), Malformed> {
    path::check(path)
}

/// A path with every escape resolved, at every level of encoding.
///
/// ```
/// use portcullis_policy::url::decoded;
/// assert_eq!(*decoded("/%61dmin/%2561"), *b"/admin/a");
/// ```
pub fn decoded(path: &str) -> Cow<'_, [u8]> {
    path::decoded(path)
}

impl fmt::Display for Pattern<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scheme, host, port, path } = *self;
        origin::Pattern { scheme: Scheme::Exact(scheme), host, port }.fmt(f)?;
        match path {
            Path::Any => Ok(()),
            Path::Exact(path) => f.write_str(path),
            Path::Below(path) => write!(f, "{path}/*"),
        }
    }
}
