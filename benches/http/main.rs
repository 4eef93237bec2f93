//! What a call costs over HTTP on loopback, beside a bare axum handler that does the same and checks nothing:
//! `cargo bench -p portcullis-benches-http`. Read the ratios of one run, not the times of two.

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use portcullis_benches_http::{
    bare,
    client::{Client, Framed},
    guarded,
};
use tokio::runtime::{Builder, Runtime};

const MB: usize = 1_000_000;

criterion_main!(benches);
criterion_group! {
    name = benches;
    config = Criterion::default().measurement_time(Duration::from_secs(5)).warm_up_time(Duration::from_secs(1));
    targets = calls, bodies, items
}

/// Both, served side by side, and a client of each.
struct Both {
    runtime: Runtime,
    bare: Client,
    guarded: Client,
    _served: portcullis_http::Served,
}

impl Both {
    fn new() -> Self {
        Self::on(&mut Builder::new_multi_thread())
    }

    #[expect(clippy::unwrap_used, reason = "a bench of nothing would mislead")]
    fn on(runtime: &mut Builder) -> Self {
        let runtime = runtime.enable_all().build().unwrap();
        let (bare, guarded, served) = runtime.block_on(async {
            let served = guarded::serve().await.unwrap();
            let bare = Client::bare(bare::serve().await.unwrap()).await.unwrap();
            let guarded =
                Client::guarded(served.addresses()[0], &served.link("main").unwrap()).await.unwrap();
            (bare, guarded, served)
        });
        Self { runtime, bare, guarded, _served: served }
    }

    /// The same twice. Both sides must have done the work.
    #[expect(clippy::unwrap_used, reason = "a bench of nothing would mislead")]
    fn compare(
        &mut self,
        c: &mut Criterion,
        name: &str,
        ask: &impl AsyncFn(&mut Client) -> Result<usize, Box<dyn std::error::Error + Send + Sync>>,
    ) {
        let mut group = c.benchmark_group(name);
        let runtime = &self.runtime;
        let counts = [&mut self.bare, &mut self.guarded].map(|client| runtime.block_on(ask(client)).unwrap());
        // The last line of a stream is one byte and a line break, and each line begins with a letter.
        assert!(counts[1] >= counts[0], "{name}: {counts:?}");
        for (side, client) in [("bare axum", &mut self.bare), ("portcullis", &mut self.guarded)] {
            group.bench_function(side, |b| b.iter(|| runtime.block_on(ask(client)).unwrap()));
        }
    }
}

/// On one thread, client and server: what is measured is then the work, and not how long threads take to wake each other.
fn calls(c: &mut Criterion) {
    Both::on(&mut Builder::new_current_thread())
        .compare(c, "add", &async |client: &mut Client| client.json("add", r#"{"a":2,"b":3}"#).await);
}

fn bodies(c: &mut Criterion) {
    let mut both = Both::new();
    let one = Framed::new(MB);
    both.compare(c, "1 MB in, whole", &async |client: &mut Client| client.bytes("take_whole", &one).await);
    both.compare(c, "1 MB out, whole", &async |client: &mut Client| {
        client.json("give_whole", r#"{"bytes":1000000}"#).await
    });
    let hundred = Framed::new(100 * MB);
    both.compare(c, "100 MB in, in parts", &async |client: &mut Client| client.bytes("take", &hundred).await);
    both.compare(c, "100 MB out, in parts", &async |client: &mut Client| {
        client.json("give", r#"{"bytes":100000000}"#).await
    });
}

fn items(c: &mut Criterion) {
    Both::new().compare(c, "1,000,000 items", &async |client: &mut Client| {
        client.json("items", r#"{"count":1000000}"#).await
    });
}
