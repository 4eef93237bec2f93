//! What a page says in any order: every short sequence of frames, each on a line of its own. Each frame has the answer that it must
//! have, or the silence; and nothing is left when the page has gone.

use std::collections::HashMap;

use portcullis_http::{Limits, Served};
use tokio_tungstenite::tungstenite::protocol::Message;

use crate::{
    page::Page,
    work::{Work, program, until},
};

/// What a page may say, of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// Calls what never ends.
    Forever(u32),
    /// Calls what is answered at once.
    Add(u32),
    /// Calls a stream that brings nothing.
    Silent(u32),
    /// Listens.
    Listen(u32),
    /// Calls what all who listen hear of.
    Tell(u32),
    /// Has used one batch up.
    More(u32),
    /// Gives it up.
    Cancel(u32),
    /// Calls what may not be called.
    Refused(u32),
}

use Says::{Add, Cancel, Forever, Listen, More, Refused, Silent, Tell};

impl Says {
    fn text(self) -> String {
        match self {
            Forever(id) => format!("c{id} forever\n{{}}"),
            Add(id) => format!("c{id} add\n{{\"a\":1,\"b\":2}}"),
            Silent(id) => format!("c{id} silent\n{{}}"),
            Listen(id) => format!("l{id} news"),
            Tell(id) => format!("c{id} tell\n{{\"number\":5}}"),
            More(id) => format!("m{id}"),
            Cancel(id) => format!("x{id}"),
            Refused(id) => format!("l{id} unheard_of"),
        }
    }
}

/// What goes on under an id, as the documentation has it: the whole of the rules.
#[derive(Default)]
struct Rules {
    under_way: HashMap<u32, Says>,
    heard: Vec<String>,
    /// How many batches of events may come.
    events: usize,
}

impl Rules {
    /// Whether the line is still open afterwards.
    fn say(&mut self, says: Says) -> bool {
        match says {
            More(_) => {}
            Cancel(id) => {
                if self.under_way.remove(&id).is_some() {
                    self.heard.push(format!("f{id} cancelled"));
                }
            }
            Forever(id) | Silent(id) | Listen(id) | Add(id) | Tell(id) | Refused(id) => {
                if self.under_way.contains_key(&id) {
                    return false;
                }
                match says {
                    Add(_) => self.heard.push(format!("o{id} 3")),
                    Tell(_) => {
                        self.heard.push(format!("o{id} null"));
                        self.events += self.under_way.values().filter(|one| matches!(one, Listen(_))).count();
                    }
                    Refused(_) => self.heard.push(format!("f{id} denied")),
                    _ => drop(self.under_way.insert(id, says)),
                }
            }
        }
        true
    }
}

/// A message without what differs each time.
fn plain(text: &str) -> String {
    match text.split_once(" {\"code\":\"") {
        Some((id, rest)) => format!("{id} {}", rest.split('"').next().unwrap()),
        None => text.to_owned(),
    }
}

/// Says all of it at once, and compares what is heard with the rules.
async fn try_it(served: &Served, work: &Work, sequence: &[Says]) {
    let mut rules = Rules::default();
    let mut page = Page::open(served, "main").await;
    let mut open = true;
    for says in sequence {
        page.say(says.text()).await;
        open = rules.say(*says);
        if !open {
            break;
        }
    }
    let (mut heard, mut events) = (Vec::new(), 0);
    if open {
        page.say(Add(99).text()).await;
        rules.say(Add(99));
    }
    while heard.len() < rules.heard.len() {
        let text = page.hear().await;
        if text.starts_with('s') {
            // Of a listener, and of nobody else.
            assert!(text.ends_with("\ni{\"number\":5}\n"), "{sequence:?}: {text}");
            events += text.lines().count() - 1;
        } else {
            heard.push(plain(&text));
        }
    }
    assert_eq!(heard, rules.heard, "{sequence:?}");
    assert!(events <= rules.events, "{sequence:?}: {events} events");
    if open {
        drop(page);
    } else {
        let expected = (1008, "the id is in use: it has not been answered".to_owned());
        assert_eq!(page.closed().await, expected, "{sequence:?}");
    }
    until(|| work.going_on() == 0).await;
}

