//! A program that is loaded at run time is what it would be if it were compiled.
#![allow(clippy::unwrap_used, clippy::panic)]

use portcullis::{Gate, Principal, Reply, Request, Session};
use portcullis_policy::world::Declared;
use portcullis_tests_loaded::{Command, File, Group, Guard, Loaded, Permission, Program, Set};

fn program(capability: &str) -> Program {
    let all = |ids: &[&str]| Guard::All(ids.iter().map(|id| (*id).to_owned()).collect());
    let command = |name: &str, guard| Command { name: name.into(), guard };
    Program {
        declared: Declared { windows: vec!["main".into(), "viewer-*".into()], ..Declared::default() },
        permissions: vec![
            Permission { id: "words:say".into(), is_scoped: true },
            Permission { id: "words:count".into(), is_scoped: false },
        ],
        sets: vec![Set { id: "words:all".into(), members: vec!["words:say".into(), "words:count".into()] }],
        commands: vec![
            command("say", all(&["words:say"])),
            command("count", all(&["words:count"])),
            command("clock:now", Guard::Own),
            command("version", Guard::Public),
        ],
        capability_files: vec![File { name: "capabilities/main.json".into(), text: capability.into() }],
        ..Program::default()
    }
}

fn open(loaded: &Loaded, window: &str) -> Session {
    Gate::new(loaded.authority).explain(false).build().unwrap().session(Principal::window(window))
}

fn said(session: &Session, word: &str) -> String {
    let arguments = format!(r#"{{"word":"{word}"}}"#);
    match session.invoke(Request::json("say", arguments.as_bytes())).into_ready() {
        Ok(Reply::Ok(bytes)) => String::from_utf8(bytes).unwrap(),
        Ok(Reply::Failed(failure)) => failure.code().to_string(),
        Ok(other) => panic!("{other:?}"),
        Err(waiting) => panic!("it waits: {}", std::any::type_name_of_val(&waiting)),
    }
}

const ALL: &str = r#"[
    { "identifier": "main", "windows": ["main"],
      "permissions": [{ "identifier": "words:all", "allow": [{ "word": "tea" }, { "word": "oil" }], "deny": [{ "word": "oil" }] },
                      "clock:allow-now"] },
    { "identifier": "viewers", "windows": ["viewer-*"], "permissions": [],
      "optional": ["words:count"] }
]"#;

#[test]
fn what_compiles_decides_as_its_files_say() {
    let loaded = program(ALL).load();
    assert_eq!(loaded.refusals, [""; 0]);
    let main = open(&loaded, "main");
    for command in ["say", "count", "clock:now", "version"] {
        assert!(main.may_call(command), "{command}");
    }
    let viewer = open(&loaded, "viewer-1");
    assert!(viewer.may_call("version") && !viewer.may_call("say") && !viewer.may_call("clock:now"));
}

#[test]
fn a_scope_admits_what_its_entries_name() {
    let main = open(&program(ALL).load(), "main");
    assert_eq!([said(&main, "tea"), said(&main, "oil"), said(&main, "gin")], ["\"tea\"", "denied", "denied"]);
}

#[test]
fn what_is_optional_can_be_switched_on_by_its_id() {
    let loaded = program(ALL).load();
    let viewer = open(&loaded, "viewer-1");
    assert!(!viewer.may_call("count"));
    loaded.switch_on(&viewer, "words:count").unwrap();
    assert!(viewer.may_call("count"));
    loaded.switch_off(&viewer, "words:count");
    assert!(!viewer.may_call("count"));
    assert!(loaded.switch_on(&viewer, "words:say").is_err());
}

#[test]
fn what_does_not_compile_says_what_the_build_says() {
    let loaded = program(
        r#"{ "identifier": "main", "windows": ["main", "mian"], "permissions": ["words:cuont", "clock:allow-now"] }"#,
    )
    .load();
    let refused = loaded.refusals.join("\n");
    for part in [
        "window `mian` of capability `main` is none of the declared windows",
        "command `say` needs permission `words:say`, which no capability grants",
        "command `count` needs permission `words:count`, which no capability grants",
        "`words:cuont`",
        "capabilities/main.json:1:",
    ] {
        assert!(refused.contains(part), "{part} in:\n{refused}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told_of_alone() {
    let loaded = program(r#"{ "identifier": "main", "windows": ["main"], "permission": [] }"#).load();
    assert_eq!(loaded.refusals.len(), 1, "{:#?}", loaded.refusals);
    assert!(loaded.refusals[0].contains("unknown key `permission`"), "{:#?}", loaded.refusals);
}

/// Word for word: `tests/ui/macro/` has such programs, and what the compiler prints of them.
#[test]
fn a_refusal_names_nothing_that_the_program_has_not() {
    let help = |program: &Program| {
        let refusals = program.load().refusals;
        let text = refusals.iter().find(|text| text.contains("there is no permission of that id"));
        text.and_then(|text| text.lines().last()).map(str::to_owned).unwrap()
    };
    let unknown = |id: &str| {
        program(&format!(r#"{{ "identifier": "main", "windows": ["main"], "permissions": ["{id}"] }}"#))
    };
    let remove = "help: remove it, or list the command that needs it; the permissions of this program are:";
    let listed = help(&unknown("ghost"));
    let names = listed.strip_prefix(remove).unwrap().split('`').skip(1).step_by(2);
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    assert_eq!(names, ["clock:allow-now", "words:count", "words:say"]);
    assert_eq!(help(&unknown("g")), listed);
    assert_eq!(help(&unknown("words:sya")), "help: did you mean `words:say`?");
    let public = Program {
        commands: vec![Command { name: "version".into(), guard: Guard::Public }],
        ..unknown("ghost")
    };
    assert_eq!(help(&public), format!("{remove} none"));
    // Under the namespace that its group is listed as.
    let renamed = Program {
        commands: Vec::new(),
        groups: vec![Group {
            namespace: "words".into(),
            listed_as: Some("texts".into()),
            set: None,
            commands: vec![Command { name: "say".into(), guard: Guard::All(vec!["words:say".into()]) }],
        }],
        ..unknown("ghost")
    };
    assert_eq!(help(&renamed), format!("{remove} `texts:say`"));
}

#[test]
fn a_program_may_be_empty() {
    let loaded = Program::default().load();
    assert_eq!(loaded.refusals, [""; 0]);
    assert!(!open(&loaded, "main").may_call("version"));
}

#[test]
fn sets_are_judged_without_any_command() {
    let set =
        |members: &[&str]| Set { id: "all".into(), members: members.iter().map(|&id| id.into()).collect() };
    let twice = Program {
        commands: Vec::new(),
        sets: vec![set(&["words:say"]), set(&["words:count"])],
        capability_files: Vec::new(),
        ..program(ALL)
    };
    let refusals = twice.load().refusals;
    assert!(
        refusals.len() == 1 && refusals[0].starts_with("two permission sets have the id `all`"),
        "{refusals:?}"
    );
}
