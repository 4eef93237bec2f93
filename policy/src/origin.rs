//! Origins as a browser serialises them, and the patterns that capability files match them with. There is no URL here:
//! a browser tells the gate the origin of a page only, so no path, query or user name has a place.

mod host;

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use host::HostFault;

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
        let (scheme, rest) = split_scheme(text)?;
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        check_tail(text, &text[..text.len() - tail.len()], tail)?;
        if let Some((_, bare)) = authority.rsplit_once('@') {
            let message = format!("`{text}` has a user name or password, which no origin has");
            return Err(PatternError::new(message, format!("write `{scheme}://{bare}`")));
        }
        let (host, port) = split_port(authority);
        Ok(Self {
            scheme: parse_scheme(text, scheme, rest)?,
            host: parse_host(text, scheme, host)?,
            port: parse_port(text, port)?,
        })
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
        _ => None,
    }
}

/// Why a text is no [`Pattern`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    message: String,
    help: String,
}

impl PatternError {
    fn new(message: String, help: impl Into<String>) -> Self {
        Self { message, help: help.into() }
    }

    /// What is wrong, with the pattern in it.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead.
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

impl std::error::Error for PatternError {}

/// The origin of a page, as a browser serialises it: `https://example.com:8443`.
///
/// There is one text for each origin, and only that one is read, so that two origins are equal if their texts are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    text: String,
    scheme: usize,
    port: Option<u16>,
}

impl Origin {
    /// Reads the `Origin` header of a tuple origin. Whatever a browser would not write is refused.
    ///
    /// ```
    /// use portcullis_policy::origin::{Origin, OriginError};
    /// let origin = Origin::parse("https://example.com:8443").unwrap();
    /// assert_eq!((origin.scheme(), origin.host(), origin.port()), ("https", "example.com", Some(8443)));
    /// assert_eq!(Origin::parse("null"), Err(OriginError::Opaque));
    /// assert_eq!(Origin::parse("https://example.com:443"), Err(OriginError::DefaultPort));
    /// ```
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        if text.is_empty() {
            return Err(OriginError::Empty);
        }
        if text == "null" {
            return Err(OriginError::Opaque);
        }
        if !text.is_ascii() {
            return Err(OriginError::NonAscii);
        }
        let (scheme, rest) = text.split_once("://").ok_or(OriginError::Scheme)?;
        if scheme.contains(|c: char| c.is_ascii_uppercase()) {
            return Err(OriginError::UpperCase);
        }
        if !is_scheme(scheme) {
            return Err(OriginError::Scheme);
        }
        if rest.contains('@') {
            return Err(OriginError::UserInfo);
        }
        if rest.contains(['/', '?', '#', '\\']) {
            return Err(OriginError::Path);
        }
        let (host, port) = split_port(rest);
        host::check(host)?;
        let port = port.map(|port| exact_port(port).ok_or(OriginError::Port)).transpose()?;
        if port.is_some() && port == default_port(scheme) {
            return Err(OriginError::DefaultPort);
        }
        Ok(Self { text: text.to_owned(), scheme: scheme.len(), port })
    }

    /// What stands before `://`.
    pub fn scheme(&self) -> &str {
        &self.text[..self.scheme]
    }

    /// The host; an IPv6 address is in brackets.
    pub fn host(&self) -> &str {
        split_port(&self.text[self.scheme + 3..]).0
    }

    /// The port, if it is not the scheme's own.
    pub fn port(&self) -> Option<u16> {
        self.port
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::str::FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        Self::parse(text)
    }
}

/// Why a text is no [`Origin`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OriginError {
    /// There is no text.
    Empty,
    /// It is `null`: an opaque origin, of a sandboxed frame or a data URL, equals nothing.
    Opaque,
    /// It does not start with a scheme and `://`.
    Scheme,
    /// It has an upper-case letter.
    UpperCase,
    /// It has a character that is not ASCII.
    NonAscii,
    /// It has a user name.
    UserInfo,
    /// It has a path, a query or a fragment.
    Path,
    /// Its host ends with `.`.
    TrailingDot,
    /// Its host is none.
    Host,
    /// Its host is an address that is not written as a browser writes it.
    Address,
    /// Its port is none.
    Port,
    /// Its port is the scheme's own, which a browser leaves out.
    DefaultPort,
}

