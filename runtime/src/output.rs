//! What a command returns, as a reply.

use serde::Serialize;

use crate::{
    invoke::Finished,
    raw::{Bytes, Download},
    reply::{Code, Failure, Reply},
    report,
    stream::{Stream, Streaming},
};

/// Something that a command may return: anything that serializes, [`Bytes`], a [`Download`], a [`Streaming`]. An adapter adds
/// types of other crates, with a marker of its own for `Via`, which is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be returned from a command",
    label = "not serializable, so the front end cannot be given it",
    note = "derive `serde::Serialize` for it",
    note = "bytes are returned as `Bytes` or `Download`, and items one after the other as `Streaming<T>`"
)]
pub trait Returned<Via = ()> {
    #[doc(hidden)]
    fn reply(self) -> Finished;
}

/// Something that a command may fail with: anything that serializes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of a command",
    label = "not serializable, so the front end cannot be given it",
    note = "return an own type that derives `serde::Serialize`, or a `String`: `.map_err(|error| error.to_string())`"
)]
pub trait ReturnedError<Via = ()> {
    #[doc(hidden)]
    fn reply(self) -> Finished;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> Returned for T {
    fn reply(self) -> Finished {
        encode(&self).map(Reply::Ok)
    }
}

#[diagnostic::do_not_recommend]
impl<E: Serialize> ReturnedError for E {
    fn reply(self) -> Finished {
        encode(&self).map(Reply::Error)
    }
}

impl Returned for Bytes {
    fn reply(self) -> Finished {
        Ok(Reply::Bytes(self))
    }
}

impl Returned for Download {
    fn reply(self) -> Finished {
        Ok(Reply::Download(self))
    }
}

impl<T: Serialize + 'static, E: Serialize + 'static> Returned for Streaming<T, E> {
    fn reply(self) -> Finished {
        Ok(Reply::Stream(Stream::new(Box::pin(self))))
    }
}

fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(value).map_err(|error| unencodable(&error, std::any::type_name::<T>()))
}

#[cold]
pub(crate) fn unencodable(error: &serde_json::Error, name: &str) -> Failure {
    let failure = Failure::new(Code::Internal, None);
    report::unencodable(failure.id(), name, error);
    failure
}

/// What a command returned. `reply` is an inherent method for a `Result` and one of [`Plain`] for everything else:
/// method resolution prefers the former, so an alias of `Result` is told from data without looking at its name.
pub struct Output<T>(pub T);

impl<T, E> Output<Result<T, E>> {
    /// `ok` or the command's own error.
    ///
    /// # Errors
    ///
    /// `internal` if the value cannot be serialized.
    pub fn reply<Via, ErrorVia>(self) -> Finished
    where
        T: Returned<Via>,
        E: ReturnedError<ErrorVia>,
    {
        match self.0 {
            Ok(value) => value.reply(),
            Err(error) => error.reply(),
        }
    }
}

/// The reply of a command that does not fail.
pub trait Plain {
    /// The type of the result.
    type Value;
    /// `ok`.
    ///
    /// # Errors
    ///
    /// `internal` if the value cannot be serialized.
    fn reply<Via>(self) -> Finished
    where
        Self::Value: Returned<Via>;
}

impl<T> Plain for Output<T> {
    type Value = T;
    fn reply<Via>(self) -> Finished
    where
        T: Returned<Via>,
    {
        self.0.reply()
    }
}
