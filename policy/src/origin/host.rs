//! What a host may look like in an origin: the one form in which browsers write it, and no other.

use super::{is_ipv4, is_ipv6};

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
pub(super) fn check(host: &str) -> Result<(), HostFault> {
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

/// Whether a host that [`check`] accepts is an address, and no name.
pub(super) fn is_address(host: &str) -> bool {
    host.starts_with('[') || is_ipv4(host)
}
