//! The smallest server that redirects, on a port of its own, which remembers what it was asked for.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

pub(crate) struct Server {
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let remembered = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                answer(&stream.unwrap(), port, &remembered);
            }
        });
        Self { port, asked }
    }

    /// What it was asked for since the last time.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

fn answer(mut stream: &TcpStream, port: u16, asked: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
    while lines.next().is_some_and(|line| !line.is_empty()) {}
    asked.lock().unwrap().push(target.clone());
    let (status, header, body) = match target.split_once("to?") {
        Some((_, next)) => (
            "302 Found",
            format!("Location: {}\r\n", next.replace("{port}", &port.to_string())),
            String::new(),
        ),
        None if target == "/public/loop" => {
            ("307 Temporary Redirect", format!("Location: {target}\r\n"), String::new())
        }
        None => ("200 OK", String::new(), format!("page {target}")),
    };
    let length = body.len();
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\n{header}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
}
