//! Events: who hears what, and what becomes of a listener that does not keep up.

use std::task::{Context, Poll, Waker};

use portcullis::{Emitter, Event, Stream, prelude::*};
use portcullis_tests::{block_on, call, line};
use serde::Serialize;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
struct ReadNotes;

/// Change notes.
#[derive(Permission)]
#[permission(id = "notes:write")]
struct WriteNotes;

/// A note is another than it was.
#[derive(Serialize, Event)]
#[event(permission(ReadNotes))]
struct NoteChanged {
    id: u32,
}

/// Time has passed.
#[derive(Serialize, Event)]
#[event(public("shows nothing"), name = "tick-tock")]
struct Tick;

/// Something for a few.
#[derive(Serialize, Event)]
#[event(permission)]
struct DiskFull(u8);

#[portcullis::command(permission(WriteNotes))]
fn save_note(id: u32, changed: Emitter<NoteChanged>) {
    changed.emit(&NoteChanged { id });
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [save_note],
    events: [NoteChanged, Tick, DiskFull],
    capabilities: ["behaviour/capabilities/events/main.json"],
    windows: ["main", "viewer-*", "blind"],
    clients: ["agent"],
};

fn gate() -> Gate {
    Gate::new(&AUTHORITY).explain(false).build().unwrap()
}

fn window(gate: &Gate, label: &str) -> Session {
    gate.session(Principal::window(label))
}

/// What has come so far.
fn heard(stream: &mut Stream) -> String {
    let mut text = Vec::new();
    let mut context = Context::from_waker(Waker::noop());
    while stream.poll_lines(&mut context, &mut text, 1) == Poll::Ready(true) {}
    String::from_utf8(text).unwrap().replace('\n', " ").trim().to_owned()
}

