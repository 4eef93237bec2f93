//! The decision of a whole compiled program, compared with the reference model (`tests/model`), which is compared with worlds
//! made at run time on its own.

mod negative;
mod orders;
mod scopes;
mod world;

use portcullis_tests_model::real::principal;
use proptest::prelude::*;

use self::world::{AUTHORITY, WORLD, callers, may_call};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn the_decision_is_that_of_the_rules(caller in callers()) {
        let session = crate::open(&AUTHORITY, principal(&caller));
        for command in world::COMMANDS {
            prop_assert_eq!(
                session.may_call(command),
                may_call(&WORLD, &caller, command),
                "{} called by {:?}", command, caller
            );
        }
    }
}
