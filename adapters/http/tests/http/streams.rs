//! Replies in parts, channels and events: on the line, and by one request.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use portcullis_http::{Limits, Served, Sessions};
use tokio_tungstenite::tungstenite::protocol::Message;

use crate::{
    client::{call, opened},
    page::Page,
    raw::Raw,
    work::{program, served, until},
};

impl Page {
    /// Lines of the stream with this id, acknowledged, up to one that ends it.
    async fn lines(&mut self, id: u32) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            lines.extend(self.batch(id).await);
            if lines.last().is_some_and(|line| line.starts_with(['z', 'o', 'e', 'f'])) {
                return lines;
            }
            self.say(format!("m{id}")).await;
        }
    }

    /// One batch of the stream with this id.
    async fn batch(&mut self, id: u32) -> Vec<String> {
        let text = self.hear().await;
        let lines = text.strip_prefix(&format!("s{id}\n")).unwrap_or_else(|| panic!("no batch: {text}"));
        lines.lines().map(str::to_owned).collect()
    }
}

#[tokio::test]
async fn a_stream_on_the_line_comes_whole_and_in_order() {
    let (served, work) = served().await;
    let mut page = Page::open(&served, "main").await;
    page.say("c1 count\n{\"to\":100000}").await;
    let lines = page.lines(1).await;
    assert_eq!(lines.len(), 100_001);
    assert!(lines.iter().zip(0..100_000).all(|(line, number)| *line == format!("i\"{number}\"")));
    assert_eq!(lines[100_000], "z");
    until(|| work.going_on() == 0).await;
    assert_eq!(page.ask("c1 add\n{\"a\":1,\"b\":2}").await, "o1 3", "its id is free");
}

