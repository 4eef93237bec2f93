"""The programs: the same N commands in each of the shapes, and a `main` that calls one by its name."""

import json

SIGNATURE = "(path: String, len: u32, data: Vec<u8>) -> Result<String, String>"
RESULT = 'Ok(format!("{path}{len}{}", data.len()))'
TAURI, SPECTA = "2.12.5", "2.0.0-rc.26"
# What a debug build of such a program does at start, as its documentation has it.
WRITES_CLIENT = {
    "portcullis-ts": '#[cfg(debug_assertions)] portcullis::typescript::Client::new(&AUTHORITY).window("main")'
    '.write("client.ts").unwrap();',
    "tauri-specta": "#[cfg(debug_assertions)] commands.export(specta_typescript::Typescript::default(), "
    '"client.ts").unwrap();',
}
READS_CALL = (
    "let mut words = std::env::args().skip(1); "
    'let (command, arguments) = (words.next().unwrap_or_default(), words.next().unwrap_or("{}".to_owned()));'
)
ANSWERS = (
    "match answer { Ok(text) => println!(\"{text}\"), Err(why) => { eprintln!(\"{why}\"); std::process::exit(1) } }"
)


def names(n):
    return [f"command_{i}" for i in range(n)]


def function(name, attribute="", edited=""):
    """A command. `edited` is a line more in its body: what follows it in the file moves down, as it does when people write."""
    return f"{attribute}\nfn {name}{SIGNATURE} {{\n{edited}    {RESULT}\n}}"


def functions(n, attribute, edit):
    """N commands, the first of which is edited: everything after it is in another line then."""
    line = f'    let path = path + "{edit}";\n' if edit else ""
    return [function(name, attribute(name), line if name == "command_0" else "") for name in names(n)]


def by_match(n, edit):
    def argument(name, key, ty):
        return (
            f'match arguments.get("{key}") {{ Some(value) => match serde_json::from_value::<{ty}>(value.clone()) '
            f'{{ Ok(value) => value, Err(error) => return Err(format!("invalid argument `{key}` of command '
            f'`{name}`: {{error}}")) }}, None => return Err("{name} is missing argument {key}".into()) }}'
        )

    def arm(name):
        values = ", ".join(argument(name, key, ty) for key, ty in [("path", "String"), ("len", "u32"), ("data", "Vec<u8>")])
        return (
            f'"{name}" => match {name}({values}) {{ Ok(value) => serde_json::to_value(value)'
            f".map_err(|error| error.to_string()), Err(error) => Err(error) }},"
        )

    return [
        "#![allow(unused_variables)]",
        "use serde_json::{Map, Value};",
        *functions(n, lambda name: "", edit),
        "fn call(command: &str, arguments: &Map<String, Value>) -> Result<Value, String> { match command {",
        *map(arm, names(n)),
        '_ => Err("there is no such command".into()) } }',
        f"fn main() {{ {READS_CALL}",
        "let arguments = serde_json::from_str(&arguments).unwrap();",
        f"let answer = call(&command, &arguments); {ANSWERS} }}",
    ]


def guarded(n, edit, client=""):
    own = lambda name: "#[portcullis::command(permission)]"
    return ["#![allow(dead_code)]", *functions(n, own, edit), *authority(n), *called_by_gate(client)]


def guarded_with_client(n, edit):
    return guarded(n, edit, WRITES_CLIENT["portcullis-ts"])


def shared(n, edit):
    permissions = [
        f'#[derive(portcullis::Permission)] #[permission(id = "shared:{i}")] pub struct Shared{i};'
        for i in range(min(n, 10))
    ]
    by = lambda name: f"#[portcullis::command(permission(Shared{int(name.split('_')[1]) % 10}))]"
    return ["#![allow(dead_code)]", *permissions, *functions(n, by, edit), *authority(n), *called_by_gate()]


def unlisted(n, edit):
    own = lambda name: "#[portcullis::command(permission)]"
    return ["#![allow(dead_code)]", *functions(n, own, edit), "fn main() {}"]


