//! Reads patterns of addresses, and says what to write where one would mean more, or less, than it seems to.

use std::fmt::Write as _;

use super::{HOSTLESS, Host, LONGEST, Malformed, Path, Pattern, PatternError, Port, Scheme, check_path};
use crate::origin;

pub(super) fn pattern(text: &str) -> Result<Pattern<'_>, PatternError> {
    check_text(text)?;
    let (scheme, rest) = split_scheme(text)?;
    check_scheme(text, scheme, rest)?;
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let head = &text[..text.len() - tail.len()];
    check_authority(text, scheme, authority)?;
    // What is left to be wrong is the same as in an origin.
    let origin = origin::Pattern::parse(head).map_err(|error| {
        let message = error.message().replace("an origin pattern", "a URL pattern");
        PatternError::new(message, error.help())
    })?;
    match origin {
        origin::Pattern { host: Host::Any, .. } => Err(any_host(text, scheme)),
        origin::Pattern { scheme: Scheme::Any, .. } => Err(star_in_scheme(text)),
        origin::Pattern { scheme: Scheme::Exact(scheme), host, port } => {
            Ok(Pattern { scheme, host, port: named(scheme, port), path: path(text, head, tail)? })
        }
    }
}

/// The port of the scheme is what it is whether it is written or not.
fn named(scheme: &str, port: Port) -> Port {
    match port {
        Port::Exact(exact) if origin::default_port(scheme) == Some(exact) => Port::Default,
        port => port,
    }
}

fn check_text(text: &str) -> Result<(), PatternError> {
    if text.is_empty() {
        return Err(PatternError::new("a URL pattern is empty", "write one such as `https://example.com`"));
    }
    if text.len() > LONGEST {
        let start: String = text.chars().take(40).collect();
        return Err(PatternError::new(
            format!("the URL pattern that begins with {start:?} has more than {LONGEST} bytes"),
            "write a shorter one",
        ));
    }
    if let Some(c) = text.chars().find(|c| c.is_control() || *c == ' ') {
        return Err(PatternError::new(
            format!("{text:?} is not a URL pattern: it has a {c:?}"),
            "leave it out, or write `%20` for a space in a path",
        ));
    }
    Ok(())
}

fn split_scheme(text: &str) -> Result<(&str, &str), PatternError> {
    if let Some((scheme, _)) = text.split_once(':')
        && HOSTLESS.contains(&scheme.to_ascii_lowercase().as_str())
    {
        return Err(hostless(text, scheme));
    }
    if let Some(found) = text.split_once("://") {
        return Ok(found);
    }
    if matches!(text, "*" | "**") {
        return Err(PatternError::new(
            format!("`{text}` admits every address"),
            "name the hosts, such as `https://example.com`; a grant that allows every address says `\"allow\": \"all\"`",
        ));
    }
    let scheme = if text.starts_with("localhost") { "http" } else { "https" };
    let meant = format!("{scheme}://{text}");
    let help = match pattern(&meant) {
        Ok(_) => format!("write `{meant}`"),
        Err(_) => "write it as scheme, host and path, such as `https://example.com/api/*`".to_owned(),
    };
    Err(PatternError::new(format!("`{text}` is not a URL pattern: it has no scheme followed by `://`"), help))
}

/// What is behind the scheme, with its host in lower case.
fn lower_host(rest: &str) -> String {
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    format!("{}{path}", host.to_ascii_lowercase())
}

fn check_scheme(text: &str, scheme: &str, rest: &str) -> Result<(), PatternError> {
    let lower = scheme.to_ascii_lowercase();
    if scheme.contains('*') {
        return Err(star_in_scheme(text));
    }
    if lower == "file" {
        return Err(PatternError::new(
            format!("`{text}` is a file, and no address that can be admitted"),
            "files are for a path scope, with entries such as `$HOME/notes/**`",
        ));
    }
    if lower != scheme {
        return Err(PatternError::new(
            format!("`{text}` has upper-case letters in its scheme, which no parsed address has"),
            format!("write `{lower}://{}`", lower_host(rest)),
        ));
    }
    if scheme.starts_with('-') {
        return Err(PatternError::new(
            format!("`{text}` is not a URL pattern: a scheme does not begin with `-`"),
            "write a scheme such as `https`",
        ));
    }
    Ok(())
}

fn hostless(text: &str, scheme: &str) -> PatternError {
    PatternError::new(
        format!("`{text}` has no host: an address of the scheme `{scheme}` is never admitted"),
        "leave it out; an entry is for a scheme with hosts, such as `https://example.com`",
    )
}

fn star_in_scheme(text: &str) -> PatternError {
    PatternError::new(
        format!("`{text}` has a wildcard in its scheme"),
        "write an entry for each scheme, such as `https://..` and `http://..`",
    )
}

fn any_host(text: &str, scheme: &str) -> PatternError {
    PatternError::new(
        format!("`{text}` admits every host, those of this machine and of its network too"),
        format!(
            "name the hosts: `{scheme}://example.com`, or `{scheme}://*.example.com` for all below it; a grant that allows \
             every address says `\"allow\": \"all\"`"
        ),
    )
}

