//! A client that sends what it is told to, header by header.

use std::net::SocketAddr;

use portcullis_http::Served;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// A request, which starts as one that nobody could refuse.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) address: SocketAddr,
    pub(crate) method: String,
    pub(crate) path: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// The origin and the token of a link.
pub(crate) fn parts(link: &str) -> (&str, &str) {
    link.split_once("/#portcullis=").unwrap()
}

/// What the page of a window sends: `add` of 1 and 2.
pub(crate) fn call(served: &Served, window: &str) -> Call {
    from_link(served.addresses()[0], &served.link(window).unwrap())
}

/// What the page behind a link sends: `add` of 1 and 2.
pub(crate) fn from_link(address: SocketAddr, link: &str) -> Call {
    let (origin, token) = parts(link);
    Call {
        address,
        method: "POST".into(),
        path: "/portcullis/add".into(),
        headers: vec![
            ("host".into(), origin.strip_prefix("http://").unwrap().into()),
            ("origin".into(), origin.into()),
            ("content-type".into(), "application/json".into()),
            ("authorization".into(), format!("Bearer {token}")),
        ],
        body: br#"{"a":1,"b":2}"#.into(),
    }
}

/// What the page behind a link with a code sends to exchange it.
pub(crate) fn exchange(address: SocketAddr, link: &str) -> Call {
    let (origin, code) = link.split_once("/#portcullis-code=").unwrap();
    let body = format!(r#"{{"code":"{code}"}}"#);
    from_link(address, &format!("{origin}/#portcullis=")).without("authorization").command("~open", body)
}

/// What the page of a window sends once it has opened a new link.
pub(crate) async fn opened(served: &Served, window: &str) -> Call {
    let exchange = exchange(served.addresses()[0], &served.link(window).unwrap());
    let answer = exchange.send().await;
    assert_eq!((answer.status, answer.header("portcullis-reply")), (200, Some("ok")), "{answer:?}");
    let token = answer.json()["token"].as_str().unwrap().to_owned();
    exchange.command("add", r#"{"a":1,"b":2}"#).and("authorization", &format!("Bearer {token}"))
}

/// What a browser sends when somebody opens an address of a window.
pub(crate) fn get(served: &Served, window: &str, path: &str) -> Call {
    let link = served.link(window).unwrap();
    let origin = link.split_once("/#").unwrap().0;
    let mut get = from_link(served.addresses()[0], &format!("{origin}/#portcullis="))
        .without("origin")
        .without("content-type")
        .without("authorization");
    get.method = "GET".into();
    get.path = path.into();
    get.body.clear();
    get
}

impl Call {
    pub(crate) fn method(mut self, method: &str) -> Self {
        self.method = method.into();
        self
    }

    pub(crate) fn command(mut self, command: &str, body: impl AsRef<[u8]>) -> Self {
        self.path = format!("/portcullis/{command}");
        self.body = body.as_ref().into();
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(other, _)| other != name);
        self
    }

    pub(crate) fn and(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(crate) fn with(self, name: &str, value: &str) -> Self {
        self.without(name).and(name, value)
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        &self.headers.iter().find(|(other, _)| other == name).unwrap().1
    }

    /// The bytes, with a length unless the headers say how the body comes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.path);
        if !self.headers.iter().any(|(name, _)| name == "connection") {
            head.push_str("connection: close\r\n");
        }
        for (name, value) in &self.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        let says = |name| self.headers.iter().any(|(other, _)| other == name);
        if !self.body.is_empty() && !says("transfer-encoding") && !says("content-length") {
            head.extend(["content-length: ", &self.body.len().to_string(), "\r\n"]);
        }
        [head.as_bytes(), b"\r\n", &self.body].concat()
    }

    pub(crate) async fn send(&self) -> Answer {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        // A server that refuses early may close before it has read the rest.
        let _ = stream.write_all(&self.bytes()).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        Answer::parse(&String::from_utf8(answer).unwrap())
    }
}

impl Answer {
    pub(crate) fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let header = |line: &str| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_ascii_lowercase(), value.to_owned())
        };
        Self { status, headers: lines.map(header).collect(), body: body.to_owned() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| &**value)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// `200 ok 3`, `403 failed denied`
    pub(crate) fn line(&self) -> String {
        let kind = self.header("portcullis-reply").unwrap_or("page");
        let told = match kind {
            "failed" => self.json()["code"].as_str().unwrap().to_owned(),
            _ => self.body.clone(),
        };
        format!("{} {kind} {told}", self.status)
    }
}
