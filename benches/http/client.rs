//! One connection, kept open, and a request at a time.

use std::net::SocketAddr;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{
    Request, Response,
    body::Incoming,
    client::conn::http1::{SendRequest, handshake},
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

type Failed = Box<dyn std::error::Error + Send + Sync>;

/// A client of one of the two.
#[derive(Debug)]
pub struct Client {
    sender: SendRequest<Full<Bytes>>,
    headers: Vec<(&'static str, String)>,
    prefix: &'static str,
    framed: bool,
}

impl Client {
    /// Of the bare handlers.
    ///
    /// # Errors
    ///
    /// If there is no connection.
    pub async fn bare(address: SocketAddr) -> Result<Self, Failed> {
        let headers = vec![("host", address.to_string())];
        Ok(Self { sender: connect(address).await?, headers, prefix: "/", framed: false })
    }

    /// Of the commands, by the link of their window.
    ///
    /// # Errors
    ///
    /// If there is no connection.
    pub async fn guarded(address: SocketAddr, link: &str) -> Result<Self, Failed> {
        let (origin, token) = link.split_once("/#portcullis=").ok_or("no link")?;
        let headers = vec![
            ("host", origin.replace("http://", "")),
            ("origin", origin.to_owned()),
            ("authorization", format!("Bearer {token}")),
        ];
        Ok(Self { sender: connect(address).await?, headers, prefix: "/portcullis/", framed: true })
    }

    /// Asks, and counts the bytes of the answer.
    ///
    /// # Errors
    ///
    /// If the answer is not what was asked for.
    pub async fn json(&mut self, name: &str, arguments: &'static str) -> Result<usize, Failed> {
        let request = self.request(name, "application/json", arguments.into())?;
        self.send(request).await
    }

    /// Sends bytes, and counts those of the answer.
    ///
    /// # Errors
    ///
    /// If the answer is not what was asked for.
    pub async fn bytes(&mut self, name: &str, data: &Framed) -> Result<usize, Failed> {
        let request = if self.framed {
            self.request(name, "application/x-portcullis", data.framed.clone())?
        } else {
            self.request(name, "application/octet-stream", data.plain.clone())?
        };
        self.send(request).await
    }

    fn request(&self, name: &str, kind: &str, body: Bytes) -> Result<Request<Full<Bytes>>, Failed> {
        let mut request = Request::post(format!("{}{name}", self.prefix)).header("content-type", kind);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        Ok(request.body(Full::new(body))?)
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<usize, Failed> {
        self.sender.ready().await?;
        let response: Response<Incoming> = self.sender.send_request(request).await?;
        if !response.status().is_success() {
            let text = response.into_body().collect().await?.to_bytes();
            return Err(String::from_utf8_lossy(&text).into_owned().into());
        }
        let (mut body, mut count) = (response.into_body(), 0);
        while let Some(frame) = body.frame().await {
            count += frame?.data_ref().map_or(0, Bytes::len);
        }
        Ok(count)
    }
}

/// Bytes to send, as each of the two takes them.
#[derive(Debug)]
pub struct Framed {
    plain: Bytes,
    framed: Bytes,
}

impl Framed {
    /// So many bytes, for the argument `data`.
    #[must_use]
    pub fn new(bytes: usize) -> Self {
        let json = format!(r#"{{"data":{bytes}}}"#);
        let length = u32::try_from(json.len()).unwrap_or_default();
        let framed = [&length.to_be_bytes(), json.as_bytes(), &vec![7; bytes]].concat();
        Self { plain: vec![7; bytes].into(), framed: framed.into() }
    }
}

async fn connect(address: SocketAddr) -> Result<SendRequest<Full<Bytes>>, Failed> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}
