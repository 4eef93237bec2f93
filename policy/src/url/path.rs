//! What the path of an address may hide in escapes, and what is under them.

use std::borrow::Cow;

use super::Malformed;

/// Judges a path. It allocates only where an escape makes another one.
pub(super) fn check(path: &str) -> Result<(), Malformed> {
    if path.contains('\\') {
        return Err(Malformed::Backslash);
    }
    let mut judge = Judge::default();
    let mut bytes = path.as_bytes();
    while let Some((first, rest)) = bytes.split_first() {
        if *first != b'%' {
            judge.push(*first)?;
            bytes = rest;
            continue;
        }
        let Some(byte) = rest.get(..2).and_then(hex) else { return Err(Malformed::Escape) };
        if byte == b'%' {
            return check_deeply(path);
        }
        bare(byte)?;
        judge.push(byte)?;
        bytes = &rest[2..];
    }
    judge.end_segment()
}

/// The same where escapes are in escapes.
fn check_deeply(path: &str) -> Result<(), Malformed> {
    let mut judge = Judge::default();
    for byte in resolve(path, bare)? {
        judge.push(byte)?;
    }
    judge.end_segment()
}

pub(super) fn decoded(path: &str) -> Cow<'_, [u8]> {
    if !path.contains('%') {
        return Cow::Borrowed(path.as_bytes());
    }
    match resolve(path, |_| Ok::<(), std::convert::Infallible>(())) {
        Ok(bytes) => Cow::Owned(bytes),
        Err(never) => match never {},
    }
}

/// Resolves every escape, those too that come of other escapes, and shows each byte that comes of one.
///
/// Two escapes never share a character, so that it does not matter which is resolved first.
fn resolve<E>(path: &str, mut see: impl FnMut(u8) -> Result<(), E>) -> Result<Vec<u8>, E> {
    let mut resolved: Vec<u8> = Vec::with_capacity(path.len());
    for byte in path.bytes() {
        resolved.push(byte);
        while let Some((before, [b'%', digits @ ..])) = resolved.split_last_chunk::<3>() {
            let (Some(byte), length) = (hex(digits), before.len()) else { break };
            see(byte)?;
            resolved.truncate(length);
            resolved.push(byte);
        }
    }
    Ok(resolved)
}

