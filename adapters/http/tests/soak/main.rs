//! Calls of every kind over real sockets, from pages that come and go, with memory flat: of the program and of its pages together,
//! since they are one process here. It fails if a call is answered otherwise than it must be, or if more is held at the end than at
//! the beginning. Nothing is timed: how long it took is only told.
//!
//! ```sh
//! cargo test -p portcullis-http --test soak                                # a piece
//! cargo test --release -p portcullis-http --test soak -- --calls 1000000   # a long one
//! ```

#![forbid(unsafe_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops on what it does not expect"
)]

#[path = "../http/client.rs"]
#[allow(dead_code, reason = "what other tests need of it")]
mod client;
#[path = "../http/page.rs"]
#[allow(dead_code, reason = "what other tests need of it")]
mod page;
#[path = "../http/work.rs"]
#[allow(dead_code, reason = "what other tests need of it")]
mod work;

use std::{alloc::System, time::Instant};

use cap::Cap;
use portcullis_http::{Limits, Served};

use crate::{
    client::call,
    page::Page,
    work::{program, until},
};

/// Counts what is held, of all threads.
#[global_allocator]
static HELD: Cap<System> = Cap::new(System, usize::MAX);

const CHECKPOINTS: usize = 10;
/// How many pages are open at once.
const PAGES: usize = 4;
/// How many calls a page makes before it goes, by its line and by requests.
const CALLS_OF_A_PAGE: usize = 50;

/// How much more may be held at a checkpoint than at the first, for threads and sockets that have just gone.
const MORE: usize = 16 * 1024;

fn main() {
    let Some(calls) = calls() else { return };
    // Panics are on purpose in one of the commands; those of this test are told below.
    std::panic::set_hook(Box::new(|panic| {
        let text = panic.to_string();
        if !text.contains("on purpose") {
            eprintln!("{text}");
        }
    }));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(soak(calls));
}

/// How many calls. `None` if this is not asked to run: `cargo test` gives all targets the filter that was meant for others.
fn calls() -> Option<usize> {
    let mut calls = 2_000;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match &*argument {
            "--calls" => calls = arguments.next()?.parse().ok()?,
            "--list" => return None,
            "--test-threads" | "--skip" | "--format" | "--color" => drop(arguments.next()),
            option if option.starts_with('-') => {}
            filter if "soak".contains(filter) => {}
            _ => return None,
        }
    }
    Some(calls)
}

async fn soak(calls: usize) {
    let (program, work) = program();
    let served = program.limits(Limits::new().any_rate()).serve(0).await.unwrap();
    let rounds = calls.div_ceil(CHECKPOINTS * PAGES * CALLS_OF_A_PAGE);
    let (mut done, mut held, began) = (0, Vec::with_capacity(CHECKPOINTS), Instant::now());
    println!("{:>12} {:>9} {:>14}", "calls", "seconds", "bytes held");
    for _ in 0..CHECKPOINTS {
        for round in 0..rounds {
            futures_util::future::join_all((0..PAGES).map(|page| one_page(&served, round + page))).await;
        }
        done += rounds * PAGES * CALLS_OF_A_PAGE;
        until(|| work.going_on() == 0).await;
        let now = settled().await;
        held.push(now);
        println!("{done:>12} {:>9.1} {now:>14}", began.elapsed().as_secs_f64());
    }
    if let Some(peak) = peak() {
        println!("{peak:>12} peak of what the system held for it (VmHWM)");
    }
    let most = held.iter().max().unwrap();
    assert!(*most <= held[0] + MORE, "{most} bytes are held, and {} were at the first checkpoint", held[0]);
}

/// What is held once nothing changes any more: connections and threads that are about to end have ended.
async fn settled() -> usize {
    let (mut before, mut same) = (usize::MAX, 0);
    while same < 25 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        let now = HELD.allocated();
        same = if now == before { same + 1 } else { 0 };
        before = now;
    }
    before
}