#[tokio::test]
async fn a_stream_ends_as_its_command_says() {
    let (served, _) = served().await;
    let mut page = Page::open(&served, "main").await;
    page.say("c1 count\n{\"to\":0}").await;
    assert_eq!(page.lines(1).await, ["z"]);
    assert_eq!(page.ask("c1 count\n{\"to\":13}").await, "e1 \"not that far\"");
    assert!(page.ask("c1 count\n{}").await.starts_with(r#"f1 {"code":"invalid""#));
    page.say("c1 break_off\n{\"after\":2}").await;
    assert_eq!(page.lines(1).await, ["i0", "i1", "e\"broken\""]);
}

#[tokio::test]
async fn a_stream_waits_for_a_page_that_does_not_keep_up() {
    let (served, work) = served().await;
    let mut page = Page::open(&served, "main").await;
    // Items of 1 kB: a batch has 64 of them.
    let text = "x".repeat(1000);
    page.say(format!("c1 count\n{{\"to\":100000,\"text\":\"{text}\"}}")).await;
    for _ in 0..4 {
        page.batch(1).await;
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    // Four batches, and nothing beyond, however long the page thinks about them.
    assert!((4 * 60..=4 * 70).contains(&work.made()), "{}", work.made());
    assert_eq!(page.ask("c2 add\n{\"a\":1,\"b\":2}").await, "o2 3", "the line is free meanwhile");
    let before = work.made();
    page.say("m1").await;
    page.batch(1).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!((before + 1..=before + 70).contains(&work.made()), "one more for one that was used");
    // It cannot ask for more than it has used: said at once, since what it is sent in between it may have used too.
    for _ in 0..100 {
        page.socket.feed(Message::text("m1")).await.unwrap();
    }
    page.socket.flush().await.unwrap();
    let most = work.made() + 5 * 70;
    assert_eq!(page.hear().await.split('\n').next(), Some("s1"));
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(work.made() <= most, "{} > {most}", work.made());
}

#[tokio::test]
async fn a_page_that_reads_nothing_stops_its_streams() {
    let (served, work) = served().await;
    let mut page = Page::open(&served, "main").await;
    let text = "x".repeat(6_000);
    for id in 0..50 {
        page.say(format!("c{id} count\n{{\"to\":100000,\"text\":\"{text}\"}}")).await;
    }
    let mut before = usize::MAX;
    while before != work.made() {
        before = work.made();
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    // Four batches each at the most, of 11 items each.
    assert!(before <= 50 * 4 * 11, "{before}");
    drop(page);
    until(|| work.going_on() == 0).await;
}

/// `l_cancel_drops_future`
#[tokio::test]
async fn l_cancel_drops_future_a_stream_that_is_given_up_is_dropped() {
    let (served, work) = served().await;
    let mut page = Page::open(&served, "main").await;
    page.say("c1 silent\n{}").await;
    until(|| work.going_on() == 1).await;
    assert!(page.ask("x1").await.starts_with(r#"f1 {"code":"cancelled""#));
    until(|| work.going_on() == 0).await;
    // In full flow, too: what is under way may still arrive, and then nothing.
    page.say("c2 count\n{\"to\":100000000}").await;
    page.batch(2).await;
    page.say("x2").await;
    while !page.hear().await.starts_with(r#"f2 {"code":"cancelled""#) {}
    until(|| work.going_on() == 0).await;
    page.say("c2 count\n{\"to\":1}").await;
    assert_eq!(page.lines(2).await, ["i\"0\"", "z"], "nothing of the first under the id of the second");
}

#[tokio::test]
async fn a_page_that_vanishes_ends_its_streams() {
    let (served, work) = served().await;
    let mut page = Page::open(&served, "main").await;
    for id in 0..20 {
        page.say(format!("c{id} silent\n{{}}")).await;
    }
    until(|| work.going_on() == 20).await;
    drop(page);
    until(|| work.going_on() == 0).await;
}

#[tokio::test]
async fn streams_at_once_are_bounded() {
    let (program, work) = program();
    let served = program.limits(Limits::new().streams_at_once(2).calls_at_once(1)).serve(0).await.unwrap();
    let mut page = Page::open(&served, "main").await;
    page.say("c1 silent\n{}").await;
    page.say("l2 news").await;
    until(|| work.going_on() == 1).await;
    for third in ["c3 silent\n{}", "l3 news"] {
        assert!(page.ask(third).await.starts_with(r#"f3 {"code":"too_many""#), "{third}");
    }
    let third = call(&served, "main").command("silent", "{}").send().await;
    assert_eq!(third.line(), "429 failed too_many");
    assert_eq!(page.ask("c3 add\n{\"a\":1,\"b\":2}").await, "o3 3", "a stream takes no place of a call");
    assert!(page.ask("x2").await.starts_with("f2 "));
    page.say("c4 silent\n{}").await;
    until(|| work.going_on() == 2).await;
}

#[tokio::test]
async fn channels_bring_items_before_the_value() {
    let (served, work) = served().await;
    let mut page = Page::open(&served, "main").await;
    page.say("c1 climb\n{\"steps\":3}").await;
    assert_eq!(page.lines(1).await, ["conStep 0", "conStep 1", "conStep 2", "o3"]);
    page.say("c1 climb\n{\"steps\":13}").await;
    assert_eq!(page.lines(1).await.last().unwrap(), "e\"slipped\"");
    assert_eq!(
        page.ask("c1 climb\n{\"steps\":0}").await,
        "o1 0",
        "nothing was sent, so it is a reply like any other"
    );
    // The command waits for a page that does not keep up.
    let before = work.made();
    page.say("c1 climb\n{\"steps\":1000000}").await;
    for _ in 0..4 {
        page.batch(1).await;
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(work.made() - before < 100_000, "{}", work.made() - before);
    page.say("x1").await;
    until(|| work.going_on() == 0).await;
}

#[tokio::test]
async fn what_blocks_or_takes_too_long_does_not_hold_the_line_up() {
    let (served, work) = served().await;
    let mut page = Page::open(&served, "main").await;
    page.say("c1 think\n{\"ms\":300}").await;
    page.say("c2 impatient\n{}").await;
    assert_eq!(page.ask("c3 add\n{\"a\":1,\"b\":2}").await, "o3 3");
    let mut answers = [page.hear().await, page.hear().await];
    answers.sort_unstable();
    assert!(answers[0].starts_with(r#"f2 {"code":"timeout""#) && answers[1] == "o1 300", "{answers:?}");
    until(|| work.going_on() == 0).await;
}

/// `h_channel_data_foreign_webview`
#[tokio::test]
async fn h_channel_data_foreign_webview_an_event_reaches_who_may_listen_and_does() {
    let (served, _) = served().await;
    let mut main = Page::open(&served, "main").await;
    let mut guest = Page::open(&served, "guest").await;
    let mut other = Page::open(&served, "guest").await;
    for refused in ["secret_changed", "no_such_event", "add", "", "news\n"] {
        let answer = guest.ask(format!("l1 {refused}")).await;
        assert!(answer.starts_with(r#"f1 {"code":"denied","id":"#), "{refused}: {answer}");
    }
    assert!(guest.ask("c1 news\n{}").await.starts_with(r#"f1 {"code":"denied""#), "an event is not called");
    main.say("l1 secret_changed").await;
    main.say("l2 news").await;
    guest.say("l7 news").await;
    // Both have listened once they have answered what they were asked afterwards.
    assert_eq!(main.ask("c3 add\n{\"a\":1,\"b\":2}").await, "o3 3");
    assert_eq!(guest.ask("c3 tell\n{\"number\":5}").await, "o3 null");
    assert_eq!(guest.batch(7).await, ["i{\"number\":5}"]);
    let mut heard = [main.hear().await, main.hear().await];
    heard.sort_unstable();
    assert_eq!(heard, ["s1\ni{\"to\":5}\n", "s2\ni{\"number\":5}\n"]);
    // By label, and no longer to who has stopped.
    assert_eq!(other.ask("c1 tell\n{\"number\":6,\"to\":\"ma*\"}").await, "o1 null");
    let mut heard = [main.hear().await, main.hear().await];
    heard.sort_unstable();
    assert_eq!(heard, ["s1\ni{\"to\":6}\n", "s2\ni{\"number\":6}\n"]);
    assert!(guest.ask("x7").await.starts_with("f7 "));
    assert_eq!(other.ask("c1 tell\n{\"number\":7}").await, "o1 null");
    assert_eq!(guest.ask("c8 add\n{\"a\":1,\"b\":2}").await, "o8 3");
}

#[tokio::test]
async fn a_listener_that_does_not_keep_up_is_told_how_much_it_has_lost() {
    let (served, _) = served().await;
    let mut page = Page::open(&served, "main").await;
    let mut other = Page::open(&served, "guest").await;
    page.say("l1 news").await;
    assert_eq!(page.ask("c2 add\n{\"a\":1,\"b\":2}").await, "o2 3");
    for number in 0..2000 {
        assert_eq!(other.ask(format!("c1 tell\n{{\"number\":{number}}}")).await, "o1 null");
    }
    let (mut heard, mut lost) = (0, 0);
    while heard + lost < 2000 {
        for line in page.batch(1).await {
            match line.strip_prefix('g') {
                Some(count) => lost += count.parse::<usize>().unwrap(),
                None => heard += 1,
            }
        }
        page.say("m1").await;
    }
    assert_eq!(heard + lost, 2000);
    assert!(lost > 0);
}

#[tokio::test]
async fn listeners_do_not_keep_a_program_from_ending() {
    let (served, _) = served().await;
    let mut page = Page::open(&served, "main").await;
    page.say("l1 news").await;
    assert_eq!(page.ask("c2 add\n{\"a\":1,\"b\":2}").await, "o2 3");
    let stop = served.stop();
    let waiting = tokio::spawn(served.until_stopped());
    stop.now();
    assert_eq!(page.closed().await.0, 1001);
    waiting.await.unwrap().unwrap();
}

async fn request(served: &Served, command: &str, arguments: &str) -> Raw {
    Raw::send(&call(served, "main").command(command, arguments)).await
}

#[tokio::test]
async fn a_stream_by_request_is_lines() {
    let (served, work) = served().await;
    let mut raw = request(&served, "count", "{\"to\":3}").await;
    let head = raw.head().await;
    assert_eq!((head.status, head.header("portcullis-reply")), (200, Some("stream")));
    assert_eq!(head.header("content-type"), Some("application/x-ndjson"));
    assert_eq!(head.header("cache-control"), Some("no-store"));
    assert_eq!(raw.parts().await.unwrap(), b"i\"0\"\ni\"1\"\ni\"2\"\nz\n");
    let mut raw = request(&served, "climb", "{\"steps\":2}").await;
    raw.head().await;
    assert_eq!(raw.parts().await.unwrap(), b"conStep 0\nconStep 1\no2\n");
    let error = call(&served, "main").command("count", "{\"to\":13}").send().await;
    assert_eq!(error.line(), "200 error \"not that far\"");
    until(|| work.going_on() == 0).await;
}

#[tokio::test]
async fn a_stream_by_request_waits_for_a_page_that_does_not_read() {
    let (served, work) = served().await;
    let text = "x".repeat(60_000);
    let mut raw = request(&served, "count", &format!("{{\"to\":100000,\"text\":\"{text}\"}}")).await;
    raw.head().await;
    let mut before = usize::MAX;
    while before != work.made() {
        before = work.made();
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    // What the system holds for both ends, of 6 GB.
    assert!(before < 500, "{before} items of 60 kB");
    for _ in 0..200 {
        raw.part().await.unwrap();
    }
    until(|| work.made() > before).await;
    // `l_cancel_drops_future`
    drop(raw);
    until(|| work.going_on() == 0).await;
}

#[tokio::test]
async fn a_stream_by_request_ends_with_the_program() {
    let (program, work) = program();
    let served = program.grace(Duration::from_millis(200)).serve(0).await.unwrap();
    let mut raw = request(&served, "silent", "{}").await;
    raw.head().await;
    until(|| work.going_on() == 1).await;
    let stop = served.stop();
    let waiting = tokio::spawn(served.until_stopped());
    stop.now();
    let end = String::from_utf8(raw.parts().await.unwrap()).unwrap();
    assert!(end.starts_with("f{\"code\":\"stopping\",\"message\":") && end.ends_with("}\n"), "{end}");
    tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("in time").unwrap().unwrap();
    until(|| work.going_on() == 0).await;
}

/// `a_revoke_in_flight`: not to read for a while is no way to hear more.
#[tokio::test]
async fn a_revoke_in_flight_a_stream_by_request_of_a_session_that_is_forgotten_makes_nothing_more() {
    let sessions = Sessions::in_memory();
    let (program, work) = program();
    let served = program.remember(&sessions).serve(0).await.unwrap();
    let arguments = format!("{{\"to\":100000,\"text\":\"{}\"}}", "x".repeat(60_000));
    let mut raw = Raw::send(&opened(&served, "main").await.command("count", arguments)).await;
    raw.head().await;
    let mut before = usize::MAX;
    while before != work.made() {
        before = work.made();
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    sessions.forget_all().unwrap();
    let all = raw.parts().await.unwrap();
    let end = String::from_utf8_lossy(&all[all.len() - 200..]).into_owned();
    assert!(end.contains("\nf{\"code\":\"unauthorized\",\"message\":"), "{end}");
    assert_eq!(work.made(), before);
    assert_eq!(work.going_on(), 0);
}

#[tokio::test]
async fn bytes_on_the_line_follow_their_id() {
    let (served, _) = served().await;
    let mut page = Page::open(&served, "main").await;
    page.say("c1 joined\n{\"between\":\"abc\",\"first\":0}").await;
    page.say("c2 add\n{\"a\":1,\"b\":2}").await;
    assert_eq!(page.hear().await, "b1");
    assert_eq!(page.next().await, Message::binary(&b"abc"[..]));
    assert_eq!(page.hear().await, "o2 3");
    let refused = page.ask("c3 fetch_parts\n{\"parts\":1,\"broken\":false}").await;
    assert!(refused.starts_with(r#"f3 {"code":"invalid""#) && refused.contains("fetch"), "{refused}");
    assert!(page.ask("c4 reversed\n{\"data\":3}").await.starts_with(r#"f4 {"code":"invalid""#));
    assert!(page.ask("c5 receive\n{\"name\":\"x\"}").await.starts_with(r#"f5 {"code":"invalid""#));
    drop(page.socket.next());
}
