//! Sorting in const evaluation, where a call is dearer than a dozen steps: quicksort by indices, insertion sort for what
//! is short, and heapsort where quicksort has had bad luck. (Insertion sort alone is refused by the compiler as too long from
//! about 1,000 on.)

/// So many are sorted by insertion.
const SHORT: usize = 12;

/// Something with an order.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    pub(crate) key: u64,
    pub(crate) value: u32,
}

/// Sorts by key, then by value, so that the result does not depend on the order of the input.
pub(crate) const fn sort(keys: &mut [Key]) {
    if !keys.is_empty() {
        quick(keys, 0, keys.len(), 2 * keys.len().ilog2());
    }
}

/// Sorts what is from `start` to `end`, dividing it no more than `depth` times.
const fn quick(keys: &mut [Key], mut start: usize, end: usize, mut depth: u32) {
    while end - start > SHORT {
        if depth == 0 {
            heap(keys.split_at_mut(start).1.split_at_mut(end - start).0);
            return;
        }
        depth -= 1;
        let pivot = keys[start + (end - start) / 2];
        // What is below `low` is not above the pivot, and what is from `high` on not below it.
        let (mut low, mut high) = (start, end);
        loop {
            while keys[low].key < pivot.key || (keys[low].key == pivot.key && keys[low].value < pivot.value) {
                low += 1;
            }
            high -= 1;
            while keys[high].key > pivot.key
                || (keys[high].key == pivot.key && keys[high].value > pivot.value)
            {
                high -= 1;
            }
            if low >= high {
                break;
            }
            let kept = keys[low];
            keys[low] = keys[high];
            keys[high] = kept;
            low += 1;
        }
        quick(keys, start, low, depth);
        start = low;
    }
    insert(keys, start, end);
}

const fn insert(keys: &mut [Key], start: usize, end: usize) {
    let mut next = start + 1;
    while next < end {
        let moved = keys[next];
        let mut place = next;
        while place > start
            && (keys[place - 1].key > moved.key
                || (keys[place - 1].key == moved.key && keys[place - 1].value > moved.value))
        {
            keys[place] = keys[place - 1];
            place -= 1;
        }
        keys[place] = moved;
        next += 1;
    }
}

const fn heap(keys: &mut [Key]) {
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
    fn however_seldom_it_may_divide_it_sorts() {
        let len = 3_000_u32;
        let orders: [fn(u32) -> u64; 4] = [
            |i| u64::from(i),
            |i| u64::from(3_000 - i),
            |i| u64::from(i % 7),
            |i| u64::from(i.abs_diff(1_500)),
        ];
        for order in orders {
            for depth in [0, 1, 2, 5, 40] {
                let mut keys: Vec<Key> = (0..len).map(|value| Key { key: order(value), value }).collect();
                let end = keys.len();
                quick(&mut keys, 0, end, depth);
                assert!(keys.is_sorted_by(|a, b| (a.key, a.value) < (b.key, b.value)), "{depth}");
            }
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
