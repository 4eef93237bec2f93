//! Reads origin patterns, and says what to write where one would mean more, or less, than it seems to.

use super::parts::{HostFault, check_host, exact_port, is_address, is_scheme, split_port};
use super::{Host, Pattern, PatternError, Port, Scheme};

pub(super) fn pattern(text: &str) -> Result<Pattern<'_>, PatternError> {
    let (scheme, rest) = split_scheme(text)?;
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    if let Some((_, bare)) = authority.rsplit_once('@') {
        let message = format!("`{text}` has a user name or password, which no origin has");
        return Err(PatternError::new(message, format!("write `{scheme}://{bare}`")));
    }
    let (host, port) = split_port(authority);
    let pattern = Pattern {
        scheme: parse_scheme(text, scheme, rest)?,
        host: parse_host(text, scheme, host)?,
        port: parse_port(text, port)?,
    };
    check_tail(text, &text[..text.len() - tail.len()], tail)?;
    Ok(pattern)
}

fn split_scheme(text: &str) -> Result<(&str, &str), PatternError> {
    if let Some(found) = text.split_once("://") {
        return Ok(found);
    }
    Err(match text {
        "" => PatternError::new("an origin pattern is empty", "write one such as `https://example.com`"),
        "null" => PatternError::new(
            "`null` is an opaque origin, which no capability can admit",
            "give the page an origin of its own, such as `https://example.com`",
        ),
        "*" | "**" => PatternError::new(
            format!("`{text}` is not an origin pattern: it has no scheme"),
            "write `https://*` for every host over https",
        ),
        _ => PatternError::new(
            format!("`{text}` is not an origin pattern: it has no scheme followed by `://`"),
            "write it as scheme, host and port, such as `https://example.com` or `http://localhost:1420`",
        ),
    })
}

fn check_tail(text: &str, origin: &str, tail: &str) -> Result<(), PatternError> {
    if matches!(tail, "" | "/" | "/*" | "/**") {
        return Ok(());
    }
    let what = match tail.as_bytes().first() {
        Some(b'?') => "a query or a `?`",
        Some(b'#') => "a fragment",
        Some(b'\\') => "a `\\`",
        _ => "a path",
    };
    let why = "but a browser tells the gate only the origin of a page: scheme, host and port";
    Err(PatternError::new(
        format!("`{text}` has {what}, {why}"),
        format!("write `{origin}`, which admits every page of that origin"),
    ))
}

fn parse_scheme<'a>(text: &str, scheme: &'a str, rest: &str) -> Result<Scheme<'a>, PatternError> {
    if scheme == "*" {
        return Ok(Scheme::Any);
    }
    if is_scheme(scheme) {
        return Ok(Scheme::Exact(scheme));
    }
    let lower = scheme.to_ascii_lowercase();
    Err(if scheme.contains('*') {
        PatternError::new(
            format!("`{text}` has a `*` inside of its scheme"),
            "write an entry for each scheme, or `*://` for every scheme",
        )
    } else if is_scheme(&lower) {
        PatternError::new(
            format!("`{text}` has upper-case letters, which no origin has"),
            format!("write it in lower case: `{lower}://{rest}`"),
        )
    } else {
        PatternError::new(
            format!("`{text}` is not an origin pattern: `{scheme}` is not a scheme"),
            "write a scheme such as `https`, or `*` for every scheme",
        )
    })
}

fn parse_host<'a>(text: &str, scheme: &str, host: &'a str) -> Result<Host<'a>, PatternError> {
    if host == "*" || host == "**" {
        return Ok(Host::Any);
    }
    let (name, under) = match host.strip_prefix("*.") {
        Some(name) => (name, true),
        None => (host, false),
    };
    if name.contains('*') {
        return Err(star_in_host(text, scheme, host));
    }
    let fault = match check_host(name) {
        Ok(()) if !under => return Ok(Host::Exact(name)),
        Ok(()) if !is_address(name) => return Ok(Host::Under(name)),
        Ok(()) => {
            let message = format!("`{text}` asks for hosts below `{name}`, but nothing is below an address");
            return Err(PatternError::new(message, format!("write `{scheme}://{name}`")));
        }
        Err(fault) => fault,
    };
    let not = format!("`{text}` is not an origin pattern:");
    Err(match fault {
        HostFault::Empty => PatternError::new(
            format!("{not} it has no host"),
            format!("write `{scheme}://` and a host, or `{scheme}://*` for every host"),
        ),
        HostFault::UpperCase => PatternError::new(
            format!("`{text}` has upper-case letters, which no origin has"),
            format!("write the host in lower case: `{}`", host.to_ascii_lowercase()),
        ),
        HostFault::NonAscii => PatternError::new(
            format!("`{text}` has a character that is not ASCII, which no origin has"),
            "write the host in punycode, as browsers do: `xn--…`",
        ),
        HostFault::TrailingDot => PatternError::new(
            format!("`{text}` has a host that ends with `.`, which is another origin than the one without"),
            format!("write `{}`", host.trim_end_matches('.')),
        ),
        HostFault::Character(c) => PatternError::new(
            format!("{not} a host has no {c:?}"),
            "write a host such as `example.com`, `*.example.com`, `127.0.0.1`, `[::1]` or `*`",
        ),
        HostFault::Label => PatternError::new(
            format!("{not} `{name}` has an empty or an overlong part"),
            "write a host such as `example.com`, with at most 63 characters between two dots and 253 in all",
        ),
        HostFault::Address => PatternError::new(
            format!("{not} `{name}` is an address in a form that no browser writes"),
            "write an address as browsers do: `127.0.0.1`, `[::1]`",
        ),
    })
}

/// A `*` that is neither the whole host nor its first label. The danger is named, since what people mean by
/// `example.com*` is never `example.com.evil.org`.
fn star_in_host(text: &str, scheme: &str, host: &str) -> PatternError {
    let message =
        format!("`{text}` has a `*` inside of its host, where it could stand for a host of anybody");
    let whole = host.trim_matches(['*', '.']);
    if whole.is_empty() || whole.contains('*') || host.ends_with(".*") {
        PatternError::new(message, "write out each host, or `*.` before one for all hosts below it")
    } else if host.ends_with('*') {
        let help = format!("write `{scheme}://{whole}`, or `{scheme}://{whole}:*` for every port of it");
        PatternError::new(message, help)
    } else {
        let help =
            format!("write `{scheme}://{whole}` for that host and `{scheme}://*.{whole}` for those below it");
        PatternError::new(message, help)
    }
}

fn parse_port(text: &str, port: Option<&str>) -> Result<Port, PatternError> {
    match port {
        None => Ok(Port::Default),
        Some("*") => Ok(Port::Any),
        Some(port) => exact_port(port).map(Port::Exact).ok_or_else(|| {
            PatternError::new(
                format!("`{text}` is not an origin pattern: `{port}` is not a port"),
                "write a number up to 65535 without leading zeros, or `*` for every port",
            )
        }),
    }
}
