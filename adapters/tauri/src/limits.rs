//! How much one document may have under way.

/// How much a page may have under way at once. What is beyond is answered `too_many`.
///
/// Calls go on when their page is gone, so those of the pages before in the same webview count too.
///
/// ```
/// let limits = portcullis_tauri::Limits::default().calls(64).streams(8);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub(crate) calls: usize,
    pub(crate) streams: usize,
    pub(crate) whole: u64,
}

impl Default for Limits {
    /// 1024 calls, 128 streams and listeners, 256 MiB of a download that is taken whole.
    fn default() -> Self {
        Self { calls: 1024, streams: 128, whole: 256 << 20 }
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

    /// So many bytes of a [`Download`](portcullis::Download) that a plain `invoke` has called for, which gets it whole: a longer one
    /// is answered `too_large`. Our own client takes it as it comes.
    #[must_use]
    pub const fn whole(mut self, most: u64) -> Self {
        self.whole = most;
        self
    }
}
