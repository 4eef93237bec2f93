//! The decision of a whole program, compared with a second evaluation that is written down from the rules alone: no
//! tables, no hashes, no bits, and none of the code that it judges.

mod negative;
mod orders;
mod scopes;
mod world;

use proptest::prelude::*;

use self::world::{AUTHORITY, Caller, FILES, Model};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn the_decision_is_that_of_the_rules(caller in Caller::any()) {
        let model = Model::of(FILES);
        let session = crate::open(&AUTHORITY, caller.principal());
        for (command, guard) in world::COMMANDS {
            prop_assert_eq!(
                session.may_call(command),
                model.allows(&caller, guard),
                "{} called by {:?}", command, caller
            );
        }
    }
}
