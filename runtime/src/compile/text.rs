//! Text that is put together in const evaluation, for the message of an assertion.

use crate::model::{At, Grant, Id};

const DIGITS: &str = "0123456789";
const ROOM: usize = 16 * 1024;
const MORE: &[u8] = b"\n(more is wrong than fits here)";

/// A message. What does not fit is cut, and says so.
pub(crate) struct Text {
    bytes: [u8; ROOM],
    len: usize,
    cut: bool,
    /// How many separate complaints it holds.
    pub(crate) complaints: usize,
}

impl Text {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; ROOM], len: 0, cut: false, complaints: 0 }
    }

    /// Starts a complaint of its own, set off from the one before.
    pub(crate) const fn complain(&mut self) -> &mut Self {
        self.complaints += 1;
        if self.complaints > 1 {
            self.add("\nalso: ");
        }
        self
    }

    pub(crate) const fn add(&mut self, text: &str) -> &mut Self {
        let text = text.as_bytes();
        if self.cut {
            return self;
        }
        if self.len + text.len() + MORE.len() > ROOM {
            self.cut = true;
            return self.put(MORE);
        }
        self.put(text)
    }

    const fn put(&mut self, text: &[u8]) -> &mut Self {
        let mut i = 0;
        while i < text.len() {
            self.bytes[self.len] = text[i];
            self.len += 1;
            i += 1;
        }
        self
    }

    pub(crate) const fn id(&mut self, id: Id) -> &mut Self {
        if !id.namespace.is_empty() {
            self.add(id.namespace).add(":");
        }
        self.add(id.rest)
    }

    pub(crate) const fn number(&mut self, number: u32) -> &mut Self {
        if number >= 10 {
            self.number(number / 10);
        }
        let at = (number % 10) as usize;
        let (_, rest) = DIGITS.split_at(at);
        let (digit, _) = rest.split_at(1);
        self.add(digit)
    }

    pub(crate) const fn signed(&mut self, number: i128) -> &mut Self {
        if number < 0 {
            self.add("-");
        }
        self.unsigned(number.unsigned_abs())
    }

    const fn unsigned(&mut self, number: u128) -> &mut Self {
        if number >= 10 {
            self.unsigned(number / 10);
        }
        self.number((number % 10) as u32)
    }

    /// `--> file:line:column` on a line of its own.
    pub(crate) const fn arrow(&mut self, at: At) -> &mut Self {
        self.add("\n  --> ").add(at.file).add(":").number(at.line).add(":").number(at.column)
    }

    /// The id of a grant, in what is quoted already, and how a capability comes to have it.
    pub(crate) const fn granted(&mut self, grant: &Grant) -> &mut Self {
        self.add(grant.id).add("`");
        if let Some(way) = grant.way {
            self.add(", by way of ").add(way.by).add(",");
        }
        self
    }

    /// The same, and a comma.
    pub(crate) const fn granted_which(&mut self, grant: &Grant) -> &mut Self {
        self.granted(grant).add(if grant.way.is_none() { "," } else { "" })
    }

    /// Where a grant stands, and what it comes by.
    pub(crate) const fn arrow_to(&mut self, grant: &Grant) -> &mut Self {
        if let Some(way) = grant.way {
            self.add("\n  --> ").add(way.at);
        }
        self.add("\n  --> ").add(grant.at)
    }

    /// Stops the build with this message, if it holds a complaint.
    #[track_caller]
    #[expect(
        clippy::panic,
        clippy::manual_assert,
        reason = "this is how an assertion in const evaluation speaks"
    )]
    pub(crate) const fn stop_if_any(&self) {
        if self.complaints > 0 {
            panic!("{}", self.as_str());
        }
    }

    pub(crate) const fn as_str(&self) -> &str {
        match str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "the message is not UTF-8",
        }
    }
}

/// Whether two texts are the same.
pub(crate) const fn same_text(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_joined() {
        let mut text = Text::new();
        text.complain().add("a").number(1205).id(Id { namespace: "clock", rest: "now" });
        text.arrow(At { file: "f.rs", line: 3, column: 10 });
        assert_eq!(text.as_str(), "a1205clock:now\n  --> f.rs:3:10");
        assert_eq!(text.complaints, 1);
    }

    #[test]
    fn what_does_not_fit_is_cut_and_stays_text() {
        let mut text = Text::new();
        for _ in 0..ROOM {
            text.add("é1234567");
        }
        assert!(text.as_str().starts_with("é1234567"));
        assert!(text.as_str().ends_with("(more is wrong than fits here)"));
    }
}
