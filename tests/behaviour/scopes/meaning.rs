//! What entries mean: whose they are, how they add up, and what wins.

use std::sync::{Arc, Mutex};

use portcullis::{
    Code, Frame, Reason,
    prelude::*,
    scope::{Exact, Folded, Matches},
};
use portcullis_tests::{call, line};
use serde_json::json;

use crate::{arguments::both_ways, open};

/// A channel.
#[derive(Clone, Debug, PartialEq, Scope)]
pub(super) struct Channel {
    pub(super) name: String,
}

impl Matches for Channel {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        *name == self.name
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        name.as_text().is(&self.name)
    }
}

/// Post to channels.
#[derive(Permission)]
#[permission(id = "chat:post", scope = Channel)]
pub(super) struct Post;

/// Read channels.
#[derive(Permission)]
#[permission(id = "chat:read", scope = Channel)]
struct Read;

/// Leave.
#[derive(Permission)]
#[permission(id = "chat:leave")]
pub(super) struct Leave;

/// What a member may.
#[derive(PermissionSet)]
#[permission_set(id = "chat:member", permissions(Post, Read, Leave))]
struct Member;

#[command(permission(Post))]
fn post(channel: Checked<Post>) -> String {
    channel.into_inner()
}

#[command(permission(Read))]
fn read(channel: Checked<Read>) -> String {
    channel.into_inner()
}

#[command(all_of(Post, Read))]
fn quote(from: Checked<Read>, to: Checked<Post>) -> String {
    format!("{} in {}", from.as_str(), to.as_str())
}

#[command(permission(Post))]
fn post_to_all(channels: Vec<Checked<Post>>, also: Option<Checked<Post>>) -> usize {
    channels.len() + usize::from(also.is_some())
}

#[command(permission(Post))]
fn post_lent(channel: &Checked<Post>) -> String {
    channel.to_string()
}

#[command(permission(Post))]
async fn post_later(channel: &Checked<Post>) -> String {
    channel.to_string()
}

#[command(permission(Post))]
fn post_by_hand(granted: Granted<'_, Post>, channel: String) -> Result<String, String> {
    let channel = granted.admit(channel).map_err(|refusal| refusal.to_string())?;
    Ok(channel.into_inner())
}

#[command(permission(Post))]
fn entries(granted: Granted<'_, Post>) -> Vec<String> {
    let grants = granted.scope().expect("a grant is in force");
    let mut names: Vec<String> =
        grants.parts().flat_map(|part| part.entries().allow()).map(|entry| entry.name.clone()).collect();
    names.sort();
    names
}

#[command(permission(Leave))]
pub(super) fn leave() {}

pub(super) static AUTHORITY: Authority = authority! {
    commands: [post, read, quote, post_to_all, post_lent, post_later, post_by_hand, entries, leave],
    sets: [Member],
    capabilities: ["behaviour/capabilities/scopes/main.json"],
    windows: ["main", "second", "third", "fourth", "fifth", "guest"],
};

fn admits(principal: Principal, command: &str, channel: &str) -> bool {
    let session = open(&AUTHORITY, principal);
    let reply = call(&session, command, &format!("{{\"channel\":\"{channel}\"}}"));
    match line(&reply).as_str() {
        "denied" => false,
        answer => {
            assert_eq!(answer, format!("ok \"{channel}\""));
            true
        }
    }
}

fn posts(window: &str, channel: &str) -> bool {
    admits(Principal::window(window), "post", channel)
}

#[test]
fn an_entry_that_matches_lets_the_input_through() {
    assert!(posts("main", "general"));
}

#[test]
fn an_input_that_no_entry_matches_is_denied() {
    assert!(!posts("main", "payroll"));
}

#[test]
fn an_allow_entry_matches_the_exact_spelling_only() {
    assert!(!posts("main", "General"));
}

#[test]
fn two_grants_of_one_permission_are_the_union_of_what_each_admits() {
    assert!(posts("main", "general") && posts("main", "help"));
}

