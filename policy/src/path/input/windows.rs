//! What Windows reads into a path, judged from its text alone, so that nothing is opened first: opening a network share
//! has sent the user's credentials already. It is the same on every system, and tested on all.

use super::{InputStart, Malformed};
use crate::path::parse::drive;

/// The start of a path that has no base folder, and the text behind it.
pub(super) fn split_start(text: &str) -> Result<(InputStart<'_>, &str), Malformed> {
    let separates = |byte: Option<&u8>| matches!(byte, Some(b'/' | b'\\'));
    let bytes = text.as_bytes();
    if separates(bytes.first()) {
        let is_device = |rest: &[u8]| matches!(rest.first(), Some(b'?' | b'.')) && separates(rest.get(1));
        return Err(match bytes {
            [_, b'?', b'?', rest @ ..] if separates(rest.first()) => Malformed::Device,
            [_, b'/' | b'\\', rest @ ..] if is_device(rest) => Malformed::Device,
            [_, b'/' | b'\\', ..] => Malformed::Network,
            _ => Malformed::RootRelative,
        });
    }
    if let Some((letter, rest)) = drive(text) {
        return Ok((InputStart::Drive(letter), rest));
    }
    match bytes {
        [letter, b':', ..] if letter.is_ascii_alphabetic() => Err(Malformed::DriveRelative),
        _ => Ok((InputStart::Relative, text)),
    }
}

/// Checks one name.
pub(in crate::path) fn check_name(name: &str) -> Result<(), Malformed> {
    if is_device(name) {
        return Err(Malformed::Reserved);
    }
    check_characters(name)?;
    if name.ends_with(['.', ' ']) {
        return Err(Malformed::Ending);
    }
    if name.starts_with(' ') {
        return Err(Malformed::Leading);
    }
    Ok(())
}

/// Checks a part of a name.
pub(in crate::path) fn check_characters(text: &str) -> Result<(), Malformed> {
    if text.contains(':') {
        return Err(Malformed::Stream);
    }
    if text.contains(['<', '>', '"', '|', '?', '*']) {
        return Err(Malformed::Character);
    }
    Ok(())
}

/// Whether a name is a device, whatever its extension, stream or spaces at either end, as one Windows or another takes it.
fn is_device(name: &str) -> bool {
    let stem = name.split(['.', ':']).next().unwrap_or(name).trim_matches(' ');
    if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$", "CONFIG$"]
        .iter()
        .any(|device| stem.eq_ignore_ascii_case(device))
    {
        return true;
    }
    let Some((port, number)) = stem.split_at_checked(3) else { return false };
    let is_port = port.eq_ignore_ascii_case("COM") || port.eq_ignore_ascii_case("LPT");
    let mut digits = number.chars();
    is_port
        && matches!((digits.next(), digits.next()), (Some('0'..='9' | '\u{b9}' | '\u{b2}' | '\u{b3}'), None))
}
