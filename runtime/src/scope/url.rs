//! `UrlScope`: which addresses a caller may name. One parser reads an address, for the decision and for the request. What
//! a pattern means is said in `portcullis_policy::url`; what a name of a host leads to, and the request itself, are not
//! known here.

mod address;
mod admitted;
mod entry;
mod fold;
mod index;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Deserializer};

use super::{Admission, Enforce, Entries, Machine, Refusal, Untrusted, Unusable};
pub use admitted::{AdmittedUrl, Redirects};
pub use entry::{UrlEntry, UrlPattern};
use index::Index;

/// The scope of a permission to use addresses: a caller names one, and a command is handed it parsed, as an
/// [`AdmittedUrl`].
///
/// An entry is a [`UrlEntry`], such as `"https://*.example.com/api/*"`. An address is admitted if it is one of what an
/// `allow` entry says, as it is after parsing; and if no `deny` entry says it, in any spelling of its path and its host.
/// Of `"allow": "all"` it is those with `http` and `https`.
///
/// Whatever the entries say, these are malformed: a user name or a password; a scheme without hosts (`javascript:`,
/// `data:`, `blob:`) or of files; a host that a browser would not write (`example.com.`, `-x`, `$(id).example.com`); a
/// path with an encoded `/`, `\`, `.` or control character at any level of encoding, with what some take for `..`
/// (`..;`), or with a `%` that encodes nothing; and what has more than 8,192 bytes.
///
/// ```
/// use portcullis::{prelude::*, scope::UrlScope, test};
///
/// /// Read feeds.
/// #[derive(Permission)]
/// #[permission(id = "feeds:read", scope = UrlScope)]
/// pub struct ReadFeeds;
///
/// #[command(permission(ReadFeeds))]
/// fn read(feed: Checked<ReadFeeds>) -> String {
///     format!("GET {} from {:?}", feed.path(), feed.host_str()) // it is a `url::Url`
/// }
///
/// let feeds = test::scope::<ReadFeeds>()
///     .allow("https://*.example.com/feeds/*")
///     .deny("https://*.example.com/feeds/private/*");
///
/// let feed = feeds.admit("https://news.EXAMPLE.com/feeds/today?page=2")?;
/// assert_eq!(read(feed), r#"GET /feeds/today from Some("news.example.com")"#);
///
/// for outside in [
///     "https://example.com/feeds/today",          // `*.` is what is below the host, and not itself
///     "http://news.example.com/feeds/today",      // another scheme
///     "https://news.example.com:8443/feeds/",     // another port
///     "https://news.example.com/feeds/../admin",  // another path, once it is parsed
///     "https://news.example.com/feeds/Private",   // denied, in any spelling
/// ] {
///     assert!(!feeds.admit(outside).unwrap_err().is_malformed());
/// }
/// for malformed in ["https://me@news.example.com/feeds/", "https://news.example.com/feeds/..%2Fadmin"] {
///     assert!(feeds.admit(malformed).unwrap_err().is_malformed());
/// }
/// # Ok::<(), portcullis::scope::Refusal>(())
/// ```
///
/// # What it does not do
///
/// It decides on names. A host may resolve to any address, also to this machine's, and at each request to another: what
/// must not be reached is not to be allowed, rather than denied. Whoever follows redirects asks
/// [`AdmittedUrl::redirects`] at every hop.
#[derive(Clone, Copy, Debug)]
pub struct UrlScope(());

/// An address that a caller has sent. Only [`UrlScope`] reads it.
pub struct UrlInput(String);

#[cfg(feature = "typescript")]
crate::typescript::schema_as!(UrlInput, str);

impl UrlInput {
    /// For a command that decides by hand: an address that did not come as an argument of its own.
    ///
    /// ```
    /// use portcullis::{prelude::*, scope::{UrlInput, UrlScope}, test};
    /// # /// Fetch pages.
    /// # #[derive(Permission)]
    /// # #[permission(id = "pages:fetch", scope = UrlScope)]
    /// # pub struct Fetch;
    /// #[command(permission(Fetch))]
    /// fn first(granted: Granted<'_, Fetch>, list: String) -> Option<String> {
    ///     let admitted = list.lines().find_map(|line| granted.admit(UrlInput::new(line)).ok())?;
    ///     Some(admitted.to_string())
    /// }
    ///
    /// let grant = test::scope::<Fetch>().allow("https://b.com").grant();
    /// assert_eq!(first(grant.granted(), "https://a.com\nhttps://b.com".into()).unwrap(), "https://b.com/");
    /// ```
    pub fn new(address: impl Into<String>) -> Self {
        Self(address.into())
    }
}

/// The entries of one grant, ready to be asked.
#[derive(Debug)]
pub struct UrlRules {
    allow: Index,
    deny: Index,
}

impl Enforce for UrlScope {
    type Entry = UrlEntry;
    type Input = UrlInput;
    type Admitted = AdmittedUrl;
    type Rules = UrlRules;

    fn compile(entries: &Entries<UrlEntry>, _: &Machine) -> Result<UrlRules, Vec<Unusable>> {
        let mut rules = UrlRules { allow: Index::default(), deny: Index::default() };
        let mut unusable = Vec::new();
        for entry in entries.allow() {
            match entry.pattern() {
                Ok(pattern) => rules.allow.add(&pattern),
                Err(error) => unusable.push(Unusable::because(error.to_string())),
            }
        }
        for entry in entries.deny() {
            match entry.pattern() {
                Ok(pattern) => rules.deny.add_folded(&pattern),
                Err(error) => unusable.push(Unusable::because(error.to_string())),
            }
        }
        rules.allow.finish();
        rules.deny.finish();
        if unusable.is_empty() { Ok(rules) } else { Err(unusable) }
    }

    fn admit(input: Untrusted<UrlInput>, admission: &Admission<'_, Self>) -> Result<AdmittedUrl, Refusal> {
        let url = address::parse(&input.expose_to_scope().0)?;
        address::decide(&url, admission.grants())?;
        Ok(AdmittedUrl::new(url, admission.grants().clone(), admission.auditor()))
    }
}

impl<'de> Deserialize<'de> for UrlInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

impl fmt::Debug for UrlInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UrlInput(..)")
    }
}
