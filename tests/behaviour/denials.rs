//! What a refusal tells, and whom: the caller a code and an id, the host everything.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering},
};

use portcullis::{Code, Denial, Failure, Frame, Mismatch, Origin, Reason, prelude::*};
use portcullis_tests::{block_on, call, line};
use serde::Deserialize;

#[portcullis::command(permission)]
fn granted() {}

#[portcullis::command(permission)]
fn granted_to_others() {}

#[portcullis::command(permission)]
fn denied_to_some() {}

#[portcullis::command(permission)]
fn on_other_platforms() {}

#[portcullis::command(public("a test"))]
fn version() {}

static DECODED: AtomicU32 = AtomicU32::new(0);

struct Counted;

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        DECODED.fetch_add(1, Ordering::SeqCst);
        u8::deserialize(deserializer).map(|_| Self)
    }
}

#[portcullis::command(permission)]
fn counts(counted: Counted) {
    let Counted = counted;
}

#[portcullis::command(permission)]
fn takes_a_number(number: u8) -> u8 {
    number
}

#[portcullis::command(permission)]
fn read() {}

commands! { Fs: [read], namespace: "fs" }

static AUTHORITY: Authority = portcullis::authority! {
    commands: [granted, granted_to_others, denied_to_some, on_other_platforms, version, counts, takes_a_number, Fs],
    capabilities: ["behaviour/capabilities/denials/main.json"],
    windows: ["main", "other", "viewer"],
    clients: ["cli"],
};

/// The reason that the host is told of a call.
fn reason(principal: Principal, command: &str) -> Reason {
    let (seen, _) = denials(principal, command);
    assert_eq!(seen.len(), 1);
    seen.into_iter().next().unwrap().reason
}

/// What the host is told of one call, and what the caller is.
fn denials(principal: Principal, command: &str) -> (Vec<Denial>, Reply) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let gate = Gate::new(&AUTHORITY)
        .explain(false)
        .on_denial(move |denial: &Denial| kept.lock().unwrap().push(denial.clone()))
        .build()
        .unwrap();
    let reply = call(&gate.session(principal), command, "");
    let seen = seen.lock().unwrap().clone();
    (seen, reply)
}

/// The message that a caller is told, by a gate that explains.
fn explained(principal: Principal, command: &str) -> Option<String> {
    let session = Gate::new(&AUTHORITY).explain(true).build().unwrap().session(principal);
    let reply = call(&session, command, "");
    let failure = reply.failure().unwrap();
    assert_eq!(failure.code(), Code::Denied);
    failure.message().map(str::to_owned)
}

/// A reply without its id.
fn without_id(reply: &Reply) -> String {
    let id = reply.failure().unwrap().id();
    String::from_utf8(reply.to_json().unwrap()).unwrap().replace(&format!("\"id\":{id}"), "\"id\":_")
}

