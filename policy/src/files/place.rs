//! From a byte of a text to the line and column of it.

use std::cell::Cell;

use super::Place;

/// A text, ready to be asked for places.
pub(super) struct SourceMap<'a> {
    file: &'a str,
    text: &'a str,
    /// The byte at which each line starts.
    lines: Vec<usize>,
    /// The last answer, as byte and column. A file on one long line would take quadratic time without it.
    last: Cell<(usize, usize)>,
}

impl<'a> SourceMap<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(breaks).collect();
        Self { file, text, lines, last: Cell::new((0, 1)) }
    }

    /// The place of a byte; behind the end of the text it is the end.
    pub(super) fn place(&self, byte: usize) -> Place {
        let byte = byte.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= byte).max(1);
        let start = self.lines[line - 1];
        let (known, column) = self.last.get();
        let (from, column) = if known >= start && known <= byte { (known, column) } else { (start, 1) };
        // A byte within a character counts as that character.
        let between = self.text.as_bytes()[from..byte].iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        let inside = !self.text.is_char_boundary(byte);
        let column = column + between - usize::from(inside);
        if !inside {
            self.last.set((byte, column));
        }
        Place { file: self.file.to_owned(), line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::SourceMap;

    #[test]
    fn every_byte_has_a_place() {
        let text = "aü\r\n🦀b\n\nx";
        let map = SourceMap::new("f", text);
        let at: Vec<_> =
            (0..=text.len() + 1).map(|byte| map.place(byte)).map(|p| (p.line, p.column)).collect();
        let expected = [
            (1, 1),
            (1, 2),
            (1, 2),
            (1, 3),
            (1, 4),
            (2, 1),
            (2, 1),
            (2, 1),
            (2, 1),
            (2, 2),
            (2, 3),
            (3, 1),
            (4, 1),
            (4, 2),
            (4, 2),
        ];
        assert_eq!(at, expected);
        // Asked backwards, it is the same.
        let back: Vec<_> = (0..=text.len() + 1).rev().map(|byte| map.place(byte)).collect();
        assert!(back.iter().rev().map(|p| (p.line, p.column)).eq(expected));
    }
}
