//! Names that are almost those of a window: as a host, as an origin, and as both. None of them is let in, whatever it asks
//! for.

use std::time::Duration;

use portcullis_http::{Limits, Served, Sessions};

use crate::{
    client::{Call, exchange, get, opened},
    program::{Counters, gate, windows},
};

struct Door {
    served: Served,
    counters: Counters,
    port: u16,
}

impl Door {
    /// With sessions, so that there is a link to open too.
    async fn of_a_program() -> Self {
        let (gate, counters) = gate();
        let limits = Limits::new().openings(1000, Duration::from_secs(1), 1000);
        let program = windows(&gate).remember(&Sessions::in_memory()).limits(limits);
        let served = program.serve(0).await.unwrap();
        let port = served.addresses()[0].port();
        Self { served, counters, port }
    }

    /// All that a page can ask for, each as nobody could refuse it.
    async fn asked(&self) -> [Call; 3] {
        let link = self.served.link("editor").unwrap();
        let own = opened(&self.served, "editor").await;
        let page = get(&self.served, "editor", "/").and("origin", own.header("origin"));
        [own, page, exchange(self.served.addresses()[0], &link)]
    }

    async fn refuses_host(&self, host: &str) {
        for call in self.asked().await {
            let rebound = call.clone().with("host", host);
            for call in [rebound.clone(), rebound.with("origin", &format!("http://{host}"))] {
                assert_eq!(call.send().await.line(), "421 failed unknown_host", "{host}");
            }
        }
        self.refuses_origin(&format!("http://{host}")).await;
    }

    async fn refuses_origin(&self, origin: &str) {
        for call in self.asked().await {
            assert_eq!(
                call.with("origin", origin).send().await.line(),
                "403 failed foreign_origin",
                "{origin}"
            );
        }
        assert_eq!(self.counters.ran(), 0);
    }
}

#[tokio::test]
async fn o_port() {
    let door = Door::of_a_program().await;
    let port = door.port;
    for other in [format!(":{}", port ^ 1), format!(":{port}0"), ":80".into(), ":".into(), String::new()] {
        door.refuses_host(&format!("editor.localhost{other}")).await;
    }
    for odd in [format!(":0{port}"), format!(":+{port}"), format!(": {port}"), format!(":{port}x")] {
        door.refuses_origin(&format!("http://editor.localhost{odd}")).await;
    }
}

#[tokio::test]
async fn o_userinfo() {
    let door = Door::of_a_program().await;
    let port = door.port;
    for user in ["me@", "me:secret@", "@", "evil.test@"] {
        door.refuses_host(&format!("{user}editor.localhost:{port}")).await;
    }
    door.refuses_host(&format!("editor.localhost:{port}@evil.test")).await;
    door.refuses_host(&format!("evil.test#@editor.localhost:{port}")).await;
}

#[tokio::test]
async fn o_trailing_dot_case() {
    let door = Door::of_a_program().await;
    let port = door.port;
    for host in ["editor.localhost.", "editor..localhost", ".editor.localhost", "editor.localhost.."] {
        door.refuses_host(&format!("{host}:{port}")).await;
    }
    // A host has no case, and a browser writes an origin in lower case.
    for host in ["Editor.localhost", "EDITOR.LOCALHOST", "editor.Localhost"] {
        door.refuses_origin(&format!("http://{host}:{port}")).await;
        let [_, page, open] = door.asked().await;
        for asked in [page, open] {
            assert_eq!(asked.with("host", &format!("{host}:{port}")).send().await.status, 200, "{host}");
        }
    }
    door.refuses_origin(&format!("HTTP://editor.localhost:{port}")).await;
}

#[tokio::test]
async fn o_scheme_only() {
    let door = Door::of_a_program().await;
    let port = door.port;
    for scheme in ["https", "ws", "file", "portcullis", "http+unix", "chrome-extension", ""] {
        door.refuses_origin(&format!("{scheme}://editor.localhost:{port}")).await;
    }
    for origin in ["http:", "http:/", "http://", "http:editor.localhost"] {
        door.refuses_origin(origin).await;
    }
}

#[tokio::test]
async fn o_first_label() {
    let door = Door::of_a_program().await;
    let port = door.port;
    for host in
        ["editor", "editor.evil.test", "editor.localhost.evil.test", "a.editor.localhost", "editor-localhost"]
    {
        door.refuses_host(&format!("{host}:{port}")).await;
    }
    // Another window is another origin.
    door.refuses_origin(&format!("http://viewer.localhost:{port}")).await;
}
