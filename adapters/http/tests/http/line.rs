//! Calls on a line: many at once, given up, cut off; and pages that do not read.

use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::AsyncReadExt as _;
use tokio_tungstenite::tungstenite::protocol::Message;

use crate::{
    page::{Page, connect, opening},
    work::{program, served, until},
};

#[tokio::test]
async fn a_value_an_error_and_a_failure_are_told_apart() {
    let (served, _) = served().await;
    let mut page = Page::open(&served, "main").await;
    assert_eq!(page.ask("c1 add\n{\"a\":1,\"b\":2}").await, "o1 3");
    assert_eq!(page.ask("c2 fail\n{\"why\":\"no\"}").await, "e2 \"no\"");
    assert!(page.ask("c3 explode\n{}").await.starts_with(r#"f3 {"code":"panicked","id":"#));
    assert!(page.ask("c4 add\n{}").await.starts_with(r#"f4 {"code":"invalid","id":"#));
    assert!(page.ask("c5 add\n").await.starts_with(r#"f5 {"code":"invalid","id":"#), "no arguments");
    assert_eq!(page.ask("c6 later\n{\"ms\":1}").await, "o6 1");
    assert_eq!(page.ask("c4294967295 add\n{\"a\":1,\"b\":2}").await, "o4294967295 3");
    assert_eq!(page.ask("c1 add\n{\"a\":2,\"b\":2}").await, "o1 4", "an id that was answered is free");
}

#[tokio::test]
async fn calls_that_wait_do_not_hold_others_up() {
    let (served, _) = served().await;
    let mut page = Page::open(&served, "main").await;
    let begun = Instant::now();
    for id in 0..200 {
        page.say(format!("c{id} later\n{{\"ms\":1000}}")).await;
    }
    page.say("c200 add\n{\"a\":1,\"b\":2}").await;
    let mut answers = Vec::new();
    for _ in 0..=200 {
        answers.push(page.hear().await);
    }
    let mut expected: Vec<_> = (0..200).map(|id| format!("o{id} 1000")).collect();
    expected.push("o200 3".into());
    answers.sort_unstable();
    expected.sort_unstable();
    assert_eq!(answers, expected);
    assert!(begun.elapsed() < Duration::from_secs(100), "not one after the other");
}

#[tokio::test]
async fn a_burst_of_calls_is_answered_whole() {
    const CALLS: u32 = 10_000;
    let (served, work) = served().await;
    let (mut say, mut hear) = Page::open(&served, "main").await.socket.split();
    let saying = tokio::spawn(async move {
        for id in 0..CALLS {
            let text = format!("c{id} add\n{{\"a\":{id},\"b\":1}}");
            say.feed(Message::text(text)).await.unwrap();
        }
        say.flush().await.unwrap();
        say
    });
    for id in 0..CALLS {
        let answer = hear.next().await.unwrap().unwrap();
        assert_eq!(answer.to_text().unwrap(), format!("o{id} {}", id + 1), "in order, since none waits");
    }
    assert_eq!(work.begun(), CALLS as usize);
    drop(saying.await.unwrap());
}

/// `l_rate_limit`, as far as calls at once go
#[tokio::test]
async fn l_rate_limit_calls_that_wait_at_once_are_bounded() {
    let (served, work) = served().await;
    let mut page = Page::open(&served, "main").await;
    for id in 0..256 {
        page.say(format!("c{id} forever\n{{}}")).await;
    }
    assert!(page.ask("c256 forever\n{}").await.starts_with(r#"f256 {"code":"too_many""#));
    until(|| work.going_on() == 256).await;
    assert!(page.ask("c257 add\n{\"a\":1,\"b\":2}").await.starts_with(r#"f257 {"code":"too_many""#));
    assert!(page.ask("x7").await.starts_with(r#"f7 {"code":"cancelled""#));
    page.say("c258 forever\n{}").await;
    until(|| work.begun() == 257 && work.going_on() == 256).await;
}

/// `l_cancel_drops_future`
#[tokio::test]
async fn l_cancel_drops_future_a_call_that_is_given_up_is_dropped() {
    let (served, work) = served().await;
    let mut page = Page::open(&served, "main").await;
    page.say("c1 forever\n{}").await;
    page.say("c2 forever\n{}").await;
    until(|| work.going_on() == 2).await;
    assert!(page.ask("x1").await.starts_with(r#"f1 {"code":"cancelled","id":"#));
    until(|| work.going_on() == 1).await;
    // Answered, unknown, or given up already: it may have crossed the answer.
    for cancel in ["x1", "x3", "x4294967295", "m1", "m2"] {
        page.say(cancel).await;
    }
    assert_eq!(page.ask("c1 add\n{\"a\":1,\"b\":2}").await, "o1 3");
    assert_eq!(work.going_on(), 1, "the other one goes on");
}

/// `h_purge_on_close`
#[tokio::test]
async fn h_purge_on_close_a_page_that_goes_away_gives_all_its_calls_up() {
    let (served, work) = served().await;
    let mut staying = Page::open(&served, "main").await;
    staying.say("c1 forever\n{}").await;
    // With a goodbye, and without.
    let mut polite = Page::open(&served, "main").await;
    let mut vanishing = Page::open(&served, "guest").await;
    for id in 0..50 {
        polite.say(format!("c{id} forever\n{{}}")).await;
        vanishing.say(format!("c{id} forever\n{{}}")).await;
    }
    until(|| work.going_on() == 101).await;
    polite.socket.close(None).await.unwrap();
    until(|| work.going_on() == 51).await;
    drop(vanishing);
    until(|| work.going_on() == 1).await;
    assert_eq!(staying.ask("c2 add\n{\"a\":1,\"b\":2}").await, "o2 3");
}

#[tokio::test]
async fn a_page_that_does_not_read_is_not_served() {
    const EACH: usize = 64 * 1024;
    let (served, work) = served().await;
    let page = Page::open(&served, "main").await;
    let (mut say, hear) = page.socket.split();
    let saying = tokio::spawn(async move {
        for id in 0..2000 {
            let text = format!("c{id} repeat\n{{\"text\":\"x\",\"times\":{EACH}}}");
            say.send(Message::text(text)).await.unwrap();
        }
        say
    });
    let mut before = usize::MAX;
    while before != work.begun() {
        before = work.begun();
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    // What the system holds for both ends, and not 128 MB.
    assert!(before < 500, "{before} answers of 64 KiB");
    // Others are.
    let mut other = Page::open(&served, "main").await;
    assert_eq!(other.ask("c1 add\n{\"a\":1,\"b\":2}").await, "o1 3");
    // And it is again, when it reads.
    let heard = hear.take(2000).collect::<Vec<_>>().await;
    assert_eq!(heard.len(), 2000);
    drop(saying.await.unwrap());
}

#[tokio::test]
async fn a_stopped_program_lets_calls_end_and_says_goodbye() {
    let (program, work) = program();
    let served = program.grace(Duration::from_mins(1)).serve(0).await.unwrap();
    let mut idle = Page::open(&served, "main").await;
    let mut page = Page::open(&served, "main").await;
    assert_eq!(idle.ask("c1 add\n{\"a\":1,\"b\":2}").await, "o1 3");
    page.say("c1 later\n{\"ms\":500}").await;
    until(|| work.going_on() == 1).await;
    let stop = served.stop();
    let waiting = tokio::spawn(served.until_stopped());
    let began = Instant::now();
    stop.now();
    assert_eq!(idle.closed().await, (1001, "the program stops".into()));
    assert!(page.ask("c2 add\n{\"a\":1,\"b\":2}").await.starts_with(r#"f2 {"code":"stopping""#));
    assert_eq!(page.hear().await, "o1 500");
    assert_eq!(page.closed().await, (1001, "the program stops".into()));
    waiting.await.unwrap().unwrap();
    assert!(began.elapsed() < Duration::from_secs(30), "nothing was waited for that was not there");
}

#[tokio::test]
async fn a_call_that_does_not_end_does_not_keep_the_program() {
    let (served, work) = served().await;
    let mut page = Page::open(&served, "main").await;
    page.say("c1 forever\n{}").await;
    until(|| work.going_on() == 1).await;
    let stop = served.stop();
    let waiting = tokio::spawn(served.until_stopped());
    stop.now();
    assert_eq!(page.closed().await.0, 1001);
    tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("in time").unwrap().unwrap();
    until(|| work.going_on() == 0).await;
}

#[tokio::test]
async fn a_program_that_is_dropped_ends_its_lines() {
    let (served, _) = served().await;
    let page = Page::open(&served, "main").await;
    drop(served);
    assert_eq!(page.closed().await.0, 1001);
}

#[tokio::test]
async fn arguments_over_the_limit_fail_one_call() {
    let (program, work) = program();
    let served = program.limits(portcullis_http::Limits::new().body(64)).serve(0).await.unwrap();
    let mut page = Page::open(&served, "main").await;
    let text = |bytes: usize| format!(r#"{{"times":1,"text":"{}"}}"#, "x".repeat(bytes - 21));
    assert!(
        page.ask(format!("c1 repeat\n{}", text(65)))
            .await
            .starts_with(r#"f1 {"code":"too_large","message":"#)
    );
    assert_eq!(work.begun(), 0);
    assert!(page.ask(format!("c2 repeat\n{}", text(64))).await.starts_with("o2 "));
}

/// The page's script cannot know the limit: what it sends over the line fails alone.
#[tokio::test]
async fn arguments_far_over_a_small_limit_fail_one_call_and_not_the_line() {
    let (program, work) = program();
    let served = program.limits(portcullis_http::Limits::new().body(64)).serve(0).await.unwrap();
    let mut page = Page::open(&served, "main").await;
    page.say("c1 forever\n{}").await;
    let text = format!(
        r#"c2 repeat
{{"times":1,"text":"{}"}}"#,
        "x".repeat(3 * 256 * 1024 - 21)
    );
    let refused = page.ask(text).await;
    assert!(refused.starts_with(r#"f2 {"code":"too_large""#), "{refused}");
    assert_eq!(work.going_on(), 1);
}

/// `l_rate_limit`: to give calls up makes no room for others while a thread still works on them.
#[tokio::test]
async fn l_rate_limit_blocking_commands_that_were_given_up_are_bounded_too() {
    let (program, work) = program();
    let served = program.limits(portcullis_http::Limits::new().calls_at_once(2)).serve(0).await.unwrap();
    let mut page = Page::open(&served, "main").await;
    for id in 1..=2 {
        page.say(format!("c{id} think\n{{\"ms\":1000}}")).await;
    }
    until(|| work.going_on() == 2).await;
    for id in 1..=2 {
        assert!(page.ask(format!("x{id}")).await.starts_with(&format!(r#"f{id} {{"code":"cancelled""#)));
    }
    assert!(page.ask("c3 think\n{\"ms\":0}").await.starts_with(r#"f3 {"code":"too_many""#));
    until(|| work.going_on() == 0).await;
    assert_eq!(page.ask("c4 think\n{\"ms\":0}").await, "o4 0");
}

/// The clock is moved on when nothing happens, so nothing is waited for.
#[tokio::test(start_paused = true)]
async fn a_page_that_does_not_answer_is_gone() {
    let (served, work) = served().await;
    let (mut silent, _) = connect(&opening(&served, "main")).await;
    let call = b"c1 silent\n{}";
    let mut frame = vec![0x81, 0x80 | u8::try_from(call.len()).unwrap(), 0, 0, 0, 0];
    frame.extend(call);
    tokio::io::AsyncWriteExt::write_all(&mut silent, &frame).await.unwrap();
    let mut heard = Vec::new();
    silent.read_to_end(&mut heard).await.unwrap();
    // Two questions, and the end.
    assert_eq!(heard[..5], [0x89, 0, 0x89, 0, 0x88]);
    assert_eq!(heard[6..8], 1001_u16.to_be_bytes());
    assert_eq!(&heard[8..], b"the page does not answer");
    assert_eq!((work.begun(), work.going_on()), (1, 0));
}
