//! The whole program: both windows over HTTP, the gate with its capability files, the site, and every trap of the pages.

use std::{collections::BTreeMap, fs};

use portcullis_http::Served;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::{Data, start};
use crate::site;

/// What the pages try, and the answer.
#[derive(Deserialize)]
struct Trap {
    title: String,
    command: String,
    arguments: Value,
    answer: String,
}

type Traps = BTreeMap<String, Vec<Trap>>;

/// The program, as it runs.
struct Program {
    data: Data,
    site: String,
    served: Served,
}

impl Program {
    async fn start() -> Self {
        let (data, site) = (Data::new(), start(site::router()).await);
        let address = site.address();
        let gate = crate::gate(&data.clips, site).unwrap();
        Self { data, site: address, served: crate::serve(&gate, Some(0)).await.unwrap() }
    }

    async fn ask(&self, request: String) -> (u16, String) {
        let mut stream = TcpStream::connect(self.served.addresses()[0]).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    /// Calls a command as the page of a window does.
    async fn call(&self, window: &str, command: &str, arguments: &Value) -> (u16, Value) {
        let link = self.served.link(window).unwrap();
        let (origin, token) = link.split_once("/#portcullis=").unwrap();
        let (host, body) = (origin.replace("http://", ""), arguments.to_string());
        let request = format!(
            "POST /portcullis/{command} HTTP/1.1\r\nhost: {host}\r\norigin: {origin}\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        let (status, body) = self.ask(request).await;
        (status, serde_json::from_str(&body).unwrap())
    }

    /// The names in a list of clips.
    async fn names(&self, window: &str) -> Vec<String> {
        let (_, clips) = self.call(window, "list_clips", &json!({ "folder": "." })).await;
        let mut names: Vec<String> =
            clips.as_array().unwrap().iter().map(|clip| clip["name"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    }

    fn traps(&self) -> Traps {
        let port = self.site.rsplit(':').next().unwrap();
        serde_json::from_str(&include_str!("../../pages/traps.json").replace("{port}", port)).unwrap()
    }
}

#[tokio::test]
async fn an_article_is_collected_read_renamed_and_deleted() {
    let program = Program::start().await;
    let ok = async |window: &str, command: &str, arguments: Value| {
        let (status, value) = program.call(window, command, &arguments).await;
        assert_eq!(status, 200, "{command}: {value}");
        value
    };
    let article = format!("{}/articles/today", program.site);
    assert_eq!(
        ok("collector", "collect_article", json!({ "article": article, "clip": "a.md" })).await,
        Value::Null
    );
    let text = ok("reader", "read_clip", json!({ "clip": "a.md" })).await;
    assert_eq!(text, program.data.text("clips/a.md"));

    ok("collector", "rename_clip", json!({ "clip": "a.md", "to": "private/a.md" })).await;
    assert_eq!(program.names("collector").await, ["private/a.md", "private/plan.md", "welcome.md"]);
    assert_eq!(program.names("reader").await, ["welcome.md"]);

    assert_eq!(ok("collector", "about", json!({})).await["deletes"], false);
    ok("collector", "allow_deleting", json!({})).await;
    assert_eq!(ok("collector", "about", json!({})).await["deletes"], true);
    ok("collector", "delete_clip", json!({ "clip": "private/a.md" })).await;
    assert_eq!(program.names("collector").await, ["private/plan.md", "welcome.md"]);
}

#[cfg(unix)]
#[tokio::test]
async fn no_trap_of_the_pages_works() {
    let program = Program::start().await;
    let before = (program.data.text("secret.md"), program.names("collector").await);
    for (window, traps) in program.traps() {
        for Trap { title, command, arguments, answer } in traps {
            let (status, told) = program.call(&window, &command, &arguments).await;
            assert_eq!(told["code"], answer, "{window}: {title}: {told}");
            let expected = match &*answer {
                "denied" => 403,
                "invalid" => 400,
                _ => 200,
            };
            assert_eq!(status, expected, "{window}: {title}: {told}");
        }
    }
    assert_eq!((program.data.text("secret.md"), program.names("collector").await), before);
    assert!(!program.data.clips.join("autostart.sh").exists());
    assert_eq!(fs::read_dir(&program.data.folder).unwrap().count(), 2);
}

#[tokio::test]
async fn the_readme_says_what_each_trap_answers() {
    let cells = |row: &'static str| row.split('|').map(str::trim).collect::<Vec<_>>();
    let rows = include_str!("../../README.md").lines().skip_while(|line| !line.starts_with("## The traps"));
    let rows = rows.take_while(|line| !line.starts_with("## Where")).map(cells);
    // Of the answer, what stands between the first two backticks.
    let told =
        rows.filter_map(|row| Some((row.get(1)?.to_string(), row.get(3)?.split('`').nth(1)?.to_owned())));
    let traps = Program::start().await.traps().into_values().flatten();
    assert_eq!(told.collect::<Vec<_>>(), traps.map(|trap| (trap.title, trap.answer)).collect::<Vec<_>>());
}

#[test]
fn the_readme_shows_the_capability_files() {
    let files =
        [include_str!("../../capabilities/collector.json"), include_str!("../../capabilities/reader.toml")];
    for file in files {
        let shown: String = file.split_inclusive('\n').filter(|line| !line.contains("description")).collect();
        assert!(include_str!("../../README.md").contains(&shown), "{shown}");
    }
}

#[tokio::test]
async fn each_window_is_served_its_page() {
    let program = Program::start().await;
    for window in ["collector", "reader"] {
        let link = program.served.link(window).unwrap();
        let host = link.split('/').nth(2).unwrap();
        let get = async |path: &str| {
            program.ask(format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")).await
        };
        let (status, page) = get("/").await;
        let named = page.contains(&format!("data-window=\"{window}\"")) && !page.contains("{window}");
        assert!(status == 200 && named, "{page}");
        for path in ["/style.css", "/app.js", "/traps.json", "/icon.svg", "/portcullis.js"] {
            assert_eq!(get(path).await.0, 200, "{path}");
        }
    }
}
