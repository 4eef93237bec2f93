//! What a command takes of Tauri's, beside the gate's own and beside data.

use portcullis::{Authority, Permission, authority, command};
use portcullis_tauri::GateExt as _;
use serde_json::json;
use tauri::{
    AppHandle, Manager as _, State, Webview, WebviewWindow, Window, ipc::Channel, test::MockRuntime,
};

use crate::page::{Program, Settled, invoke};

#[command(public("says who calls"))]
fn labels(
    app: AppHandle<MockRuntime>,
    window: Window<MockRuntime>,
    webview: Webview<MockRuntime>,
    both: WebviewWindow<MockRuntime>,
    beside: u32,
) -> String {
    let known = app.get_webview_window(window.label()).is_some();
    format!("{} {} {} {known} {beside}", window.label(), webview.label(), both.label())
}

#[command(public("counts"))]
async fn counted(count: State<'_, u32>, ours: portcullis::State<'_, String>) -> Result<String, String> {
    Ok(format!("{} {}", *count, *ours))
}

#[command(public("says how far it is"))]
fn progress(to: u32, on_progress: Channel<u32>) -> Result<u32, tauri::Error> {
    for step in 0..to {
        on_progress.send(step)?;
    }
    Ok(to)
}

#[command(public("what came"))]
fn raw(request: tauri::ipc::Request<'_>) -> Result<tauri::ipc::Response, tauri::Error> {
    let length = match request.body() {
        tauri::ipc::InvokeBody::Raw(bytes) => bytes.len(),
        tauri::ipc::InvokeBody::Json(_) => 0,
    };
    Ok(tauri::ipc::Response::new(vec![7; length]))
}

#[tauri::command]
fn old(name: String) -> String {
    format!("old {name}")
}

/// Wipe it.
#[derive(Permission)]
#[permission(id = "disk:wipe")]
struct Wipe;

#[command(permission(Wipe))]
fn wipe() {}

static AUTHORITY: Authority = authority! {
    commands: [labels, counted, progress, raw, wipe],
    capabilities: ["tests/mock/capabilities/main.json"],
    windows: ["main", "other"],
};

fn program() -> Program {
    let gate = portcullis_tauri::gate(&AUTHORITY).state("ours".to_owned()).build().unwrap();
    let program = Program::new(gate.or(tauri::generate_handler![old]));
    program.app.manage(7_u32);
    program
}

#[test]
fn commands_take_what_is_tauris() {
    let program = program();
    let main = program.window("main");
    assert_eq!(
        invoke(&main, "labels", json!({"beside": 3})),
        Settled::Resolved(json!("main main main true 3"))
    );
    assert_eq!(invoke(&main, "counted", json!({})), Settled::Resolved(json!("7 ours")));
    assert_eq!(
        invoke(&main, "progress", json!({"to": 2, "onProgress": "__CHANNEL__:4"})),
        Settled::Resolved(json!(2))
    );
}

#[test]
fn only_what_the_gate_does_not_know_falls_through() {
    let program = program();
    let (main, other) = (program.window("main"), program.window("other"));
    assert_eq!(invoke(&main, "old", json!({"name": "you"})), Settled::Resolved(json!("old you")));
    assert_eq!(invoke(&main, "wipe", json!({})), Settled::Resolved(json!(null)));
    let Settled::Rejected(refused) = invoke(&other, "wipe", json!({})) else { panic!() };
    assert!(refused.as_str().unwrap().starts_with("denied (failure "), "{refused}");
}
