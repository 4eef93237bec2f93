//! A message may come while somebody holds what Tauri keeps locked.

use std::{sync::mpsc, thread, time::Duration};

use portcullis::{Authority, authority, command};
use portcullis_tauri::GateExt as _;
use serde_json::json;
use tauri::{
    Runtime,
    ipc::InvokeBody,
    plugin::{Builder, TauriPlugin},
    test::MockRuntime,
};

use crate::page::{Program, Settled, invoke, send};

#[command(public("an example"))]
fn read_note() -> &'static str {
    "read"
}

static AUTHORITY: Authority = authority! { commands: [read_note], windows: ["main"] };

/// Calls a command of ours from within one of its own, while Tauri holds all plugins locked: as happens where a plugin lets the
/// event loop run.
fn nested() -> TauriPlugin<MockRuntime> {
    Builder::new("nested")
        .invoke_handler(|invoke| {
            let webview = invoke.message.webview();
            let settled = send(&webview, "read_note", InvokeBody::Json(json!({})), &[]).settled();
            invoke.resolver.resolve(settled == Settled::Resolved(json!("read")));
            true
        })
        .build()
}

#[test]
fn the_first_message_may_come_while_a_plugin_runs() {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let gate = portcullis_tauri::gate(&AUTHORITY).build().unwrap();
        let builder = tauri::test::mock_builder().plugin(nested()).invoke_handler(gate.handler());
        let mut context = tauri::test::mock_context(tauri::test::noop_assets());
        context
            .runtime_authority_mut()
            .__allow_command("plugin:nested|x".to_owned(), tauri::utils::acl::ExecutionContext::Local);
        let app = builder.build(context).unwrap();
        let main =
            tauri::WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default()).build().unwrap();
        let _ =
            tell.send((invoke(&main, "plugin:nested|x", json!({})), invoke(&main, "read_note", json!({}))));
    });
    let (nested, after) = told.recv_timeout(Duration::from_secs(20)).expect("it hangs");
    assert_eq!(nested, Settled::Resolved(json!(true)));
    assert_eq!(after, Settled::Resolved(json!("read")));
}

#[test]
fn two_gates_do_not_take_each_others_place() {
    fn watched<R: Runtime>(gate: &portcullis::Gate) -> &'static str {
        tauri::plugin::Plugin::name(&portcullis_tauri::plugin::<R>(gate))
    }
    let gates = [(); 3].map(|()| portcullis_tauri::gate(&AUTHORITY).build().unwrap());
    let names = gates.map(|gate| watched::<MockRuntime>(&gate));
    assert!(names[0] != names[1] && names[1] != names[2] && names[0] != names[2], "{names:?}");
}

#[test]
fn a_command_may_look_at_its_own_sessions() {
    #[command(public("an example"))]
    fn sessions(
        webview: tauri::Webview<MockRuntime>,
        gate: portcullis::State<'_, std::sync::OnceLock<portcullis::Gate>>,
    ) -> usize {
        gate.get().get().map_or(0, |gate| gate.sessions_of(&webview).len())
    }
    static OWN: Authority = authority! { commands: [sessions], windows: ["main"] };
    let gate =
        portcullis_tauri::gate(&OWN).state(std::sync::OnceLock::<portcullis::Gate>::new()).build().unwrap();
    gate.state::<std::sync::OnceLock<portcullis::Gate>>().unwrap().set(gate.clone()).unwrap();
    let program = Program::new(gate.handler());
    assert_eq!(invoke(&program.window("main"), "sessions", json!({})), Settled::Resolved(json!(1)));
}

#[test]
fn a_program_that_is_told_of_a_denial_may_look_at_its_sessions() {
    use std::sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    };

    let seen = Arc::new(AtomicUsize::new(0));
    let known: Arc<OnceLock<(portcullis::Gate, tauri::WebviewWindow<MockRuntime>)>> = Arc::default();
    let (hook, counts) = (Arc::clone(&known), Arc::clone(&seen));
    let gate = portcullis_tauri::gate(&AUTHORITY)
        .on_denial(move |_| {
            let (gate, main) = hook.get().unwrap();
            counts.fetch_add(gate.sessions_of(main.as_ref()).len(), Ordering::SeqCst);
            // And another call, from within the first.
            assert_eq!(invoke(main, "read_note", json!({})), Settled::Resolved(json!("read")));
        })
        .build()
        .unwrap();
    let program = Program::new(gate.handler());
    let main = program.window("main");
    known.set((gate, main.clone())).unwrap();
    assert_eq!(invoke(&main, "unknown", json!({})).code(), "denied");
    assert_eq!(invoke(&main, "unknown", json!({})).code(), "denied");
    assert_eq!(seen.load(Ordering::SeqCst), 2);
}

#[test]
fn pages_come_and_go_while_calls_run() {
    let working = crate::work::working();
    thread::scope(|scope| {
        for number in 0..4_u64 {
            let main = &working.main;
            scope.spawn(move || {
                for round in 0..100 {
                    let id = number * 1000 + round;
                    let channel = format!("__CHANNEL__:{id}");
                    let settled = [
                        crate::page::ask(main, &format!("call {id}"), "later", json!({"ms": 1})),
                        crate::page::ask(main, &format!("open {id} {id}"), "silent", json!({})),
                        crate::page::ask(main, &format!("listen {} {id}", id + 500), "ticked", json!({})),
                        invoke(main, "climb", json!({"steps": 3, "onStep": channel})),
                        invoke(main, "add", json!({"a": 1, "b": 1})),
                    ];
                    for settled in settled {
                        let code = settled.code();
                        assert!(matches!(code, "" | "cancelled" | "too_many" | "invalid"), "{settled:?}");
                    }
                }
            });
        }
        for round in 0..200 {
            working.goes_to(["tauri://localhost/other", crate::page::HOME][round % 2]);
            thread::sleep(Duration::from_millis(2));
        }
    });
    working.goes_to(crate::page::HOME);
    crate::page::until(|| working.work.going_on() == 0);
}
