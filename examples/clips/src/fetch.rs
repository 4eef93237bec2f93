//! A small client for HTTP, without TLS. It goes nowhere but to addresses that were admitted, and asks at every redirect.

use std::{
    error::Error,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use http_body_util::{BodyExt as _, Empty, LengthLimitError, Limited};
use hyper::{
    Request, Response, StatusCode,
    body::{Bytes, Incoming},
    client::conn::http1,
    header::{CONTENT_TYPE, HOST, LOCATION},
};
use hyper_util::rt::TokioIo;
use portcullis::scope::AdmittedUrl;
use serde::Serialize;
use tokio::net::TcpStream;
use url::Position;

/// How long a site may take, with all redirects.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The most bytes that an article may have.
pub const LARGEST: usize = 256 * 1024;

/// How many redirects are followed.
pub const HOPS: usize = 5;

/// What was found, and where.
#[derive(Debug)]
pub struct Page {
    pub url: AdmittedUrl,
    pub text: String,
}

/// Why there is no page. Of a site's own words, nothing is in it.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FetchError {
    /// The site leads to an address that the caller may not fetch.
    Redirect {
        why: String,
    },
    TooManyRedirects {
        limit: usize,
    },
    Status {
        status: u16,
    },
    NotText,
    TooLarge {
        limit: usize,
    },
    TooSlow {
        seconds: u64,
    },
    Unreachable,
}

type Broken = Box<dyn Error + Send + Sync>;

/// Fetches a page of text.
pub async fn get(url: AdmittedUrl, patience: Duration) -> Result<Page, FetchError> {
    let late = FetchError::TooSlow { seconds: patience.as_secs() };
    tokio::time::timeout(patience, follow(url)).await.unwrap_or(Err(late))
}

async fn follow(mut url: AdmittedUrl) -> Result<Page, FetchError> {
    for _ in 0..=HOPS {
        let answer = ask(&url).await?;
        let status = answer.status();
        if status == StatusCode::OK {
            return Ok(Page { text: text(answer).await?, url });
        }
        let location = answer.headers().get(LOCATION).filter(|_| status.is_redirection());
        let next = location.and_then(|location| url.join(location.to_str().ok()?).ok());
        let next = next.ok_or(FetchError::Status { status: status.as_u16() })?;
        // The grants that admitted the first address decide about this one too. There is no other way to an
        // `AdmittedUrl`, so this cannot be forgotten: `ask` takes nothing else.
        url = url
            .redirects()
            .admit(&next)
            .map_err(|refusal| FetchError::Redirect { why: refusal.to_string() })?;
    }
    Err(FetchError::TooManyRedirects { limit: HOPS })
}

/// Asks for one address, over a connection of its own.
async fn ask(url: &AdmittedUrl) -> Result<Response<Incoming>, Broken> {
    if url.scheme() != "http" {
        return Err("this client speaks http alone".into());
    }
    let (mut sender, connection) = http1::handshake(TokioIo::new(connect(url).await?)).await?;
    // It ends with the sender and the answer. What goes wrong with it, they are told.
    tokio::spawn(connection);
    // Parts of the address as it was decided on, and not read by another parser.
    let request =
        Request::get(&url[Position::BeforePath..Position::AfterQuery]).header(HOST, url.authority());
    Ok(sender.send_request(request.body(Empty::<Bytes>::new())?).await?)
}

/// A scope decides on names. What they lead to is for the client: of names below `localhost` that is this machine, as in
/// browsers, whatever a name server says.
async fn connect(url: &AdmittedUrl) -> Result<TcpStream, Broken> {
    let host = url.host_str().ok_or("the address has no host")?;
    let port = url.port_or_known_default().ok_or("the address has no port")?;
    if host == "localhost" || host.ends_with(".localhost") {
        let here: [SocketAddr; 2] = [(Ipv4Addr::LOCALHOST, port).into(), (Ipv6Addr::LOCALHOST, port).into()];
        return Ok(TcpStream::connect(&here[..]).await?);
    }
    Ok(TcpStream::connect((host.trim_matches(['[', ']']), port)).await?)
}

async fn text(answer: Response<Incoming>) -> Result<String, FetchError> {
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("text/") {
        return Err(FetchError::NotText);
    }
    let body = Limited::new(answer.into_body(), LARGEST).collect().await?;
    String::from_utf8(body.to_bytes().into()).map_err(|_| FetchError::NotText)
}

impl From<Broken> for FetchError {
    fn from(error: Broken) -> Self {
        if error.is::<LengthLimitError>() {
            return Self::TooLarge { limit: LARGEST };
        }
        // What has gone wrong on the network is for whoever runs the program; a page could use it to look around.
        eprintln!("clips: {error}");
        Self::Unreachable
    }
}
