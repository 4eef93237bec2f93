//! What a gate may be given of tokio: threads that may block, and a clock.

use std::{future::Future, pin::Pin, thread, time::Duration};

use portcullis::Runtime;
use tokio::runtime::Handle;

/// tokio, for [`GateBuilder::runtime`](portcullis::GateBuilder::runtime): `blocking` commands run on its threads for
/// such work, and its clock ends calls that take too long.
///
/// ```
/// # use portcullis::prelude::*;
/// # #[portcullis::command(public("greets, and reads nothing"))]
/// # fn hello() {}
/// # static AUTHORITY: Authority = portcullis::authority! { commands: [hello], windows: ["main"] };
/// # fn build() -> Result<Gate, portcullis::BuildError> {
/// Gate::new(&AUTHORITY).runtime(portcullis_http::Tokio).build()
/// # }
/// ```
///
/// It is the runtime that a call is polled in, as it is where [`Program::serve`](crate::Program::serve) runs. Outside of
/// one, work gets a thread of its own, and nothing ends by the clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tokio;

impl Runtime for Tokio {
    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) {
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(work)),
            // If no thread can be had, the work is dropped, and its call answered `cancelled`.
            Err(_) => drop(thread::Builder::new().name("portcullis".to_owned()).spawn(work)),
        }
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        match Handle::try_current() {
            Ok(_) => Box::pin(tokio::time::sleep(time)),
            Err(_) => Box::pin(std::future::pending()),
        }
    }
}
