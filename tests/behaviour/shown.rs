//! What a refusal shows is text of the host's, and not the caller's: nothing that a caller chooses draws in a log or a dialog, or fills
//! it.

use std::{
    fmt,
    process::Command,
    sync::{Arc, Mutex},
};

use portcullis::{Code, Denial, Frame, Origin, Reply, prelude::*};
use portcullis_tests::call;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

/// Read files.
#[derive(Permission)]
#[permission(id = "files:read", scope = PathScope<Read>)]
struct ReadFiles;

#[portcullis::command(permission(ReadFiles))]
fn read_file(file: Checked<ReadFiles>) {
    let _ = file;
}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_file],
    capabilities: ["behaviour/capabilities/shown/main.json"],
    windows: ["*"],
    clients: ["cli"],
    bases: ["R"],
};

/// What moves a cursor, begins a line, turns text around, or is not seen at all.
const DRAWS: &[char] = &[
    '\u{1b}',
    '\n',
    '\r',
    '\0',
    '\u{7}',
    '\u{8}',
    '\t',
    '\u{b}',
    '\u{7f}',
    '\u{85}',
    '\u{9b}',
    '\u{2028}',
    '\u{2029}',
    '\u{200b}',
    '\u{200c}',
    '\u{200d}',
    '\u{200e}',
    '\u{200f}',
    '\u{202a}',
    '\u{202b}',
    '\u{202c}',
    '\u{202d}',
    '\u{202e}',
    '\u{2060}',
    '\u{2066}',
    '\u{2067}',
    '\u{2068}',
    '\u{2069}',
    '\u{feff}',
    '\u{61c}',
    '\u{e0001}',
    '\u{e0061}',
];

/// How long what is shown of one refusal may be, whatever a caller sends.
const LONGEST: usize = 4096;

fn texts() -> Vec<String> {
    let mut texts: Vec<_> = DRAWS.iter().map(|drawn| format!("all is {drawn}[2Kwell")).collect();
    texts.push(DRAWS.iter().collect());
    texts.push("`, which is allowed\nportcullis: allowed: `x".to_owned());
    texts.extend(["\u{1b}", "\u{202e}", "x"].map(|drawn| drawn.repeat(10_240)));
    texts
}

#[track_caller]
fn is_plain(what: &str, shown: &str) {
    let drawn = shown.chars().find(|c| DRAWS.contains(c) || c.is_control());
    assert_eq!(drawn, None, "{what}: {:?}", &shown[..shown.floor_char_boundary(400)]);
    assert!(shown.len() <= LONGEST, "{what}: {} bytes", shown.len());
}

/// Who calls, with a label that somebody has chosen; what is called, with which input.
fn refused(told: impl Fn(Principal, &str, &str)) {
    for text in texts() {
        let file = serde_json::json!({ "file": format!("private/{text}") }).to_string();
        let remote = Origin::parse("https://example.com").unwrap();
        for principal in [
            Principal::window("main"),
            Principal::window("main").origin(remote).frame(Frame::Sub),
            Principal::window(&*text),
            Principal::window("main").webview(&*text),
            Principal::client(&*text),
        ] {
            told(principal.clone(), &text, "");
            told(principal, "read_file", &file);
        }
    }
}

/// The fields of an event as they are, for a subscriber that writes them so.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.lock().unwrap().push(format!("{field}={value:?}"));
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.lock().unwrap().push(format!("{field}={value}"));
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

/// The host's code is given this, and may show it as it is.
#[test]
fn l_prompt_escape() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::new(&AUTHORITY)
        .base("R", folder.path())
        .on_denial(move |denial: &Denial| kept.lock().unwrap().push(denial.clone()))
        .build()
        .unwrap();
    refused(|principal, command, arguments| {
        let reply = call(&gate.session(principal), command, arguments);
        let Reply::Failed(failure) = &reply else { panic!("{command:?} was not refused") };
        is_plain("the reason in the reply", failure.message().unwrap_or_default());
        is_plain("the reply", &String::from_utf8(reply.to_json().unwrap()).unwrap());
        let denials = std::mem::take(&mut *seen.lock().unwrap());
        let [denial] = denials.as_slice() else {
            // A path that is too long for any is no path.
            assert_eq!((denials.len(), failure.code()), (0, Code::Invalid), "{command:?}");
            return;
        };
        is_plain("Display of a denial", &denial.to_string());
        is_plain("Display of its reason", &denial.reason.to_string());
        is_plain("Display of its principal", &denial.principal.to_string());
        is_plain("Debug of its reason", &format!("{:?}", denial.reason));
        is_plain("Debug of its command", &format!("{:?}", denial.command));
    });
}

/// Also for who writes the fields of an event as they are.
#[test]
fn l_prompt_escape_in_the_log() {
    let log = Log::default();
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::new(&AUTHORITY).base("R", folder.path()).on_denial(|_| {}).build().unwrap();
    // While there is one subscriber alone, a test on another thread, which has none, may switch an event off for everybody:
    // whoever comes by first is asked.
    let _another = tracing::Dispatch::new(log.clone());
    tracing::subscriber::with_default(log.clone(), || {
        refused(|principal, command, arguments| {
            let _ = call(&gate.session(principal), command, arguments);
        });
    });
    let told = log.0.lock().unwrap();
    assert!(told.iter().any(|field| field.starts_with("command=")), "{:?}", told.first());
    assert!(told.iter().any(|field| field.starts_with("principal=")), "{:?}", told.first());
    for field in told.iter() {
        is_plain("a field", field);
    }
}

/// What a debug build says on stderr, where somebody reads it in a terminal. Each refusal is a line.
#[test]
fn l_prompt_escape_on_stderr() {
    const INSIDE: &str = "PORTCULLIS_TEST_SPEAKS";
    let folder = tempfile::tempdir().unwrap();
    if std::env::var_os(INSIDE).is_some() {
        let gate = Gate::new(&AUTHORITY).base("R", folder.path()).build().unwrap();
        refused(|principal, command, arguments| {
            let _ = call(&gate.session(principal), command, arguments);
        });
        return;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "shown::l_prompt_escape_on_stderr", "--nocapture"])
        .env(INSIDE, "1")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    if cfg!(debug_assertions) {
        assert!(said.contains("portcullis: denied"), "{said}");
    }
    for line in said.lines() {
        is_plain("a line", line);
        assert!(line.starts_with("portcullis: "), "{line}");
    }
}
