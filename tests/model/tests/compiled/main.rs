//! Random worlds that the real macros have compiled: types, commands, sets, `commands!` and `authority!` with capability files.
//! They decide as the model says, and so does each when it is loaded at run time, by which all others are compared.
//!
//! `UPDATE_EXPECTED=1 cargo test -p portcullis-tests-model --test written` writes them.
#![allow(clippy::unwrap_used, clippy::panic)]

#[rustfmt::skip]
#[allow(dead_code, clippy::duplicated_attributes, clippy::wildcard_imports, reason = "a set may hold what no command needs, or a thing twice")]
mod worlds;

/// What every world is written with.
mod prelude {
    pub(crate) use portcullis::prelude::*;
    pub(crate) use portcullis_tests_loaded::Word;
    pub(crate) use portcullis_tests_model::real::Switch;
}

use portcullis_tests_model::{
    compare::{Counts, against},
    compiled,
    random::POOL,
    real::Real,
};

#[test]
fn what_is_compiled_decides_as_the_model_says_and_so_does_what_is_loaded() {
    let worlds = compiled::worlds();
    assert_eq!(worlds.len(), worlds::WORLDS.len());
    let mut total = Counts::default();
    for (world, (authority, switches)) in worlds.iter().zip(worlds::WORLDS) {
        let compiled = against(&Real::compiled(authority, switches), world, &POOL, None);
        let loaded = against(&Real::of(world), world, &POOL, None);
        match (compiled, loaded) {
            (Ok(compiled), Ok(loaded)) => {
                assert_eq!(compiled, loaded);
                total += compiled;
            }
            (Err(difference), _) => panic!("compiled: {difference}"),
            (_, Err(difference)) => panic!("loaded: {difference}"),
        }
    }
    assert!(total.refused == 0 && total.decisions > 8_000 && total.admissions > 2_000, "{total:?}");
}
