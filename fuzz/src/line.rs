//! The line of a page, its WebSocket, opened over memory as a browser opens it. What the page sends are pieces with a byte `0x1e` between
//! them, each with a letter before it: `t` a text, `f` the same in two frames, `b` bytes, `p` a ping, `w` nothing for a second, and `r`
//! raw bytes that are no frame of ours: lengths that lie, no mask, reserved bits.
//!
//! Oracle: the page's own book of what it has asked. Nothing is answered that was not asked, nor twice; all that ends by itself is
//! answered; what is malformed by the documentation closes the line with the code that stands there, and nothing that came after
//! it has run; the line always ends; and no frame makes the program take more memory than a message may have.

use std::{
    collections::HashMap,
    io::{self, Cursor, Read, Write},
    time::Duration,
};

use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tungstenite::{Message, WebSocket, protocol::Role};

use crate::program::{PORT, SERVED, runtime};

/// What a line may take at once: a message of the longest kind (768 KiB and a kilobyte), read and decoded, and what is waiting.
const MEMORY: u64 = 6 * 1024 * 1024;

/// Holds a line against the page's own book.
pub fn check(data: &[u8]) {
    if data.len() > 16 * 1024 {
        return;
    }
    let page = Page::of(data);
    SERVED.ran.take();
    let mut heard = Vec::new();
    let used = allocation_counter::measure(|| heard = runtime().block_on(converse(&page.sent)));
    assert!(used.bytes_max < MEMORY, "{} bytes were taken at once", used.bytes_max);
    let ran = SERVED.ran.take();
    assert!(ran.iter().all(|(by, ..)| by.contains("main")), "{ran:?}");
    assert!(page.raw || ran.len() <= page.may_run, "{} calls ran of {}: {ran:?}", ran.len(), page.may_run);
    page.compare(&heard);
}

/// What goes to the program, and how long to wait before what is next.
enum Sent {
    Bytes(Vec<u8>),
    Wait,
}

/// What the page knows of what it sends.
struct Page {
    sent: Vec<Sent>,
    /// How often each id was asked for something.
    asked: HashMap<u32, usize>,
    /// What must be answered in the end, if nothing closes the line: calls that do not wait for ever, under ids of their own.
    ends: Vec<u32>,
    /// How many calls may run: those before what is malformed.
    may_run: usize,
    /// Something of it is no message.
    malformed: bool,
    /// Some of it is bytes that may or may not be frames, and say who knows what.
    raw: bool,
    /// An id has been used again, perhaps before its end.
    again: bool,
}

impl Page {
    fn of(data: &[u8]) -> Self {
        let mut page = Self {
            sent: Vec::new(),
            asked: HashMap::new(),
            ends: Vec::new(),
            may_run: 0,
            malformed: false,
            raw: false,
            again: false,
        };
        for piece in data.split(|byte| *byte == 0x1e).take(64) {
            let Some((kind, piece)) = piece.split_first() else { continue };
            let bytes = match kind {
                b't' => {
                    page.says(piece);
                    frame(0x81, piece)
                }
                b'f' => {
                    page.says(piece);
                    let (first, second) = piece.split_at(piece.len() / 2);
                    [frame(0x01, first), frame(0x80, second)].concat()
                }
                b'b' => {
                    page.malformed = true;
                    frame(0x82, piece)
                }
                b'p' => frame(0x89, &piece[..piece.len().min(125)]),
                b'w' => {
                    page.sent.push(Sent::Wait);
                    continue;
                }
                b'r' => {
                    page.raw = true;
                    piece.to_vec()
                }
                _ => continue,
            };
            page.sent.push(Sent::Bytes(bytes));
        }
        page
    }

    /// Reads a text by the grammar of the documentation.
    fn says(&mut self, text: &[u8]) {
        if self.malformed {
            return;
        }
        let Ok(text) = std::str::from_utf8(text) else {
            self.malformed = true;
            return;
        };
        let number = |text: &str| {
            let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u32>().ok().filter(|id| plain && id.to_string() == text)
        };
        let asks = match text.as_bytes().first() {
            Some(b'c') => text[1..].split_once('\n').and_then(|(head, arguments)| {
                let (id, command) = head.split_once(' ')?;
                Some((number(id)?, Some((command, arguments))))
            }),
            Some(b'l') => text[1..].split_once(' ').and_then(|(id, _)| Some((number(id)?, None))),
            Some(b'm' | b'x') => match number(&text[1..]) {
                Some(_) => return,
                None => None,
            },
            _ => None,
        };
        let Some((id, call)) = asks else {
            self.malformed = true;
            return;
        };
        let times = self.asked.entry(id).or_default();
        *times += 1;
        // An id that is used again closes the line, if what it stood for was not over: that is for the program to know.
        self.again |= *times > 1;
        if let Some((command, _)) = call {
            self.may_run += 1;
            // A stream waits for `m`; a listener and `forever` for ever.
            if !matches!(command, "count" | "forever") {
                self.ends.push(id);
            }
        }
    }

