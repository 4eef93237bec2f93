//! What spellings of hosts and paths that somebody may take for one another have in common. For the deny side alone.

use std::{
    borrow::Cow,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use portcullis_policy::url::decoded;

use crate::scope::fold::fold;

/// The name that stands for all addresses of this machine.
const THIS_MACHINE: &str = "localhost";

/// The folded form of a host: an IPv4 address in an IPv6 one is that; the addresses of this machine and its name are one.
pub(super) fn host(host: &str) -> Cow<'_, str> {
    let Some(address) = address(host) else { return Cow::Borrowed(host) };
    if address.is_loopback() || address.is_unspecified() {
        return Cow::Borrowed(THIS_MACHINE);
    }
    match address {
        IpAddr::V4(address) => Cow::Owned(address.to_string()),
        IpAddr::V6(_) => Cow::Borrowed(host),
    }
}

fn address(host: &str) -> Option<IpAddr> {
    match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(host) => {
            host.parse().ok().map(|address| embedded(address).map_or(IpAddr::V6(address), IpAddr::V4))
        }
        None => host.parse().ok().map(IpAddr::V4),
    }
}

/// The IPv4 address that an IPv6 one leads to: mapped, translated, compatible, by NAT64 or by 6to4.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let (high, low) = match address.segments() {
        [0, 0, 0, 0, 0, 0xFFFF, high, low]
        | [0, 0, 0, 0, 0xFFFF, 0, high, low]
        | [0x64, 0xFF9B, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => (high, low),
        // `::` and `::1` are of their own.
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 => (high, low),
        _ => return None,
    };
    Some(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)))
}

/// The folded form of a path: nothing encoded, one case and form of each letter, no parameters, no dots and spaces at the
/// end of a segment, no empty segments. Without a separator at its end: `""` is the root.
pub(super) fn path(path: &str) -> String {
    let text = fold(&String::from_utf8_lossy(&decoded(path)));
    let mut folded = String::with_capacity(text.len());
    for segment in text.split(['/', '\\']) {
        let name = segment.split(';').next().unwrap_or_default();
        let trimmed = name.trim_end_matches(|c: char| c == '.' || c.is_whitespace() || c.is_control());
        // A name of dots stays a name.
        let name = if trimmed.is_empty() { name.trim() } else { trimmed };
        if !name.is_empty() {
            folded.push('/');
            folded.push_str(name);
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::{host, path};

    #[test]
    fn an_ipv4_address_in_an_ipv6_one_is_that() {
        for spelling in [
            "[::ffff:a00:1]",
            "[::ffff:0:a00:1]",
            "[::a00:1]",
            "[64:ff9b::a00:1]",
            "[2002:a00:1::]",
            "[2002:a00:1::7]",
            "10.0.0.1",
        ] {
            assert_eq!(host(spelling), "10.0.0.1", "{spelling}");
        }
        assert_eq!(host("[2001:db8::a00:1]"), "[2001:db8::a00:1]");
    }

    #[test]
    fn the_addresses_of_this_machine_are_one() {
        for spelling in [
            "localhost",
            "127.0.0.1",
            "127.1.2.3",
            "0.0.0.0",
            "[::]",
            "[::1]",
            "[::ffff:7f00:1]",
            "[64:ff9b::7f00:1]",
        ] {
            assert_eq!(host(spelling), "localhost", "{spelling}");
        }
        assert_eq!(host("a.localhost"), "a.localhost");
        assert_eq!(host("128.0.0.1"), "128.0.0.1");
    }

    #[test]
    fn spellings_of_a_path_are_one() {
        for spelling in [
            "/admin/x",
            "/%61dmin/x",
            "/%2561dmin/x",
            "//admin//x",
            "/ADMIN/X",
            "/admin;a=b/x",
            "/admin/x;c/",
            "/;/admin/x",
            "/admin%3Bb/x",
            "/admin%20/x.",
            "/%EF%BD%81dmin/x",
            "/admin%EF%BC%8Fx",
            "/admin\\x",
        ] {
            assert_eq!(path(spelling), "/admin/x", "{spelling}");
        }
        assert_eq!(path("/caf%C3%A9"), path("/CAFE%CC%81"));
    }

    #[test]
    fn other_paths_stay_apart() {
        for (spelling, folded) in [
            ("/", ""),
            ("//", ""),
            ("/...", "/..."),
            ("/a.b", "/a.b"),
            ("/ab/c", "/ab/c"),
            ("/%FF", "/\u{fffd}"),
        ] {
            assert_eq!(path(spelling), folded, "{spelling}");
        }
    }
}