/// Judges a byte that comes of an escape.
fn bare(byte: u8) -> Result<(), Malformed> {
    match byte {
        b'/' | b'\\' | b'.' => Err(Malformed::Hidden(char::from(byte))),
        0..0x20 | 0x7F => Err(Malformed::Control),
        _ => Ok(()),
    }
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| digits.get(at).and_then(|digit| char::from(*digit).to_digit(16));
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

/// Judges a path byte by byte, as it is under its escapes.
#[derive(Default)]
struct Judge {
    /// The dots of a segment that has nothing else yet but spaces.
    dots: u8,
    /// It has something else.
    is_name: bool,
    /// Some cut a segment at its first `;`.
    is_cut: bool,
    before: u8,
}

impl Judge {
    fn push(&mut self, byte: u8) -> Result<(), Malformed> {
        let overlong = match self.before {
            0xC0 | 0xC1 => matches!(byte, 0x80..=0xBF),
            0xE0 => matches!(byte, 0x80..=0x9F),
            0xF0 => matches!(byte, 0x80..=0x8F),
            _ => false,
        };
        if overlong {
            return Err(Malformed::Overlong);
        }
        self.before = byte;
        match byte {
            b'/' => return self.end_segment(),
            _ if self.is_cut => {}
            b';' => self.is_cut = true,
            b'.' => self.dots = self.dots.saturating_add(1),
            b' ' => {}
            _ => self.is_name = true,
        }
        Ok(())
    }

    fn end_segment(&mut self) -> Result<(), Malformed> {
        let dots = !self.is_name && matches!(self.dots, 1 | 2);
        (self.dots, self.is_name, self.is_cut) = (0, false, false);
        if dots { Err(Malformed::Dots) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Malformed, check, decoded};

    #[test]
    fn a_path_may_have_any_other_escape() {
        for path in [
            "",
            "/",
            "/a/b.txt",
            "/%20",
            "/caf%C3%A9/%E2%80%A6",
            "/100%25",
            "/a;b=c/d",
            "/...",
            "/a..b/.c",
            "/%C0x",
            "/a%3Bb",
            "/%2525",
        ] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
    }

    #[test]
    fn an_encoded_separator_dot_or_control_character_is_refused_at_any_level() {
        for (escape, why) in [
            ("2f", Malformed::Hidden('/')),
            ("2F", Malformed::Hidden('/')),
            ("5c", Malformed::Hidden('\\')),
            ("2E", Malformed::Hidden('.')),
            ("00", Malformed::Control),
            ("0d", Malformed::Control),
            ("7F", Malformed::Control),
        ] {
            let [high, low] = [escape.as_bytes()[0], escape.as_bytes()[1]];
            for path in [
                format!("/a%{escape}b"),
                format!("/a%25{escape}b"),
                format!("/a%2525{escape}b"),
                format!("/a%25252525{escape}b"),
                format!("/a%25%{high:x}{}b", char::from(low)),
                format!("/a%25%{high:x}%{low:x}b"),
                format!("/a%25%25{high:x}%25{low:x}b"),
                format!("/%25%32%35{escape}"),
            ] {
                assert_eq!(check(&path), Err(why), "{path}");
            }
        }
    }

    #[test]
    fn segments_that_some_take_for_dots_are_refused() {
        for path in [
            "/a/..;/b",
            "/a/..;x=y/b",
            "/a/.;",
            "/a/..%3b/b",
            "/a/..%253B",
            "/a/..%20/b",
            "/a/%20../b",
            "/..;",
            "/a/.. ;x",
            "/.%20./b",
        ] {
            assert_eq!(check(path), Err(Malformed::Dots), "{path}");
        }
    }

    #[test]
    fn what_is_no_escape_is_refused() {
        for path in ["/%", "/%2", "/%zz", "/%u002f", "/a%2", "/%%32f", "/%é"] {
            assert_eq!(check(path), Err(Malformed::Escape), "{path}");
        }
        assert_eq!(check("/a\\b"), Err(Malformed::Backslash));
    }

    #[test]
    fn over_long_characters_are_refused() {
        for path in ["/..%c0%af", "/%C1%9C", "/%e0%80%af", "/%f0%80%80%af", "/%25c0%25af", "/%c0%ae%c0%ae"] {
            assert_eq!(check(path), Err(Malformed::Overlong), "{path}");
        }
    }

    #[test]
    fn all_escapes_are_resolved() {
        for (path, resolved) in [
            ("/a", "/a"),
            ("/%61", "/a"),
            ("/%2561", "/a"),
            ("/%25%36%31", "/a"),
            ("/%%36%31", "/a"),
            ("/%2%35%36%31", "/a"),
            ("/%zz%6", "/%zz%6"),
            ("/%25252F", "//"),
        ] {
            assert_eq!(*decoded(path), *resolved.as_bytes(), "{path}");
        }
    }

    /// One level at a time, until nothing changes: the definition.
    #[test]
    fn all_levels_at_once_are_each_level_after_another() {
        let pieces = ["%", "2", "5", "f", "%25", "%2f", "/", "a", "%61"];
        let mut state = 1u64;
        for _ in 0..20_000 {
            let mut path = String::new();
            for _ in 0..state % 12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                path += pieces[(state >> 33) as usize % pieces.len()];
            }
            state =
                state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) >> 1;
            let mut level = path.clone().into_bytes();
            loop {
                let next = once(&level);
                if next == level {
                    break;
                }
                level = next;
            }
            assert_eq!(*decoded(&path), *level, "{path}");
        }
    }

    fn once(bytes: &[u8]) -> Vec<u8> {
        match bytes {
            [b'%', high, low, rest @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                let digits = [*high, *low];
                let byte = u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap();
                [vec![byte], once(rest)].concat()
            }
            [first, rest @ ..] => [vec![*first], once(rest)].concat(),
            [] => Vec::new(),
        }
    }
}
