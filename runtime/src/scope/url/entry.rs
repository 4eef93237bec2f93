//! The entries of a `UrlScope`.

use portcullis_policy::{
    form::Form,
    url::{Pattern, PatternError},
};

use crate::scope::{EntryError, Scope, entry::text, shape::Shape, value::Node};

/// An entry of a [`UrlScope`](super::UrlScope): `{ "url": "https://example.com/api/*" }`, or the pattern alone.
///
/// | written | means |
/// |---|---|
/// | `https://example.com` | every page of that host, at the port of the scheme |
/// | `https://*.example.com` | every host strictly below it, at any depth; *not* `example.com` itself, nor an address |
/// | `https://example.com:8443`, `http://localhost:*` | that port; every port |
/// | `http://127.0.0.1:3000`, `http://[::1]:1` | an address, in the one form in which browsers write it |
/// | nothing behind that, `/*`, `/**` | every path |
/// | `/public/*`, `/public/**` | `/public` and all below it, by whole segments: not `/publicity` |
/// | `/public/page`, `/` | exactly this path |
///
/// An address with any query is admitted by the entry for its path.
///
/// Under `allow`, an address is compared as it is after parsing. Under `deny`, scheme and port are compared as they are
/// written (a denial without a port is for the port of its scheme), while of the path all escapes are resolved, and
/// its case, doubled slashes, `;parameters` and dots and spaces at the end of a segment are passed over. An IPv4 address
/// is denied in its IPv6 forms too, and a denial of this machine (`localhost`, `127.0.0.1`, `[::1]`, `0.0.0.0`) is one of
/// all these names.
///
/// In a capability file, a wildcard below a public suffix (`https://*.co.uk`, `https://*.github.io`) is a compile error.
#[derive(Clone, Debug, PartialEq, Eq, Scope)]
pub struct UrlEntry {
    #[scope(short)]
    url: UrlPattern,
}

impl UrlEntry {
    /// Reads a pattern, for an entry that the program makes while it runs.
    ///
    /// ```
    /// use portcullis::scope::UrlEntry;
    /// assert_eq!(UrlEntry::parse("https://example.com/api/*")?.as_str(), "https://example.com/api/*");
    /// assert!(UrlEntry::parse("https://*").is_err());
    /// # Ok::<(), portcullis::scope::EntryError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// What is wrong with it, and what to write.
    pub fn parse(pattern: &str) -> Result<Self, EntryError> {
        UrlPattern::parse(pattern).map(|url| Self { url })
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    pub(super) fn pattern(&self) -> Result<Pattern<'_>, PatternError> {
        Pattern::parse(self.as_str())
    }
}

/// The pattern of a [`UrlEntry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlPattern(Box<str>);

impl UrlPattern {
    fn parse(pattern: &str) -> Result<Self, EntryError> {
        match Pattern::parse(pattern) {
            Ok(_) => Ok(Self(pattern.into())),
            Err(error) => Err(EntryError::new(error.to_string())),
        }
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Scope for UrlPattern {
    const SHAPE: &'static Shape = &Shape::Form(Form::Url);
    fn read(node: &Node) -> Result<Self, EntryError> {
        Self::parse(text(node, Self::SHAPE)?)
    }
}
