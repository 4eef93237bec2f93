//! Which addresses are admitted. Tests whose names start with `u_` are cases of known attacks.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod admitted;
mod denied;
mod entries;
mod malformed;
mod many;
mod properties;
mod redirects;

use url::Url;

use super::{AdmittedUrl, UrlScope};
use crate::{Permission, scope::Refusal, test};

/// Fetch pages.
#[derive(Permission)]
#[permission(crate = crate, id = "pages:fetch", scope = UrlScope)]
struct Fetch;

/// What happens to an address: admitted, denied or malformed, as the tables of vectors have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Is {
    A,
    D,
    E,
}

fn scope(allow: &[&str], deny: &[&str]) -> test::TestScope<Fetch> {
    let scope = allow.iter().fold(test::scope::<Fetch>(), |scope, entry| match *entry {
        "all" => scope.allow_all(),
        entry => scope.allow(entry),
    });
    deny.iter().fold(scope, test::TestScope::deny)
}

fn admit(allow: &[&str], deny: &[&str], address: &str) -> Result<AdmittedUrl, Refusal> {
    scope(allow, deny).admit(address).map(crate::Checked::into_inner)
}

fn verdict(result: &Result<impl Sized, Refusal>) -> Is {
    match result {
        Ok(_) => Is::A,
        Err(refusal) if refusal.is_malformed() => Is::E,
        Err(_) => Is::D,
    }
}

/// What happens to one address under one entry.
fn under(entry: &str, address: &str) -> Is {
    verdict(&admit(&[entry], &[], address))
}

/// What happens to one address if all is allowed but for one entry.
fn but(deny: &str, address: &str) -> Is {
    verdict(&admit(&["all"], &[deny], address))
}

#[track_caller]
fn rows(decide: impl Fn(&str, &str) -> Is, entry: &str, expected: Is, addresses: &[&str]) {
    for address in addresses {
        assert_eq!(decide(entry, address), expected, "`{address}` under `{entry}`");
    }
}

fn parsed(address: &str) -> Url {
    Url::parse(address).unwrap()
}