#[test]
fn what_a_command_emits_is_heard_by_those_who_listen_and_may() {
    let gate = gate();
    let mut main = window(&gate, "main").listen("note_changed").unwrap();
    let mut viewer = window(&gate, "viewer-1").listen("note_changed").unwrap();
    let mut agent = gate.session(Principal::client("agent")).listen("note_changed").unwrap();
    assert_eq!(line(&call(&window(&gate, "main"), "save_note", r#"{"id":7}"#)), "ok null");
    assert_eq!(
        (heard(&mut main), heard(&mut viewer), heard(&mut agent)),
        (r#"i{"id":7}"#.into(), r#"i{"id":7}"#.into(), r#"i{"id":7}"#.into())
    );
    assert_eq!(heard(&mut main), "", "once");
}

#[test]
fn whoever_does_not_hold_the_permission_may_not_listen() {
    let gate = gate();
    for (principal, event) in [
        (Principal::window("blind"), "note_changed"),
        (Principal::window("main"), "disk_full"),
        (Principal::window("other"), "tick-tock"),
        (Principal::window("main").frame(portcullis::Frame::Sub), "tick-tock"),
        (Principal::window("main").opaque_origin(), "note_changed"),
        (Principal::client("agent"), "tick-tock"),
    ] {
        let session = gate.session(principal.clone());
        assert!(!session.may_listen(event), "{principal}: {event}");
        assert_eq!(
            session.listen(event).unwrap_err().code(),
            portcullis::Code::Denied,
            "{principal}: {event}"
        );
    }
    assert!(window(&gate, "blind").may_listen("tick-tock"));
    assert!(window(&gate, "viewer-2").may_listen("disk_full"), "its own permission is granted");
}

#[test]
fn an_event_is_no_command_and_a_command_is_no_event() {
    let gate = gate();
    let main = window(&gate, "main");
    assert_eq!(line(&call(&main, "note_changed", "")), "denied");
    assert!(!main.may_call("note_changed") && !main.may_listen("save_note"));
    assert_eq!(main.listen("save_note").unwrap_err().code(), portcullis::Code::Denied);
    assert_eq!(gate.authority().command_names().collect::<Vec<_>>(), ["save_note"]);
    let mut events: Vec<_> = gate.authority().event_names().collect();
    events.sort();
    assert_eq!(events, ["disk_full", "note_changed", "tick-tock"]);
}

#[test]
fn a_denial_to_listen_is_audited() {
    let denied = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = std::sync::Arc::clone(&denied);
    let gate =
        Gate::new(&AUTHORITY).on_denial(move |denial| seen.lock().unwrap().push(denial.to_string())).build();
    let _ = gate.unwrap().session(Principal::window("blind")).listen("note_changed");
    let denied = denied.lock().unwrap();
    assert!(denied.len() == 1 && denied[0].contains("needs `notes:read`"), "{denied:?}");
}

#[test]
fn what_is_unknown_is_told_by_what_was_asked() {
    let gate = Gate::new(&AUTHORITY).explain(true).build().unwrap();
    let main = window(&gate, "main");
    let listen = |event: &str| main.listen(event).unwrap_err().message().unwrap().to_owned();
    assert_eq!(listen("note_chnged"), "there is no such event; did you mean `note_changed`?");
    let unlisted = "there is no such event; is it listed in `events: [..]` of `authority!`?";
    assert_eq!((listen("save_note"), listen("")), (unlisted.into(), unlisted.into()));
    let called = line(&call(&main, "note_changed", ""));
    assert_eq!(called, "denied: there is no such command; is it listed in `authority!`?");
}

#[test]
fn an_event_can_be_for_some() {
    let gate = gate();
    let ticks = gate.emitter::<Tick>().unwrap();
    let [mut main, mut one, mut two] =
        ["main", "viewer-1", "viewer-2"].map(|label| window(&gate, label).listen("tick-tock").unwrap());
    ticks.emit_to("viewer-*", &Tick);
    ticks.emit_to("viewer-2", &Tick);
    assert_eq!(
        (heard(&mut main), heard(&mut one), heard(&mut two)),
        (String::new(), "inull".into(), "inull inull".into())
    );
}

#[test]
fn a_permission_that_is_switched_off_is_not_delivered_to_any_more() {
    let gate = gate();
    let viewer = window(&gate, "viewer-1");
    let notes = gate.emitter::<NoteChanged>().unwrap();
    let optional = window(&gate, "blind");
    optional.switch_on::<ReadNotes>().unwrap();
    let (mut always, mut sometimes) =
        (viewer.listen("note_changed").unwrap(), optional.listen("note_changed").unwrap());
    notes.emit(&NoteChanged { id: 1 });
    assert_eq!(heard(&mut sometimes), r#"i{"id":1}"#);
    optional.switch_off::<ReadNotes>();
    notes.emit(&NoteChanged { id: 2 });
    assert_eq!(heard(&mut sometimes), "");
    assert_eq!(heard(&mut always), r#"i{"id":1} i{"id":2}"#);
}

/// `a_revoke_in_flight`: to be slow to ask is no way around it.
#[test]
fn a_revoke_in_flight_what_was_emitted_while_a_permission_was_off_is_not_delivered_when_it_is_on_again() {
    let gate = gate();
    let notes = gate.emitter::<NoteChanged>().unwrap();
    let ticks = gate.emitter::<Tick>().unwrap();
    let blind = window(&gate, "blind");
    blind.switch_on::<ReadNotes>().unwrap();
    let (mut slow, mut other) = (blind.listen("note_changed").unwrap(), blind.listen("tick-tock").unwrap());
    notes.emit(&NoteChanged { id: 1 });
    ticks.emit(&Tick);
    blind.switch_off::<ReadNotes>();
    notes.emit(&NoteChanged { id: 2 });
    blind.switch_on::<ReadNotes>().unwrap();
    notes.emit(&NoteChanged { id: 3 });
    // To say once more what is so already changes nothing.
    blind.switch_on::<ReadNotes>().unwrap();
    assert_eq!(heard(&mut slow), r#"i{"id":3}"#);
    assert_eq!(heard(&mut other), "inull", "what needs no such permission is delivered");
}

#[test]
fn who_does_not_keep_up_loses_the_oldest_and_is_told_how_many() {
    let gate = gate();
    let mut main = window(&gate, "main").listen("note_changed").unwrap();
    let notes = gate.emitter::<NoteChanged>().unwrap();
    for id in 0..300 {
        notes.emit(&NoteChanged { id });
    }
    let heard = heard(&mut main);
    assert!(heard.starts_with(r#"g44 i{"id":44} "#) && heard.ends_with(r#" i{"id":299}"#), "{heard}");
}

#[test]
fn a_listener_waits_and_is_woken() {
    let gate = gate();
    let mut main = window(&gate, "main").listen("tick-tock").unwrap();
    let ticks = gate.emitter::<Tick>().unwrap();
    let thread = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(10));
        ticks.emit(&Tick);
    });
    let mut text = Vec::new();
    assert!(block_on(main.lines(&mut text, 1)));
    assert_eq!(text, b"inull\n");
    thread.join().unwrap();
}

#[test]
fn an_event_that_is_not_listed_cannot_be_emitted() {
    #[derive(Serialize, Event)]
    #[event(public("a test"))]
    struct Unheard;
    let error = gate().emitter::<Unheard>().unwrap_err().to_string();
    assert_eq!(error, "event `unheard` is not listed: write its type into `events: [..]` of `authority!`");
}
