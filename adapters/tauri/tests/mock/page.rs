//! A page of a program on the mock runtime: what it sends, and what it is answered.

use std::sync::mpsc;

use serde_json::Value;
use tauri::{
    Webview, WebviewWindow, WebviewWindowBuilder,
    http::HeaderMap,
    ipc::{CallbackFn, InvokeBody, InvokeError, InvokeResponse, InvokeResponseBody},
    test::{INVOKE_KEY, MockRuntime, mock_builder, mock_context, noop_assets},
    webview::InvokeRequest,
};

/// A program, built with this handler, and its window `main`.
pub(crate) struct Program {
    pub(crate) app: tauri::App<MockRuntime>,
}

impl Program {
    pub(crate) fn new(
        handler: impl Fn(tauri::ipc::Invoke<MockRuntime>) -> bool + Send + Sync + 'static,
    ) -> Self {
        let app = mock_builder().invoke_handler(handler).build(mock_context(noop_assets())).unwrap();
        Self { app }
    }

    pub(crate) fn window(&self, label: &str) -> WebviewWindow<MockRuntime> {
        WebviewWindowBuilder::new(&self.app, label, tauri::WebviewUrl::default()).build().unwrap()
    }
}

/// What came of a call: what the promise resolves or rejects with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Settled {
    Resolved(Value),
    Bytes(Vec<u8>),
    Rejected(Value),
}

/// Sends one message, and waits for the answer.
pub(crate) fn invoke(window: &WebviewWindow<MockRuntime>, command: &str, arguments: Value) -> Settled {
    send(window.as_ref(), command, InvokeBody::Json(arguments), &[]).recv().expect("no answer")
}

/// Sends one message; the answer comes when it comes.
pub(crate) fn send(
    webview: &Webview<MockRuntime>,
    command: &str,
    body: InvokeBody,
    headers: &[(&'static str, &str)],
) -> mpsc::Receiver<Settled> {
    let (answer, answered) = mpsc::channel();
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, value.parse().unwrap());
    }
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().unwrap(),
        body,
        headers: map,
        invoke_key: INVOKE_KEY.to_owned(),
    };
    webview.clone().on_message(
        request,
        Box::new(move |_, _, response, _, _| {
            let settled = match response {
                InvokeResponse::Ok(InvokeResponseBody::Json(text)) => {
                    Settled::Resolved(serde_json::from_str(&text).expect("what resolves is no JSON"))
                }
                InvokeResponse::Ok(InvokeResponseBody::Raw(bytes)) => Settled::Bytes(bytes),
                InvokeResponse::Err(InvokeError(value)) => Settled::Rejected(value),
            };
            let _ = answer.send(settled);
        }),
    );
    answered
}
