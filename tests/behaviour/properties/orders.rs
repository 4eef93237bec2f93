//! The order of files says nothing: the same three in every order decide alike, and a denial beats every grant.

use portcullis::prelude::*;
use portcullis_tests_clock as clock;
use portcullis_tests_model::real::principal;
use proptest::prelude::*;

use super::world::{All, COMMANDS, callers, copy, is_denied, own, read, version, world_of, write};

macro_rules! in_orders {
    ($([$($file:literal),* $(,)?])*) => {
        [$(portcullis::authority! {
            commands: [read, write, copy, own, version, clock::Commands],
            sets: [All],
            capabilities: [$($file),*],
            windows: ["main", "viewer-*", "t?ol"],
            webviews: ["side-?", "main"],
            clients: ["cli", "agent"],
        }),*]
    };
}

static ORDERS: [Authority; 6] = in_orders! {
    [
        "behaviour/capabilities/orders/a.json",
        "behaviour/capabilities/orders/b.json",
        "behaviour/capabilities/orders/c.json",
    ]
    [
        "behaviour/capabilities/orders/a.json",
        "behaviour/capabilities/orders/c.json",
        "behaviour/capabilities/orders/b.json",
    ]
    [
        "behaviour/capabilities/orders/b.json",
        "behaviour/capabilities/orders/a.json",
        "behaviour/capabilities/orders/c.json",
    ]
    [
        "behaviour/capabilities/orders/b.json",
        "behaviour/capabilities/orders/c.json",
        "behaviour/capabilities/orders/a.json",
    ]
    [
        "behaviour/capabilities/orders/c.json",
        "behaviour/capabilities/orders/a.json",
        "behaviour/capabilities/orders/b.json",
    ]
    [
        "behaviour/capabilities/orders/c.json",
        "behaviour/capabilities/orders/b.json",
        "behaviour/capabilities/orders/a.json",
    ]
};

const FILES: &[&str] = &[
    include_str!("../capabilities/orders/a.json"),
    include_str!("../capabilities/orders/b.json"),
    include_str!("../capabilities/orders/c.json"),
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn a_deny_beats_allow_any_order(caller in callers()) {
        let world = world_of(FILES);
        for authority in &ORDERS {
            let session = crate::open(authority, principal(&caller));
            for command in COMMANDS {
                let denied = is_denied(&world, &caller, command);
                prop_assert!(!(denied && session.may_call(command)), "{} called by {:?}", command, caller);
            }
        }
    }

    #[test]
    fn every_order_decides_alike(caller in callers()) {
        let decisions = ORDERS.each_ref().map(|authority| {
            let session = crate::open(authority, principal(&caller));
            COMMANDS.map(|command| session.may_call(command))
        });
        for other in &decisions {
            prop_assert_eq!(other, &decisions[0]);
        }
    }
}
