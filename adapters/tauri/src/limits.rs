//! How much one document may have under way.

/// How much a page may have under way at once. What is beyond is answered `too_many`.
///
/// ```
/// let limits = portcullis_tauri::Limits::default().calls(64).streams(8);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub(crate) calls: usize,
    pub(crate) streams: usize,
}

impl Default for Limits {
    /// 1024 calls, 128 streams and listeners.
    fn default() -> Self {
        Self { calls: 1024, streams: 128 }
    }
}

impl Limits {
    /// So many calls that have to wait. A synchronous command is over before the next message.
    #[must_use]
    pub const fn calls(mut self, most: usize) -> Self {
        self.calls = most;
        self
    }

    /// So many replies in parts, and listeners.
    #[must_use]
    pub const fn streams(mut self, most: usize) -> Self {
        self.streams = most;
        self
    }
}
