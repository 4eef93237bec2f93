//! Each difference of the list, by a program of a few lines: what Tauri does with it, and what we do. Where one of them no
//! longer is so, its test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{fs, path::Path, process::Command as Process, rc::Rc};

use portcullis::{Frame, Gate, Principal};
use portcullis_policy::{
    files::{self, permissions},
    platform::Platform,
    world::Declared,
};
use portcullis_tests_loaded::{self as loaded, Guard, Permission, Program};
use portcullis_tests_tauri_files::{
    callers::Caller,
    compare::target,
    differences::LIST,
    ours::Ours,
    theirs::{self, Theirs},
    world::{File, World},
};

const NOTES: &str = "
[[permission]]
identifier = 'allow-read'
commands.allow = ['read']
[[permission]]
identifier = 'allow-wipe'
commands.allow = ['wipe']
[[permission]]
identifier = 'deny-wipe'
commands.deny = ['wipe']
";
const MAIN: &str = r#"{ "identifier": "main", "windows": ["main"], "permissions": ["allow-read"] }"#;

fn try_tauri(world: &World) -> Result<Theirs, String> {
    Theirs::new(world, target(Platform::Linux), Rc::default())
}

fn tauri(world: &World, command: &str, caller: &Caller) -> bool {
    try_tauri(world).unwrap().allows(command, caller, None)
}

/// The program with its files as they are, and these commands.
fn here(world: &World, commands: &[&str]) -> Ours {
    Ours::new(&world.capabilities, &world.permissions, commands.iter().copied(), &["p".to_owned()])
}

/// As [`here`], of a program that compiles.
fn built(world: &World, commands: &[&str]) -> Ours {
    let ours = here(world, commands);
    assert_eq!(ours.refusals, Vec::<String>::new());
    ours
}

/// Tauri builds the program, and we do not, for this reason.
fn refused_here(world: &World, commands: &[&str], why: &str) {
    try_tauri(world).unwrap_or_else(|error| panic!("Tauri refuses it too: {error}"));
    let refusals = here(world, commands).refusals;
    assert!(refusals.iter().any(|refusal| refusal.contains(why)), "{refusals:#?}");
}

fn main() -> Caller {
    Caller::local("main")
}

#[test]
fn a_denial_is_about_the_windows_of_its_capability() {
    let all = r#"{ "identifier": "all", "windows": ["*"], "permissions": ["allow-wipe"] }"#;
    let guest = r#"{ "identifier": "guest", "windows": ["guest"], "permissions": ["deny-wipe"] }"#;
    let world = World::new(&[all, guest], &[NOTES], &[]);
    let (ours, guest) = (built(&world, &["wipe"]), Caller::local("guest"));
    assert!(!tauri(&world, "wipe", &main()) && !tauri(&world, "wipe", &guest));
    assert!(ours.allows("wipe", &main()) && !ours.allows("wipe", &guest));
}

/// The command `read` under a permission `p:read` that has a scope, which is a type here and a plugin's there.
fn scoped(entry: &str) -> (World, loaded::Loaded) {
    let text = format!(
        r#"{{ "identifier": "main", "windows": ["main"], "permissions": [{{ "identifier": "p:read", {entry} }}] }}"#
    );
    let plugin = "[[permission]]\nidentifier = 'read'\ncommands.allow = ['read']";
    let world = World::new(&[&text], &[], &[plugin]);
    let program = Program {
        declared: Declared { windows: vec!["main".to_owned()], ..Declared::default() },
        permissions: vec![Permission { id: "p:read".to_owned(), is_scoped: true }],
        commands: vec![loaded::Command {
            name: "read".to_owned(),
            guard: Guard::All(vec!["p:read".to_owned()]),
        }],
        capability_files: vec![loaded::File { name: "main.json".to_owned(), text }],
        ..Program::default()
    };
    (world, program.load())
}

