//! Codes that links carry: good once, for a short time, for one window.

use std::time::{Duration, Instant};

use crate::token::Digest;

/// As many links as a window may have that nobody has opened; the oldest makes room for the next.
const PER_WINDOW: usize = 32;

/// The codes that nobody has used yet, oldest first.
#[derive(Default)]
pub(crate) struct Codes(Vec<Code>);

struct Code {
    digest: Digest,
    window: Box<str>,
    /// `None` if no clock tells that.
    expires: Option<Instant>,
}

impl Code {
    fn is_good(&self) -> bool {
        self.expires.is_none_or(|expires| Instant::now() < expires)
    }
}

impl Codes {
    pub(crate) fn add(&mut self, window: &str, digest: Digest, good_for: Duration) {
        self.0.retain(Code::is_good);
        let own = |code: &Code| &*code.window == window;
        if self.0.iter().filter(|code| own(code)).count() >= PER_WINDOW
            && let Some(oldest) = self.0.iter().position(own)
        {
            self.0.remove(oldest);
        }
        self.0.push(Code { digest, window: window.into(), expires: Instant::now().checked_add(good_for) });
    }

    /// Whether this is a good code of this window. It is not one any more then.
    ///
    /// All of them are compared, each in constant time.
    pub(crate) fn take(&mut self, window: &str, digest: &Digest) -> bool {
        let mut found = None;
        for (index, code) in self.0.iter().enumerate() {
            if code.digest.is(digest) && *code.window == *window {
                found = Some(index);
            }
        }
        found.map(|index| self.0.remove(index)).is_some_and(|code| code.is_good())
    }

    pub(crate) fn forget(&mut self, which: impl Fn(&str) -> bool) {
        self.0.retain(|code| !which(&code.window));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_hours(1);

    #[test]
    fn a_code_is_good_once_for_its_window_and_its_time() {
        let (one, other) = (Digest::of(b"one"), Digest::of(b"other"));
        let mut codes = Codes::default();
        codes.add("editor", one, LONG);
        assert!(!codes.take("viewer", &one) && !codes.take("editor", &other));
        assert!(codes.take("editor", &one) && !codes.take("editor", &one));
        codes.add("editor", one, Duration::ZERO);
        assert!(!codes.take("editor", &one));
        codes.add("editor", one, Duration::MAX);
        assert!(codes.take("editor", &one));
    }

    #[test]
    fn the_oldest_code_makes_room() {
        let digest = |n: usize| Digest::of(&n.to_le_bytes());
        let mut codes = Codes::default();
        codes.add("viewer", digest(0), LONG);
        for n in 1..=PER_WINDOW + 1 {
            codes.add("editor", digest(n), LONG);
        }
        assert!(!codes.take("editor", &digest(1)) && codes.take("editor", &digest(2)));
        assert!(codes.take("viewer", &digest(0)), "another window's links do not count");
    }
}