    /// Holds what was heard against the book.
    fn compare(&self, heard: &[u8]) {
        let mut ends: HashMap<u32, usize> = HashMap::new();
        let mut socket = WebSocket::from_raw_socket(Heard(Cursor::new(heard)), Role::Client, None);
        let mut closed = None;
        let mut bytes_of = None;
        loop {
            match socket.read() {
                Ok(Message::Text(text)) => {
                    assert_eq!(bytes_of, None, "bytes are announced, and then come");
                    let head: String = text[1..].chars().take_while(char::is_ascii_digit).collect();
                    let id: u32 = head.parse().unwrap_or_else(|_| panic!("{text:?} has no id"));
                    assert!(self.raw || self.asked.contains_key(&id), "{text:?} was not asked for");
                    let is_end = match &text[..1] {
                        "o" | "e" | "f" => {
                            let json = text[1 + head.len()..].trim_start();
                            let _: serde_json::Value = serde_json::from_str(json).expect("an answer is JSON");
                            true
                        }
                        "b" => {
                            bytes_of = Some(id);
                            true
                        }
                        "s" => {
                            assert!(text.ends_with('\n'), "{text:?}");
                            let last = text.lines().last().unwrap_or_default();
                            last.starts_with(['z', 'o', 'e', 'f'])
                        }
                        _ => panic!("{text:?}"),
                    };
                    *ends.entry(id).or_default() += usize::from(is_end);
                }
                Ok(Message::Binary(_)) => assert!(bytes_of.take().is_some(), "bytes are announced"),
                Ok(Message::Ping(_) | Message::Pong(_)) => {}
                Ok(Message::Close(frame)) => closed = Some(frame.map(|frame| u16::from(frame.code))),
                Ok(Message::Frame(_)) | Err(_) => break,
            }
        }
        let surely = !self.raw && !self.again;
        for (id, times) in ends.iter().filter(|_| !self.raw) {
            let asked = self.asked.get(id).copied().unwrap_or(0);
            assert!(*times <= asked, "{id} was asked {asked} times, and answered {times}");
        }
        match closed {
            // It has answered the goodbye of the page.
            Some(None | Some(1000 | 1005)) => {
                assert!(!self.malformed || self.raw, "it was malformed, and nobody minded");
                for id in self.ends.iter().filter(|_| surely) {
                    assert_eq!(ends.get(id), Some(&1), "{id} was not answered");
                }
            }
            Some(Some(code)) => {
                // Raw bytes may be a goodbye of the page's own, and are given back its code.
                assert!(self.raw || matches!(code, 1001 | 1002 | 1007 | 1008 | 1009), "{code}");
                assert!(self.malformed || !surely, "closed with {code}, and all was well");
                assert!(self.raw || matches!(code, 1007 | 1008), "{code} for what is malformed");
            }
            // What cannot be answered any more, since it cannot be read.
            None => assert!(self.raw, "the line has gone without a word"),
        }
    }
}

/// A frame as a page sends it, with a mask that changes nothing.
fn frame(head: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![head];
    match u16::try_from(payload.len()) {
        Ok(length @ 0..126) => frame.push(0x80 | length.to_be_bytes()[1]),
        Ok(length) => {
            frame.push(0x80 | 0x7e);
            frame.extend(length.to_be_bytes());
        }
        Err(_) => {
            frame.push(0x80 | 0x7f);
            frame.extend((payload.len() as u64).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

/// Opens a line, says all of it, and the page's goodbye, and hears what comes until the program ends the connection.
async fn converse(sent: &[Sent]) -> Vec<u8> {
    let (page, program) = tokio::io::duplex(256 * 1024);
    let service = TowerToHyperService::new(SERVED.router.clone());
    tokio::spawn(
        hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(program), service)
            .with_upgrades(),
    );
    let (mut hear, mut say) = tokio::io::split(page);
    let token = &SERVED.tokens[0].1;
    let opening = format!(
        "GET /portcullis HTTP/1.1\r\nhost: main.localhost:{PORT}\r\norigin: http://main.localhost:{PORT}\r\nconnection: upgrade\r\n\
         upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         sec-websocket-protocol: portcullis, portcullis.token.{token}\r\n\r\n"
    );
    say.write_all(opening.as_bytes()).await.expect("it is there");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(hear.read_u8().await.expect("an answer"));
    }
    assert!(head.starts_with(b"HTTP/1.1 101 "), "{}", String::from_utf8_lossy(&head));

    let mut heard = Vec::new();
    let saying = async {
        for piece in sent {
            let said = match piece {
                Sent::Bytes(bytes) => say.write_all(bytes).await,
                Sent::Wait => {
                    tokio::time::sleep(Duration::from_secs(1)).await;
                    Ok(())
                }
            };
            // It has been closed.
            if said.is_err() {
                return;
            }
        }
        // Longer than any call takes, and shorter than it takes to be thought gone.
        tokio::time::sleep(Duration::from_secs(30)).await;
        let _ = say.write_all(&frame(0x88, &1000_u16.to_be_bytes())).await;
        let _ = say.shutdown().await;
    };
    let hearing = async { hear.read_to_end(&mut heard).await };
    let whole = tokio::time::timeout(Duration::from_mins(10), async { tokio::join!(saying, hearing) }).await;
    assert!(whole.is_ok(), "the line does not end");
    heard
}

/// What was heard, to be read as a socket. Nothing is said any more.
struct Heard<'a>(Cursor<&'a [u8]>);

impl Read for Heard<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Read::read(&mut self.0, buffer)
    }
}

impl Write for Heard<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
