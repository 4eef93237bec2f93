//! The comparison can fail: a model that is wrong in one way is found out, whichever way that is.
#![allow(clippy::unwrap_used, clippy::panic)]

use portcullis_tests_model::{
    Mutant,
    compare::against,
    random::{POOL, Random},
    real::Real,
};

/// Within how many worlds each must be found.
const WITHIN: u64 = 2_000;

#[test]
fn every_mistake_of_the_model_is_found() {
    let worlds = Random { count: WITHIN, seed: 7 };
    let mut left = Mutant::EVERY.to_vec();
    for world in (0..WITHIN).map(|at| worlds.world(at)) {
        let real = Real::of(&world);
        assert!(against(&real, &world, &POOL, None).is_ok(), "{world}");
        left.retain(|mutant| against(&real, &world, &POOL, Some(*mutant)).is_ok());
        if left.is_empty() {
            return;
        }
    }
    panic!("not found within {WITHIN} worlds: {left:?}");
}
