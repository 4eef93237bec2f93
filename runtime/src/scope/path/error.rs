//! What can go wrong when a file beneath a base folder is used, as a command may return it. No path of the host may go
//! in: the caller sees the name that it sent, and nothing else.

use std::{fmt, io};

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

/// A file or folder could not be used: it is refused, or the system has failed.
///
/// Serialised as `{ "code": "not_found", "message": ".." }`, so that a command can return it as it is. What it shows of
/// a path is the name that the caller itself has sent.
#[derive(Debug)]
pub struct PathError {
    name: Box<str>,
    trouble: Trouble,
}

/// Why a file or folder is refused that was admitted by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Why {
    /// It lies outside of its base folder: a link has led there, or it has been moved.
    Outside,
    /// It really is another one, by a link or by its spelling, and that one is not admitted.
    NotAdmitted,
    /// A link stands where none may: in the place of a new file, or on a system where links are not followed.
    Link,
    /// Its links go round in a circle, or there are too many of them.
    Loop,
    /// It has other names too (hard links), which nobody has looked at. For writing alone.
    HardLink,
    /// It is neither a file nor a folder: a pipe, a socket, a device.
    Special,
    /// It belongs to the system: `/proc`, `/sys`, `/dev`.
    System,
    /// Its real name is not Unicode, so nothing can admit it.
    NotUnicode,
    /// It cannot be told which of several names is its own.
    Unclear,
    /// The file system would give it another name than this one.
    Respelled,
    /// It is the base folder itself, which can be listed but neither made, moved nor removed.
    Base,
}

impl Why {
    /// A stable name for it, in lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::NotAdmitted => "not_admitted",
            Self::Link => "link",
            Self::Loop => "loop",
            Self::HardLink => "hard_link",
            Self::Special => "special",
            Self::System => "system",
            Self::NotUnicode => "not_unicode",
            Self::Unclear => "unclear",
            Self::Respelled => "respelled",
            Self::Base => "base",
        }
    }

    const fn sentence(self) -> &'static str {
        match self {
            Self::Outside => "it leads out of its base folder",
            Self::NotAdmitted => "it really is another one, which is not admitted",
            Self::Link => "it is a link, and none may be here",
            Self::Loop => "it leads through too many links",
            Self::HardLink => "it has other names too, so it is not written to",
            Self::Special => "it is neither a file nor a folder",
            Self::System => "it belongs to the system",
            Self::NotUnicode => "its real name is not Unicode",
            Self::Unclear => "its real name cannot be told",
            Self::Respelled => "the file system would give it another name",
            Self::Base => "it is the base folder itself",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence())
    }
}

impl PathError {
    pub(super) fn new(name: &str, trouble: impl Into<Trouble>) -> Self {
        Self { name: name.into(), trouble: trouble.into() }
    }

    /// The name that the caller has sent, beneath its base folder.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Why it is refused; `None` if the system has failed.
    #[must_use]
    pub const fn why(&self) -> Option<Why> {
        match self.trouble {
            Trouble::Refused { why, .. } => Some(why),
            Trouble::Io(_) => None,
        }
    }

    /// What kind of error this is. A refusal is [`io::ErrorKind::PermissionDenied`].
    #[must_use]
    pub fn kind(&self) -> io::ErrorKind {
        match &self.trouble {
            Trouble::Refused { .. } => io::ErrorKind::PermissionDenied,
            Trouble::Io(error) => error.kind(),
        }
    }

    /// What kind of error this is, for programs to act on: `refused`, `not_found`, `already_exists`, .. It is stable.
    #[must_use]
    pub fn code(&self) -> &'static str {
        use io::ErrorKind as Kind;
        if self.why().is_some() {
            return "refused";
        }
        match self.kind() {
            Kind::NotFound => "not_found",
            Kind::AlreadyExists => "already_exists",
            Kind::PermissionDenied => "permission_denied",
            Kind::IsADirectory => "is_a_folder",
            Kind::NotADirectory => "not_a_folder",
            Kind::DirectoryNotEmpty => "folder_not_empty",
            Kind::ReadOnlyFilesystem => "read_only",
            Kind::StorageFull | Kind::QuotaExceeded => "storage_full",
            Kind::FileTooLarge | Kind::OutOfMemory => "too_large",
            Kind::CrossesDevices => "crosses_devices",
            Kind::InvalidFilename => "invalid_name",
            Kind::InvalidData => "invalid_data",
            Kind::ResourceBusy | Kind::ExecutableFileBusy | Kind::WouldBlock => "busy",
            _ => "io",
        }
    }

    /// What it really is, for the host's own log: beneath the base folder.
    pub(crate) fn real_name(&self) -> Option<&str> {
        match &self.trouble {
            Trouble::Refused { real, .. } => real.as_deref(),
            Trouble::Io(_) => None,
        }
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.is_empty() {
            f.write_str("the base folder")?;
        } else {
            // A name may hold characters that turn a line of text around.
            write!(f, "`{}`", self.name.escape_debug())?;
        }
        match &self.trouble {
            Trouble::Refused { why, .. } => write!(f, " is refused: {why}"),
            Trouble::Io(error) => write!(f, ": {error}"),
        }
    }
}

