//! What a page says in a message: how it is to be answered, and the arguments. The header `Portcullis` is what our own client
//! adds; a message without it is a plain `invoke`.

use std::{borrow::Cow, fmt, str::FromStr};

use bytes::Bytes;
use portcullis::{
    __private::{ArgumentInfo, Command, Ignored, Source},
    Attachment,
};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{MapAccess, Visitor},
};
use serde_json::{Map, Value, value::RawValue};
use tauri::{
    http::{HeaderMap, HeaderName},
    ipc::{InvokeBody, JavaScriptChannelId},
};

use crate::report;

static HEADER: HeaderName = HeaderName::from_static("portcullis");
/// What a channel of Tauri's looks like in a message.
const CHANNEL: &str = "__CHANNEL__:";
/// The largest number that a page counts exactly.
const LARGEST: u64 = (1 << 53) - 1;

/// What a message asks for.
pub(crate) enum Asks {
    /// A plain `invoke`.
    Plain,
    /// A call of our client.
    Call { id: u64 },
    /// As `Call`, with a channel for what comes in parts.
    Open { id: u64, channel: u32 },
    /// To hear of an event.
    Listen { id: u64, channel: u32 },
    /// That one part has been used.
    More { id: u64 },
    /// That a call is given up.
    Cancel { id: u64 },
}

impl Asks {
    /// Reads the header.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Self, String> {
        let mut all = headers.get_all(&HEADER).iter();
        let Some(header) = all.next() else { return Ok(Self::Plain) };
        let read = header.to_str().ok().and_then(Self::read).filter(|_| all.next().is_none());
        read.ok_or_else(|| {
            "the header `Portcullis` is none of `call <id>`, `open <id> <channel>`, `listen <id> <channel>`, `more <id>` and \
             `cancel <id>`"
                .to_owned()
        })
    }

    fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let (verb, id) = (words.next()?, number::<u64>(words.next()?).filter(|id| *id <= LARGEST)?);
        let mut channel = || number(words.next()?);
        let asks = match verb {
            "call" => Self::Call { id },
            "open" => Self::Open { id, channel: channel()? },
            "listen" => Self::Listen { id, channel: channel()? },
            "more" => Self::More { id },
            "cancel" => Self::Cancel { id },
            _ => return None,
        };
        words.next().is_none().then_some(asks)
    }
}

/// Digits, and nothing else that Rust would read as a number.
fn number<T: FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn channel(text: &str) -> Option<JavaScriptChannelId> {
    text.parse().ok()
}

/// The channel of a page that has this number there.
pub(crate) fn numbered(number: u32) -> Option<JavaScriptChannelId> {
    channel(&format!("{CHANNEL}{number}"))
}

/// The arguments of a call.
pub(crate) struct Arguments {
    pub(crate) given: Given,
    pub(crate) attached: Attachment,
    /// The channels of the page that the command's own channels write to.
    pub(crate) channels: Vec<(&'static str, JavaScriptChannelId)>,
}

/// Where the arguments are.
pub(crate) enum Given {
    /// In the payload, which is an object. What it has that the command does not take is ignored, or not.
    Payload { ignored: Option<Ignored> },
    /// In a text.
    Text(Vec<u8>),
}

impl Arguments {
    /// Reads the payload of a call of this command. What is wrong with it is the caller's, and is told to the caller.
    pub(crate) fn read(
        payload: &InvokeBody,
        command: &Command,
        is_ours: bool,
        strict: bool,
    ) -> Result<Self, String> {
        match payload {
            InvokeBody::Json(Value::Object(object)) => {
                let ignored: Option<Ignored> = (!strict && !is_ours).then_some(report::unknown_argument);
                Ok(Self {
                    given: Given::Payload { ignored },
                    attached: Attachment::None,
                    channels: channels(object, command)?,
                })
            }
            InvokeBody::Json(Value::Null) => Ok(Self::of(Vec::new())),
            // Where bytes cannot be sent as they are (on Android, and where a page's policy forbids it), Tauri sends their numbers.
            InvokeBody::Json(Value::Array(numbers)) if is_ours || sole_bytes(command).is_some() => {
                match bytes(numbers) {
                    Some(bytes) if is_ours => Self::framed(&bytes, command),
                    Some(bytes) => Ok(Self::raw(bytes.into(), command)),
                    None => Err(format!("the arguments of command `{}` are not a JSON object", command.name)),
                }
            }
            // It is no object: who decodes it says so.
            InvokeBody::Json(other) => Ok(Self::of(other.to_string().into_bytes())),
            InvokeBody::Raw(bytes) if is_ours => Self::framed(bytes, command),
            InvokeBody::Raw(bytes) => Ok(Self::raw(Bytes::copy_from_slice(bytes), command)),
        }
    }