def authority(n):
    files = '"capabilities/main.json"' if n else ""
    return [
        "static AUTHORITY: portcullis::Authority = portcullis::authority! { commands: [",
        ",\n".join(names(n)),
        f'], capabilities: [{files}], windows: ["main"] }};',
    ]


def called_by_gate(client=""):
    return [
        "use portcullis::prelude::*;",
        f"fn main() {{ {client} {READS_CALL}",
        "let gate = Gate::new(&AUTHORITY).build().unwrap();",
        'let session = gate.session(Principal::window("main"));',
        # A synchronous command is ready at once.
        "let mut invoked = std::pin::pin!(session.invoke(Request::json(&command, arguments.as_bytes())));",
        "let std::task::Poll::Ready(reply) = invoked.as_mut().poll("
        "&mut std::task::Context::from_waker(std::task::Waker::noop())) else { panic!() };",
        "let answer = match reply { Reply::Ok(json) => Ok(String::from_utf8_lossy(&json).into_owned()), "
        'other => Err(format!("{other:?}")) };',
        f"{ANSWERS} }}",
    ]


def tauri(n, edit):
    by = lambda name: "#[tauri::command]"
    handler = ["tauri::generate_handler![", ",\n".join(names(n)), "]"]
    return ["#![allow(dead_code)]", *functions(n, by, edit), *called_by_tauri("", handler)]


def tauri_macros(n, edit):
    by = lambda name: "#[tauri::command]"
    handler = ["tauri::generate_handler![", ",\n".join(names(n)), "]"]
    context = "tauri::test::mock_context(tauri::test::noop_assets())"
    return ["#![allow(dead_code)]", *functions(n, by, edit), *called_by_tauri("", handler, context)]


def specta(n, edit):
    by = lambda name: "#[tauri::command]\n#[specta::specta]"
    collected = ",\n".join(names(n))
    builder = (
        "let commands = tauri_specta::Builder::<tauri::test::MockRuntime>::new()"
        f".commands(tauri_specta::collect_commands![{collected}]); {WRITES_CLIENT['tauri-specta']}"
    )
    return ["#![allow(dead_code)]", *functions(n, by, edit), *called_by_tauri(builder, ["commands.invoke_handler()"])]


def called_by_tauri(before, handler, context="tauri::generate_context!()"):
    return [
        f"fn main() {{ {before} {READS_CALL}",
        "let app = tauri::test::mock_builder().invoke_handler(",
        *handler,
        f").build({context}).unwrap();",
        'let window = tauri::WebviewWindowBuilder::new(&app, "main", Default::default()).build().unwrap();',
        "let answer = tauri::test::get_ipc_response(&window, tauri::webview::InvokeRequest { cmd: command, "
        "callback: tauri::ipc::CallbackFn(0), error: tauri::ipc::CallbackFn(1), "
        'url: "tauri://localhost".parse().unwrap(), '
        "body: tauri::ipc::InvokeBody::Json(serde_json::from_str(&arguments).unwrap()), "
        "headers: Default::default(), invoke_key: tauri::test::INVOKE_KEY.to_owned() })",
        ".map(|body| body.deserialize::<serde_json::Value>().unwrap());",
        f"{ANSWERS} }}",
    ]


def tauri_build(n):
    """The build script of a program whose commands Tauri is to guard."""
    listed = ",\n".join(f'"{name}"' for name in names(n))
    return [
        "fn main() {",
        "let manifest = tauri_build::AppManifest::new().commands(&[",
        listed,
        "]);",
        "tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)).unwrap();",
        "}",
    ]


def own_ids(n):
    """The ids of the commands' own permissions: what both Tauri and ours call them."""
    return [f"allow-{name.replace('_', '-')}" for name in names(n)]


def capability(ids, edit):
    """A capability file. `edit` is a line more above its grants, all of which move down."""
    said = {"description": f"edit {edit}"} if edit else {}
    return json.dumps({"identifier": "main"} | said | {"windows": ["main"], "permissions": ids}, indent=1)