#[test]
fn a_deny_beats_allow_any_order() {
    // One capability allows `random`, another denies `RANDOM`.
    assert!(!posts("main", "random"));
}

#[test]
fn a_deny_matches_whatever_could_be_taken_for_it() {
    assert!(admits(Principal::window("main"), "read", "open"));
    for spelling in ["Secret", "secret", "SECRET", "ſecret"] {
        assert!(!admits(Principal::window("main"), "read", spelling), "{spelling}");
    }
}

#[test]
fn all_admits_everything_but_what_is_denied() {
    assert!(admits(Principal::window("main"), "read", "anything at all"));
}

#[test]
fn a_scope_not_shared_between_windows() {
    assert!(posts("main", "general") && !posts("second", "general"));
}

#[test]
fn a_deny_context_exact() {
    // `narrows-second` denies `help` to the window `second` and to nobody else.
    assert!(posts("main", "help") && !posts("second", "help"));
}

#[test]
fn a_scope_of_one_permission_is_none_of_another() {
    assert!(!posts("third", "anything") && posts("third", "lobby"));
}

#[test]
fn a_set_scope_local() {
    // Entries on a set go to each of its scoped members; the narrowing of one leaves the other alone.
    assert!(posts("third", "lobby") && !admits(Principal::window("third"), "read", "lobby"));
    assert_eq!(line(&call(&open(&AUTHORITY, Principal::window("third")), "leave", "")), "ok null");
}

#[test]
fn entries_belong_to_the_grants_by_which_the_caller_may_call() {
    // The second grant is for main frames alone.
    let framed = || Principal::window("third").frame(Frame::Sub);
    assert!(posts("third", "backstage"));
    assert!(!admits(framed(), "post", "backstage") && admits(framed(), "post", "lobby"));
}

#[test]
fn a_deny_alone_narrows_in_any_frame() {
    assert!(!admits(Principal::window("third").frame(Frame::Sub), "read", "lobby"));
}

#[test]
fn what_a_page_is_denied_by_a_grant_its_frames_are_denied_too() {
    // By a grant for main frames alone; what allows it is for any.
    let framed = Principal::window("third").frame(Frame::Sub);
    assert!(!posts("third", "attic") && !admits(framed.clone(), "post", "attic"));
    assert!(admits(framed, "read", "attic"));
}

#[test]
fn what_a_page_is_denied_by_an_optional_grant_its_frames_are_denied_too_where_it_is_on() {
    let framed = Principal::window("fourth").frame(Frame::Sub);
    for (principal, backstage) in [(Principal::window("fourth"), true), (framed, false)] {
        let session = open(&AUTHORITY, principal);
        session.switch_on::<Post>().unwrap();
        let posts = |channel: &str| {
            let arguments = format!("{{\"channel\":\"{channel}\"}}");
            line(&call(&session, "post", &arguments)) == format!("ok \"{channel}\"")
        };
        assert_eq!([posts("lobby"), posts("backstage"), posts("attic")], [true, backstage, false]);
    }
}

/// A session is of one document: what is on for a page is not on for its frames.
#[test]
fn what_is_optional_for_pages_alone_is_off_in_their_frames() {
    let framed = open(&AUTHORITY, Principal::window("fifth").frame(Frame::Sub));
    assert!(framed.switch_on::<Post>().is_err());
    assert!(admits(Principal::window("fifth").frame(Frame::Sub), "post", "attic"));
    assert!(posts("fifth", "attic"));
}

