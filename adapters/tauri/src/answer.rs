//! The answer to one call. It is given once, whatever becomes of the call: what is dropped unanswered is answered then.

use std::panic::{AssertUnwindSafe, catch_unwind};

use portcullis::{Code, Failure, Reply};
use tauri::{
    Runtime,
    ipc::{InvokeError, InvokeResolver, InvokeResponseBody},
};

/// How a page is told of an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Errors {
    /// As under Tauri's own macro: the promise rejects, with the command's own error, or with a text where the call did not
    /// come to a result.
    #[default]
    Values,
    /// The promise resolves, with `{"ok": ..}`, `{"error": ..}` or `{"failed": {"code": ..}}`: the three cannot be confused.
    Envelope,
}

/// What waits for the reply of one call.
pub(crate) struct Answer<R: Runtime> {
    resolver: Option<InvokeResolver<R>>,
    errors: Errors,
}

impl<R: Runtime> Answer<R> {
    pub(crate) fn new(resolver: InvokeResolver<R>, errors: Errors) -> Self {
        Self { resolver: Some(resolver), errors }
    }

    /// Answers with a reply that is there whole.
    #[inline]
    pub(crate) fn give(mut self, reply: Reply) {
        self.settle(reply);
    }

    pub(crate) fn fail(self, code: Code, message: impl Into<String>) {
        self.give(Failure::new(code, Some(message.into())).into());
    }

    /// Answers with a JSON text.
    pub(crate) fn json(mut self, json: Vec<u8>) {
        self.resolve(text(json));
    }

    fn settle(&mut self, reply: Reply) {
        match (reply, self.errors) {
            (Reply::Bytes(bytes), _) => self.resolve(InvokeResponseBody::Raw(bytes.into_inner().into())),
            (Reply::Ok(json), Errors::Values) => self.resolve(text(json)),
            (Reply::Error(json), Errors::Values) => {
                // What is nested too deep to be read again is told as the text that it is.
                let error = serde_json::from_slice(&json)
                    .unwrap_or_else(|_| String::from_utf8_lossy(&json).into_owned().into());
                self.reject(error);
            }
            (Reply::Failed(failure), Errors::Values) => self.reject(failure.to_string().into()),
            (reply, _) => match reply.to_json() {
                Some(json) => self.resolve(text(json)),
                // What comes in parts is carried elsewhere.
                None => self.settle(Failure::new(Code::Internal, None).into()),
            },
        }
    }

    fn resolve(&mut self, body: InvokeResponseBody) {
        self.respond(|resolver| resolver.resolve(body));
    }

    fn reject(&mut self, error: serde_json::Value) {
        self.respond(|resolver| resolver.invoke_error(InvokeError(error)));
    }

    fn respond(&mut self, respond: impl FnOnce(InvokeResolver<R>)) {
        // A window that is gone has nobody to tell, and must not end the task that tells it.
        let _ = catch_unwind(AssertUnwindSafe(|| self.resolver.take().map(respond)));
    }
}

impl<R: Runtime> Drop for Answer<R> {
    fn drop(&mut self) {
        if self.resolver.is_some() {
            self.settle(Failure::new(Code::Cancelled, None).into());
        }
    }
}

/// What was written as JSON is UTF-8.
fn text(json: Vec<u8>) -> InvokeResponseBody {
    InvokeResponseBody::Json(String::from_utf8(json).unwrap_or_else(|_| "null".to_owned()))
}
