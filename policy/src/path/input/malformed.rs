//! Why a path of a caller is refused by its form, in words that do not change and do not repeat the path.

use std::fmt;

use super::{LONGEST_NAME, MOST_NAMES};
use crate::path::LONGEST;

/// Why a text is no [`Input`](super::Input).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Malformed {
    /// There is no text.
    Empty,
    /// It has more than 4096 bytes.
    TooLong,
    /// It has more than 255 components.
    TooDeep,
    /// A name has more than 255 bytes; on macOS and Windows, UTF-16 units.
    LongName,
    /// It has a NUL or another control character.
    Control,
    /// It is a URL: `file:///etc/passwd`.
    Url,
    /// It begins with `~`.
    Home,
    /// It begins with a variable: `%APPDATA%`, `${HOME}`.
    Variable,
    /// It has a `..` component.
    Parent,
    /// It has a `.` component, and more.
    Dot,
    /// It has two separators next to each other.
    Doubled,
    /// It ends with a separator.
    Trailing,
    /// It has a name that macOS reads as an order: `..namedfork`, `/.vol`.
    Magic,
    /// Windows: it is relative to the current folder of a drive: `C:notes`.
    DriveRelative,
    /// Windows: it is relative to the root of the current drive: `\notes`, `/notes`.
    RootRelative,
    /// Windows: it is on another machine: `\\server\share`.
    Network,
    /// Windows: it is a device, or a path that is not to be normalised: `\\.\C:`, `\\?\C:\`, `\??\C:\`.
    Device,
    /// Windows: a name is a device: `CON`, `nul.txt`, `COM1`.
    Reserved,
    /// Windows: a name has a `:`, behind which a stream of the file is named.
    Stream,
    /// Windows: a name has one of `<`, `>`, `"`, `|`, `?` and `*`.
    Character,
    /// Windows: a name ends with a dot or a space, which Windows leaves out.
    Ending,
    /// Windows: a name begins with a space, which some programs leave out.
    Leading,
}

impl Malformed {
    /// A word for it that does not change.
    ///
    /// ```
    /// use portcullis_policy::path::Malformed;
    /// assert_eq!(Malformed::DriveRelative.code(), "drive_relative");
    /// ```
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::TooDeep => "too_deep",
            Self::LongName => "long_name",
            Self::Control => "control",
            Self::Url => "url",
            Self::Home => "home",
            Self::Variable => "variable",
            Self::Parent => "parent",
            Self::Dot => "dot",
            Self::Doubled => "doubled",
            Self::Trailing => "trailing",
            Self::Magic => "magic",
            Self::DriveRelative => "drive_relative",
            Self::RootRelative => "root_relative",
            Self::Network => "network",
            Self::Device => "device",
            Self::Reserved => "reserved",
            Self::Stream => "stream",
            Self::Character => "character",
            Self::Ending => "ending",
            Self::Leading => "leading",
        }
    }

    /// What to send instead, if there is something to send.
    ///
    /// ```
    /// use portcullis_policy::path::Malformed;
    /// assert_eq!(Malformed::Url.help(), Some("send the path"));
    /// assert_eq!(Malformed::Device.help(), None);
    /// ```
    pub const fn help(self) -> Option<&'static str> {
        match self {
            Self::Empty => Some("send `.` for the folder itself"),
            Self::Url => Some("send the path"),
            Self::Home => Some("send `$HOME` in its place"),
            Self::Variable => Some("send a base folder, such as `$HOME`, `$APPDATA` or `$TEMP`"),
            Self::Parent => Some("send the path that it leads to"),
            Self::Dot => Some("leave it out, or send `.` alone for the folder itself"),
            Self::Doubled => Some("send one"),
            Self::Trailing => Some("leave it out"),
            Self::DriveRelative | Self::RootRelative => Some("send the whole path, such as `C:\\notes`"),
            Self::TooLong
            | Self::TooDeep
            | Self::LongName
            | Self::Control
            | Self::Magic
            | Self::Network
            | Self::Device
            | Self::Reserved
            | Self::Stream
            | Self::Character
            | Self::Ending
            | Self::Leading => None,
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "a path is empty",
            Self::TooLong => return write!(f, "a path has more than {LONGEST} bytes"),
            Self::TooDeep => return write!(f, "a path has more than {MOST_NAMES} components"),
            Self::LongName => return write!(f, "a name in a path is longer than {LONGEST_NAME}"),
            Self::Control => "a path has a control character",
            Self::Url => "this is a URL, not a path",
            Self::Home => "`~` at the beginning of a path is not expanded",
            Self::Variable => "a variable at the beginning of a path is not expanded",
            Self::Parent => "a path has a `..` component",
            Self::Dot => "a path has a `.` component, which says nothing",
            Self::Doubled => "a path has two separators next to each other",
            Self::Trailing => "a path ends with a separator",
            Self::Magic => "a path has a name that macOS reads as an order",
            Self::DriveRelative => "a path is relative to the current folder of a drive",
            Self::RootRelative => "a path has a root, but no drive",
            Self::Network => "a path is on another machine",
            Self::Device => "a path is a device's, or one that is not normalised",
            Self::Reserved => "a name in a path is a device on Windows",
            Self::Stream => "a name in a path has a `:`, which Windows reads as a stream of a file",
            Self::Character => "a name in a path has a character that no name on Windows has",
            Self::Ending => "a name in a path ends with a dot or a space, which Windows leaves out",
            Self::Leading => "a name in a path begins with a space",
        })
    }
}

impl std::error::Error for Malformed {}
