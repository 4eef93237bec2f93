//! What a gate is given of Tauri's executor: threads that may block, and a clock.

use std::{future::Future, pin::Pin, time::Duration};

use portcullis::Runtime;

/// Tauri's executor, for [`GateBuilder::runtime`](portcullis::GateBuilder::runtime). [`gate`](crate::gate) gives it.
#[derive(Clone, Copy, Debug, Default)]
pub struct TauriRuntime;

impl Runtime for TauriRuntime {
    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) {
        drop(tauri::async_runtime::spawn_blocking(work));
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(time))
    }
}
