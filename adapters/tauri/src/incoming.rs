//! What a call brings with it inside Tauri: the message as Tauri has it, for arguments that are Tauri's. Whichever runtime
//! the program has, a command names it in the types that it takes, and here it is one type.

use std::any::Any;

use portcullis::{
    __private::{Keeps, Object},
    Host, Unavailable,
};
use serde_json::Value;
use tauri::{
    AppHandle, Manager as _, Runtime, State, StateManager, Webview,
    ipc::{
        Channel, CommandArg, CommandItem, InvokeBody, InvokeMessage, InvokeResponseBody, JavaScriptChannelId,
        Request,
    },
    utils::acl::resolved::ResolvedCommand,
};

use crate::document::Over;

/// The message of one call. Commands take what is made of it.
pub struct Incoming {
    message: Box<dyn Message>,
    over: Over,
}

impl Incoming {
    pub(crate) fn new<R: Runtime>(
        message: InvokeMessage<R>,
        acl: Option<Vec<ResolvedCommand>>,
        over: Over,
    ) -> Self {
        Self { message: Box::new(Held::new(message, acl)), over }
    }

    /// The message that the call of a host argument came with.
    pub(crate) fn of(host: Host<'_>) -> Result<&Self, Unavailable> {
        host.value::<Self>().ok_or_else(|| Unavailable::because("the call did not come by way of Tauri"))
    }

    /// An argument that Tauri makes of the message.
    pub(crate) fn argument<'a, R: Runtime, T: CommandArg<'a, R>>(&'a self) -> Result<T, Unavailable> {
        T::from_command(self.held::<R>()?.item()).map_err(|error| match error.0 {
            Value::String(text) => Unavailable::because(text),
            other => Unavailable::because(other.to_string()),
        })
    }

    /// As Tauri makes it, which copies the webview for it.
    pub(crate) fn app<R: Runtime>(&self) -> Result<AppHandle<R>, Unavailable> {
        Ok(self.held::<R>()?.message.webview_ref().app_handle().clone())
    }

    fn held<R: Runtime>(&self) -> Result<&Held<R>, Unavailable> {
        self.message.any().downcast_ref().ok_or_else(|| {
            Unavailable::because(format!("the program does not run on `{}`", std::any::type_name::<R>()))
        })
    }

    /// What the program manages.
    pub(crate) fn managed<T: Send + Sync + 'static>(&self) -> Option<State<'_, T>> {
        self.message.states().try_get()
    }

    pub(crate) fn request(&self) -> Result<Request<'_>, Unavailable> {
        self.message.request().ok_or_else(|| Unavailable::because("Tauri has no request for it"))
    }

    /// A channel of the page that called.
    pub(crate) fn outlet(&self, id: &JavaScriptChannelId) -> Outlet {
        Outlet { to: self.message.channel(id), over: self.over.clone() }
    }
}

/// A call that outlives its message reads its arguments where they are.
impl Keeps for Incoming {
    fn object(&self) -> Option<&Object> {
        object(self.message.payload())
    }
}

impl<R: Runtime> Keeps for Held<R> {
    fn object(&self) -> Option<&Object> {
        object(self.message.payload())
    }
}

pub(crate) fn object(payload: &InvokeBody) -> Option<&Object> {
    match payload {
        InvokeBody::Json(Value::Object(object)) => Some(object),
        _ => None,
    }
}

impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Incoming(..)")
    }
}

pub(crate) struct Held<R: Runtime> {
    message: InvokeMessage<R>,
    acl: Option<Vec<ResolvedCommand>>,
}

impl<R: Runtime> Held<R> {
    pub(crate) const fn new(message: InvokeMessage<R>, acl: Option<Vec<ResolvedCommand>>) -> Self {
        Self { message, acl }
    }

    /// As Tauri's own macro writes it.
    fn item(&self) -> CommandItem<'_, R> {
        CommandItem { plugin: None, name: "", key: "", message: &self.message, acl: &self.acl }
    }
}

trait Message: Send + Sync {
    fn any(&self) -> &dyn Any;
    fn states(&self) -> &StateManager;
    fn payload(&self) -> &InvokeBody;
    fn request(&self) -> Option<Request<'_>>;
    fn channel(&self, id: &JavaScriptChannelId) -> Channel<InvokeResponseBody>;
}

impl<R: Runtime> Message for Held<R> {
    fn any(&self) -> &dyn Any {
        self
    }

    fn states(&self) -> &StateManager {
        states(&self.message)
    }

    fn payload(&self) -> &InvokeBody {
        self.message.payload()
    }

    fn request(&self) -> Option<Request<'_>> {
        Request::from_command(self.item()).ok()
    }

    fn channel(&self, id: &JavaScriptChannelId) -> Channel<InvokeResponseBody> {
        id.channel_on(self.message.webview())
    }
}

/// The values that a program manages, of whatever runtime: there is no other way to them that does not name it.
#[expect(deprecated, reason = "what stands in its place needs to know the runtime")]
pub(crate) fn states<R: Runtime>(message: &InvokeMessage<R>) -> &StateManager {
    message.state_ref()
}

/// A channel to a page, for as long as the document is there that has opened it: Tauri sends to whatever document the webview
/// shows by then, which may be somebody else's, and whose scripts can listen to all callbacks.
pub(crate) struct Outlet {
    to: Channel<InvokeResponseBody>,
    over: Over,
}

impl Outlet {
    pub(crate) fn new<R: Runtime>(webview: Webview<R>, id: &JavaScriptChannelId, over: Over) -> Self {
        Self { to: id.channel_on(webview), over }
    }

    /// # Errors
    ///
    /// If the document is gone, or the window.
    pub(crate) fn send(&self, body: InvokeResponseBody) -> tauri::Result<()> {
        if self.over.is() {
            return Err(tauri::Error::WebviewNotFound);
        }
        self.to.send(body)
    }
}