impl OriginError {
    /// The rule that was broken, fit to follow "`x` is not an origin: ".
    pub const fn message(self) -> &'static str {
        match self {
            Self::Empty => "it is empty",
            Self::Opaque => "`null` is an opaque origin",
            Self::Scheme => "it does not start with a scheme and `://`",
            Self::UpperCase => "it has an upper-case letter",
            Self::NonAscii => "it has a character that is not ASCII",
            Self::UserInfo => "it has a user name",
            Self::Path => "it has a path, a query or a fragment",
            Self::TrailingDot => "its host ends with `.`",
            Self::Host => "its host is not a host name",
            Self::Address => "its host is an address that is not in canonical form",
            Self::Port => "its port is not a port number in canonical form",
            Self::DefaultPort => "its port is the default one, which is left out",
        }
    }
}

impl fmt::Display for OriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for OriginError {}

impl From<HostFault> for OriginError {
    fn from(fault: HostFault) -> Self {
        match fault {
            HostFault::Empty | HostFault::Character(_) | HostFault::Label => Self::Host,
            HostFault::UpperCase => Self::UpperCase,
            HostFault::NonAscii => Self::NonAscii,
            HostFault::TrailingDot => Self::TrailingDot,
            HostFault::Address => Self::Address,
        }
    }
}

fn split_scheme(text: &str) -> Result<(&str, &str), PatternError> {
    if let Some(found) = text.split_once("://") {
        return Ok(found);
    }
    Err(match text {
        "" => {
            PatternError::new("an origin pattern is empty".into(), "write one such as `https://example.com`")
        }
        "null" => PatternError::new(
            "`null` is an opaque origin, which no capability can admit".into(),
            "give the page an origin of its own, such as `https://example.com`",
        ),
        "*" | "**" => PatternError::new(
            format!("`{text}` is not an origin pattern: it has no scheme"),
            "write `https://*` for every host over https",
        ),
        _ => PatternError::new(
            format!("`{text}` is not an origin pattern: it has no scheme followed by `://`"),
            "write it as scheme, host and port, such as `https://example.com` or `http://localhost:1420`",
        ),
    })
}

fn check_tail(text: &str, origin: &str, tail: &str) -> Result<(), PatternError> {
    if matches!(tail, "" | "/" | "/*" | "/**") {
        return Ok(());
    }
    let what = match tail.as_bytes().first() {
        Some(b'?') => "a query or a `?`",
        Some(b'#') => "a fragment",
        Some(b'\\') => "a `\\`",
        _ => "a path",
    };
    let why = "but a browser tells the gate only the origin of a page: scheme, host and port";
    Err(PatternError::new(
        format!("`{text}` has {what}, {why}"),
        format!("write `{origin}`, which admits every page of that origin"),
    ))
}

fn parse_scheme<'a>(text: &str, scheme: &'a str, rest: &str) -> Result<Scheme<'a>, PatternError> {
    if scheme == "*" {
        return Ok(Scheme::Any);
    }
    if is_scheme(scheme) {
        return Ok(Scheme::Exact(scheme));
    }
    let lower = scheme.to_ascii_lowercase();
    Err(if scheme.contains('*') {
        PatternError::new(
            format!("`{text}` has a `*` inside of its scheme"),
            "write an entry for each scheme, or `*://` for every scheme",
        )
    } else if is_scheme(&lower) {
        PatternError::new(
            format!("`{text}` has upper-case letters, which no origin has"),
            format!("write it in lower case: `{lower}://{rest}`"),
        )
    } else {
        PatternError::new(
            format!("`{text}` is not an origin pattern: `{scheme}` is not a scheme"),
            "write a scheme such as `https`, or `*` for every scheme",
        )
    })
}

