//! What a command returns, as a reply.

use serde::Serialize;

use crate::{
    invoke::Finished,
    reply::{Code, Failure, Reply},
    report,
};

/// Something that a command may return, or may fail with: anything that serializes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be returned from a command",
    label = "not serializable, so the front end cannot be given it",
    note = "derive `serde::Serialize` for it; for an error, an own type or a `String` will do: \
            `.map_err(|error| error.to_string())`"
)]
pub trait Returned {
    #[doc(hidden)]
    fn encode(&self) -> Result<Vec<u8>, Failure>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> Returned for T {
    fn encode(&self) -> Result<Vec<u8>, Failure> {
        serde_json::to_vec(self).map_err(|error| unencodable(&error, std::any::type_name::<T>()))
    }
}

#[cold]
fn unencodable(error: &serde_json::Error, name: &str) -> Failure {
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
    pub fn reply(self) -> Finished
    where
        T: Returned,
        E: Returned,
    {
        match self.0 {
            Ok(value) => value.encode().map(Reply::Ok),
            Err(error) => error.encode().map(Reply::Error),
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
    fn reply(self) -> Finished
    where
        Self::Value: Returned;
}

impl<T> Plain for Output<T> {
    type Value = T;
    fn reply(self) -> Finished
    where
        T: Returned,
    {
        self.0.encode().map(Reply::Ok)
    }
}
