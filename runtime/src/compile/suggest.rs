//! "Did you mean", in const evaluation. Runs on the failure path alone.

use crate::model::Id;

/// What an id would have to be changed by to become another, in letters; more than anything if either is too long to
/// compare, so that nobody can make a refusal dear with a long name.
pub(crate) const fn distance(wrong: &str, known: Id) -> usize {
    const LONGEST: usize = 128;
    let (a, mut known_bytes) = (wrong.as_bytes(), [0_u8; LONGEST]);
    let (space, rest) = (known.namespace.as_bytes(), known.rest.as_bytes());
    let prefix = if space.is_empty() { 0 } else { space.len() + 1 };
    let length = prefix + rest.len();
    if a.len() >= LONGEST || length >= LONGEST {
        return usize::MAX;
    }
    let mut i = 0;
    while i < length {
        known_bytes[i] = if i < space.len() {
            space[i]
        } else if i < prefix {
            b':'
        } else {
            rest[i - prefix]
        };
        i += 1;
    }

    let mut row = [0; LONGEST];
    let mut j = 0;
    while j <= length {
        row[j] = j;
        j += 1;
    }
    let mut i = 0;
    while i < a.len() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        let mut j = 0;
        while j < length {
            let above = row[j + 1];
            let mut best = if a[i] == known_bytes[j] { diagonal } else { diagonal + 1 };
            if above + 1 < best {
                best = above + 1;
            }
            if row[j] + 1 < best {
                best = row[j] + 1;
            }
            diagonal = above;
            row[j + 1] = best;
            j += 1;
        }
        i += 1;
    }
    row[length]
}

/// Whether a distance is near enough to be a slip of the pen.
pub(crate) const fn is_near(distance: usize, wrong: &str) -> bool {
    distance <= 2 || distance <= wrong.len() / 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near_and_others_are_not() {
        let known = Id { namespace: "notes", rest: "read" };
        assert_eq!(distance("notes:read", known), 0);
        assert_eq!(distance("notes:raed", known), 2);
        assert_eq!(distance("note:read", known), 1);
        assert!(is_near(distance("notes:raed", known), "notes:raed"));
        assert!(!is_near(distance("clock:now", known), "clock:now"));
        let long = "x".repeat(8_000);
        assert!(!is_near(distance(&long, known), &long));
    }
}