#[test]
fn an_entry_with_deny_alone_grants_nothing() {
    let (world, loaded) = scoped(r#""deny": [{ "word": "secret" }]"#);
    assert!(tauri(&world, "plugin:p|read", &main()));
    let gate = Gate::new(loaded.authority).build().unwrap();
    assert!(!gate.session(Principal::window("main")).may_call("read"));
    let why = "narrows `p:read` with `deny`, which nobody that it matches is granted";
    assert!(loaded.refusals.iter().any(|refusal| refusal.contains(why)), "{:#?}", loaded.refusals);

    let (world, loaded) = scoped(r#""allow": [{ "word": "plain" }], "deny": [{ "word": "secret" }]"#);
    assert!(tauri(&world, "plugin:p|read", &main()) && loaded.refusals.is_empty());
    let gate = Gate::new(loaded.authority).build().unwrap();
    assert!(gate.session(Principal::window("main")).may_call("read"));
}

#[test]
fn without_permission_files_a_command_is_closed() {
    let world = World::new(&[], &[], &[]);
    assert!(tauri(&world, "wipe", &Caller::local("any")));
    assert!(!tauri(&world, "wipe", &Caller::from("any", "https://example.com/")));
    assert!(!here(&world, &["wipe"]).allows("wipe", &Caller::local("any")));
    // Any one permission of the program closes all of its commands in Tauri, too.
    assert!(!tauri(&World::new(&[], &[NOTES], &[]), "wipe", &Caller::local("any")));
}

/// A program with windows `main` and `about`, all of which may read.
fn everybody(capability: &str) -> Gate {
    let program = Program {
        declared: Declared { windows: vec!["main".to_owned(), "about".to_owned()], ..Declared::default() },
        commands: vec![loaded::Command { name: "read".to_owned(), guard: Guard::Own }],
        capability_files: vec![loaded::File { name: "all.json".to_owned(), text: capability.to_owned() }],
        ..Program::default()
    };
    let loaded = program.load();
    assert_eq!(loaded.refusals, Vec::<String>::new());
    Gate::new(loaded.authority).explain(false).build().unwrap()
}

#[test]
fn a_window_that_is_not_declared_may_call_nothing() {
    let text = r#"{ "identifier": "all", "windows": ["*"], "permissions": ["allow-read"] }"#;
    let world = World::new(&[text], &[NOTES], &[]);
    let gate = everybody(text);
    for (label, declared) in [("main", true), ("about", true), ("admin-1", false)] {
        assert!(tauri(&world, "read", &Caller::local(label)));
        assert_eq!(gate.session(Principal::window(label)).may_call("read"), declared, "{label}");
    }
}

#[test]
fn a_frame_has_no_rights_of_the_page_around_it() {
    // Tauri asks for window, webview and page alone: there is no frame in what it decides by.
    let text = r#"{ "identifier": "all", "windows": ["*"], "permissions": ["allow-read"] }"#;
    let frame = Principal::window("main").frame(Frame::Sub);
    assert!(!everybody(text).session(frame.clone()).may_call("read"));
    let any = r#"{ "identifier": "all", "windows": ["*"], "frames": "any", "permissions": ["allow-read"] }"#;
    assert!(everybody(any).session(frame).may_call("read"));
}

/// A capability for pages from elsewhere.
fn remote(pattern: &str) -> World {
    let text = format!(
        r#"{{ "identifier": "main", "windows": ["main"], "remote": {{ "urls": ["{pattern}"] }}, "permissions": ["allow-read"] }}"#
    );
    World::new(&[&text], &[NOTES], &[])
}

#[test]
fn a_page_without_an_origin_matches_no_pattern() {
    let world = remote("*://*:*");
    let ours = built(&world, &["read"]);
    let (page, file) = (Caller::from("main", "https://example.com/"), Caller::from("main", "file:///x.html"));
    assert!(tauri(&world, "read", &page) && ours.allows("read", &page));
    assert!(tauri(&world, "read", &file) && !ours.allows("read", &file));
}

#[test]
fn keys_of_ours_count_here_alone() {
    let text =
        r#"{ "identifier": "main", "windows": ["main"], "permissions": ["allow-read", "allow-wipe"] }"#;
    let guest = r#"{ "identifier": "no", "windows": ["main"], "permissions": ["allow-read"], "deny": ["allow-wipe"] }"#;
    let world = World::new(&[text, guest], &[NOTES], &[]);
    assert!(tauri(&world, "wipe", &main()));
    assert!(!here(&world, &["read", "wipe"]).allows("wipe", &main()));
    for text in [
        r#"{ "identifier": "tool", "clients": ["tool"], "optional": ["allow-read"] }"#,
        r#"{ "identifier": "no", "windows": ["main"], "deny": ["allow-read"] }"#,
    ] {
        assert!(files::read("main.json", text).problems.is_empty());
        let file = File { name: "main.json".to_owned(), text: text.to_owned() };
        assert!(theirs::capabilities(&file).unwrap_err().contains("missing field `permissions`"));
    }
}

#[test]
fn what_is_named_default_is_default() {
    let text = r#"{ "identifier": "main", "windows": ["main"], "permissions": ["default"] }"#;
    let named = "[[permission]]\nidentifier = 'default'\ncommands.allow = ['read']";
    let keyed = "[default]\npermissions = ['allow-read']\n[[permission]]\nidentifier = 'allow-read'\ncommands.allow = ['read']";
    for (file, found) in [(named, false), (keyed, true)] {
        let world = World::new(&[text], &[file], &[]);
        assert_eq!(tauri(&world, "read", &main()), found);
        assert!(built(&world, &["read"]).allows("read", &main()));
    }
}

#[test]
fn a_pattern_with_a_path_is_refused() {
    let world = remote("https://example.com/notes/*");
    assert!(tauri(&world, "read", &Caller::from("main", "https://example.com/notes/1")));
    // What Tauri's own protocol tells of a page has no path, so that this is what it asks for, whatever the page is.
    assert!(!tauri(&world, "read", &Caller::from("main", "https://example.com/")));
    refused_here(&world, &["read"], "has a path, but a browser tells the gate only the origin");
    refused_here(&remote("https://me@example.com"), &["read"], "has a user name");
}

#[test]
fn a_star_within_a_host_is_refused() {
    for (pattern, page) in [
        ("https://example.com*", "https://example.com.evil.test/"),
        ("https://*example.com", "https://evilexample.com/"),
    ] {
        let world = remote(pattern);
        assert!(tauri(&world, "read", &Caller::from("main", page)));
        refused_here(&world, &["read"], "has a `*` inside of its host");
    }
}

#[test]
fn a_class_of_characters_in_a_label_is_refused() {
    let text = r#"{ "identifier": "main", "windows": ["viewer-[12]"], "permissions": ["allow-read"] }"#;
    let world = World::new(&[text], &[NOTES], &[]);
    assert!(tauri(&world, "read", &Caller::local("viewer-2")));
    refused_here(&world, &["read"], "`viewer-[12]` is not a label glob");
}

#[test]
fn an_unknown_key_is_refused() {
    let text = r#"{ "identifier": "main", "windows": ["main"], "permissions": ["allow-read"], "platform": ["iOS"] }"#;
    let world = World::new(&[text], &[NOTES], &[]);
    assert!(tauri(&world, "read", &main()));
    refused_here(&world, &["read"], "unknown key `platform` in a capability");
    let misspelt =
        "[[permission]]\nidentifier = 'allow-read'\ncommands.allow = ['read']\ncommands.dney = ['wipe']";
    refused_here(&World::new(&[MAIN], &[misspelt], &[]), &["read"], "unknown key `dney` in `commands`");
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    let text =
        r#"{ "identifier": "main", "windows": ["main"], "permissions": ["allow-read"], "windows": ["*"] }"#;
    let world = World::new(&[text], &[NOTES], &[]);
    assert!(tauri(&world, "read", &Caller::local("other")));
    refused_here(&world, &["read"], "`windows`");
}

#[test]
fn a_capability_that_reaches_nobody_is_refused() {
    for (text, why) in [
        (r#"{ "identifier": "main", "permissions": ["allow-read"] }"#, "it reaches nobody"),
        (
            r#"{ "identifier": "main", "windows": ["main"], "local": false, "permissions": ["allow-read"] }"#,
            "its windows reach nothing",
        ),
    ] {
        let world = World::new(&[text], &[NOTES], &[]);
        assert!(!tauri(&world, "read", &main()));
        refused_here(&world, &["read"], why);
    }
}

#[test]
fn a_capability_that_grants_nothing_is_refused() {
    let text = r#"{ "identifier": "main", "windows": ["main"], "permissions": [] }"#;
    refused_here(&World::new(&[text], &[], &[]), &[], "grants nothing and denies nothing");
}

#[test]
fn a_grant_that_stands_for_nothing_is_refused() {
    let text = r#"{ "identifier": "main", "windows": ["main"], "permissions": ["home"] }"#;
    let nothing = "[[permission]]\nidentifier = 'home'\n[[permission]]\nidentifier = 'allow-read'\ncommands.allow = ['read']";
    refused_here(&World::new(&[text], &[nothing], &[]), &["read"], "which stands for nothing");
    let text = r#"{ "identifier": "main", "windows": ["main"], "permissions": ["default"] }"#;
    refused_here(&World::new(&[text], &[NOTES], &[]), &["read"], "`default`");
}

#[test]
fn a_grant_for_other_platforms_alone_is_refused() {
    let others =
        "[[permission]]\nidentifier = 'elsewhere'\nplatforms = ['android']\ncommands.allow = ['read']";
    let text = r#"{ "identifier": "main", "windows": ["main"], "platforms": ["linux"], "permissions": ["elsewhere"] }"#;
    refused_here(&World::new(&[text], &[others], &[]), &["read"], "which is for other platforms alone");
}

#[test]
fn an_empty_scope_is_refused() {
    let (world, loaded) = scoped(r#""allow": []"#);
    assert!(tauri(&world, "plugin:p|read", &main()));
    let theirs = try_tauri(&world).unwrap();
    assert!(theirs.resolved().command_scope.values().all(|scope| scope.allow.is_empty()));
    assert!(loaded.refusals[0].contains("`allow` of `p:read` is empty, which admits nothing"));
}

#[test]
fn entries_on_an_id_of_a_permission_file_are_refused() {
    let set = format!(
        "{NOTES}[[set]]\nidentifier = 'notes'\ndescription = ''\npermissions = ['allow-read', 'home']\n[[permission]]\nidentifier = 'home'"
    );
    let text = r#"{ "identifier": "main", "windows": ["main"], "permissions": [{ "identifier": "notes", "allow": [{ "path": "/home/**" }] }] }"#;
    let world = World::new(&[text], &[&set], &[]);
    assert!(tauri(&world, "read", &main()));
    // The member without a command has the entries, too: for every window.
    assert_eq!(try_tauri(&world).unwrap().resolved().global_scope[theirs::APP].allow.len(), 1);
    refused_here(&world, &["read"], "they have no scope");
}

#[test]
fn a_grant_for_no_command_is_refused() {
    let world = World::new(&[MAIN], &[NOTES], &[]);
    refused_here(&world, &["reed"], "`allow-read`");
    refused_here(
        &world,
        &["read", "wipe"],
        "command `wipe` needs permission `allow-wipe`, which no capability grants",
    );
    let text = r#"{ "identifier": "main", "windows": ["main"], "permissions": ["allow-read", "deny-wipe"] }"#;
    refused_here(&World::new(&[text], &[NOTES], &[]), &["read", "wipe"], "`deny-wipe`");
}

#[test]
fn a_scope_in_a_permission_file_is_refused() {
    let scope = "[[permission]]\nidentifier = 'secrets'\n[[permission.scope.allow]]\npath = '/secret/**'";
    let guest = r#"{ "identifier": "guest", "windows": ["guest"], "permissions": ["secrets"] }"#;
    let world = World::new(&[MAIN, guest], &[NOTES, scope], &[]);
    // What window `guest` was granted is in the scope of all.
    assert_eq!(try_tauri(&world).unwrap().resolved().global_scope[theirs::APP].allow.len(), 1);
    refused_here(&world, &["read"], "a permission of a permission file has no `scope`");
}

#[test]
fn an_id_that_is_defined_twice_is_refused() {
    let first = "[[permission]]\nidentifier = 'notes'\ncommands.allow = ['read']";
    let last = "[[permission]]\nidentifier = 'notes'\ncommands.allow = ['wipe']";
    let text = r#"{ "identifier": "main", "windows": ["main"], "permissions": ["notes"] }"#;
    let world = World::new(&[text], &[first, last], &[]);
    assert!(!tauri(&world, "read", &main()) && tauri(&world, "wipe", &main()));
    refused_here(&world, &["read", "wipe"], "two permissions are named `notes`");
}

const CYCLE: &str = "
[[set]]
identifier = 'a'
description = ''
permissions = ['b']
[[set]]
identifier = 'b'
description = ''
permissions = ['a']
";

fn cycle() -> World {
    let text = r#"{ "identifier": "main", "windows": ["main"], "permissions": ["a"] }"#;
    World::new(&[text], &[CYCLE], &[])
}

#[test]
fn a_set_that_holds_itself_is_refused() {
    let refusals = here(&cycle(), &[]).refusals;
    assert!(refusals[0].starts_with("permission set `a` holds itself, by way of others"), "{refusals:#?}");
    // Nothing catches an overflow of the stack, so another process looks at it.
    let child = Process::new(std::env::current_exe().unwrap())
        .args(["--exact", "tauri_overflows_the_stack", "--ignored", "--nocapture"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stderr);
    assert!(!child.status.success() && said.contains("overflowed its stack"), "{said}");
}

#[test]
#[ignore = "ends its process; `a_set_that_holds_itself_is_refused` starts one for it"]
fn tauri_overflows_the_stack() {
    let _ = try_tauri(&cycle());
}

#[test]
fn a_definition_that_is_no_id_is_refused() {
    for id in ["Bad Id!", "a_b", "p:read"] {
        let free = format!("{NOTES}[[permission]]\nidentifier = '{id}'\ncommands.allow = ['read']");
        refused_here(&World::new(&[MAIN], &[&free], &[]), &["read"], &format!("`{id}`"));
    }
}

#[test]
fn a_member_that_is_no_id_is_refused() {
    let set = format!("{NOTES}[[set]]\nidentifier = 'notes'\ndescription = ''\npermissions = ['allow_read']");
    refused_here(&World::new(&[MAIN], &[&set], &[]), &["read"], "`allow_read` is not a permission id");
    let text = r#"{ "identifier": "main", "windows": ["main"], "permissions": ["notes"] }"#;
    let error = try_tauri(&World::new(&[text], &[&set], &[])).map(drop).unwrap_err();
    assert!(error.starts_with("panics: invalid identifier in permission set?"), "{error}");
}

/// Tauri refuses to read this, and we do not.
fn refused_there(name: &str, text: &str, why: &str) {
    let file = File { name: name.to_owned(), text: text.to_owned() };
    let theirs = if name.contains("permissions") {
        let (_, problems) = permissions::read(name, text);
        assert_eq!(problems, []);
        theirs::permission_file(&file).map(drop)
    } else {
        assert_eq!(files::read(name, text).problems, []);
        theirs::capabilities(&file).map(drop)
    };
    let error = theirs.unwrap_err();
    assert!(error.contains(why), "{error}");
}

#[test]
fn comments_are_taken() {
    let text =
        "{ // why\n\"identifier\": \"main\", \"windows\": [\"main\"], \"permissions\": [\"allow-read\"] }";
    refused_there("main.json", text, "key must be a string");
    refused_there("main.jsonc", text, "unknown capability format");
    let comma = r#"{ "identifier": "main", "windows": ["main"], "permissions": ["allow-read"], }"#;
    refused_there("main.json", comma, "trailing comma");
}

#[test]
fn a_set_without_a_description_is_taken() {
    let text = "[[set]]\nidentifier = 'notes'\npermissions = ['allow-read']";
    refused_there("permissions/notes.toml", text, "missing field `description`");
}

#[test]
fn an_id_of_three_parts_is_taken() {
    for id in ["notes:private:read", "tauri-plugin-notes:read"] {
        let text = format!(r#"{{ "identifier": "main", "windows": ["main"], "permissions": ["{id}"] }}"#);
        refused_there("main.json", &text, "invalid plugin or permission identifier");
    }
}

/// No difference: what is said of child webviews, and twice, and of a missing id.
#[test]
fn the_rest_is_alike() {
    let text = r#"{ "identifier": "main", "windows": ["main"], "webviews": ["child"], "permissions": ["allow-read"] }"#;
    let world = World::new(&[text], &[NOTES], &[]);
    let ours = built(&world, &["read"]);
    for (window, webview, may) in
        [("main", "main", true), ("main", "other", true), ("other", "child", true), ("other", "other", false)]
    {
        let caller = Caller::local(window).webview(webview);
        assert_eq!((tauri(&world, "read", &caller), ours.allows("read", &caller)), (may, may), "{caller:?}");
    }

    let twice = World::new(&[MAIN, MAIN], &[NOTES], &[]);
    assert!(try_tauri(&twice).map(drop).unwrap_err().contains("already exists"));
    assert!(here(&twice, &["read"]).refusals.iter().any(|refusal| refusal.contains("`main`")));

    let unknown = r#"{ "identifier": "main", "windows": ["main"], "permissions": ["allow-raed"] }"#;
    let unknown = World::new(&[unknown], &[NOTES], &[]);
    assert!(try_tauri(&unknown).map(drop).unwrap_err().contains("unknown permission allow-raed"));
    assert!(here(&unknown, &["read"]).refusals.iter().any(|refusal| refusal.contains("`allow-raed`")));
}

const START: &str =
    "<!-- the list: UPDATE_EXPECTED=1 cargo test -p portcullis-tests-tauri-files writes it -->\n";
const END: &str = "<!-- the end of the list -->";

#[test]
fn the_list_is_that_of_the_readme_and_each_entry_has_its_test() {
    let tests = include_str!("differences.rs");
    let mut table = "| | Tauri | here | why | test |\n|---|---|---|---|---|\n".to_owned();
    for entry in LIST {
        assert!(tests.contains(&format!("#[test]\nfn {}()", entry.test)), "{} has no test", entry.id);
        let row = [entry.id, entry.theirs, entry.ours, entry.why].join(" | ");
        table.extend(["| ", &row, " | `", entry.test, "` |\n"]);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(START).expect("the README has the list");
    let (written, after) = rest.split_once(END).expect("the README has the end of the list");
    if written != table && std::env::var_os("UPDATE_EXPECTED").is_some() {
        return fs::write(path, format!("{before}{START}{table}{END}{after}")).unwrap();
    }
    assert_eq!(written, table, "UPDATE_EXPECTED=1 writes it");
}