fn check_authority(text: &str, scheme: &str, authority: &str) -> Result<(), PatternError> {
    if let Some((_, bare)) = authority.rsplit_once('@') {
        return Err(PatternError::new(
            format!("`{text}` has a user name or a password"),
            format!("write `{scheme}://{bare}`: an address with one is never admitted"),
        ));
    }
    if matches!(authority, "" | "*" | "**") || authority.starts_with("*:") || authority.starts_with("**:") {
        return Err(if authority.is_empty() {
            PatternError::new(
                format!("`{text}` has no host"),
                format!("write `{scheme}://` and a host, such as `{scheme}://example.com`"),
            )
        } else {
            any_host(text, scheme)
        });
    }
    let host = authority.split_once(':').map_or(authority, |(host, _)| host);
    if host.strip_prefix("*.").unwrap_or(host).starts_with('-') {
        return Err(PatternError::new(
            format!("`{text}` has a host that begins with `-`, which programs take for an option"),
            "no such host is ever admitted: write another",
        ));
    }
    if !authority.is_ascii() {
        return Err(PatternError::new(
            format!("`{text}` has a host that is not ASCII"),
            "write it as browsers send it, in punycode: `xn--..`",
        ));
    }
    if authority.contains(|c: char| c.is_ascii_uppercase()) {
        return Err(PatternError::new(
            format!("`{text}` has upper-case letters in its host, which no parsed address has"),
            format!("write the host in lower case: `{scheme}://{}`", authority.to_ascii_lowercase()),
        ));
    }
    if host.ends_with('.') && !host.ends_with("..") && host.len() > 1 {
        return Err(PatternError::new(
            format!("`{text}` has a host that ends with `.`, and such a host is never admitted"),
            format!("write `{scheme}://{}`", authority.replacen(host, host.trim_end_matches('.'), 1)),
        ));
    }
    Ok(())
}

fn path<'a>(text: &str, head: &str, tail: &'a str) -> Result<Path<'a>, PatternError> {
    if let Some(at) = tail.find(['?', '#']) {
        let what = if tail[at..].starts_with('?') { "a query, or a `?`" } else { "a fragment" };
        return Err(PatternError::new(
            format!("`{text}` has {what}"),
            format!("write `{head}{}`: a pattern is for every query and fragment", &tail[..at]),
        ));
    }
    if tail.contains('\\') {
        return Err(PatternError::new(
            format!("`{text}` has a `\\`"),
            format!("write `{head}{}`", tail.replace('\\', "/")),
        ));
    }
    if matches!(tail, "" | "/*" | "/**") {
        return Ok(Path::Any);
    }
    let below = tail.strip_suffix("/**").or_else(|| tail.strip_suffix("/*"));
    let literal = below.unwrap_or(tail);
    check_segments(text, head, literal, below.is_some())?;
    check_characters(text, head, tail)?;
    check_escapes(text, literal)?;
    Ok(if below.is_some() { Path::Below(literal) } else { Path::Exact(literal) })
}

fn check_segments(text: &str, head: &str, literal: &str, is_below: bool) -> Result<(), PatternError> {
    let mut start = 0;
    for segment in literal.split('/').skip(1) {
        start += 1;
        let folder = format!("{head}{}", &literal[..start]);
        start += segment.len();
        if segment.contains('*') {
            return Err(PatternError::new(
                format!("`{text}` has a `*` that is not its last segment"),
                format!("write `{folder}*` for all below it, or an entry for each path"),
            ));
        }
        if matches!(segment, "." | "..") {
            return Err(PatternError::new(
                format!("`{text}` has a segment `{segment}`, which no parsed address has"),
                "write the path that it leads to",
            ));
        }
        // One at the end is a path of its own: `/api/` is not `/api`.
        if segment.is_empty() && (is_below || start < literal.len()) {
            return Err(PatternError::new(
                format!("`{text}` has an empty segment: two `/` next to each other"),
                format!("write one: `{head}{}`", single(literal, is_below)),
            ));
        }
        if segment.strip_prefix(':').is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
            return Err(PatternError::new(
                format!("`{text}` has a segment `{segment}`, and there are no named segments here"),
                format!("write `{folder}*` for all below it; a `:` itself is `%3A`"),
            ));
        }
    }
    Ok(())
}

fn single(path: &str, is_below: bool) -> String {
    let names: Vec<&str> = path.split('/').filter(|name| !name.is_empty()).collect();
    let end = match is_below {
        true => "/*",
        false if path.ends_with('/') && !names.is_empty() => "/",
        false => "",
    };
    format!("/{}{end}", names.join("/"))
}

/// What a parser of addresses encodes would never be met.
fn check_characters(text: &str, head: &str, tail: &str) -> Result<(), PatternError> {
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '`' | '{' | '}');
    let Some(c) = tail.chars().find(|c| !is_plain(*c)) else { return Ok(()) };
    let mut sent = String::new();
    for c in tail.chars() {
        if is_plain(c) {
            sent.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(sent, "%{byte:02X}");
            }
        }
    }
    Err(PatternError::new(
        format!("`{text}` has a {c:?} in its path, which browsers encode"),
        format!("write it as browsers send it: `{head}{sent}`"),
    ))
}

fn check_escapes(text: &str, path: &str) -> Result<(), PatternError> {
    check_path(path).map_err(|fault| {
        let help = match fault {
            Malformed::Escape => "write `%25` for a `%`",
            _ => "no address with such a path is ever admitted: write another",
        };
        PatternError::new(format!("`{text}` is not a URL pattern: {fault}"), help)
    })?;
    for (at, _) in path.match_indices('%') {
        let Some(escape) = path.get(at..at + 3) else { continue };
        let byte = u8::from_str_radix(&escape[1..], 16).unwrap_or_default();
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~') {
            return Err(PatternError::new(
                format!("`{text}` has an escape `{escape}` that browsers do not write"),
                format!("write `{}`", char::from(byte)),
            ));
        }
        if escape.contains(|c: char| c.is_ascii_lowercase()) {
            return Err(PatternError::new(
                format!(
                    "`{text}` has an escape `{escape}` in lower case, and browsers write them in upper case"
                ),
                format!("write `{}`", escape.to_ascii_uppercase()),
            ));
        }
    }
    Ok(())
}
