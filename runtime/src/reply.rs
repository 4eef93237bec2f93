//! What comes back: the result of a command, its own error, or a failure of the framework. Never two of them.

use std::fmt;

use crate::{
    raw::{Bytes, Download},
    stream::Stream,
};

/// The answer to one call. Every call has one.
#[derive(Debug)]
#[must_use]
pub enum Reply {
    /// The command returned this: JSON.
    Ok(Vec<u8>),
    /// The command returned this error, of its own type: JSON.
    Error(Vec<u8>),
    /// The call did not come to a result.
    Failed(Failure),
    /// The command returned these bytes, as they are.
    Bytes(Bytes),
    /// The command returns bytes as they come.
    Download(Download),
    /// The reply comes in parts, and the last of them says how the call ended.
    Stream(Stream),
}

/// What comes in parts is like nothing else.
impl PartialEq for Reply {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Ok(one), Self::Ok(other)) | (Self::Error(one), Self::Error(other)) => one == other,
            (Self::Failed(one), Self::Failed(other)) => one == other,
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            _ => false,
        }
    }
}

/// Why a call did not come to a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    code: Code,
    id: u64,
    message: Option<Box<str>>,
}

/// What kind of failure: stable, for programs to act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    /// The authority has refused. An unknown command is refused in the same words.
    Denied,
    /// The message is not what the command takes. The failure's message names the argument.
    Invalid,
    /// The command panicked.
    Panicked,
    /// The call was given up before it ended.
    Cancelled,
    /// The call took longer than it may.
    Timeout,
    /// The message is larger than it may be.
    TooLarge,
    /// The arguments are nested deeper than they may be.
    TooDeep,
    /// The caller has more calls or streams under way than it may have, or makes them faster than it may.
    TooMany,
    /// The host cannot carry out the call. Its log says why.
    Internal,
}

impl Code {
    /// All of them.
    pub(crate) const ALL: [Self; 9] = [
        Self::Denied,
        Self::Invalid,
        Self::Panicked,
        Self::Cancelled,
        Self::Timeout,
        Self::TooLarge,
        Self::TooDeep,
        Self::TooMany,
        Self::Internal,
    ];

    /// The code on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Invalid => "invalid",
            Self::Panicked => "panicked",
            Self::Cancelled => "cancelled",
            Self::Timeout => "timeout",
            Self::TooLarge => "too_large",
            Self::TooDeep => "too_deep",
            Self::TooMany => "too_many",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Failure {
    /// A failure, with what the caller may be told. For adapters; a gate makes its own.
    pub fn new(code: Code, message: Option<String>) -> Self {
        Self::numbered(next_id(), code, message)
    }

    /// One whose number the host is told too.
    pub(crate) fn numbered(id: u64, code: Code, message: Option<String>) -> Self {
        Self { code, id, message: message.map(String::into_boxed_str) }
    }

    /// What kind of failure.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// The number of the failure in this process: the host's log has the same.
    pub const fn id(&self) -> u64 {
        self.id
    }

    /// What the caller may be told.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Reads what [`to_json`](Self::to_json) has written: the number is the same.
    #[doc(hidden)]
    #[must_use]
    pub fn read(json: &[u8]) -> Option<Self> {
        let json: serde_json::Value = serde_json::from_slice(json).ok()?;
        let text = |key: &str| json.get(key).and_then(serde_json::Value::as_str);
        let code = Code::ALL.into_iter().find(|code| text("code") == Some(code.as_str()))?;
        let message = text("message").map(Into::into);
        Some(Self { code, id: json.get("id")?.as_u64()?, message })
    }

    /// `{"code":"denied","id":7,"message":".."}`
    pub fn to_json(&self) -> Vec<u8> {
        let message = self.message().map(serde_json::Value::from);
        let mut json = serde_json::json!({ "code": self.code.as_str(), "id": self.id });
        if let (Some(message), Some(map)) = (message, json.as_object_mut()) {
            map.insert("message".to_owned(), message);
        }
        json.to_string().into_bytes()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (failure {})", self.code, self.id)?;
        if let Some(message) = &self.message {
            write!(f, ": {message}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

impl Reply {
    /// The whole reply as one JSON object: `{"ok":..}`, `{"error":..}` or `{"failed":{"code":..}}`. `None` if it is bytes, or
    /// comes in parts.
    pub fn to_json(&self) -> Option<Vec<u8>> {
        let (key, body): (&[u8], _) = match self {
            Self::Ok(body) => (b"{\"ok\":", body),
            Self::Error(body) => (b"{\"error\":", body),
            Self::Failed(failure) => (b"{\"failed\":", &failure.to_json()),
            Self::Bytes(_) | Self::Download(_) | Self::Stream(_) => return None,
        };
        Some([key, body, b"}"].concat())
    }

    /// The failure, if this is one.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            _ => None,
        }
    }
}

impl From<Failure> for Reply {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

pub(crate) fn next_id() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
