//! Why an address is refused whatever the entries say.

use std::fmt;

/// Why no entry can admit an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Malformed {
    /// Its scheme is one whose addresses name no host, or name one and mean something else: `javascript:`, `file:`.
    Scheme,
    /// Its host is not written as a browser writes it.
    Host,
    /// Its host begins with `-`, which the next program takes for an option.
    Dash,
    /// Its path has one of `/`, `\` and `.` in an escape.
    Hidden(char),
    /// Its path has a control character in an escape.
    Control,
    /// Its path has a `\`, which some take for a `/`.
    Backslash,
    /// Its path has a segment that some take for `.` or `..`, such as `..;a`.
    Dots,
    /// Its path has a `%` that two hexadecimal digits do not follow.
    Escape,
    /// Its path has a character in more bytes than it needs: `%C0%AF` is a `/` to some.
    Overlong,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme => f.write_str("the scheme is one whose addresses are never admitted"),
            Self::Host => f.write_str("the host is not written as a browser writes it"),
            Self::Dash => f.write_str("the host begins with `-`"),
            Self::Hidden(c) => write!(f, "the path has an encoded `{c}`"),
            Self::Control => f.write_str("the path has an encoded control character"),
            Self::Backslash => f.write_str("the path has a `\\`"),
            Self::Dots => f.write_str("the path has a segment that may be taken for `.` or `..`"),
            Self::Escape => {
                f.write_str("the path has a `%` without two hexadecimal digits; a `%` itself is `%25`")
            }
            Self::Overlong => f.write_str("the path has a character in an over-long encoding"),
        }
    }
}

impl std::error::Error for Malformed {}
