//! What a command may take and return of Tauri's: the same types as under Tauri's own macro.

use std::any::Any;

use portcullis::{
    __private::Finished, Code, Failure, Host, HostArgument, NamedArgument, Need, Reply, Returned,
    ReturnedError, Unavailable,
};
use serde::de::IgnoredAny;
use tauri::{
    AppHandle, Runtime, State, StateManager, Webview, WebviewWindow, Window,
    ipc::{Channel, InvokeResponseBody, IpcResponse, JavaScriptChannelId, Request, Response},
};

use crate::{incoming::Incoming, report};

/// The marker of what Tauri gives: it is inferred, and nobody writes it.
#[derive(Clone, Copy, Debug)]
pub struct Tauri;

/// Tauri makes these of the message.
macro_rules! made_by_tauri {
    ($($ty:ident),*) => {$(
        impl<'a, R: Runtime> HostArgument<'a, Tauri> for $ty<R> {
            const NEEDS: &'static [Need] = &[Need::of::<Incoming>()];
            fn take(host: Host<'a>) -> Result<Self, Unavailable> {
                Incoming::of(host)?.argument::<R, Self>()
            }
        }
    )*};
}

made_by_tauri!(Webview, WebviewWindow, Window);

impl<'a, R: Runtime> HostArgument<'a, Tauri> for AppHandle<R> {
    const NEEDS: &'static [Need] = &[Need::of::<Incoming>()];
    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        Incoming::of(host)?.app()
    }
}

impl<'a> HostArgument<'a, Tauri> for Request<'a> {
    const NEEDS: &'static [Need] = &[Need::of::<Incoming>()];
    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        Incoming::of(host)?.request()
    }
}

impl<'a, T: Send + Sync + 'static> HostArgument<'a, Tauri> for State<'a, T> {
    const NEEDS: &'static [Need] = &[Need::of::<Incoming>(), Need::held::<T>(is_managed::<T>)];
    fn take(host: Host<'a>) -> Result<Self, Unavailable> {
        Incoming::of(host)?.managed().ok_or_else(|| {
            let name = std::any::type_name::<T>();
            Unavailable::because(format!("the program does not `.manage()` a value of type `{name}`"))
        })
    }
}

/// Whether a program manages a value of a type. It is asked in the form of what is at hand: the values, or the program.
fn is_managed<T: Send + Sync + 'static>(host: &dyn Any) -> bool {
    #[cfg(any(feature = "wry", feature = "test"))]
    use tauri::Manager as _;
    #[cfg(feature = "wry")]
    if let Some(app) = host.downcast_ref::<AppHandle<tauri::Wry>>() {
        return app.try_state::<T>().is_some();
    }
    #[cfg(feature = "test")]
    if let Some(app) = host.downcast_ref::<AppHandle<tauri::test::MockRuntime>>() {
        return app.try_state::<T>().is_some();
    }
    // Of another runtime nothing is known before its first message.
    host.downcast_ref::<StateManager>().is_none_or(|managed| managed.try_get::<T>().is_some())
}

/// A channel of the page, by the number that the page has given it. Sending fails once the page is gone. (Its `id()` is not that of
/// the page: a channel that ends with its document has to be one of the host's own making.)
impl<'a, T: 'static> NamedArgument<'a, Tauri> for Channel<T> {
    type Sent = T;
    const NEEDS: &'static [Need] = &[Need::of::<Incoming>()];

    fn take(host: Host<'a>, json: &'a [u8]) -> Result<Result<Self, String>, Unavailable> {
        let incoming = Incoming::of(host)?;
        let Some(id) = serde_json::from_slice::<String>(json).ok().and_then(|text| text.parse().ok()) else {
            return Ok(Err("expected a channel".to_owned()));
        };
        let id: JavaScriptChannelId = id;
        let outlet = incoming.outlet(&id);
        Ok(Ok(Self::new(move |body| outlet.send(body))))
    }
}

/// What Tauri takes as a response that is already encoded. What it says is JSON is held to be that: the page would read
/// something else of it.
impl Returned<Tauri> for InvokeResponseBody {
    fn reply(self) -> Finished {
        match self {
            Self::Raw(bytes) => Ok(Reply::Bytes(bytes.into())),
            Self::Json(text) => match is_json(&text) {
                Ok(()) => Ok(Reply::Ok(text.into_bytes())),
                Err(error) => Err(unreadable(&error)),
            },
        }
    }
}

impl Returned<Tauri> for Response {
    fn reply(self) -> Finished {
        match self.body() {
            Ok(body) => Returned::<Tauri>::reply(body),
            Err(error) => Err(unreadable(&error)),
        }
    }
}

/// As text, which is what Tauri makes of it.
impl ReturnedError<Tauri> for tauri::Error {
    fn reply(self) -> Finished {
        Ok(Reply::Error(serde_json::Value::String(self.to_string()).to_string().into_bytes()))
    }
}

fn is_json(text: &str) -> serde_json::Result<()> {
    serde_json::from_str::<IgnoredAny>(text).map(drop)
}

#[cold]
fn unreadable(error: &dyn std::fmt::Display) -> Failure {
    let failure = Failure::new(Code::Internal, None);
    report::unreadable(failure.id(), error);
    failure
}
