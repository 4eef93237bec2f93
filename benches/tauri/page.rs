//! A page of a program on the mock runtime: what it sends, with the headers that a webview sends, and what it is answered.

use std::sync::{LazyLock, atomic::AtomicU64};

use tauri::{
    App, Builder, Webview, WebviewWindowBuilder,
    http::HeaderMap,
    ipc::{CallbackFn, Invoke, InvokeBody, InvokeResponse, OwnedInvokeResponder},
    test::{INVOKE_KEY, MockRuntime, mock_builder, mock_context, noop_assets},
    utils::acl::resolved::{Resolved, ResolvedCommand},
    webview::InvokeRequest,
};
use tokio::{
    runtime::{Builder as RuntimeBuilder, Runtime},
    sync::oneshot,
};

/// What Tauri hands every message to.
pub type Handler = Box<dyn Fn(Invoke<MockRuntime>) -> bool + Send + Sync>;

const PAGE: &str = "tauri://localhost";

/// One thread, page and program: what is measured is then the work, and not how long threads take to wake each other.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a bench cannot go on without it")]
    let runtime = RuntimeBuilder::new_current_thread().build().expect("a runtime");
    tauri::async_runtime::set(runtime.handle().clone());
    runtime
});

/// A program, and the page in its window `main`.
#[derive(Debug)]
pub struct Page {
    webview: Webview<MockRuntime>,
    /// It holds what the window needs.
    _app: App<MockRuntime>,
}

impl Page {
    /// Of a program with this handler. With an app manifest it says which of its commands its capabilities allow, and Tauri
    /// asks that of every call.
    ///
    /// # Panics
    ///
    /// If there is no such program.
    #[must_use]
    pub fn of(handler: Handler, manifest: Option<&[&str]>) -> Self {
        Self::with(handler, manifest.map(resolved), |program| program)
    }

    /// As [`of`](Self::of), for a program that has more: all that its capabilities come to, and plugins.
    ///
    /// # Panics
    ///
    /// If there is no such program.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a bench of nothing would mislead")]
    pub fn with(
        handler: Handler,
        acl: Option<Resolved>,
        more: impl FnOnce(Builder<MockRuntime>) -> Builder<MockRuntime>,
    ) -> Self {
        LazyLock::force(&RUNTIME);
        let mut context = mock_context(noop_assets());
        if let Some(resolved) = acl {
            *context.runtime_authority_mut() =
                tauri::runtime_authority!(std::collections::BTreeMap::default(), resolved);
        }
        let app = more(mock_builder().invoke_handler(handler).manage(AtomicU64::new(0)))
            .build(context)
            .expect("a program of the mock runtime");
        let window =
            WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default()).build().expect("a window");
        Self { webview: window.as_ref().clone(), _app: app }
    }

    /// Makes a message ready to be sent.
    ///
    /// # Panics
    ///
    /// If it cannot be sent.
    #[must_use]
    pub fn message(&self, command: &str, body: &InvokeBody) -> Message {
        let (answer, answered) = oneshot::channel();
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(3_141_592_653),
            error: CallbackFn(2_718_281_828),
            url: page(),
            body: body.clone(),
            headers: headers(body),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        let responder: Box<OwnedInvokeResponder<_>> = Box::new(move |_, _, response, _, _| {
            let _ = answer.send(response);
        });
        Message { webview: self.webview.clone(), request, responder, answered }
    }
}

fn page() -> tauri::Url {
    static PARSED: LazyLock<tauri::Url> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "it is right above")]
        PAGE.parse().expect("an address")
    });
    PARSED.clone()
}

/// What `WebKit` sends with a call, and what the script of Tauri adds.
fn headers(body: &InvokeBody) -> HeaderMap {
    let kind = match body {
        InvokeBody::Json(_) => "application/json",
        InvokeBody::Raw(_) => "application/octet-stream",
    };
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("accept", "*/*"),
        ("content-type", kind),
        ("origin", PAGE),
        ("referer", "tauri://localhost/"),
        ("tauri-callback", "3141592653"),
        ("tauri-error", "2718281828"),
        ("tauri-invoke-key", INVOKE_KEY),
        (
            "user-agent",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/605.1.15",
        ),
    ] {
        headers.insert(name, tauri::http::HeaderValue::from_static(value));
    }
    headers
}

/// The manifest of a program: one capability of the window `main`, which allows these commands.
fn resolved(allowed: &[&str]) -> Resolved {
    let command = || ResolvedCommand {
        #[expect(clippy::expect_used, reason = "a label is a pattern")]
        windows: vec!["main".parse().expect("a pattern")],
        ..ResolvedCommand::default()
    };
    Resolved {
        has_app_acl: true,
        allowed_commands: allowed.iter().map(|name| ((*name).to_owned(), vec![command()])).collect(),
        ..Resolved::default()
    }
}

/// A message that is ready to be sent.
pub struct Message {
    webview: Webview<MockRuntime>,
    request: InvokeRequest,
    responder: Box<OwnedInvokeResponder<MockRuntime>>,
    answered: oneshot::Receiver<InvokeResponse>,
}

impl Message {
    /// Sends it, and waits for the answer. This is what is measured.
    ///
    /// # Panics
    ///
    /// If there is none.
    #[inline(never)]
    #[expect(clippy::expect_used, reason = "a bench of nothing would mislead")]
    pub fn send(self) -> InvokeResponse {
        let Self { webview, request, responder, mut answered } = self;
        webview.on_message(request, responder);
        match answered.try_recv() {
            Ok(response) => response,
            Err(_) => RUNTIME.block_on(answered).expect("an answer"),
        }
    }
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message").field("command", &self.request.cmd).finish_non_exhaustive()
    }
}