impl std::error::Error for PathError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.trouble {
            Trouble::Refused { .. } => None,
            Trouble::Io(error) => Some(error),
        }
    }
}

impl Serialize for PathError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("PathError", 2)?;
        object.serialize_field("code", self.code())?;
        object.serialize_field("message", &format_args!("{self}"))?;
        object.end()
    }
}

/// As it is serialised, for clients in TypeScript.
#[cfg(feature = "typescript")]
impl schemars::JsonSchema for PathError {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PathError".into()
    }
    fn schema_id() -> std::borrow::Cow<'static, str> {
        "portcullis::scope::PathError".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A file or folder could not be used: it is refused, or the system has failed.",
            "type": "object",
            "properties": {
                "code": { "description": "Which: `refused`, `not_found`, `storage_full`, ..", "type": "string" },
                "message": { "description": "For a person.", "type": "string" },
            },
            "required": ["code", "message"],
        })
    }
}

impl From<PathError> for io::Error {
    fn from(error: PathError) -> Self {
        Self::new(error.kind(), error)
    }
}

/// What has gone wrong, before it is known what the caller called it.
#[derive(Debug)]
pub(super) enum Trouble {
    Refused { why: Why, real: Option<Box<str>> },
    Io(io::Error),
}

impl Trouble {
    pub(super) const fn refused(why: Why) -> Self {
        Self::Refused { why, real: None }
    }

    /// It really is this one.
    pub(super) fn really(why: Why, name: &str) -> Self {
        Self::Refused { why, real: Some(name.into()) }
    }

    pub(super) fn is(&self, kind: io::ErrorKind) -> bool {
        matches!(self, Self::Io(error) if error.kind() == kind)
    }
}

impl From<io::ErrorKind> for Trouble {
    fn from(kind: io::ErrorKind) -> Self {
        Self::Io(kind.into())
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        // cap-std says that a path led out in an error of its own making, and the system's refusals carry a number.
        if error.kind() == io::ErrorKind::PermissionDenied && error.raw_os_error().is_none() {
            return Self::refused(Why::Outside);
        }
        #[cfg(unix)]
        if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) {
            return Self::refused(Why::Loop);
        }
        Self::Io(error)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{PathError, Trouble, Why};
    use std::io;

    #[test]
    fn a_command_can_return_it_as_it_is() {
        let json = |error: PathError| serde_json::to_value(error).unwrap();
        assert_eq!(
            json(PathError::new("a/b.md", Trouble::really(Why::NotAdmitted, "private/b.md"))),
            serde_json::json!({
                "code": "refused",
                "message": "`a/b.md` is refused: it really is another one, which is not admitted",
            })
        );
        assert_eq!(
            json(PathError::new("", io::ErrorKind::NotFound)),
            serde_json::json!({ "code": "not_found", "message": "the base folder: entity not found" })
        );
    }

    #[test]
    fn only_the_host_is_told_what_it_really_is() {
        let error = PathError::new("a.md", Trouble::really(Why::NotAdmitted, "private/b.md"));
        assert!(!error.to_string().contains("private"));
        assert_eq!(error.real_name(), Some("private/b.md"));
    }

    #[test]
    fn a_refusal_is_permission_denied_to_code_that_knows_io_errors_alone() {
        let error = io::Error::from(PathError::new("a", Trouble::refused(Why::Special)));
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(error.to_string(), "`a` is refused: it is neither a file nor a folder");
    }

    #[test]
    fn a_denial_by_the_system_is_no_refusal_of_ours() {
        let by_the_system = io::Error::from_raw_os_error(13);
        let error = PathError::new("a", by_the_system);
        assert_eq!((error.why(), error.code()), (None, "permission_denied"));
    }

    #[test]
    fn a_name_cannot_turn_the_line_around() {
        let error = PathError::new("a\u{202e}b", Trouble::refused(Why::Link));
        assert_eq!(error.to_string(), "`a\\u{202e}b` is refused: it is a link, and none may be here");
    }
}
