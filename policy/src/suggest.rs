//! What somebody may have meant who wrote a name that does not exist.

/// The known name that is nearest to the wrong one, if it is near enough to be what was meant.
///
/// One that differs in case only wins. Of equally near ones the first wins.
///
/// ```
/// use portcullis_policy::suggest::closest;
/// assert_eq!(closest("notes:raed", ["notes:write", "notes:read"]), Some("notes:read"));
/// assert_eq!(closest("macos", ["linux", "macOS"]), Some("macOS"));
/// assert_eq!(closest("clock", ["notes:read"]), None);
/// ```
pub fn closest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong: Vec<char> = wrong.chars().flat_map(char::to_lowercase).collect();
    // A third of the letters wrong is a slip; more is another word.
    let farthest = wrong.len().max(3) / 3;
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let letters: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
        let limit = best.map_or(farthest, |(distance, _)| distance.saturating_sub(1));
        if letters == wrong {
            return Some(name);
        }
        // With one letter, everything would be near everything.
        if wrong.len() < 2 || letters.len() < 2 || letters.len().abs_diff(wrong.len()) > limit {
            continue;
        }
        let distance = distance(&wrong, &letters);
        if distance <= limit {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How many letters to put in, leave out, change or swap with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            let changed = above[j] + usize::from(x != y);
            let mut best = changed.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row[j + 1] = best;
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{closest, distance};

    fn apart(a: &str, b: &str) -> usize {
        distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
    }

    #[test]
    fn distances() {
        for (a, b, expected) in
            [("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("raed", "read", 1), ("ab", "ba", 1)]
        {
            assert_eq!(apart(a, b), expected, "{a} {b}");
            assert_eq!(apart(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn finds_slips_and_nothing_else() {
        let keys = ["identifier", "windows", "webviews", "permissions", "platforms"];
        assert_eq!(closest("window", keys), Some("windows"));
        assert_eq!(closest("identifer", keys), Some("identifier"));
        assert_eq!(closest("platform", keys), Some("platforms"));
        assert_eq!(closest("WINDOWS", keys), Some("windows"));
        assert_eq!(closest("withGlobalTauri", keys), None);
        assert_eq!(closest("x", ["y"]), None);
        assert_eq!(closest("", ["y"]), None);
        assert_eq!(closest("alow", ["deny", "allow"]), Some("allow"));
        assert_eq!(closest("Read", ["reed", "read"]), Some("read"));
    }
}