/// A place that is not given back shows after a few lines.
fn few() -> Limits {
    Limits::new().calls_at_once(16).streams_at_once(16).lines_at_once(16).any_rate()
}

async fn served() -> (Served, Work) {
    let (program, work) = program();
    (program.limits(few()).serve(0).await.unwrap(), work)
}

/// `i_replay`, `h_foreign_rid`, `l_cancel_drops_future`
#[tokio::test]
async fn every_sequence_of_three_frames_is_answered_as_the_rules_say() {
    let all = [Forever(1), Add(1), Silent(1), Listen(1), Tell(2), More(1), Cancel(1), Cancel(2), Refused(1)];
    let (served, work) = served().await;
    for first in all {
        try_it(&served, &work, &[first]).await;
        for second in all {
            try_it(&served, &work, &[first, second]).await;
            for third in all {
                try_it(&served, &work, &[first, second, third]).await;
            }
        }
    }
    nothing_is_left(&served, &work).await;
}

#[tokio::test]
async fn six_frames_are_answered_as_the_rules_say_in_every_order() {
    let mut frames = [Forever(1), Cancel(1), More(1), Listen(2), Tell(3), Cancel(2)];
    let (served, work) = served().await;
    // Heap's way through all orders.
    let mut counts = [0; 6];
    try_it(&served, &work, &frames).await;
    let mut at = 0;
    while at < counts.len() {
        if counts[at] < at {
            frames.swap(if at % 2 == 0 { 0 } else { counts[at] }, at);
            try_it(&served, &work, &frames).await;
            counts[at] += 1;
            at = 0;
        } else {
            counts[at] = 0;
            at += 1;
        }
    }
    nothing_is_left(&served, &work).await;
}

/// As many as there may be of each can begin.
async fn nothing_is_left(served: &Served, work: &Work) {
    let mut pages = Vec::new();
    for _ in 0..15 {
        pages.push(Page::open(served, "main").await);
    }
    let mut page = Page::open(served, "main").await;
    for id in 0..15 {
        page.say(Forever(id).text()).await;
        page.say(Listen(100 + id).text()).await;
    }
    assert_eq!(page.ask(Add(99).text()).await, "o99 3");
    until(|| work.going_on() == 15).await;
}

/// Whether a message is the last of what goes on under an id.
fn ends(text: &str, id: u32) -> bool {
    let answered = ["o", "e", "f"].iter().any(|kind| text.starts_with(&format!("{kind}{id} ")));
    let streamed = text.starts_with(&format!("s{id}\n"))
        && text.lines().last().is_some_and(|last| last.starts_with(['z', 'o', 'e', 'f']));
    answered || streamed
}

/// What ends by itself may have ended before it is given up, or its id used again: whichever it is, each begins once and ends
/// once.
#[tokio::test]
async fn what_ends_by_itself_ends_once_in_any_order() {
    let all = [
        "c1 count\n{\"to\":1}",
        "c1 later\n{\"ms\":0}",
        "c1 climb\n{\"steps\":1}",
        "c1 count_later\n{\"ms\":0}",
        "m1",
        "x1",
    ];
    let (served, work) = served().await;
    for first in all {
        for second in all {
            for third in all {
                once(&served, &work, &[first, second, third]).await;
            }
        }
    }
    nothing_is_left(&served, &work).await;
}

async fn once(served: &Served, work: &Work, sequence: &[&str]) {
    let mut page = Page::open(served, "main").await;
    for text in sequence {
        page.say(*text).await;
    }
    let begun = sequence.iter().filter(|text| text.starts_with('c')).count();
    let (mut ended, mut closed) = (0, false);
    while ended < begun && !closed {
        match page.next().await {
            Message::Text(text) => ended += usize::from(ends(&text, 1)),
            // An id that was still in use: nothing more is answered.
            Message::Close(Some(frame)) => {
                assert_eq!(u16::from(frame.code), 1008, "{sequence:?}");
                assert!(begun > ended + 1, "{sequence:?}: one was under way, and another was to begin");
                closed = true;
            }
            other => panic!("{sequence:?}: {other:?}"),
        }
    }
    if !closed {
        assert_eq!(page.ask("c99 add\n{\"a\":1,\"b\":2}").await, "o99 3", "{sequence:?}: nothing ends twice");
    }
    drop(page);
    until(|| work.going_on() == 0).await;
}
