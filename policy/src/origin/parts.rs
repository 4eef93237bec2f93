//! What the parts of an origin may look like: the one form in which browsers write each, and no other.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Why a text is no host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HostFault {
    Empty,
    UpperCase,
    NonAscii,
    Character(char),
    TrailingDot,
    Label,
    Address,
}

/// Checks that a host is written as browsers write it.
pub(super) fn check_host(host: &str) -> Result<(), HostFault> {
    if host.is_empty() {
        return Err(HostFault::Empty);
    }
    if !host.is_ascii() {
        return Err(HostFault::NonAscii);
    }
    if let Some(rest) = host.strip_prefix('[') {
        let inner = rest.strip_suffix(']').ok_or(HostFault::Address)?;
        return if is_ipv6(inner) { Ok(()) } else { Err(HostFault::Address) };
    }
    for c in host.chars() {
        match c {
            'a'..='z' | '0'..='9' | '-' | '.' | '_' => {}
            'A'..='Z' => return Err(HostFault::UpperCase),
            _ => return Err(HostFault::Character(c)),
        }
    }
    let bare = match host.strip_suffix('.') {
        Some(bare) if !bare.is_empty() && !bare.ends_with('.') => return Err(HostFault::TrailingDot),
        Some(_) => return Err(HostFault::Label),
        None => host,
    };
    if bare.len() > 253 || bare.split('.').any(|label| label.is_empty() || label.len() > 63) {
        return Err(HostFault::Label);
    }
    // `0x7f.1` and `2130706433` are 127.0.0.1 to a browser, which would never write them.
    let last = bare.rsplit('.').next().unwrap_or(bare);
    if (last.bytes().all(|b| b.is_ascii_digit()) || last.starts_with("0x")) && !is_ipv4(bare) {
        return Err(HostFault::Address);
    }
    Ok(())
}

/// Whether a host that [`check_host`] accepts is an address, and no name.
pub(super) fn is_address(host: &str) -> bool {
    host.starts_with('[') || is_ipv4(host)
}

/// What stands before and behind the `:` of the port. Those inside of brackets are no such.
pub(super) fn split_port(authority: &str) -> (&str, Option<&str>) {
    let from = authority.rfind(']').map_or(0, |at| at + 1);
    match authority[from..].find(':') {
        Some(at) => (&authority[..from + at], Some(&authority[from + at + 1..])),
        None => (authority, None),
    }
}

/// A port as a browser writes it.
pub(super) fn exact_port(text: &str) -> Option<u16> {
    let port = text.parse::<u16>().ok()?;
    (port.to_string() == text).then_some(port)
}

pub(super) fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'+' | b'-' | b'.'))
}

/// An IPv4 address as a browser writes it.
fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok_and(|address| address.to_string() == text)
}

/// An IPv6 address, without brackets, as a browser writes it. That is how the standard library does, but for an
/// IPv4 address inside, which a browser writes in hexadecimal.
fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok_and(|address| {
        let [.., high, low] = address.segments();
        match address.to_ipv4_mapped() {
            Some(_) => text == format!("::ffff:{high:x}:{low:x}"),
            None => text == address.to_string(),
        }
    })
}
