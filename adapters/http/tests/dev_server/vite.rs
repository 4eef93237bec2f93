//! A small development server that behaves as Vite does, and remembers what it was asked, to the letter.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// What Vite's React plugin puts into the page.
pub(crate) const PREAMBLE: &str =
    "import { injectIntoGlobalHook } from \"/@react-refresh\";\ninjectIntoGlobalHook(window);";

#[derive(Clone)]
pub(crate) struct Vite {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Vite {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let vite = Self { address: listener.local_addr().unwrap(), asked: Arc::default() };
        let serving = vite.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serving.clone().serve(stream));
            }
        });
        vite
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The heads of all requests so far, in lower case but for the first line.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    async fn serve(self, mut stream: TcpStream) {
        while let Some(head) = head(&mut stream).await {
            self.asked.lock().unwrap().push(head.clone());
            let header = |name: &str| {
                head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_default()
            };
            if header("upgrade") == "websocket" {
                return hot_reload(stream, header("sec-websocket-protocol")).await;
            }
            let path = head.split(' ').nth(1).unwrap();
            let (mut status, kind, more, mut body) = self.answer(path);
            if !header("if-none-match").is_empty() && more.contains("etag") {
                (status, body) = ("304 Not Modified", String::new());
            }
            let length = body.len();
            let body = if head.starts_with("HEAD ") { String::new() } else { body };
            let answer = format!(
                "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\n{more}content-length: {length}\r\n\
                 access-control-allow-origin: *\r\nset-cookie: vite=1\r\nkeep-alive: timeout=5\r\n\r\n{body}"
            );
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }

    fn answer(&self, path: &str) -> (&'static str, &'static str, String, String) {
        let none = String::new();
        match path {
            "/" => (
                "200 OK",
                "text/html",
                "etag: W/\"1\"\r\ncontent-security-policy: default-src *\r\n".into(),
                format!(
                    "<!doctype html><script type=\"module\">{PREAMBLE}</script>\
                     <script type=\"module\" src=\"/@vite/client\"></script>"
                ),
            ),
            "/src/main.js?t=1" => {
                ("200 OK", "text/javascript", "etag: W/\"1\"\r\n".into(), "export {};".into())
            }
            "/moved" => ("302 Found", "text/plain", format!("location: {}/app/\r\n", self.url()), none),
            _ => ("404 Not Found", "text/plain", none.clone(), none),
        }
    }
}

/// Nothing if the connection ends.
pub(crate) async fn head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap();
    let (first, rest) = head.split_once("\r\n").unwrap();
    Some(format!("{first}\r\n{}", rest.to_lowercase()))
}

/// Says that it is there, and then says what it is told.
async fn hot_reload(mut stream: TcpStream, protocols: &str) {
    if protocols != "vite-hmr" {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").await;
        return;
    }
    let answer = "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\
                  sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nsec-websocket-protocol: vite-hmr\r\n\
                  set-cookie: vite=1\r\n\r\nconnected";
    let _ = stream.write_all(answer.as_bytes()).await;
    let (mut read, mut write) = stream.split();
    let _ = tokio::io::copy(&mut read, &mut write).await;
}
