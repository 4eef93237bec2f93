//! The one hash of names and ids, for tables that are built in const evaluation. It is no defence: whoever finds an
//! entry by its hash compares the text too.

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u128 = 0x0000_0100_0000_01b3;

/// FNV-1a with 64 bits.
///
/// ```
/// use portcullis_policy::hash::{hash, hash_on};
/// const READ: u64 = hash("notes:read");
/// assert_eq!(READ, hash_on(hash("notes:"), "read"));
/// ```
pub const fn hash(text: &str) -> u64 {
    hash_on(OFFSET, text)
}

/// Goes on from `state`, the hash of what comes before `text`: a namespace is hashed once for all that is in it.
pub const fn hash_on(state: u64, text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut state = state;
    let mut at = 0;
    while at < bytes.len() {
        // What `wrapping_mul` does, without a call for each letter: const evaluation pays for calls.
        #[expect(clippy::cast_possible_truncation, reason = "the rest is what wraps")]
        {
            state = ((state ^ bytes[at] as u64) as u128 * PRIME) as u64;
        }
        at += 1;
    }
    state
}

#[cfg(test)]
mod tests {
    use super::{hash, hash_on};

    #[test]
    fn is_fnv_1a() {
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn goes_on() {
        assert_eq!(hash_on(hash("a:"), "b"), hash("a:b"));
        assert_eq!(hash_on(hash("a"), ""), hash("a"));
    }
}
