//! What several tests share.

#![forbid(unsafe_code)]

pub use portcullis::test::block_on;
use portcullis::{Reply, Request, Session};

/// Calls a command with JSON text.
pub fn call(session: &Session, command: &str, arguments: &str) -> Reply {
    block_on(session.invoke(Request::json(command, arguments.as_bytes())))
}

/// All lines of a reply in parts, pulled one after the other.
pub fn lines(reply: Reply) -> Vec<String> {
    let Reply::Stream(mut stream) = reply else { return vec![line(&reply)] };
    let mut text = Vec::new();
    while block_on(stream.lines(&mut text, 1)) {}
    String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()
}

/// The reply as a line: `ok 3`, `error "no"`, `denied`.
pub fn line(reply: &Reply) -> String {
    match reply {
        Reply::Ok(body) => format!("ok {}", String::from_utf8_lossy(body)),
        Reply::Error(body) => format!("error {}", String::from_utf8_lossy(body)),
        Reply::Bytes(_) | Reply::Download(_) | Reply::Stream(_) => "in parts or bytes".to_owned(),
        Reply::Failed(failure) => match failure.message() {
            Some(message) => format!("{}: {message}", failure.code()),
            None => failure.code().to_string(),
        },
    }
}

/// The README's program, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