/// A page: its line, its calls, and how it goes.
async fn one_page(served: &Served, number: usize) {
    let mut page = Page::open(served, "main").await;
    page.say("l9 news").await;
    // Asked for at once, and answered in order.
    for id in 10..40 {
        page.say(format!("c{id} add\n{{\"a\":{id},\"b\":1}}")).await;
    }
    for id in 10..40 {
        assert_eq!(page.hear().await, format!("o{id} {}", id + 1));
    }
    let failed = |id: u32, code: &str| format!(r#"f{id} {{"code":"{code}""#);
    assert_eq!(page.ask("c1 later\n{\"ms\":0}").await, "o1 0");
    assert_eq!(page.ask("c1 think\n{\"ms\":0}").await, "o1 0");
    assert_eq!(page.ask("c1 fail\n{\"why\":\"no\"}").await, "e1 \"no\"");
    assert!(page.ask("c1 explode\n{}").await.starts_with(&failed(1, "panicked")));
    assert!(page.ask("c1 add\n{}").await.starts_with(&failed(1, "invalid")));
    let text = "x".repeat(10_000);
    let answer = page.ask(format!("c1 repeat\n{{\"text\":\"{text}\",\"times\":2}}")).await;
    assert_eq!(answer.len(), 20_005);
    whole(&mut page, "c1 count\n{\"to\":200,\"text\":\"text\"}", "z").await;
    whole(&mut page, "c1 climb\n{\"steps\":50}", "o50").await;
    whole(&mut page, "c1 break_off\n{\"after\":3}", "e\"broken\"").await;
    for never in ["forever", "silent"] {
        page.say(format!("c1 {never}\n{{}}")).await;
        assert!(page.ask("x1").await.starts_with(&failed(1, "cancelled")));
    }
    // What it listens to goes before the page does, or with it.
    if number.is_multiple_of(4) {
        assert!(page.ask("x9").await.starts_with(&failed(9, "cancelled")));
    }
    let request = |command: &str, body: &str| call(served, "main").command(command, body);
    assert_eq!(request("add", r#"{"a":1,"b":2}"#).send().await.line(), "200 ok 3");
    assert_eq!(request("fail", r#"{"why":"no"}"#).send().await.line(), "200 error \"no\"");
    assert_eq!(request("explode", "{}").send().await.line(), "500 failed panicked");
    let stream = request("count", r#"{"to":100}"#).send().await;
    assert!(stream.body.contains("i\"99\"") && stream.body.contains("\nz\n"), "{}", stream.body.len());
    let download = request("fetch_parts", r#"{"parts":2,"broken":false}"#).send().await;
    assert!(download.status == 200 && download.body.len() > 128 * 1024);
    let mut body = 12_u32.to_be_bytes().to_vec();
    body.extend_from_slice(br#"{"name":"x"}"#);
    body.resize(16 + 50_000, 7);
    let upload =
        request("receive", "").command("receive", body).with("content-type", "application/x-portcullis");
    assert_eq!(upload.send().await.line(), r#"200 ok ["x",50000]"#);
    // And how it goes: with its calls under way, and with a goodbye or without.
    page.say("c1 forever\n{}").await;
    page.say("c2 silent\n{}").await;
    assert_eq!(page.ask("c3 add\n{\"a\":1,\"b\":2}").await, "o3 3");
    if number.is_multiple_of(2) {
        page.socket.close(None).await.unwrap();
    }
    drop(page);
}

/// Reads a stream of the line to its end.
async fn whole(page: &mut Page, ask: &str, end: &str) {
    page.say(ask).await;
    loop {
        let text = page.hear().await;
        assert!(text.starts_with("s1\n"), "{text}");
        if text.lines().last() == Some(end) {
            return;
        }
        page.say("m1").await;
    }
}

/// The most memory that the process has had, where the system says so.
fn peak() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().to_owned())
}
