//! Names that are almost those of commands.

use portcullis::{Authority, authority, command};
use portcullis_tauri::GateExt as _;
use serde_json::json;

use crate::page::{Program, Settled, invoke};

#[command(public("an example"))]
fn read_note() -> &'static str {
    "read"
}

static AUTHORITY: Authority = authority! { commands: [read_note], windows: ["main"] };

const ALMOST: &[&str] = &[
    "",
    " ",
    "read_note ",
    " read_note",
    "Read_note",
    "READ_NOTE",
    "readNote",
    "read-note",
    "read_note\0",
    "\0read_note",
    "read_note\n",
    "read%5Fnote",
    "%72ead_note",
    "re\u{301}ad_note",
    "ｒead_note",
    "app::read_note",
    "/read_note",
    "read_note/",
    "read_note?x",
    "read_note#x",
    "read_note|read_note",
    "portcullis|read_note",
    "PLUGIN:read_note",
    "%70lugin:x|read_note",
    "plugin",
    "__proto__",
    "constructor",
];

/// `a_cmd_name_mangling`
#[test]
fn a_cmd_name_mangling_only_the_name_itself_is_a_command() {
    let gate = portcullis_tauri::gate(&AUTHORITY).explain(false).build().unwrap();
    let only = Program::new(gate.handler());
    let main = only.window("main");
    assert_eq!(invoke(&main, "read_note", json!({})), Settled::Resolved(json!("read")));
    for name in ALMOST {
        assert_eq!(invoke(&main, name, json!({})).code(), "denied", "{name:?}");
    }
    for long in ["x".repeat(1 << 20), "read_note".repeat(100_000), "\u{1b}[2J".repeat(100_000)] {
        assert_eq!(invoke(&main, &long, json!({})).code(), "denied");
    }
}

/// `a_cmd_name_mangling`
#[test]
fn a_cmd_name_mangling_a_name_of_a_plugins_does_not_get_here() {
    let gate = portcullis_tauri::gate(&AUTHORITY).build().unwrap();
    let program = Program::new(gate.handler());
    let main = program.window("main");
    for name in [
        "plugin:read_note",
        "plugin:portcullis|read_note",
        "plugin:|read_note",
        "plugin:x|read_note|y",
        "plugin:",
    ] {
        let Settled::Rejected(text) = invoke(&main, name, json!({})) else { panic!("{name}") };
        let text = text.as_str().unwrap();
        assert!(text.contains("not allowed") || text.contains("not found"), "{name}: {text}");
    }
}

/// `a_cmd_name_mangling`
#[test]
fn a_cmd_name_mangling_what_is_almost_ours_is_others() {
    let gate = portcullis_tauri::gate(&AUTHORITY).build().unwrap();
    let program = Program::new(gate.or(|invoke| {
        invoke.resolver.resolve("theirs");
        true
    }));
    let main = program.window("main");
    for name in ALMOST {
        assert_eq!(invoke(&main, name, json!({})), Settled::Resolved(json!("theirs")), "{name:?}");
    }
}

/// `a_no_exempt_commands`
#[test]
fn a_no_exempt_commands_our_plugin_has_none() {
    let gate = portcullis_tauri::gate(&AUTHORITY).build().unwrap();
    let builder =
        tauri::test::mock_builder().plugin(portcullis_tauri::plugin(&gate)).invoke_handler(gate.handler());
    let program = Program::built(builder, &[("plugin:portcullis|read_note", "https://*")]);
    let main = program.window("main");
    assert!(matches!(invoke(&main, "plugin:portcullis|read_note", json!({})), Settled::Rejected(_)));
    // An unknown command is no way around the gate, whatever our client says beside it.
    for header in ["call 1", "open 1 2", "listen 1 2"] {
        assert_eq!(crate::page::ask(&main, header, "unknown", json!({})).code(), "denied");
    }
}
