//! Sorting in const evaluation. Heapsort: insertion sort is refused by the compiler as too long from about 1,000 on.

/// Something with an order.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    pub(crate) key: u64,
    pub(crate) value: u32,
}

/// Sorts by key, then by value, so that the result does not depend on the order of the input.
pub(crate) const fn sort(keys: &mut [Key]) {
    let len = keys.len();
    let mut start = len / 2;
    while start > 0 {
        start -= 1;
        sift(keys, start, len);
    }
    let mut end = len;
    while end > 1 {
        end -= 1;
        swap(keys, 0, end);
        sift(keys, 0, end);
    }
}

/// Written out, since a call costs more than all of this where it is evaluated: the place moves down while a child is
/// larger.
const fn sift(keys: &mut [Key], mut root: usize, end: usize) {
    let moved = keys[root];
    loop {
        let mut child = 2 * root + 1;
        if child >= end {
            break;
        }
        let next = child + 1;
        if next < end
            && (keys[child].key < keys[next].key
                || (keys[child].key == keys[next].key && keys[child].value < keys[next].value))
        {
            child = next;
        }
        if moved.key > keys[child].key || (moved.key == keys[child].key && moved.value >= keys[child].value) {
            break;
        }
        keys[root] = keys[child];
        root = child;
    }
    keys[root] = moved;
}

const fn swap(keys: &mut [Key], a: usize, b: usize) {
    let kept = keys[a];
    keys[a] = keys[b];
    keys[b] = kept;
}

/// The first index of `keys` whose key is not below `key`.
pub(crate) const fn lower_bound(keys: &[u64], key: u64) -> usize {
    let (mut low, mut high) = (0, keys.len());
    while low < high {
        let middle = low + (high - low) / 2;
        if keys[middle] < key {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_out_in_order_whatever_order_they_came_in() {
        let mut state = 7_u64;
        for len in 0..60_u32 {
            let mut keys: Vec<Key> = (0..len)
                .map(|value| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    Key { key: (state >> 60), value }
                })
                .collect();
            sort(&mut keys);
            assert!(keys.is_sorted_by(|a, b| (a.key, a.value) <= (b.key, b.value)));
        }
    }

    #[test]
    fn lower_bound_is_the_first_of_equals() {
        assert_eq!(lower_bound(&[], 3), 0);
        assert_eq!(lower_bound(&[1, 3, 3, 5], 3), 1);
        assert_eq!(lower_bound(&[1, 3, 3, 5], 4), 3);
        assert_eq!(lower_bound(&[1, 3, 3, 5], 9), 4);
    }
}
