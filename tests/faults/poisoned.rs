//! What a panic leaves behind: a lock of the program's that is poisoned, and locks of the gate's, which never are.

use std::{
    cell::{Cell, RefCell},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, PoisonError},
};

use portcullis::{
    prelude::*,
    scope::{Exact, Folded, Matches},
};

use crate::{audit::Watched, faulty::a_moment, runtimes::Threads};

#[command(public("a test"))]
fn well() -> u8 {
    1
}

#[command(public("a test"))]
fn poisons(counter: State<'_, Mutex<u32>>) {
    let mut counter = counter.lock().unwrap();
    *counter += 1;
    panic!("on purpose, with {counter} in hand")
}

#[command(public("a test"), blocking)]
fn poisons_elsewhere(counter: State<'_, Mutex<u32>>) {
    let mut counter = counter.lock().unwrap_or_else(PoisonError::into_inner);
    *counter += 1;
    panic!("on purpose, with {counter} in hand")
}

#[command(public("a test"))]
async fn insists(counter: State<'_, Mutex<u32>>) -> u32 {
    a_moment().await;
    *counter.lock().unwrap()
}

#[command(public("a test"))]
fn copes(counter: State<'_, Mutex<u32>>) -> u32 {
    *counter.lock().unwrap_or_else(PoisonError::into_inner)
}

#[command(public("a test"))]
fn heals(counter: State<'_, Mutex<u32>>) {
    counter.clear_poison();
}

thread_local! {
    /// What happens when an entry goes.
    static GOING: Cell<Option<fn()>> = const { Cell::new(None) };
    /// The session that it is done with.
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

/// A word, with code of its own for when it goes.
#[derive(Clone, Debug, Scope)]
struct Word {
    word: String,
}

impl Drop for Word {
    fn drop(&mut self) {
        if let Some(going) = GOING.get() {
            going();
        }
    }
}

impl Matches for Word {
    type Input = String;
    fn allows(&self, word: Exact<'_, String>) -> bool {
        *word == self.word
    }
    fn denies(&self, word: Folded<'_, String>) -> bool {
        word.as_text().is(&self.word)
    }
}

/// Say words.
#[derive(Permission)]
#[permission(id = "words:say", scope = Word)]
struct Say;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
struct ReadNotes;

#[command(permission(Say))]
fn say(word: Checked<Say>) -> u8 {
    u8::try_from(word.len()).unwrap_or_default()
}

#[command(permission(ReadNotes))]
fn read() {}

static AUTHORITY: Authority = authority! {
    commands: [well, poisons, poisons_elsewhere, insists, copes, heals, say, read],
    capabilities: ["faults/capabilities/poisoned/main.json"],
    windows: ["main"],
};

fn watched() -> Watched {
    Watched::new(Gate::new(&AUTHORITY).state(Mutex::new(0_u32)).runtime(Threads))
}

#[test]
fn a_lock_that_a_command_has_poisoned_is_the_programs_to_heal() {
    let watched = watched();
    assert_eq!(watched.call("insists", ""), ["ok 0"]);
    for command in ["poisons", "poisons_elsewhere"] {
        assert_eq!(watched.call(command, ""), ["panicked"]);
        // Who does without the lock is served; who cannot do with it as it is, is answered so, each time.
        watched.serves();
        watched.panics("insists", "", &["panicked"]);
        assert!(watched.call("copes", "")[0].starts_with("ok "));
    }
    assert_eq!(watched.call("copes", ""), ["ok 2"]);
    assert_eq!(watched.call("heals", ""), ["ok null"]);
    assert_eq!(watched.call("insists", ""), ["ok 2"]);
}

fn say_it(watched: &Watched, word: &str) -> Vec<String> {
    watched.call("say", &format!(r#"{{"word":"{word}"}}"#))
}

/// Runs with code for when an entry goes, and says whether that has panicked.
fn going(how: fn(), run: impl FnOnce()) -> bool {
    GOING.set(Some(how));
    let done = catch_unwind(AssertUnwindSafe(run));
    GOING.set(None);
    done.is_err()
}

/// Entries that a host has given to switch a grant on go when it is switched off. Off it is, whatever they do then.
#[test]
fn an_entry_that_panics_when_it_goes_does_not_stay_switched_on() {
    let watched = watched();
    let session = &watched.session;
    let only = |word: &str| vec![Word { word: word.to_owned() }];
    let panic: fn() = || panic!("on purpose, when an entry goes");
    for used in [true, false] {
        session.switch_on_within::<Say>(only("yes")).unwrap();
        if used {
            assert_eq!(say_it(&watched, "yes"), ["ok 3"]);
        }
        assert!(going(panic, || session.switch_off::<Say>()), "the panic is the host's");
        assert!(!session.may_call("say"), "used: {used}");
        assert_eq!(say_it(&watched, "yes"), ["denied"]);
        let _ = watched.denials();
        watched.serves();

        // From one to the next: the next counts.
        session.switch_on_within::<Say>(only("yes")).unwrap();
        if used {
            assert_eq!(say_it(&watched, "yes"), ["ok 3"]);
        }
        let next = only("perhaps");
        assert!(going(panic, || session.switch_on_within::<Say>(next).unwrap()));
        assert_eq!(
            (say_it(&watched, "yes"), say_it(&watched, "perhaps")),
            (vec!["denied".into()], vec!["ok 7".into()])
        );
        let _ = watched.denials();
        session.switch_off::<Say>();
    }
}

/// Code of the program's never runs under a lock of the gate's: it may use the session that it is part of.
#[test]
fn an_entry_may_use_its_session_when_it_goes() {
    let watched = watched();
    let session = watched.session.clone();
    SESSION.set(Some(session.clone()));
    let uses: fn() = || {
        GOING.set(None);
        SESSION.with_borrow(|session| {
            let session = session.as_ref().unwrap();
            assert!(!session.may_call("say"), "off by then");
            session.switch_on::<Say>().unwrap();
            assert_eq!(
                portcullis_tests::line(&portcullis_tests::call(session, "say", r#"{"word":"perhaps"}"#)),
                "ok 7"
            );
            session.switch_off::<Say>();
        });
    };
    session.switch_on_within::<Say>(vec![Word { word: "yes".into() }]).unwrap();
    assert_eq!(say_it(&watched, "yes"), ["ok 3"]);
    assert!(!going(uses, || session.switch_off::<Say>()));
    assert!(!session.may_call("say"));
    SESSION.set(None);
    watched.serves();
}
