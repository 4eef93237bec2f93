//! What a call allocates: as much as the same call in a `match` that is written by hand, and a refusal nothing. Counted for this thread, so the
//! tests may run side by side.

use std::hint::black_box;

use allocation_counter::measure;
use portcullis::{Code, Failure, Request, Session};
use portcullis_benches::{
    commands::{ADD, items},
    guarded, hand, ready,
};

/// How many allocations a call makes, after one that has made whatever is made once. Its result is looked at: an
/// optimizer may leave out what nobody sees.
fn allocations<T>(call: impl Fn() -> T) -> u64 {
    let call = || drop(black_box(call()));
    call();
    measure(call).count_total
}

fn guarded(session: &Session, command: &str, arguments: &[u8]) -> u64 {
    let call = || ready(session.invoke(Request::json(command, arguments)));
    assert_eq!(call().failure(), None);
    allocations(call)
}

fn by_hand(command: &str, arguments: &[u8]) -> u64 {
    allocations(|| hand::call(command, arguments))
}

#[test]
fn a_small_call_allocates_its_reply_and_nothing_else() {
    let session = guarded::session("main");
    assert_eq!((guarded(&session, "add", ADD), by_hand("add", ADD)), (1, 1));
}

#[test]
fn a_large_call_allocates_what_its_data_needs_and_nothing_else() {
    let (session, items) = (guarded::session("main"), items());
    assert_eq!(items.len() / 100, 58, "5.8 kB, as the benches say");
    assert_eq!(guarded(&session, "identity", &items), by_hand("identity", &items));
}

#[test]
fn an_asynchronous_call_allocates_one_box_more() {
    let session = guarded::session("main");
    let by_hand = allocations(|| ready(hand::call_later("add_later", ADD)));
    assert_eq!(guarded(&session, "add_later", ADD), by_hand + 1);
}

#[test]
fn a_decision_allocates_nothing() {
    let (main, other) = (guarded::session("main"), guarded::session("other"));
    for (session, command, may) in [(&main, "add", true), (&other, "add", false), (&main, "subtract", false)]
    {
        assert_eq!(session.may_call(command), may);
        assert_eq!(allocations(|| session.may_call(command)), 0);
    }
}

/// A flood of refused calls is what an attacker can make: nothing is made of one but the answer, if nobody looks.
#[test]
fn a_refused_call_allocates_nothing_that_nobody_sees() {
    let (main, other) = (guarded::session("main"), guarded::session("other"));
    let refused = |session: &Session, command: &str| {
        let call = || ready(session.invoke(Request::json(command, ADD)));
        assert_eq!(call().failure().map(Failure::code), Some(Code::Denied));
        allocations(call)
    };
    assert_eq!(refused(&main, "subtract"), 0);
    // A debug build says on stderr whose the permission is instead.
    assert_eq!(refused(&other, "add") > 0, cfg!(debug_assertions));
}
