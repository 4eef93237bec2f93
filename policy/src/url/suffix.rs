//! Wildcards below names that belong to nobody: whoever likes gets a host below `co.uk` or `github.io`.

use psl::Type;

use super::{Host, Pattern, PatternError};

/// Names of one label below which nobody of the public gets a host. What the list of public suffixes does not have is
/// one all the same: a domain that came after it.
const PRIVATE: &[&str] = &[
    "corp",
    "example",
    "home",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localhost",
    "private",
    "test",
];

/// Refuses a wildcard on a public suffix, by the list of those, private ones included.
///
/// ```
/// use portcullis_policy::url::{Pattern, check_suffix};
/// let check = |text| check_suffix(&Pattern::parse(text).unwrap());
/// assert!(check("https://*.example.co.uk").is_ok());
/// let error = check("https://*.co.uk").unwrap_err();
/// assert_eq!(error.message(), "`https://*.co.uk` admits hosts of anybody: `co.uk` is a public suffix");
/// ```
///
/// # Errors
/// If it is one.
pub fn check_suffix(pattern: &Pattern<'_>) -> Result<(), PatternError> {
    let Host::Under(parent) = pattern.host() else { return Ok(()) };
    if PRIVATE.contains(&parent) {
        return Ok(());
    }
    let which = if is_suffix(parent) {
        match psl::suffix(parent.as_bytes()).and_then(|suffix| suffix.typ()) {
            Some(Type::Private) => "a public suffix: whoever likes gets a host below it",
            Some(Type::Icann) | None => "a public suffix",
        }
    } else if is_suffix(&format!("{ANY}.{parent}")) {
        "a name below which every name is a public suffix"
    } else {
        return Ok(());
    };
    Err(PatternError::new(
        format!("`{pattern}` admits hosts of anybody: `{parent}` is {which}"),
        format!(
            "write out each host, or `*.` before a name of your own: `{}://*.yours.{parent}`",
            pattern.scheme()
        ),
    ))
}

/// A label that no rule of the list names.
const ANY: &str = "a--";

fn is_suffix(name: &str) -> bool {
    psl::suffix(name.as_bytes()).is_some_and(|suffix| suffix.as_bytes() == name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{Pattern, PatternError, check_suffix};

    fn check(parent: &str) -> Result<(), PatternError> {
        check_suffix(&Pattern::parse(&format!("https://*.{parent}")).unwrap())
    }

    #[test]
    fn a_wildcard_on_a_public_suffix_is_refused() {
        for parent in [
            "com",
            "uk",
            "co.uk",
            "xn--p1ai",
            "onion",
            "github.io",
            "blogspot.com",
            "pages.dev",
            "s3.amazonaws.com",
            "ck",
            "kawasaki.jp",
            "a-domain-of-next-year",
        ] {
            let error = check(parent).expect_err(parent);
            assert!(error.message().contains("admits hosts of anybody"), "{error}");
            assert!(error.help().contains(&format!("https://*.yours.{parent}")), "{error}");
        }
    }

    #[test]
    fn a_wildcard_on_a_name_of_ones_own_is_not() {
        for parent in [
            "example.com",
            "example.co.uk",
            "me.github.io",
            "www.ck",
            "city.kawasaki.jp",
            "localhost",
            "internal",
            "printers.local",
            "xn--mnchen-3ya.de",
        ] {
            assert_eq!(check(parent), Ok(()), "{parent}");
        }
    }

    #[test]
    fn a_host_that_is_written_out_may_be_anything() {
        for text in ["https://github.io", "https://co.uk/a/*", "http://127.0.0.1:*"] {
            assert_eq!(check_suffix(&Pattern::parse(text).unwrap()), Ok(()));
        }
    }
}
