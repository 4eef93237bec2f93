//! A page of a program on the mock runtime: what it sends, what it is answered, and what it hears through its channels.

use std::{
    sync::{Arc, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tauri::{
    Webview, WebviewWindow, WebviewWindowBuilder,
    http::{HeaderMap, HeaderValue},
    ipc::{CallbackFn, Invoke, InvokeBody, InvokeError, InvokeResponse, InvokeResponseBody},
    test::{INVOKE_KEY, MockRuntime, mock_builder, mock_context, noop_assets},
    utils::acl::ExecutionContext,
    webview::InvokeRequest,
};

/// The address of the program's own pages.
pub(crate) const HOME: &str = "tauri://localhost";

/// A program, built with this handler.
pub(crate) struct Program {
    pub(crate) app: tauri::App<MockRuntime>,
    said: Arc<Mutex<Vec<Said>>>,
}

/// One message through a channel.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) webview: String,
    pub(crate) channel: u32,
    pub(crate) index: usize,
    pub(crate) body: Body,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Body {
    Json(Value),
    Bytes(Vec<u8>),
}

impl Program {
    pub(crate) fn new(handler: impl Fn(Invoke<MockRuntime>) -> bool + Send + Sync + 'static) -> Self {
        Self::admitting(handler, &[])
    }

    /// As `new`, and Tauri's own list lets remote pages of these addresses through to these commands.
    pub(crate) fn admitting(
        handler: impl Fn(Invoke<MockRuntime>) -> bool + Send + Sync + 'static,
        remote: &[(&str, &str)],
    ) -> Self {
        Self::built(mock_builder().invoke_handler(handler), remote)
    }

    pub(crate) fn built(builder: tauri::Builder<MockRuntime>, remote: &[(&str, &str)]) -> Self {
        let said = Arc::new(Mutex::new(Vec::new()));
        let hears = Arc::clone(&said);
        let builder = builder.channel_interceptor(move |webview, CallbackFn(channel), index, body| {
            let body = match body {
                InvokeResponseBody::Json(text) => Body::Json(serde_json::from_str(text).unwrap()),
                InvokeResponseBody::Raw(bytes) => Body::Bytes(bytes.clone()),
            };
            hears.lock().unwrap().push(Said { webview: webview.label().to_owned(), channel, index, body });
            true
        });
        let mut context = mock_context(noop_assets());
        for (command, pattern) in remote {
            let context_of = ExecutionContext::Remote { url: pattern.parse().unwrap() };
            context.runtime_authority_mut().__allow_command((*command).to_owned(), context_of);
        }
        Self { app: builder.build(context).unwrap(), said }
    }

    pub(crate) fn window(&self, label: &str) -> WebviewWindow<MockRuntime> {
        self.window_at(label, tauri::WebviewUrl::default())
    }

    pub(crate) fn window_at(&self, label: &str, url: tauri::WebviewUrl) -> WebviewWindow<MockRuntime> {
        WebviewWindowBuilder::new(&self.app, label, url).build().unwrap()
    }

    /// What has come through a channel of a webview, so far.
    pub(crate) fn heard(&self, webview: &str, channel: u32) -> Vec<Said> {
        let said = self.said.lock().unwrap();
        said.iter().filter(|one| one.webview == webview && one.channel == channel).cloned().collect()
    }

    /// The lines that have come through a channel that our client has opened in `main`, so far.
    pub(crate) fn lines(&self, channel: u32) -> Vec<String> {
        let text: String = self.heard("main", channel).into_iter().map(Said::text).collect();
        text.lines().map(str::to_owned).collect()
    }
}

impl Said {
    pub(crate) fn text(self) -> String {
        match self.body {
            Body::Json(Value::String(text)) => text,
            other => panic!("no text: {other:?}"),
        }
    }
}

/// What came of a call: what the promise resolves or rejects with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Settled {
    Resolved(Value),
    Bytes(Vec<u8>),
    Rejected(Value),
}

impl Settled {
    /// The code of a failure, in an envelope or as a text, or nothing.
    pub(crate) fn code(&self) -> &str {
        match self {
            Self::Resolved(value) => value["failed"]["code"].as_str().unwrap_or_default(),
            Self::Rejected(value) => match value.as_str().and_then(|text| text.split_once(" (failure ")) {
                Some((code, _)) => code,
                None => "",
            },
            Self::Bytes(_) => "",
        }
    }

    /// What is said of a failure.
    pub(crate) fn message(&self) -> &str {
        match self {
            Self::Resolved(value) => value["failed"]["message"].as_str().unwrap_or_default(),
            Self::Rejected(value) => value.as_str().unwrap_or_default(),
            Self::Bytes(_) => "",
        }
    }

    /// A refusal without its number, which is another each time.
    pub(crate) fn unnumbered(&self) -> String {
        format!("{self:?}").chars().filter(|c| !c.is_ascii_digit()).collect()
    }
}

/// The answer to a call, when it comes.
pub(crate) struct Answer(mpsc::Receiver<Settled>);

impl Answer {
    /// Waits for it, and for no second one.
    pub(crate) fn settled(self) -> Settled {
        let settled = self.0.recv_timeout(Duration::from_secs(20)).expect("no answer");
        assert!(self.0.try_recv().is_err(), "answered twice");
        settled
    }

    /// Nothing has come yet.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.0.try_recv(), Err(mpsc::TryRecvError::Empty))
    }
}

