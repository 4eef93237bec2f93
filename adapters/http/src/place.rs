//! Where a window is found: the hosts and origins that are its own. What a request says of itself is compared in `door`.

use portcullis::{Origin, OriginError};

/// Reads a host that a program allows: `devbox.local:8080`, or `https://notes.example` where that is what a browser
/// shows.
pub(crate) fn allowed(text: &str) -> Result<Origin, OriginError> {
    if text.contains("://") { Origin::parse(text) } else { Origin::parse(&format!("http://{text}")) }
}

/// The origin of a host on this machine. A browser leaves port 80 out.
pub(crate) fn own(host: &str, port: u16) -> Result<Origin, OriginError> {
    match port {
        80 => Origin::parse(&format!("http://{host}")),
        port => Origin::parse(&format!("http://{host}:{port}")),
    }
}

/// What the `Host` header of a request to this origin says.
pub(crate) fn host_header(origin: &Origin) -> String {
    match origin.port() {
        Some(port) => format!("{}:{port}", origin.host()),
        None => origin.host().to_owned(),
    }
}

/// Whether a window label can be a name in `<label>.localhost`.
pub(crate) fn is_host_label(label: &str) -> bool {
    let bytes = label.as_bytes();
    let inner = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    (1..=63).contains(&bytes.len())
        && bytes.iter().all(inner)
        && !label.starts_with('-')
        && !label.ends_with('-')
        // `xn--` and its kin: a browser decodes them, or refuses to.
        && bytes.get(2..4) != Some(b"--")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_read_as_an_origin() {
        let read = |text| allowed(text).map(|origin| (origin.to_string(), host_header(&origin)));
        assert_eq!(
            read("devbox.local:8080"),
            Ok(("http://devbox.local:8080".into(), "devbox.local:8080".into()))
        );
        assert_eq!(
            read("https://notes.example"),
            Ok(("https://notes.example".into(), "notes.example".into()))
        );
        assert_eq!(read("[::1]:80"), Err(OriginError::DefaultPort));
        assert_eq!(read("*"), Err(OriginError::Host));
        assert_eq!(read("a/b"), Err(OriginError::Path));
        assert_eq!(own("a.localhost", 80).unwrap().to_string(), "http://a.localhost");
        assert_eq!(own("[::1]", 81).unwrap().to_string(), "http://[::1]:81");
    }

    #[test]
    fn host_labels() {
        for good in ["a", "editor", "viewer-1", "0"] {
            assert!(is_host_label(good), "{good}");
        }
        for bad in ["", "Main", "a_b", "-a", "a-", "a.b", "xn--a", "ö", &"a".repeat(64)] {
            assert!(!is_host_label(bad), "{bad}");
        }
    }
}