fn parse_host<'a>(text: &str, scheme: &str, host: &'a str) -> Result<Host<'a>, PatternError> {
    if host == "*" || host == "**" {
        return Ok(Host::Any);
    }
    let (name, under) = match host.strip_prefix("*.") {
        Some(name) => (name, true),
        None => (host, false),
    };
    if name.contains('*') {
        return Err(star_in_host(text, scheme, host));
    }
    let fault = match host::check(name) {
        Ok(()) if !under => return Ok(Host::Exact(name)),
        Ok(()) if !host::is_address(name) => return Ok(Host::Under(name)),
        Ok(()) => {
            let message = format!("`{text}` asks for hosts below `{name}`, but nothing is below an address");
            return Err(PatternError::new(message, format!("write `{scheme}://{name}`")));
        }
        Err(fault) => fault,
    };
    let not = format!("`{text}` is not an origin pattern:");
    Err(match fault {
        HostFault::Empty => PatternError::new(
            format!("{not} it has no host"),
            format!("write `{scheme}://` and a host, or `{scheme}://*` for every host"),
        ),
        HostFault::UpperCase => PatternError::new(
            format!("`{text}` has upper-case letters, which no origin has"),
            format!("write the host in lower case: `{}`", host.to_ascii_lowercase()),
        ),
        HostFault::NonAscii => PatternError::new(
            format!("`{text}` has a character that is not ASCII, which no origin has"),
            "write the host in punycode, as browsers do: `xn--…`",
        ),
        HostFault::TrailingDot => PatternError::new(
            format!("`{text}` has a host that ends with `.`, which is another origin than the one without"),
            format!("write `{}`", host.trim_end_matches('.')),
        ),
        HostFault::Character(c) => PatternError::new(
            format!("{not} a host has no {c:?}"),
            "write a host such as `example.com`, `*.example.com`, `127.0.0.1`, `[::1]` or `*`",
        ),
        HostFault::Label => PatternError::new(
            format!("{not} `{name}` has an empty or an overlong part"),
            "write a host such as `example.com`, with at most 63 characters between two dots and 253 in all",
        ),
        HostFault::Address => PatternError::new(
            format!("{not} `{name}` is an address in a form that no browser writes"),
            "write an address as browsers do: `127.0.0.1`, `[::1]`",
        ),
    })
}

/// A `*` that is neither the whole host nor its first label. The danger is named, since what people mean by
/// `example.com*` is never `example.com.evil.org`.
fn star_in_host(text: &str, scheme: &str, host: &str) -> PatternError {
    let message =
        format!("`{text}` has a `*` inside of its host, where it could stand for a host of anybody");
    let whole = host.trim_matches('*').trim_matches('.');
    if whole.is_empty() || whole.contains('*') {
        PatternError::new(message, "write out each host, or `*.` before one for all hosts below it")
    } else if host.ends_with('*') {
        let help = format!("write `{scheme}://{whole}`, or `{scheme}://{whole}:*` for every port of it");
        PatternError::new(message, help)
    } else {
        let help =
            format!("write `{scheme}://{whole}` for that host and `{scheme}://*.{whole}` for those below it");
        PatternError::new(message, help)
    }
}

fn parse_port(text: &str, port: Option<&str>) -> Result<Port, PatternError> {
    match port {
        None => Ok(Port::Default),
        Some("*") => Ok(Port::Any),
        Some(port) => exact_port(port).map(Port::Exact).ok_or_else(|| {
            PatternError::new(
                format!("`{text}` is not an origin pattern: `{port}` is not a port"),
                "write a number up to 65535 without leading zeros, or `*` for every port",
            )
        }),
    }
}

/// What stands before and behind the `:` of the port. Those inside of brackets are no such.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    let from = authority.rfind(']').map_or(0, |at| at + 1);
    match authority[from..].find(':') {
        Some(at) => (&authority[..from + at], Some(&authority[from + at + 1..])),
        None => (authority, None),
    }
}

/// A port as a browser writes it.
fn exact_port(text: &str) -> Option<u16> {
    let port = text.parse::<u16>().ok()?;
    (port.to_string() == text).then_some(port)
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'-' | b'.'))
}

/// An IPv4 address as a browser writes it.
fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok_and(|address| address.to_string() == text)
}

/// An IPv6 address, without brackets, as a browser writes it. That is how the standard library does, but for an
/// IPv4 address inside, which a browser writes in hexadecimal.
fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok_and(|address| {
        let [.., high, low] = address.segments();
        match address.to_ipv4_mapped() {
            Some(_) => text == format!("::ffff:{high:x}:{low:x}"),
            None => text == address.to_string(),
        }
    })
}
