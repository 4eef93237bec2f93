//! A page with a line, which says and hears what it is told to, frame by frame.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use portcullis_http::Served;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::protocol::{Message, Role},
};

use crate::client::{Answer, Call, call, parts};

/// What a browser sends to open the line of a window.
pub(crate) fn opening(served: &Served, window: &str) -> Call {
    let link = served.link(window).unwrap();
    let mut opening = call(served, window)
        .without("content-type")
        .without("authorization")
        .and("connection", "Upgrade")
        .and("upgrade", "websocket")
        .and("sec-websocket-version", "13")
        .and("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
        .and("sec-websocket-protocol", &format!("portcullis, portcullis.token.{}", parts(&link).1));
    opening.method = "GET".into();
    opening.path = "/portcullis".into();
    opening.body.clear();
    opening
}

pub(crate) struct Page {
    pub(crate) socket: WebSocketStream<TcpStream>,
}

impl Page {
    pub(crate) async fn open(served: &Served, window: &str) -> Self {
        let (stream, answer) = connect(&opening(served, window)).await;
        assert_eq!((answer.status, answer.header("sec-websocket-protocol")), (101, Some("portcullis")));
        assert_eq!(answer.header("sec-websocket-accept"), Some("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        Self { socket: WebSocketStream::from_raw_socket(stream, Role::Client, None).await }
    }

    pub(crate) async fn say(&mut self, text: impl Into<String>) {
        self.socket.send(Message::text(text.into())).await.unwrap();
    }

    /// What comes next, but for pings.
    pub(crate) async fn next(&mut self) -> Message {
        loop {
            let next = tokio::time::timeout(Duration::from_secs(20), self.socket.next()).await;
            match next.expect("in time").expect("the line is open").unwrap() {
                Message::Ping(_) | Message::Pong(_) => {}
                message => return message,
            }
        }
    }

    pub(crate) async fn hear(&mut self) -> String {
        match self.next().await {
            Message::Text(text) => text.to_string(),
            other => panic!("no text: {other:?}"),
        }
    }

    /// Asks, and hears one answer.
    pub(crate) async fn ask(&mut self, text: impl Into<String>) -> String {
        self.say(text).await;
        self.hear().await
    }

    /// With what code and reason the program closes the line. Whatever else it says is passed over.
    pub(crate) async fn closed(mut self) -> (u16, String) {
        loop {
            if let Message::Close(frame) = self.next().await {
                let frame = frame.expect("a code");
                return (frame.code.into(), frame.reason.to_string());
            }
        }
    }
}

/// Sends a request, and reads the head of the answer, and its body if it is no line.
pub(crate) async fn connect(opening: &Call) -> (TcpStream, Answer) {
    let mut stream = TcpStream::connect(opening.address).await.unwrap();
    // As browsers do. Else what is said in small pieces waits for the system each time.
    stream.set_nodelay(true).unwrap();
    stream.write_all(&opening.bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        answer.push(stream.read_u8().await.unwrap());
    }
    let answer = Answer::parse(&String::from_utf8(answer).unwrap());
    (stream, answer)
}