/// Sends one plain message, and waits for the answer.
pub(crate) fn invoke(window: &WebviewWindow<MockRuntime>, command: &str, arguments: Value) -> Settled {
    send(window.as_ref(), command, InvokeBody::Json(arguments), &[]).settled()
}

/// Sends one message of our client, and waits for the answer.
pub(crate) fn ask(
    window: &WebviewWindow<MockRuntime>,
    header: &str,
    command: &str,
    arguments: Value,
) -> Settled {
    begin(window, header, command, arguments).settled()
}

/// Sends one message of our client; the answer comes when it comes.
pub(crate) fn begin(
    window: &WebviewWindow<MockRuntime>,
    header: &str,
    command: &str,
    arguments: Value,
) -> Answer {
    send(window.as_ref(), command, InvokeBody::Json(arguments), &[("Portcullis", header)])
}

/// Says that one part of a reply has been used.
pub(crate) fn more(window: &WebviewWindow<MockRuntime>, id: u64, command: &str) {
    assert_eq!(ask(window, &format!("more {id}"), command, json!(null)), Settled::Resolved(json!(null)));
}

/// Sends one message of the program's own page; the answer comes when it comes.
pub(crate) fn send(
    webview: &Webview<MockRuntime>,
    command: &str,
    body: InvokeBody,
    headers: &[(&'static str, &str)],
) -> Answer {
    send_from(webview, HOME, command, body, headers)
}

/// Sends one message, which Tauri is told to be from this address.
pub(crate) fn send_from(
    webview: &Webview<MockRuntime>,
    url: &str,
    command: &str,
    body: InvokeBody,
    headers: &[(&'static str, &str)],
) -> Answer {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    send_request(
        webview,
        InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: url.parse().unwrap(),
            body,
            headers: map,
            invoke_key: INVOKE_KEY.to_owned(),
        },
    )
}

pub(crate) fn send_request(webview: &Webview<MockRuntime>, request: InvokeRequest) -> Answer {
    let (answer, answered) = mpsc::channel();
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
    Answer(answered)
}

/// Waits until this is so.
#[track_caller]
pub(crate) fn until(reached: impl Fn() -> bool) {
    let start = Instant::now();
    while !reached() {
        assert!(start.elapsed() < Duration::from_secs(20), "it does not come to that");
        thread::sleep(Duration::from_millis(2));
    }
}

/// Long enough for what should not happen to have happened.
pub(crate) fn a_while() {
    thread::sleep(Duration::from_millis(80));
}
