//! What a command is handed for an address: the parsed one that was decided on, and who decides about the next.

use std::{fmt, ops::Deref};

use url::Url;

use super::{UrlScope, address};
use crate::scope::{Auditor, Grants, Refusal};

/// An address that was admitted, as the parser that decided has it: it lends a [`url::Url`].
///
/// It cannot be changed. What a client makes of it further on, by following a redirect, is for [`redirects`] to admit.
///
/// [`redirects`]: Self::redirects
#[derive(Clone)]
pub struct AdmittedUrl {
    url: Url,
    again: Redirects,
}

impl AdmittedUrl {
    pub(super) const fn new(url: Url, grants: Grants<UrlScope>, auditor: Auditor) -> Self {
        Self { url, again: Redirects { grants, auditor } }
    }

    /// The address, for a client that takes it.
    #[must_use]
    pub fn into_url(self) -> Url {
        self.url
    }

    /// What decides about the redirects that an answer may ask for, under the grants that admitted this address.
    ///
    /// A client that follows redirects by itself must be told to ask it. How many are followed is the client's to say,
    /// and so is what a redirect to another host takes with it: reqwest drops credentials.
    ///
    /// ```
    /// use portcullis::scope::AdmittedUrl;
    ///
    /// async fn fetch(page: AdmittedUrl) -> Result<String, reqwest::Error> {
    ///     let redirects = page.redirects();
    ///     let policy = reqwest::redirect::Policy::custom(move |attempt| {
    ///         if attempt.previous().len() > 10 {
    ///             return attempt.error("too many redirects");
    ///         }
    ///         match redirects.admit(attempt.url()) {
    ///             Ok(_) => attempt.follow(),
    ///             Err(refusal) => attempt.error(refusal),
    ///         }
    ///     });
    ///     let client = reqwest::Client::builder().redirect(policy).build()?;
    ///     client.get(page.into_url()).send().await?.text().await
    /// }
    /// ```
    #[must_use]
    pub fn redirects(&self) -> Redirects {
        self.again.clone()
    }
}

impl Deref for AdmittedUrl {
    type Target = Url;
    fn deref(&self) -> &Url {
        &self.url
    }
}

impl AsRef<Url> for AdmittedUrl {
    fn as_ref(&self) -> &Url {
        &self.url
    }
}

impl fmt::Display for AdmittedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.url.fmt(f)
    }
}

impl fmt::Debug for AdmittedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AdmittedUrl").field(&self.url.as_str()).finish()
    }
}

/// Decides about the addresses that a request is redirected to, one by one. See [`AdmittedUrl::redirects`].
#[derive(Clone)]
pub struct Redirects {
    grants: Grants<UrlScope>,
    auditor: Auditor,
}

impl Redirects {
    /// Admits the next address, as if the caller had sent it: host, scheme and port may all have changed.
    ///
    /// # Errors
    ///
    /// If it is malformed, or the grants do not admit it. The audit trail is told.
    pub fn admit(&self, next: &Url) -> Result<AdmittedUrl, Refusal> {
        let decision = address::check(next).and_then(|()| address::decide(next, &self.grants));
        match decision {
            Ok(()) => Ok(AdmittedUrl { url: next.clone(), again: self.clone() }),
            Err(refusal) => {
                // Neither a path nor a query is for the log: they may be secrets.
                let host = next.host_str().unwrap_or_default();
                self.auditor.refused(&format!("a redirect to {}://{host}: {refusal}", next.scheme()));
                Err(refusal)
            }
        }
    }
}

impl fmt::Debug for Redirects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redirects(..)")
    }
}
