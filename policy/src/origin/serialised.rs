//! The origin of a page, as a browser serialises it. How patterns match it is not known here.

use std::fmt;

use super::default_port;
use super::parts::{HostFault, check_host, exact_port, is_scheme, split_port};

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
        check_host(host)?;
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