#[test]
fn a_unregistered_eq_ungranted_reply() {
    let session = crate::open(&AUTHORITY, Principal::window("main"));
    let ungranted = without_id(&call(&session, "granted_to_others", ""));
    assert_eq!(without_id(&call(&session, "unheard_of", "")), ungranted);
    assert_eq!(without_id(&call(&session, "unheard_of", "nonsense")), ungranted);
    assert_eq!(ungranted, r#"{"failed":{"code":"denied","id":_}}"#);
}

#[test]
fn every_failure_has_an_id_of_its_own() {
    let session = crate::open(&AUTHORITY, Principal::window("main"));
    let id = || call(&session, "unheard_of", "").failure().map(Failure::id).unwrap();
    assert_ne!(id(), id());
}

#[test]
fn a_gate_that_explains_tells_the_programs_own_windows() {
    assert_eq!(
        explained(Principal::window("main"), "grantde").unwrap(),
        "there is no such command; did you mean `granted`?"
    );
    assert!(explained(Principal::window("main"), "granted_to_others").is_some());
}

#[test]
fn a_gate_that_explains_tells_nobody_else() {
    for stranger in [
        Principal::window("undeclared"),
        Principal::window("main").webview("undeclared"),
        Principal::window("main").frame(Frame::Sub),
        Principal::window("main").origin(Origin::parse("https://example.org").unwrap()),
        Principal::window("main").opaque_origin(),
        Principal::client("cli"),
        Principal::client("undeclared"),
    ] {
        for command in ["unheard_of", "granted_to_others", "fs:read"] {
            assert_eq!(explained(stranger.clone(), command), None, "{stranger}: {command}");
        }
    }
}

#[test]
fn what_is_refused_does_not_depend_on_what_is_told() {
    for explain in [true, false] {
        let session =
            Gate::new(&AUTHORITY).explain(explain).build().unwrap().session(Principal::window("main"));
        assert!(session.may_call("granted"));
        assert!(!session.may_call("granted_to_others"));
    }
}

/// Exactly one event for each refusal, with the id that the caller is told.
#[test]
fn l_denial_audited() {
    let (seen, reply) = denials(Principal::window("main"), "granted_to_others");
    let [denial] = seen.as_slice() else { panic!("{seen:?}") };
    assert_eq!(Some(denial.id), reply.failure().map(Failure::id));
    assert_eq!(denial.command, "granted_to_others");
    assert_eq!(denial.principal, Principal::window("main"));
}

#[test]
fn what_is_not_refused_is_no_denial() {
    assert_eq!(denials(Principal::window("main"), "granted").0.len(), 0);
    // The arguments are wrong, and the caller may call.
    assert_eq!(denials(Principal::window("main"), "takes_a_number").0.len(), 0);
}

#[test]
fn a_hook_that_panics_does_not_keep_the_caller_waiting() {
    let gate =
        Gate::new(&AUTHORITY).explain(false).on_denial(|_| panic!("a bug in the program")).build().unwrap();
    let session = gate.session(Principal::window("main"));
    assert_eq!(line(&call(&session, "unheard_of", "")), "denied");
    assert_eq!(line(&call(&session, "unheard_of", "")), "denied");
}

#[test]
fn who_may_not_call_does_not_reach_serde() {
    let allowed = crate::open(&AUTHORITY, Principal::window("main"));
    assert_eq!(line(&call(&allowed, "counts", r#"{"counted":1}"#)), "ok null");
    assert_eq!(DECODED.load(Ordering::SeqCst), 1);
    let refused = crate::open(&AUTHORITY, Principal::window("other"));
    assert_eq!(line(&call(&refused, "counts", r#"{"counted":1}"#)), "denied");
    assert_eq!(line(&call(&refused, "counts", "nonsense")), "denied");
    let values = [("counted".to_owned(), 1.into())].into_iter().collect();
    assert_eq!(line(&block_on(refused.invoke(Request::parsed("counts", Some(&values), None)))), "denied");
    assert_eq!(DECODED.load(Ordering::SeqCst), 1);
}

#[test]
fn a_cmd_name_mangling() {
    let long = "x".repeat(1_000_000);
    for name in [
        "",
        " granted",
        "granted ",
        "granted\0",
        "\0granted",
        "granted\n",
        "Granted",
        "GRANTED",
        "gr\u{430}nted",
        "granted\u{301}",
        "allow-granted",
        "plugin:fs|read",
        "plugin:fs|read|x",
        "%70lugin:fs|read",
        "fs|read",
        "fs:read:",
        ":fs:read",
        "fs::read",
        "fs/read",
        "fs:%72ead",
        "read",
        "Fs:read",
        "gs:read",
        "granted?x=1",
        "granted#x",
        "../granted",
        &long,
    ] {
        let (seen, reply) = denials(Principal::window("main"), name);
        let shown = name.get(..30).unwrap_or(name);
        assert_eq!(line(&reply), "denied", "{shown:?}");
        let [denial] = seen.as_slice() else { panic!("{shown:?}: {} denials", seen.len()) };
        assert!(matches!(denial.reason, Reason::UnknownCommand { .. }), "{shown:?}");
        assert!(name.starts_with(&denial.command) && denial.command.len() <= 256, "{shown:?}");
    }
    assert!(crate::allows(&AUTHORITY, Principal::window("main"), "fs:read"));
}

#[test]
fn a_long_name_is_cut_between_characters() {
    let (seen, _) = denials(Principal::window("main"), &"é€".repeat(200));
    let [denial] = seen.as_slice() else { panic!("{seen:?}") };
    assert_eq!(denial.command, "é€".repeat(51));
}

#[test]
fn a_name_that_is_far_from_all_others_suggests_none() {
    for name in ["unheard_of", "", &"x".repeat(1_000)] {
        let told = explained(Principal::window("main"), name);
        assert_eq!(
            told.as_deref(),
            Some("there is no such command; is it listed in `authority!`?"),
            "{name}"
        );
    }
}

/// Names are compared only where refusals are explained: elsewhere it would be work that any caller can ask for.
#[test]
fn a_near_name_is_not_looked_for_where_nothing_is_explained() {
    assert_eq!(reason(Principal::window("main"), "gs:read"), Reason::UnknownCommand { similar: None });
}

#[test]
fn reason_unknown_command() {
    assert_eq!(
        explained(Principal::window("main"), "gs:read").unwrap(),
        "there is no such command; did you mean `fs:read`?"
    );
    assert_eq!(
        reason(Principal::window("main"), "unheard_of").to_string(),
        "there is no such command; is it listed in `authority!`?"
    );
}

#[test]
fn reason_undeclared() {
    assert_eq!(reason(Principal::window("undeclared"), "granted"), Reason::Undeclared);
    assert_eq!(
        Reason::Undeclared.to_string(),
        "the program declares no such caller: see `windows`, `webviews` and `clients` in `authority!`"
    );
}

#[test]
fn reason_not_an_own_window() {
    assert_eq!(reason(Principal::client("cli"), "version"), Reason::NotAnOwnWindow);
    assert_eq!(
        Reason::NotAnOwnWindow.to_string(),
        "it is public, which is open to the program's own pages in the main frame of a window only"
    );
}

#[test]
fn reason_not_granted() {
    assert_eq!(
        reason(Principal::window("main"), "granted_to_others").to_string(),
        "it needs `allow-granted-to-others`, which no capability grants to this caller; \
         `others` grants it to window `viewer` (behaviour/capabilities/denials/main.json:12:24), \
         `far` grants it to window `main`, from other origins (behaviour/capabilities/denials/main.json:19:24)"
    );
}

#[test]
fn reason_denied() {
    assert_eq!(
        reason(Principal::window("other"), "denied_to_some").to_string(),
        "`allow-denied-to-some` is denied by capability `denies` (behaviour/capabilities/denials/main.json:29:14)"
    );
}

/// For each reason that a capability does not match, the one that the host must look at.
#[test]
fn reason_mismatches() {
    let mismatch = |principal: Principal, command: &str| match reason(principal, command) {
        Reason::NotGranted { elsewhere, .. } => elsewhere.first().unwrap().mismatch,
        other => panic!("{other:?}"),
    };
    let other_origin = Origin::parse("https://example.org").unwrap();
    let main = Principal::window("main");
    for (principal, command, expected, text) in [
        (main.clone(), "on_other_platforms", Mismatch::Platform, "on other platforms"),
        (Principal::window("other"), "granted", Mismatch::Label, "and not to this caller"),
        (Principal::client("cli"), "granted", Mismatch::Label, "and not to this caller"),
        (main.clone().origin(other_origin), "granted", Mismatch::Origin, "from other origins"),
        (main.clone().opaque_origin(), "granted", Mismatch::Origin, "from other origins"),
        (main.frame(Frame::Sub), "granted", Mismatch::Frame, "in the main frame only"),
    ] {
        assert_eq!(mismatch(principal, command), expected);
        assert_eq!(expected.to_string(), text);
    }
}

#[test]
fn a_denial_says_who_what_and_why() {
    let (seen, _) = denials(Principal::window("main").frame(Frame::Sub), "unheard_of");
    let [denial] = seen.as_slice() else { panic!("{seen:?}") };
    assert_eq!(
        denial.to_string(),
        format!(
            "denied (failure {}): `unheard_of` called by window `main`, local, sub-frame: \
             there is no such command; is it listed in `authority!`?",
            denial.id
        )
    );
}

/// A name with a line break must not write lines of its own into the host's log.
#[test]
fn a_denial_is_one_line() {
    let (seen, _) = denials(Principal::window("main"), "x\nportcullis: all is well\r\u{1b}[2K");
    let [denial] = seen.as_slice() else { panic!("{seen:?}") };
    assert!(!denial.to_string().contains(char::is_control), "{denial}");
}

#[test]
fn a_request_does_not_show_its_arguments() {
    let shown = format!("{:?}", Request::json("granted", br#"{"password":"hunter2"}"#));
    assert_eq!(shown, r#"Request { command: "granted", bytes: 22, .. }"#);
}

#[test]
fn a_session_shows_whose_it_is_and_not_what_it_holds() {
    let session = crate::open(&AUTHORITY, Principal::client("cli")).with("hunter2".to_owned());
    let shown = format!("{session:?}");
    assert!(shown.contains("cli") && !shown.contains("hunter2"), "{shown}");
}
