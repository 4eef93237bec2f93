//! What the negative test says of a gate that is broken, each in another way.

use super::*;
use crate::reply::{Failure, next_id};

#[crate::command(public("a test"))]
fn version() -> u32 {
    1
}

static AUTHORITY: Authority = crate::authority! { commands: [version], windows: ["main"], clients: ["cli"] };

/// A gate that is as it should be but for this.
#[derive(Clone, Copy, PartialEq)]
enum Broken {
    LetsIn,
    KeepsOut,
    Runs,
    DecodesFirst,
    Waits,
    TellsNobody,
    TellsOfAnother,
    TellsTwice,
    KnowsEveryName,
}

struct BrokenDoor(Door, Broken);

impl Ask for BrokenDoor {
    fn may(&self, how: How, command: &str) -> bool {
        match self.1 {
            Broken::LetsIn => command == "version",
            Broken::KeepsOut => false,
            Broken::KnowsEveryName if command != "version" => true,
            _ => self.0.may(how, command),
        }
    }

    fn ask(&self, how: How, command: &str, arguments: &[u8]) -> Option<Reply> {
        match self.1 {
            Broken::Runs => Some(Reply::Ok(b"1".to_vec())),
            Broken::Waits => None,
            Broken::DecodesFirst if arguments.starts_with(b"\xff") => {
                Some(Failure::new(Code::Invalid, None).into())
            }
            _ => self.0.ask(how, command, arguments),
        }
    }

    fn told(&self) -> Vec<Denial> {
        let mut told = self.0.told();
        match self.1 {
            Broken::TellsNobody => told.clear(),
            Broken::TellsOfAnother => told.iter_mut().for_each(|denial| denial.id = next_id()),
            Broken::TellsTwice => told.extend_from_within(..),
            _ => {}
        }
        told
    }
}

fn said(broken: Broken) -> String {
    let gate = Gate::new(&AUTHORITY).build().unwrap();
    let (_, faults) = Denials::of(&AUTHORITY, |principal| BrokenDoor(Door::open(&gate, principal), broken));
    told(&faults)
}

#[test]
fn a_gate_that_lets_somebody_in_is_told_of() {
    let said = said(Broken::LetsIn);
    assert!(
        said.contains(
            "`version` called by client `cli` (client `cli`): the capabilities do not let it in, and the gate would"
        ),
        "{said}"
    );
    assert!(
        said.contains("called by window `undeclared`") || said.contains("called by client `undeclared`"),
        "{said}"
    );
    assert!(!said.contains("window `main`, local, main frame"), "{said}");
}

#[test]
fn a_gate_that_keeps_somebody_out_is_told_of() {
    let said = said(Broken::KeepsOut);
    assert_eq!(
        said,
        "1 pairs of a caller and a command are not as the capabilities say:\n  \
         `version` called by window `main`, local, main frame (window `main`): \
         the capabilities let it in, and the gate would not"
    );
}

#[test]
fn a_command_that_runs_is_told_of() {
    assert!(said(Broken::Runs).contains("with `` it was not denied, and answered {\"ok\":1}"));
}

#[test]
fn a_command_that_waits_is_told_of_and_not_waited_for() {
    assert!(said(Broken::Waits).contains("it was not denied: it runs, and waits"));
}

#[test]
fn a_gate_that_decodes_before_it_decides_is_told_of() {
    let said = said(Broken::DecodesFirst);
    assert!(
        said.contains("{[rubbish` it was not denied, and answered {\"failed\":{\"code\":\"invalid\""),
        "{said}"
    );
}

#[test]
fn a_denial_that_the_host_is_not_told_of_once_is_told_of() {
    assert!(said(Broken::TellsNobody).contains("the host was told of 0 denials"));
    assert!(said(Broken::TellsTwice).contains("the host was told of 2 denials"));
    assert!(said(Broken::TellsOfAnother).contains("the host was told of 1 denials"));
}

#[test]
fn a_name_that_no_command_has_is_tried_too() {
    assert!(said(Broken::KnowsEveryName).contains("`unheard_of` called by"));
}

#[test]
fn all_are_told_of_at_once_as_many_as_one_reads() {
    let one = |at: usize| Fault {
        caller: all(&AUTHORITY).remove(0),
        command: format!("command_{at}"),
        what: "let in".to_owned(),
    };
    let many: Vec<Fault> = (0..150).map(one).collect();
    let said = told(&many);
    assert_eq!(said.lines().count(), 102);
    assert!(said.ends_with("\n  and 50 more"), "{said}");
}

#[test]
fn a_gate_as_it_should_be_is_told_nothing_of() {
    let gate = Gate::new(&AUTHORITY).build().unwrap();
    let (denials, faults) = Denials::of(&AUTHORITY, |principal| Door::open(&gate, principal));
    assert!(faults.is_empty(), "{}", told(&faults));
    assert_eq!(denials.commands(), 1);
    // All but the main window, and everybody for the name that no command has.
    assert_eq!(denials.pairs(), 2 * denials.callers() - 1);
}
