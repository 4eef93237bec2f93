//! The program over HTTP: both windows, and what their pages are served.

use portcullis::{Reply, prelude::*};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::Data;

#[tokio::test]
async fn an_error_of_a_command_reaches_the_page_as_it_is() {
    let data = Data::new();
    let gate = crate::gate(data.store.clone(), &data.imports).unwrap();
    let reply =
        gate.session(Principal::window("viewer")).invoke(Request::json("read_note", br#"{"id":99}"#)).await;
    assert_eq!(reply, Reply::Error(br#"{"kind":"not_found","id":99}"#.to_vec()));
}

#[tokio::test]
async fn both_windows_work_over_http() {
    let data = Data::new();
    let gate = crate::gate(data.store.clone(), &data.imports).unwrap();
    let served = crate::serve(&gate, None, Some(0)).await.unwrap();
    let ask = async |request: String| {
        let mut stream = TcpStream::connect(served.addresses()[0]).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse::<u16>().unwrap(), body.to_owned())
    };
    let parts = |window: &str| {
        let link = served.link(window).unwrap();
        let (origin, token) = link.split_once("/#portcullis=").unwrap();
        (origin.to_owned(), origin.replace("http://", ""), token.to_owned())
    };
    let get = async |window: &str, path: &str| {
        let (_, host, _) = parts(window);
        ask(format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")).await
    };
    let call = async |window: &str, command: &str, arguments: &str| {
        let (origin, host, token) = parts(window);
        let length = arguments.len();
        ask(format!(
            "POST /portcullis/{command} HTTP/1.1\r\nhost: {host}\r\norigin: {origin}\r\nauthorization: Bearer {token}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{arguments}"
        ))
        .await
    };

    for window in ["editor", "viewer"] {
        let (status, page) = get(window, "/").await;
        assert!(
            status == 200
                && page.contains(&format!("data-window=\"{window}\""))
                && !page.contains("{window}")
        );
        for path in ["/style.css", "/app.js", "/icon.svg", "/portcullis.js"] {
            assert_eq!(get(window, path).await.0, 200, "{path}");
        }
    }
    let (status, note) = call("editor", "create_note", r#"{"title":"Ä","body":""}"#).await;
    let id = serde_json::from_str::<serde_json::Value>(&note).unwrap()["id"].as_i64().unwrap();
    assert_eq!(status, 200);
    let this = format!(r#"{{"id":{id}}}"#);
    assert_eq!(call("viewer", "read_note", &this).await, (200, note));
    let (status, refusal) = call("viewer", "delete_note", &this).await;
    assert!(status == 403 && refusal.contains(r#""code":"denied""#), "{refusal}");
    assert_eq!(call("editor", "delete_note", &this).await, (200, "null".to_owned()));
}
