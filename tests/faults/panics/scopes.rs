//! Panics in scopes of the program's own: while an input is read, admitted or refused, and while entries are made ready.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicUsize, Ordering},
};

use portcullis::{
    prelude::*,
    scope::{Admission, Enforce, Entries, Exact, Folded, Machine, Matches, Refusal, Untrusted, Unusable},
};

use crate::{audit::Watched, faulty::Unreadable, runtimes::Threads};

/// A word.
#[derive(Clone, Debug, Scope)]
struct Word {
    word: String,
}

impl Matches for Word {
    type Input = String;
    fn allows(&self, word: Exact<'_, String>) -> bool {
        assert!(*word != "allow panics", "on purpose, when it would be allowed");
        *word == self.word
    }
    fn denies(&self, word: Folded<'_, String>) -> bool {
        assert!(!word.as_text().is("deny panics"), "on purpose, when it would be denied");
        word.as_text().is(&self.word)
    }
}

/// Say words.
#[derive(Permission)]
#[permission(id = "words:say", scope = Word)]
struct Say;

/// Say any word loud.
#[derive(Permission)]
#[permission(id = "words:shout", scope = Word)]
struct Shout;

/// A scope whose entries are made ready, and whose inputs become something else.
struct Stone;

thread_local! {
    static BREAKS: Cell<bool> = const { Cell::new(false) };
}

/// A word in stone.
#[derive(Clone, Debug, Scope)]
struct Carving {
    word: String,
}

impl Enforce for Stone {
    type Entry = Carving;
    type Input = String;
    type Admitted = Vec<u8>;
    type Rules = Vec<String>;

    fn compile(entries: &Entries<Carving>, _: &Machine) -> Result<Vec<String>, Vec<Unusable>> {
        assert!(!BREAKS.get(), "on purpose, when entries are made ready");
        Ok(entries.allow().iter().map(|entry| entry.word.clone()).collect())
    }

    fn admit(input: Untrusted<String>, admission: &Admission<'_, Self>) -> Result<Vec<u8>, Refusal> {
        let word = input.expose_to_scope();
        assert!(word != "panics", "on purpose, when it is admitted");
        let verdict = admission.grants().decide(|part| part.rules().contains(&word), |_| false);
        verdict.admitted("word")?;
        Ok(word.into_bytes())
    }
}

/// Carve words.
#[derive(Permission)]
#[permission(id = "words:carve", scope = Stone)]
struct Carve;

/// Spell words.
#[derive(Permission)]
#[permission(id = "words:spell", scope = Stone)]
struct Spell;

static RUN: AtomicUsize = AtomicUsize::new(0);

fn ran() -> u8 {
    RUN.fetch_add(1, Ordering::SeqCst);
    1
}

#[command(public("a test"))]
fn well() -> u8 {
    1
}

#[command(permission(Say))]
fn say(word: Checked<Say>) -> u8 {
    drop(word);
    ran()
}

#[command(permission(Say))]
async fn say_all(words: Vec<Checked<Say>>) -> u8 {
    drop(words);
    ran()
}

#[command(permission(Say), blocking)]
fn say_elsewhere(word: &Checked<Say>) -> u8 {
    let _ = word;
    ran()
}

#[command(permission(Say))]
fn say_by_hand(granted: Granted<'_, Say>, word: String) -> Result<u8, String> {
    granted.admit(word).map(|_| ran()).map_err(|refusal| refusal.to_string())
}

#[command(permission(Shout))]
fn shout(word: Checked<Shout>) -> u8 {
    drop(word);
    ran()
}

#[command(permission(Carve))]
fn carve(word: Option<Checked<Carve>>) -> u8 {
    drop(word);
    ran()
}

#[command(permission(Carve))]
fn carve_the_unreadable(word: Checked<Carve>, how: Unreadable) -> u8 {
    drop((word, how));
    ran()
}

#[command(permission(Spell))]
fn spell(word: Checked<Spell>) -> u8 {
    drop(word);
    ran()
}

static AUTHORITY: Authority = authority! {
    commands: [well, say, say_all, say_elsewhere, say_by_hand, shout, carve, carve_the_unreadable, spell],
    capabilities: ["faults/capabilities/scopes/main.json"],
    windows: ["main"],
};

fn watched() -> Watched {
    Watched::new(Gate::new(&AUTHORITY).runtime(Threads))
}

/// What panics is not admitted: its command does not begin. (In one test, since the count is one for all.)
#[test]
fn when_a_scope_panics_nothing_is_admitted() {
    let watched = watched();
    for word in ["allow panics", "deny panics"] {
        watched.panics("say", &format!(r#"{{"word":"{word}"}}"#), &["panicked"]);
        watched.panics("say_all", &format!(r#"{{"words":["yes","{word}"]}}"#), &["panicked"]);
        watched.panics("say_elsewhere", &format!(r#"{{"word":"{word}"}}"#), &["panicked"]);
        watched.panics("say_by_hand", &format!(r#"{{"word":"{word}"}}"#), &["panicked"]);
    }
    // Everything is allowed, and so an entry is asked for the first time under `deny`.
    watched.panics("shout", r#"{"word":"deny panics"}"#, &["panicked"]);
    watched.panics("carve", r#"{"word":"panics"}"#, &["panicked"]);
    watched.panics("carve_the_unreadable", r#"{"word":"yes","how":1}"#, &["panicked"]);
    assert_eq!(RUN.load(Ordering::SeqCst), 0);

    for (command, arguments) in [
        ("say", r#"{"word":"yes"}"#),
        ("shout", r#"{"word":"allow panics"}"#),
        ("carve", r#"{"word":"yes"}"#),
    ] {
        assert_eq!(watched.call(command, arguments), ["ok 1"], "`{command}` goes on");
    }
    assert_eq!(watched.call("say", r#"{"word":"no"}"#), ["denied"]);
    assert_eq!(watched.denials().len(), 1);

    nothing_is_switched_on_by_halves(&watched);
}

/// Entries that cannot be made ready are the host's own code, and its panic is its own.
fn nothing_is_switched_on_by_halves(watched: &Watched) {
    let session = &watched.session;
    let carving = |word: &str| Carving { word: word.to_owned() };
    let spell = |word: &str| watched.call("spell", &format!(r#"{{"word":"{word}"}}"#));
    BREAKS.set(true);
    let broken =
        catch_unwind(AssertUnwindSafe(|| session.switch_on_within::<Spell>(vec![carving("yes")]).is_ok()));
    BREAKS.set(false);
    assert!(broken.is_err());
    assert!(!session.may_call("spell"));
    assert_eq!(spell("yes"), ["denied"]);

    session.switch_on_within::<Spell>(vec![carving("yes")]).unwrap();
    assert_eq!((spell("yes"), spell("perhaps")), (vec!["ok 1".into()], vec!["denied".into()]));
    BREAKS.set(true);
    let broken = catch_unwind(AssertUnwindSafe(|| {
        session.switch_on_within::<Spell>(vec![carving("perhaps")]).is_ok()
    }));
    BREAKS.set(false);
    assert!(broken.is_err());
    assert_eq!((spell("yes"), spell("perhaps")), (vec!["ok 1".into()], vec!["denied".into()]), "as it was");
}

#[test]
fn when_a_gate_is_built_the_panic_is_the_hosts_and_another_can_be_built() {
    BREAKS.set(true);
    let built = catch_unwind(|| Gate::new(&AUTHORITY).runtime(Threads).build().is_ok());
    BREAKS.set(false);
    assert!(built.is_err());
    watched().serves();
}