    fn of(text: Vec<u8>) -> Self {
        Self { given: Given::Text(text), attached: Attachment::None, channels: Vec::new() }
    }

    /// The length of the JSON, the JSON, and the bytes.
    fn framed(bytes: &[u8], command: &Command) -> Result<Self, String> {
        let parts = bytes.split_first_chunk::<4>().and_then(|(length, rest)| {
            let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
            rest.split_at_checked(length)
        });
        let (json, bytes) = parts.ok_or("the message is shorter than it says")?;
        let Entries(entries) = serde_json::from_slice(json)
            .map_err(|error| format!("the arguments are no JSON object: {error}"))?;
        let (mut text, mut channels) = (Text::new(json.len()), Vec::new());
        for (key, value) in &entries {
            let channel =
                command.arguments.iter().find(|argument| is_channel(argument) && argument.name == *key);
            match channel {
                Some(&ArgumentInfo { name, .. }) => {
                    let given = serde_json::from_str::<String>(value.get()).ok();
                    channels.push((name, given_channel(command, name, given)?));
                }
                None => text.write(key, value),
            }
        }
        let attached = Attachment::Whole(Bytes::copy_from_slice(bytes));
        Ok(Self { given: Given::Text(text.end()), attached, channels })
    }

    /// Bytes and nothing else: they are those of the one argument that takes some, if there is one. A command may also take the
    /// request as a whole.
    fn raw(bytes: Bytes, command: &Command) -> Self {
        let Some(argument) = sole_bytes(command) else { return Self::of(Vec::new()) };
        let mut text = Text::new(16 + argument.name.len());
        text.write(argument.name, &bytes.len());
        Self { attached: Attachment::Whole(bytes), ..Self::of(text.end()) }
    }
}

/// The text of an object, as it is written.
struct Text(Vec<u8>);

impl Text {
    fn new(length: usize) -> Self {
        let mut text = Vec::with_capacity(length);
        text.push(b'{');
        Self(text)
    }

    fn write(&mut self, key: &str, value: &impl Serialize) {
        if self.0.len() > 1 {
            self.0.push(b',');
        }
        // Neither can fail: the keys are text, and a vector takes what it is given.
        let _ = serde_json::to_writer(&mut self.0, key);
        self.0.push(b':');
        let _ = serde_json::to_writer(&mut self.0, value);
    }

    fn end(mut self) -> Vec<u8> {
        self.0.push(b'}');
        self.0
    }
}

/// The channels of the page that an object has for those of the command.
fn channels(
    object: &Map<String, Value>,
    command: &Command,
) -> Result<Vec<(&'static str, JavaScriptChannelId)>, String> {
    let mut channels = Vec::new();
    for argument in command.arguments.iter().filter(|argument| is_channel(argument)) {
        if let Some(value) = object.get(argument.name) {
            channels.push((argument.name, given_channel(command, argument.name, value.as_str())?));
        }
    }
    Ok(channels)
}

const fn is_channel(argument: &ArgumentInfo) -> bool {
    matches!(argument.source, Source::Channel)
}

fn given_channel(
    command: &Command,
    argument: &str,
    text: Option<impl AsRef<str>>,
) -> Result<JavaScriptChannelId, String> {
    text.and_then(|text| channel(text.as_ref()))
        .ok_or_else(|| format!("argument `{argument}` of command `{}`: expected a channel", command.name))
}

/// The one argument of a command that is made of bytes, if it is the only one.
fn sole_bytes(command: &Command) -> Option<&ArgumentInfo> {
    let mut takes = command.arguments.iter().filter(|argument| argument.is_bytes());
    takes.next().filter(|_| takes.next().is_none())
}

fn bytes(numbers: &[Value]) -> Option<Vec<u8>> {
    numbers.iter().map(|number| number.as_u64().and_then(|number| u8::try_from(number).ok())).collect()
}

/// The entries of an object as they stand there: in their order, since that is the order of the bytes too.
struct Entries<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Entries<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Each)
    }
}
