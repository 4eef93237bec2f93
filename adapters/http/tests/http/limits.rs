//! How much a window may ask for. Quotas are small, and nothing is timed.

use std::time::Duration;

use portcullis_http::Limits;

use crate::{
    calls::until,
    client::{call, get},
    program::{gate, windows},
};

const HOUR: Duration = Duration::from_hours(1);

/// `l_rate_limit`
#[tokio::test]
async fn l_rate_limit_a_window_that_calls_too_fast_is_told_when_to_call_again() {
    let (gate, counters) = gate();
    let served = windows(&gate).limits(Limits::new().rate(1, HOUR, 2)).serve(0).await.unwrap();
    let editor = call(&served, "editor");
    for _ in 0..2 {
        assert_eq!(editor.send().await.line(), "200 ok 3");
    }
    let answer = editor.send().await;
    assert_eq!(answer.line(), "429 failed too_many");
    let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=3600).contains(&wait), "{wait}");
    assert!(answer.json()["message"].as_str().unwrap().contains(&format!("call again in {wait} s")));
    assert_eq!(counters.ran(), 2);
    // Another window has a quota of its own, and pages have none.
    assert_eq!(call(&served, "viewer").send().await.line(), "200 ok 3");
    for _ in 0..4 {
        assert_eq!(get(&served, "editor", "/").send().await.status, 200);
    }
}

#[tokio::test]
async fn who_has_no_token_uses_up_nothing() {
    let (gate, _) = gate();
    let served = windows(&gate).limits(Limits::new().rate(1, HOUR, 1)).serve(0).await.unwrap();
    let editor = call(&served, "editor");
    for _ in 0..4 {
        let stranger = editor.clone().without("authorization");
        assert_eq!(stranger.send().await.line(), "401 failed unauthorized");
    }
    assert_eq!(editor.send().await.line(), "200 ok 3");
}

#[tokio::test]
async fn a_window_with_too_many_calls_under_way_waits_for_one_to_end() {
    let (gate, counters) = gate();
    let served = windows(&gate).limits(Limits::new().calls_at_once(1)).serve(0).await.unwrap();
    let editor = call(&served, "editor");
    let held = editor.clone().command("hold", "{}");
    let held = tokio::spawn(async move { held.send().await.line() });
    until(|| counters.running() == 1).await;

    let answer = editor.send().await;
    assert_eq!((answer.line(), answer.header("retry-after")), ("429 failed too_many".into(), Some("1")));
    assert_eq!(call(&served, "viewer").send().await.line(), "200 ok 3");
    counters.release();
    assert_eq!(held.await.unwrap(), "200 ok \"held\"");
    assert_eq!(editor.send().await.line(), "200 ok 3");
}

#[tokio::test]
async fn a_client_that_goes_away_makes_room() {
    let (gate, counters) = gate();
    let served = windows(&gate).limits(Limits::new().calls_at_once(1)).serve(0).await.unwrap();
    let editor = call(&served, "editor");
    let gone = editor.clone().command("forever", "{}");
    let gone = tokio::spawn(async move { gone.send().await.line() });
    until(|| counters.running() == 1).await;
    gone.abort();
    until(|| counters.dropped() == 1).await;
    // The slot goes with the call that held it, in the same drop or just after.
    for _ in 0..1000 {
        if editor.send().await.status == 200 {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("no room is made");
}