#[test]
fn a_multi_permission_all() {
    let main = open(&AUTHORITY, Principal::window("main"));
    let quote = |from, to| line(&call(&main, "quote", &format!(r#"{{"from":"{from}","to":"{to}"}}"#)));
    assert_eq!(quote("open", "general"), "ok \"open in general\"");
    assert_eq!(quote("secret", "general"), "denied");
    assert_eq!(quote("open", "payroll"), "denied");
}

#[test]
fn a_list_is_admitted_as_a_whole_or_not_at_all() {
    let main = open(&AUTHORITY, Principal::window("main"));
    assert_eq!(line(&call(&main, "post_to_all", r#"{"channels":["general","help"],"also":"help"}"#)), "ok 3");
    assert_eq!(line(&call(&main, "post_to_all", r#"{"channels":["general","payroll"]}"#)), "denied");
    assert_eq!(line(&call(&main, "post_to_all", r#"{"channels":[],"also":"payroll"}"#)), "denied");
    assert_eq!(line(&call(&main, "post_to_all", r#"{"channels":[]}"#)), "ok 0");
}

#[test]
fn what_is_a_value_already_is_admitted_as_its_text_is() {
    let main = open(&AUTHORITY, Principal::window("main"));
    let answer = |command, value: serde_json::Value| {
        both_ways::agree(&main, command, value.as_object().cloned().unwrap_or_default())
    };
    assert_eq!(answer("quote", json!({ "from": "open", "to": "general" })), "ok \"open in general\"");
    assert_eq!(answer("quote", json!({ "from": "open", "to": "payroll" })), "denied");
    assert_eq!(answer("post_to_all", json!({ "channels": ["general", "help"], "also": "help" })), "ok 3");
    assert_eq!(answer("post_to_all", json!({ "channels": ["general", "payroll"] })), "denied");
    assert!(answer("post_to_all", json!({ "channels": ["general", 7] })).starts_with("invalid: "));
    assert_eq!(answer("post_by_hand", json!({ "channel": "general" })), "ok \"general\"");
    assert!(answer("post", json!({})).contains("missing argument `channel`"));
}

#[test]
fn what_is_lent_is_admitted_all_the_same() {
    for command in ["post_lent", "post_later"] {
        let main = Principal::window("main");
        assert!(admits(main.clone(), command, "general") && !admits(main, command, "payroll"));
    }
}

#[test]
fn a_command_that_decides_by_hand_is_given_the_same_decision() {
    let main = open(&AUTHORITY, Principal::window("main"));
    assert_eq!(line(&call(&main, "post_by_hand", r#"{"channel":"general"}"#)), "ok \"general\"");
    assert!(line(&call(&main, "post_by_hand", r#"{"channel":"payroll"}"#)).starts_with("error"));
}

#[test]
fn a_command_sees_the_entries_of_its_caller_and_no_others() {
    let seen = |window: &str| line(&call(&open(&AUTHORITY, Principal::window(window)), "entries", ""));
    assert_eq!(seen("main"), r#"ok ["general","help","random"]"#);
    assert_eq!(seen("second"), r#"ok ["help"]"#);
}

#[test]
fn an_input_of_another_type_is_invalid_and_no_denial() {
    let main = open(&AUTHORITY, Principal::window("main"));
    let reply = call(&main, "post", r#"{"channel":7}"#);
    assert_eq!(reply.failure().map(portcullis::Failure::code), Some(Code::Invalid));
    assert!(line(&call(&main, "post", "{}")).contains("missing argument `channel`"));
}

#[test]
fn l_denial_audited_with_the_argument_and_the_reason() {
    let seen: Arc<Mutex<Vec<Reason>>> = Arc::default();
    let hook = Arc::clone(&seen);
    let gate = Gate::new(&AUTHORITY)
        .on_denial(move |denial| hook.lock().unwrap().push(denial.reason.clone()))
        .build()
        .unwrap();
    let _ = call(&gate.session(Principal::window("main")), "post", r#"{"channel":"payroll"}"#);
    assert_eq!(
        *seen.lock().unwrap(),
        [Reason::OutOfScope {
            permission: "chat:post".into(),
            argument: "channel".into(),
            why: "no `allow` entry of this caller's grants matches the input".into(),
        }]
    );
}

#[test]
fn the_caller_is_told_why_where_refusals_are_explained() {
    let explains = Gate::new(&AUTHORITY).explain(true).build().unwrap();
    let answer =
        line(&call(&explains.session(Principal::window("main")), "post", r#"{"channel":"payroll"}"#));
    assert_eq!(
        answer,
        "denied: argument `channel` is outside the scope of `chat:post`: no `allow` entry of this caller's grants matches \
         the input"
    );
}
